"""Units as they stood on a day: who was in force, under whom, in which groups; who came of whom; what changed.

Everything undone is left out. Rows are few (hundreds), so links and placements are loaded whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from tiendo.orgs.models import (
    GroupMembership,
    Placement,
    Succession,
    Unit,
    UnitChange,
    UnitGroup,
    UnitQuerySet,
)
from tiendo.orgs.queries import links
from tiendo.orgs.reorganisation import Standing
from tiendo.orgs.succession import Link, holder_on


def members_on(group: UnitGroup, on: date) -> UnitQuerySet:
    """Units of the group on the day: named in it then, and in force then."""
    named = GroupMembership.objects.in_force(on).filter(group=group).values("unit")
    return Unit.objects.in_force(on).filter(pk__in=named)


@dataclass(frozen=True)
class Branch:
    """A unit with those that stood under it on the day."""

    unit: Unit
    below: tuple["Branch", ...] = ()


def tree_on(on: date) -> tuple[Branch, ...]:
    """Every unit in force on the day under the one above it then; those under nobody come first level."""
    units = list(Unit.objects.in_force(on))
    above = parents_on(on)
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        below[above.get(unit.pk)].append(unit)

    def branches(parent: int | None) -> tuple[Branch, ...]:
        return tuple(Branch(unit, branches(unit.pk)) for unit in below[parent])

    return branches(None)


def parent_on(unit: Unit, on: date) -> Unit | None:
    """The unit above it on the day: where it was placed then, or who answered for that unit on the day.

    Of a unit not in force that day, the one it stood under last.
    """
    above = parents_on(on)
    found = above.get(unit.pk, unit.parent_id)
    return Unit.objects.get(pk=found) if found else None


def parents_on(on: date) -> dict[int, int | None]:
    """Unit id → id of the unit above it on the day, for every unit in force then; three queries.

    A unit placed under one that is no longer in force stands under whoever answers for that one, or, when nobody does,
    under the next above that is in force.
    """
    rows = Unit.objects.standing().values_list("pk", "parent_id", "valid_from", "valid_to")
    facts = {row[0]: row for row in rows}
    placed = {pk: row[1] for pk, row in facts.items()} | _placed(on)
    alive = {pk for pk, _above, start, end in facts.values() if _covers(start, end, on)}
    known = links()
    return {pk: _in_force_above(pk, placed, alive, known, on) for pk in alive}


def _in_force_above(
    pk: int, placed: Mapping[int, int | None], alive: set[int], known: Iterable[Link], on: date
) -> int | None:
    above, seen = placed.get(pk), {pk}
    while above is not None and above not in seen:
        holder = holder_on(above, on, known)
        if above in alive or (holder in alive and holder != pk):
            return above if above in alive else holder
        seen.add(above)
        above = placed.get(above)
    return None


def _placed(on: date) -> dict[int, int | None]:
    """Where moved units stood on the day."""
    rows = Placement.objects.filter(Q(valid_from=None) | Q(valid_from__lte=on), undone_at=None)
    ordered = sorted(
        rows.values_list("unit_id", "parent_id", "valid_from"), key=lambda row: (row[0], row[2] or date.min)
    )
    return {unit: parent for unit, parent, _from in ordered}


def _covers(start: date | None, end: date | None, on: date) -> bool:
    return (start is None or start <= on) and (end is None or end > on)


def history_of(unit: Unit) -> list[Succession]:
    """Every link through which the unit came to be and passed on, A→B→C, by date; one query."""
    rows = list(
        Succession.objects.standing()
        .select_related("predecessor", "successor", "change")
        .order_by("effective_on", "predecessor__sort_key", "-is_default", "pk")
    )
    origins = _reached(unit.pk, [(row.successor_id, row.predecessor_id) for row in rows])
    heirs = _reached(unit.pk, [(row.predecessor_id, row.successor_id) for row in rows])
    return [row for row in rows if row.successor_id in origins or row.predecessor_id in heirs]


def _reached(start: int, steps: list[tuple[int, int]]) -> set[int]:
    found, last = {start}, set[int]()
    while found != last:
        last = set(found)
        found |= {there for here, there in steps if here in found}
    return found


def changes() -> list[UnitChange]:
    """Every change recorded, the latest effective first, undone ones too; with the units it links, made and moved."""
    return list(with_units(UnitChange.objects.order_by("-effective_on", "-pk")))


def with_units(rows: "QuerySet[UnitChange]") -> "QuerySet[UnitChange]":
    """Changes with the units they link, made and moved, in five queries however many there are."""
    return rows.prefetch_related(
        "successions__predecessor", "successions__successor", "units_made", "placements__unit", "placements__parent"
    )


def standings() -> dict[str, Standing]:
    """What a reorganisation is judged against, by code; three queries."""
    took = dict(Succession.objects.standing().values_list("successor").annotate(Max("effective_on")).order_by())
    moved = Placement.objects.filter(undone_at=None).values_list("unit").annotate(Max("valid_from")).order_by()
    moves = {pk: day for pk, day in moved if day}
    rows = (
        Unit.objects.standing().order_by().values_list("pk", "code", "name", "valid_from", "valid_to", "parent__code")
    )
    return {
        code: Standing(pk, name, start, end, parent, took.get(pk), moves.get(pk))
        for pk, code, name, start, end, parent in rows
    }


def touched_by(change: UnitChange) -> frozenset[str]:
    """Codes of every unit the change names: before, after, made, moved and put under, joined to a group."""
    pairs = change.successions.values_list("predecessor__code", "successor__code")
    places = change.placements.values_list("unit__code", "parent__code")
    made = change.units_made.values_list("code", "parent__code")
    joined = change.memberships.values_list("unit__code")
    named = {code for rows in (pairs, places, made, joined) for row in rows for code in row}
    return frozenset({*change.ended, *(code for code in named if code)})
