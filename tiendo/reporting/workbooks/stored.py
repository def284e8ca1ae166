"""A unit's workbook between the database and the pure modules: what goes out, and what a filled one would change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from django.utils.timezone import localdate

from tiendo.plans.models import Task
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.states import WorkState
from tiendo.reporting.models import Duty, Entry, Evidence, Submission
from tiendo.reporting.prefilling import start_from, year_of
from tiendo.reporting.queries import entries_for_page, latest_accepted, tasks_to_report, values_of
from tiendo.reporting.rules import Values
from tiendo.reporting.shifting import written_elsewhere
from tiendo.reporting.workbooks.changes import Differences, TaskNow, differences
from tiendo.reporting.workbooks.reading import FilledReport
from tiendo.reporting.workbooks.shape import LONGEST_TEXT, TEXTS
from tiendo.reporting.workbooks.writing import ReportSheets, TaskSheetRow, write_report
from tiendo.reporting.workflow import DUTY_WORDS, ENTRY_WORDS, Act, DutyState, EntryStatus, IllegalMove, after
from tiendo.ui.sentences import Sentence

ILLUSTRATIVE = _("Dữ liệu minh họa, không phải số liệu thật.")
CLOSED = _("Kỳ báo cáo này đã khóa số liệu; nội dung này chưa được mở lại.")
TOO_LONG = _("Nội dung đang có quá dài cho một ô Excel; hãy sửa trên trang báo cáo.")


@dataclass(frozen=True)
class _Line:
    """A task of the report with what is stored of it and what was accepted last."""

    task: Task
    entry: Entry | None
    last: Submission | None
    start: Values
    is_closed: bool = False

    @property
    def evidence(self) -> list[Evidence]:
        rows: list[Evidence] = self.entry.all_evidence if self.entry else []  # type: ignore[attr-defined]
        return [row for row in rows if row.removed_at is None]

    @property
    def is_begun(self) -> bool:
        return self.entry is not None and self.entry.revision > 0

    @property
    def refusal(self) -> str:
        """Why nothing can be written in a workbook on this task, "" when it can."""
        if self.is_closed:
            return CLOSED
        if self.entry is not None:
            try:
                after(EntryStatus(self.entry.status), Act.SAVE)
            except IllegalMove as move:
                return str(move.args[0])
        return TOO_LONG if any(len(getattr(self.start, name)) > LONGEST_TEXT for name in TEXTS) else ""

    @property
    def standing(self) -> str:
        if self.entry is None or not self.is_begun:
            return _("Chưa nhập")
        words = ENTRY_WORDS[EntryStatus(self.entry.status)]
        sent = list(self.entry.submissions.all())
        if self.entry.status == EntryStatus.RETURNED and sent and sent[-1].verdict == Submission.Verdict.ACCEPTED:
            return DUTY_WORDS[DutyState.REOPENED]
        if self.entry.status == EntryStatus.RETURNED and sent and sent[-1].reason:
            return f"{words}: {sent[-1].reason}"
        return words


def workbook_of(duty: Duty, *, at: datetime, illustrative: bool = False) -> bytes:
    """The workbook of a unit's report as its editor would show it now; `duty` with its period and unit."""
    sheets = ReportSheets(
        duty=duty.pk,
        unit_code=duty.unit.code,
        unit=duty.unit.name,
        period=duty.period.name,
        due=f"{duty.last_good_day:%d/%m/%Y}",
        day=f"{localdate(at):%d/%m/%Y}",
        rows=[_sheet_row(line) for line in _lines(duty, at)],
        asks_estimate=duty.period.asks_estimate,
        illustrative=ILLUSTRATIVE if illustrative else "",
    )
    return write_report(sheets, made_at=at)


def tasks_now(duty: Duty, *, at: datetime) -> dict[str, TaskNow]:
    """The report's tasks by code as they stand, in a constant number of queries."""
    return {line.task.code: _now(line) for line in _lines(duty, at)}


def compare(report: FilledReport, duty: Duty, *, at: datetime) -> Differences:
    """What the workbook would change in the report now."""
    return differences(report, tasks_now(duty, at=at), on=localdate(at))


def require_own(report: FilledReport, duty: Duty) -> None:
    """Raises Unreadable with a sentence when the workbook belongs to another unit or another period."""
    if report.unit_code != duty.unit.code:
        text = _("Tệp này là báo cáo của {unit}; ở đây chỉ nhận báo cáo của {own}.")
        raise Unreadable(Sentence.of(text, unit=report.unit, own=duty.unit.name))
    if report.duty != duty.pk:
        text = _("Tệp này của kỳ “{period}”; hãy tải tệp của kỳ “{own}” rồi điền.")
        raise Unreadable(Sentence.of(text, period=report.period, own=duty.period.name))


def _lines(duty: Duty, at: datetime) -> Iterator[_Line]:
    tasks = list(tasks_to_report(duty).order_by("position"))
    entries = {entry.task_id: entry for entry in entries_for_page(duty)}
    last = latest_accepted(Task.objects.filter(pk__in=[task.pk for task in tasks]), before=duty.period)
    covered, kept = _reopened(duty, at), written_elsewhere(duty)
    for task in tasks:
        entry, before = entries.get(task.pk), last.get(task.pk)
        start = values_of(entry) if entry is not None and entry.revision else _start(task, before, duty)
        closed = covered is not None and not {None, task.pk} & covered
        yield _Line(task, entry, before, start, closed or task.pk in kept)


def _reopened(duty: Duty, at: datetime) -> set[int | None] | None:
    """Tasks that may be corrected in a closed period, None among them for the whole report; None while it is open."""
    if duty.period.closed_at is None:
        return None
    return set(duty.reopenings.open(at).values_list("task", flat=True))


def _start(task: Task, last: Submission | None, duty: Duty) -> Values:
    """What the editor begins with while nothing was saved."""
    own = Values(state=WorkState(task.state), percent=task.percent, completed_on=task.completed_on)
    same_year = last is not None and year_of(last.entry.duty.period.data_to) == year_of(duty.period.data_to)
    told = values_of(last) if last is not None else None
    return start_from(own, told, same_year=same_year, asks_estimate=duty.period.asks_estimate)


def _now(line: _Line) -> TaskNow:
    evidence = line.evidence
    return TaskNow(
        code=line.task.code,
        title=line.task.title,
        start=line.start,
        revision=line.entry.revision if line.entry else 0,
        saved_by=str(line.entry.saved_by or "") if line.entry else "",
        refusal=line.refusal,
        documents=frozenset(
            (row.document_number, row.document_date) for row in evidence if row.document_number and row.document_date
        ),
        has_evidence=bool(evidence),
    )


def _sheet_row(line: _Line) -> TaskSheetRow:
    return TaskSheetRow(
        code=line.task.code,
        title=line.task.title,
        product=line.task.product or "",
        due=f"{line.task.due_on:%d/%m/%Y}" if line.task.due_on else "",
        standing=line.standing,
        now=line.start,
        before=values_of(line.last) if line.last is not None else None,
        documents="; ".join(_words(row) for row in line.evidence),
        revision=line.entry.revision if line.entry else 0,
        locked=bool(line.refusal),
    )


def _words(row: Evidence) -> str:
    if row.document_number and row.document_date:
        return f"{row.document_number} ({row.document_date:%d/%m/%Y})"
    return row.file_name or ""
