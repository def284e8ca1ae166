"""Cutting a sheet into paragraphs and tables by its shape alone. Pure; what the words mean is asked elsewhere.

Rows with one text before a table are paragraphs (titles); the same inside a table are rows of it (groups). A blank row
ends a table unless the columns go on below it, so a table typed with gaps stays one table.
"""

import re
from dataclasses import dataclass, field

from tiendo.intake.reading.blocks import Block, Cell, Paragraph, Position, Row, Table
from tiendo.plans.spreadsheets.grid import Grid, Place

NUMBERED = re.compile(r"^\(?(?:[IVXLC]{1,7}|[A-Za-zĐđ]|[^\s\d]{0,20}\d[^\s]{0,30})\)?[.)]?$")
LONGEST_HEAD = 80
REAL_TABLE = 3  # columns; a letterhead or a signature has fewer

Line = tuple[int, tuple[Place, ...]]


@dataclass
class Open:
    """A table that is being collected: its rows, and what is known of its columns (indexes from 0)."""

    lines: list[Line] = field(default_factory=list)
    columns: int = 0
    used: set[int] = field(default_factory=set)
    numbered: set[int] = field(default_factory=set)

    def add(self, line: Line) -> None:
        """Take a row; `columns` becomes how many the fullest row fills, `numbered` where rows begin with a number."""
        own = _own(line[1])
        self.lines.append(line)
        self.columns = max(self.columns, len(own))
        self.used.update(own)
        if own and NUMBERED.match(line[1][own[0]].text):
            self.numbered.add(own[0])

    @property
    def first(self) -> int:
        """The leftmost column in use."""
        return min(self.used)

    @property
    def counts(self) -> bool:
        """Do rows begin with a number in the leftmost column?"""
        return self.first in self.numbered


@dataclass
class Blocks:
    """Collects the blocks and plain lines of all sheets, counting as it goes."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def add(self, grid: Grid) -> None:
        """Cut one sheet."""
        table: Open | None = None
        waiting: list[Line] = []
        last, gap = None, True
        for line in grid.lines():
            number, places = line
            gap = gap or (last is not None and number > last + 1)
            last = number
            own = _own(places)
            if len(own) == 1 or not own:
                waiting.append(line)
            elif table is not None and not _starts_anew(table, places, gap=gap, titled=bool(waiting)):
                for each in (*waiting, line):
                    table.add(each)
                waiting, gap = [], False
            else:
                self._close(table, grid, waiting)
                table, waiting, gap = Open(), [], False
                table.add(line)
        self._close(table, grid, waiting)

    def _close(self, table: Open | None, grid: Grid, waiting: list[Line]) -> None:
        """The table ends; single texts right below it that stand in a later column still belong to its last row."""
        if table is None:
            self._titles(waiting, grid)
            return
        bottom = table.lines[-1][0]
        taken = 0
        while taken < len(waiting) and waiting[taken][0] == bottom + 1 and _continues(waiting[taken][1], table):
            table.add(waiting[taken])
            taken, bottom = taken + 1, bottom + 1
        self._table(table, grid)
        self._titles(waiting[taken:], grid)

    def _titles(self, lines: list[Line], grid: Grid) -> None:
        above = None
        for number, places in lines:
            column = next((at for at, place in enumerate(places) if place.text and not place.inherited), None)
            if column is None:
                continue
            self.paragraphs += 1
            text = places[column].text
            self.lines.append(" ".join(text.split()))
            place = Position(
                len(self.lines), paragraph=self.paragraphs, row=number, cell=column + 1, sheet=grid.name
            )  # fmt: skip
            for part in filter(None, (part.strip() for part in text.split("\n"))):
                self.blocks.append(Paragraph(part, place, gap=above is None or number > above + 1))
            above = number

    def _table(self, table: Open, grid: Grid) -> None:
        self.tables += 1
        width = len(table.lines[0][1])
        if table.columns < REAL_TABLE:
            width = 1 + max(table.used)
        start = len(self.lines) + 1
        rows = tuple(self._row(line, width, grid) for line in table.lines)
        self.blocks.append(Table(rows, Position(start, table=self.tables, row=rows[0].position.row, sheet=grid.name)))

    def _row(self, line: Line, width: int, grid: Grid) -> Row:
        number, places = line
        self.lines.append(" | ".join(" ".join(p.text.split()) for p in places[:width] if not (p.inherited or p.across)))
        at = Position(len(self.lines), table=self.tables, row=number, sheet=grid.name)
        cells = (
            Cell(
                place.text,
                Position(at.line, table=at.table, row=number, cell=column, sheet=grid.name),
                inherited=place.inherited,
                across=place.across,
            )
            for column, place in enumerate(places[:width], 1)
        )
        return Row(tuple(cells), at)


def _own(places: tuple[Place, ...]) -> list[int]:
    return [at for at, place in enumerate(places) if place.own]


def _begins_with_number(places: tuple[Place, ...], column: int) -> bool:
    return bool(NUMBERED.match(places[column].text)) and not places[column].inherited


def _heads(places: tuple[Place, ...], first: int) -> bool:
    """Could this row be the header of another table? Short words in three columns or more, none of them a number."""
    own = _own(places)
    return (
        len(own) >= REAL_TABLE
        and own[0] <= first
        and not NUMBERED.match(places[own[0]].text)
        and all(len(places[at].text) <= LONGEST_HEAD for at in own)
    )


def _starts_anew(table: Open, places: tuple[Place, ...], *, gap: bool, titled: bool) -> bool:
    """Does another table begin with this row, rather than the open one going on?"""
    if not (gap or titled):
        return False
    real = table.columns >= REAL_TABLE
    if _heads(places, table.first):
        return gap or not real or table.counts
    goes_on = _begins_with_number(places, table.first) or len(_own(places)) >= REAL_TABLE
    return gap and not (real and goes_on)


def _continues(places: tuple[Place, ...], table: Open) -> bool:
    own = _own(places)
    return bool(own) and own[0] > table.first and (table.columns >= REAL_TABLE or own[0] in table.used)
