"""Excel files of before 2007: the same cells as `xlsx` gives, from records instead of XML.

A library that lays out every cell of such a sheet asks for 500 MB when one far corner is filled; here a sheet costs
what its words cost.
"""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from gettext import gettext as _
from struct import error as StructError
from struct import unpack_from

from tiendo.intake.reading.biff import Record, Texts, packed_number, records, short_text
from tiendo.intake.reading.compound import Compound
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.grid import CONTROLS, Budget, Grid, Span, address
from tiendo.plans.spreadsheets.number_formats import BUILT_IN, shown_number
from tiendo.plans.spreadsheets.progress import Progress
from tiendo.plans.spreadsheets.workbook import SheetFacts, Workbook

BEGIN, END, LOCKED = 0x809, 0x0A, 0x2F
MODERN = 0x600
MOST_SHEETS = 250


@dataclass
class _Book:
    """What the cells of every sheet refer to."""

    modern: bool = True
    code: str = "cp1252"
    from_1904: bool = False
    linked: bool = False
    strings: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    sheets: list[tuple[int, bool, str]] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget)

    def format_of(self, style: int) -> str:
        number = self.styles[style] if style < len(self.styles) else 0
        return self.formats.get(number) or BUILT_IN.get(number, "")


def open_xls(data: bytes, progress: Progress) -> Workbook:
    """Read every worksheet. Raises Unreadable when Excel itself could not open the file, or it is too large."""
    try:
        stream = Compound(data).stream("Workbook", "Book")
        if stream is None:
            raise ValueError("no workbook stream")
        book = _book(stream)
        sheets = []
        for at, (start, hidden, name) in enumerate(book.sheets, 1):
            sheets.append(_sheet(stream, start, SheetFacts(Grid(name), hidden=hidden), book))
            progress(at / len(book.sheets))
    except (ValueError, IndexError, StructError) as error:
        raise Unreadable(_("Tệp Excel bị hỏng, không mở được; hãy mở bằng Excel, lưu lại rồi thử lại.")) from error
    return Workbook(tuple(sheets), linked=book.linked)


def _book(stream: bytes) -> _Book:
    """The first part of the stream: strings, formats, and where each sheet begins."""
    book = _Book()
    for record in records(stream):
        book.budget.look()
        if record.kind == END:
            break
        if record.kind == LOCKED:
            raise Unreadable(_("Tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại."))
        _learn(book, record)
    return book


def _learn(book: _Book, record: Record) -> None:
    data = record.data
    match record.kind:
        case 0x809:  # begin
            book.modern = unpack_from("<H", data)[0] >= MODERN
        case 0x42:  # code page
            book.code = _code(unpack_from("<H", data)[0])
        case 0x22:  # days count from 1904
            book.from_1904 = unpack_from("<H", data)[0] == 1
        case 0x85 if data[5] == 0 and len(book.sheets) < MOST_SHEETS:  # a sheet, no chart or macro
            name = short_text(data, 6, lengths=1, modern=book.modern, code=book.code).translate(CONTROLS)
            book.sheets.append((unpack_from("<I", data)[0], bool(data[4] & 3), name))
        case 0xFC:  # strings
            book.strings = list(_strings(record))
        case 0xE0:  # a cell style
            book.styles.append(unpack_from("<H", data, 2)[0])
        case 0x41E:  # a number format
            lengths = 2 if book.modern else 1
            text = short_text(data, 2, lengths=lengths, modern=book.modern, code=book.code)
            book.formats[unpack_from("<H", data)[0]] = text
        case 0x1AE:  # another file, or the file itself in four bytes
            book.linked = book.linked or len(data) > 4


def _code(page: int) -> str:
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return "cp1252"


def _strings(record: Record) -> Iterator[str]:
    texts = Texts(record, 8)
    for _at in range(unpack_from("<I", record.data, 4)[0]):
        if not texts.left():
            return
        yield texts.string()


def _sheet(stream: bytes, start: int, facts: SheetFacts, book: _Book) -> SheetFacts:
    walk = _Walk(facts, book)
    depth = 0
    for record in records(stream, start):
        book.budget.look()  # two sheets may claim the same records, over and over
        if record.kind == BEGIN:
            depth += 1  # a chart inside the sheet is a stream of its own
        elif record.kind == END:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and record.kind in CELLS:
            CELLS[record.kind](walk, record.data)
    return facts


