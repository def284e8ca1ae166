"""What a unit's workbook that came back would change, compared three ways cell by cell. Pure.

Only cells somebody edited count: a cell that still says what it said, and an empty one, keep what the report has. A
cell that a colleague changed meanwhile is a conflict, and keeps theirs unless the other is chosen. A row with a cell
that cannot be taken is put aside whole, its cells named; the other rows can be taken.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from gettext import gettext as _

from tiendo.reporting.rules import Values, problems
from tiendo.reporting.workbooks.reading import Filled, FilledReport, FilledRow, Original
from tiendo.reporting.workbooks.shape import ASKED, ESTIMATE, LABELS, Value, mark_of
from tiendo.reporting.workbooks.values import Wrong, brief, day_of, link_of, require_reportable, value_of
from tiendo.ui.sentences import Sentence

Document = tuple[str, date]
VALUE_COLUMNS = (*ASKED, ESTIMATE)


@dataclass(frozen=True)
class TaskNow:
    """A task of the report as it stands. `start` is what the editor shows; `refusal` why nothing can be written."""

    code: str
    title: str
    start: Values
    revision: int = 0
    saved_by: str = ""
    refusal: str = ""
    documents: frozenset[Document] = frozenset()
    has_evidence: bool = False


@dataclass(frozen=True)
class CellChange:
    """An edited cell: what the report has now and what the file says. In a conflict both sides changed it."""

    field: str
    address: str
    now: Value
    new: Value
    is_conflict: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.field]


@dataclass(frozen=True)
class NewDocument:
    """A paper to be named as evidence, and the cell that names it; `url` may be ""."""

    address: str
    number: str
    dated: date
    url: str = ""


@dataclass(frozen=True)
class RowChange:
    """What one row would change."""

    task: TaskNow
    row: int
    cells: tuple[CellChange, ...]
    documents: tuple[NewDocument, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def conflicts(self) -> tuple[CellChange, ...]:
        return tuple(cell for cell in self.cells if cell.is_conflict)

    def chosen(self, over: Set[str]) -> tuple[CellChange, ...]:
        """The cells to write; `over` are fields of conflicts where the file's side is taken."""
        return tuple(cell for cell in self.cells if not cell.is_conflict or cell.field in over)

    def values(self, over: Set[str]) -> Values:
        """The task's values with the chosen cells put in."""
        return replace(self.task.start, **{cell.field: cell.new for cell in self.chosen(over)})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be taken, or is only remarked upon, and what to do."""

    address: str
    sentence: str


@dataclass(frozen=True)
class AsideRow:
    """A row put aside whole, with why and with what was typed in it."""

    row: int
    code: str
    title: str
    faults: tuple[Fault, ...]
    typed: tuple[tuple[str, str], ...] = ()


@dataclass
class Differences:
    """What the workbook changes, row by row in its own order. `kept` counts rows that change nothing; `moved` names
    tasks that colleagues saved after the file was made and the file does not touch."""

    rows: list[RowChange] = field(default_factory=list)
    aside: list[AsideRow] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    moved: list[TaskNow] = field(default_factory=list)
    kept: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.rows and not self.aside

    @property
    def mark(self) -> str:
        """Changes when what would be written, or what it is compared with, changes."""
        told = [
            (row.task.code, row.task.revision, cell.field, mark_of(cell.now), mark_of(cell.new), cell.is_conflict)
            for row in self.rows
            for cell in row.cells
        ]
        return mark_of(repr([told, [(row.task.code, row.documents) for row in self.rows]]))


def differences(report: FilledReport, tasks: Mapping[str, TaskNow], *, on: date) -> Differences:
    """Compare every row with what it said when the workbook was made and with the report now; `on` is today."""
    found = Differences()
    blank = _("Công thức ở ô này chưa có kết quả nên được coi là ô trống.")
    found.remarks += [Fault(address, blank) for address in report.blank]
    seen: dict[str, int] = {}
    for row in report.rows:
        if fault := _stray(row, tasks, seen):
            found.aside.append(_put_aside(row, "", (fault,)))
            continue
        seen[row.code] = row.row
        _weigh(row, report.originals.get(row.code, Original(0)), tasks[row.code], on, found)
    touched = {row.task.code for row in found.rows} | {row.code for row in found.aside}
    found.moved = [
        task for task in tasks.values() if task.code not in touched and _is_newer(task, report.originals.get(task.code))
    ]
    return found


def _is_newer(task: TaskNow, then: Original | None) -> bool:
    return then is not None and task.revision != then.revision


def _stray(row: FilledRow, tasks: Mapping[str, TaskNow], seen: Mapping[str, int]) -> Fault | None:
    """Why a row belongs to no task of the report, or to one that stands above already."""
    if not row.code:
        return Fault(row.code_at, _("Hàng này không có mã nhiệm vụ; hãy ghi vào đúng hàng của nhiệm vụ."))
    if row.code not in tasks:
        text = _("Báo cáo này không có nhiệm vụ mã {code}; hãy ghi lại đúng mã.")
        return Fault(row.code_at, Sentence.of(text, code=brief(row.code)))
    if row.code in seen:
        text = _("Mã {code} đã có ở hàng {row}; hãy giữ lại một hàng.")
        return Fault(row.code_at, Sentence.of(text, code=row.code, row=seen[row.code]))
    return None


def _put_aside(row: FilledRow, title: str, faults: Iterable[Fault]) -> AsideRow:
    typed = tuple((LABELS[name], cell.text) for name, cell in row.cells.items())
    return AsideRow(row.row, row.code, title, tuple(faults), typed)


def _weigh(row: FilledRow, then: Original, task: TaskNow, on: date, found: Differences) -> None:
    cells, faults = _edits(row, then, task)
    documents, wrong = _documents(row, task)
    faults += wrong
    if not cells and not documents and not faults:
        found.kept += 1
    elif task.refusal:
        found.aside.append(_put_aside(row, task.title, (Fault(row.code_at, task.refusal),)))
    elif faults:
        found.aside.append(_put_aside(row, task.title, faults))
    else:
        change = RowChange(task, row.row, tuple(cells), tuple(documents))
        missing = problems(change.values(set()), has_evidence=task.has_evidence or bool(documents), on=on)
        found.rows.append(replace(change, hints=tuple(missing)))


def _edits(row: FilledRow, then: Original, task: TaskNow) -> tuple[list[CellChange], list[Fault]]:
    """The cells that say something else than when the file was made, and else than the report says now."""
    edits: list[CellChange] = []
    faults: list[Fault] = []
    for column in VALUE_COLUMNS:
        cell = row.cells.get(column.field)
        if cell is None:
            continue
        before, now = then.marks.get(column.field, ""), getattr(task.start, column.field)
        try:
            new = value_of(column.field, cell.text)
            if mark_of(new) not in (before, mark_of(now)):
                require_reportable(new)
                edits.append(CellChange(column.field, cell.address, now, new, mark_of(now) != before))
        except Wrong as wrong:
            faults.append(Fault(cell.address, wrong.args[0]))
    return edits, faults


def _documents(row: FilledRow, task: TaskNow) -> tuple[list[NewDocument], list[Fault]]:
    """The papers named as evidence that the entry does not name yet, each with its cell."""
    numbers, days, links = (row.cells.get(f"document_{name}") for name in ("number", "date", "url"))
    given = numbers or days or links
    if given is None:
        return [], []
    if numbers is None or days is None:
        return [], [Fault(given.address, _("Minh chứng cần cả số, ký hiệu và ngày của văn bản."))]
    names, dates, urls = list(_pieces(numbers)), list(_pieces(days)), list(_pieces(links)) if links else []
    if len(names) != len(dates):
        text = _("Có {numbers} văn bản nhưng {days} ngày; hãy ghi mỗi văn bản một ngày, ngăn bằng dấu chấm phẩy.")
        return [], [Fault(days.address, Sentence.of(text, numbers=len(names), days=len(dates)))]
    if links and len(urls) != len(names):
        text = _("Có {numbers} văn bản nhưng {links} liên kết; hãy ghi mỗi văn bản một liên kết, hoặc để trống ô này.")
        return [], [Fault(links.address, Sentence.of(text, numbers=len(names), links=len(urls)))]
    return _new_documents(numbers, days, links, task)


def _new_documents(
    numbers: Filled, days: Filled, links: Filled | None, task: TaskNow
) -> tuple[list[NewDocument], list[Fault]]:
    """Three cells with as many pieces each, read."""
    at = days.address
    try:
        dates = [day_of(day) for day in _pieces(days)]
        at = links.address if links else at
        urls = [link_of(link) for link in _pieces(links)] if links else [""] * len(dates)
    except Wrong as wrong:
        return [], [Fault(at, wrong.args[0])]
    named = dict(zip(zip(_pieces(numbers), dates, strict=True), urls, strict=True))
    return [NewDocument(numbers.address, *pair, url) for pair, url in named.items() if pair not in task.documents], []


def _pieces(cell: Filled) -> Iterator[str]:
    for piece in cell.text.replace("\n", ";").split(";"):
        if words := " ".join(piece.split()):
            yield words
