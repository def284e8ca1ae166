"""How long a difficulty lay on which desk, and how the reply of its authority stands (R021). Pure.

Times are moments with a zone; days are working days of the given calendar, exact to a millionth, so that the days of
the steps add up to the days of the whole way. The time in which the reply clock stood still is shown beside the raw
days and never taken out of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from tiendo.calendars.periods import VIETNAM
from tiendo.calendars.working_days import OfficeCalendar

ZERO = Decimal(0)
_NEXT = timedelta(days=1)


@dataclass(frozen=True)
class Stay:
    """One step of the way; `left_at` is None while it lasts."""

    desk: str
    arrived_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True)
class Stop:
    """A time in which the reply clock stands still; `resumed_at` is None while it lasts."""

    stopped_at: datetime
    resumed_at: datetime | None = None


@dataclass(frozen=True)
class Days:
    """Working days of a step or of the whole way: all of them, and those in which the clock stood still."""

    raw: Decimal
    stopped: Decimal

    @property
    def counted(self) -> Decimal:
        """What remains of the raw days without the stops."""
        return self.raw - self.stopped


@dataclass(frozen=True)
class Reply:
    """How the answer stands: the day first set, the day it moved to by stops, and the working days over or left."""

    set_on: date
    due_on: date
    stopped_days: int
    is_stopped: bool
    is_overdue: bool
    days_over: int
    days_left: int


def step_days(stay: Stay, stops: Sequence[Stop], calendar: OfficeCalendar, at: datetime) -> Days:
    """Days of one step up to `at`; of the stops only what falls into the step counts. Stops must not overlap."""
    until = stay.left_at or at
    stopped = sum((_within(stop, stay.arrived_at, until, calendar) for stop in stops), ZERO)
    return Days(calendar.elapsed(stay.arrived_at, until), stopped)


def whole(steps: Sequence[Days]) -> Days:
    """The days of the way: the sum of its steps."""
    return Days(sum((each.raw for each in steps), ZERO), sum((each.stopped for each in steps), ZERO))


def _within(stop: Stop, start: datetime, end: datetime, calendar: OfficeCalendar) -> Decimal:
    first, last = max(stop.stopped_at, start), min(stop.resumed_at or end, end)
    return calendar.elapsed(first, last) if first < last else ZERO


def reply(set_on: date, stay: Stay, stops: Sequence[Stop], calendar: OfficeCalendar, on: date) -> Reply:
    """How the answer stood on the day, or stands once the authority's stay has ended.

    Each stop moves the last good day by as many working days as lie between its first and its last day; a stop that
    began after the last good day moves nothing, so that no lateness is stopped away. While the clock stands still an
    answer that was in time stays in time. Stops of an earlier stay do not count.
    """
    end = _day(stay.left_at) if stay.left_at else on
    due, stopped, stands = set_on, 0, False
    for stop in sorted(stops, key=lambda each: each.stopped_at):
        began = _day(stop.stopped_at)
        if stop.stopped_at < stay.arrived_at or began > due or began > end:
            continue
        days = calendar.between(began, min(_day(stop.resumed_at) if stop.resumed_at else end, end))
        due, stopped = calendar.add(due, days) if days else due, stopped + days
        stands = stands or (stop.resumed_at is None and stay.left_at is None)
    is_overdue = end > due and not stands
    over = calendar.between(due + _NEXT, end + _NEXT) if is_overdue else 0
    left = calendar.between(end + _NEXT, due + _NEXT) if end < due else 0
    return Reply(set_on, due, stopped, stands, is_overdue, over, left)


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
