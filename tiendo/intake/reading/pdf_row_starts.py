"""Where rows begin that no line parts."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tiendo.intake.reading.pdf_gutters import least_gutter
from tiendo.intake.reading.pdf_lines import grouped
from tiendo.intake.reading.pdf_tables import column_at
from tiendo.intake.reading.pdf_words import Word

NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,6}|[a-zđA-Z])[.)]?$")
BEGIN = 1.5  # points by which words at the left side of a column may differ
APART = 1.3  # of the usual distance of lines: a wider step begins a row

Words = Sequence[Word]


def numbered(line: Words, xs: Sequence[float]) -> bool:
    """Whether a line has a number, and nothing else, in the first column."""
    first = [word.text for word in line if column_at(xs, (word.x0 + word.x1) / 2) == 0]
    return len(first) == 1 and bool(NUMBER.match(first[0]))


def crosses(words: Words, x: float, start: float | None = None) -> bool:
    """Whether words run over an edge between columns, be it with a mere space there.

    `start` is where the text of the column behind the edge begins: a word there begins a cell, however near the cell
    before it reaches.
    """
    least = least_gutter(words)
    for line in grouped(words):
        left = max((word.x1 for word in line if word.x0 < x), default=None)
        right = min((word.x0 for word in line if word.x0 >= x), default=None)
        begins = right is not None and start is not None and abs(right - start) <= BEGIN
        if left is None or (begins and right is not None and left <= right + BEGIN):
            continue
        if left > x or (right is not None and right - left < least):
            return True
    return False


def column_starts(words: Words, xs: Sequence[float]) -> dict[float, float]:
    """Edge → where the text of the column behind it begins, for columns whose lines begin alike."""
    held: dict[float, Counter[int]] = {x: Counter() for x in xs[1:-1]}
    for line in grouped(words):
        for x, after in pairwise(xs[1:]):
            first = min((word.x0 for word in line if x <= word.x0 < after), default=None)
            if first is not None:
                held[x][round(first)] += 1
    usual = {x: counts.most_common(1)[0] for x, counts in held.items() if counts}
    return {x: float(start) for x, (start, often) in usual.items() if often > 1 and often * 2 > held[x].total()}


def row_starts(lines: Sequence[Words], xs: Sequence[float], *, body: bool, numbers: int = 2) -> list[int] | None:
    """The lines, but for the first, that begin a row between two drawn lines.

    Where so many lines have `numbers`, these begin rows, as do titles running across. Otherwise all is one row, unless
    it is the whole `body` of a table: then the lines that fill the columns or stand apart begin rows. None when it
    holds several rows and nothing tells where they begin.
    """
    marked = [numbered(line, xs) for line in lines]
    if sum(marked) >= numbers:
        title = [_runs_across(line, xs) for line in lines]
        return [at for at in range(1, len(lines)) if marked[at] or (title[at] and not title[at - 1])]
    if sum(marked) == 1 and (under := marked.index(True)) and all(_runs_across(line, xs) for line in lines[:under]):
        return [under]  # a group's title without a line under it
    first = sum(any(word.x0 < xs[1] for word in line) for line in lines)
    if not body or len(lines) < 2 or first < 2:
        return []
    if all(len(_filled(line, xs)) * 2 >= len(xs) - 1 and 0 in _filled(line, xs) for line in lines):
        return list(range(1, len(lines)))
    steps = [below[0].base - above[0].base for above, below in pairwise(lines)]
    wide = [at for at, step in enumerate(steps, 1) if step > APART * min(steps)]
    return wide or None


def _runs_across(line: Words, xs: Sequence[float]) -> bool:
    """Whether a line begins in the first column and runs over its edge, as the title of a group does."""
    return line[0].x0 < xs[1] and crosses(line, xs[1])


def _filled(line: Words, xs: Sequence[float]) -> set[int]:
    return {column_at(xs, (word.x0 + word.x1) / 2) for word in line}
