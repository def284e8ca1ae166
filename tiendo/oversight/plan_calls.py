"""Whether a unit has its own plan for a year, and had it in time (R013, R038). Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from gettext import gettext as _

from tiendo.calendars.working_days import OfficeCalendar


class PlanStanding(StrEnum):
    IN_TIME = "in_time"
    LATE = "late"
    DUE = "due"
    MISSING = "missing"


PLAN_STANDING_WORDS: dict[PlanStanding, str] = {
    PlanStanding.IN_TIME: _("Đã ban hành đúng hạn"),
    PlanStanding.LATE: _("Đã ban hành, quá hạn"),
    PlanStanding.DUE: _("Chưa có, còn trong hạn"),
    PlanStanding.MISSING: _("Chưa có, quá hạn"),
}


def plan_standing(signed: tuple[date, ...], *, due_on: date, on: date) -> PlanStanding:
    """`signed`: the days on which the unit's plans of the year were signed; the first one is held against `due_on`.

    A plan that replaces an earlier one takes nothing from it: the unit had its plan in time, or had not.
    """
    if signed:
        return PlanStanding.IN_TIME if min(signed) <= due_on else PlanStanding.LATE
    return PlanStanding.DUE if on <= due_on else PlanStanding.MISSING


def owing_day(due_on: date, on: date) -> date:
    """Whose duty it is: of the units in force today, and once the day has passed, of those in force on that day."""
    return min(due_on, on)


REMIND_BEFORE = 5  # working days
WATCHED_AFTER = 31  # days; a call entered long after its day reminds nobody


class Telling(StrEnum):
    """What a unit that owes a plan is told, each once."""

    ASKED = "asked"
    SOON = "soon"
    LATE = "late"


def telling_on(due_on: date, on: date, calendar: OfficeCalendar) -> Telling | None:
    """What those without a plan are told by the day; None while there is time, and long after."""
    if on > due_on:
        return Telling.LATE if (on - due_on).days <= WATCHED_AFTER else None
    return Telling.SOON if calendar.between(on, due_on) <= REMIND_BEFORE else None


class ReviewStanding(StrEnum):
    REVIEWED = "reviewed"
    REVIEWED_LATE = "reviewed_late"
    DUE = "due"
    LATE = "late"


REVIEW_STANDING_WORDS: dict[ReviewStanding, str] = {
    ReviewStanding.REVIEWED: _("Đã rà soát đúng hạn"),
    ReviewStanding.REVIEWED_LATE: _("Đã rà soát, quá hạn"),
    ReviewStanding.DUE: _("Đang rà soát, còn trong hạn"),
    ReviewStanding.LATE: _("Chưa rà soát, quá hạn"),
}


def review_standing(reviewed_on: date | None, *, due_on: date, on: date) -> ReviewStanding:
    """How the review of a related programme stands against its day (R015)."""
    if reviewed_on is not None:
        return ReviewStanding.REVIEWED if reviewed_on <= due_on else ReviewStanding.REVIEWED_LATE
    return ReviewStanding.DUE if on <= due_on else ReviewStanding.LATE


@dataclass(frozen=True)
class Tally:
    """How many rows a register has, and how many of them want somebody's attention."""

    total: int
    late: int
