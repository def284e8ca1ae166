"""Which unit answers today, or on a day, for a unit's part in a task: the one place that every list and count asks.

Successions and handovers are few, so both are read whole (once for a page, `orgs.once`) and resolved by the pure rule
(ADR 0001). Whoever asks for a unit itself, not for its part in a task, asks `orgs.queries.holders`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from tiendo.orgs.models import Succession
from tiendo.orgs.once import once
from tiendo.orgs.succession import Link
from tiendo.plans.charges import Handover
from tiendo.plans.succeeding import part_holder_on


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

    def held_by(self, unit_id: int) -> frozenset[int]:
        """Every unit for which this one answers that day, itself (unless succeeded) among them."""
        return frozenset(each for each in {unit_id, *self.defaults} if self.of_unit(each) == unit_id)

    @cached_property
    def takers(self) -> frozenset[int]:
        """Every unit that answers for another that day, as such or in some task; for looking up names at once."""
        links = [link for link in self.defaults.values() if link.effective_on <= self.on]
        own = [link for handed in self.own.values() for link in handed]
        return frozenset(self.of_unit(link.successor) for link in [*links, *own])

    def moved(self, rows: "QuerySet[Any]") -> dict[int, int]:
        """Row number → the unit answering for the row, for those few that a handover leads elsewhere.

        `rows` have a task and a unit: assignments, money. One query, and none while no task was handed over.
        """
        if not self.own:
            return {}
        chosen = rows.filter(task_id__in=self.own, unit__isnull=False).order_by()
        found = {
            pk: (self.of_part(task, unit), self.of_unit(unit))
            for pk, task, unit in chosen.values_list("pk", "task_id", "unit_id")
        }
        return {pk: true for pk, (true, default) in found.items() if true != default}


def holding(*, on: date, known_at: datetime | None = None) -> Holding:
    """Who answers on the day, in two queries; with `known_at`, by what was recorded by then and not yet undone."""
    return Holding(on, _defaults(known_at), handovers(on=on, known_at=known_at))


def handed_over(*, on: date) -> Holding | None:
    """As `holding`, but None while no task was handed over: then the units' own successions say all, in one query."""
    own = handovers(on=on)
    return Holding(on, _defaults(None), own) if own else None


def handovers(*, on: date, known_at: datetime | None = None) -> Mapping[int, tuple[Link, ...]]:
    """Task id → its handovers in force on the day."""
    return once(("handovers", on, known_at), lambda: _handovers(on, known_at))


def _handovers(on: date, known_at: datetime | None) -> dict[int, tuple[Link, ...]]:
    rows = Handover.objects.standing()
    if known_at is not None:
        rows = Handover.objects.filter(_standing_at(known_at) & _standing_at(known_at, "change__"))
        rows = rows.filter(recorded_at__lte=known_at)
    names = ("task_id", "predecessor_id", "successor_id", "change__effective_on")
    found: dict[int, list[Link]] = {}
    for task, predecessor, successor, day in (
        rows.filter(change__effective_on__lte=on).order_by("change__effective_on", "change", "pk").values_list(*names)
    ):
        found.setdefault(task, []).append(Link(predecessor, successor, day))
    return {task: tuple(own) for task, own in found.items()}


def part_holder(task_id: int, unit_id: int, *, on: date) -> int:
    """The unit that answers on the day for the unit's part in the task."""
    return holding(on=on).of_part(task_id, unit_id)


def answering_for(parts: Iterable[tuple[int, int]], *, on: date) -> dict[tuple[int, int], int]:
    """(task id, id of the unit named) → id of the unit answering for that part on the day; in two queries."""
    known = holding(on=on)
    return {part: known.of_part(*part) for part in parts}


def rows_of(
    unit_ids: frozenset[int], rows: "QuerySet[Any]", *, on: date | None = None, known: Holding | None = None
) -> Q:
    """The condition for rows with a task and a unit for which any of the units answers on the day (today).

    `unit_ids` are held units, `rows` all rows of the table. A handover ends at a unit that answers for itself, so that
    one is among them or it is not; only the rows a handover leads elsewhere are told apart, by their numbers.
    """
    named = Q(unit_id__in=unit_ids)
    if not unit_ids:
        return named
    moved = known.moved(rows) if known else _moved(rows, on or timezone.localdate())
    if not moved:
        return named
    given = [pk for pk, holder in moved.items() if holder in unit_ids]
    return (named & ~Q(pk__in=list(moved))) | Q(pk__in=given)


def _moved(rows: "QuerySet[Any]", on: date) -> dict[int, int]:
    """`Holding.moved` of all rows of a table on the day."""
    known = handed_over(on=on)
    return once(("moved", rows.model, on), lambda: known.moved(rows)) if known else {}


def _defaults(known_at: datetime | None) -> Mapping[int, Link]:
    """Unit → its default succession, whatever its day."""
    return once(("defaults", known_at), lambda: _successions(known_at))


def _successions(known_at: datetime | None) -> dict[int, Link]:
    rows = Succession.objects.filter(is_default=True)
    if known_at is None:
        rows = rows.standing()
    else:
        rows = rows.filter(Q(change=None) | Q(change__recorded_at__lte=known_at)).filter(_standing_at(known_at))
    found = rows.order_by("pk").values_list("predecessor_id", "successor_id", "effective_on")
    return {link.predecessor: link for link in (Link(*row) for row in found)}


def _standing_at(moment: datetime, path: str = "") -> Q:
    return Q(**{f"{path}undone_at": None}) | Q(**{f"{path}undone_at__gt": moment})
