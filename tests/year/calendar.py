"""The office days of 2026 as the story knows them: written down from what the Government announced, not asked of the
library the house uses."""

from datetime import date, datetime, time, timedelta

from tiendo.calendars.periods import VIETNAM

HOLIDAYS = {
    date(2026, 1, 1),
    *(date(2026, 2, 16) + timedelta(days=n) for n in range(5)),  # Tết Bính Ngọ
    *(date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)),
    *(date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)),
    date(2026, 11, 24),
    date(2027, 1, 1),
}
MADE_UP = {date(2026, 8, 22)}  # for 31 August


def working(day: date) -> bool:
    return (day.weekday() < 5 and day not in HOLIDAYS) or day in MADE_UP


def later(day: date, number: int) -> date:
    """The `number`-th working day after `day`."""
    while number:
        day += timedelta(days=1)
        number -= working(day)
    return day


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=VIETNAM)


def end_of(day: date) -> datetime:
    """The midnight that ends the day: from it on, what was due that day is late."""
    return at_hour(day + timedelta(days=1), 0)
