"""Who may do what about amendments of the plan: unit A asks, the coordinator joins, the decision-maker decides.

A decision says who may in the state the thing stands in: each act meets one that is ready for it.
"""

from tests.permissions.shape import (
    COORDINATOR,
    DECISION_MAKER,
    HEAD,
    READERS,
    SIGNED_IN,
    STRANGERS,
    UNIT,
    Row,
    act,
    form,
    page,
)

OUTSIDE = SIGNED_IN - READERS  # who does not see a draft
PROPOSES = UNIT | {"other_unit"}

ROWS: list[Row] = [
    page("oversight:amendment-list", "Các lần sửa đổi kế hoạch (trong phạm vi được xem)"),
    page("oversight:proposal-list", "Đề nghị sửa đổi (đơn vị chỉ thấy của mình)"),
    *form("oversight:proposal-add", "Đề nghị bổ sung nhiệm vụ", PROPOSES),
    *form("oversight:proposal-change", "Đề nghị sửa đổi một nhiệm vụ", UNIT, unseen=STRANGERS),
    page("oversight:proposal-detail", "Một đề nghị sửa đổi đã gửi", UNIT | READERS, unseen=STRANGERS),
    page("oversight:proposal-detail", "Một đề nghị đang soạn", UNIT, unseen=SIGNED_IN - UNIT, case="draft"),
    page("oversight:proposal-edit", "Sửa đề nghị: biểu mẫu", UNIT, unseen=SIGNED_IN - UNIT),
    act("oversight:proposal-edit", "Sửa đề nghị đang soạn", UNIT, unseen=SIGNED_IN - UNIT),
    page("oversight:proposal-file", "Mở văn bản kèm đề nghị", UNIT | READERS, unseen=STRANGERS),
    act("oversight:proposal-send", "Ký gửi đề nghị", HEAD, unseen=SIGNED_IN - UNIT),
    act("oversight:proposal-withdraw", "Rút đề nghị đang soạn", UNIT, unseen=SIGNED_IN - UNIT),
    act("oversight:proposal-withdraw", "Rút đề nghị đã gửi", HEAD, unseen=STRANGERS, case="sent"),
    act("oversight:proposal-return", "Trả lại đề nghị", COORDINATOR, unseen=STRANGERS),
    act("oversight:proposal-refuse", "Không nhận đề nghị", COORDINATOR, unseen=STRANGERS),
    act("oversight:proposal-take", "Đưa đề nghị vào dự thảo", COORDINATOR, unseen=OUTSIDE),
    page("oversight:amendment-start", "Lập dự thảo: biểu mẫu (đang có thì mở)", frozenset(), moved=COORDINATOR),
    act("oversight:amendment-start", "Lập dự thảo sửa đổi", COORDINATOR, case="free"),
    page("oversight:amendment-detail", "Một dự thảo sửa đổi", READERS, unseen=OUTSIDE),
    page("oversight:amendment-detail", "Một lần sửa đổi đã quyết định", SIGNED_IN, case="decided"),
    *form("oversight:amendment-edit", "Sửa tên, tóm tắt dự thảo", COORDINATOR, unseen=OUTSIDE),
    *form("oversight:line-add", "Thêm thay đổi vào dự thảo", COORDINATOR, unseen=OUTSIDE),
    *form("oversight:line-edit", "Sửa một thay đổi trong dự thảo", COORDINATOR, unseen=OUTSIDE),
    act("oversight:line-confirm", "Giữ một thay đổi sau khi xem xung đột", COORDINATOR, unseen=OUTSIDE),
    act("oversight:line-remove", "Bỏ một thay đổi khỏi dự thảo", COORDINATOR, unseen=OUTSIDE),
    act("oversight:amendment-submit", "Trình dự thảo", COORDINATOR, unseen=OUTSIDE),
    act("oversight:amendment-return", "Trả lại dự thảo", DECISION_MAKER, unseen=OUTSIDE),
    act("oversight:amendment-refuse", "Không chấp thuận dự thảo", DECISION_MAKER, unseen=OUTSIDE),
    act("oversight:amendment-decide", "Quyết định sửa đổi kế hoạch", DECISION_MAKER, unseen=OUTSIDE),
    page("plans:plan-differences", "Khác nhau giữa hai phiên bản của kế hoạch"),
    page("plans:plan-differences-file", "Tải bản so sánh hai phiên bản"),
]
