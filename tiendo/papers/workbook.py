"""Tables as an XLSX workbook: styled heading row, frozen, with widths; words are never formulas.

A workbook that people fill in also has drop-downs from named lists, locked columns, hidden sheets and spare rows.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tiendo.papers.text import clean

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767  # characters that one cell may hold
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_LISTS = "_danh_muc"
_LONGEST_HINT = 255
_FILLING_IN = {"sort": True, "autofilter": True, "format_columns": True, "format_rows": True, "insert_rows": True}
_QUIET = {"bg_color": "#F2F2F2", "font_color": "#404040"}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}

Value = str | int | Decimal | date | datetime | bool | None


class Kind(StrEnum):
    """How a column's values are written and shown. WHOLE has no decimal mark, PLAIN as many decimals as it needs."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    PLAIN = "plain"
    DATE = "date"
    MOMENT = "moment"


_MOST_DECIMALS = 6
_EXACT = {f"number.{places}": "#,##0" + ("." + "0" * places if places else "") for places in range(_MOST_DECIMALS + 1)}
_BODY = (*(kind.value for kind in Kind), *_EXACT, "risky")
_NUMBERS = frozenset({Kind.NUMBER, Kind.WHOLE, Kind.PLAIN})
_NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.NUMBER: "#,##0.##",
    Kind.WHOLE: "#,##0",
    Kind.PLAIN: "General",
    Kind.DATE: "dd/mm/yyyy",
    Kind.MOMENT: "dd/mm/yyyy hh:mm",
}


class Shown(StrEnum):
    """Who sees a sheet: everybody, whoever asks Excel for hidden sheets, or programs only."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    FOR_PROGRAMS = "for_programs"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: heading, width in characters, kind.

    `choices` names a list of `render_workbook`; other words may still be typed. `hint` shows while a cell is being
    filled in. A `locked` column cannot be changed in a sheet that is filled in; a `quiet` one is greyed: to look at.
    """

    title: str
    width: int = 20
    kind: Kind = Kind.TEXT
    choices: str = ""
    hint: str = ""
    locked: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet; a note, when there is one, stands above the heading row.

    `spare` blank rows below, or `fills_in`, make it a sheet to fill in: protected (without a password), so that only
    cells of columns that are not locked change; rows of `locked_rows` (from 0) do not change at all. The first
    `frozen_columns` stay in sight.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Sequence[Value]]
    note: str = ""
    spare: int = 0
    shown: Shown = Shown.SHOWN
    fills_in: bool = False
    locked_rows: Set[int] = frozenset()
    frozen_columns: int = 0

    @property
    def is_filled_in(self) -> bool:
        return self.fills_in or self.spare > 0


