"""Which tables of a document hold tasks or indicators, where their headers stand, and their rows in document order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tiendo.intake.extraction.annex_headings import is_attachment, read_heading
from tiendo.intake.extraction.cells import Entry
from tiendo.intake.extraction.columns import Columns, Span, columns_at, could_be_header
from tiendo.intake.extraction.families import settle
from tiendo.intake.extraction.headers import head_key
from tiendo.intake.extraction.marks import read_mark
from tiendo.intake.extraction.rows import Rows, closes
from tiendo.intake.extraction.spelling import one_line
from tiendo.intake.reading.blocks import Block, Paragraph, Row, SourceDocument, Table

LEAST_WIDTH = 3
SHEET_LABEL = re.compile(
    r"^(?:phụ lục|phu luc|pl)[\s_.-]{0,3}(?:số\s)?0{0,3}(?P<label>[IVX]{1,6}|\d{1,2})\b", re.IGNORECASE
)
NUMBER_HEADS = frozenset(map(head_key, ("tt", "stt", "số tt", "số thứ tự")))


@dataclass
class AnnexTable:
    """The entries of one annex table, continued ones included, with the label of the annex it stands in."""

    label: str
    columns: Columns
    entries: list[Entry] = field(default_factory=list)


@dataclass
class Tables:
    """All annex tables of a document, the text that stands outside them, and the tables that could not be placed."""

    found: list[AnnexTable] = field(default_factory=list)
    outside: list[Paragraph] = field(default_factory=list)
    unplaced: list[Table] = field(default_factory=list)


@dataclass
class _Open:
    label: str
    rows: Rows
    first: Columns
    sheet: str | None = None


def find_tables(source: SourceDocument) -> Tables:
    """Read every table of a document once, in order."""
    return _Finder().read(source.blocks)


def _headers(rows: Sequence[Row]) -> Iterator[tuple[int, Columns]]:
    """Every header of a table with the row it begins at; a table may repeat it, or change to another."""
    at = 0
    while at < len(rows):
        columns = columns_at(rows, at) if could_be_header(rows[at]) else None
        if columns is not None:
            better = columns_at(rows, at + 1) if at + 1 < len(rows) and columns.depth == 1 else None
            if better is not None and len(better.at) > len(columns.at) + 1:
                at, columns = at + 1, better
            yield at, columns
            at += columns.depth
        else:
            at += 1


class _Finder:
    """One pass over the blocks, with the table that is open for continuation."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._open: _Open | None = None
        self._label = "PL"

    def read(self, blocks: Sequence[Block]) -> Tables:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._heard(block)
                self._tables.outside.append(block)
            else:
                self._table(block)
        self._close()
        return self._tables

    def _heard(self, paragraph: Paragraph) -> None:
        heading = read_heading(paragraph.text)
        if heading:
            self._label = heading.path

    def _close(self) -> None:
        if self._open:
            entries = settle(self._open.rows.entries, self._open.first)
            self._tables.found.append(AnnexTable(self._open.label, self._open.first, entries))
        self._open = None

    def _table(self, table: Table) -> None:
        headers = list(_headers(table.rows))
        if headers:
            self._sheet(table)
            self._headed(table, headers)
        elif self._open and _goes_on(table, self._open):
            self._more(table, self._open)
        else:
            if _looks_like_rows(table) and read_mark(table.rows[0].cells[0].text).counts:
                self._tables.unplaced.append(table)
            self._tables.outside.extend(table.own_paragraphs())

    def _sheet(self, table: Table) -> None:
        found = SHEET_LABEL.match(table.position.sheet or "")
        if found:
            self._label = f"PL-{found['label'].upper()}"

    def _headed(self, table: Table, headers: Sequence[tuple[int, Columns]]) -> None:
        stops = [*(top for top, _columns in headers[1:]), len(table.rows)]
        self._above(table.rows[: headers[0][0]])
        for (top, columns), stop in zip(headers, stops, strict=True):
            body = table.rows[top + columns.depth : stop]
            titles = _title_rows(body) if stop < len(table.rows) else 0
            self._start(columns, body[: len(body) - titles], table.position.sheet)
            self._above(body[len(body) - titles :])

    def _above(self, rows: Sequence[Row]) -> None:
        """Rows over a header are text: a title, the number of the annex, the plan it belongs to."""
        for row in rows:
            for cell in row.cells:
                if cell.text.strip() and not (cell.across or cell.inherited):
                    for text in filter(None, map(str.strip, cell.text.split("\n"))):
                        paragraph = Paragraph(text, row.position)
                        self._heard(paragraph)
                        self._tables.outside.append(paragraph)

    def _start(self, columns: Columns, body: Sequence[Row], sheet: str | None) -> None:
        columns = _shifted(body, columns)
        numbered = _numbered(body, columns)
        same = self._open and self._open.label == self._label and _alike(self._open.first, columns)
        if self._open and same:
            self._open.rows.turn(columns, numbered, anew=self._open.sheet != sheet)
            self._open.sheet = sheet
        else:
            self._close()
            self._open = _Open(self._label, Rows(columns, numbered), columns, sheet)
        self._feed(self._open.rows, body)

    def _more(self, table: Table, open_: _Open) -> None:
        columns = _fitted(table, open_)
        open_.rows.turn(columns, _numbered(table.rows, columns))
        self._feed(open_.rows, table.rows)

    def _feed(self, rows: Rows, body: Sequence[Row]) -> None:
        """Rows as far as the foot of the table; what stands below is text again."""
        stop = next((at for at, row in enumerate(body) if closes(row)), len(body))
        rows.feed(body[:stop])
        self._above(body[stop:])


