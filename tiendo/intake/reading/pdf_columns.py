"""Text that stands side by side without lines between: letterheads, signature blocks, tables held apart by space."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low

from tiendo.intake.reading.pdf_bare import Carried, bare_table
from tiendo.intake.reading.pdf_lines import Line, grouped, line_of, lines_of
from tiendo.intake.reading.pdf_spaced import continued_table, spaced_table
from tiendo.intake.reading.pdf_tables import Sheet
from tiendo.intake.reading.pdf_words import Word

SAME_ROW = 0.6  # of the letter size: baselines of two columns rarely fall together
NARROWEST = 9.0  # points: less is a space in a justified line
STREET = 1.2  # of the letter size: the least white space between two columns of text
BOULEVARD = 3.0  # of the letter size: white space nobody leaves inside a line
FARTHEST = 120.0  # points down to the next row of one block: room for a signature and a stamp
ALIGNED = 15.0
SIGNED = 2.2  # of the letter size: a wider step is room for a signature
BEGIN = 2.0  # points by which words at the left side of a column may differ
BESIDE = 8.0
SEEDS = 3
LABEL = 5  # letters: a column with no more is list marks, not text
RECIPIENTS = re.compile(r"^Nơi nhận\s*:")
GROUP_ROW = re.compile(r"^(?:[IVXL]{1,6}|[A-H])[.)]?\s")

Street = tuple[float, float]


@dataclass(frozen=True)
class _Band:
    """Rows that share streets of white space, and rows that run across them."""

    rows: tuple[tuple[Word, ...], ...]
    streets: tuple[Street, ...]
    across: frozenset[int] = frozenset()


def flow(words: Sequence[Word], cuts: Sequence[float], carried: Carried | None = None) -> Iterator[Line | Sheet]:
    """Lines and tables of a part of a page in reading order, column after column where there are columns.

    `cuts` are the heights of level lines, which part the rows of a table without upright lines. `carried` is
    what there is to know of such a table that the page before ended with.
    """
    rows = [tuple(row) for row in grouped(words, SAME_ROW)]
    at, column = 0, 0
    while at < len(rows):
        sheet, taken = bare_table(rows[at:], carried)
        if carried and not sheet:
            sheet, taken = continued_table(rows[at:], carried.xs, cuts)
        if sheet:
            yield sheet
            at, carried = at + taken, None
            continue
        signed = _signed(rows, at)
        band = signed or _band(rows, at)
        blocks = list(_columns(band, column, cuts)) if band else []
        if band and blocks:
            yield from blocks
            at += len(band.rows)
            column += len(band.streets) + 1
        else:
            yield line_of(rows[at])
            at += 1


def _signed(rows: Sequence[tuple[Word, ...]], start: int) -> _Band | None:
    """Recipients on the left and the signature close by on the right, whose lines stand at heights of their own."""
    if not RECIPIENTS.match(line_of(rows[start]).text):
        return None
    left = rows[start][0].x0
    starts = [line[0].x0 for line in grouped([word for row in rows[start : start + 3] for word in row], 0.25)]
    second = next((x for x in starts if x - left > FARTHEST / 2), None)
    end, reach = start, left
    while second is not None and end < len(rows):
        row = rows[end]
        step = row[0].base - rows[end - 1][0].base if end > start else 0.0
        before = max((word.x1 for word in row if word.x0 < second - BEGIN), default=left)
        after = min((word.x0 for word in row if word.x0 >= second - BEGIN), default=second)
        begins = abs(row[0].x0 - left) <= BEGIN or abs(row[0].x0 - second) <= BEGIN
        if step > FARTHEST or before > second - BEGIN or after > second + BEGIN or not begins:
            break
        end, reach = end + 1, max(reach, before)
    return _Band(tuple(rows[start:end]), ((reach, second),)) if second is not None and end - start > 2 else None


def holes(row: Sequence[Word]) -> list[Street]:
    """White space inside a row wide enough to be a street."""
    found: list[Street] = []
    reach = row[0].x1
    for word in row[1:]:
        if word.x0 - reach >= max(NARROWEST, 0.8 * word.size):
            found.append((reach, word.x0))
        reach = max(reach, word.x1)
    return found


def _free(row: Sequence[Word]) -> list[Street]:
    return [(-1e9, row[0].x0), *holes(row), (max(word.x1 for word in row), 1e9)]


def _common(streets: Sequence[Street], row: Sequence[Word]) -> list[Street]:
    """The parts of the streets that a row leaves free too.

    Where a cell is full to its end the street is a mere space, but the next word begins where its column begins.
    """
    least = max(NARROWEST, 0.8 * row[0].size)
    free = _free(row)
    starts = [(before.x1, word.x0) for before, word in pairwise(row)] if len(free) > 2 else []
    found: list[Street] = []
    for a, b in streets:
        met = [(max(a, c), min(b, d)) for c, d in free if min(b, d) - max(a, c) >= least]
        narrow = [(max(a, c), d) for c, d in starts if abs(d - b) <= BEGIN and d - c >= BEGIN]
        found.extend(met or narrow[:1])
    return found


def _band(rows: Sequence[tuple[Word, ...]], start: int) -> _Band | None:
    streets = _seed(rows, start)
    if not streets:
        return None
    middle = (min(row[0].x0 for row in rows) + max(row[-1].x1 for row in rows)) / 2
    end, across = start + 1, set[int]()
    while end < len(rows) and rows[end][0].base - rows[end - 1][0].base <= FARTHEST:
        left = _common(streets, rows[end])
        if len(left) < len(streets) and _crosses(rows, start, end, streets):
            across.add(end - start)
        elif _ends(streets, left, _without(rows[start : end + 1], across), middle):
            break
        else:
            streets = left
        end += 1
    while end - 1 - start in across:
        end -= 1
    return _Band(tuple(rows[start:end]), tuple(streets), frozenset(at for at in across if at < end - start))


def _without(rows: Sequence[tuple[Word, ...]], across: set[int]) -> list[tuple[Word, ...]]:
    """Rows that stand in columns: a title across them says nothing of where they begin."""
    return [row for at, row in enumerate(rows) if at not in across]


def _seed(rows: Sequence[tuple[Word, ...]], start: int) -> list[Street]:
    """The streets a band begins with: those of the one of its first rows that shows most, if the others have them."""
    first = [row for row in rows[start : start + SEEDS] if holes(row)]
    own = holes(rows[start])
    best = max(map(holes, first), key=len, default=[]) if own else []
    return best if len(best) > 1 and len(_common(best, rows[start])) == len(best) else own


def _ends(streets: Sequence[Street], left: Sequence[Street], rows: Sequence[Sequence[Word]], middle: float) -> bool:
    """Whether the last of the rows stands below the columns of those before it."""
    if len(streets) == 1:
        return not left or _is_title(rows[-1], rows[:-1], streets[0], middle)
    return not left or (len(left) < len(streets) and len(rows) > 3) or _stands_alone(rows[-1], rows[:-1], streets)


def _stands_alone(row: Sequence[Word], above: Sequence[Sequence[Word]], streets: Sequence[Street]) -> bool:
    """Whether a row of one piece stands under no column: the title of what follows a table."""
    if holes(row):
        return False
    x0, x1 = row[0].x0, max(word.x1 for word in row)
    columns = _sides(above, streets)
    ends = [(min(word.x0 for word in column), max(word.x1 for word in column)) for column in columns]
    return not any(abs(x0 - left) <= BESIDE or abs((x0 + x1 - left - right) / 2) <= BESIDE for left, right in ends)


def _is_title(row: Sequence[Word], above: Sequence[Sequence[Word]], street: Street, middle: float) -> bool:
    """Whether a row stands in the middle of the page rather than in one of the two columns above it."""
    if holes(row):
        return False
    x0, x1 = row[0].x0, row[-1].x1
    words = [word for line in above for word in line if (word.x1 <= street[0]) == (x1 <= street[1])]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    shared = min(x1, right) - max(x0, left)
    aligned = abs(x0 - left) <= ALIGNED or shared >= 0.5 * min(x1 - x0, right - left)
    centred = abs((x0 + x1) / 2 - middle) <= ALIGNED < abs((x0 + x1) / 2 - (left + right) / 2)
    return centred or not aligned


def _crosses(rows: Sequence[tuple[Word, ...]], start: int, at: int, streets: Sequence[Street]) -> bool:
    """Whether a row is the title of a group inside a table: numbered, and the columns go on below it."""
    if len(streets) < 2 or at - start < 1 or at + 1 >= len(rows):
        return False
    below = _common(streets, rows[at + 1])
    numbered = bool(GROUP_ROW.match(line_of(rows[at]).text))
    return numbered and len(below) == len(streets) and len(holes(rows[at + 1])) >= 2


def _columns(band: _Band, column: int, cuts: Sequence[float]) -> Iterator[Line | Sheet]:
    """The blocks of a band; nothing when its white space is chance."""
    if len(band.streets) > 1:
        table = spaced_table(band.rows, band.streets, band.across, cuts)
        if table:
            yield table
            return
    sides = _sides(band.rows, band.streets)
    if not RECIPIENTS.match(line_of(band.rows[0]).text) and not _holds(band, sides):
        return
    for at, side in enumerate(sides, 1):
        left, right = min(word.x0 for word in side), max(word.x1 for word in side)
        lines = lines_of(side)
        steps = [below.base - above.base for above, below in pairwise(lines)]
        step = median_low([each for each in steps if each <= SIGNED * lines[0].size] or [0.0])
        for line in lines:
            yield replace(line, column=column + at, left=left, right=right, step=step)


def _sides(rows: Sequence[Sequence[Word]], streets: Sequence[Street]) -> list[list[Word]]:
    edges = [*((start + end) / 2 for start, end in streets), 1e9]
    sides: list[list[Word]] = [[] for _ in edges]
    for word in (word for row in rows for word in row):
        sides[next(at for at, edge in enumerate(edges) if (word.x0 + word.x1) / 2 < edge)].append(word)
    return [side for side in sides if side]


def _holds(band: _Band, sides: Sequence[Sequence[Word]]) -> bool:
    """Whether the columns are meant: a wide street with text on both sides of it, more than once or far apart."""
    size = band.rows[0][0].size
    widest = max(end - start for start, end in band.streets)
    if len(sides) < 2 or widest < STREET * size:
        return False
    if any(max(len(line.text) for line in lines_of(side)) <= LABEL for side in sides):
        return False
    street = max(band.streets, key=lambda street: street[1] - street[0])
    lefts = [row[0].x0 < street[0] for row in band.rows]
    rights = [row[-1].x1 > street[1] for row in band.rows]
    both = sum(left and right for left, right in zip(lefts, rights, strict=True))
    alone = len(band.rows) > sum(lefts) and len(band.rows) > sum(rights)
    return both > 1 or (both > 0 and (alone or widest >= BOULEVARD * size))
