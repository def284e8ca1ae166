"""Rows of values as they arrive: from a page, a sheet, a CSV file or a program. Pure: texts in, rows out.

Columns are found by their headings, Vietnamese or those of the API, so they may stand in any order.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from tiendo.indicators.checking import Given
from tiendo.orgs.words import fold
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.grid import CONTROLS
from tiendo.plans.spreadsheets.letters import clean
from tiendo.ui.sentences import Sentence

MOST_ROWS = 20_000
FIELDS = ("indicator", "unit", "period", "slice", "status", "value", "no_value", "note")
NEEDED = frozenset({"indicator", "unit", "period", "status", "value"})
HEADINGS = {
    "indicator": _("Mã chỉ tiêu"),
    "unit": _("Mã đơn vị"),
    "period": _("Kỳ"),
    "slice": _("Phân tổ"),
    "status": _("Loại số liệu"),
    "value": _("Giá trị"),
    "no_value": _("Lý do không có số liệu"),
    "note": _("Ghi chú"),
}
_KNOWN = {fold(words): name for name, words in HEADINGS.items()} | {fold(name): name for name in FIELDS}
SEPARATORS = (";", "\t", ",")
ENCODINGS = ("utf-8-sig", "utf-16")


@dataclass(frozen=True)
class Row:
    """One row; `number` is as the file numbers it from 1, in an API call its place. A `strict` one is a program's."""

    number: int
    indicator: str
    unit: str
    period: str
    status: str
    value: str | Decimal | None = None
    no_value: str = ""
    slice: str = ""
    note: str = ""
    strict: bool = False

    @property
    def given(self) -> Given:
        """What is checked."""
        return Given(self.period, self.status, self.value, self.no_value, self.slice, self.note, self.strict)

    @property
    def cell(self) -> tuple[str, str, str, str]:
        """Which cell of the ledger it speaks of, as typed."""
        return self.indicator, self.unit, self.period, self.slice

    def raw(self) -> dict[str, str | bool]:
        """The cells as they came, to be kept."""
        texts = {name: getattr(self, name) for name in FIELDS}
        kept: dict[str, str | bool] = {name: _text(value) for name, value in texts.items() if value not in (None, "")}
        return kept | ({"strict": True} if self.strict else {})


def row_of(number: int, cells: Mapping[str, object]) -> Row:
    """The row of cells by field; what is missing is empty. A Decimal stays one."""
    value = cells.get("value")
    texts = {name: _clean(cells.get(name)) for name in FIELDS if name != "value"}
    read = value if isinstance(value, Decimal) else _clean(value)
    return Row(number, **texts, value=read, strict=bool(cells.get("strict")))


def digest_of(rows: Iterable[Row], source: str) -> str:
    """SHA-256 of what was said, for deliveries that are no file."""
    told = hashlib.sha256(source.encode())
    for row in rows:
        for name in FIELDS:
            told.update(b"\x1f" + _text(getattr(row, name)).encode())
        told.update(b"\x1e")
    return told.hexdigest()


def read_csv(data: bytes) -> list[Row]:
    """The rows of a CSV file, numbered as Excel shows them when it opens the file.

    Raises Unreadable with a sentence: letters that cannot be told, headings that are missing, too many rows.
    """
    text = _decoded(data)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True))
    except csv.Error:
        raise Unreadable(_("Tệp CSV có dấu ngoặc kép hoặc ô quá dài không đọc được; hãy lưu lại từ Excel.")) from None
    numbered = [(at, [cell.translate(CONTROLS) for cell in cells]) for at, cells in enumerate(records, 1)]
    return rows_of([(at, cells) for at, cells in numbered if any(map(str.strip, cells))])


def rows_of(lines: Sequence[tuple[int, Sequence[str]]]) -> list[Row]:
    """The rows below the heading row, which is the first that has all needed headings."""
    for at, (_number, cells) in enumerate(lines):
        places = places_of(cells)
        if places.keys() >= NEEDED:
            return _below(lines[at + 1 :], places)
    wanted = ", ".join(HEADINGS[name] for name in FIELDS if name in NEEDED)
    raise Unreadable(Sentence.of(_("Không thấy dòng tiêu đề; cần có các cột: {columns}."), columns=wanted))


def places_of(cells: Sequence[str]) -> dict[str, int]:
    """Field → place, of a row of headings; the first of two equal headings counts."""
    found: dict[str, int] = {}
    for place, text in enumerate(cells):
        if name := _KNOWN.get(fold(text)):
            found.setdefault(name, place)
    return found


def _below(lines: Sequence[tuple[int, Sequence[str]]], places: Mapping[str, int]) -> list[Row]:
    if len(lines) > MOST_ROWS:
        raise Unreadable(Sentence.of(_("Tệp có hơn {n} dòng; hãy chia thành nhiều lần gửi."), n=MOST_ROWS))
    return [row_of(number, dict(_cells(cells, places))) for number, cells in lines]


def _cells(cells: Sequence[str], places: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for name, place in places.items():
        if place < len(cells):
            yield name, cells[place]


def _separator(text: str) -> str:
    """The separator that most often stands in the first line that says something."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("Không đọc được chữ trong tệp; hãy lưu lại thành CSV UTF-8 rồi gửi lại."))


def _clean(value: object) -> str:
    return " ".join(clean(str(value)).split()) if value is not None else ""


def _text(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else "" if value is None else str(value)
