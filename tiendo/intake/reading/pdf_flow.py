"""Pages to blocks: wrapped lines become paragraphs, tables that go on over pages become one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tiendo.intake.reading.blocks import Block, Paragraph, Position
from tiendo.intake.reading.pdf_lines import ANY_MARK, ENDED, Line, is_full, join, opens_item
from tiendo.intake.reading.pdf_margins import leading, reaches, without_furniture
from tiendo.intake.reading.pdf_page import Page
from tiendo.intake.reading.pdf_rows import Chain, goes_on
from tiendo.intake.reading.pdf_sides import mended_sides
from tiendo.intake.reading.pdf_tables import Sheet

WIDER = 1.25  # of the usual distance of lines: more is a gap between paragraphs
SAME_SIZE = 0.12
CLOSER = 0.85
SHORT = 0.4
HALF = 0.5  # of the column: a shorter line at its right side is no wrapped line
FLUSH = 4.0  # points
BASIS = "Căn cứ "  # what a document rests on: each begins a paragraph, however near it stands to the title
HANGING = 80.0  # points a list item's wrapped lines may stand to the right of its mark


@dataclass
class _Growing:
    """A paragraph while its lines come in."""

    first: Line
    last: Line
    page: int
    text: str
    gap: bool
    count: int = 1


@dataclass
class Flow:
    """Collects the blocks of a document and the lines they count."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    _paragraphs: int = 0
    _tables: int = 0
    _now: _Growing | None = None
    _chain: Chain | None = None
    _kept: list[str] = field(default_factory=list)  # footnotes until the block they interrupt is whole
    _left: float = 0.0
    _right: float = 0.0
    _leading: float = 0.0

    def read(self, pages: Sequence[Page]) -> None:
        """Take all pages of a document in order."""
        pages = mended_sides(without_furniture(pages))
        ends = reaches(pages)
        for page in pages:
            self._left, self._right = ends[page.number]
            self._leading = leading(page, self._right)
            for at, block in enumerate(page.blocks):
                if isinstance(block, Sheet):
                    self._table(block, page.number, opens_page=at == 0)
                else:
                    self._line(block, block.page or page.number)
            self._notes(page)
        self._close()

    def _notes(self, page: Page) -> None:
        """Footnotes are kept among the lines; they are no part of the text they stand below."""
        self._kept.extend(note.text for note in page.notes)

    def _close(self) -> None:
        if self._now is not None:
            now, self._now = self._now, None
            self._paragraphs += 1
            self.lines.append(now.text)
            place = Position(line=len(self.lines), page=now.page, paragraph=self._paragraphs)
            self.blocks.append(Paragraph(now.text, place, now.gap))
        if self._chain is not None:
            chain, self._chain = self._chain, None
            self._tables += 1
            table, lines = chain.table(self._tables, len(self.lines) + 1)
            self.blocks.append(table)
            self.lines.extend(lines)
        self.lines.extend(self._kept)
        self._kept.clear()

    def _table(self, sheet: Sheet, page: int, *, opens_page: bool) -> None:
        if self._chain is not None and opens_page and goes_on(self._chain, sheet, page):
            self._chain.add(sheet, page)
            return
        self._close()
        self._chain = Chain(sheet, page)

    def _line(self, line: Line, page: int) -> None:
        if self._chain is not None:
            self._close()
        now = self._now
        if now is not None and self._wraps(now, line, page):
            now.text, now.last, now.count = join(now.text, line.text), line, now.count + 1
            return
        gap = now is None or not self._is_title_line(now.last, line, same_page=page == now.page)
        self._close()
        self._now = _Growing(line, line, page, line.text, gap)

    def _is_title_line(self, before: Line, line: Line, *, same_page: bool) -> bool:
        """Whether both lines stand in the middle of the page and close together, as the lines of a title do."""
        return same_page and self._centred(before, line) and self._close_by(before, line)

    def _centred(self, *lines: Line) -> bool:
        """Whether all lines stand in the middle of their column, and not just fill it."""
        spaces = [(line.x0 - self._ends(line)[0], self._ends(line)[1] - line.x1) for line in lines]
        return all(abs(left - right) <= 3 * FLUSH for left, right in spaces) and max(spaces)[0] > FLUSH

    def _ends(self, line: Line) -> tuple[float, float]:
        return (self._left if line.left is None else line.left, self._right if line.right is None else line.right)

    def _close_by(self, before: Line, line: Line) -> bool:
        step = line.base - before.base
        return 0 < step <= WIDER * max(self._leading, 1.0) * line.size

    def _wraps(self, now: _Growing, line: Line, page: int) -> bool:
        """Whether a line goes on with the paragraph above it, told by its place alone."""
        before = now.last
        if line.text.startswith(BASIS):
            return False
        if line.column != before.column or abs(line.size - before.size) > SAME_SIZE * before.size:
            return False
        over_page = line.base <= before.base
        if line.column if over_page else not self._close_by(before, line):
            return False
        left, right = self._ends(before)
        middle = self._centred(now.first, before, line)
        full = is_full(right - before.x1 + (before.x0 - left if middle else 0), line)
        if not full or before.x1 - before.x0 < HALF * (right - left):
            return False
        if middle and line.column:  # letterhead or signature: only closer lines than the others are wrapped ones
            short = line.x1 - line.x0 < SHORT * (before.x1 - before.x0)
            return short and line.base - before.base < CLOSER * line.step
        if line.column and not line.text[0].islower():  # how wide such a column is nobody can tell
            return False
        if middle and line.text[0].isupper() and not line.text.isupper():  # a title's next line, or another paragraph
            return False
        return not opens_item(line, before, full=True) if middle else self._in_place(now, line)

    def _in_place(self, now: _Growing, line: Line) -> bool:
        """Whether a line begins where the wrapped lines of the paragraph begin, and opens no list item."""
        before = now.last
        if now.count > 1 and abs(line.x0 - before.x0) > FLUSH:
            return False
        hanging = bool(ANY_MARK.match(now.first.text)) and line.x0 <= before.x0 + HANGING
        if line.x0 > before.x0 + FLUSH and not hanging:
            return False
        outdented = now.first.x0 - line.x0 > FLUSH
        return not opens_item(line, before, full=True) or (outdented and not ENDED.search(before.text))
