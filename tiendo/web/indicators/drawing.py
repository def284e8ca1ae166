"""The pictures of an indicator with the table beside each, as pages show them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.indicators.aims import line_text
from tiendo.indicators.models import Figure, Observation, Passport
from tiendo.indicators.picturing import LOOKS, Drawn, Track, in_order, series_of
from tiendo.indicators.sights import drawn_of, tracks, whole_unit
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Direction, State
from tiendo.indicators.todays import Past, with_pasts
from tiendo.indicators.wording import value_words
from tiendo.orgs.models import Unit, UnitKind
from tiendo.orgs.queries import lay_of_the_land
from tiendo.orgs.words import bare_place
from tiendo.papers import charts
from tiendo.papers.charts import Area, Map, Multiples
from tiendo.ui.formats import measured_text
from tiendo.ui.saying import said


@dataclass(frozen=True)
class ChartRow:
    """One period in the table beside a chart: the figure as written, what it replaced, what it is held against.

    `opens` says whether this reader may open the lines of the ledger behind it.
    """

    figure: Figure
    name: str
    value: str
    former: list[str]
    goal: str
    opens: bool


@dataclass(frozen=True)
class Chart:
    """A picture, the same in words, and the table beside it; newest period first."""

    svg: SafeString
    told: str
    rows: list[ChartRow]
    unit: str
    state: State
    place: str


def chart_of(
    passport: Passport, user: User, *, unit: Unit | None = None, before: Collection[Past] = ()
) -> Chart | None:
    """The chart of the whole, or of one unit, with the figures this person may see; None where there is no whole.

    With `before` the way of the unit is that of the body it is today; the table tells its own figures.
    """
    unit = unit or whole_unit()
    if unit is None:
        return None
    figures = Figure.objects.visible_to(user).filter(indicator=passport.indicator_id, unit=unit, slice="")
    lines = Observation.objects.visible_to(user).filter(indicator=passport.indicator_id, unit=unit, slice="")
    drawn = drawn_of(passport)
    track = tracks([passport], figures, units=[unit])[passport.indicator_id, unit.pk]
    series = series_of(drawn, replace(track, seen=with_pasts(track.seen, before)), say=said)
    svg = charts.line_chart(series, ids="chart", say=_)
    return Chart(
        _drawing(svg),
        charts.text_of(series, say=_),
        _rows(figures, lines, drawn, track),
        series.unit,
        track.state,
        unit.code,
    )


def _rows(figures: QuerySet[Figure], lines: QuerySet[Observation], drawn: Drawn, track: Track) -> list[ChartRow]:
    """Newest period first; `lines` are those of the ledger that the reader may see."""
    former = {each.period: [measured_text(value) for value, _status in each.former] for each in track.seen}
    opened = set(lines.values_list("period", flat=True))
    return [
        ChartRow(
            figure,
            said(span_of(figure.period).name),
            value_text(figure, drawn),
            former[figure.period],
            _goal(figure),
            figure.period in opened,
        )
        for figure in figures.select_related("target").order_by("-period_end", "-period")
    ]


def value_text(figure: Figure, drawn: Drawn) -> str:
    """The value of a figure as it is written."""
    return number_told(figure.value, drawn)


def number_told(value: Decimal | None, drawn: Drawn) -> str:
    """A value as it is written: the level by its name, a number with its unit; that there is none."""
    if value is None:
        return _("không có số liệu")
    return said(value_words(value, drawn.unit, drawn.levels))


def _goal(figure: Figure) -> str:
    target = figure.target
    return line_text(target) if target else ""


@dataclass(frozen=True)
class Panel:
    """One unit among others: its small chart and its latest figure."""

    unit: Unit
    svg: SafeString
    period: str
    value: str
    state: State


@dataclass(frozen=True)
class Panels:
    """An indicator by unit: all on one scale, best first, those without a figure last."""

    panels: list[Panel]
    told: str
    scale: str


def panels_of(passport: Passport, user: User, units: list[Unit], before: Collection[Past] = ()) -> Panels:
    """Small multiples of the units, with the figures this person may see; three queries whatever their number."""
    drawn, by_unit = drawn_of(passport), {unit.pk: unit for unit in units}
    seen = tracks([passport], Figure.objects.visible_to(user), units=units) if units else {}
    own = {pk: [each for each in before if each.unit.pk == pk] for pk in by_unit}
    known = {
        by_unit[pk].sort_key + by_unit[pk].code: (by_unit[pk], replace(track, seen=with_pasts(track.seen, own[pk])))
        for (_indicator, pk), track in seen.items()
    }
    lower = passport.direction == Direction.DOWN
    order = in_order({key: track for key, (_unit, track) in known.items()}, lower_is_better=lower)
    chosen = [known[key] for key in order]
    chart = Multiples(
        title=drawn.name,
        unit=drawn.unit,
        panels=tuple(series_of(drawn, track, title=unit.short_name, say=said) for unit, track in chosen),
        looks=tuple(LOOKS[track.state] for _unit, track in chosen),
        rank=drawn.unit_code == "rank",
    )
    pictures = charts.panels(chart, ids="panel", say=_)
    rows = [
        Panel(unit, _drawing(svg), *_latest(track, drawn), track.state)
        for (unit, track), svg in zip(chosen, pictures, strict=True)
    ]
    return Panels(rows, charts.text_of(chart, say=_), charts.scale_words(chart, say=_) if rows else "")


def _latest(track: Track, drawn: Drawn) -> tuple[str, str]:
    last = track.last
    if last is None or last.value is None:
        return "", _("không có số liệu")
    return said(span_of(last.period).name), number_told(last.value, drawn)


@dataclass(frozen=True)
class MapRow:
    """One unit in the list beside the map."""

    unit: Unit
    value: str
    figure: Figure | None
    state: State
    drawn: bool


@dataclass(frozen=True)
class MapPage:
    """The map of one period, the list beside it, and where the boundaries come from, if there are any."""

    svg: SafeString
    told: str
    rows: list[MapRow]
    source: str


def map_of(passport: Passport, user: User, units: list[Unit], period: str, address: dict[int, str]) -> MapPage:
    """The units over the land in one period: their boundaries where they are known, tiles otherwise."""
    drawn, lay = drawn_of(passport), lay_of_the_land(unit.code for unit in units)
    figures = Figure.objects.visible_to(user).filter(indicator=passport.indicator_id, period=period, slice="")
    by_unit = {figure.unit_id: figure for figure in figures}
    rows, areas = [], []
    for unit in units:
        figure = by_unit.get(unit.pk)
        state = State(figure.state) if figure else State.NO_DATA
        value = value_text(figure, drawn) if figure else _("không có số liệu")
        rows.append(MapRow(unit, value, figure, state, unit.code in lay.geometries))
        geometry, at = lay.geometries.get(unit.code), lay.cells.get(unit.code)
        area = Area(unit.code, place_name(unit), value, LOOKS[state], address[unit.pk], at=at, geometry=geometry)
        areas.append(area)
    land = Map(f"{drawn.name}, {said(span_of(period).name)}", areas)
    draw = charts.boundary_map if lay.geometries else charts.tiles
    return MapPage(_drawing(draw(land, ids="map", say=_)), charts.text_of(land, say=_), rows, lay.source)


def place_name(unit: Unit) -> str:
    """A commune by its bare name, short enough for a tile."""
    return bare_place(unit.short_name) if unit.kind == UnitKind.COMMUNE else unit.short_name


def _drawing(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - the charts escape every word they are given
