"""Records of indicators with what is too small taken out: from figures, from what is computed of them, from programmes.

Pure. `small_counts` says which cells; here they fall silent, down to the observations, and the reason stands instead.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from tiendo.indicators.formulas import read_formula
from tiendo.indicators.states import State
from tiendo.publication.small_counts import PEOPLE, Cell, Told, kept_back

KEPT_BACK = _("Không công bố: số đếm nhỏ có thể chỉ ra người cụ thể, hoặc số từ đó tính ra được số đếm nhỏ.")
WHOLE = "committee"
Figure = dict[str, Any]
Before = Mapping[Cell, Decimal | None]


def cell_of(figure: Mapping[str, Any]) -> Cell:
    return figure["unit"]["code"], figure["period"], figure["slice"]


def open_figures(
    figures: Sequence[Figure], passport: Mapping[str, Any], *, least: int, before: Before, also: Collection[Cell] = ()
) -> list[Figure]:
    """The figures of a record, those to be kept back silent. `also` are computed from what another record keeps back;
    `before` is what earlier releases said, by cell.
    """
    told = [_told(figure, passport) for figure in figures]
    terms = {name: passport[name] for name in ("unit_code", "over_units", "over_time")}
    back = kept_back(told, **terms, least=least, before=before, also=also) | set(also)
    return [closed(figure) if each.cell in back else figure for each, figure in zip(told, figures, strict=True)]


def _told(figure: Figure, passport: Mapping[str, Any]) -> Told:
    unit, value = figure["unit"], figure["value"]
    number = None if value is None else Decimal(value)
    is_part = unit["kind"] in passport["measured_kinds"]
    return Told(unit["code"], unit["kind"] == WHOLE, figure["period"], figure["slice"], number, is_part)


def closed(figure: Figure) -> Figure:
    """No value, nothing reckoned from it, no word that could tell it; who said it and when stays."""
    nothing = dict.fromkeys(("status", "value", "progress", "distance"))
    reason = {"pattern": KEPT_BACK, "values": {}}
    silent = [{**each, "value": None, "status": None} for each in figure["observations"]]
    state = {"state": State.NO_DATA.value, "flags": [], "no_value": reason, "not_computable": reason}
    return {**figure, **nothing, **state, "observations": silent, "kept_back": True}


def said_before(figures: Iterable[Mapping[str, Any]]) -> dict[Cell, Decimal | None]:
    """What a released record said of each cell: its value, or None where it kept it back."""
    told = [each for each in figures if each["value"] is not None or each.get("kept_back")]
    return {cell_of(each): None if each["value"] is None else Decimal(each["value"]) for each in told}


def silent_cells(record: Mapping[str, Any]) -> set[Cell]:
    """The cells a record keeps back."""
    return {cell_of(each) for each in record["figures"] if each.get("kept_back")}


def silent_periods(record: Mapping[str, Any]) -> set[str]:
    """The periods for which a record keeps the figure of the whole back."""
    figures = (each for each in record["figures"] if each["unit"]["kind"] == WHOLE and not each["slice"])
    return {each["period"] for each in figures if each.get("kept_back")}


def counts_people(passport: Mapping[str, Any]) -> bool:
    return passport["unit_code"] in PEOPLE


def rests_on(passport: Mapping[str, Any]) -> list[str]:
    """Codes of the indicators that a figure is computed from in its own cell, or weighed by."""
    sides = [passport[f"{role}__code"] for role in ("weight", "numerator", "denominator")]
    codes = read_formula(passport["expression"]).codes if passport["expression"] else ()
    return [*codes, *(each for each in sides if each)]


def without_closed(objective: Figure, silent: Collection[tuple[str, str]]) -> Figure:
    """A programme's objective, silent where the figure of the whole is kept back; `silent` are indicator and period."""
    if (objective["indicator"], objective["period"]) not in silent:
        return objective
    return {**objective, **dict.fromkeys(("value", "status", "progress")), "state": State.NO_DATA.value}
