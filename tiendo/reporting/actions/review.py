"""The coordinator returns an entry with a reason, or accepts it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.plans.actions import record_progress
from tiendo.reporting.actions import desks
from tiendo.reporting.actions.sending import locked_duty, refresh_status
from tiendo.reporting.models import Duty, Entry, Submission
from tiendo.reporting.permissions import can_review_duty, can_review_entry
from tiendo.reporting.queries import has_newer_acceptance, values_of
from tiendo.reporting.workflow import Act, DutyStatus, EntryStatus, IllegalMove, after


@transaction.atomic
def return_entry(*, entry: Entry, reason: str, by: User, at: datetime) -> Entry:
    """Send one entry back with a reason; what was submitted stays as it was."""
    duty, entry, submission = _locked(entry)
    require(can_review_entry(by, entry, submission))
    if not reason.strip():
        require(no(_("Hãy ghi lý do trả lại để đơn vị biết cần sửa gì.")))
    _decide(entry, submission, Act.RETURN, by=by, at=at, reason=reason)
    refresh_status(duty)
    duty.save()
    desks.follow_review(duty=duty, by=by, at=at, note=reason)
    _record("return", entry, submission, by, at, reason=reason)
    return entry


@transaction.atomic
def accept_entry(*, entry: Entry, by: User, at: datetime) -> Entry:
    """Make the submitted values official: the task moves, unless a later period has already spoken."""
    duty, entry, submission = _locked(entry)
    _accept(entry, submission, by=by, at=at)
    _follow(duty, by=by, at=at)
    return entry


@transaction.atomic
def accept_duty(*, duty: Duty, by: User, at: datetime) -> Duty:
    """Accept all that waits in a unit's report, or its "không phát sinh"."""
    duty = locked_duty(duty)
    require(can_review_duty(by, duty))
    waiting = list(duty.entries.filter(status=EntryStatus.SUBMITTED.value).order_by("pk"))
    if duty.status != DutyStatus.SUBMITTED or not (waiting or duty.nothing_new):
        raise IllegalMove(_("Báo cáo này không có nội dung nào chờ tiếp nhận."))
    for entry in waiting:
        locked, submission = _locked(entry)[1:]
        _accept(locked, submission, by=by, at=at)
    _follow(duty, by=by, at=at)
    return duty


def _locked(entry: Entry) -> tuple[Duty, Entry, Submission]:
    """Duty first, then entry: every act locks in this order, so two reviewers wait instead of deadlocking."""
    duty = locked_duty(Duty(pk=entry.duty_id))
    entry = Entry.objects.select_for_update(of=("self",)).select_related("task").get(pk=entry.pk)
    entry.duty = duty
    submission = entry.submissions.order_by("-number").first()
    if submission is None:
        raise IllegalMove(_("Nội dung này chưa được gửi."))
    return duty, entry, submission


def _decide(
    entry: Entry, submission: Submission, act: Act, *, by: User, at: datetime, reason: str | None = None
) -> None:
    entry.status = after(EntryStatus(entry.status), act).value
    entry.save(update_fields=["status"])
    submission.verdict = Submission.Verdict.ACCEPTED if act == Act.ACCEPT else Submission.Verdict.RETURNED
    submission.decided_by, submission.decided_at, submission.reason = by, at, reason
    submission.save(update_fields=["verdict", "decided_by", "decided_at", "reason"])


def _accept(entry: Entry, submission: Submission, *, by: User, at: datetime) -> None:
    require(can_review_entry(by, entry, submission))
    _decide(entry, submission, Act.ACCEPT, by=by, at=at)
    _record("accept", entry, submission, by, at, task=entry.task.code)
    values = values_of(submission)
    if values.state is not None and not has_newer_acceptance(entry):
        record_progress(
            task=entry.task,
            state=values.state,
            percent=values.percent,
            completed_on=values.completed_on,
            origin=f"reporting.submission:{submission.pk}",
            by=by,
            at=at,
        )


def _follow(duty: Duty, *, by: User, at: datetime) -> None:
    refresh_status(duty)
    if duty.nothing_new:
        duty.status = DutyStatus.ACCEPTED.value
    if duty.status == DutyStatus.ACCEPTED:
        duty.accepted_at, duty.accepted_by = at, by
        record(act="reporting.duty.accept", subject=f"reporting.duty:{duty.pk}", actor=by.username, at=at)
    duty.save()
    desks.follow_review(duty=duty, by=by, at=at)


def _record(verb: str, entry: Entry, submission: Submission, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"reporting.entry.{verb}",
        subject=f"reporting.entry:{entry.pk}",
        actor=by.username,
        at=at,
        submission=submission.pk,
        **detail,
    )
