"""Tables of a page before they are numbered: a ruled grid filled with words, or columns held apart by white space."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tiendo.intake.reading.pdf_grid import Area, Grid, Place
from tiendo.intake.reading.pdf_lines import Inside, cell_inside
from tiendo.intake.reading.pdf_words import Word

MOST_PADDING = 6.0  # points between a cell's side and its letters


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell with its text."""

    area: Area
    inside: Inside

    @property
    def text(self) -> str:
        """The text, paragraphs on lines of their own."""
        return self.inside.text


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on one page: its column edges, how many rows it has, its cells, and where it begins and ends.

    `numbered` says that nothing but the numbers in the first column tells where its rows begin.
    """

    xs: tuple[float, ...]
    rows: int
    cells: tuple[Filled, ...]
    top: float
    bottom: float
    ruled: bool = True
    numbered: bool = False


def fill(grid: Grid, words: Iterable[Word], *, ruled: bool = True) -> tuple[Sheet | None, list[Word]]:
    """The grid with the words inside it, and the words outside. None when the grid holds no word.

    Where no upright lines are drawn, the words themselves tell how far a column reaches.
    """
    owner = {place: at for at, area in enumerate(grid.areas) for place in _places(area)}
    held: dict[int, list[Word]] = defaultdict(list)
    outside: list[Word] = []
    for word in words:
        place = grid.place((word.x0 + word.x1) / 2, word.middle)
        if place is None:
            outside.append(word)
        else:
            held[owner[place]].append(word)
    if not held:
        return None, outside
    cells = tuple(_cells(grid, held) if ruled else _open_cells(grid, held))
    return Sheet(grid.xs, len(grid.ys) - 1, cells, grid.ys[0], grid.ys[-1], ruled), outside


def _places(area: Area) -> Iterable[Place]:
    return ((row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1))


def _cells(grid: Grid, held: dict[int, list[Word]]) -> Iterable[Filled]:
    padding = _paddings(grid, held)
    for at, area in enumerate(grid.areas):
        left, right = grid.xs[area.left], grid.xs[area.right + 1]
        pad = padding.get(area.left, MOST_PADDING)
        yield Filled(area, cell_inside(held.get(at, ()), left + pad, right - pad))


def _open_cells(grid: Grid, held: dict[int, list[Word]]) -> Iterable[Filled]:
    ends = [(right, left) for left, right in pairwise(grid.xs)]
    for at, words in held.items():
        column = grid.areas[at].left
        if column == grid.areas[at].right:
            left, right = ends[column]
            ends[column] = min(left, *(word.x0 for word in words)), max(right, *(word.x1 for word in words))
    for at, area in enumerate(grid.areas):
        yield Filled(area, cell_inside(held.get(at, ()), ends[area.left][0], ends[area.right][1]))


def _paddings(grid: Grid, held: dict[int, list[Word]]) -> dict[int, float]:
    """How far letters keep from the left side, by column."""
    found: dict[int, float] = {}
    for at, words in held.items():
        column = grid.areas[at].left
        least = min(word.x0 for word in words) - grid.xs[column]
        found[column] = max(0.0, min(found.get(column, MOST_PADDING), least))
    return found


def spread(sheet: Sheet, xs: Sequence[float]) -> Sheet:
    """The same table over more column edges; `xs` holds an edge near each of its own."""
    if len(xs) == len(sheet.xs):
        return replace(sheet, xs=tuple(xs))
    at = [min(range(len(xs)), key=lambda edge: abs(xs[edge] - x)) for x in sheet.xs]
    cells = tuple(
        Filled(Area(c.area.top, c.area.bottom, at[c.area.left], at[c.area.right + 1] - 1), c.inside)
        for c in sheet.cells
    )
    return replace(sheet, xs=tuple(xs), cells=cells)


def column_at(xs: Sequence[float], x: float) -> int:
    """The column of a point, the outer ones taking what stands outside."""
    return max(0, min(len(xs) - 2, bisect_right(xs, x) - 1))
