"""The rule of `newest` over rows of figures: in Python for rows already read, in SQL for a list that is counted."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Substr

from tiendo.indicators.models import Figure, Passport
from tiendo.indicators.newest import newest, spoken_frequency
from tiendo.indicators.states import Frequency, Rollup

# The sixth character of a period's code says how often the figure is told.
LETTERS = {Frequency.MONTH: "M", Frequency.QUARTER: "Q", Frequency.HALF: "H", Frequency.YEAR: ""}

Cell = tuple[int, int, str]  # indicator, unit, slice


def speaking(figures: Iterable[Figure]) -> dict[Cell, Figure]:
    """The figure that speaks for each cell among these; one query more for the passports in force."""
    cells: dict[Cell, list[Figure]] = defaultdict(list)
    for row in figures:
        cells[row.indicator_id, row.unit_id, row.slice].append(row)
    told = spoken_frequencies({indicator for indicator, _unit, _slice in cells})
    found = {cell: newest(rows, told[cell[0]], _told) for cell, rows in cells.items() if cell[0] in told}
    return {cell: row for cell, row in found.items() if row is not None}


def spoken_frequencies(indicators: Collection[int]) -> dict[int, Frequency]:
    """Indicator → how often the figure that speaks for it is told, by its passport in force."""
    rows = Passport.objects.in_force().filter(indicator__in=indicators)
    return {pk: spoken_frequency(often, over) for pk, often, over in rows.values_list(*PASSPORT)}


PASSPORT = ("indicator", "frequency", "over_time")


def with_letter(rows: Any) -> Any:
    """Indicators annotated with `frequency`, `over_time` get the `letter` of the periods that speak for them."""
    by_year = When(over_time=Rollup.SUM, then=Value(LETTERS[Frequency.YEAR]))
    by_frequency = (When(frequency=key, then=Value(letter)) for key, letter in LETTERS.items())
    return rows.annotate(letter=Case(by_year, *by_frequency, output_field=CharField()))


def speaking_of_outer(figures: QuerySet[Figure]) -> QuerySet[Figure]:
    """For a subquery over indicators from `with_letter`: of one cell's figures the first is the one that speaks."""
    fitting = figures.annotate(letter=Substr("period", 6, 1)).filter(letter=OuterRef("letter"))
    has_none = Case(When(value=None, then=Value(1)), default=Value(0))
    return fitting.filter(indicator=OuterRef("pk")).order_by(has_none, F("period_end").desc())


def _told(row: Figure) -> tuple[str, object]:
    return row.period, row.value
