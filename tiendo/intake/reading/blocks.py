"""Neutral blocks: what every format becomes before anybody asks what the words mean.

A block knows where it stands. `line` is the 1-based line of `SourceDocument.lines`: the physical line of a text file;
for the other formats the running number of the paragraph or table row, because they keep no lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Position:
    """Where a block stands. `page` stays None where the format keeps no pages; the rest counts from 1.

    In a workbook `sheet` is the sheet's name, `row` and `cell` are its row and column as Excel counts them.
    """

    line: int
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """One line of text, or one paragraph of a Word file. `gap` says a blank line (or a paragraph end) is above it."""

    text: str
    position: Position
    gap: bool = True


@dataclass(frozen=True)
class Cell:
    """One grid cell. A merged cell stands in every grid place it covers; `inherited` marks all but the first."""

    text: str
    position: Position
    inherited: bool = False
    across: bool = False


@dataclass(frozen=True)
class Row:
    """One table row, as wide as the grid."""

    cells: tuple[Cell, ...]
    position: Position

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each grid cell, inherited text included."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """Rows of cells, with the place of the table among the tables of the document."""

    rows: tuple[Row, ...]
    position: Position

    def own_paragraphs(self) -> Iterator[Paragraph]:
        """The text of every cell, column after column: how a letterhead or a signature table is read."""
        width = max((len(row.cells) for row in self.rows), default=0)
        for column in range(width):
            for row in self.rows:
                if column < len(row.cells) and not (row.cells[column].inherited or row.cells[column].across):
                    cell = row.cells[column]
                    for line in cell.text.split("\n"):
                        if line.strip():
                            yield Paragraph(line.strip(), cell.position)


Block = Paragraph | Table


@dataclass(frozen=True)
class Read:
    """What a reader of one format gives: the blocks in order and the plain lines they count.

    `pages` where the format has pages. `encoding` names the old encoding the letters were repaired from; `printed` are
    then the lines as the file has them, one for each of `lines`. `recognised` are the pages whose letters a machine
    told from a picture. `remarks` are sentences for the person who reviews:
    what the reader had to do or could not see.
    """

    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    pages: int | None = None
    encoding: str | None = None
    printed: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    recognised: tuple[int, ...] = ()


@dataclass(frozen=True)
class SourceDocument(Read):
    """A file as read, with its name, format and content hash."""

    name: str = ""
    format: str = ""
    sha256: str = ""

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in reading order, those inside tables included."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from block.own_paragraphs()
            else:
                yield block

    def tables(self) -> Iterator[Table]:
        """The tables in order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield block

    def places(self) -> dict[int, Position]:
        """Line → where the paragraph or the row on it stands."""
        found: dict[int, Position] = {}
        for block in self.blocks:
            positions = [row.position for row in block.rows] if isinstance(block, Table) else [block.position]
            found.update({position.line: position for position in positions})
        return found
