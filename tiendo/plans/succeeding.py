"""Who answers on a date for a unit's part in one task. Pure: no Django, no clock, no database.

The units' own chain (`orgs.succession`), but where the task was handed to another unit than the default successor,
the handover goes first (R024).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from tiendo.orgs.succession import Cycle, Link


def part_holder_on(unit: int, on: date, defaults: Mapping[int, Link], own: Iterable[Link] = ()) -> int:
    """The unit that answers on the date for the part of `unit` in a task.

    `defaults`: unit id → its default succession, in force that day or not. `own`: the handovers of this one task.
    A handover moves the task once, and only while its giver still holds it: one older than the day on which the task
    came to that unit is past. So A hands to B, B merges into A, and the task is A's again, until another change hands
    it on once more. Raises Cycle if the default successions lead back.
    """
    handed = sorted((link for link in own if link.effective_on <= on), key=lambda link: link.effective_on)
    since, seen = date.min, set[int]()
    while step := _step(unit, since, on, defaults, handed):
        if step in handed:
            handed.remove(step)
        elif unit in seen:
            raise Cycle(f"unit {unit} succeeds itself")
        else:
            seen.add(unit)
        unit, since = step.successor, max(since, step.effective_on)
    return unit


def _step(unit: int, since: date, on: date, defaults: Mapping[int, Link], handed: Iterable[Link]) -> Link | None:
    """The next link of the chain from `unit`, which has the task since that day; None at its end."""
    default = defaults.get(unit)
    for own in handed:
        if own.predecessor == unit and own.effective_on >= since:
            return own
    return default if default is not None and default.effective_on <= on else None
