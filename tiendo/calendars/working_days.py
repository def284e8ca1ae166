"""Vietnamese working days: weekdays that are not public holidays, with what the Government adds each year.

Public holidays, Tết among them, and the days off already announced in exchange for a working Saturday come from the
`holidays` package. Days announced after its release are passed in: `days_off` (closed although a weekday) and
`make_up_days` (worked although a Saturday, Sunday or holiday). A make-up day wins where a day stands in both.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from tiendo.calendars.periods import VIETNAM

if TYPE_CHECKING:
    from holidays import HolidayBase

NONE: frozenset[date] = frozenset()
# A part of a day is counted in millionths, about a twelfth of a second each.
_MILLIONTHS = 1_000_000
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OfficeCalendar:
    """The working days of one office: the known calendar with what was announced after it."""

    days_off: frozenset[date] = NONE
    make_up_days: frozenset[date] = NONE

    def is_working(self, day: date) -> bool:
        """Whether the office works on that day."""
        return is_working_day(day, days_off=self.days_off, make_up_days=self.make_up_days)

    def between(self, start: date, end: date) -> int:
        """Working days from `start` up to but not including `end`; ValueError when `end` comes before `start`."""
        return working_days_between(start, end, days_off=self.days_off, make_up_days=self.make_up_days)

    def add(self, day: date, number: int) -> date:
        """The `number`-th working day after `day` (before it when negative); with 0 `day` or the next working day."""
        return add_working_days(day, number, days_off=self.days_off, make_up_days=self.make_up_days)

    def at_or_before(self, day: date) -> date:
        """`day` if the office works on it, else the working day before it."""
        return day if self.is_working(day) else self.add(day, -1)

    def elapsed(self, start: datetime, end: datetime) -> Decimal:
        """Working days from one moment to another: a whole working day of Viet Nam's calendar, midnight to midnight,
        counts 1; a part of it counts its share of the 24 hours; days off count nothing.

        Exact and additive: a moment lies at a fixed millionth of its day, and the answer is the difference of two such
        places, so elapsed(a, b) + elapsed(b, c) == elapsed(a, c) to the last digit. Office hours play no part: who
        gets a paper at 16:00 and passes it on at 08:00 the next working day held it for two thirds of a day.

        Raises ValueError for times without a zone, and when `end` comes before `start`.
        """
        first, last = _local(start), _local(end)
        if last < first:
            raise ValueError(f"{end} comes before {start}")
        whole = self.between(first.date(), last.date())
        return Decimal(whole * _MILLIONTHS + self._place(last) - self._place(first)) / _MILLIONTHS

    def _place(self, moment: datetime) -> int:
        """How much of its day is over, in millionths; none of a day off ever is."""
        if not self.is_working(moment.date()):
            return 0
        midnight = datetime.combine(moment.date(), time(), moment.tzinfo)
        return (moment - midnight) * _MILLIONTHS // _DAY


@dataclass(frozen=True)
class KnownDay:
    """A day of the public calendar that differs from its weekday: a holiday, or a weekend worked in exchange."""

    day: date
    name: str
    works: bool


def known_days(year: int, *, language: str = "vi") -> tuple[KnownDay, ...]:
    """What the public calendar says of a year, in order of days; `language` is "vi" or "en_US"."""
    from holidays import country_holidays

    calendar = country_holidays("VN", years=year, language=language)
    off = [KnownDay(day, _day_first(name, language), works=False) for day, name in calendar.items() if day.year == year]
    worked = [KnownDay(day, "", works=True) for day in calendar.weekend_workdays if day.year == year]
    return tuple(sorted([*off, *worked], key=lambda known: known.day))


def _day_first(name: str, language: str) -> str:
    """A date inside a name as everywhere else here, whatever the language: 22/08/2026, not 08/22/2026."""
    return re.sub(r"\b(\d\d)/(\d\d)/(?=\d{4})", r"\2/\1/", name) if language == "en_US" else name


def is_working_day(day: date, *, days_off: Collection[date] = NONE, make_up_days: Collection[date] = NONE) -> bool:
    """Whether offices work on that day."""
    if day in make_up_days:
        return True
    if day in days_off:
        return False
    return _is_regular_working_day(day)


def working_days_between(
    start: date, end: date, *, days_off: Collection[date] = NONE, make_up_days: Collection[date] = NONE
) -> int:
    """How many working days lie from `start` up to but not including `end`.

    Raises ValueError when `end` comes before `start`.
    """
    if end < start:
        raise ValueError(f"{end} comes before {start}")
    days = (start + timedelta(days=number) for number in range((end - start).days))
    return sum(is_working_day(day, days_off=days_off, make_up_days=make_up_days) for day in days)


def add_working_days(
    day: date, number: int, *, days_off: Collection[date] = NONE, make_up_days: Collection[date] = NONE
) -> date:
    """The `number`-th working day after `day`, or before it when negative; `day` itself is not counted.

    With 0: `day` if it is a working day, else the next one.
    """
    if number == 0:
        return add_working_days(day - timedelta(days=1), 1, days_off=days_off, make_up_days=make_up_days)
    step = timedelta(days=1 if number > 0 else -1)
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day, days_off=days_off, make_up_days=make_up_days)
    return day


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("working time is measured between times with a zone")
    return moment.astimezone(VIETNAM)


# Asked for the same days again and again by lists; a few years of them are a small table.
@lru_cache(maxsize=4096)
def _is_regular_working_day(day: date) -> bool:
    return bool(_calendar().is_working_day(day))


def load_calendar() -> None:
    """Do what the first question about a day would wait for, about half a second; for a process that starts."""
    _calendar()


@lru_cache(maxsize=1)
def _calendar() -> "HolidayBase":
    # Imported on first use: the package takes a noticeable part of a second to load.
    from holidays import country_holidays

    return country_holidays("VN")
