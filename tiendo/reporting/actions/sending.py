"""The head approves and sends."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.reporting.actions import desks
from tiendo.reporting.actions.asking import ask_parts
from tiendo.reporting.actions.flagging import flag_submissions
from tiendo.reporting.actions.putting_back import put_back
from tiendo.reporting.corrections import reopened_tasks
from tiendo.reporting.models import VALUE_FIELDS, Duty, Entry, Evidence, Period, Stay, Submission
from tiendo.reporting.people import people_holding_role
from tiendo.reporting.permissions import can_send_duty
from tiendo.reporting.queries import content_mark, tasks_to_report, values_of
from tiendo.reporting.routing import UNSENT
from tiendo.reporting.rules import problems
from tiendo.reporting.shifting import shifted_away, written_elsewhere
from tiendo.reporting.workflow import Act, Desk, DeskAct, DutyStatus, EntryStatus, IllegalMove, after, duty_status
from tiendo.reporting.workflow import desk_move as checked
from tiendo.ui.sentences import Sentence

BATCH = 200


class NotReady(Exception):
    """The report cannot be sent yet; `problems` maps task code → sentences."""

    def __init__(self, found: dict[str, list[str]]) -> None:
        super().__init__(_("Chưa gửi được: còn %(count)d nhiệm vụ cần bổ sung.") % {"count": len(found)})
        self.problems = found


@transaction.atomic
def send_duty(*, duty: Duty, by: User, at: datetime, seen: str | None = None) -> Duty:
    """Send every entry not yet sent, or returned, as frozen submissions, in a number of queries that does not grow
    with them.

    The head may take it over from whatever desk of the unit it lies on; the log names that desk, and for whom a
    substitute acted. `seen` is the `content_mark` of what the head had before him: nobody signs words written after he
    looked. Raises NotReady with what is missing task by task; IllegalMove when there is nothing to send, or something
    else than was seen.
    """
    duty = locked_duty(duty)
    require(can_send_duty(by, duty, at=at))
    entries = ready_entries(duty, seen=seen, at=at)
    submissions = _submit(entries, by=by, at=at)
    flag_submissions(duty, submissions, at=at)
    ask_parts(duty=duty, submissions=submissions, by=by, at=at)
    duty.nothing_new = False
    _mark_sent(duty, "send", by=by, at=at, submissions=[submission.pk for submission in submissions])
    return duty


@transaction.atomic
def send_nothing_new(*, duty: Duty, by: User, at: datetime) -> Duty:
    """ "Không phát sinh": the head says in one signed click that there is nothing to add this period."""
    duty = locked_duty(duty)
    require(can_send_duty(by, duty, at=at))
    if duty.status != DutyStatus.OPEN:
        raise IllegalMove(_("Báo cáo của kỳ này đã gửi."))
    if reopened_tasks(duty, at=at) is not None:
        raise IllegalMove(_("Chỉ một số nhiệm vụ được mở lại; hãy nhập và gửi các nhiệm vụ đó."))
    if duty.entries.exclude(revision=0).exists():
        require(no(_("Đơn vị đã nhập nội dung cho kỳ này; hãy gửi báo cáo thay vì báo không phát sinh.")))
    duty.nothing_new = True
    _mark_sent(duty, "nothing_new", by=by, at=at)
    return duty


def locked_duty(duty: Duty) -> Duty:
    """The duty, locked; its period is read afterwards, so that one who waited sees that it was closed meanwhile."""
    locked = Duty.objects.select_for_update(of=("self",)).select_related("unit").get(pk=duty.pk)
    locked.period = Period.objects.select_related("plan").get(pk=locked.period_id)
    return locked


def refresh_status(duty: Duty) -> None:
    """Let the duty follow its entries."""
    rows = duty.entries.exclude(revision=0).exclude(task__in=written_elsewhere(duty))
    entries = [EntryStatus(status) for status in rows.values_list("status", flat=True)]
    duty.status = duty_status(entries, sent=duty.sent_at is not None).value


def ready_entries(duty: Duty, *, seen: str | None, at: datetime) -> list[Entry]:
    """What would be sent now, locked and found whole; raises as `send_duty` does."""
    moved = written_elsewhere(duty) | shifted_away(duty)
    rows = duty.entries.select_for_update(of=("self",)).select_related("task").filter(status__in=UNSENT)
    rows = rows.exclude(task__in=moved)
    scope = reopened_tasks(duty, at=at)
    entries = list((rows if scope is None else rows.filter(task__in=scope)).order_by("pk"))
    if seen is not None and seen != content_mark(duty):
        raise IllegalMove(_("Báo cáo vừa được sửa sau khi bạn mở trang; hãy xem lại rồi phê duyệt và gửi."))
    if duty.period.closed_at is not None:
        put_back(entries, only_unchanged=True)
        entries = [entry for entry in entries if entry.status in UNSENT]
    _require_ready(duty, entries, at, scope)
    if not entries:
        raise IllegalMove(_("Không có nội dung nào chờ gửi."))
    return entries


def _require_ready(duty: Duty, entries: Sequence[Entry], at: datetime, scope: frozenset[int] | None) -> None:
    """Every task says what it has to; in a report opened again only the tasks in `scope`, None for all."""
    found: dict[str, list[str]] = {}
    begun = set(duty.entries.exclude(revision=0).values_list("task_id", flat=True))
    for task in tasks_to_report(duty):
        if task.pk not in begun and (scope is None or task.pk in scope):
            found[task.code] = problems(None, has_evidence=False, on=localdate(at))
    backed = set(Evidence.objects.filter(entry__duty=duty, removed_at=None).values_list("entry_id", flat=True))
    for entry in entries:
        if missing := problems(values_of(entry), has_evidence=entry.pk in backed, on=localdate(at)):
            found[entry.task.code] = missing
    if found:
        raise NotReady(found)


def _submit(entries: Sequence[Entry], *, by: User, at: datetime) -> list[Submission]:
    """All of them in four queries: who wrote goes into what is sent, and the entries begin anew without writers."""
    pks = [entry.pk for entry in entries]
    last = {row.entry_id: row for row in Submission.objects.filter(entry__in=pks).order_by("number")}
    backing: dict[int, list[int]] = {}
    for pk, entry_id in Evidence.objects.filter(entry__in=pks, removed_at=None).values_list("pk", "entry_id"):
        backing.setdefault(entry_id, []).append(pk)
    rows = [_frozen(entry, last.get(entry.pk), backing.get(entry.pk, []), by, at) for entry in entries]
    for entry in entries:
        entry.status, entry.writer_ids = after(EntryStatus(entry.status), Act.SUBMIT).value, []
    Entry.objects.filter(pk__in=pks).update(status=EntryStatus.SUBMITTED.value, writer_ids=[])
    return Submission.objects.bulk_create(rows, batch_size=BATCH)


def _frozen(entry: Entry, last: Submission | None, evidence: list[int], by: User, at: datetime) -> Submission:
    """Who wrote what came back has written what is sent again."""
    writers = {*entry.writer_ids, *(last.writer_ids if last else ()), entry.saved_by_id}
    return Submission(
        entry=entry,
        number=last.number + 1 if last else 1,
        evidence_ids=evidence,
        drafted_by_id=entry.saved_by_id,
        writer_ids=sorted(pk for pk in writers if pk is not None),
        submitted_by=by,
        submitted_at=at,
        **{name: getattr(entry, name) for name in VALUE_FIELDS},
    )


def _mark_sent(duty: Duty, verb: str, *, by: User, at: datetime, **detail: object) -> None:
    stay = Stay.objects.find_open(duty)
    checked(Desk(stay.desk) if stay else None, DeskAct.SEND)
    duty.sent_at, duty.sent_by = at, by
    duty.first_sent_at = duty.first_sent_at or at
    if duty.period.closed_at is not None:
        duty.accepted_at = duty.accepted_by = None  # what was accepted before the closing is told by the desks
    refresh_status(duty)
    duty.save()
    laid = desks.hand_in(duty=duty, by=by, at=at)
    detail |= {"late": duty.is_late, "desk": stay.desk if stay else None, **acting(by, duty, stay)}
    record(act=f"reporting.duty.{verb}", subject=f"reporting.duty:{duty.pk}", actor=by.username, at=at, **detail)
    notify(
        kind=Kind.RECEIVED,
        to=people_holding_role(Role.COORDINATOR, on=localdate(at)),
        sentence=Sentence.of(gettext_noop("{unit} đã gửi báo cáo {period}."), unit=duty.unit, period=duty.period),
        url=reverse("reporting:duty-detail", args=[duty.pk]),
        about=f"reporting.duty:{duty.pk}",
        key=f"reporting.stay:{laid.pk}",
        by=by,
        at=at,
    )


def acting(by: User, duty: Duty, stay: Stay | None) -> dict[str, str]:
    """For the log: the name of the absent person in whose place somebody acted, if so."""
    above = stay is not None and stay.desk == Desk.PARENT
    absent = by.acting_for(stay.unit_id if stay is not None and above else duty.unit_id)
    return {"for": absent.username} if absent else {}
