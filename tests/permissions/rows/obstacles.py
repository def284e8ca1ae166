"""Who may do what about difficulties."""

from tests.permissions.shape import (
    COORDINATOR,
    DECISION_MAKER,
    HEAD,
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

AUTHORITY = DECISION_MAKER  # of the committee to which it was forwarded


def _acts(name: str, words: str, done: People, unseen: People = STRANGERS, **more: str) -> list[Row]:
    return [*form(f"oversight:difficulty-{name}", words, done, unseen=unseen, **more)]


ROWS: list[Row] = [
    page("oversight:difficulty-list", "Sổ khó khăn (đơn vị chỉ thấy của mình)"),
    page("oversight:difficulty-export", "Tải sổ khó khăn (đơn vị chỉ thấy của mình)"),
    page("oversight:difficulty-told", "Khó khăn nêu trong báo cáo, chưa vào sổ"),
    page("oversight:difficulty-recurring", "Khó khăn nhiều nơi cùng vướng"),
    page("oversight:bottleneck-list", "Điểm nghẽn"),
    page("oversight:difficulty-add", "Ghi khó khăn của đơn vị mình: biểu mẫu", UNIT | OTHER_UNIT),
    act("oversight:difficulty-add", "Ghi khó khăn của đơn vị mình", UNIT, unfit=OTHER_UNIT),
    page("oversight:difficulty-detail", "Trang một khó khăn đã gửi", UNIT | READERS, unseen=STRANGERS),
    page("oversight:difficulty-detail", "Trang một khó khăn đang soạn", UNIT, unseen=SIGNED_IN - UNIT, case="draft"),
    *form("oversight:difficulty-edit", "Sửa khó khăn đang soạn", UNIT, unseen=SIGNED_IN - UNIT),
    page("oversight:difficulty-file", "Tải văn bản quyết định về khó khăn", UNIT | READERS, unseen=STRANGERS),
    *_acts("send", "Gửi khó khăn cho cơ quan đầu mối", HEAD, SIGNED_IN - UNIT),
    *_acts("take-back", "Lấy lại khó khăn để sửa", HEAD),
    *_acts("withdraw", "Rút khó khăn đã gửi", HEAD),
    *_acts("return", "Trả lại khó khăn để bổ sung", COORDINATOR),
    *_acts("forward", "Chuyển khó khăn đến cơ quan có thẩm quyền", COORDINATOR),
    *_acts("decline", "Chuyển lại vì không thuộc thẩm quyền", AUTHORITY),
    *_acts("decide", "Quyết định trong thẩm quyền của đầu mối", COORDINATOR),
    *_acts("decide", "Quyết định của cơ quan có thẩm quyền", AUTHORITY, case="forwarded"),
    *_acts("stop", "Tạm dừng tính hạn trả lời", COORDINATOR),
    *_acts("resume", "Tính tiếp hạn trả lời", COORDINATOR),
    *_acts("follow", "Giao việc thực hiện quyết định", COORDINATOR | AUTHORITY),
    *_acts("stand", "Báo vẫn còn vướng", HEAD),
    *_acts("remove", "Xác nhận đã tháo gỡ", HEAD | COORDINATOR),
]
