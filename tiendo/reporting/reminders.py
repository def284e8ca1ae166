"""When whoever holds a report is reminded of it, around its last good day (R016). Pure.

Marks are working days: 7 is the seventh working day before the last good day, 0 that day itself, -3 the third working
day after it. Tet, holidays and weekends between do not count.
"""

from collections.abc import Iterable
from datetime import date

from tiendo.calendars.working_days import OfficeCalendar


def mark_day(last_good_day: date, mark: int, calendar: OfficeCalendar) -> date:
    """The day a mark falls on; mark 0 of a report due on a day off is the last working day before."""
    return calendar.add(last_good_day, -mark) if mark else calendar.at_or_before(last_good_day)


def mark_due(last_good_day: date, marks: Iterable[int], *, on: date, calendar: OfficeCalendar) -> int | None:
    """The latest mark that has come by that day, None before the first.

    A clock that slept through a mark thus finds only the latest; once a report is late, marks before its last good day
    no longer stand.
    """
    standing = [mark for mark in marks if mark < 0] if on > last_good_day else list(marks)
    return min((mark for mark in standing if mark_day(last_good_day, mark, calendar) <= on), default=None)
