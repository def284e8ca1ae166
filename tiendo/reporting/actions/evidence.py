"""What backs an entry: added and taken away."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.plans.files import FileKind, inspect_file
from tiendo.plans.models import Task
from tiendo.plans.storage import store_file
from tiendo.reporting.actions.entries import add_writer, entry_for_writing, record_entry
from tiendo.reporting.actions.filling import lock_reports, repeat_evidence
from tiendo.reporting.models import Duty, Entry, Evidence
from tiendo.reporting.permissions import can_draft_entry
from tiendo.reporting.workflow import Act, EntryStatus, after

EVIDENCE_TYPES = frozenset({"pdf", "docx", "xlsx", "png", "jpg", "txt"})


def add_file_evidence(
    *, duty: Duty, task: Task, data: bytes, name: str, by: User, at: datetime, note: str = ""
) -> Evidence:
    """Attach a file. Raises files.RefusedFile with a sentence when it is not what it says or not allowed.

    Looking into a large workbook takes a while, so it happens before the transaction, while others write.
    """
    require(can_draft_entry(by, duty, task, at=at))
    kind = inspect_file(data, name, allowed=EVIDENCE_TYPES)
    return _keep_file(duty, task, data, name, kind, note, by=by, at=at)


@transaction.atomic
def _keep_file(
    duty: Duty, task: Task, data: bytes, name: str, kind: FileKind, note: str, *, by: User, at: datetime
) -> Evidence:
    """The same file a second time, by a link that broke after the first, is the one already there."""
    entry, others = _entry(duty, task, by=by, at=at)
    stored = store_file(data, extension=kind.extension, media_type=kind.media_type, at=at)
    known = entry.evidence.filter(file=stored, removed_at=None).first()
    if known is not None:
        return known
    evidence = Evidence.objects.create(entry=entry, file=stored, file_name=name, note=note, added_by=by, added_at=at)
    _settle("add_evidence", entry, others, by, at, evidence=evidence.pk, sha256=stored.sha256)
    return evidence


@transaction.atomic
def add_document_evidence(
    *, duty: Duty, task: Task, number: str, dated: date, by: User, at: datetime, note: str = "", url: str = ""
) -> Evidence:
    """Name a document by its number and date, with the address at which the document system shows it (R060)."""
    entry, others = _entry(duty, task, by=by, at=at)
    if not number.strip():
        require(no(_("Hãy ghi số, ký hiệu văn bản.")))
    named = {"document_number": number.strip(), "document_date": dated, "document_url": url}
    evidence = Evidence.objects.create(entry=entry, note=note, added_by=by, added_at=at, **named)
    _settle("add_evidence", entry, others, by, at, evidence=evidence.pk, number=number, dated=dated)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User, at: datetime) -> Evidence:
    """Leave it out of what is sent next; submissions already sent keep it."""
    entry, others = _entry(evidence.entry.duty, evidence.entry.task, by=by, at=at)
    evidence.removed_at = at
    evidence.save(update_fields=["removed_at"])
    _settle("remove_evidence", entry, others, by, at, evidence=evidence.pk)
    return evidence


def _entry(duty: Duty, task: Task, *, by: User, at: datetime) -> tuple[Entry, list[Duty]]:
    """The entry, locked after its report, if this person may write in it now; and the unit's other open reports."""
    duty, others = lock_reports(duty)
    require(can_draft_entry(by, duty, task, at=at))
    entry = entry_for_writing(duty, task)
    after(EntryStatus(entry.status), Act.SAVE)
    return entry, others


def _settle(verb: str, entry: Entry, others: list[Duty], by: User, at: datetime, **detail: object) -> None:
    """Who did it has written; evidence of its own unties an entry filled from another, and fills follow."""
    add_writer(entry, by)
    entry.filled_from = None
    entry.save(update_fields=["writer_ids", "filled_from"])
    repeat_evidence(entry, others, by=by, at=at)
    record_entry(verb, entry, by, at, **detail)
