"""Which unit answers today, or on a day, for a unit's part in a task: the one place that every list and count asks.

Successions and handovers are few, so both are read whole and resolved by the pure rule (ADR 0001). Whoever asks for a
unit itself, not for its part in a task, asks `orgs.queries.holders`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tiendo.orgs.queries import links
from tiendo.orgs.succession import Link
from tiendo.plans.charges import Handover
from tiendo.plans.succeeding import part_holder_on

if TYPE_CHECKING:
    from tiendo.plans.assignments import AssignmentQuerySet


@dataclass(frozen=True)
class Holding:
    """Who answers on one day: for units as such, and for their parts in tasks. `own`: task id → its handovers."""

    on: date
    defaults: Mapping[int, Link]
    own: Mapping[int, tuple[Link, ...]]
    _known: dict[int, int] = field(default_factory=dict, repr=False, compare=False)

    def of_unit(self, unit_id: int) -> int:
        """The unit that answers for the unit itself."""
        if unit_id not in self._known:
            self._known[unit_id] = part_holder_on(unit_id, self.on, self.defaults)
        return self._known[unit_id]

    def of_part(self, task_id: int, unit_id: int) -> int:
        """The unit that answers for the unit's part in the task."""
        own = self.own.get(task_id)
        return part_holder_on(unit_id, self.on, self.defaults, own) if own else self.of_unit(unit_id)

    @cached_property
    def takers(self) -> frozenset[int]:
        """Every unit that answers for another that day, as such or in some task; for looking up names at once."""
        links = [link for link in self.defaults.values() if link.effective_on <= self.on]
        own = [link for handed in self.own.values() for link in handed]
        return frozenset(self.of_unit(link.successor) for link in [*links, *own])

    def moved(self, parts: "AssignmentQuerySet") -> dict[int, int]:
        """Row number of an assignment → the unit answering for it, for those few a handover leads elsewhere.

        One query, and none while no task was handed over.
        """
        if not self.own:
            return {}
        rows = parts.filter(task_id__in=self.own, unit__isnull=False).order_by()
        found = {
            pk: (self.of_part(task, unit), self.of_unit(unit))
            for pk, task, unit in rows.values_list("pk", "task_id", "unit_id")
        }
        return {pk: true for pk, (true, default) in found.items() if true != default}


def holding(*, on: date) -> Holding:
    """Who answers on the day, in two queries."""
    defaults = {link.predecessor: link for link in links() if link.is_default}
    return Holding(on, defaults, handovers(on=on))


def handed_over(*, on: date) -> Holding | None:
    """As `holding`, but None while no task was handed over: then the units' own successions say all, in one query."""
    own = handovers(on=on)
    if not own:
        return None
    return Holding(on, {link.predecessor: link for link in links() if link.is_default}, own)


def handovers(*, on: date) -> dict[int, tuple[Link, ...]]:
    """Task id → its handovers in force on the day."""
    rows = Handover.objects.standing().filter(change__effective_on__lte=on).order_by("pk")
    found: dict[int, list[Link]] = {}
    names = ("task_id", "predecessor_id", "successor_id", "change__effective_on")
    for task, predecessor, successor, day in rows.values_list(*names):
        found.setdefault(task, []).append(Link(predecessor, successor, day))
    return {task: tuple(own) for task, own in found.items()}


def part_holder(task_id: int, unit_id: int, *, on: date) -> int:
    """The unit that answers on the day for the unit's part in the task."""
    return holding(on=on).of_part(task_id, unit_id)


def answering_for(parts: Iterable[tuple[int, int]], *, on: date) -> dict[tuple[int, int], int]:
    """(task id, id of the unit named) → id of the unit answering for that part on the day; in two queries."""
    known = holding(on=on)
    return {part: known.of_part(*part) for part in parts}
