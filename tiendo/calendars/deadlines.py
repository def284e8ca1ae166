"""On which side of its deadline a task stands, and in which of the four official cells it counts.

`due_on` is the last good day: on that day itself nothing is late, from the day after on it is. A finished task is
judged by the day it was finished and by nothing else. A task without a final date (recurring or open) is never
overdue. Read as of a date: what was finished only after `on` was not finished yet.
"""

from datetime import date
from enum import StrEnum
from gettext import gettext as _

SOON_DAYS = 7


class Side(StrEnum):
    """Where a task stands against its deadline. Unfinished: not due, due soon or overdue; finished: in time or overdue.

    `label` is the Vietnamese message a face translates.
    """

    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    IN_TIME = "in_time"
    OVERDUE = "overdue"
    NO_DEADLINE = "no_deadline"

    @property
    def label(self) -> str:
        return _SIDE_LABELS[self]


class Cell(StrEnum):
    """The four cells official reports count; every task falls into exactly one."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"

    @property
    def label(self) -> str:
        return _CELL_LABELS[self]


_SIDE_LABELS = {
    Side.NOT_DUE: _("chưa đến hạn"),
    Side.DUE_SOON: _("sắp đến hạn"),
    Side.IN_TIME: _("trong hạn"),
    Side.OVERDUE: _("quá hạn"),
    Side.NO_DEADLINE: _("không hạn"),
}
_CELL_LABELS = {
    Cell.DONE_ON_TIME: _("hoàn thành đúng hạn"),
    Cell.DONE_LATE: _("hoàn thành quá hạn"),
    Cell.OPEN_IN_TIME: _("chưa hoàn thành, trong hạn"),
    Cell.OPEN_OVERDUE: _("chưa hoàn thành, quá hạn"),
}


def side(due_on: date | None, *, on: date, done_on: date | None = None, soon_days: int = SOON_DAYS) -> Side:
    """The deadline side as of `on`. Due soon: from `soon_days` days before the due date to the due date itself."""
    if due_on is None:
        return Side.NO_DEADLINE
    if _is_done(done_on, on=on):
        return Side.OVERDUE if _is_late(due_on, on=on, done_on=done_on) else Side.IN_TIME
    if on > due_on:
        return Side.OVERDUE
    return Side.DUE_SOON if (due_on - on).days <= soon_days else Side.NOT_DUE


def cell(due_on: date | None, *, on: date, done_on: date | None = None) -> Cell:
    """The official cell as of `on`. Without a deadline a task counts as done on time or open in time."""
    late = _is_late(due_on, on=on, done_on=done_on)
    if _is_done(done_on, on=on):
        return Cell.DONE_LATE if late else Cell.DONE_ON_TIME
    return Cell.OPEN_OVERDUE if late else Cell.OPEN_IN_TIME


def days_left(due_on: date | None, *, on: date) -> int | None:
    """Days until the due date: 0 on the day itself, negative once overdue, None without a deadline."""
    return None if due_on is None else (due_on - on).days


def _is_done(done_on: date | None, *, on: date) -> bool:
    return done_on is not None and done_on <= on


def _is_late(due_on: date | None, *, on: date, done_on: date | None) -> bool:
    if due_on is None:
        return False
    judged_on = min(done_on, on) if done_on is not None else on
    return judged_on > due_on
