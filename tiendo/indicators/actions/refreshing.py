"""Figures made again from the ledger: the one place that writes `Figure`.

`refresh` is called inside the transaction that accepts values or changes a passport or a target; it makes only what
depends on those cells. `refresh_all` makes everything and comes to the same rows.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from tiendo.indicators.figures import Cell as Cell
from tiendo.indicators.figures import Known, Made, Rule, World, judged, made
from tiendo.indicators.figures_reading import cells_of, known, observed, places, rows, rules, target_lines
from tiendo.indicators.keeping import kept_sentences
from tiendo.indicators.models import Figure, Indicator, Passport
from tiendo.indicators.progress import Judgement
from tiendo.indicators.reaching import Reach
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Rollup
from tiendo.orgs.models import UnitKind

CHUNK = 20_000  # cells made at a time when all are, which bounds the memory
CONTENT = (
    "origin",
    "status",
    "value",
    "no_value",
    "target_id",
    "state",
    "progress",
    "not_computable",
    "distance",
    "made_from",
    "flags",
)


@dataclass(frozen=True)
class Refreshed:
    """How many cells were made, and how many rows were written or taken away; an unchanged row is not written."""

    cells: int = 0
    written: int = 0
    removed: int = 0

    def __add__(self, other: "Refreshed") -> "Refreshed":
        return Refreshed(self.cells + other.cells, self.written + other.written, self.removed + other.removed)


@transaction.atomic
def refresh(cells: Iterable[Cell], *, at: datetime) -> Refreshed:
    """Make these cells again and everything that depends on them: formulas, wholes, longer periods.

    Raises ValueError, with a sentence, when formulas go round in a circle.
    """
    changed = set(cells)
    if not changed:
        return Refreshed()
    reach = Reach(rules(), places())
    touched = reach.touched(changed)
    # Two values accepted at once for two sides of one ratio: the second waits here and then sees the first.
    pks = {cell.indicator_id for cell in touched}
    list(Indicator.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk"))
    return _remake(touched, reach, at)


@transaction.atomic
def refresh_wholes(*, since: date, at: datetime) -> Refreshed:
    """Make the figures of wholes again whose period ends on the day or later: units have come, gone or moved.

    Each period counts the units in force on its last day, so what ended before stays as it was; the figures of single
    units stand with the unit whose they are.
    """
    rows = Figure.objects.filter(unit__kind=UnitKind.COMMITTEE, indicator__in=_rolled_up())
    told = rows.values_list("indicator_id", "period", "slice").distinct()
    later = [each for each in told if span_of(each[1]).last_day >= since]
    # A whole that a unit came to may have had nothing to tell before.
    wholes = places().members
    return refresh({Cell(indicator, pk, period, part) for indicator, period, part in later for pk in wholes}, at=at)


def _rolled_up() -> "QuerySet[Passport, int]":
    rolled = Passport.objects.in_force().exclude(over_units=Rollup.NONE.value)
    return rolled.values_list("indicator_id", flat=True)


@transaction.atomic
def refresh_all(*, at: datetime) -> Refreshed:
    """Make every figure again, indicator by indicator in the order in which they are made of each other."""
    reach = Reach(rules(), places())
    list(Indicator.objects.select_for_update(of=("self",), no_key=True).order_by("pk"))
    total = Refreshed()
    for pk in sorted(reach.rules, key=reach.rank.__getitem__):
        for some in _chunks(reach.ordered(_candidates(reach.rules[pk], reach))):
            total += _remake(some, reach, at)
    return total


def _candidates(rule: Rule, reach: Reach) -> set[Cell]:
    """Where the indicator has a line or a figure, where a side of it has one, and what follows from those."""
    beside = [
        cell._replace(indicator_id=rule.indicator)
        for cell in cells_of(reach.sides(rule))
        if not cell.slice or cell.slice in rule.slices
    ]
    return reach.touched([*cells_of([rule.indicator]), *beside], within=rule.indicator)


def _chunks(cells: list[Cell]) -> Iterator[set[Cell]]:
    for start in range(0, len(cells), CHUNK):
        yield set(cells[start : start + CHUNK])


def _remake(cells: Set[Cell], reach: Reach, at: datetime) -> Refreshed:
    """The cells in their order, written where they differ from what stands there."""
    inputs = {needed for cell in cells for needed in reach.inputs(cell)}
    before = rows(cells)
    figures = known(inputs - cells)
    lines = target_lines(cells)
    units = {rule.code: rule.unit_code for rule in reach.rules.values()}
    world = World(reach.ids, units, observed(cells), reach.places.parts, figures.get)
    fresh: list[Figure] = []
    gone: list[int] = []
    for cell in reach.ordered(cells):
        found = made(cell, reach.rules[cell.indicator_id], world)
        old = before.get(cell)
        if found is None:
            gone += [old.pk] if old else []
            continue
        _remember(figures, cell, found)
        rule = reach.rules[cell.indicator_id]
        is_whole = cell.unit_id in reach.places.members and bool(rule.kinds)
        told = judged(
            cell, rule, found, lines.get(cell.indicator_id, ()), is_whole=is_whole, line=settings.TIENDO_STRAIGHT_PATH
        )
        content = _content(found, told)
        if old is None or any(getattr(old, name) != content[name] for name in CONTENT):
            fresh.append(_row(cell, content, at))
    return Refreshed(len(cells), _write(fresh), _remove(gone))


def _remember(figures: dict[Cell, Known], cell: Cell, found: Made) -> None:
    figures[cell] = found.known


def _content(found: Made, told: Judgement) -> dict[str, Any]:
    """The columns of a figure."""
    basis = {"basis": told.basis.value} if told.basis else {}
    return {
        "origin": found.origin.value,
        "status": found.status.value,
        "value": found.value,
        "no_value": _kept(found.no_value),
        "target_id": told.target.key if told.target else None,
        "state": told.state.value,
        "progress": told.progress,
        "not_computable": _kept(told.not_computable),
        "distance": told.distance,
        "made_from": dict(found.made_from) | basis,
        "flags": kept_sentences(found.flags),
    }


def _kept(sentence: str | None) -> dict[str, Any] | None:
    return None if sentence is None else kept_sentences([sentence])[0]


def _row(cell: Cell, content: dict[str, Any], at: datetime) -> Figure:
    end = span_of(cell.period).last_day
    return Figure(**cell._asdict(), period_end=end, made_at=at, **content)


def _write(fresh: list[Figure]) -> int:
    Figure.objects.bulk_create(
        fresh,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["indicator", "unit", "period", "slice"],
        update_fields=["period_end", "made_at", *(name.removesuffix("_id") for name in CONTENT)],
    )
    return len(fresh)


def _remove(gone: list[int]) -> int:
    for start in range(0, len(gone), 1000):
        Figure.objects.filter(pk__in=gone[start : start + 1000]).delete()
    return len(gone)
