"""The head approves and sends."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.reporting.actions import desks
from tiendo.reporting.models import VALUE_FIELDS, Duty, Entry, Evidence, Period, Submission
from tiendo.reporting.permissions import can_send_duty
from tiendo.reporting.queries import content_mark, tasks_to_report, values_of
from tiendo.reporting.rules import problems
from tiendo.reporting.workflow import Act, DutyStatus, EntryStatus, IllegalMove, after, duty_status

SENDABLE = (EntryStatus.DRAFT.value, EntryStatus.RETURNED.value)


class NotReady(Exception):
    """The report cannot be sent yet; `problems` maps task code → sentences."""

    def __init__(self, found: dict[str, list[str]]) -> None:
        super().__init__(_("Chưa gửi được: còn %(count)d nhiệm vụ cần bổ sung.") % {"count": len(found)})
        self.problems = found


@transaction.atomic
def send_duty(*, duty: Duty, by: User, at: datetime, seen: str | None = None) -> Duty:
    """Send every entry not yet sent, or returned, as frozen submissions.

    `seen` is the `content_mark` of what the head had before him: nobody signs words written after he looked.
    Raises NotReady with what is missing task by task; IllegalMove when there is nothing to send, or something else
    than was seen.
    """
    duty = locked_duty(duty)
    require(can_send_duty(by, duty))
    entries = list(
        duty.entries.select_for_update(of=("self",)).select_related("task").filter(status__in=SENDABLE).order_by("pk")
    )
    if seen is not None and seen != content_mark(duty):
        raise IllegalMove(_("Báo cáo vừa được sửa sau khi bạn mở trang; hãy xem lại rồi phê duyệt và gửi."))
    _require_ready(duty, entries, at)
    if not entries:
        raise IllegalMove(_("Không có nội dung nào chờ gửi."))
    submissions = [_submit(entry, by=by, at=at) for entry in entries]
    duty.nothing_new = False
    _mark_sent(duty, by=by, at=at)
    record(
        act="reporting.duty.send",
        subject=f"reporting.duty:{duty.pk}",
        actor=by.username,
        at=at,
        late=duty.is_late,
        submissions=[submission.pk for submission in submissions],
    )
    return duty


@transaction.atomic
def send_nothing_new(*, duty: Duty, by: User, at: datetime) -> Duty:
    """ "Không phát sinh": the head says in one signed click that there is nothing to add this period."""
    duty = locked_duty(duty)
    require(can_send_duty(by, duty))
    if duty.status != DutyStatus.OPEN:
        raise IllegalMove(_("Báo cáo của kỳ này đã gửi."))
    if duty.entries.exclude(revision=0).exists():
        require(no(_("Đơn vị đã nhập nội dung cho kỳ này; hãy gửi báo cáo thay vì báo không phát sinh.")))
    duty.nothing_new = True
    _mark_sent(duty, by=by, at=at)
    record(
        act="reporting.duty.nothing_new",
        subject=f"reporting.duty:{duty.pk}",
        actor=by.username,
        at=at,
        late=duty.is_late,
    )
    return duty


def locked_duty(duty: Duty) -> Duty:
    """The duty, locked; its period is read afterwards, so that one who waited sees that it was closed meanwhile."""
    locked = Duty.objects.select_for_update(of=("self",)).select_related("unit").get(pk=duty.pk)
    locked.period = Period.objects.select_related("plan").get(pk=locked.period_id)
    return locked


def refresh_status(duty: Duty) -> None:
    """Let the duty follow its entries."""
    entries = [EntryStatus(status) for status in duty.entries.exclude(revision=0).values_list("status", flat=True)]
    duty.status = duty_status(entries, sent=duty.sent_at is not None).value


def _require_ready(duty: Duty, entries: list[Entry], at: datetime) -> None:
    found: dict[str, list[str]] = {}
    begun = set(duty.entries.exclude(revision=0).values_list("task_id", flat=True))
    for task in tasks_to_report(duty):
        if task.pk not in begun:
            found[task.code] = problems(None, has_evidence=False, on=localdate(at))
    backed = set(Evidence.objects.filter(entry__duty=duty, removed_at=None).values_list("entry_id", flat=True))
    for entry in entries:
        if missing := problems(values_of(entry), has_evidence=entry.pk in backed, on=localdate(at)):
            found[entry.task.code] = missing
    if found:
        raise NotReady(found)


def _submit(entry: Entry, *, by: User, at: datetime) -> Submission:
    entry.status = after(EntryStatus(entry.status), Act.SUBMIT).value
    entry.save(update_fields=["status"])
    last = entry.submissions.aggregate(last=Max("number"))["last"] or 0
    return Submission.objects.create(
        entry=entry,
        number=last + 1,
        evidence_ids=list(entry.evidence.filter(removed_at=None).values_list("pk", flat=True)),
        drafted_by=entry.saved_by,
        submitted_by=by,
        submitted_at=at,
        **{name: getattr(entry, name) for name in VALUE_FIELDS},
    )


def _mark_sent(duty: Duty, *, by: User, at: datetime) -> None:
    duty.sent_at, duty.sent_by = at, by
    duty.first_sent_at = duty.first_sent_at or at
    refresh_status(duty)
    duty.save()
    desks.hand_in(duty=duty, by=by, at=at)
