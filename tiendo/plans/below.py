"""Tasks counted up the tree of units: what a unit answers for, and every unit below it on the day (R031)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tiendo.orgs.history import parents_on
from tiendo.orgs.models import Unit
from tiendo.plans.counting import NUMBERS, UnitCount, by_lead
from tiendo.plans.holding import holding
from tiendo.plans.models import TaskQuerySet


@dataclass(frozen=True)
class Below:
    """A unit with all below it, then each unit right below it with all below that one, the most overdue first.

    `idle` counts the units right below in whose part of the tree nobody leads a task.
    """

    whole: UnitCount
    rows: tuple[UnitCount, ...]
    idle: int


def count_below(unit: Unit, tasks: TaskQuerySet, *, on: date) -> Below | None:
    """By the definitions of `by_lead`, each task once; None for a unit that has none below it on the day."""
    above = parents_on(on)
    under = [pk for pk, parent in above.items() if parent == unit.pk]
    if not under:
        return None
    sums = up_the_tree(by_lead(tasks, on=on, known=holding(on=on)), above)
    units = Unit.objects.in_bulk([pk for pk in under if pk in sums])
    rows = [_count(each, sums) for each in units.values()]
    rows.sort(key=lambda row: (-row.overdue, -row.unfinished, row.unit.sort_key))
    return Below(_count(unit, sums), tuple(rows), len(under) - len(rows))


def up_the_tree(counts: Iterable[UnitCount], above: Mapping[int, int | None]) -> dict[int, "Counter[str]"]:
    """Unit id → the sum of its own count and those of all below it, for units that have any."""
    sums: dict[int, Counter[str]] = {}
    for each in counts:
        own = {name: getattr(each, name) for name in NUMBERS}
        for pk in _up(each.unit.pk, above):
            sums.setdefault(pk, Counter()).update(own)
    return sums


def _up(unit: int, above: Mapping[int, int | None]) -> Iterator[int]:
    seen = set[int]()
    step: int | None = unit
    while step is not None and step not in seen:
        seen.add(step)
        yield step
        step = above.get(step)


def _count(unit: Unit, sums: Mapping[int, "Counter[str]"]) -> UnitCount:
    own = sums.get(unit.pk, Counter())
    return UnitCount(unit, total=own["total"], finished=own["finished"], overdue=own["overdue"])
