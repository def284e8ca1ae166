"""A workbook of a plan that came back: what each row says now and said before, with every cell's address. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _

from tiendo.intake.extraction.spelling import one_line
from tiendo.intake.reading import Unreadable
from tiendo.intake.workbook_shape import FORMS, MARKS, ORIGINALS, SCHEMA, Form
from tiendo.orgs.words import fold
from tiendo.plans.spreadsheets.grid import Grid, address
from tiendo.plans.spreadsheets.progress import ignore
from tiendo.plans.spreadsheets.workbook import SheetFacts
from tiendo.plans.spreadsheets.xlsx import open_xlsx

HEADING_ROWS = 12


@dataclass(frozen=True)
class Filled:
    """A cell somebody may have filled: its words and its address as Excel shows it, with the sheet's name."""

    text: str
    address: str


@dataclass(frozen=True)
class FilledRow:
    """One row of a sheet: its number as Excel shows it, the line of `FilledWorkbook.lines`, its cells by field.

    `code` is empty for a row that was added; `code_at` is where it stands or would stand.
    """

    form: Form
    row: int
    line: int
    code: str
    code_at: str
    cells: Mapping[str, Filled]


@dataclass(frozen=True)
class Marks:
    """Which plan and version the workbook was made from."""

    plan: str
    version: int


@dataclass(frozen=True)
class FilledWorkbook:
    """A workbook of ours: its marks, its rows in order, and the words each cell had when it was made.

    `originals` maps (kind, code) to field → words. `unread` are titles of sheets whose heading row is not found;
    `blank` addresses of formulas without a value.
    """

    marks: Marks
    lines: tuple[str, ...]
    rows: tuple[FilledRow, ...]
    originals: Mapping[tuple[str, str], Mapping[str, str]]
    unread: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()


def read_plan_workbook(data: bytes) -> FilledWorkbook | None:
    """The rows of a workbook made by `workbook_out`; None when it is another file.

    Raises Unreadable when the file cannot be opened, or is ours but its marks were damaged.
    """
    book = open_xlsx(data, ignore)
    sheets = {sheet.grid.name or "": sheet for sheet in book.sheets}
    if MARKS not in sheets:
        return None
    walk = _Walk()
    for form in FORMS:
        if form.title in sheets:
            walk.read(form, sheets[form.title])
    if not walk.rows and walk.unread:
        raise Unreadable(_("Không tìm thấy dòng tiêu đề của bảng; hãy tải lại tệp Excel của kế hoạch và sửa trên đó."))
    originals = _originals(sheets[ORIGINALS].grid) if ORIGINALS in sheets else {}
    marks = _marks(sheets[MARKS].grid)
    return FilledWorkbook(marks, tuple(walk.lines), tuple(walk.rows), originals, tuple(walk.unread), tuple(walk.blank))


def _marks(grid: Grid) -> Marks:
    known = {cells.get(1, ""): cells.get(2, "") for cells in grid.rows.values()}
    if known.get("schema") != SCHEMA or not known.get("plan") or not known.get("version", "").isdecimal():
        raise Unreadable(_("Thông tin ẩn của tệp đã bị sửa; hãy tải lại tệp Excel của kế hoạch và sửa trên đó."))
    return Marks(known["plan"], int(known["version"]))


def _originals(grid: Grid) -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    kinds = {form.kind for form in FORMS}
    for cells in grid.rows.values():
        kind, code, name, text = (cells.get(column, "") for column in range(1, 5))
        if kind in kinds:
            known = found.setdefault((kind, code), {})
            if name:
                known[name] = one_line(text)
    return found


@dataclass
class _Walk:
    """Reads the sheets one after another; every row that says something is one line."""

    lines: list[str] = field(default_factory=list)
    rows: list[FilledRow] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)

    def read(self, form: Form, sheet: SheetFacts) -> None:
        self.blank += [f"{form.title}!{cell}" for cell in (*sheet.uncomputed, *sheet.errors)]
        headings = _headings(sheet.grid, form)
        if headings is None:
            self.unread.append(form.title)
            return
        top, columns = headings
        for number in sorted(row for row in sheet.grid.rows if row >= top):
            texts = sheet.grid.rows[number]
            self.lines.append(" | ".join(one_line(texts[column]) for column in sorted(texts)))
            if number > top:
                self._row(form, number, texts, columns)

    def _row(self, form: Form, number: int, texts: Mapping[int, str], columns: Mapping[str, int]) -> None:
        cells = {
            name: Filled(texts[column], f"{form.title}!{address(number, column)}")
            for name, column in columns.items()
            if column in texts and name != "code"
        }
        code, code_at = one_line(texts.get(columns["code"], "")), f"{form.title}!{address(number, columns['code'])}"
        if code or cells:
            self.rows.append(FilledRow(form, number, len(self.lines), code, code_at, cells))


def _headings(grid: Grid, form: Form) -> tuple[int, dict[str, int]] | None:
    """The heading row's number and field → column; the code and the name must be there."""
    wanted = {fold(column.heading): column.field for column in form.columns}
    for number in sorted(grid.rows)[:HEADING_ROWS]:
        columns: dict[str, int] = {}
        for column, text in sorted(grid.rows[number].items()):
            name = wanted.get(fold(one_line(text)))
            if name:
                columns.setdefault(name, column)
        if {"code", form.name} <= columns.keys():
            return number, columns
    return None
