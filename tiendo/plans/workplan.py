"""What a line of a unit's action plan still lacks (R028). Pure."""

from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _


class Gap(StrEnum):
    START = "start"
    END = "end"
    MILESTONES = "milestones"
    PERSON = "person"


GAP_WORDS: dict[Gap, str] = {
    Gap.START: _("ngày bắt đầu"),
    Gap.END: _("ngày kết thúc"),
    Gap.MILESTONES: _("mốc công việc"),
    Gap.PERSON: _("người phụ trách"),
}


@dataclass(frozen=True)
class WorkLine:
    """What is known of one line: whether it has each of the four."""

    start: bool
    end: bool
    milestones: bool
    person: bool


def gaps(line: WorkLine) -> tuple[Gap, ...]:
    """What the line lacks, in the order in which it would be filled in.

    A lasting duty ("thường xuyên") has no last day of its own: its caller says that its end is known.
    """
    return tuple(gap for gap in Gap if not getattr(line, gap.value))
