"""Report periods and the moments they end: months, quarters, half-years, and what "before a day" means.

Spans of data are from-inclusive, to-exclusive. A deadline is kept as its last good day; the due moment is the midnight
that ends that day in Viet Nam, and from that moment on a report is late.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from gettext import gettext as _
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

# The plan asks for two reports a year, "before" these days (IV.3, R016); data is cut off two weeks earlier, which is
# our setting, so that an office has time to write.
_FIRST_DUE, _SECOND_DUE = (6, 15), (12, 1)
_FIRST_CUT, _SECOND_CUT = (6, 1), (11, 15)
OPENS_DAYS_BEFORE = 30


@dataclass(frozen=True)
class Span:
    """Days from `start` up to but not including `end`."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)


@dataclass(frozen=True)
class PeriodDates:
    """The dates of one report period. Data runs from `data_from` up to but not including `data_to`."""

    name: str
    data_from: date
    data_to: date
    opens_on: date
    last_good_day: date

    @property
    def due_at(self) -> datetime:
        """From this moment on a report is late."""
        return due_moment(self.last_good_day)


def before(day: date, *, inclusive: bool = False) -> date:
    """The last good day of "before `day`": the day before, or `day` itself where the office reads it that way."""
    return day if inclusive else day - timedelta(days=1)


def due_moment(last_good_day: date) -> datetime:
    """The midnight in Viet Nam that ends the last good day, in UTC; the moment itself is already late."""
    midnight = datetime.combine(last_good_day + timedelta(days=1), time(), tzinfo=VIETNAM)
    return midnight.astimezone(UTC)


def is_late(at: datetime, due_at: datetime) -> bool:
    """Whether something done at `at` is late; at the due moment itself it is.

    Raises ValueError for times without a zone.
    """
    if at.tzinfo is None or due_at.tzinfo is None:
        raise ValueError("lateness is judged between times with a zone")
    return at >= due_at


def vietnam_date(at: datetime) -> date:
    """The day on the wall calendar in Viet Nam at that moment.

    Raises ValueError for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment without a zone has no day")
    return at.astimezone(VIETNAM).date()


def half_year_periods(
    year: int, *, opens_days_before: int = OPENS_DAYS_BEFORE, inclusive: bool = False
) -> tuple[PeriodDates, PeriodDates]:
    """The two report periods of a year: due before 15 June and before 1 December.

    Their data joins without a gap: from mid November of the year before to the end of May, and from there to mid
    November. `inclusive` reads "before D" as "by D".
    """
    last_cut, first_cut, second_cut = date(year - 1, *_SECOND_CUT), date(year, *_FIRST_CUT), date(year, *_SECOND_CUT)
    first_due, second_due = date(year, *_FIRST_DUE), date(year, *_SECOND_DUE)
    ahead = timedelta(days=opens_days_before)
    first_day, second_day = before(first_due, inclusive=inclusive), before(second_due, inclusive=inclusive)
    return (
        PeriodDates(_("6 tháng đầu năm %d") % year, last_cut, first_cut, first_due - ahead, first_day),
        PeriodDates(_("6 tháng cuối năm %d") % year, first_cut, second_cut, second_due - ahead, second_day),
    )


def month(year: int, number: int) -> Span:
    """The days of a month."""
    following = date(year + number // 12, number % 12 + 1, 1)
    return Span(date(year, number, 1), following)
