"""Who answers for a task on a day, the slow and obvious way: every change in turn moves each task, one by one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Passing:
    """What one change does: the default taker of each unit, and where single tasks go; an undone one does nothing."""

    effective_on: date
    number: int
    default: Mapping[int, int] = field(default_factory=dict)
    own: Mapping[tuple[int, int], int] = field(default_factory=dict)  # (task, unit before) → unit after


def answering(task: int, named: int, on: date, changes: Iterable[Passing]) -> int:
    """The unit that has the part at the end of the day, beginning with the one the decision named."""
    holder = named
    for change in sorted(changes, key=lambda each: (each.effective_on, each.number)):
        if change.effective_on <= on:
            holder = change.own.get((task, holder), change.default.get(holder, holder))
    return holder
