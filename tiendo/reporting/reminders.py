"""When a unit is reminded ahead of its report's last good day (R016). Pure."""

from collections.abc import Iterable
from datetime import date


def mark_due(last_good_day: date, marks: Iterable[int], *, on: date) -> int | None:
    """The mark (days before the last good day) that stands on the day, None before the first and once it is late.

    With marks 7 and 2: ten days before, none; five before, 7; on the last good day, 2. A clock that slept through a
    mark thus finds only the latest.
    """
    left = (last_good_day - on).days
    return min((mark for mark in marks if mark >= left), default=None) if left >= 0 else None
