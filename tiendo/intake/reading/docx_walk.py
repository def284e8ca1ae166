"""One pass through the body of a Word file: its paragraphs and tables become blocks, counted as they come."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tiendo.intake.reading.blocks import Block, Cell, Paragraph, Position, Row, Table
from tiendo.intake.reading.docx_fonts import Fonts
from tiendo.intake.reading.docx_package import too_much
from tiendo.intake.reading.docx_tables import (
    PARAGRAPH,
    ROW,
    TABLE,
    cells_of,
    children,
    merge_of,
    rows_of,
    skipped_columns,
)
from tiendo.intake.reading.docx_text import PAGE_BREAK, Text, paragraph_text
from tiendo.intake.reading.numbering import Numbering
from tiendo.intake.reading.widths import MOST_CELLS, WIDEST, as_wide
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.letters import clean
from tiendo.plans.spreadsheets.progress import Progress, ignore

MOST_PARAGRAPHS = 300_000  # with the rows; a text of five hundred pages has a tenth
TELL_EVERY = 50  # paragraphs and rows


@dataclass
class Walk:
    """What was met so far. `scheme` names an old font; `witnesses` below zero say that it made no sense."""

    numbering: Numbering
    fonts: Fonts | None
    progress: Progress = ignore
    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    scheme: str | None = None
    witnesses: int = 0
    page: int | None = None
    _paragraphs: int = 0
    _tables: int = 0
    _cells: int = 0
    _expected: int = 1

    def document(self, root: Any) -> None:
        """The whole document; pages are counted where Word recorded at least one page break.

        Raises Unreadable when it has more paragraphs or cells than any real one.
        """
        self._expected = sum(1 for _node in root.iter(PARAGRAPH, ROW))
        if self._expected > MOST_PARAGRAPHS:
            raise Unreadable(too_much())
        self.page = None if next(root.iter(PAGE_BREAK), None) is None else 1
        for body in root:
            self._body(body)

    def _body(self, node: Any) -> None:
        for child in children(node):
            if child.tag == PARAGRAPH:
                self._paragraph(child)
            elif child.tag == TABLE:
                self._table(child)

    def _text(self, node: Any) -> Text:
        found = paragraph_text(node, self.fonts)
        self.scheme, self.witnesses = found.scheme or self.scheme, self.witnesses + found.witnesses
        found.text = clean(self.numbering.label(node) + found.text).strip()
        return found

    def _turn(self, pages: int) -> None:
        self.page = None if self.page is None else self.page + pages

    def _tell(self) -> None:
        if len(self.lines) % TELL_EVERY == 0:
            self.progress(min(len(self.lines) / max(self._expected, 1), 1.0))

    def _paragraph(self, node: Any) -> None:
        found = self._text(node)
        self._paragraphs += 1
        self._turn(found.leading)
        self.lines.append(found.text.replace("\n", " "))
        place = Position(line=len(self.lines), page=self.page, paragraph=self._paragraphs)
        for part in filter(None, (line.strip() for line in found.text.split("\n"))):
            self.blocks.append(Paragraph(part, place))
        self._turn(found.total - found.leading)
        self._tell()
        for box in found.boxes:
            self._body(box)

    def _table(self, node: Any) -> None:
        self._tables += 1
        number, start, rows = self._tables, len(self.lines) + 1, list[Row]()
        above: tuple[Cell, ...] = ()
        first_page = None
        for at, row in enumerate(rows_of(node), 1):
            contents = [(cell, self._content(cell)) for cell in cells_of(row)]
            self._turn(max((content.leading for _cell, content in contents), default=0))
            place = Position(line=len(self.lines) + 1, page=self.page, table=number, row=at)
            first_page = first_page or self.page
            above = self._row(row, contents, place, above)
            rows.append(Row(above, place))
            self.lines.append(" | ".join(" ".join(c.text.split()) for c in above if not (c.inherited or c.across)))
            self._turn(max((content.total - content.leading for _cell, content in contents), default=0))
            self._tell()
        self.blocks.append(Table(as_wide(rows), Position(line=start, page=first_page, table=number)))

    def _row(
        self, node: Any, contents: list[tuple[Any, Text]], place: Position, above: tuple[Cell, ...]
    ) -> tuple[Cell, ...]:
        cells = [Cell("", place)] * skipped_columns(node)
        for cell, content in contents:
            merge, text = merge_of(cell), content.text
            if merge.down:
                text = above[len(cells)].text if len(cells) < len(above) else text
            elif merge.across and cells:
                text = cells[-1].text
            at = replace(place, cell=len(cells) + 1)
            room = max(1, min(merge.spread, WIDEST - len(cells)))  # a cell that claims more than a page is still one
            beside = merge.across and bool(cells)
            cells.extend(Cell(text, at, merge.down, beside or extra > 0) for extra in range(room))
        self._cells += len(cells)
        if self._cells > MOST_CELLS:
            raise Unreadable(too_much())
        return tuple(cells)

    def _content(self, cell: Any) -> Text:
        """The text of a cell, a line for each paragraph and each row of a table inside it."""
        whole, lines = Text(), list[str]()
        for found in self._contents(cell):
            whole.leading += found.leading if not lines and whole.total == whole.leading else 0
            whole.total += found.total
            lines.extend(filter(None, [found.text]))
        whole.text = "\n".join(lines)
        return whole

    def _contents(self, node: Any) -> Iterator[Text]:
        for child in children(node):
            if child.tag == PARAGRAPH:
                found = self._text(child)
                yield found
                for box in found.boxes:
                    yield from self._contents(box)
            elif child.tag == TABLE:
                for row in rows_of(child):
                    inner = [self._content(cell) for cell in cells_of(row)]
                    yield Text(" ".join(filter(None, (" ".join(cell.text.split()) for cell in inner))))
