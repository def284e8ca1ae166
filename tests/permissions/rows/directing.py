"""Who may do what about directions, meetings and follow-up items."""

from tests.permissions.shape import COORDINATOR, DECISION_MAKER, HEAD, READERS, STRANGERS, UNIT, Row, act, form, page

DIRECTS = COORDINATOR | DECISION_MAKER
SEEN = UNIT | READERS

ROWS: list[Row] = [
    page("oversight:home", "Theo dõi, đôn đốc: việc chờ mình và các đầu việc"),
    page("oversight:follow-up-list", "Việc phải làm sau chỉ đạo, kiểm tra"),
    page("oversight:follow-up-export", "Tải danh sách việc phải làm"),
    *form("oversight:direction-add", "Ghi chỉ đạo và giao việc", DIRECTS),
    page("oversight:direction-detail", "Một chỉ đạo và các việc đã giao", SEEN, unseen=STRANGERS),
    act("oversight:direction-item", "Giao thêm việc theo một chỉ đạo", DIRECTS, unseen=STRANGERS),
    page("oversight:meeting-list", "Các cuộc họp"),
    *form("oversight:meeting-add", "Ghi cuộc họp", DIRECTS),
    page("oversight:meeting-detail", "Một cuộc họp và các chỉ đạo", SEEN, unseen=STRANGERS),
    act("oversight:meeting-conclude", "Ghi thông báo kết luận cuộc họp", DIRECTS, unseen=STRANGERS),
    page("oversight:meeting-file", "Tải thông báo kết luận cuộc họp", SEEN, unseen=STRANGERS),
    page("oversight:meeting-brief", "Tài liệu họp cấp tỉnh", READERS),
    page("oversight:meeting-brief-file", "Tải tài liệu họp cấp tỉnh", READERS),
    page("oversight:follow-up-detail", "Một việc phải làm và diễn biến", SEEN, unseen=STRANGERS),
    page("oversight:follow-up-file", "Tải tệp gửi kèm một việc phải làm", SEEN, unseen=STRANGERS),
    act("oversight:follow-up-note", "Ghi tiến độ việc được giao", UNIT, unseen=STRANGERS),
    act("oversight:follow-up-report", "Báo cáo đã xong việc được giao", HEAD, unseen=STRANGERS),
    act("oversight:follow-up-return", "Trả lại việc đã báo cáo xong", DIRECTS, unseen=STRANGERS),
    act("oversight:follow-up-close", "Xác nhận việc đã báo cáo là xong", DIRECTS, unseen=STRANGERS),
    act("oversight:follow-up-extend", "Gia hạn việc được giao", DIRECTS, unseen=STRANGERS),
    act("oversight:follow-up-cancel", "Thôi theo dõi việc được giao", DIRECTS, unseen=STRANGERS),
    page("oversight:urging-list", "Đôn đốc: các đơn vị, các quy tắc nhắc"),
    page("oversight:urging-unit", "Mọi lần nhắc, đôn đốc một đơn vị", SEEN, unseen=STRANGERS),
    page("oversight:urging-task", "Mọi lần nhắc, đôn đốc một nhiệm vụ", SEEN, unseen=STRANGERS),
]