def render_workbook(
    sheets: Sequence[Sheet],
    *,
    made_at: datetime,
    title: str = "",
    lists: Mapping[str, Sequence[str]] | None = None,
    streams: bool = False,
) -> bytes:
    """Write the sheets; `made_at` (with a time zone) becomes the creation time, so equal input gives equal bytes.

    `lists` are the drop-downs by name (a letter first, then letters, digits and underscores). With `streams` each row
    leaves memory as it is written: for many thousands of rows.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True} if streams else {"in_memory": True})
    book.set_properties({"title": clean(title), "created": made_at.astimezone(_HANOI).replace(tzinfo=None)})
    formats = _formats(book)
    taken: set[str] = set()
    for sheet in sheets:
        _write_sheet(book.add_worksheet(_sheet_name(sheet.title, taken)), sheet, formats)
    if lists:
        _write_lists(book, _sheet_name(_LISTS, taken), lists)
    book.close()
    return buffer.getvalue()


def _write_lists(book: Any, name: str, lists: Mapping[str, Sequence[str]]) -> None:
    """The lists side by side on a sheet nobody needs to see, each under a name that the drop-downs use."""
    page = book.add_worksheet(name)
    page.very_hidden()
    for x, (known_as, entries) in enumerate(lists.items()):
        for y, entry in enumerate(entries):
            page.write_string(y, x, clean(entry)[:_LONGEST])
        column = xl_col_to_name(x, col_abs=True)
        book.define_name(known_as, f"='{name}'!{column}$1:{column}${max(len(entries), 1)}")


def _formats(book: Any) -> dict[str, Any]:
    """Cell formats by kind; "open " before a kind may be changed in a protected sheet, "quiet " is to look at."""
    styles = {
        kind.value: {"num_format": shown, "text_wrap": kind is Kind.TEXT, "border": 1}
        for kind, shown in _NUMBER_FORMATS.items()
    }
    # A number shows the decimals it has: 99.996 must not read as 100. Where somebody may type another, any six.
    styles |= {name: styles[Kind.NUMBER.value] | {"num_format": shown} for name, shown in _EXACT.items()}
    typed = {name: {"num_format": "#,##0.######"} for name in _EXACT}
    # The quote prefix keeps the text a text even after somebody edits the cell.
    styles["risky"] = styles[Kind.TEXT.value] | {"quote_prefix": True}
    head = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1, "bg_color": "#E7EDF4"}
    body = {name: book.add_format(_FONT | style) for name, style in styles.items()}
    open_ones = {name: style | typed.get(name, {}) for name, style in styles.items()}
    unlocked = {f"open {name}": book.add_format(_FONT | style | {"locked": False}) for name, style in open_ones.items()}
    quiet = {f"quiet {name}": book.add_format(_FONT | style | _QUIET) for name, style in styles.items()}
    return body | unlocked | quiet | {"head": book.add_format(_FONT | head), "note": book.add_format({"italic": True})}


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    top = 1 if sheet.note else 0
    if sheet.note:
        page.write_string(0, 0, clean(sheet.note), formats["note"])
    for x, column in enumerate(sheet.columns):
        page.set_column(x, x, column.width)
        page.write_string(top, x, clean(column.title), formats["head"])
    page.freeze_panes(top + 1, sheet.frozen_columns)
    page.repeat_rows(top)
    styles = [_styles(formats, _look(sheet, column)) for column in sheet.columns]
    closed = [_styles(formats, "quiet ")] * len(sheet.columns)
    blanks = [[None] * len(sheet.columns)] * sheet.spare
    for y, row in enumerate([*sheet.rows, *blanks], start=top + 1):
        looks = closed if y - top - 1 in sheet.locked_rows else styles
        for x, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, y, x, value, column.kind, looks[x])
    if sheet.columns:
        page.autofilter(top, 0, top + len(sheet.rows), len(sheet.columns) - 1)
    if sheet.is_filled_in:
        _fill_in(page, sheet, top)
    if sheet.shown is not Shown.SHOWN:
        page.hide() if sheet.shown is Shown.HIDDEN else page.very_hidden()


def _look(sheet: Sheet, column: SheetColumn) -> str:
    """Which formats a column's cells take; see `_formats`."""
    if column.quiet:
        return "quiet "
    return "open " if sheet.is_filled_in and not column.locked else ""


def _styles(formats: dict[str, Any], look: str) -> dict[str, Any]:
    return {name: formats[look + name] for name in _BODY}


def _fill_in(page: Any, sheet: Sheet, top: int) -> None:
    """Drop-downs and hints below the heading row, and the lock on what must not change."""
    last = top + len(sheet.rows) + sheet.spare
    for x, column in enumerate(sheet.columns):
        if column.choices or column.hint:
            kind = {"validate": "list", "source": f"={column.choices}"} if column.choices else {"validate": "any"}
            hint = {"input_message": clean(column.hint)[:_LONGEST_HINT]} if column.hint else {}
            page.data_validation(top + 1, x, last, x, kind | hint | {"error_type": "information"})
    page.protect("", _FILLING_IN)


def _number_look(kind: Kind, value: int | Decimal) -> str:
    """The format of a number: in a column of numbers the one with as many decimals as it has."""
    if kind is not Kind.NUMBER:
        return kind.value if kind in _NUMBERS else Kind.TEXT.value
    exponent = Decimal(value).normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"number.{min(places, _MOST_DECIMALS)}"


def _write_cell(page: Any, y: int, x: int, value: Value, kind: Kind, formats: dict[str, Any]) -> None:
    """Write by the value's type: a text is a text even in a column of numbers."""
    match value:
        case None:
            page.write_blank(y, x, None, formats[kind])
        case bool():
            page.write_string(y, x, "Có" if value else "Không", formats[Kind.TEXT])
        case int() | Decimal():
            page.write_number(y, x, value, formats[_number_look(kind, value)])
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
