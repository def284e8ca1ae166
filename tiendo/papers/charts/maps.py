"""An indicator over the land: a grid of tiles, or the units' own boundaries; projected for looking only."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from math import cos, radians
from typing import Any

from tiendo.papers.charts.shapes import LOOK_LETTERS, Area, Map, Say
from tiendo.papers.charts.signs import FILLS, ON_DARK, fill_of, legend, letter_fill, look_entries, patterns, rim_of
from tiendo.papers.charts.svg import INK, Dot, Number, headed, lines_of, moved, num, picture, tag, text
from tiendo.papers.charts.telling import text_of

CELL, SPACE = Decimal(58), Decimal(3)
TINY = Decimal(9)
STRIP = Decimal(18)
Ring = list[tuple[float, float]]
LEAST = 0.35  # user units: nearer dots than this are one


def tiles(land: Map, *, ids: str, say: Say = str, width: int = 360, titled: bool = False) -> str:
    """SVG of one tile for each unit, where `at` puts it, or in the order given; each says its name and its letter."""
    head, top = headed(land.title, width) if titled else ("", Decimal(0))
    areas = _placed(land, width)
    columns = max((area.at[0] for area in areas if area.at), default=0) + 1
    side = min(CELL, (Decimal(width) + SPACE) / columns - SPACE)
    drawn = "".join(_tile(area, side, ids) for area in areas)
    rows = max((area.at[1] for area in areas if area.at), default=0) + 1
    bottom = top + rows * (side + SPACE) + 6
    return _whole(land, head + moved(drawn, top), bottom, ids, say, width, "ch-tiles")


def boundary_map(land: Map, *, ids: str, say: Say = str, width: int = 360, titled: bool = False) -> str:
    """SVG of the units' boundaries; units without one are named in the text and the table, not drawn."""
    head, top = headed(land.title, width) if titled else ("", Decimal(0))
    drawn = [area for area in land.areas if area.geometry]
    project, tall = _projection([_rings(area.geometry or {}) for area in drawn], width)
    shapes = "".join(_shape(area, project, ids) for area in drawn)
    letters = "".join(_letter(area, project) for area in drawn)
    return _whole(
        land, head + moved(shapes + letters, top), top + Decimal(round(tall, 1)) + 8, ids, say, width, "ch-map"
    )


def _whole(land: Map, inside: str, bottom: Decimal, ids: str, say: Say, width: int, kind: str) -> str:
    keys, tall = legend(look_entries({area.look for area in land.areas}, ids, say), Decimal(width), bottom)
    role = "group" if any(area.href for area in land.areas) else "img"
    return picture(
        patterns(ids) + inside + keys, ids=ids, title=land.title, told=text_of(land, say=say), width=width,
        height=bottom + tall + 4, kind=kind, role=role,
    )  # fmt: skip


