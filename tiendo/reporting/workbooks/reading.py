"""A unit's workbook that came back: what each cell says now and said before, each with its address. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _

from tiendo.orgs.words import fold
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.grid import Grid, address
from tiendo.plans.spreadsheets.progress import ignore
from tiendo.plans.spreadsheets.workbook import SheetFacts
from tiendo.plans.spreadsheets.xlsx import open_xlsx
from tiendo.reporting.workbooks.shape import CODE, FILLED, GUIDANCE, MARKS, ORIGINALS, REPORT, SCHEMA, fingerprint

HEADING_ROWS = 12
DAMAGED = _("Thông tin ẩn của tệp đã bị sửa hoặc mất; hãy tải lại tệp Excel của báo cáo rồi chép nội dung sang.")
FOREIGN = _("Tệp này không phải tệp Excel tải từ trang báo cáo; hãy tải tệp ở đây, điền rồi nộp lại.")
FACTS = ("schema", "duty", "unit_code", "unit", "period")


@dataclass(frozen=True)
class Filled:
    """A cell that says something: its words and its address as Excel shows it, with the sheet's name."""

    text: str
    address: str


@dataclass(frozen=True)
class FilledRow:
    """One row: its number as Excel shows it, the task's code and where it stands, its cells by field."""

    row: int
    code: str
    code_at: str
    cells: Mapping[str, Filled]


@dataclass(frozen=True)
class Original:
    """What a task's cells said when the workbook was made, as `mark_of`, and the revision of its entry then."""

    revision: int
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FilledReport:
    """A workbook of ours. `blank` are addresses of formulas that have no value."""

    duty: int
    unit_code: str
    unit: str
    period: str
    rows: tuple[FilledRow, ...]
    originals: Mapping[str, Original]
    blank: tuple[str, ...] = ()


def read_report(data: bytes) -> FilledReport:
    """The rows of a workbook made by `unit_workbook_out`.

    Raises Unreadable with a sentence when it is another file, or what is hidden in it was touched.
    """
    sheets = {sheet.grid.name or "": sheet for sheet in open_xlsx(data, ignore).sheets}
    if MARKS not in sheets:
        raise Unreadable(FOREIGN)
    facts = {cells.get(1, ""): cells.get(2, "") for cells in sheets[MARKS].grid.rows.values()}
    listed = _listed(sheets[ORIGINALS].grid) if ORIGINALS in sheets else []
    told = [(name, facts.get(name, "")) for name in FACTS]
    if facts.get("schema") != SCHEMA or facts.get("fingerprint") != fingerprint(told, listed):
        raise Unreadable(DAMAGED)
    sheet, top, places = _found(sheets)
    return FilledReport(
        duty=int(facts["duty"]),
        unit_code=facts["unit_code"],
        unit=facts["unit"],
        period=facts["period"],
        rows=tuple(_rows(sheet.grid, top, places)),
        originals=_originals(listed),
        blank=tuple(f"{sheet.grid.name}!{cell}" for cell in (*sheet.uncomputed, *sheet.errors)),
    )


def _listed(grid: Grid) -> list[tuple[str, ...]]:
    """The rows below the heading."""
    return [tuple(grid.rows[row].get(place, "") for place in range(1, 5)) for row in sorted(grid.rows)[1:]]


def _originals(listed: list[tuple[str, ...]]) -> dict[str, Original]:
    found: dict[str, tuple[int, dict[str, str]]] = {}
    for code, revision, name, mark in listed:
        marks = found.setdefault(code, (int(revision), {}))[1]
        if name:
            marks[name] = mark
    return {code: Original(revision, marks) for code, (revision, marks) in found.items()}


def _found(sheets: Mapping[str, SheetFacts]) -> tuple[SheetFacts, int, dict[str, int]]:
    """The sheet with the report, wherever it was moved, with its heading row and field → column."""
    hidden = {GUIDANCE, MARKS, ORIGINALS}
    named = sorted((name for name in sheets if name not in hidden), key=lambda name: name != REPORT)
    for name in named:
        if headings := _headings(sheets[name].grid):
            return sheets[name], *headings
    raise Unreadable(_("Không tìm thấy dòng tiêu đề của bảng; hãy tải lại tệp Excel của báo cáo và điền trên đó."))


def _headings(grid: Grid) -> tuple[int, dict[str, int]] | None:
    wanted = {fold(column.heading): column.field for column in (CODE, *FILLED)}
    for number in sorted(grid.rows)[:HEADING_ROWS]:
        places: dict[str, int] = {}
        for place, text in sorted(grid.rows[number].items()):
            if name := wanted.get(fold(text)):
                places.setdefault(name, place)
        if CODE.field in places and len(places) > 1:
            return number, places
    return None


def _rows(grid: Grid, top: int, places: Mapping[str, int]) -> list[FilledRow]:
    """Rows that name a task or say something; columns of the last period are never read."""
    found = []
    for number in sorted(row for row in grid.rows if row > top):
        texts = grid.rows[number]
        cells = {
            name: Filled(texts[place], f"{grid.name}!{address(number, place)}")
            for name, place in places.items()
            if place in texts and name != CODE.field
        }
        code_at = places[CODE.field]
        code = " ".join(texts.get(code_at, "").split())
        if code or cells:
            found.append(FilledRow(number, code, f"{grid.name}!{address(number, code_at)}", cells))
    return found
