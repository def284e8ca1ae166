"""A year's money as a sheet that finance fills in: its columns, and what its rows say or get wrong. Pure.

One row is one task, unit and source. An empty amount leaves what stands; every fault is told by its row in Excel.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from gettext import gettext as _

from tiendo.budget.money import KIND_WORDS, MOST_MONEY, Kind
from tiendo.orgs.words import fold
from tiendo.papers.workbook import Kind as CellKind
from tiendo.papers.workbook import Sheet, SheetColumn, Value, render_workbook
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.grid import Grid
from tiendo.plans.spreadsheets.progress import ignore
from tiendo.plans.spreadsheets.xlsx import open_xlsx
from tiendo.ui.sentences import Sentence
from tiendo.ui.typed import parse_number

HEADING_ROWS, SPARE_ROWS = 12, 50
SOURCES = "nguon"
NO_SHEET = _("Không tìm thấy bảng kinh phí trong tệp; hãy tải tệp mẫu của năm ở trang này, điền rồi nộp lại.")
TWICE = _("Dòng {row}: nhiệm vụ, cơ quan và nguồn này đã có ở dòng {first}.")


@dataclass(frozen=True)
class Column:
    """One column: its field, its heading, how it is written; `quiet` ones are to look at and never read."""

    field: str
    heading: str
    width: int
    kind: CellKind = CellKind.TEXT
    quiet: bool = False
    choices: str = ""


COLUMNS = (
    Column("task", "Mã nhiệm vụ", 16),
    Column("title", "Nhiệm vụ", 48, quiet=True),
    Column("unit", "Mã cơ quan", 16),
    Column("unit_name", "Cơ quan", 26, quiet=True),
    Column("source", "Nguồn kinh phí", 30, choices=SOURCES),
    Column(Kind.PLANNED, KIND_WORDS[Kind.PLANNED] + " (đồng)", 20, CellKind.WHOLE),
    Column(Kind.ALLOCATED, KIND_WORDS[Kind.ALLOCATED] + " (đồng)", 20, CellKind.WHOLE),
    Column(Kind.DISBURSED, KIND_WORDS[Kind.DISBURSED] + " (đồng)", 20, CellKind.WHOLE),
    Column("as_of", "Tính đến ngày", 14, CellKind.DATE),
    Column("document", "Văn bản, chứng từ", 30),
    Column("note", "Ghi chú", 30),
)
READ = {fold(column.heading): column.field for column in COLUMNS if not column.quiet}


@dataclass(frozen=True)
class MoneyRow:
    """A row as written out."""

    task: str
    title: str
    unit: str
    unit_name: str
    source: str
    amounts: Mapping[Kind, Decimal]
    as_of: date | None
    document: str = ""

    def cells(self) -> list[Value]:
        named = [self.task, self.title, self.unit, self.unit_name, self.source]
        return [*named, *(self.amounts.get(kind) for kind in Kind), self.as_of, self.document, None]


@dataclass(frozen=True)
class Known:
    """What rows may name: tasks and units by code, sources by folded name or code, and who carries out which task."""

    tasks: Mapping[str, int]
    units: Mapping[str, int]
    sources: Mapping[str, int]
    charged: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class RowMoney:
    """What a row says, its names resolved; `row` is its number in Excel."""

    row: int
    task_id: int
    unit_id: int
    source_id: int
    amounts: Mapping[Kind, Decimal]
    as_of: date
    document: str
    note: str


class BadRows(Exception):
    """Rows that cannot be taken, as sentences with their numbers; nothing of the sheet was."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(faults[0])
        self.faults = tuple(faults)


def write_sheet(rows: Iterable[MoneyRow], *, year: int, sources: Sequence[str], made_at: datetime, note: str) -> bytes:
    """The workbook of a year; equal input gives equal bytes. No cell of it is a formula."""
    columns = tuple(
        SheetColumn(each.heading, each.width, each.kind, choices=each.choices, quiet=each.quiet, locked=each.quiet)
        for each in COLUMNS
    )
    title = f"Kinh phí {year}"
    sheet = Sheet(title, columns, [row.cells() for row in rows], note=note, spare=SPARE_ROWS, frozen_columns=1)
    return render_workbook([sheet], made_at=made_at, title=title, lists={SOURCES: sources})


