"""Ruled tables: from lines to a grid, from the grid to cells that may cover several of its places."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from operator import not_

from tiendo.intake.reading.pdf_rules import THIN, Drawing, Rule

MOST_CROSSINGS = 1_000_000  # a drawing with more is no table
MOST_PLACES = 20_000
NEAR = THIN + 0.5
COVERED = 0.6  # of a cell's side: a line that covers less does not part two cells
LEAST_COLUMNS = 2

Place = tuple[int, int]  # row, column


@dataclass(frozen=True)
class Area:
    """A cell: rows `top` to `bottom` and columns `left` to `right` of the grid, the last ones included."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Grid:
    """Edges of columns (`xs`) and rows (`ys`) of a table, and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]

    def place(self, x: float, y: float) -> Place | None:
        """Row and column of the grid at a point."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1


def find_grids(drawing: Drawing) -> list[Grid]:
    """The ruled tables of a page from top to bottom; a frame around something else is no table."""
    if len(drawing.level) * len(drawing.upright) > MOST_CROSSINGS:
        return []
    grids = [grid for level, upright in _meshes(drawing) if (grid := _grid(level, upright))]
    outer = [grid for grid in grids if not any(_inside(grid, other) for other in grids if other is not grid)]
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _inside(grid: Grid, other: Grid) -> bool:
    return (
        other.xs[0] <= grid.xs[0]
        and grid.xs[-1] <= other.xs[-1]
        and other.ys[0] <= grid.ys[0]
        and grid.ys[-1] <= other.ys[-1]
    )


def _touch(level: Rule, upright: Rule) -> bool:
    return (
        level.start - NEAR <= upright.at <= level.end + NEAR and upright.start - NEAR <= level.at <= upright.end + NEAR
    )


def _meshes(drawing: Drawing) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that touch one another, directly or through others."""
    levels, uprights = list(drawing.level), list(drawing.upright)
    while levels and uprights:
        mesh: tuple[list[Rule], list[Rule]] = ([], [uprights.pop()])
        waiting: list[tuple[Rule, bool]] = [(mesh[1][0], True)]
        while waiting:
            rule, standing = waiting.pop()
            pool = levels if standing else uprights
            touching = [_touch(each, rule) if standing else _touch(rule, each) for each in pool]
            found = list(compress(pool, touching))
            pool[:] = compress(pool, map(not_, touching))
            mesh[0 if standing else 1].extend(found)
            waiting.extend((each, not standing) for each in found)
        yield mesh


def _grid(level: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    if not level or len(upright) + len(level) < 4:
        return None
    ends_x = [end for rule in level for end in (rule.start, rule.end)]
    ends_y = [end for rule in upright for end in (rule.start, rule.end)]
    xs = _edges([rule.at for rule in upright], min(ends_x), max(ends_x))
    ys = _edges([rule.at for rule in level], min(ends_y), max(ends_y))
    if len(xs) * len(ys) > MOST_PLACES:
        return None
    walls = _Walls(xs, ys, [rule for rule in level if _ends_at(rule, xs)], [r for r in upright if _ends_at(r, ys)])
    xs, ys, walls = walls.pruned()
    if len(xs) - 1 < LEAST_COLUMNS or len(ys) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), tuple(_areas(walls)))


def grid_of(xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]) -> Grid:
    """The grid with just these edges; its cells are the places that no line parts."""
    return Grid(tuple(xs), tuple(ys), tuple(_areas(_Walls(list(xs), list(ys), level, upright))))


def _edges(places: Iterable[float], first: float, last: float) -> list[float]:
    """Places of lines in order, near ones made one; the ends of the crossing lines close a side left open."""
    edges: list[float] = []
    for place in sorted((*places, first, last)):
        if not edges or place - edges[-1] > NEAR:
            edges.append(place)
    return edges


def _ends_at(rule: Rule, edges: Sequence[float]) -> bool:
    """Whether a line goes from edge to edge; an underlined word does not."""
    return all(any(abs(end - edge) <= NEAR for edge in edges) for end in (rule.start, rule.end))


class _Walls:
    """Which sides of the places of a grid carry a line."""

    def __init__(self, xs: list[float], ys: list[float], level: Sequence[Rule], upright: Sequence[Rule]) -> None:
        self.xs, self.ys = xs, ys
        self._level, self._upright = level, upright
        self.above = [_covered(level, y, xs) for y in ys]
        self.before = list(zip(*(_covered(upright, x, ys) for x in xs), strict=True))

    def pruned(self) -> tuple[list[float], list[float], "_Walls"]:
        """Without the edges that part no two cells anywhere."""
        last_x, last_y = len(self.xs) - 1, len(self.ys) - 1
        xs = [x for at, x in enumerate(self.xs) if at in (0, last_x) or any(row[at] for row in self.before)]
        ys = [y for at, y in enumerate(self.ys) if at in (0, last_y) or any(self.above[at])]
        if len(xs) == len(self.xs) and len(ys) == len(self.ys):
            return xs, ys, self
        return xs, ys, _Walls(xs, ys, self._level, self._upright)


def _covered(rules: Sequence[Rule], at: float, edges: Sequence[float]) -> list[bool]:
    """For each stretch between edges, whether a line at that place covers most of it."""
    here = [rule for rule in rules if abs(rule.at - at) <= NEAR]
    return [
        sum(max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in here) >= COVERED * (end - start)
        for start, end in pairwise(edges)
    ]


def _areas(walls: _Walls) -> Iterator[Area]:
    """Cells: places not parted by a line belong together. A cell that is no rectangle is cut into its rows."""
    rows, columns = len(walls.ys) - 1, len(walls.xs) - 1
    owner: dict[Place, int] = {}
    for place in ((row, column) for row in range(rows) for column in range(columns)):
        if place in owner:
            continue
        region = _region(walls, place, rows, columns)
        owner.update(dict.fromkeys(region, len(owner)))
        yield from _rectangles(region)


def _region(walls: _Walls, first: Place, rows: int, columns: int) -> set[Place]:
    region, waiting = {first}, [first]
    while waiting:
        row, column = waiting.pop()
        for there, wall in (
            ((row, column + 1), column + 1 < columns and not walls.before[row][column + 1]),
            ((row, column - 1), column > 0 and not walls.before[row][column]),
            ((row + 1, column), row + 1 < rows and not walls.above[row + 1][column]),
            ((row - 1, column), row > 0 and not walls.above[row][column]),
        ):
            if wall and there not in region:
                region.add(there)
                waiting.append(there)
    return region


def _rectangles(region: set[Place]) -> Iterator[Area]:
    top, bottom = min(row for row, _ in region), max(row for row, _ in region)
    left, right = min(column for _, column in region), max(column for _, column in region)
    if len(region) == (bottom - top + 1) * (right - left + 1):
        yield Area(top, bottom, left, right)
        return
    for row in range(top, bottom + 1):
        held = sorted(column for each, column in region if each == row)
        start = held[0]
        for here, after in zip(held, [*held[1:], None], strict=True):
            if after != here + 1:
                yield Area(row, row, start, here)
                start = after if after is not None else here
