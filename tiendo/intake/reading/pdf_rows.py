"""A table over one page or several: one set of columns, repeated headers left out, merged cells in every place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tiendo.intake.reading.blocks import Cell, Position, Row, Table
from tiendo.intake.reading.pdf_grid import Area
from tiendo.intake.reading.pdf_lines import ANY_MARK, is_broken, join
from tiendo.intake.reading.pdf_tables import Filled, Sheet, spread

SAME_WIDTH = 5.0  # points by which the halves of one table may differ
SAME_EDGE = 6.0
SPACED_EDGE = 30.0  # edges in white space wander from page to page
MOST_HEADER_ROWS = 4

Line = list[Filled | None]  # one row of the grid: the cell that covers each column


@dataclass
class Chain:
    """The parts of one table, page after page."""

    sheet: Sheet
    page: int
    parts: list[tuple[Sheet, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parts.append((self.sheet, self.page))

    @property
    def xs(self) -> tuple[float, ...]:
        """The column edges from the left side of the table, of the part that shows most of them."""
        return max((_from_left(sheet) for sheet, _ in self.parts), key=len)

    def add(self, sheet: Sheet, page: int) -> None:
        """Go on with the part on the next page."""
        self.parts.append((sheet, page))
        self.page = page

    def table(self, number: int, first: int) -> tuple[Table, list[str]]:
        """The table and one plain line for each row; `first` is the number of the first of these lines."""
        rows: list[Row] = []
        head: list[Line] = []
        above: Line = []
        for sheet, page in self.parts:
            lines = _grid(spread(sheet, _shifted(self.xs, sheet.xs[0])))
            if len(self.parts) > 1:
                lines = _without_blank_end(lines)
            skipped = _repeated(head, lines)
            skipped += _blanks(lines[skipped:]) if rows else 0
            if (
                rows
                and skipped < len(lines)
                and (whole := _completed(rows[-1], above, lines[skipped], skipped, sheet.numbered))
            ):
                rows[-1], skipped = whole, skipped + 1
            carried = _carried(above, lines[skipped], skipped) if above and skipped < len(lines) else {}
            for at, line in enumerate(lines[skipped:], skipped):
                place = Position(line=first + len(rows), page=page, table=number, row=len(rows) + 1)
                rows.append(Row(tuple(_cells(line, at, place, carried)), place))
            head, above = head or lines, lines[-1] if skipped < len(lines) else above
        return Table(tuple(rows), Position(line=first, page=self.parts[0][1], table=number)), list(map(_plain, rows))


def goes_on(chain: Chain, sheet: Sheet, page: int) -> bool:
    """Whether a table that opens the next page is the rest of this one: as wide, with the same columns."""
    if page != chain.page + 1:
        return False
    mine, other = chain.xs, _from_left(sheet)
    allowed = SAME_EDGE if sheet.ruled else SPACED_EDGE
    if abs(mine[-1] - other[-1]) > (SAME_WIDTH if sheet.ruled else 2 * SPACED_EDGE):
        return False
    if not sheet.ruled:
        return len(mine) == len(other) and all(abs(a - b) <= allowed for a, b in zip(mine, other, strict=True))
    fewer, more = sorted((mine, other), key=len)
    return all(min(abs(edge - each) for each in more) <= allowed for edge in fewer)


def _from_left(sheet: Sheet) -> tuple[float, ...]:
    return _shifted(sheet.xs, -sheet.xs[0])


def _shifted(xs: Sequence[float], by: float) -> tuple[float, ...]:
    return tuple(x + by for x in xs)


def _grid(sheet: Sheet) -> list[Line]:
    lines: list[Line] = [[None] * (len(sheet.xs) - 1) for _ in range(sheet.rows)]
    for cell in sheet.cells:
        for row in range(cell.area.top, cell.area.bottom + 1):
            for column in range(cell.area.left, cell.area.right + 1):
                lines[row][column] = cell
    return lines


def _repeated(head: Sequence[Line], lines: Sequence[Line]) -> int:
    """How many rows at the top of a part only repeat the top of the table."""
    count = 0
    for above, below in zip(head[:MOST_HEADER_ROWS], lines, strict=False):
        texts = [" ".join(cell.text.split()) if cell else "" for cell in above]
        again = [" ".join(cell.text.split()) if cell else "" for cell in below]
        if texts != again or len({text for text in texts if text}) < 2:
            break
        count += 1
    return count if count < len(lines) else 0


def _blanks(lines: Sequence[Line]) -> int:
    """How many rows at the top hold nothing: slivers that a page end leaves."""
    return next((at for at, line in enumerate(lines) if any(cell and cell.text for cell in line)), len(lines))


def _without_blank_end(lines: list[Line]) -> list[Line]:
    return lines[: len(lines) - _blanks(lines[::-1])] or lines


def _completed(row: Row, above: Line, line: Line, top: int, by_number: bool) -> Row | None:
    """The last row of a page with the rest of it from the next page; None where the next page begins another row.

    It is the rest when it has no number of its own and one of its cells goes on in the middle of a sentence, or
    the table is one whose rows nothing but numbers begin.
    """
    cells = list(row.cells)
    sure = line[0] is not None and not line[0].text
    broken = False
    for column, (before, cell) in enumerate(zip(above, line, strict=True)):
        if not sure or before is None or cell is None or not cell.text or cell.area.left != column:
            continue
        if before.area != replace(cell.area, top=before.area.top, bottom=before.area.top) or cell.area.bottom > top:
            return None
        wraps = (
            bool(before.text)
            and (before.inside.room < cell.inside.first or is_broken(before.text))
            and not ANY_MARK.match(cell.text)
        )
        broken = broken or wraps
        start = cells[column].text
        text = join(start, cell.text) if wraps else f"{start}\n{cell.text}".strip()
        for at in range(column, cell.area.right + 1):
            cells[at] = replace(cells[at], text=text)
    return replace(row, cells=tuple(cells)) if sure and (broken or by_number) else None


def _carried(above: Line, line: Line, top: int) -> dict[Area, str]:
    """The cells at the top of a part that only go on with a merged cell of the page before, and its text."""
    found: dict[Area, str] = {}
    for before, cell in zip(above, line, strict=False):
        if before and cell and before.text and not cell.text and cell.area.top == top:
            merged = before.area.bottom > before.area.top and cell.area.bottom > cell.area.top
            if merged and (before.area.left, before.area.right) == (cell.area.left, cell.area.right):
                found[cell.area] = before.text
    return found


def _cells(line: Line, at: int, place: Position, carried: dict[Area, str]) -> Iterator[Cell]:
    for column, cell in enumerate(line):
        here = replace(place, cell=(cell.area.left if cell else column) + 1)
        if cell is None:
            yield Cell("", here)
            continue
        inherited = at > cell.area.top or cell.area in carried
        yield Cell(carried.get(cell.area, cell.text), here, inherited=inherited, across=column > cell.area.left)


def _plain(row: Row) -> str:
    return " | ".join(" ".join(cell.text.split()) for cell in row.cells if not (cell.inherited or cell.across))
