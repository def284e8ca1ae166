"""A workbook filled in offline: handed in, taken row by row into the report, or dropped."""

from collections.abc import Collection, Mapping, Sequence, Set
from datetime import datetime
from gettext import gettext as _

from django.db import transaction

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.plans.files import FileKind, inspect_file
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file, store_file
from tiendo.reporting.actions.entries import Draft, save_drafts
from tiendo.reporting.actions.evidence import add_document_evidence
from tiendo.reporting.actions.filling import lock_reports
from tiendo.reporting.models import Duty, Entry, UnitWorkbook
from tiendo.reporting.permissions import can_draft_entry
from tiendo.reporting.workbooks.changes import Differences, RowChange
from tiendo.reporting.workbooks.reading import FilledReport, read_report
from tiendo.reporting.workbooks.stored import compare, require_own, tasks_now
from tiendo.reporting.workflow import IllegalMove

Over = Mapping[str, Set[str]]
TYPES = frozenset({"xlsx"})


class OutOfDate(IllegalMove):
    """The report changed after the differences were shown, so they are shown again before anything is written."""


def receive_workbook(*, duty: Duty, data: bytes, name: str, by: User, at: datetime) -> UnitWorkbook:
    """Keep a workbook to be looked at; the same file twice is one. The report itself does not change.

    Raises RefusedFile when the file is not what it says or not safe, Unreadable when it is not a workbook of this
    report, IllegalMove when the report was sent already or the file changes nothing. Reading it takes a while, so it
    happens before the transaction.
    """
    require(can_draft_entry(by, duty, at=at))
    kind = inspect_file(data, name, allowed=TYPES)
    report = read_report(data)
    require_own(report, duty)
    tasks = tasks_now(duty, at=at)
    if tasks and all(task.refusal for task in tasks.values()):
        raise IllegalMove(_("Báo cáo đã gửi nên tệp này không lưu được nữa; chỉ sửa được khi báo cáo bị trả lại."))
    if compare(report, duty, at=at).is_empty:
        raise IllegalMove(_("Tệp không có gì khác với báo cáo đang có."))
    return _keep(duty, data, name, kind, by=by, at=at)


@transaction.atomic
def _keep(duty: Duty, data: bytes, name: str, kind: FileKind, *, by: User, at: datetime) -> UnitWorkbook:
    duty, _others = lock_reports(duty)
    require(can_draft_entry(by, duty, at=at))
    stored = store_file(data, extension=kind.extension, media_type=kind.media_type, at=at)
    known = UnitWorkbook.objects.waiting().filter(duty=duty, file=stored).first()
    if known is not None:
        return known
    book = UnitWorkbook.objects.create(duty=duty, file=stored, file_name=name, uploaded_by=by, uploaded_at=at)
    _record("upload", book, by, at, duty=duty.pk, sha256=stored.sha256)
    return book


def take_workbook(
    *, workbook: UnitWorkbook, codes: Collection[str], over: Over, seen: str, by: User, at: datetime
) -> list[int]:
    """Write the rows of the tasks named by `codes` into the report, all or none; each is recorded as a save.

    `over` names, task by task, the fields where the file's side of a conflict is wanted; `seen` is `Differences.mark`
    of what was shown. The workbook stays until nothing of it is left. Gives the numbers of the entries. Raises
    OutOfDate when the differences are no longer those, IllegalMove when nothing is left to write or it was decided.
    """
    report = read_report(read_file(workbook.file))
    return _take(workbook, report, codes, over, seen, by=by, at=at)


