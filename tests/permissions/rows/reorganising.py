"""Who may do what about units that change."""

from tests.permissions.shape import ADMINISTRATOR, COORDINATOR, Row, act, form, page

REORGANISES = COORDINATOR | ADMINISTRATOR

ROWS: list[Row] = [
    page("orgs:unit-tree", "Cơ quan, đơn vị theo ngày"),
    page("orgs:group-detail", "Nhóm đơn vị theo ngày"),
    act("orgs:member-add", "Thêm đơn vị vào nhóm", REORGANISES),
    act("orgs:member-end", "Ghi ngày đơn vị thôi thuộc nhóm", REORGANISES),
    act("orgs:member-correct", "Sửa thời gian đơn vị thuộc nhóm", REORGANISES),
    page("orgs:change-list", "Các lần sắp xếp cơ quan, đơn vị"),
    page("orgs:change-detail", "Trang một lần sắp xếp"),
    *form("orgs:change-add", "Ghi một việc sắp xếp", REORGANISES),
    page("orgs:change-tasks", "Nhiệm vụ nào về đơn vị nào: biểu mẫu", REORGANISES),
    act("orgs:change-tasks", "Nhiệm vụ nào về đơn vị nào", COORDINATOR, unfit=ADMINISTRATOR),
    act("orgs:change-undo", "Hủy việc sắp xếp đã ghi", REORGANISES),
]