def _placed(land: Map, width: int) -> list[Area]:
    """Areas with their places; when one has none, all stand in the order given."""
    if all(area.at for area in land.areas):
        return list(land.areas)
    columns = max(1, int((width + SPACE) / (CELL + SPACE)))
    return [replace(area, at=(n % columns, n // columns)) for n, area in enumerate(land.areas)]


def _tile(area: Area, side: Decimal, ids: str) -> str:
    column, row = area.at or (0, 0)
    x, y = column * (side + SPACE), row * (side + SPACE)
    look: dict[str, Number | str] = {"class_": f"ch-area ch-{area.look.value}", "x": x, "y": y, "width": side}
    box = tag("rect", **look, height=side, fill=FILLS[area.look])
    box += tag("rect", **look, height=STRIP, fill=fill_of(area.look, ids))
    box += tag("rect", class_="ch-rim", x=x, y=y, width=side, height=side, fill="none", stroke=INK, stroke_width="0.8")
    names = lines_of(area.name, side - 2, TINY)[:3]
    letter = _on(x + side / 2, y + 14, LOOK_LETTERS[area.look], area, size=Decimal(12), bold=True)
    name = "".join(_on(x + side / 2, y + 29 + 11 * line, words, area, size=TINY) for line, words in enumerate(names))
    return _linked(area, box + letter + name)


def _on(x: Decimal, y: Decimal, words: str, area: Area, *, size: Decimal, bold: bool = False) -> str:
    """Words on an area, with a rim of its own colour so that a pattern does not eat them."""
    more = {"font_weight": "bold"} if bold else {}
    kind = "ch-letter-light" if area.look in ON_DARK else "ch-letter"
    more |= rim_of(area.look)
    return text(x, y, words, kind=kind, fill=letter_fill(area.look), text_anchor="middle", font_size=size, **more)


def _linked(area: Area, inside: str) -> str:
    title = tag("title", _named(area))
    return tag("a", title + inside, href=area.href) if area.href else tag("g", title + inside)


def _named(area: Area) -> str:
    named = f"{area.name}: {area.value}" if area.value else area.name
    return named.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _rings(geometry: Any) -> list[Ring]:
    """All rings of a Polygon or MultiPolygon, holes too."""
    polygons = geometry["coordinates"] if geometry.get("type") == "MultiPolygon" else [geometry.get("coordinates", [])]
    return [[(float(dot[0]), float(dot[1])) for dot in ring] for rings in polygons for ring in rings]


class _Projection:
    """Longitude and latitude to the picture, true to scale at the middle latitude."""

    def __init__(self, west: float, north: float, squeeze: float, scale: float) -> None:
        self.west, self.north, self.squeeze, self.scale = west, north, squeeze, scale

    def __call__(self, dot: tuple[float, float]) -> tuple[float, float]:
        return 2 + (dot[0] - self.west) * self.squeeze * self.scale, 2 + (self.north - dot[1]) * self.scale


def _projection(areas: list[list[Ring]], width: int) -> tuple[_Projection, float]:
    dots = [dot for rings in areas for ring in rings for dot in ring]
    if not dots:
        return _Projection(0, 0, 1, 1), 0
    west, east = min(x for x, _y in dots), max(x for x, _y in dots)
    south, north = min(y for _x, y in dots), max(y for _x, y in dots)
    squeeze = cos(radians((south + north) / 2))
    scale = min((width - 4) / max((east - west) * squeeze, 1e-9), width * 1.2 / max(north - south, 1e-9))
    return _Projection(west, north, squeeze, scale), (north - south) * scale + 4


def _shape(area: Area, project: _Projection, ids: str) -> str:
    path = "".join(f"M{' '.join(_steps(ring, project))}Z" for ring in _rings(area.geometry or {}))
    shape = tag(
        "path", class_=f"ch-area ch-{area.look.value}", d=path, fill=fill_of(area.look, ids), fill_rule="evenodd",
        stroke=INK, stroke_width="0.8", stroke_linejoin="round",
    )  # fmt: skip
    return _linked(area, shape)


def _steps(ring: Ring, project: _Projection) -> Iterator[str]:
    """Dots of a ring, those left out that fall on the one before."""
    last: tuple[float, float] | None = None
    for dot in ring:
        x, y = project(dot)
        if last is None or abs(x - last[0]) + abs(y - last[1]) >= LEAST:
            last = (x, y)
            yield f"{x:.1f},{y:.1f}"


def _letter(area: Area, project: _Projection) -> str:
    x, y = _middle(max(_rings(area.geometry or {}), key=lambda ring: abs(_twice(ring))), project)
    return tag("g", _on(x, y + 4, LOOK_LETTERS[area.look], area, size=Decimal(11), bold=True), pointer_events="none")


def _twice(ring: Ring) -> float:
    """Twice the area that a ring holds, by its sign the way round."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))


def _middle(ring: Ring, project: _Projection) -> Dot:
    """Where a letter stands: the middle of the widest stretch inside the ring, at some heights through it."""
    dots = [project(dot) for dot in ring]
    low, high = min(y for _x, y in dots), max(y for _x, y in dots)
    best = (0.0, dots[0][0], dots[0][1])
    for part in range(3, 8):
        y = low + (high - low) * part / 10 + 0.01
        cuts = sorted(_cuts(dots, y))
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            best = max(best, (right - left - abs(part - 5) * 2, (left + right) / 2, y))
    return Decimal(num(Decimal(best[1]))), Decimal(num(Decimal(best[2])))


def _cuts(dots: Ring, y: float) -> Iterator[float]:
    for (ax, ay), (bx, by) in zip(dots, [*dots[1:], dots[0]], strict=True):
        if (ay > y) != (by > y):
            yield ax + (y - ay) * (bx - ax) / (by - ay)