@transaction.atomic
def _take(
    workbook: UnitWorkbook,
    report: FilledReport,
    codes: Collection[str],
    over: Over,
    seen: str,
    *,
    by: User,
    at: datetime,
) -> list[int]:
    duty, _others = lock_reports(workbook.duty)
    require(can_draft_entry(by, duty, at=at))
    book = _locked(workbook)
    found = compare(report, duty, at=at)
    if found.mark != seen:
        raise OutOfDate(_("Báo cáo vừa thay đổi sau khi bạn mở trang; hãy xem lại các thay đổi rồi lưu."))
    chosen = [row for row in found.rows if row.task.code in codes and _says_something(row, over)]
    if not chosen:
        raise IllegalMove(_("Chưa chọn nội dung nào để lưu."))
    wanted = Task.objects.filter(plan=duty.period.plan_id, code__in=[row.task.code for row in chosen])
    tasks = {task.code: task for task in wanted}
    _begin(duty, tasks.values(), book.uploaded_by_id)
    entries = _write(chosen, duty, tasks, over, by=by, at=at)
    if not _is_left(found, chosen, over):
        _decide(book, UnitWorkbook.Outcome.TAKEN, by=by, at=at)
    _record("take", book, by, at, tasks=[row.task.code for row in chosen], entries=entries)
    return entries


@transaction.atomic
def drop_workbook(*, workbook: UnitWorkbook, by: User, at: datetime) -> UnitWorkbook:
    """Leave the workbook; what was taken from it stays in the report, and the file is kept."""
    duty, _others = lock_reports(workbook.duty)
    require(can_draft_entry(by, duty, at=at))
    book = _locked(workbook)
    _decide(book, UnitWorkbook.Outcome.DROPPED, by=by, at=at)
    _record("drop", book, by, at)
    return book


def _begin(duty: Duty, tasks: Collection[Task], writer: int) -> None:
    """Blank entries for tasks nobody has begun, in few queries instead of several for each. Whoever handed the
    workbook in wrote its words, whoever takes them."""
    begun = {entry.task_id: entry for entry in duty.entries.filter(task__in=tasks)}
    blank = [Entry(duty=duty, task=task, writer_ids=[writer]) for task in tasks if task.pk not in begun]
    Entry.objects.bulk_create(blank, ignore_conflicts=True)
    for entry in begun.values():
        entry.writer_ids = sorted({*entry.writer_ids, writer})
    Entry.objects.bulk_update(begun.values(), ["writer_ids"], batch_size=200)


def _write(
    rows: Sequence[RowChange], duty: Duty, tasks: Mapping[str, Task], over: Over, *, by: User, at: datetime
) -> list[int]:
    """The values of each row as a save like any other, and the papers it names. The entries' numbers."""
    drafts = []
    for row in rows:
        taken = over.get(row.task.code, frozenset())
        if row.chosen(taken):
            drafts.append(Draft(tasks[row.task.code], row.values(taken), row.task.revision))
    saved = {entry.task_id: entry.pk for entry in save_drafts(duty=duty, drafts=drafts, by=by, at=at)}
    for row in rows:
        task = tasks[row.task.code]
        for paper in row.documents:
            named = {"number": paper.number, "dated": paper.dated, "url": paper.url}
            added = add_document_evidence(duty=duty, task=task, by=by, at=at, **named)  # type: ignore[arg-type]
            saved[task.pk] = added.entry_id
    return [saved[tasks[row.task.code].pk] for row in rows]


def _says_something(row: RowChange, over: Over) -> bool:
    return bool(row.documents or row.chosen(over.get(row.task.code, frozenset())))


def _is_left(found: Differences, chosen: Collection[RowChange], over: Over) -> bool:
    """Whether the workbook still says something the report does not."""
    unsettled = any(cell.field not in over.get(row.task.code, frozenset()) for row in chosen for cell in row.conflicts)
    return bool(found.aside) or unsettled or len(chosen) < len(found.rows)


def _locked(workbook: UnitWorkbook) -> UnitWorkbook:
    """The workbook, locked after its report, if nobody has decided on it."""
    book = UnitWorkbook.objects.select_for_update(of=("self",)).get(pk=workbook.pk)
    if book.decided_at is not None:
        raise IllegalMove(_("Tệp này đã được lưu hết hoặc đã bỏ."))
    return book


def _decide(book: UnitWorkbook, outcome: UnitWorkbook.Outcome, *, by: User, at: datetime) -> None:
    book.outcome, book.decided_by, book.decided_at = outcome, by, at
    book.save(update_fields=["outcome", "decided_by", "decided_at"])


def _record(verb: str, book: UnitWorkbook, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"reporting.workbook.{verb}", subject=f"reporting.workbook:{book.pk}", actor=by.username, at=at, **detail
    )
