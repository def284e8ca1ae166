"""What a document to read is made of, written once: the printed words and, in marks that are not printed, the truth.

A table row is a line with its cells between bars. Marks that a person writes and nobody prints:

    [Sở KH&CN:so-kh-cn]     an agency and the code of its unit; `?` when no unit of the list is meant,
                            `+` at its end when a cell of several parts says that it coordinates
    Quý II/2026 >> period_end 2026-06-30      what a deadline or a target means
    ~text~                  printed, but no part of the value (a footnote mark)
    n:13  d:2026-09-30  p:0.8      in a workbook a number, a day, a share shown as a percentage
    a:1                     in a Word file a number that Word counts by itself
    ⏎                       a new line inside the cell
    ^  <                    the cell is merged with the one above, on the left

and the first word of a line says what kind of row it is:

    # I | Hạ tầng           a group row: number and title, the other cells blank (`@2045` at its end: a horizon)
    = Hạ tầng               a group row in one cell over the whole width
    + | rest | …            an orphan row after a page break: each cell continues the row above
    ! …                     printed, but nothing to expect: a repeated header, a row that counts the columns
    ? | group tail | …      a group row with the stray tail of the row above in its other cells
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

AGENCY = re.compile(r"\[([^\[\]:]+):([^\[\]:]+)\]")
LOOSE = re.compile(r"\[|:[\w?+-]+\]")
HORIZON = re.compile(r"\s*@(\d{4})$")


@dataclass(frozen=True)
class Para:
    """One paragraph. `style` is a hint for the eye: title, heading, right, center."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class PageBreak:
    """A new page."""


@dataclass(frozen=True)
class Line:
    """One printed table row; `kind` is the first word of its source line, "" for an ordinary row."""

    kind: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows of one table. `roles` names what each column holds for the reader; empty when the table is no annex.

    `head` are the header rows, `continues` says that the table goes on with the groups of the one before.
    """

    roles: str = ""
    head: Sequence[str] = ()
    rows: Sequence[str] = ()
    horizon: str | None = None
    continues: bool = False
    widths: Sequence[int] = ()
    borders: bool = True
    name: str = ""

    @property
    def kind(self) -> str:
        """Tasks, indicators, or nothing to expect."""
        roles = self.roles.split()
        return "tasks" if "title" in roles else "indicators" if "name" in roles else ""

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return max(len(line.cells) for line in self.lines())

    def lines(self) -> Iterator[Line]:
        """Every row in order, headers first, each with its cells as the source has them."""
        for text in self.head:
            yield Line("!", _cells(text))
        for text in self.rows:
            yield _line(text, len(_cells(self.head[0])) if self.head else 0)

    def grid(self) -> list[list[str]]:
        """The printed cells of each row, all rows as wide as the table; `^` and `<` stay as marks of merged cells."""
        rows = [[printed(cell) for cell in line.cells] for line in self.lines()]
        width = max(map(len, rows))
        return [row + [""] * (width - len(row)) for row in rows]


Part = Para | PageBreak | Table


@dataclass(frozen=True)
class Document:
    """One document: its parts, the files to make of it, and what a clerk reads from its prose."""

    name: str
    formats: Sequence[str]
    parts: Sequence[Part]
    facts: dict[str, Any] = field(default_factory=dict)
    targets: Sequence[str] = ()
    deadlines: Sequence[str] = ()
    references: Sequence[str] = ()
    annexes: Sequence[str] = ()
    landscape: bool = False


def printed(cell: str) -> str:
    """A cell as the file shows it: without the marks."""
    text = HORIZON.sub("", cell.split(">>")[0].strip()).replace("⏎", "\n")
    pieces = text.split("~")  # every second piece is a note: printed as it stands
    return "".join(piece if at % 2 else LOOSE.sub("", AGENCY.sub(r"\1", piece)) for at, piece in enumerate(pieces))


def _cells(text: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in f" {text} ".split("|"))


def _line(text: str, width: int) -> Line:
    kind = text[0] if text[:2] in {"# ", "= ", "+ ", "! ", "? "} else ""
    cells = _cells(text[2:] if kind else text)
    if kind == "=":
        cells = (cells[0], *("<" for _ in range(width - 1)))
    return Line(kind, cells + ("",) * (width - len(cells)))
