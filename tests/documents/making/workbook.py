"""Workbooks: each table on its sheet, the paragraphs before it above it, merged cells merged, numbers as numbers."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.documents.making.model import Document, PageBreak, Para, Part, Table, printed
from tests.documents.making.word import MADE_AT, _extent


def xlsx(document: Document) -> bytes:
    """The document as one workbook; a page break or another name of a table begins another sheet."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    book.set_properties({"created": MADE_AT.replace(tzinfo=None)})
    formats = {
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "share": book.add_format({"num_format": "0%"}),
        "bold": book.add_format({"bold": True, "text_wrap": True}),
    }
    sheet, at = book.add_worksheet(_name(document.parts)), 0
    for index, part in enumerate(document.parts):
        if isinstance(part, PageBreak):
            sheet, at = book.add_worksheet(_name(document.parts[index + 1 :])), 0
        elif isinstance(part, Para):
            sheet.write_string(at, 0, printed(part.text))
            at += 1
        else:
            if part.name and part.name != sheet.get_name():
                sheet, at = book.add_worksheet(part.name), 0
            at = _table(sheet, part, at, formats) + 1
    book.close()
    return kept.getvalue()


def _name(parts: Sequence[Part]) -> str | None:
    """The name of the first table before the next page break; Excel's own name without one."""
    for part in parts:
        if isinstance(part, PageBreak):
            return None
        if isinstance(part, Table) and part.name:
            return part.name
    return None


def _table(sheet: Worksheet, table: Table, at: int, formats: dict[str, Format]) -> int:
    """Write one table from row `at`; the row below its last."""
    grid = table.grid()
    for column, width in enumerate(table.widths):
        sheet.set_column(column, column, width * 5)
    for top, row in enumerate(grid):
        for left, text in enumerate(row):
            if not text or text in {"^", "<"}:
                continue
            bottom, right = _extent(grid, top, left)
            form = formats["bold"] if top < len(table.head) else formats["text"]
            if (bottom, right) != (top, left):
                sheet.merge_range(at + top, left, at + bottom, right, "", form)
            _write(sheet, at + top, left, text, form, formats)
    return at + len(grid)


def _write(sheet: Worksheet, row: int, column: int, text: str, form: Format, formats: dict[str, Format]) -> None:
    kind, mark, value = text.partition(":")
    if mark and kind == "n":
        sheet.write_number(row, column, float(value))
    elif mark and kind == "d":
        day = date.fromisoformat(value)
        sheet.write_datetime(row, column, datetime(day.year, day.month, day.day), formats["day"])
    elif mark and kind == "p":
        sheet.write_number(row, column, float(value), formats["share"])
    else:
        sheet.write_string(row, column, text, form)