def _alike(first: Columns, again: Columns) -> bool:
    """Whether a header repeats the one that is open: the same parts, though columns may stand elsewhere."""
    return first.kind == again.kind and (
        first.at.keys() == again.at.keys() or len(first.keys & again.keys) >= max(len(first.at) - 1, 2)
    )


def _title_rows(body: Sequence[Row]) -> int:
    """How many rows at the end of a part are titles of the next one: "PHỤ LỤC II" above another header."""
    for count, row in enumerate(reversed(body), 1):
        printed = [c.text for c in row.cells if c.text.strip() and not (c.across or c.inherited)]
        if len(printed) > 1:
            return 0
        if printed and (read_heading(printed[0]) or is_attachment(printed[0])):
            return count
    return 0


def _shifted(body: Sequence[Row], columns: Columns) -> Columns:
    """Columns one place to the left where a file lost its automatic numbers and every row begins with its name."""
    span, last = columns.at.get("number"), columns.leaves[-1]
    if span != (0, 1) or columns.at[columns.name][0] != 1:
        return columns
    firsts = [read_mark(row.cells[0].text).style for row in body if row.cells and row.cells[0].text.strip()]
    blank = all(not any(cell.text.strip() for cell in row.cells[last[0] : last[1]]) for row in body)
    if not blank or not firsts or any(style != "words" for style in firsts) or any(_spans(row) for row in body):
        return columns
    at = {role: (start - 1, stop - 1) for role, (start, stop) in columns.at.items() if role != "number"}
    return replace(columns, at=at, others=tuple((head, (a - 1, b - 1)) for head, (a, b) in columns.others))


def _spans(row: Row) -> bool:
    """Whether a row holds one cell only: a group, which proves nothing about the columns."""
    return sum(bool(cell.text.strip()) and not cell.across for cell in row.cells) < LEAST_WIDTH - 1


def _numbered(body: Sequence[Row], columns: Columns) -> bool:
    """Whether the rows of a table carry numbers at all."""
    span = columns.at.get("number")
    if span is None:
        return False
    counted = (read_mark(row.cells[span[0]].text).style for row in body if span[0] < len(row.cells))
    return any(style in {"number", "code"} for style in counted)


def _width(table: Table) -> int:
    return max((len(row.cells) for row in table.rows), default=0)


def _goes_on(table: Table, open_: _Open) -> bool:
    """Whether a table without header continues the open one: as wide, its rows numbered on or going on."""
    width = _width(table)
    if width not in {open_.rows.columns.width, len(open_.rows.columns.leaves)} or not open_.rows.entries:
        return False
    heads = {head_key(one_line(cell.text)) for row in table.rows[:2] for cell in row.cells}
    return not heads & NUMBER_HEADS and (width > LEAST_WIDTH or _looks_like_rows(table, 1))


def _looks_like_rows(table: Table, least: int = 2) -> bool:
    """Whether a table without a known header seems to hold numbered rows."""
    if _width(table) < LEAST_WIDTH or not table.rows:
        return False
    marks = [read_mark(row.cells[0].text) for row in table.rows if row.cells]
    return sum(mark.style in {"number", "code", "roman"} for mark in marks) >= max(least, len(marks) // 2)


def _fitted(table: Table, open_: _Open) -> Columns:
    """The open table's columns laid over a part that lost its merged grid columns: one column each, in order."""
    columns = open_.rows.columns
    if _width(table) == columns.width:
        return columns
    place: dict[Span, Span] = {span: (at, at + 1) for at, span in enumerate(columns.leaves)}
    moved = {
        "at": {role: place[span] for role, span in columns.at.items()},
        "others": tuple((head, place[span]) for head, span in columns.others),
        "path": tuple((year, place[span]) for year, span in columns.path),
        "ticks": tuple((year, place[span]) for year, span in columns.ticks),
        "width": _width(table),
    }
    return Columns(**{**vars(columns), **moved})
