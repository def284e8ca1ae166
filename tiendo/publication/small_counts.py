"""Counts of people too small to be published, because they could point to somebody (R088). Pure.

The sum for the whole province stays; a unit's or a breakdown's count below the least is kept back. What could be worked
out by subtraction is kept back too: a sum that is public never has exactly one part missing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from tiendo.indicators.spans import Span, span_of
from tiendo.indicators.states import Frequency, Rollup, State

KEPT_BACK = _("Không công bố: số đếm nhỏ, có thể chỉ ra người cụ thể.")
# What counts people, and how many of them one of it is.
PEOPLE = {"person": 1, "thousand_person": 1000, "household": 1, "account": 1, "expert": 1}
WHOLE = "committee"
Cell = tuple[str, str, str]  # unit, period, slice


@dataclass(frozen=True)
class Told:
    """A figure as a cell of the public table: `is_whole` for the province."""

    unit: str
    is_whole: bool
    period: str
    slice: str
    value: Decimal | None

    @property
    def cell(self) -> Cell:
        return self.unit, self.period, self.slice


def kept_back(
    figures: Sequence[Told], *, unit_code: str, over_units: str, over_time: str, least: Decimal | int
) -> set[Cell]:
    """The cells whose value must not be published; none where the indicator counts no people."""
    if unit_code not in PEOPLE:
        return set()
    values = {each.cell: each.value for each in figures if each.value is not None}
    parts = {each.cell for each in figures if not each.is_whole or each.slice}
    back = {cell for cell in parts if cell in values and 0 < values[cell] * PEOPLE[unit_code] < least}
    families = list(_families(figures, values, sums=(over_units == Rollup.SUM, over_time == Rollup.SUM)))
    while more := _given_away(families, values, back, parts):
        back |= more
    return back


Family = tuple[Cell, list[Cell]]  # a sum and its parts


def _families(figures: Sequence[Told], values: dict[Cell, Decimal], *, sums: tuple[bool, bool]) -> Iterator[Family]:
    """Sums with their parts: over units, over breakdowns of one kind, over the periods of a year."""
    found: dict[tuple[str, Cell], list[Cell]] = defaultdict(list)
    whole = next((each.unit for each in figures if each.is_whole), "")
    for each in figures:
        if each.cell not in values:
            continue
        if sums[0] and not each.is_whole:
            found["units", (whole, each.period, each.slice)].append(each.cell)
        if each.slice:
            found[each.slice.partition("=")[0], (each.unit, each.period, "")].append(each.cell)
        span = span_of(each.period)
        if sums[1] and span.frequency is not Frequency.YEAR:
            year = Span(Frequency.YEAR, span.year).code
            found[span.frequency.value, (each.unit, year, each.slice)].append(each.cell)
    yield from ((total, parts) for (_kind, total), parts in found.items() if total in values)


def _given_away(families: list[Family], values: dict[Cell, Decimal], back: set[Cell], parts: set[Cell]) -> set[Cell]:
    """The next cell that a sum would give away, or that would give a sum away."""
    for total, held in families:
        hidden = sum(cell in back for cell in held)
        left = [cell for cell in held if cell not in back and cell in parts]
        if left and hidden == (0 if total in back else 1):
            return {min(left, key=lambda cell: (values[cell] == 0, values[cell], cell))}
    return set()


def open_figures(figures: list[dict[str, Any]], passport: Mapping[str, Any], *, least: int) -> list[dict[str, Any]]:
    """The figures of a record with what is too small taken out, down to the observations; the reason stands instead."""
    told = [
        Told(
            each["unit"]["code"],
            each["unit"]["kind"] == WHOLE,
            each["period"],
            each["slice"],
            None if each["value"] is None else Decimal(each["value"]),
        )
        for each in figures
    ]
    terms = {name: passport[name] for name in ("unit_code", "over_units", "over_time")}
    back = kept_back(told, **terms, least=least)
    return [_closed(figure) if each.cell in back else figure for each, figure in zip(told, figures, strict=True)]


def _closed(figure: dict[str, Any]) -> dict[str, Any]:
    """No value, nothing reckoned from it, no word that could tell it; who said it and when stays."""
    nothing = dict.fromkeys(("status", "value", "progress", "distance"))
    reason = {"pattern": KEPT_BACK, "values": {}}
    silent = [{**each, "value": None, "status": None} for each in figure["observations"]]
    state = {"state": State.NO_DATA.value, "flags": [], "no_value": reason, "not_computable": reason}
    return {**figure, **nothing, **state, "observations": silent, "kept_back": True}