@dataclass
class _Walk:
    """One pass through the records of a sheet."""

    facts: SheetFacts
    book: _Book
    awaited: tuple[int, int] | None = None

    def _put(self, row: int, column: int, text: str) -> None:
        self.facts.grid.put(row + 1, column + 1, text, self.book.budget)

    def _number(self, row: int, column: int, style: int, value: Decimal) -> None:
        code = self.book.format_of(style)
        self._put(row, column, shown_number(str(value), code, from_1904=self.book.from_1904))

    def number(self, data: bytes) -> None:
        row, column, style, value = unpack_from("<HHHd", data)
        self._number(row, column, style, Decimal(repr(value)))

    def packed(self, data: bytes) -> None:
        row, column, style, value = unpack_from("<HHHI", data)
        self._number(row, column, style, packed_number(value))

    def packed_row(self, data: bytes) -> None:
        row, column = unpack_from("<HH", data)
        for at in range(4, len(data) - 7, 6):
            style, value = unpack_from("<HI", data, at)
            self._number(row, column, style, packed_number(value))
            column += 1

    def shared(self, data: bytes) -> None:
        row, column, _style, at = unpack_from("<HHHI", data)
        self._put(row, column, self.book.strings[at] if at < len(self.book.strings) else "")

    def label(self, data: bytes) -> None:
        row, column = unpack_from("<HH", data)
        self._put(row, column, short_text(data, 6, lengths=2, modern=self.book.modern, code=self.book.code))

    def truth_or_error(self, data: bytes) -> None:
        row, column, _style, value, is_error = unpack_from("<HHHBB", data)
        self._truth_or_error(row, column, value, is_error=bool(is_error))

    def _truth_or_error(self, row: int, column: int, value: int, *, is_error: bool) -> None:
        if is_error:
            self.facts.errors.append(address(row + 1, column + 1))
        else:
            self._put(row, column, "TRUE" if value else "FALSE")

    def formula(self, data: bytes) -> None:
        """The result saved with the formula; the formula itself is never looked at."""
        row, column, style = unpack_from("<HHH", data)
        result, flags = data[6:14], unpack_from("<H", data, 14)[0]
        if result[6:] != b"\xff\xff":
            self._number(row, column, style, Decimal(repr(unpack_from("<d", result)[0])))
        elif result[0] == 0:
            self.awaited = row, column
        elif result[0] in {1, 2}:
            self._truth_or_error(row, column, result[2], is_error=result[0] == 2)
        elif flags & 2:  # "calculate when opened", and nothing saved
            self.facts.uncomputed.append(address(row + 1, column + 1))

    def formula_text(self, data: bytes) -> None:
        if self.awaited:
            self._put(*self.awaited, short_text(data, 0, lengths=2, modern=self.book.modern, code=self.book.code))
            self.awaited = None

    def merged(self, data: bytes) -> None:
        for at in range(unpack_from("<H", data)[0]):
            top, bottom, left, right = unpack_from("<HHHH", data, 2 + 8 * at)
            self.facts.grid.span(Span(top + 1, left + 1, bottom + 1, right + 1))

    def row(self, data: bytes) -> None:
        if unpack_from("<I", data, 12)[0] & 0x20:
            self.facts.hidden_rows.append(unpack_from("<H", data)[0] + 1)

    def columns(self, data: bytes) -> None:
        first, last, _width, _style, options = unpack_from("<HHHHH", data)
        if options & 1:
            self.facts.hide_columns(first + 1, last + 1)


CELLS: dict[int, Callable[[_Walk, bytes], None]] = {
    0x203: _Walk.number,
    0x27E: _Walk.packed,
    0xBD: _Walk.packed_row,
    0xFD: _Walk.shared,
    0x204: _Walk.label,
    0xD6: _Walk.label,
    0x205: _Walk.truth_or_error,
    0x06: _Walk.formula,
    0x206: _Walk.formula,
    0x406: _Walk.formula,
    0x207: _Walk.formula_text,
    0xE5: _Walk.merged,
    0x208: _Walk.row,
    0x7D: _Walk.columns,
}
