"""Word files: paragraphs with their automatic numbers, tables with merged cells spread over the grid.

The XML is walked directly: asking python-docx for `row.cells` costs seconds on a long annex.
"""

import io
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Any

from docx import Document

from tiendo.intake.reading.blocks import Block, Cell, Paragraph, Position, Read, Row, Table
from tiendo.intake.reading.errors import Unreadable
from tiendo.intake.reading.numbering import Numbering, W
from tiendo.intake.reading.progress import Progress
from tiendo.intake.reading.text import clean

SKIPPED = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}instrText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}smartTag", f"{W}customXml"}
WIDEST = 200


def read_docx(data: bytes, progress: Progress) -> Read:
    """Blocks of a Word file, and one plain line for each paragraph and each table row.

    Raises Unreadable when Word itself could not open it, or it holds no text.
    """
    walk = _open(data)
    if not any(line.strip() for line in walk.lines):
        raise Unreadable(_("Tệp Word không có chữ nào; nếu là bản quét, hãy nhận dạng chữ (OCR) trước."))
    return Read(tuple(walk.blocks), tuple(walk.lines))


def _open(data: bytes) -> "_Walk":
    try:
        document = Document(io.BytesIO(data))
        walk = _Walk(Numbering(_numbering_of(document), document.styles.element))
        walk.body(document.element.body)
    except Unreadable:
        raise
    except Exception as error:  # a damaged package fails in many ways inside three libraries; all mean the same
        raise Unreadable(_("Tệp Word bị hỏng, không mở được; hãy mở bằng Word, lưu lại rồi thử lại.")) from error
    return walk


def _numbering_of(document: Any) -> Any:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering") and not relation.is_external:
            return relation.target_part.element
    return None


@dataclass
class _Walk:
    """One pass through the body, counting as it goes."""

    numbering: Numbering
    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def body(self, node: Any) -> None:
        for child in node:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in WRAPPERS:
                self.body(child)

    def _paragraph(self, node: Any) -> None:
        self.paragraphs += 1
        text = clean(self.numbering.label(node) + _text(node)).strip()
        self.lines.append(text.replace("\n", " "))
        for part in filter(None, (line.strip() for line in text.split("\n"))):
            self.blocks.append(Paragraph(part, Position(line=len(self.lines), paragraph=self.paragraphs)))

    def _table(self, node: Any) -> None:
        self.tables += 1
        start, rows = len(self.lines) + 1, list[Row]()
        above: tuple[Cell, ...] = ()
        for at, row in enumerate(_rows(node), 1):
            place = Position(line=len(self.lines) + 1, table=self.tables, row=at)
            above = self._row(row, place, above)
            rows.append(Row(above, place))
            self.lines.append(" | ".join(" ".join(c.text.split()) for c in above if not (c.inherited or c.across)))
        self.blocks.append(Table(tuple(rows), Position(line=start, table=self.tables)))

    def _row(self, node: Any, place: Position, above: tuple[Cell, ...]) -> tuple[Cell, ...]:
        cells: list[Cell] = [_blank(place)] * _skipped_columns(node)
        for cell in node.iterfind(f"{W}tc"):
            spread, continues = _merge(cell)
            text = above[len(cells)].text if continues and len(cells) < len(above) else self._cell_text(cell)
            at = Position(line=place.line, table=place.table, row=place.row, cell=len(cells) + 1)
            room = max(1, min(spread, WIDEST - len(cells)))  # cells that claim more than a page has are still one each
            cells.extend(Cell(text, at, inherited=continues, across=extra > 0) for extra in range(room))
        return tuple(cells)

    def _cell_text(self, cell: Any) -> str:
        texts = [clean(self.numbering.label(p) + _text(p)).strip() for p in cell.iter(f"{W}p")]
        return "\n".join(filter(None, texts))


def _rows(table: Any) -> list[Any]:
    return [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl"), None) is table]


def _blank(place: Position) -> Cell:
    return Cell("", place)


def _skipped_columns(row: Any) -> int:
    found = row.find(f"{W}trPr/{W}gridBefore")
    return 0 if found is None else min(int(found.get(f"{W}val", "0")), WIDEST)


def _merge(cell: Any) -> tuple[int, bool]:
    """How many columns the cell covers, and whether it only continues the one above."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    down = cell.find(f"{W}tcPr/{W}vMerge")
    spread = 1 if span is None else max(1, min(int(span.get(f"{W}val", "1")), WIDEST))
    return spread, down is not None and down.get(f"{W}val", "continue") == "continue"


def _text(paragraph: Any) -> str:
    """The paragraph's text as shown: insertions in, deletions and field codes out."""
    pieces: list[str] = []
    stack = [paragraph]
    while stack:
        node = stack.pop()
        if node.tag in SKIPPED:
            continue
        if node.tag == f"{W}t":
            pieces.append(node.text or "")
        elif node.tag in BREAKS and node.getparent().tag == f"{W}r":
            pieces.append(BREAKS[node.tag])
        else:
            stack.extend(reversed(node))
    return "".join(pieces)
