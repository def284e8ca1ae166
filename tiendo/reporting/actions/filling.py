"""What is written once fills every other open report of the unit that asks for the same task, or for its twin."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from tiendo.accounts.models import User
from tiendo.audit.record import record
from tiendo.reporting.elsewhere import same_work
from tiendo.reporting.models import VALUE_FIELDS, Duty, Entry, Evidence
from tiendo.reporting.models.desks import with_desks
from tiendo.reporting.permissions import can_draft_entry
from tiendo.reporting.prefilling import for_another, year_of
from tiendo.reporting.queries import tasks_to_report, values_of
from tiendo.reporting.workflow import DutyStatus, EntryStatus

_TAKES_WORDS = (DutyStatus.OPEN, DutyStatus.RETURNED)
WRITTEN = [*VALUE_FIELDS, "revision", "saved_by", "saved_at", "writer_ids", "filled_from"]


def lock_reports(duty: Duty) -> tuple[Duty, list[Duty]]:
    """This report and the unit's other open ones, fresh and locked, always in the same order: two officers who fill
    each other's reports wait for each other instead of deadlocking. Periods are read once the locks are held: whoever
    waited sees that one was closed meanwhile."""
    is_open = Q(period__opened_at__isnull=False, period__closed_at=None)
    rows = Duty.objects.select_for_update(of=("self",)).select_related("unit").prefetch_related("period")
    found = list(with_desks(rows.filter(Q(pk=duty.pk) | Q(unit=duty.unit_id) & is_open).order_by("pk")))
    own = next(row for row in found if row.pk == duty.pk)
    return own, [row for row in found if row.pk != duty.pk and row.period.is_open]


def fill_others(entry: Entry, others: Sequence[Duty], *, by: User, at: datetime) -> list[int]:
    """Give the words of a just saved entry to entries not begun, or filled from it before; the ids of those filled.

    Which of the `others` (locked, of the same unit) ask for the task is looked up; an entry somebody has written in
    stays as it is. Called inside the transaction of the save.
    """
    tied, new = _places(entry, others, by=by)
    if not tied and not new:
        return []
    former = _former_writers(entry) if new else []
    _write(entry, [*tied, *new], former, by=by, at=at)
    for target in new:
        subject = f"reporting.entry:{target.pk}"
        record(act="reporting.entry.fill", subject=subject, actor=by.username, at=at, source=entry.pk)
    _copy_evidence(entry, new, by=by, at=at)
    return [target.pk for target in (*tied, *new)]


def repeat_evidence(entry: Entry, others: Sequence[Duty], *, by: User, at: datetime) -> None:
    """Let entries filled from this one have the same evidence as it has now, in those of the `others` (locked, of the
    same unit) that may still be written."""
    tied = _tied(entry, _writable(others, by))
    if not tied:
        return
    taken_away = Evidence.objects.filter(entry=entry, removed_at__isnull=False)
    Evidence.objects.filter(entry__in=tied, removed_at=None, copied_from__in=taken_away).update(removed_at=at)
    for target in tied:
        target.writer_ids = sorted({*target.writer_ids, *entry.writer_ids})
    Entry.objects.bulk_update(tied, ["writer_ids"])
    _copy_evidence(entry, tied, by=by, at=at)


def _writable(others: Sequence[Duty], by: User) -> dict[int, Duty]:
    """Reports that take words from this person now: open, with the officers, not sent or returned."""
    return {duty.pk: duty for duty in others if duty.status in _TAKES_WORDS and can_draft_entry(by, duty)}


def _tied(entry: Entry, duties: Collection[int]) -> list[Entry]:
    rows = Entry.objects.select_for_update(of=("self",)).filter(filled_from=entry, status=EntryStatus.DRAFT.value)
    return list(rows.filter(duty__in=duties).order_by("pk")) if duties else []


def _places(entry: Entry, others: Sequence[Duty], *, by: User) -> tuple[list[Entry], list[Entry]]:
    """Entries filled from this one before, and those not begun in reports that ask for the task."""
    duties = _writable(others, by)
    if not duties:
        return [], []
    tasks = same_work(entry.task)
    backed = Exists(Evidence.objects.filter(entry=OuterRef("pk")))
    known = list(
        Entry.objects.select_for_update(of=("self",))
        .filter(duty__in=duties, task__in=tasks)
        .annotate(is_backed=backed)
        .order_by("pk")
    )
    for row in known:
        row.duty = duties[row.duty_id]
    is_draft = [row for row in known if row.status == EntryStatus.DRAFT]
    tied = [row for row in is_draft if row.filled_from_id == entry.pk]
    begun = {(row.duty_id, row.task_id): row for row in known}
    blank = {key: row for key, row in begun.items() if row in is_draft and not row.revision and not _is_backed(row)}
    asked = [(duty, task) for duty in duties.values() for task in _asked(duty, tasks, begun.keys() - blank.keys())]
    return tied, [blank.get((duty.pk, task)) or Entry.objects.create(duty=duty, task_id=task) for duty, task in asked]


def _is_backed(row: Entry) -> bool:
    return bool(row.is_backed)  # type: ignore[attr-defined]


def _asked(duty: Duty, tasks: Sequence[int], written: Iterable[tuple[int, int]]) -> list[int]:
    """Those of the tasks that the report asks for and nobody has begun there."""
    left = set(tasks) - {task for pk, task in written if pk == duty.pk}
    return list(tasks_to_report(duty).filter(pk__in=left).values_list("pk", flat=True)) if left else []


def _former_writers(entry: Entry) -> list[int]:
    """Who wrote what was sent before and came back: their words are copied too."""
    if entry.status != EntryStatus.RETURNED:
        return []
    last = entry.submissions.order_by("-number").values_list("writer_ids", flat=True).first()
    return list(last or [])


def _write(entry: Entry, targets: Sequence[Entry], former: list[int], *, by: User, at: datetime) -> None:
    said, year = values_of(entry), year_of(entry.duty.period.data_to)
    for target in targets:
        period = target.duty.period
        same_year = year_of(period.data_to) == year
        values = for_another(said, same_year=same_year, asks_estimate=period.asks_estimate)
        for name in VALUE_FIELDS:
            setattr(target, name, getattr(values, name))
        target.revision, target.saved_by, target.saved_at = target.revision + 1, by, at
        target.writer_ids = sorted({*target.writer_ids, *entry.writer_ids, *former})
        target.filled_from = entry
    Entry.objects.bulk_update(targets, WRITTEN)


def _copy_evidence(entry: Entry, targets: Sequence[Entry], *, by: User, at: datetime) -> None:
    """Each target gets what it does not have yet; a file is kept once, whoever refers to it."""
    if not targets:
        return
    source = list(entry.evidence.filter(removed_at=None))
    if not source:
        return
    known = Evidence.objects.filter(entry__in=targets).values_list("entry", "copied_from")
    has = {(target, copied) for target, copied in known}
    Evidence.objects.bulk_create(
        _copy(row, target, by=by, at=at) for target in targets for row in source if (target.pk, row.pk) not in has
    )


def _copy(row: Evidence, target: Entry, *, by: User, at: datetime) -> Evidence:
    named = {
        name: getattr(row, name)
        for name in ("file_id", "file_name", "document_number", "document_date", "document_url", "note")
    }
    return Evidence(entry=target, copied_from=row, added_by=by, added_at=at, **named)
