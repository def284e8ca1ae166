"""Tables of web pages: cells that cover several rows or columns stand in every place of the grid they cover."""

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from tiendo.intake.reading.blocks import Cell, Position, Row
from tiendo.intake.reading.html_flow import flow, is_hidden
from tiendo.intake.reading.html_fonts import OldFonts
from tiendo.intake.reading.widths import MOST_CELLS, WIDEST
from tiendo.plans.spreadsheets.errors import Unreadable

GRID = 3  # columns of the narrowest table of tasks
DEEPEST = 12  # tables inside tables; what lies deeper is read as plain text


@dataclass(frozen=True)
class Hanging:
    """A cell that goes on in the rows below, at one column of the grid."""

    last_row: int
    cell: Cell


@dataclass
class Reading:
    """What the tables of one page share: the fonts met, and how many more cells there may be."""

    fonts: OldFonts
    left: int = MOST_CELLS

    def take(self, cells: int) -> None:
        """Count cells; raises Unreadable beyond what any real document has."""
        self.left -= cells
        if self.left < 0:
            raise Unreadable(_("Tệp HTML có quá nhiều ô bảng; hãy tách thành nhiều tệp rồi đọc từng tệp."))


def rows_of(table: Any) -> list[Any]:
    """The visible rows of a table, not those of tables inside it."""
    return [node for node in _inside(table, "tr") if not is_hidden(node)]


def cells_of(row: Any) -> list[Any]:
    """The cells of a row."""
    return list(_inside(row, "td", "th"))


def captions_of(table: Any) -> list[Any]:
    """The captions of a table."""
    return list(_inside(table, "caption"))


def _inside(node: Any, *tags: str) -> Iterator[Any]:
    stack = list(reversed(node))
    while stack:
        child = stack.pop()
        if child.tag in tags:
            yield child
        elif child.tag not in {"table", "tr", "td", "th"}:
            stack.extend(reversed(child))


def is_frame(table: Any) -> bool:
    """Whether a table only frames the page: one cell, one row with real tables in it, or few columns around a grid."""
    rows = [cells_of(row) for row in rows_of(table)]
    if len(rows) == 1 and len(rows[0]) == 1:
        return True
    inner = [[len(cells_of(row)) for row in rows_of(one)] for one in table.iter("table") if one is not table]
    if len(rows) == 1:
        return any(len(widths) > 1 for widths in inner)
    wide = sum(len(cells) >= GRID for cells in rows)
    return wide <= 1 and max(map(len, rows), default=0) <= GRID and any(sum(w >= GRID for w in ws) > 1 for ws in inner)


def cell_text(cell: Any, fonts: OldFonts, depth: int = 0) -> str:
    """The text of a cell: a line for each line shown and for each row of a table inside it."""
    lines: list[str] = []
    for part in flow(cell, fonts):
        if isinstance(part, str):
            lines.append(part)
        elif depth >= DEEPEST:
            lines.append(" ".join("".join(part.itertext(with_tail=False)).split()))
        else:
            inner = ([cell_text(one, fonts, depth + 1) for one in cells_of(row)] for row in rows_of(part))
            lines.extend(" ".join(" ".join(row).split()) for row in inner)
    return "\n".join(filter(None, lines))


def grid_row(node: Any, place: Position, hanging: dict[int, Hanging], reading: Reading) -> Row:
    """One row as wide as its cells and what hangs from above; what hangs from it is added to `hanging`."""
    cells: list[Cell] = []
    row = place.row or 1
    for one in cells_of(node):
        reading.take(_drop(hanging, cells, place))
        text, at = cell_text(one, reading.fonts), _at(place, cells)
        spread, rows = _span(one, "colspan", WIDEST - len(cells)), _span(one, "rowspan", MOST_CELLS)
        reading.take(spread)
        for extra in range(spread):
            cell = Cell(text, at, across=extra > 0)
            if rows > 1:
                hanging[len(cells)] = Hanging(row + rows - 1, cell)
            cells.append(cell)
    reading.take(_drop(hanging, cells, place))
    return Row(tuple(cells), place)


def _drop(hanging: dict[int, Hanging], cells: list[Cell], place: Position) -> int:
    """Add the cells from above that stand where the row has come to; how many they were."""
    before = len(cells)
    while len(cells) < WIDEST and (found := hanging.get(len(cells))) and found.last_row >= (place.row or 1):
        cells.append(Cell(found.cell.text, _at(place, cells), inherited=True, across=found.cell.across))
    return len(cells) - before


def _at(place: Position, cells: list[Cell]) -> Position:
    return Position(place.line, table=place.table, row=place.row, cell=len(cells) + 1)


def _span(cell: Any, name: str, most: int) -> int:
    """How far a cell reaches; 0 means to the end of the table."""
    written = cell.get(name, "1").strip()
    reach = int(written[:6]) if written[:6].isdecimal() else 1
    return max(1, min(reach if reach or name == "colspan" else most, most))
