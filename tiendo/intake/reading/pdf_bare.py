"""Tables without any line whose rows are numbered: the header heads the columns, a number begins a row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tiendo.intake.reading.pdf_gutters import free_spaces
from tiendo.intake.reading.pdf_level_cells import open_grid
from tiendo.intake.reading.pdf_row_starts import NUMBER, crosses
from tiendo.intake.reading.pdf_spaced import column_bounds
from tiendo.intake.reading.pdf_tables import Sheet, fill
from tiendo.intake.reading.pdf_words import Word

MARGIN = 2.0  # points between the words and the sides of their table
LONGEST_HEAD = 8  # lines
WIDE = 0.6  # of the letter size: wider than the spaces of a justified line or of bold letters
STEP = 3.0  # of the letter size: the next line of a table is no farther down
BESIDE = 8.0
LEAST_COLUMNS = 3
TRIES = 4

Row = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What the page before ended with: the column edges of a table without upright lines, and its head's words."""

    xs: tuple[float, ...]
    head: tuple[str, ...]

    @classmethod
    def of(cls, sheet: Sheet) -> "Carried":
        """What the next page has to know of a table."""
        return cls(sheet.xs, tuple(sorted(w for cell in sheet.cells if cell.area.top == 0 for w in cell.text.split())))


def bare_table(rows: Sequence[Row], carried: Carried | None) -> tuple[Sheet | None, int]:
    """The table that the first of these lines begin, or go on with, and how many of the lines it takes."""
    repeated = _repeated_head(rows, carried) if carried else 0
    goes_on = carried is not None and (repeated > 0 or _is_rest(rows, carried))
    head = repeated if goes_on else _head(rows)
    if not goes_on and not head:
        return None, 0
    end = _end(rows, head)
    for _ in range(TRIES):
        if end <= head:
            break
        sheet = _sheet(rows[:end], head, carried if goes_on else None)
        if sheet is None:
            break
        strange = _strange(rows[:end], head, sheet.xs)
        if strange is None:
            return (sheet, end) if goes_on or _is_headed(sheet) else (None, 0)
        end = strange
    return None, 0


def _numbered(row: Row) -> bool:
    """Whether a line begins with a number that stands in a column of its own."""
    return bool(NUMBER.match(row[0].text)) and (len(row) == 1 or row[1].x0 - row[0].x1 >= WIDE * row[0].size)


def _holes(row: Row) -> int:
    """How much white space a line has that is wider than any space between words."""
    return sum(right - left >= WIDE * row[0].size for left, right in free_spaces(row)[1:-1])


def _head(rows: Sequence[Row]) -> int:
    """How many lines head the columns: those above the first number, some of which show three columns."""
    for at, row in enumerate(rows[: LONGEST_HEAD + 1]):
        if at and row[0].base - rows[at - 1][0].base > STEP * row[0].size:
            return 0
        if at and _numbered(row) and len(row) > 1:
            wide = any(_holes(line) >= LEAST_COLUMNS - 1 for line in (*rows[:at], row))
            return at if wide and _holes(rows[0]) else 0
    return 0


def _repeated_head(rows: Sequence[Row], carried: Carried) -> int:
    """How many lines only repeat the head of the table of the page before."""
    said: list[str] = []
    for at, row in enumerate(rows[:LONGEST_HEAD], 1):
        said += [word.text for word in row]
        if tuple(sorted(said)) == carried.head:
            return at if at < len(rows) else 0
    return 0


def _is_rest(rows: Sequence[Row], carried: Carried) -> bool:
    """Whether the first line goes on with the table of the page before: it keeps the columns and begins no text."""
    first = rows[0]
    inside = carried.xs[0] - MARGIN <= first[0].x0
    free = not any(crosses(first, x) for x in carried.xs[1:-1])
    return inside and free and (first[0].x0 >= carried.xs[1] or (_numbered(first) and first[0].x1 < carried.xs[1]))


def _end(rows: Sequence[Row], head: int) -> int:
    """The first line that stands apart or, without a number, begins to the left of the second column."""
    second = min((row[1].x0 for row in rows[head:] if len(row) > 1 and _numbered(row)), default=-1.0)
    for at in range(head, len(rows)):
        row = rows[at]
        if at and row[0].base - rows[at - 1][0].base > STEP * row[0].size:
            return at
        if not _numbered(row) and row[0].x0 < second - MARGIN and not _opens_group(rows, at):
            return at
    return len(rows)


def _opens_group(rows: Sequence[Row], at: int) -> bool:
    """Whether a line across the table is the title of the rows below it."""
    if len(free_spaces(rows[at])) > 2:
        return False
    below = rows[at + 1] if at + 1 < len(rows) else None
    near = below is not None and below[0].base - rows[at][0].base <= STEP * rows[at][0].size
    return below is not None and near and _numbered(below) and len(free_spaces(below)) > 2


def _strange(rows: Sequence[Row], head: int, xs: Sequence[float]) -> int | None:
    """The first line that runs over columns or stands under none, and is no title of a group: text below the table."""
    bounds = column_bounds([word for row in rows[head:] if _numbered(row) for word in row], xs)
    for at in range(head, len(rows)):
        over = any(crosses(rows[at], x) for x in xs[1:-1]) or _is_alone(rows[at], bounds)
        if over and not _numbered(rows[at]) and not _opens_group(rows, at):
            return at
    return None


def _is_alone(row: Row, bounds: Sequence[tuple[float, float]]) -> bool:
    """Whether a line of one piece begins where no column begins and has its middle in the middle of none."""
    x0, x1 = row[0].x0, max(word.x1 for word in row)
    near = any(abs(x0 - left) <= BESIDE or abs((x0 + x1 - left - right) / 2) <= BESIDE for left, right in bounds)
    return len(free_spaces(row)) == 2 and not near


def _sheet(rows: Sequence[Row], head: int, carried: Carried | None) -> Sheet | None:
    words = [word for row in rows for word in row]
    left, right = min(word.x0 for word in words) - MARGIN, max(word.x1 for word in words) + MARGIN
    known: list[float] | None = None
    if carried:
        left, right = min(left, carried.xs[0]), max(right, carried.xs[-1])
        known = [left, *carried.xs[1:-1], right]
    ys = [rows[0][0].base - rows[0][0].size, rows[-1][-1].base + rows[-1][-1].size / 3]
    if head:
        ys.insert(1, (rows[head - 1][-1].middle + rows[head][0].middle) / 2)
    grid = open_grid((left, right), ys, [], words, known, numbers=1)
    if grid is None or len(grid.xs) <= LEAST_COLUMNS:
        return None
    sheet, outside = fill(grid, words, ruled=False)
    return None if outside or sheet is None else replace(sheet, numbered=True)


def _is_headed(sheet: Sheet) -> bool:
    """Whether every column has a head, and there is a row below."""
    return sheet.rows > 1 and all(cell.text for cell in sheet.cells if cell.area.top == 0)
