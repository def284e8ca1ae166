""" "Đã cập nhật lên hệ thống Trung ương": who copied which accepted report, when, and in which words."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.reporting.models import Evidence, NationalEntry, Submission
from tiendo.reporting.papers.national_rows import block_of
from tiendo.reporting.permissions import can_note_national
from tiendo.reporting.workflow import IllegalMove


@transaction.atomic
def enter_national(*, submission: Submission, by: User, at: datetime) -> NationalEntry:
    """Note that the accepted report stands in the national system. Raises IllegalMove when it is noted already, or
    was not accepted."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("entry__task")
    submission = rows.get(pk=submission.pk)
    require(can_note_national(by))
    if submission.verdict != Submission.Verdict.ACCEPTED:
        raise IllegalMove(_("Chỉ nội dung đã tiếp nhận mới cập nhật lên hệ thống Trung ương."))
    if submission.national_entries.filter(undone_at=None).exists():
        raise IllegalMove(_("Nội dung này đã được ghi là đã cập nhật."))
    backing = Evidence.objects.filter(pk__in=submission.evidence_ids).order_by("pk")
    entry = NationalEntry.objects.create(
        submission=submission, text=block_of(submission, backing), entered_at=at, entered_by=by
    )
    record(
        act="reporting.national.enter",
        subject=f"plans.task:{submission.entry.task.code}",
        actor=by.username,
        at=at,
        submission=submission.pk,
    )
    return entry


@transaction.atomic
def undo_national(*, entry: NationalEntry, by: User, at: datetime) -> NationalEntry:
    """Take a note back that was made by mistake. Raises IllegalMove when that was done already."""
    rows = NationalEntry.objects.select_for_update(of=("self",)).select_related("submission__entry__task")
    entry = rows.get(pk=entry.pk)
    require(can_note_national(by))
    if entry.undone_at is not None:
        raise IllegalMove(_("Ghi nhận này đã được bỏ."))
    entry.undone_at, entry.undone_by = at, by
    entry.save(update_fields=["undone_at", "undone_by"])
    record(
        act="reporting.national.undo",
        subject=f"plans.task:{entry.submission.entry.task.code}",
        actor=by.username,
        at=at,
        submission=entry.submission_id,
    )
    return entry
