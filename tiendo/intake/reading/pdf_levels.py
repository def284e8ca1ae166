"""Tables ruled only between their rows, or only under the header and at the end: the columns come from white space."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from tiendo.intake.reading.pdf_grid import NEAR, Grid
from tiendo.intake.reading.pdf_gutters import free_spaces
from tiendo.intake.reading.pdf_level_cells import open_grid
from tiendo.intake.reading.pdf_lines import grouped
from tiendo.intake.reading.pdf_rules import Rule
from tiendo.intake.reading.pdf_words import Word

MOST_RULES = 600  # on one page, outside of full grids: a drawing with more is no table
SHORTEST = 120.0  # points: a shorter line rules no table
SAME_END = 4.0
ABOVE = 0.75  # of the letter size: from the baseline up to the top of capital letters
LOOSE = (1.6, 4.0)  # times the usual room above and below the text, and points: more is text between two tables
VERY_LOOSE = (2.5, 12.0)  # the same where the text stands in columns


@dataclass(frozen=True)
class _Strip:
    """What stands between two lines, and how much room is left above and below it."""

    top: float
    bottom: float
    words: tuple[Word, ...]
    room: float
    columns: int = 1


def open_grids(
    level: Sequence[Rule], words: Sequence[Word], carried: Sequence[float] | None
) -> tuple[list[Grid], bool]:
    """The tables between level lines of one width, and whether there are more whose cells nobody can tell.

    `carried` are the column edges of the table that the page before ended with.
    """
    found: list[Grid] = []
    missed: list[list[_Strip]] = []
    for stack in _stacks(level) if len(level) <= MOST_RULES else ():
        for strips in _runs(stack, words):
            if any(grid.ys[0] < strips[-1].bottom and strips[0].top < grid.ys[-1] for grid in found):
                continue
            partial = [rule for rule in level if strips[0].top < rule.at < strips[-1].bottom and rule not in stack]
            ys = [strips[0].top, *(strip.bottom for strip in strips)]
            inside = [word for strip in strips for word in strip.words]
            grid = open_grid((stack[0].start, stack[0].end), ys, partial, inside, carried)
            if grid:
                found.append(grid)
            else:
                missed.append(strips)
    unsure = any(sum(strip.columns > 1 for strip in strips) > 1 for strips in missed)
    return sorted(found, key=lambda grid: grid.ys[0]), unsure


def _stacks(level: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Lines that begin and end alike, from top to bottom."""
    waiting = sorted(
        (rule for rule in level if rule.end - rule.start >= SHORTEST), key=lambda rule: rule.start - rule.end
    )
    while waiting:
        first = waiting[0]
        alike = [r for r in waiting if abs(r.start - first.start) <= SAME_END and abs(r.end - first.end) <= SAME_END]
        waiting = [rule for rule in waiting if rule not in alike]
        if len(alike) > 1:
            yield sorted(alike, key=lambda rule: rule.at)


def _runs(stack: Sequence[Rule], words: Sequence[Word]) -> Iterator[list[_Strip]]:
    """The strips of each table among lines of one width: text between two tables belongs to neither."""
    strips = [_strip(above, below, words) for above, below in pairwise(stack) if below.at - above.at > NEAR]
    usual = median([strip.room for strip in strips if strip.columns > 1] or [0.0])
    run: list[_Strip] = []
    for strip in strips:
        times, points = VERY_LOOSE if strip.columns > 1 else LOOSE
        if strip.words and strip.room > times * usual + points:
            yield from [run] if run else []
            run = []
        elif strip.words or run:
            run.append(strip)
    while run and not run[-1].words:
        run.pop()
    yield from [run] if run else []


def _strip(above: Rule, below: Rule, words: Sequence[Word]) -> _Strip:
    left, right = above.start - SAME_END, above.end + SAME_END
    inside = tuple(w for w in words if above.at < w.middle < below.at and left <= (w.x0 + w.x1) / 2 <= right)
    if not inside:
        return _Strip(above.at, below.at, (), 0.0)
    lines = grouped(inside)
    columns = max(len(free_spaces(line)) - 1 for line in lines)
    over = min(word.base - ABOVE * word.size for word in lines[0]) - above.at
    under = below.at - max(word.base for word in lines[-1])  # much where the page ends inside a row
    return _Strip(above.at, below.at, inside, max(over, under) if columns < 2 else over, columns)
