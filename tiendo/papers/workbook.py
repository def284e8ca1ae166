"""Tables as an XLSX workbook: styled heading row, frozen, with widths; words are never formulas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from tiendo.papers.text import clean

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767  # characters that one cell may hold
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}

Value = str | int | Decimal | date | datetime | bool | None


class Kind(StrEnum):
    """How a column's values are written and shown."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"


_NUMBER_FORMATS = {Kind.TEXT: "@", Kind.NUMBER: "#,##0.##", Kind.DATE: "dd/mm/yyyy", Kind.MOMENT: "dd/mm/yyyy hh:mm"}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: heading, width in characters, kind."""

    title: str
    width: int = 20
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Sheet:
    """One sheet; a note, when there is one, stands above the heading row."""

    title: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Sequence[Value]]
    note: str = ""


def render_workbook(sheets: Sequence[Sheet], *, made_at: datetime, title: str = "") -> bytes:
    """Write the sheets; `made_at` (with a time zone) becomes the creation time, so equal input gives equal bytes."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": clean(title), "created": made_at.astimezone(_HANOI).replace(tzinfo=None)})
    formats = _formats(book)
    taken: set[str] = set()
    for sheet in sheets:
        _write_sheet(book.add_worksheet(_sheet_name(sheet.title, taken)), sheet, formats)
    book.close()
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    body = {
        kind.value: book.add_format(_FONT | {"num_format": shown, "text_wrap": kind is Kind.TEXT, "border": 1})
        for kind, shown in _NUMBER_FORMATS.items()
    }
    # The quote prefix keeps the text a text even after somebody edits the cell.
    risky = book.add_format(_FONT | {"num_format": "@", "text_wrap": True, "border": 1, "quote_prefix": True})
    head = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1, "bg_color": "#E7EDF4"}
    return body | {"risky": risky, "head": book.add_format(_FONT | head), "note": book.add_format({"italic": True})}


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    top = 1 if sheet.note else 0
    if sheet.note:
        page.write_string(0, 0, clean(sheet.note), formats["note"])
    for x, column in enumerate(sheet.columns):
        page.set_column(x, x, column.width)
        page.write_string(top, x, clean(column.title), formats["head"])
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    for y, row in enumerate(sheet.rows, start=top + 1):
        for x, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, y, x, value, column.kind, formats)
    if sheet.columns:
        page.autofilter(top, 0, top + len(sheet.rows), len(sheet.columns) - 1)


def _write_cell(page: Any, y: int, x: int, value: Value, kind: Kind, formats: dict[str, Any]) -> None:
    """Write by the value's type: a text is a text even in a column of numbers."""
    match value:
        case None:
            page.write_blank(y, x, None, formats[kind])
        case bool():
            page.write_string(y, x, "Có" if value else "Không", formats[Kind.TEXT])
        case int() | Decimal():
            page.write_number(y, x, value, formats[kind if kind is Kind.NUMBER else Kind.TEXT])
        case datetime():
            page.write_datetime(y, x, value.astimezone(_HANOI).replace(tzinfo=None), formats[Kind.MOMENT])
        case date():
            page.write_datetime(y, x, value, formats[Kind.DATE])
        case str():
            text = clean(value)[:_LONGEST]
            page.write_string(y, x, text, formats["risky" if text.startswith(_RISKY) else Kind.TEXT])


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name Excel takes: at most 31 characters, none of []:*?/\\, not one already used."""
    base = re.sub(r"[\[\]:*?/\\]", " ", clean(title)).strip("' \n")[:31].strip("' ") or "Bảng"
    name, number = base, 2
    while name.casefold() in taken:
        ending = f" ({number})"
        name, number = base[: 31 - len(ending)] + ending, number + 1
    taken.add(name.casefold())
    return name
