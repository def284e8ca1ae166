"""An officer writes: drafts saved as they are typed, evidence added and taken away."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.plans.files import FileKind, inspect_file
from tiendo.plans.models import Task
from tiendo.plans.storage import store_file
from tiendo.reporting.models import VALUE_FIELDS, Duty, Entry, Evidence
from tiendo.reporting.permissions import can_draft_entry
from tiendo.reporting.queries import latest_accepted, tasks_of
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import Act, EntryStatus, IllegalMove, after

EVIDENCE_TYPES = frozenset({"pdf", "docx", "xlsx", "png", "jpg", "txt"})
UNCHANGED = "Không có nội dung mới trong kỳ."  # becomes the unit's own words, so in the language of reports


class Conflict(Exception):
    """Somebody saved after this page was opened. `entry` holds what they saved; nothing was overwritten."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(
            _("%(name)s vừa lưu nội dung này. Hãy xem bản mới trước khi lưu tiếp.") % {"name": entry.saved_by}
        )
        self.entry = entry


@transaction.atomic
def save_draft(*, duty: Duty, task: Task, values: Values, revision: int, by: User, at: datetime) -> Entry:
    """Keep what is typed, complete or not. `revision` is the one the page was opened with.

    Raises Conflict if another save came between, IllegalMove if the entry is with the coordinator or accepted.
    """
    require(can_draft_entry(by, duty))
    entry = _entry_for_writing(duty, task)
    entry.status = after(EntryStatus(entry.status), Act.SAVE).value
    if entry.revision != revision:
        raise Conflict(entry)
    for name in VALUE_FIELDS:
        setattr(entry, name, getattr(values, name))
    entry.revision, entry.saved_by, entry.saved_at = revision + 1, by, at
    entry.full_clean(exclude=["duty", "task", "saved_by"], validate_unique=False, validate_constraints=False)
    entry.save()
    _record("save", entry, by, at, revision=entry.revision)
    return entry


@transaction.atomic
def repeat_last(*, duty: Duty, task: Task, by: User, at: datetime) -> Entry:
    """ "Không thay đổi so với kỳ trước": begin the entry with what was last accepted and say that nothing is new.

    Money is not repeated: it counts from the start of the year. Raises IllegalMove when something was written
    already, or nothing was ever accepted.
    """
    require(can_draft_entry(by, duty))
    entry = _entry_for_writing(duty, task)
    last = latest_accepted(Task.objects.filter(pk=task.pk), before=duty.period).get(task.pk)
    if entry.revision or last is None:
        raise IllegalMove(_("Chỉ dùng được khi kỳ này chưa nhập gì và đã có kỳ trước được tiếp nhận."))
    entry.state, entry.percent, entry.completed_on = last.state, last.percent, last.completed_on
    entry.difficulty, entry.result = last.difficulty, UNCHANGED
    entry.revision, entry.saved_by, entry.saved_at = 1, by, at
    entry.save()
    _record("repeat", entry, by, at, revision=1, submission=last.pk)
    return entry


def add_file_evidence(
    *, duty: Duty, task: Task, data: bytes, name: str, by: User, at: datetime, note: str = ""
) -> Evidence:
    """Attach a file. Raises files.RefusedFile with a sentence when it is not what it says or not allowed.

    Looking into a large workbook takes a while, so it happens before the transaction, while others write.
    """
    require(can_draft_entry(by, duty))
    kind = inspect_file(data, name, allowed=EVIDENCE_TYPES)
    return _keep_file(duty, task, data, name, kind, note, by=by, at=at)


@transaction.atomic
def _keep_file(
    duty: Duty, task: Task, data: bytes, name: str, kind: FileKind, note: str, *, by: User, at: datetime
) -> Evidence:
    entry = _entry_for_writing(duty, task)
    after(EntryStatus(entry.status), Act.SAVE)
    stored = store_file(data, extension=kind.extension, media_type=kind.media_type, at=at)
    evidence = Evidence.objects.create(entry=entry, file=stored, file_name=name, note=note, added_by=by, added_at=at)
    _record("add_evidence", entry, by, at, evidence=evidence.pk, sha256=stored.sha256)
    return evidence


@transaction.atomic
def add_document_evidence(
    *, duty: Duty, task: Task, number: str, dated: date, by: User, at: datetime, note: str = ""
) -> Evidence:
    """Name a document by its number and date."""
    require(can_draft_entry(by, duty))
    if not number.strip():
        require(no(_("Hãy ghi số, ký hiệu văn bản.")))
    entry = _entry_for_writing(duty, task)
    after(EntryStatus(entry.status), Act.SAVE)
    evidence = Evidence.objects.create(
        entry=entry, document_number=number.strip(), document_date=dated, note=note, added_by=by, added_at=at
    )
    _record("add_evidence", entry, by, at, evidence=evidence.pk, number=number, dated=dated)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User, at: datetime) -> Evidence:
    """Leave it out of what is sent next; submissions already sent keep it."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("duty__period").get(pk=evidence.entry_id)
    require(can_draft_entry(by, entry.duty))
    after(EntryStatus(entry.status), Act.SAVE)
    evidence.removed_at = at
    evidence.save(update_fields=["removed_at"])
    _record("remove_evidence", entry, by, at, evidence=evidence.pk)
    return evidence


def _entry_for_writing(duty: Duty, task: Task) -> Entry:
    """The locked entry, begun if there is none; only for a task the unit leads."""
    entry = (
        Entry.objects.select_for_update(of=("self",)).select_related("saved_by").filter(duty=duty, task=task).first()
    )
    if entry is not None:
        return entry
    if not tasks_of(duty).filter(pk=task.pk).exists():
        require(no(_("Đơn vị không chủ trì nhiệm vụ này nên không báo cáo ở đây.")))
    Entry.objects.get_or_create(duty=duty, task=task)
    return Entry.objects.select_for_update(of=("self",)).select_related("saved_by").get(duty=duty, task=task)


def _record(verb: str, entry: Entry, by: User, at: datetime, **detail: object) -> None:
    record(act=f"reporting.entry.{verb}", subject=f"reporting.entry:{entry.pk}", actor=by.username, at=at, **detail)
