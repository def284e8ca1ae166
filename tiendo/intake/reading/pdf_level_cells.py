"""The cells of a table without upright lines: edges in the gutters, rows between the lines, titles running across."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tiendo.intake.reading.pdf_grid import NEAR, Grid, grid_of
from tiendo.intake.reading.pdf_gutters import MOST_CROSSED, free_spaces, gutters
from tiendo.intake.reading.pdf_lines import grouped
from tiendo.intake.reading.pdf_row_starts import column_starts, crosses, row_starts
from tiendo.intake.reading.pdf_rules import Rule
from tiendo.intake.reading.pdf_tables import column_at
from tiendo.intake.reading.pdf_words import Word

SAME_WIDTH = 5.0
SNAP = 3.0  # points: a line under some columns ends at least so far from the gutters beside its own
CENTRED = 8.0

Words = Sequence[Word]


def open_grid(
    ends: tuple[float, float],
    ys: Sequence[float],
    partial: Sequence[Rule],
    words: Words,
    carried: Sequence[float] | None,
    numbers: int = 2,
) -> Grid | None:
    """The grid of a table between the level lines `ys`; `partial` are lines under some of its columns.

    `carried` are the edges of the table that the page before ended with. Where at
    least so many lines between two of `ys` have `numbers`, these begin rows. None where the words show no columns, or
    where nobody can tell one row from the next.
    """
    votes = list(_between(words, sorted([*ys, *(rule.at for rule in partial)])))
    xs = _continued(ends, votes, carried) or _edges(ends, votes, partial)
    if len(xs) < 3:
        return None
    partial = list(_snapped(partial, xs, ys))
    cuts = _cuts(words, xs, ys, partial, numbers)
    if cuts is None:
        return None
    full = sorted([*ys, *cuts])
    rows = sorted([*full, *{rule.at for rule in partial}])
    starts = column_starts(words, xs)
    joined = set(_spans(words, xs, rows, [rule for rule in partial if rule.at < ys[1]]))
    upright = [
        Rule(x, top, bottom)
        for at, ((top, bottom), inside) in enumerate(zip(pairwise(rows), _between(words, rows), strict=True))
        for column, x in enumerate(xs[1:-1], 1)
        if (at, column) not in joined and not crosses(inside, x, starts.get(x))
    ]
    level = [*(Rule(y, xs[0], xs[-1]) for y in full), *partial]
    return grid_of(xs, rows, level, [*upright, Rule(xs[0], rows[0], rows[-1]), Rule(xs[-1], rows[0], rows[-1])])


def _between(words: Words, ys: Sequence[float]) -> Iterator[list[Word]]:
    """The words between each line and the next."""
    held: list[list[Word]] = [[] for _ in ys[1:]]
    for word in words:
        at = bisect_left(ys, word.middle) - 1
        if 0 <= at < len(held):
            held[at].append(word)
    yield from held


def _continued(ends: tuple[float, float], votes: Sequence[Words], carried: Sequence[float] | None) -> list[float]:
    """The edges of the table of the page before, when it is as wide and the rows of this one keep them."""
    if not carried or abs((ends[1] - ends[0]) - (carried[-1] - carried[0])) > SAME_WIDTH:
        return []
    xs = [x + ends[0] - carried[0] for x in carried]
    return xs if all(_keep(votes, x) for x in xs[1:-1]) else []


def _keep(votes: Sequence[Words], x: float) -> bool:
    """Whether most of the rows that show columns leave an edge free."""
    rows = [row for row in votes if row and len(free_spaces(row)) > 2]
    return sum(crosses(row, x) for row in rows) <= MOST_CROSSED * len(rows)


def _edges(ends: tuple[float, float], votes: Sequence[Words], partial: Iterable[Rule]) -> list[float]:
    """The ends of the lines, and an edge for each gutter: where a line under some columns ends, or in the middle.

    A heading over several columns may reach into a gutter, so such a line is looked for up to the next gutters.
    """
    if sum(len(free_spaces(row)) > 2 for row in votes if row) < 2:
        return []
    stops = [stop for stop in {end for rule in partial for end in (rule.start, rule.end)} if _keep(votes, stop)]
    found = gutters(votes)
    sides = [(ends[0], ends[0]), *found, (ends[1], ends[1])]
    inner: list[float] = []
    for (_, low), (a, b), (high, _) in zip(sides, found, sides[2:], strict=False):
        near = [stop for stop in stops if low + SNAP < stop < high - SNAP]
        inner.append(min(near, key=lambda stop: abs(stop - (a + b) / 2), default=(a + b) / 2))
    return [ends[0], *inner, ends[1]]


def _snapped(partial: Iterable[Rule], xs: Sequence[float], ys: Sequence[float]) -> Iterator[Rule]:
    """Lines that go from edge to edge; an underlined word does not."""
    for rule in partial:
        start = min(xs, key=lambda x: abs(x - rule.start))
        end = min(xs, key=lambda x: abs(x - rule.end))
        near = max(abs(start - rule.start), abs(end - rule.end)) <= NEAR
        if start < end and near and all(abs(rule.at - y) > NEAR for y in ys):
            yield Rule(rule.at, start, end)


def _cuts(
    words: Words, xs: Sequence[float], ys: Sequence[float], partial: Sequence[Rule], numbers: int
) -> list[float] | None:
    """Heights at which rows begin that no line parts; None where that cannot be told."""
    cuts: list[float] = []
    few = len(ys) <= 3
    for (top, bottom), inside in zip(pairwise(ys), _between(words, ys), strict=True):
        if not inside or any(top < rule.at < bottom for rule in partial):
            continue
        lines = grouped(inside)
        starts = row_starts(lines, xs, body=few and (top > ys[0] or len(ys) == 2), numbers=numbers)
        if starts is None:
            return None
        cuts.extend((lines[at - 1][0].middle + lines[at][0].middle) / 2 for at in starts)
    return cuts


def _spans(
    words: Words, xs: Sequence[float], rows: Sequence[float], under: Iterable[Rule]
) -> Iterator[tuple[int, int]]:
    """Row and column of the edges inside the headings that stand over several columns, told by the line under them."""
    held = list(_between(words, rows))
    for rule in under:
        below = bisect_left(rows, rule.at)
        first, last = xs.index(rule.start), xs.index(rule.end)
        parts = {column_at(xs, (word.x0 + word.x1) / 2) for word in held[below] if below < len(held)}
        if len(parts & set(range(first, last))) < 2:
            continue
        here = [word for word in held[below - 1] if rule.start <= (word.x0 + word.x1) / 2 <= rule.end]
        for column in range(first + 1, last):
            if column not in _breaks(here, xs, first, last):
                yield below - 1, column


def _breaks(words: Words, xs: Sequence[float], first: int, last: int) -> set[int]:
    """The edges between headings that stand side by side over the columns `first` to before `last`."""
    if not words:
        return set()
    spaces = free_spaces(words)
    blocks = [(right, left) for (_, right), (left, _) in pairwise(spaces)]
    found: set[int] = set()
    start = first
    for block, after in pairwise(blocks):
        limit = column_at(xs, after[0])
        middle = (block[0] + block[1]) / 2
        stops = range(start + 1, max(limit, start + 1) + 1)
        best = min(stops, key=lambda stop: abs((xs[start] + xs[stop]) / 2 - middle))
        start = best if abs((xs[start] + xs[best]) / 2 - middle) <= CENTRED else stops[-1]
        found.add(start)
    return {stop for stop in found if first < stop < last}
