"""Makes the three Word files of the sample from the plain text beside this module.

    python -m tiendo.config.sample.build

The same sources give the same files: no clock goes in, and the parts of the package carry a fixed time.
"""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

HERE = Path(__file__).resolve().parent
MARK = "DỮ LIỆU MINH HỌA – không phải văn bản của cơ quan nhà nước"
MADE_AT = datetime(2025, 2, 20, 8, 0, 0)  # noqa: DTZ001 – package properties carry no zone
ZIP_TIME = (2025, 2, 20, 8, 0, 0)
ATTACHED = "(Kèm theo Kế hoạch số 68/KH-UBND ngày 20/02/2025; cập nhật tên đơn vị cấp xã từ ngày 01/7/2025)"
CENTRE, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY

INDICATOR_HEAD = ("TT", "Chỉ tiêu", "Đơn vị", "Mục tiêu 2025", "Mục tiêu 2030", "Cơ quan chủ trì theo dõi, đánh giá")
TASK_HEAD = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm")


def rows_of(name: str) -> list[list[str]]:
    """The rows of one of the tables beside this module, without their header."""
    with (HERE / name).open(encoding="utf-8", newline="") as source:
        return list(csv.reader(source))[1:]


def plan_document() -> bytes:
    """The plan: letterhead, headings, items, signature and recipients."""
    head, _, body = (HERE / "plan.md").read_text(encoding="utf-8").partition("---\n")
    facts = _facts(head)
    document = _blank()
    _letterhead(document, facts)
    _line(document, facts["kind"][0], bold=True, align=CENTRE, size=14)
    _line(document, facts["title"][0], bold=True, align=CENTRE, size=14)
    for text in filter(None, (line.strip() for line in body.splitlines())):
        _body_line(document, text)
    _closing(document, facts)
    return _packed(document)


def indicator_annex() -> bytes:
    """Phụ lục I: the indicators, in groups."""
    title = ("PHỤ LỤC I", "CHỈ TIÊU THỰC HIỆN NGHỊ QUYẾT SỐ 57-NQ/TW TRÊN ĐỊA BÀN TỈNH (MINH HỌA)")
    return _annex(title, INDICATOR_HEAD, rows_of("indicators.csv"), (1.2, 8.5, 3, 2.8, 2.8, 6.5))


def task_annex() -> bytes:
    """Phụ lục II: the tasks under the eight groups of the plan."""
    title = ("PHỤ LỤC II", "DANH MỤC NHIỆM VỤ CỤ THỂ THỰC HIỆN NGHỊ QUYẾT SỐ 57-NQ/TW (MINH HỌA)")
    return _annex(title, TASK_HEAD, rows_of("tasks.csv"), (1.2, 7.5, 4.3, 4.8, 2.9, 4.6))


def evidence_document(title: str) -> bytes:
    """A minute of one page, for reports whose evidence is a file."""
    document = _blank()
    _line(document, title.upper(), bold=True, align=CENTRE, size=14)
    _line(document, f"({MARK})", italic=True, align=CENTRE)
    _line(
        document, "Các bên thống nhất nội dung nêu tại tên văn bản này; chi tiết lưu tại đơn vị chủ trì.", align=JUSTIFY
    )
    return _packed(document)


FILES = {"ke-hoach.docx": plan_document, "phu-luc-1.docx": indicator_annex, "phu-luc-2.docx": task_annex}


def _facts(head: str) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = defaultdict(list)
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        facts[key].append(value)
    return facts


def _blank(*, landscape: bool = False) -> Any:
    """A4, Times New Roman 14, the mark in the page header; no clock in the properties."""
    document = Document()
    font = document.styles["Normal"].font
    font.name, font.size = "Times New Roman", Pt(12 if landscape else 14)
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    section = document.sections[0]
    width, height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.page_width, section.page_height = width, height
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    header = section.header.paragraphs[0]
    header.text, header.alignment = MARK, CENTRE
    properties = document.core_properties
    properties.author = properties.last_modified_by = "Nhóm Tiến Độ"
    properties.created = properties.modified = MADE_AT
    return document


def _line(place: Any, text: str, *, bold: bool = False, italic: bool = False, align: Any = LEFT, size: int = 13) -> Any:
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _letterhead(document: Any, facts: dict[str, list[str]]) -> None:
    table = document.add_table(rows=2, cols=2)
    left, right = table.rows[0].cells
    _fill(left, [(line, True, False) for line in (*facts["parent"], *facts["issuer"])])
    _fill(right, [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False), ("Độc lập - Tự do - Hạnh phúc", True, False)])
    left, right = table.rows[1].cells
    _fill(left, [(facts["number"][0], False, False)])
    _fill(right, [(facts["place"][0], False, True)])


def _fill(cell: Any, lines: Iterable[tuple[str, bool, bool]], *, align: Any = CENTRE, size: int = 13) -> None:
    """Writes lines of (text, bold, italic) into a cell, the first into its own empty paragraph."""
    for at, (text, bold, italic) in enumerate(lines):
        if at:
            _line(cell, text, bold=bold, italic=italic, align=align, size=size)
            continue
        run = cell.paragraphs[0].add_run(text)
        cell.paragraphs[0].alignment = align
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _body_line(document: Any, text: str) -> None:
    if text.startswith("#"):
        marks, _, heading = text.partition(" ")
        _line(document, heading, bold=True, italic=len(marks) == 3, size=14)
        return
    paragraph = _line(document, text, align=JUSTIFY, size=14)
    paragraph.paragraph_format.first_line_indent = Cm(1.27)


def _closing(document: Any, facts: dict[str, list[str]]) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    recipients = [(f"- {name}", False, False) for name in facts["recipient"]]
    _fill(left, [("Nơi nhận:", True, True), *recipients], align=LEFT, size=11)
    _fill(right, [(line, True, False) for line in (*facts["capacity"], "", *facts["signer"])])


def _annex(title: tuple[str, str], head: Sequence[str], rows: list[list[str]], widths: Sequence[float]) -> bytes:
    document = _blank(landscape=True)
    for text in title:
        _line(document, text, bold=True, align=CENTRE, size=14)
    _line(document, ATTACHED, italic=True, align=CENTRE)
    _line(document, f"({MARK})", italic=True, align=CENTRE)
    table = document.add_table(rows=1 + len(rows), cols=len(head))
    table.style, table.autofit = "Table Grid", False
    for row, texts in zip(table.rows, [head, *rows], strict=True):
        _write_row(row, texts, widths, bold=texts is head or (not any(texts[2:]) and not texts[0].isdigit()))
    return _packed(document)


def _write_row(row: Any, texts: Sequence[str], widths: Sequence[float], *, bold: bool) -> None:
    for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = Cm(widths[at])
        _fill(cell, [(text, bold, False)], align=CENTRE if at == 0 else LEFT, size=12)


def _packed(document: Any) -> bytes:
    """The package with a fixed time on every part, so that the same sources give the same bytes."""
    made, fixed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            part = zipfile.ZipInfo(name, ZIP_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return fixed.getvalue()


if __name__ == "__main__":
    for file_name, make in FILES.items():
        (HERE / file_name).write_bytes(make())
