"""Which units take part in a task that a group of units was given. Pure: no Django, no clock, no database.

"Các sở, ban, ngành" are on each day whoever belongs to them then. A member that was merged, renamed or split hands its
place to its successor in the tasks given while it was a member; a task given later counts the members of its own day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tiendo.orgs.succession import Link
from tiendo.plans.succeeding import part_holder_on


@dataclass(frozen=True)
class Stay:
    """The time a unit both is in force and belongs to a group: from `since` to the day before `until`; None is open."""

    unit: int
    since: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def stay(unit: int, own: tuple[date | None, date | None], named: tuple[date | None, date | None]) -> Stay:
    """Of a unit in force over the period `own` that belongs to the group over the period `named`."""
    since = max(filter(None, (own[0], named[0])), default=None)
    until = min(filter(None, (own[1], named[1])), default=None)
    return Stay(unit, since, until)


def taking_part(stays: Iterable[Stay], *, given: date, on: date, defaults: Mapping[int, Link]) -> frozenset[int]:
    """The units that take part on the day in a task given to the group on `given`.

    `defaults`: unit id → its default succession, in force that day or not.
    """
    found = (_taker(each, given, on, defaults) for each in stays)
    return frozenset(unit for unit in found if unit is not None)


def _taker(each: Stay, given: date, on: date, defaults: Mapping[int, Link]) -> int | None:
    link = defaults.get(each.unit)
    if link is None or link.effective_on > on:
        return each.unit if each.covers(on) else None
    handed = given < link.effective_on and each.covers(link.effective_on - timedelta(days=1))
    return part_holder_on(each.unit, on, defaults) if handed else None
