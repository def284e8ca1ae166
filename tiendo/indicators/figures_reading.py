"""The rows that figures are made from, read in a number of queries that does not grow with the number of cells."""

from collections.abc import Collection, Iterator, Mapping, Set
from decimal import Decimal
from typing import TypeVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.translation import override

from tiendo.indicators.boxes import MOST_NAMED, boxes
from tiendo.indicators.courses import Line, Threshold
from tiendo.indicators.figures import Cell, Known, Observed, Rule
from tiendo.indicators.measures import dimension_of, factor_of
from tiendo.indicators.models import Figure, Observation, Passport, TargetLine
from tiendo.indicators.reaching import Move, Place, Places
from tiendo.indicators.rollups import Policy
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Comparator, Direction, Frequency, Measure, Purpose, Rollup, State, Status
from tiendo.orgs.models import Placement, Unit
from tiendo.ui.formats import as_decimal
from tiendo.ui.sentences import Sentence

EXCUSED = Observation.NoValue.NOT_APPLICABLE.value
CELL = ("indicator_id", "unit_id", "period", "slice")
Row = TypeVar("Row", bound=Model)


def rules() -> dict[int, Rule]:
    """What each passport in force says of computing, by indicator."""
    passports = list(Passport.objects.in_force().select_related("indicator"))
    units = {each.indicator_id: each.unit_code for each in passports}
    return {each.indicator_id: _rule(each, units) for each in passports}


def _rule(passport: Passport, units: Mapping[int, str]) -> Rule:
    tolerance = as_decimal(passport.checks.get("tolerance_percent")) or Decimal(0)
    return Rule(
        indicator=passport.indicator_id,
        code=passport.indicator.code,
        unit_code=passport.unit_code,
        frequency=Frequency(passport.frequency),
        direction=Direction(passport.direction),
        measure=Measure(passport.measure),
        expression=passport.expression,
        over_units=Rollup(passport.over_units),
        over_time=Rollup(passport.over_time),
        weight=passport.weight_id,
        numerator=passport.numerator_id,
        denominator=passport.denominator_id,
        kinds=frozenset(passport.measured_kinds),
        slices=frozenset(f"{each['code']}={value}" for each in passport.slices for value in each["values"]),
        source=passport.source_id,
        tolerance=tolerance,
        policy=Policy.ALL if passport.checks.get("parts") == Policy.ALL.value else Policy.PARTIAL,
        scale=_scale(passport, units),
    )


def _scale(passport: Passport, units: Mapping[int, str]) -> Decimal:
    """100 for a percent of like things, 1 000 000 for millions over persons in đồng a person."""
    over, under = (units.get(side or 0) for side in (passport.numerator_id, passport.denominator_id))
    if over is None or under is None or dimension_of(over) / dimension_of(under) != dimension_of(passport.unit_code):
        return Decimal(1)
    return factor_of(over) / factor_of(under) / factor_of(passport.unit_code)


def places() -> Places:
    """Every unit with the whole it belongs to; one whose making was undone belongs to none."""
    rows = (
        Unit.objects.standing().order_by("pk").values_list("pk", "code", "kind", "parent_id", "valid_from", "valid_to")
    )
    moves = Placement.objects.filter(undone_at=None).values_list("unit_id", "parent_id", "valid_from")
    return Places((Place(*row) for row in rows), (Move(*row) for row in moves))


def observed(cells: Set[Cell]) -> dict[Cell, list[Observed]]:
    """The current lines of the ledger for these cells."""
    fields = (*CELL, "pk", "source_id", "source__name", "status", "value", "no_value")
    found: dict[Cell, list[Observed]] = {}
    lines = _within(Observation.objects.current(), cells).values_list(*fields)
    for *cell, pk, source, name, status, value, why in lines.iterator(chunk_size=5000):
        if (key := Cell(*cell)) in cells:
            line = Observed(pk, source, name, Status(status), value, _why(why), why == EXCUSED)
            found.setdefault(key, []).append(line)
    return found


def _why(code: str | None) -> Sentence | None:
    """In the source language, whoever is signed in: the sentence is kept and said again to each reader."""
    if code is None:
        return None
    with override(settings.LANGUAGE_CODE):
        return Sentence.of(str(Observation.NoValue(code).label))


def known(cells: Set[Cell]) -> dict[Cell, Known]:
    """The figures there are of these cells, as others are made from them."""
    excuse, found = _why(EXCUSED), {}
    fields = (*CELL, "value", "status", "no_value", "state")
    told = _within(Figure.objects.all(), cells).values_list(*fields)
    for *cell, value, status, why, state in told.iterator(chunk_size=5000):
        if (key := Cell(*cell)) in cells:
            is_unfinished = value is not None and state == State.NO_DATA
            found[key] = Known(value, Status(status), bool(why) and why["pattern"] == excuse, is_unfinished)
    return found


def rows(cells: Set[Cell]) -> dict[Cell, Figure]:
    """The rows there are of these cells."""
    return {cell_of(row): row for row in _within(Figure.objects.all(), cells) if cell_of(row) in cells}


def cell_of(row: Figure | Observation) -> Cell:
    return Cell(row.indicator_id, row.unit_id, row.period, row.slice)


def target_lines(cells: Collection[Cell]) -> dict[int, list[Line]]:
    """The target lines in force by indicator: the common ones and those of the units in the cells."""
    indicators, units = {cell.indicator_id for cell in cells}, {cell.unit_id for cell in cells}
    asked = Q(indicator__in=indicators)
    if len(units) <= MOST_NAMED:
        asked &= Q(unit=None) | Q(unit__in=units)
    found: dict[int, list[Line]] = {}
    for line in TargetLine.objects.in_force().filter(asked).order_by("due_on", "pk"):
        found.setdefault(line.indicator_id, []).append(_line(line))
    return found


def _line(line: TargetLine) -> Line:
    if line.value is None:
        raise ValueError(f"target line {line.pk} in force without a value")
    threshold = Threshold(Comparator(line.comparator), line.value, line.upper, line.full_value)
    return Line(line.pk, Purpose(line.purpose), line.due_on, threshold, line.category, line.unit_id)


def cells_of(indicators: Collection[int]) -> Iterator[Cell]:
    """Every cell of these indicators that has a line of the ledger or a figure."""
    for row in Observation.objects.current().filter(indicator__in=indicators).order_by().values_list(*CELL).iterator():
        yield Cell(*row)
    for row in Figure.objects.filter(indicator__in=indicators).order_by().values_list(*CELL).iterator():
        yield Cell(*row)


def _within(queryset: QuerySet[Row], cells: Collection[Cell]) -> QuerySet[Row]:
    """The rows of these cells and few others, in one question; the caller keeps those it wants."""
    asked = Q(pk__in=())
    for box in boxes(cells):
        named = {f"{name}__in": names for name, names in zip(CELL, box, strict=True) if len(names) <= MOST_NAMED}
        # The day says nothing new; it lets an index over units and days find the few rows.
        ends = {span_of(code).last_day for code in box.periods}
        asked |= Q(**named | {"period__in": box.periods}, period_end__in=ends)
    return queryset.filter(asked).order_by()
