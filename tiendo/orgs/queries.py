"""Reads about units. Successions are few (tens), so they are loaded whole and resolved by the pure rule."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q

from tiendo.calendars.working_days import OfficeCalendar
from tiendo.orgs.boundaries import Known
from tiendo.orgs.models import Boundary, OfficeDay, Succession, Unit, UnitKind, UnitQuerySet
from tiendo.orgs.once import once
from tiendo.orgs.succession import Link, held_by, holder_on

ON_MAPS = (UnitKind.COMMUNE, UnitKind.DISTRICT)
TILES = Path(__file__).with_name("data") / "tiles.json"


def links() -> list[Link]:
    """Every standing succession; once for a whole page (`orgs.once`)."""
    return list(once("links", _links))


def _links() -> list[Link]:
    rows = Succession.objects.standing().values_list("predecessor_id", "successor_id", "effective_on", "is_default")
    return [Link(*row) for row in rows]


def unit_holding(unit: Unit, *, on: date) -> Unit:
    """The unit that answers for `unit` on the date; the unit itself if nothing changed."""
    holder = holder_on(unit.pk, on, links())
    return unit if holder == unit.pk else Unit.objects.get(pk=holder)


def units_held_by(unit_ids: frozenset[int], *, on: date, known: list[Link] | None = None) -> frozenset[int]:
    """Ids of every unit whose duties these units hold on the date, themselves included; `known` spares the query."""
    if known is None:
        known = links() if unit_ids else []
    if not known:
        return unit_ids
    return frozenset(held for unit in unit_ids for held in held_by(unit, on, known))


def holders(*, on: date) -> dict[int, int]:
    """Unit id → id of the unit answering for it, for units that have a successor on the date."""
    known = links()
    return {link.predecessor: holder_on(link.predecessor, on, known) for link in known if link.effective_on <= on}


def renamed(*, on: date, known_at: datetime | None = None) -> dict[int, int]:
    """Unit id → id of the body under its name of the day, for those that only took another name; as known then."""
    rows = Succession.objects.filter(kind=Succession.Kind.RENAME, is_default=True, effective_on__lte=on)
    if known_at is None:
        rows = rows.standing()
    else:
        standing = Q(undone_at=None) | Q(undone_at__gt=known_at)
        rows = rows.filter(standing, Q(change=None) | Q(change__recorded_at__lte=known_at))
    known = [Link(*row, on) for row in rows.values_list("predecessor_id", "successor_id")]
    return {link.predecessor: holder_on(link.predecessor, on, known) for link in known}


def renamings() -> dict[int, tuple[int, ...]]:
    """Unit id → ids of the other rows of one body that only changed its name, the nearest name first; one query."""
    renamed = Succession.objects.standing().filter(kind=Succession.Kind.RENAME, is_default=True).order_by("pk")
    beside: dict[int, list[int]] = {}
    for before, after in renamed.values_list("predecessor_id", "successor_id"):
        beside.setdefault(before, []).append(after)
        beside.setdefault(after, []).append(before)
    return {unit: tuple(_reached(unit, beside)[1:]) for unit in beside}


def _reached(unit: int, beside: dict[int, list[int]]) -> list[int]:
    found = [unit]
    for each in found:
        found += [near for near in beside[each] if near not in found]
    return found


def reporting_units(*, on: date) -> UnitQuerySet:
    """Units in force on the date that owe periodic reports."""
    return Unit.objects.in_force(on).filter(reports=True)


def office_calendar() -> OfficeCalendar:
    """Working days as the office entered them, in one query over a few rows; ask once and pass it on."""
    days: dict[str, set[date]] = {OfficeDay.Kind.OFF: set(), OfficeDay.Kind.WORKED: set()}
    for day, kind in OfficeDay.objects.order_by().values_list("day", "kind"):
        days[kind].add(day)
    return OfficeCalendar(frozenset(days[OfficeDay.Kind.OFF]), frozenset(days[OfficeDay.Kind.WORKED]))


def units_on_maps() -> list[Known]:
    """Units that may have a boundary, with every name documents use for them; those no longer in force too."""
    units = Unit.objects.standing().filter(kind__in=ON_MAPS).prefetch_related("aliases")
    return [Known(unit.code, frozenset({unit.name, *(alias.text for alias in unit.aliases.all())})) for unit in units]


@dataclass(frozen=True)
class Lay:
    """Where units lie: their boundaries with the source, and their cells in the grid of tiles, by code."""

    geometries: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)


def lay_of_the_land(codes: Iterable[str]) -> Lay:
    """What is known of where these units lie, in one query; the cells are of the built-in list of units."""
    wanted = set(codes)
    rows = Boundary.objects.filter(unit__code__in=wanted).values_list("unit__code", "geometry", "source")
    known = list(rows.order_by("imported_at", "pk"))
    cells = {code: cell for code, cell in tile_cells().items() if code in wanted}
    return Lay({code: geometry for code, geometry, _source in known}, known[-1][2] if known else "", cells)


@cache
def tile_cells() -> dict[str, tuple[int, int]]:
    """Column and row of each unit in the hand-laid grid; one tile for one unit, neighbours near each other."""
    rows: list[list[str]] = json.loads(TILES.read_text(encoding="utf-8"))["rows"]
    return {code: (column, row) for row, codes in enumerate(rows) for column, code in enumerate(codes) if code}
