"""The "6 rõ": which of the six a task lacks (domain §1). Pure."""

from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _


class Clarity(StrEnum):
    WORK = "viec"
    PERSON = "nguoi"
    TIME = "thoi_gian"
    RESPONSIBILITY = "trach_nhiem"
    PRODUCT = "san_pham"
    AUTHORITY = "tham_quyen"


CLARITY_WORDS: dict[Clarity, str] = {
    Clarity.WORK: _("rõ việc"),
    Clarity.PERSON: _("rõ người"),
    Clarity.TIME: _("rõ thời gian"),
    Clarity.RESPONSIBILITY: _("rõ trách nhiệm"),
    Clarity.PRODUCT: _("rõ sản phẩm"),
    Clarity.AUTHORITY: _("rõ thẩm quyền"),
}


@dataclass(frozen=True)
class Known:
    """What is known of a task. Person needs both a lead unit and a named officer."""

    description: bool
    lead: bool
    officer: bool
    head: bool
    deadline: bool
    product: bool
    authority: bool


def lacks(known: Known) -> tuple[Clarity, ...]:
    """The missing ones of the six, in the order people recite them."""
    missing = {
        Clarity.WORK: not known.description,
        Clarity.PERSON: not (known.lead and known.officer),
        Clarity.TIME: not known.deadline,
        Clarity.RESPONSIBILITY: not known.head,
        Clarity.PRODUCT: not known.product,
        Clarity.AUTHORITY: not known.authority,
    }
    return tuple(clarity for clarity in Clarity if missing[clarity])
