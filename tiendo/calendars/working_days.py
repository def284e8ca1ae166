"""Vietnamese working days: weekdays that are not public holidays, with what the Government adds each year.

Public holidays, Tết among them, and the days off already announced in exchange for a working Saturday come from the
`holidays` package. Days announced after its release are passed in: `days_off` (closed although a weekday) and
`make_up_days` (worked although a Saturday, Sunday or holiday). A make-up day wins where a day stands in both.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

NONE: frozenset[date] = frozenset()


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


# Asked for the same days again and again by lists; a few years of them are a small table.
@lru_cache(maxsize=4096)
def _is_regular_working_day(day: date) -> bool:
    return bool(_calendar().is_working_day(day))


@lru_cache(maxsize=1)
def _calendar() -> "HolidayBase":
    # Imported on first use: the package takes a noticeable part of a second to load.
    from holidays import country_holidays

    return country_holidays("VN")
