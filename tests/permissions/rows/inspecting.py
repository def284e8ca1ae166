"""Who may do what about inspections: the inspector leads those of the stage, a person of another unit is a member.

Inspection writes what it saw and what must follow; no fact of the plan changes by it.
"""

from tests.permissions.shape import (
    ADMINISTRATOR,
    OTHER_UNIT,
    READERS,
    SIGNED_IN,
    STRANGERS,
    UNIT,
    People,
    Row,
    act,
    form,
    page,
)

INSPECTOR: People = frozenset({"inspector"})
TEAM = INSPECTOR | OTHER_UNIT
OUTSIDE = SIGNED_IN - READERS  # who does not know of it before it begins
UNTOLD = UNIT | ADMINISTRATOR  # findings before the conclusion

ROWS: list[Row] = [
    page("oversight:inspection-list", "Các cuộc kiểm tra (trong phạm vi được xem)"),
    *form("oversight:programme-create", "Ghi chương trình kiểm tra năm", INSPECTOR),
    page("oversight:programme-detail", "Một chương trình kiểm tra", READERS, unseen=OUTSIDE),
    act("oversight:programme-detail", "Thêm cuộc kiểm tra vào chương trình", INSPECTOR, unseen=OUTSIDE),
    *form("oversight:programme-lines", "Thêm nhiều cuộc kiểm tra từ bảng", INSPECTOR, unseen=OUTSIDE),
    page("oversight:programme-file", "Tệp quyết định chương trình", READERS, unseen=OUTSIDE),
    *form("oversight:inspection-surprise", "Lập cuộc kiểm tra đột xuất", INSPECTOR),
    page("oversight:inspection-detail", "Một cuộc đang kiểm tra", UNIT | READERS | OTHER_UNIT, unseen=ADMINISTRATOR),
    page("oversight:inspection-detail", "Một cuộc đột xuất chưa bắt đầu", READERS, unseen=OUTSIDE, case="planned"),
    *form("oversight:inspection-edit", "Sửa nội dung, chọn nhiệm vụ kiểm tra", INSPECTOR, unseen=OUTSIDE),
    act("oversight:team-name", "Cử thành viên đoàn kiểm tra", INSPECTOR, unseen=OUTSIDE),
    act("oversight:team-end", "Thôi cử thành viên đoàn kiểm tra", INSPECTOR, unseen=ADMINISTRATOR),
    act("oversight:inspection-announce", "Ghi quyết định kiểm tra", INSPECTOR, unseen=OUTSIDE),
    act("oversight:inspection-begin", "Bắt đầu kiểm tra", INSPECTOR, unseen=OUTSIDE),
    act("oversight:inspection-cancel", "Thôi tiến hành kiểm tra", INSPECTOR, unseen=OUTSIDE),
    act("oversight:inspection-conclude", "Kết luận kiểm tra", INSPECTOR, unseen=STRANGERS),
    act("oversight:inspection-recommend", "Giao kiến nghị sau kiểm tra", INSPECTOR, unseen=STRANGERS),
    page("oversight:inspection-file", "Tệp quyết định, kết luận kiểm tra", UNIT | READERS, unseen=STRANGERS),
    act("oversight:checklist-write", "Soạn danh mục kiểm tra", INSPECTOR, unseen=OUTSIDE),
    act("oversight:checklist-answer", "Trả lời danh mục kiểm tra", TEAM, unseen=ADMINISTRATOR),
    page("oversight:field-worker", "Phần giữ trang ghi phát hiện khi mất mạng"),
    *form("oversight:finding-add", "Ghi phát hiện", TEAM, unseen=ADMINISTRATOR),
    act("oversight:finding-photo", "Thêm ảnh vào phát hiện của mình", OTHER_UNIT, unseen=UNTOLD),
    act("oversight:finding-withdraw", "Rút phát hiện", TEAM, unseen=UNTOLD),
    page("oversight:finding-file", "Ảnh, giấy tờ của phát hiện khi chưa kết luận", READERS | OTHER_UNIT, unseen=UNTOLD),
]
