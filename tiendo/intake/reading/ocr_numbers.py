"""Row numbers of a scanned table: figures alone in narrow cells, which a recogniser of whole pages overlooks.

The overlooked cells are cut out, put below one another on one picture, and given to the recogniser once more.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from tiendo.intake.reading.ocr_rules import DARK
from tiendo.intake.reading.ocr_run import Picture, Seen, run
from tiendo.intake.reading.pdf_grid import Area, Grid

MOST_CELLS = 120
INSIDE = 2.5  # points from the lines of a cell to what is looked at
LEAST_INK = 12  # dark dots: fewer are dust
WHITE = b"\xff"
SPACE = 40  # dots between two cut-outs
LETTERS = "0123456789IVXLC."
NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]{1,6})\.?$")
SURE = 50.0
UNKNOWN = "?"


@dataclass(frozen=True)
class _Cut:
    """Rows of dots around the ink of a cell, and where on the page their upper left corner is, in dots."""

    left: int
    top: int
    rows: tuple[bytes, ...]


def overlooked(picture: Picture, grids: Iterable[Grid], seen: Sequence[Seen]) -> list[Seen]:
    """The numbers in cells at the left side of tables in which nothing was seen though there is ink.

    A number that cannot be told stands as a question mark: without one the row would seem the rest of the row above.
    """
    cuts = [cut for grid in grids for area in _empty(grid, seen, picture.scale) if (cut := _cut(picture, grid, area))]
    cuts = cuts[:MOST_CELLS]
    if not cuts:
        return []
    found = run(_stacked(cuts, picture.scale), layout="6", letters=LETTERS)
    numbers = _numbers(found or [], cuts)
    return [_at(cut, numbers.get(at, UNKNOWN), at) for at, cut in enumerate(cuts)]


def _empty(grid: Grid, seen: Sequence[Seen], scale: float) -> Iterator[Area]:
    taken = {grid.place((word.left + word.right) / 2 / scale, (word.top + word.bottom) / 2 / scale) for word in seen}
    rows = {place[0] for place in taken if place and place[1] == 0}
    for area in grid.areas:
        if area.left == 0 and area.right == 0 and not rows & set(range(area.top, area.bottom + 1)):
            yield area


def _cut(picture: Picture, grid: Grid, area: Area) -> _Cut | None:
    sides = grid.xs[0] + INSIDE, grid.ys[area.top] + INSIDE, grid.xs[1] - INSIDE, grid.ys[area.bottom + 1] - INSIDE
    left, top, right, bottom = (max(0, round(side * picture.scale)) for side in sides)
    rows = [picture.dots[y * picture.width + left : y * picture.width + right] for y in range(top, bottom)]
    inked = [at for at, row in enumerate(rows) if row.translate(DARK).count(1)]
    if not inked or sum(row.translate(DARK).count(1) for row in rows) < LEAST_INK:
        return None
    return _Cut(left, top + inked[0], tuple(rows[inked[0] : inked[-1] + 1]))


def _stacked(cuts: Sequence[_Cut], scale: float) -> Picture:
    width = max(len(cut.rows[0]) for cut in cuts) + 2 * SPACE
    lines: list[bytes] = []
    for cut in cuts:
        lines.extend([WHITE * width] * SPACE)
        lines.extend((WHITE * SPACE + row).ljust(width, WHITE) for row in cut.rows)
    lines.extend([WHITE * width] * SPACE)
    return Picture(width, len(lines), b"".join(lines), scale)


def _numbers(found: Iterable[Seen], cuts: Sequence[_Cut]) -> dict[int, str]:
    """What was seen in each cut-out: only what is a number, and only sure ones."""
    tops = list(accumulate((len(cut.rows) + SPACE for cut in cuts), initial=SPACE // 2))
    numbers: dict[int, str] = {}
    for word in found:
        if NUMBER.match(word.text) and word.sure >= SURE:
            numbers.setdefault(bisect_right(tops, (word.top + word.bottom) / 2) - 1, word.text)
    return numbers


def _at(cut: _Cut, text: str, at: int) -> Seen:
    right, bottom = cut.left + len(cut.rows[0]), cut.top + len(cut.rows)
    return Seen(text, cut.left, cut.top, right, bottom, ("number", str(at), str(cut.top)), 100.0)
