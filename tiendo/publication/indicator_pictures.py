"""What pictures of a public indicator are drawn from: the same as inside, read from the record that was released."""

from collections.abc import Mapping
from typing import Any

from tiendo.indicators.courses import Line, Threshold
from tiendo.indicators.newest import spoken_frequency
from tiendo.indicators.picturing import Drawn, Seen, Track, category_lines
from tiendo.indicators.states import Comparator, Frequency, Purpose, Rollup, State, Status
from tiendo.indicators.wording import level_names
from tiendo.publication.indicator_records import WHOLE, day, decimal
from tiendo.publication.records import Record


def drawn_of(record: Record) -> Drawn:
    """What a picture needs to know of the passport."""
    unit_code, frequency = record["unit_code"], Frequency(record["frequency"])
    return Drawn(record["name"], unit_code, record["unit_text"], frequency, level_names(record["levels"]))


def track_of(record: Record, unit: str | None = None) -> Track:
    """The figures of a unit, without breakdowns, and the lines they are held against."""
    figures = figures_of(record, unit)
    is_summed = record["over_units"] == Rollup.SUM and bool(record["measured_kinds"])
    is_whole = unit is None or any(figure["unit"]["kind"] == WHOLE for figure in figures)
    lines, place = _lines(record, figures[0]["unit"]["code"] if figures else unit)
    told = spoken_frequency(record["frequency"], record["over_time"])
    shared = not (is_whole and is_summed)
    return Track([_seen(each) for each in figures], told, category_lines(lines, unit=place, shared=shared))


def figures_of(record: Record, unit: str | None = None) -> list[Record]:
    """Figures of the whole, or of the unit with this code, without breakdowns, oldest period first."""
    found = [figure for figure in record["figures"] if not figure["slice"] and _is_of(figure["unit"], unit)]
    return sorted(found, key=lambda figure: (figure["period_end"], figure["period"]))


def _is_of(told: Mapping[str, Any], unit: str | None) -> bool:
    return bool(told["code"] == unit if unit else told["kind"] == WHOLE)


def _seen(figure: Record) -> Seen:
    status = Status(figure["status"]) if figure["status"] else Status.OFFICIAL
    return Seen(figure["period"], decimal(figure["value"]), status, State(figure["state"]))


def _lines(record: Record, unit: str | None) -> tuple[list[Line], int]:
    """The lines with their units as places in a list, and the place of the unit asked for."""
    places = {unit: 0}
    lines = []
    for at, each in enumerate(record["targets"]):
        place = places.setdefault(each["unit"]["code"], len(places)) if each["unit"] else None
        due, value = day(each["due_on"]), decimal(each["value"])
        if due is not None and value is not None:
            upper, full = decimal(each["upper"]), decimal(each["full_value"])
            threshold = Threshold(Comparator(each["comparator"]), value, upper, full)
            lines.append(Line(at, Purpose(each["purpose"]), due, threshold, each["category"], place))
    return lines, 0
