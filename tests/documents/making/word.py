"""Word files: the parts of a document as paragraphs and tables, on request in the letters of the old .VnTime font."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from tests.documents.making.letters import tcvn3
from tests.documents.making.model import Document, PageBreak, Para, Table, printed

ALIGN = {"title": WD_ALIGN_PARAGRAPH.CENTER, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
MADE_AT = datetime(2026, 1, 5, tzinfo=UTC)
Writer = Callable[[Paragraph, str, bool], None]


def docx(document: Document) -> bytes:
    """The document as Word writes it today."""
    return _file(document, _modern)


def docx_vntime(document: Document) -> bytes:
    """The same with the letters of TCVN3 shown through .VnTime, capitals through .VnTimeH."""
    return _file(document, _old)


def _modern(paragraph: Paragraph, text: str, bold: bool) -> None:
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(11)


def _old(paragraph: Paragraph, text: str, bold: bool) -> None:
    capitals = text.isupper()
    run = paragraph.add_run(tcvn3(text.lower() if capitals else text))
    run.font.name = ".VnTimeH" if capitals else ".VnTime"
    run.bold = bold


def _file(document: Document, write: Writer) -> bytes:
    word = new_document()
    word.core_properties.created = word.core_properties.modified = MADE_AT
    section = word.sections[0]
    section.left_margin = section.right_margin = Cm(2)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    for part in document.parts:
        if isinstance(part, Table):
            _table(word, part, write)
        elif isinstance(part, PageBreak):
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        else:
            _paragraph(word, part, write)
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def _paragraph(word: WordDocument, part: Para, write: Writer) -> None:
    paragraph = word.add_paragraph()
    if part.style in ALIGN:
        paragraph.alignment = ALIGN[part.style]
    write(paragraph, printed(part.text), part.style in {"title", "heading"})


def _table(word: WordDocument, part: Table, write: Writer) -> None:
    grid = part.grid()
    table = word.add_table(rows=len(grid), cols=part.width)
    if part.borders:
        table.style = "Table Grid"
    if part.widths:
        table.autofit = False
        for column, width in zip(table.columns, part.widths, strict=True):
            for cell in column.cells:
                cell.width = Cm(width)
    for top, row in enumerate(grid):
        for left, text in enumerate(row):
            if text in {"^", "<"}:
                continue
            cell = table.cell(top, left)
            bottom, right = _extent(grid, top, left)
            if (bottom, right) != (top, left):
                cell = cell.merge(table.cell(bottom, right))
            if text.startswith("a:"):
                cell.paragraphs[0].style = "List Number"
                continue
            for at, line in enumerate(text.split("\n")):
                paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                write(paragraph, line, top < len(part.head))
    word.add_paragraph()


def _extent(grid: list[list[str]], top: int, left: int) -> tuple[int, int]:
    """The last row and column that a merged cell covers."""
    right = left
    while right + 1 < len(grid[top]) and grid[top][right + 1] == "<":
        right += 1
    bottom = top
    while bottom + 1 < len(grid) and grid[bottom + 1][left] == "^":
        bottom += 1
    return bottom, right
