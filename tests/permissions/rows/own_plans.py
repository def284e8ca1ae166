"""A unit brings in its own plan: its people upload and review, its head accepts, the coordinator may do both."""

from tests.permissions.shape import COORDINATOR, HEAD, LOOKS, SIGNED_IN, UNIT, Row, act, form, page

OUTSIDE = SIGNED_IN - LOOKS - UNIT  # to whom the import does not exist
UNSEEN = {"case": "own", "unseen": OUTSIDE}
REVIEWS = UNIT | COORDINATOR

ROWS: list[Row] = [
    page("intake:import-review", "Đối chiếu kế hoạch của đơn vị", LOOKS | UNIT, case="own", unseen={"other_unit"}),
    act("intake:proposals-decide", "Chấp nhận hoặc bỏ đề xuất của kế hoạch đơn vị", REVIEWS, **UNSEEN),
    page("intake:proposal-card", "Một đề xuất của kế hoạch đơn vị", REVIEWS, **UNSEEN),
    *form("intake:proposal-edit", "Sửa một đề xuất của kế hoạch đơn vị", REVIEWS, **UNSEEN),
    *form("intake:proposal-split", "Tách một nhiệm vụ của kế hoạch đơn vị", REVIEWS, **UNSEEN),
    *form("intake:proposal-merge", "Gộp hai nhiệm vụ của kế hoạch đơn vị", REVIEWS, **UNSEEN),
    page("intake:proposal-link", "Gắn nhiệm vụ của kế hoạch đơn vị với chỉ tiêu: biểu mẫu", REVIEWS, **UNSEEN),
    act("intake:import-ask", "Trình thủ trưởng chấp nhận kế hoạch của đơn vị", UNIT - HEAD, **UNSEEN),
    *form("intake:import-accept", "Chấp nhận kế hoạch của đơn vị", HEAD | COORDINATOR, **UNSEEN),
    *form("intake:import-discard", "Bỏ lần nhập kế hoạch của đơn vị", REVIEWS, **UNSEEN),
]
