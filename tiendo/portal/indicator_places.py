"""A public indicator unit by unit: over the land, side by side, and as the table beside both."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tiendo.indicators.newest import spoken_frequency
from tiendo.indicators.picturing import LOOKS, in_order, series_of
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Direction, State
from tiendo.orgs.models import UnitKind
from tiendo.orgs.queries import lay_of_the_land
from tiendo.orgs.words import bare_place
from tiendo.papers import charts
from tiendo.papers.charts import Area, Map, Multiples
from tiendo.portal.indicator_words import FigureRow, figure_row
from tiendo.publication.indicator_pictures import drawn_of, track_of
from tiendo.publication.indicator_records import WHOLE
from tiendo.publication.models import Release
from tiendo.publication.records import Record
from tiendo.ui.saying import said

ON_THE_LAND = (UnitKind.COMMUNE, UnitKind.DISTRICT)
MOST_PERIODS = 12  # offered; older ones stand in the open data
MOST_PANELS = 120  # small charts on one page: above it the map and the table tell the same


@dataclass(frozen=True)
class Place:
    """A unit in one period: its figure, or None where nothing was said of it."""

    code: str
    name: str
    kind: str
    row: FigureRow | None

    @property
    def state(self) -> State:
        return State(self.row.figure["state"]) if self.row else State.NO_DATA

    @property
    def amount(self) -> str | None:
        """The number as the record has it; None where there is none."""
        return self.row.figure["value"] if self.row else None

    @property
    def value(self) -> str:
        return self.row.value if self.row else _("không có số liệu")

    @property
    def short(self) -> str:
        """A commune by its bare name, short enough for a tile."""
        return bare_place(self.name)


@dataclass(frozen=True)
class Land:
    """The map of one period, the same in words, and where the boundaries come from, if any are known."""

    svg: SafeString
    told: str
    source: str


@dataclass(frozen=True)
class Panels:
    """Small charts on one scale, best first; the scale and the whole picture in words."""

    pictures: list[SafeString]
    told: str
    scale: str


@dataclass(frozen=True)
class Places:
    """All that the page of an indicator says of its units in one period; `periods` are (code, name, is this one)."""

    period: str
    periods: list[tuple[str, str, bool]]
    rows: list[Place]
    land: Land | None
    panels: Panels | None


def places_of(release: Release, record: Record, asked: str) -> Places | None:
    """None where nothing is told by unit. The period asked for, or the newest in which a unit has a figure."""
    periods = _periods(record)
    if not periods:
        return None
    period = asked if asked in periods else periods[0]
    rows = _rows(record, _units(release, record), period)
    named = [(each, said(span_of(each).name), each == period) for each in periods[:MOST_PERIODS]]
    return Places(said(span_of(period).name), named, rows, _land(record, rows, period), _panels(record, rows))


def _periods(record: Record) -> list[str]:
    """Periods in which a unit has a figure, as often as the indicator is told, newest first."""
    told = spoken_frequency(record["frequency"], record["over_time"])
    spans = {span_of(each["period"]) for each in _by_unit(record)}
    fitting = sorted((span for span in spans if span.frequency is told), key=lambda span: span.last_day, reverse=True)
    return [span.code for span in fitting]


def _by_unit(record: Record) -> list[Record]:
    return [each for each in record["figures"] if each["unit"]["kind"] != WHOLE and not each["slice"]]


def _units(release: Release, record: Record) -> dict[str, Record]:
    """Every unit that is measured, whether it has a figure or not: silence is shown; then those only figures name."""
    kinds = [kind for kind in record["measured_kinds"] if kind != WHOLE]
    measured = release.units.filter(kind__in=kinds, successor_code=None).order_by("sort_key", "code")
    found = {each["code"]: each for each in measured.values("code", "name", "kind")}
    return found | {each["unit"]["code"]: each["unit"] for each in _by_unit(record)}


def _rows(record: Record, units: dict[str, Record], period: str) -> list[Place]:
    figures = {each["unit"]["code"]: each for each in _by_unit(record) if each["period"] == period}
    told = {code: figure_row(figure, record) for code, figure in figures.items()}
    return [Place(code, unit["name"], unit["kind"], told.get(code)) for code, unit in units.items()]


def _land(record: Record, rows: Sequence[Place], period: str) -> Land | None:
    """Boundaries where they were imported, tiles otherwise; none where no commune is measured."""
    places = [row for row in rows if row.kind in ON_THE_LAND]
    if not places:
        return None
    lay = lay_of_the_land(row.code for row in places)
    areas = [
        Area(
            row.code,
            row.short,
            row.value,
            LOOKS[row.state],
            at=lay.cells.get(row.code),
            geometry=lay.geometries.get(row.code),
        )
        for row in places
    ]
    land = Map(f"{record['name']}, {said(span_of(period).name)}", areas)
    draw = charts.boundary_map if lay.geometries else charts.tiles
    return Land(_drawing(draw(land, ids="map", say=_)), charts.text_of(land, say=_), lay.source)


def _panels(record: Record, rows: Sequence[Place]) -> Panels | None:
    """One small chart for each unit; none where a single unit is measured or there are too many to look at."""
    if not 1 < len(rows) <= MOST_PANELS:
        return None
    drawn, tracks = drawn_of(record), {row.code: track_of(record, row.code) for row in rows}
    order = in_order(tracks, lower_is_better=record["direction"] == Direction.DOWN)
    names = {row.code: row.short for row in rows}
    chart = Multiples(
        title=drawn.name,
        unit=drawn.unit,
        panels=tuple(series_of(drawn, tracks[code], title=names[code], say=said) for code in order),
        looks=tuple(LOOKS[tracks[code].state] for code in order),
        rank=drawn.unit_code == "rank",
    )
    pictures = [_drawing(each) for each in charts.panels(chart, ids="panel", say=_)]
    return Panels(pictures, charts.text_of(chart, say=_), charts.scale_words(chart, say=_))


def _drawing(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - the charts escape every word they are given
