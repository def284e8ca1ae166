"""The life of a release, as data. Pure."""

from enum import StrEnum
from gettext import gettext as _


class IllegalMove(Exception):
    """The act is not possible now; the message says why in Vietnamese."""


class Act(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"


MOVES: dict[tuple[str, Act], str] = {
    ("proposed", Act.APPROVE): "approved",
    ("proposed", Act.REJECT): "rejected",
    ("approved", Act.WITHDRAW): "withdrawn",
}


def after(status: str, act: Act) -> str:
    """The status reached by `act`. Raises IllegalMove when somebody has already decided."""
    try:
        return MOVES[status, act]
    except KeyError:
        raise IllegalMove(_("Đề xuất này đã được quyết định trước đó; hãy tải lại trang để xem kết quả.")) from None
