"""A table whose columns are held apart by white space only."""

from collections.abc import Sequence
from itertools import pairwise

from tiendo.intake.reading.pdf_grid import Area
from tiendo.intake.reading.pdf_lines import cell_inside
from tiendo.intake.reading.pdf_row_starts import APART, NUMBER, numbered, row_starts
from tiendo.intake.reading.pdf_tables import Filled, Sheet, column_at
from tiendo.intake.reading.pdf_words import Word

LEAST_ROWS = 2
LEAST_COLUMNS = 3
WIDER = 60.0  # points by which the last column may reach farther on another page
MARGIN = 2.0

Rows = Sequence[tuple[Word, ...]]


def spaced_table(
    rows: Rows, streets: Sequence[tuple[float, float]], across: frozenset[int], cuts: Sequence[float]
) -> Sheet | None:
    """The table, or None when its rows cannot be told or its first row does not head every column."""
    words = [word for row in rows for word in row]
    xs = (
        min(word.x0 for word in words) - MARGIN,
        *((start + end) / 2 for start, end in streets),
        max(word.x1 for word in words) + MARGIN,
    )
    starts = _starts(rows, xs, across, cuts)
    if len(starts) == LEAST_ROWS and not any(numbered(row, xs) for row in rows):
        body = row_starts(rows[starts[1] :], xs, body=True)
        starts = [] if body is None else [*starts, *(starts[1] + at for at in body)]
    if len(starts) < LEAST_ROWS:
        return None
    sheet = _sheet(rows, xs, starts, across)
    head = [cell for cell in sheet.cells if cell.area.top == 0]
    return sheet if len(head) == len(xs) - 1 and all(cell.text for cell in head) else None


def continued_table(rows: Rows, xs: Sequence[float], cuts: Sequence[float]) -> tuple[Sheet | None, int]:
    """The rest of a table of the page before, whose column edges are known, and how many of the rows it takes."""
    if not rows or not numbered(rows[0], xs):
        return None, 0
    end = next((at for at, row in enumerate(rows) if not _fits(row, xs)), len(rows))
    if len({column_at(xs, word.x0) for word in rows[0]}) < LEAST_COLUMNS or not end:
        return None, 0
    return _sheet(rows[:end], tuple(xs), _starts(rows[:end], xs, frozenset(), cuts), frozenset()), end


def _fits(row: Sequence[Word], xs: Sequence[float]) -> bool:
    """Whether no word of a row stands on an edge between columns or outside of the table."""
    inside = xs[0] - 2 * MARGIN <= row[0].x0 and row[-1].x1 <= xs[-1] + WIDER
    return inside and not any(word.x0 < x < word.x1 for word in row for x in xs[1:-1])


def _sheet(rows: Rows, xs: tuple[float, ...], starts: Sequence[int], across: frozenset[int]) -> Sheet:
    cells: list[Filled] = []
    bounds = column_bounds([word for at, row in enumerate(rows) if at not in across for word in row], xs)
    for at, (start, end) in enumerate(pairwise([*starts, len(rows)])):
        cells.extend(_row(rows[start:end], xs, bounds, at, start in across))
    top = rows[0][0].base - rows[0][0].size
    return Sheet(xs, len(starts), tuple(cells), top, rows[-1][0].base + rows[-1][0].size / 3, ruled=False)


def _starts(rows: Rows, xs: Sequence[float], across: frozenset[int], cuts: Sequence[float]) -> list[int]:
    """The first line of each row: after a line drawn across, a wide step, or with a number in the first column."""
    steps = [below[0].base - above[0].base for above, below in pairwise(rows)]
    usual = min(steps, default=0.0)
    has_numbers = any(numbered(row, xs) for row in rows)
    starts = [0]
    for at in range(1, len(rows)):
        cut = any(rows[at - 1][0].middle < y < rows[at][0].middle for y in cuts)
        wide = not has_numbers and steps[at - 1] > APART * usual
        if cut or wide or at in across or at - 1 in across or numbered(rows[at], xs):
            starts.append(at)
    return starts


def column_bounds(words: Sequence[Word], xs: Sequence[float]) -> list[tuple[float, float]]:
    """The left and right end of the text in each column."""
    bounds = [(right, left) for left, right in pairwise(xs)]
    for word in words:
        column = column_at(xs, (word.x0 + word.x1) / 2)
        left, right = bounds[column]
        bounds[column] = min(left, word.x0), max(right, word.x1)
    return bounds


def _row(rows: Rows, xs: Sequence[float], bounds: Sequence[tuple[float, float]], at: int, whole: bool) -> list[Filled]:
    words = [word for row in rows for word in row]
    if whole:
        number = [word for word in words if column_at(xs, word.x1) == 0]
        first = 1 if len(number) == 1 and NUMBER.match(number[0].text) else 0
        title = Filled(Area(at, at, first, len(xs) - 2), cell_inside(words[first:], xs[first], xs[-1]))
        return [Filled(Area(at, at, 0, 0), cell_inside(number, xs[0], xs[1])), title] if first else [title]
    held: list[list[Word]] = [[] for _ in xs[1:]]
    for word in words:
        held[column_at(xs, (word.x0 + word.x1) / 2)].append(word)
    return [
        Filled(Area(at, at, column, column), cell_inside(inside, *bounds[column])) for column, inside in enumerate(held)
    ]