def read_sheet(data: bytes, known: Known, *, on: date) -> list[RowMoney]:
    """What the rows say. Raises Unreadable for another file, BadRows when any row is wrong: all of it or nothing.

    `on` is today: no amount speaks of a later day.
    """
    grid, top, places = _found(data)
    said: list[RowMoney] = []
    faults: list[str] = []
    seen: dict[tuple[int, int, int], int] = {}
    for number in sorted(row for row in grid.rows if row > top):
        texts = {name: " ".join(grid.rows[number].get(place, "").split()) for name, place in places.items()}
        if not any(texts.get(kind) for kind in Kind):
            continue
        found = _row(number, texts, known, on)
        if isinstance(found, RowMoney):
            first = seen.setdefault((found.task_id, found.unit_id, found.source_id), number)
            if first != number:
                faults.append(Sentence.of(TWICE, row=number, first=first))
            said.append(found)
        else:
            faults += found
    if faults:
        raise BadRows(faults)
    return said


def _found(data: bytes) -> tuple[Grid, int, dict[str, int]]:
    for sheet in open_xlsx(data, ignore).sheets:
        for number in sorted(sheet.grid.rows)[:HEADING_ROWS]:
            cells = sheet.grid.rows[number]
            places = {READ[fold(text)]: place for place, text in cells.items() if fold(text) in READ}
            if {"task", "unit", "source", "as_of"} <= set(places) and set(Kind) & set(places):
                return sheet.grid, number, places
    raise Unreadable(NO_SHEET)


def _row(number: int, texts: Mapping[str, str], known: Known, on: date) -> RowMoney | list[str]:
    faults: list[str] = []
    task = _named(known.tasks, texts["task"], _("Dòng {row}: không có nhiệm vụ mã “{text}”."), number, faults)
    unit = _named(known.units, texts["unit"], _("Dòng {row}: không có cơ quan mã “{text}”."), number, faults)
    source = _named(
        known.sources, fold(texts["source"]), _("Dòng {row}: không có nguồn “{text}”."), number, faults, texts["source"]
    )
    if task and unit and (task, unit) not in known.charged:
        pattern = _("Dòng {row}: cơ quan “{unit}” không chủ trì, cũng không phối hợp nhiệm vụ “{task}”.")
        faults.append(Sentence.of(pattern, row=number, unit=texts["unit"], task=texts["task"]))
    amounts = {
        kind: amount for kind in Kind if (amount := _amount(number, kind, texts.get(kind, ""), faults)) is not None
    }
    day = _day(number, texts["as_of"], on, faults)
    if faults or day is None:
        return faults
    return RowMoney(number, task, unit, source, amounts, day, texts.get("document", ""), texts.get("note", ""))


def _named(
    known: Mapping[str, int], key: str, pattern: str, number: int, faults: list[str], shown: str | None = None
) -> int:
    if key not in known:
        faults.append(Sentence.of(pattern, row=number, text=key if shown is None else shown))
    return known.get(key, 0)


def _amount(number: int, kind: Kind, text: str, faults: list[str]) -> Decimal | None:
    if not text:
        return None
    try:
        amount = parse_number(text)
    except ValueError:
        amount = None
    if amount is None or amount < 0 or amount >= MOST_MONEY or amount != amount.to_integral_value():
        pattern = _("Dòng {row}: “{column}” phải là số tiền tròn đồng, không nhỏ hơn 0; ô đang ghi “{text}”.")
        faults.append(Sentence.of(pattern, row=number, column=KIND_WORDS[kind], text=text))
        return None
    return amount


def _day(number: int, text: str, on: date, faults: list[str]) -> date | None:
    day = day_of(text)
    if day is None:
        pattern = _("Dòng {row}: “Tính đến ngày” phải là ngày, ví dụ 30/06/2026; ô đang ghi “{text}”.")
        faults.append(Sentence.of(pattern, row=number, text=text))
    elif day > on:
        faults.append(Sentence.of(_("Dòng {row}: “Tính đến ngày” không được sau hôm nay."), row=number))
    return day


def day_of(text: str) -> date | None:
    """ "30/6/2026" or "2026-06-30"; None for anything else."""
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        day, month, year = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?", text):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
