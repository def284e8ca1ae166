"""Boundaries out of a GeoJSON file: what is in it, whether it can be drawn, and whose each one is. Pure.

For maps only: a boundary decides nothing, so a ring that touches itself is taken as it is.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from itertools import pairwise
from typing import Any

from tiendo.orgs.words import fold
from tiendo.ui.sentences import Sentence

MOST_BYTES = 20_000_000
MOST_FEATURES = 5_000
MOST_DOTS = 1_000_000
CODES = ("code", "ma", "ma_xa", "maxa", "ma_dvhc")
NAMES = ("fullName", "full_name", "ten_day_du", "name", "ten", "ten_xa")
LEVELS = ("ubnd xa ", "ubnd phuong ", "ubnd tinh ", "ubnd ", "xa ", "phuong ", "tinh ", "thanh pho ")


class BadBoundaries(Exception):
    """The file cannot be taken; the message is a sentence that names the place."""


@dataclass(frozen=True)
class Found:
    """One feature of the file: its place in it from 1, the code and the names written there, its geometry."""

    place: int
    code: str
    names: tuple[str, ...]
    geometry: Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """A unit that may lie on the map: its code and every way its name is written, folded."""

    code: str
    keys: frozenset[str]


@dataclass
class Matching:
    """Whose each boundary is; features nobody answers to, units claimed twice, and units the file leaves out."""

    geometries: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    unknown: list[Found] = field(default_factory=list)
    twice: list[Found] = field(default_factory=list)
    without: list[str] = field(default_factory=list)


def read_boundaries(content: bytes) -> list[Found]:
    """Every feature of a GeoJSON FeatureCollection, longitude before latitude. Raises BadBoundaries."""
    if len(content) > MOST_BYTES:
        raise BadBoundaries(Sentence.of(_("Tệp lớn hơn {size} MB."), size=MOST_BYTES // 1_000_000))
    try:
        data = json.loads(content)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadBoundaries(_("Tệp không phải là JSON.")) from error
    features = data.get("features") if isinstance(data, dict) and data.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not features:
        raise BadBoundaries(_("Tệp không phải là GeoJSON dạng FeatureCollection, hoặc không có đối tượng nào."))
    if len(features) > MOST_FEATURES:
        raise BadBoundaries(Sentence.of(_("Tệp có quá {most} đối tượng."), most=MOST_FEATURES))
    found = [_feature(each, place) for place, each in enumerate(features, 1)]
    if sum(_dots(each.geometry) for each in found) > MOST_DOTS:
        raise BadBoundaries(Sentence.of(_("Tệp có quá {most} điểm; hãy đơn giản hóa ranh giới."), most=MOST_DOTS))
    return found


def matched(found: Sequence[Found], known: Iterable[Known], *, by_name: bool = False) -> Matching:
    """Give each boundary to the unit with its code, or with its name; a second one for a unit is not taken."""
    units = list(known)
    owner = _by_name(units) if by_name else {unit.code: unit.code for unit in units}
    made = Matching()
    for each in found:
        words = [_bare(name) for name in each.names] if by_name else [each.code]
        code = next((owner[word] for word in words if owner.get(word)), "")
        if not code:
            made.unknown.append(each)
        elif code in made.geometries:
            made.twice.append(each)
        else:
            made.geometries[code] = each.geometry
    made.without = [unit.code for unit in units if unit.code not in made.geometries]
    return made


def _by_name(units: Iterable[Known]) -> dict[str, str]:
    """Bare name → code; a name that two units share belongs to neither and is empty."""
    owner: dict[str, str] = {}
    for unit in units:
        for key in {_bare(key) for key in unit.keys}:
            owner[key] = unit.code if owner.get(key, unit.code) == unit.code else ""
    return owner


def _bare(name: str) -> str:
    """A folded name without the word for its level."""
    folded = fold(name)
    return next((folded.removeprefix(level) for level in LEVELS if folded.startswith(level)), folded)


def _feature(data: Any, place: int) -> Found:
    properties = data.get("properties") if isinstance(data, dict) else None
    if not isinstance(properties, dict):
        raise BadBoundaries(Sentence.of(_("Đối tượng {place}: không có thuộc tính."), place=place))
    lower = {str(key).lower(): _told(value) for key, value in properties.items() if isinstance(value, str | int)}
    code = next((lower[key] for key in CODES if lower.get(key)), "")
    names = tuple(lower[key.lower()] for key in NAMES if lower.get(key.lower()))
    return Found(place, code, names, _geometry(data.get("geometry"), place))


def _told(value: str | int) -> str:
    """Half of a letter, which JSON can hold and no screen can show, becomes a question mark."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _geometry(data: Any, place: int) -> dict[str, Any]:
    """A Polygon or MultiPolygon of closed rings that hold land; nothing else of the geometry is kept."""
    kind = data.get("type") if isinstance(data, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise BadBoundaries(
            Sentence.of(_("Đối tượng {place}: không phải là vùng (Polygon, MultiPolygon)."), place=place)
        )
    polygons = data.get("coordinates") if kind == "MultiPolygon" else [data.get("coordinates")]
    if (
        not isinstance(polygons, list)
        or not polygons
        or not all(isinstance(rings, list) and rings for rings in polygons)
    ):
        raise BadBoundaries(Sentence.of(_("Đối tượng {place}: vùng rỗng."), place=place))
    made = [[_ring(ring, place) for ring in rings] for rings in polygons]
    return {"type": kind, "coordinates": made if kind == "MultiPolygon" else made[0]}


def _ring(data: Any, place: int) -> list[list[float]]:
    ring = [_dot(dot, place) for dot in data] if isinstance(data, list) else []
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise BadBoundaries(Sentence.of(_("Đối tượng {place}: đường bao không khép kín."), place=place))
    if not any(x1 * y2 != x2 * y1 for (x1, y1), (x2, y2) in _from_first(ring)):
        raise BadBoundaries(Sentence.of(_("Đối tượng {place}: đường bao không có diện tích."), place=place))
    return ring


def _from_first(ring: list[list[float]]) -> Iterable[tuple[list[float], list[float]]]:
    """Pairs of steps away from the first dot; all of them on one line hold no land."""
    x, y = ring[0]
    steps = [[dot[0] - x, dot[1] - y] for dot in ring[1:-1]]
    return pairwise(steps)


def _dot(data: Any, place: int) -> list[float]:
    numbers = data[:2] if isinstance(data, list) and len(data) >= 2 else []
    plain = all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers)
    # Held against the limits first: a whole number of four hundred digits has no finite float, and NaN fits no limit.
    if not numbers or not plain or not abs(numbers[0]) <= 180 or not abs(numbers[1]) <= 90:
        raise BadBoundaries(Sentence.of(_("Đối tượng {place}: tọa độ không phải kinh độ, vĩ độ."), place=place))
    return [numbers[0], numbers[1]]


def _dots(geometry: Mapping[str, Any]) -> int:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return sum(len(ring) for rings in polygons for ring in rings)
