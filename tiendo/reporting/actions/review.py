"""The coordinator returns an item with a reason, or accepts it: alone, a whole report, or all clean ones at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import Fact, record, record_all
from tiendo.budget.actions import Reported, enter_reported_money
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.plans.actions import Progress, record_progress_of_all
from tiendo.plans.holding import holding
from tiendo.plans.models import Assignment
from tiendo.plans.states import WorkState
from tiendo.reporting.actions import desks
from tiendo.reporting.actions.asking import newest_submissions
from tiendo.reporting.actions.sending import locked_duty, refresh_status
from tiendo.reporting.disputes import disputed_tasks
from tiendo.reporting.models import Duty, Entry, Submission
from tiendo.reporting.parts import PartState, bars_acceptance
from tiendo.reporting.people import people_of_unit
from tiendo.reporting.permissions import can_review_duty, can_review_entry
from tiendo.reporting.prefilling import year_of
from tiendo.reporting.queries import with_newer_acceptance
from tiendo.reporting.workflow import ENTRY_WORDS, Act, DutyStatus, EntryStatus, IllegalMove, after
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Line:
    """One item under the lock: where it stands, what was sent last, whether a dispute over its task stands."""

    entry: Entry
    sent: Submission | None
    is_disputed: bool


@dataclass(frozen=True)
class Outcome:
    """What became of the items of one report: those accepted, and for each other one why not, by the entry's pk."""

    accepted: tuple[Entry, ...]
    refused: dict[int, str]


@transaction.atomic
def return_entry(*, entry: Entry, reason: str, by: User, at: datetime, number: int | None = None) -> Entry:
    """Send one item back with a reason; what was submitted stays as it was. `number` as in `accept_entry`."""
    duty = locked_duty(Duty(pk=entry.duty_id))
    line = _lines(duty, [entry.pk])[0]
    sent = _sent_as_seen(line, number, by, at)
    if not reason.strip():
        require(no(_("Hãy ghi lý do trả lại để đơn vị biết cần sửa gì.")))
    _decide(line.entry, sent, Act.RETURN, by=by, at=at, reason=reason)
    line.entry.save(update_fields=["status"])
    sent.save(update_fields=["verdict", "decided_by", "decided_at", "reason"])
    refresh_status(duty)
    duty.save()
    desks.follow_review(duty=duty, by=by, at=at, note=reason)
    record_all([_fact("return", line.entry, sent, reason=reason)], actor=by.username, at=at)
    _tell_returned(line.entry, sent, by, at)
    return line.entry


@transaction.atomic
def accept_entry(*, entry: Entry, by: User, at: datetime, number: int | None = None) -> Entry:
    """Make the submitted values official: the task moves, unless a later period has already spoken.

    `number` is that of the submission the reviewer had before them. Raises IllegalMove when a newer one was sent since,
    when somebody else has already answered, or when completion is claimed over an open dispute.
    """
    duty = locked_duty(Duty(pk=entry.duty_id))
    line = _lines(duty, [entry.pk])[0]
    _accept(duty, {line.entry: _acceptable(line, number, by, at)}, by=by, at=at)
    return line.entry


@transaction.atomic
def accept_entries(*, duty: Duty, seen: Mapping[int, int], by: User, at: datetime) -> Outcome:
    """Accept the items of one report that are still as the reviewer saw them; the others are left and named.

    `seen` maps the entry's pk to the number of the submission on the page. A constant number of queries.
    """
    duty = locked_duty(duty)
    require(can_review_duty(by, duty, at=at))
    taken: dict[Entry, Submission] = {}
    refused: dict[int, str] = {}
    for line in _lines(duty, seen):
        try:
            taken[line.entry] = _acceptable(line, seen[line.entry.pk], by, at)
        except (IllegalMove, PermissionDenied) as why:
            refused[line.entry.pk] = why.args[0]
    if taken:
        _accept(duty, taken, by=by, at=at)
    return Outcome(tuple(taken), refused)


@transaction.atomic
def accept_duty(*, duty: Duty, by: User, at: datetime, seen: str | None = None) -> Duty:
    """Accept all that waits in a unit's report, or its "không phát sinh"; all of it or nothing.

    `seen` is the `sending_mark` of what the reviewer had before him: what was sent since is read first.
    """
    duty = locked_duty(duty)
    require(can_review_duty(by, duty, at=at))
    if seen is not None and seen != duty.sending_mark:
        raise IllegalMove(_("Đơn vị đã gửi lại báo cáo sau khi bạn mở trang; hãy xem bản mới."))
    waiting = duty.entries.filter(status=EntryStatus.SUBMITTED.value).values_list("pk", flat=True)
    lines = _lines(duty, waiting)
    if duty.status != DutyStatus.SUBMITTED or not (lines or duty.nothing_new):
        raise IllegalMove(_("Báo cáo này không có nội dung nào chờ tiếp nhận."))
    _accept(duty, {line.entry: _acceptable(line, None, by, at) for line in lines}, by=by, at=at)
    return duty


def _lines(duty: Duty, entry_ids: Iterable[int]) -> list[Line]:
    """Duty first, then its entries: every act locks in this order, so two reviewers wait instead of deadlocking."""
    entries = duty.entries.select_for_update(of=("self",)).select_related("task").filter(pk__in=list(entry_ids))
    found = list(entries.order_by("pk"))
    newest = newest_submissions(entry.pk for entry in found)
    tasks = [entry.task_id for entry in found]
    disputed = set(disputed_tasks().filter(pk__in=tasks).values_list("pk", flat=True))
    for entry in found:
        entry.duty = duty
    return [Line(entry, newest.get(entry.pk), entry.task_id in disputed) for entry in found]


def _sent_as_seen(line: Line, number: int | None, by: User, at: datetime) -> Submission:
    """What was sent last, when it is still what the reviewer saw, and theirs to answer, and nobody has answered yet."""
    sent = line.sent
    if sent is None:
        raise IllegalMove(_("Nội dung này chưa được gửi."))
    if number is not None and number != sent.number:
        raise IllegalMove(_("Đơn vị đã gửi lại nội dung này sau khi bạn mở trang; hãy xem bản mới."))
    require(can_review_entry(by, line.entry, sent, at=at))
    if sent.decided_by is not None and sent.decided_by != by:
        pattern = _("{who} đã xử lý trước: nội dung này đang ở trạng thái “{status}”.")
        status = ENTRY_WORDS[EntryStatus(line.entry.status)]
        raise IllegalMove(Sentence.of(pattern, who=str(sent.decided_by), status=status))
    return sent


def _acceptable(line: Line, number: int | None, by: User, at: datetime) -> Submission:
    sent = _sent_as_seen(line, number, by, at)
    after(EntryStatus(line.entry.status), Act.ACCEPT)
    claimed = WorkState(sent.state) if sent.state else None
    if line.is_disputed and bars_acceptance(claimed, [PartState.DISPUTED]):
        pattern = _(
            "Nhiệm vụ {code} báo hoàn thành nhưng còn cơ quan phối hợp không thống nhất; hãy xử lý ý kiến trước."
        )
        raise IllegalMove(Sentence.of(pattern, code=line.entry.task.code))
    return sent


def _decide(
    entry: Entry, submission: Submission, act: Act, *, by: User, at: datetime, reason: str | None = None
) -> None:
    """In hand; the caller keeps it."""
    entry.status = after(EntryStatus(entry.status), act).value
    submission.verdict = Submission.Verdict.ACCEPTED if act == Act.ACCEPT else Submission.Verdict.RETURNED
    submission.decided_by, submission.decided_at, submission.reason = by, at, reason


def _accept(duty: Duty, taken: Mapping[Entry, Submission], *, by: User, at: datetime) -> None:
    """Keep the answers and move the tasks, in a constant number of queries however many items there are."""
    for entry, sent in taken.items():
        _decide(entry, sent, Act.ACCEPT, by=by, at=at)
    Entry.objects.bulk_update(list(taken), ["status"], batch_size=200)
    Submission.objects.bulk_update(
        list(taken.values()), ["verdict", "decided_by", "decided_at", "reason"], batch_size=100
    )
    outdated = with_newer_acceptance(duty, [entry.task_id for entry in taken])
    progress = [_progress(entry, sent) for entry, sent in taken.items() if sent.state and entry.task_id not in outdated]
    # Tasks are locked before the log, as by every other act: two who wait for each other would never end.
    record_progress_of_all(progress=progress, by=by, at=at)
    told = {entry: sent for entry, sent in taken.items() if entry.task_id not in outdated}
    named = _named(duty, told, at)
    money = [_money(entry, sent, named.get(entry.task_id, duty.unit_id)) for entry, sent in told.items()]
    enter_reported_money(reports=money, by=by, at=at)
    facts = [_fact("accept", entry, sent, task=entry.task.code) for entry, sent in taken.items()]
    record_all(facts, actor=by.username, at=at)
    _follow(duty, by=by, at=at)


def _progress(entry: Entry, sent: Submission) -> Progress:
    origin = f"reporting.submission:{sent.pk}"
    return Progress(entry.task_id, WorkState(sent.state or ""), sent.percent, sent.completed_on, origin)


def _named(duty: Duty, entries: Iterable[Entry], at: datetime) -> dict[int, int]:
    """Task id → the unit the decision named, for which the report's unit answers: its money goes on in one ledger."""
    rows = Assignment.objects.in_force().filter(task__in={entry.task_id for entry in entries}, unit__isnull=False)
    known = holding(on=localdate(at))
    own = known.of_unit(duty.unit_id)
    leads = rows.filter(role=Assignment.Role.LEAD).values_list("task_id", "unit_id")
    return {task: unit for task, unit in leads if unit and known.of_part(task, unit) == own}


def _money(entry: Entry, sent: Submission, unit_id: int) -> Reported:
    """What the report says of money up to its last day of data, for finance to confirm."""
    period = entry.duty.period
    return Reported(
        task_id=entry.task_id,
        unit_id=unit_id,
        year=year_of(period.data_to),
        as_of=period.data_to - timedelta(days=1),
        used=sent.money_used,
        allocated=sent.money_allocated,
        origin=f"reporting.submission:{sent.pk}",
        said_by=sent.submitted_by,
    )


def _follow(duty: Duty, *, by: User, at: datetime) -> None:
    refresh_status(duty)
    if duty.nothing_new:
        duty.status = DutyStatus.ACCEPTED.value
    if duty.status == DutyStatus.ACCEPTED:
        duty.accepted_at, duty.accepted_by = at, by
        record(act="reporting.duty.accept", subject=f"reporting.duty:{duty.pk}", actor=by.username, at=at)
        _tell_accepted(duty, by, at)
    duty.save()
    desks.follow_review(duty=duty, by=by, at=at)


def _fact(verb: str, entry: Entry, submission: Submission, **detail: object) -> Fact:
    return Fact(f"reporting.entry.{verb}", f"reporting.entry:{entry.pk}", {"submission": submission.pk, **detail})


def _tell_returned(entry: Entry, sent: Submission, by: User, at: datetime) -> None:
    notify(
        kind=Kind.RETURNED,
        to=people_of_unit(entry.duty.unit_id, on=localdate(at)),
        sentence=Sentence.of(gettext_noop("Cơ quan đầu mối trả lại nhiệm vụ “{task}”."), task=entry.task.title),
        body=sent.reason or "",
        url=reverse("reporting:duty-detail", args=[entry.duty_id]) + f"#{entry.task.code}",
        about=f"reporting.entry:{entry.pk}",
        key=f"returned:{sent.pk}",
        by=by,
        at=at,
    )


def _tell_accepted(duty: Duty, by: User, at: datetime) -> None:
    pattern = gettext_noop("Cơ quan đầu mối đã tiếp nhận báo cáo {period} của {unit}.")
    notify(
        kind=Kind.ACCEPTED,
        to=people_of_unit(duty.unit_id, on=localdate(at)),
        sentence=Sentence.of(pattern, period=str(duty.period), unit=str(duty.unit)),
        url=reverse("reporting:duty-detail", args=[duty.pk]),
        about=f"reporting.duty:{duty.pk}",
        key=f"accepted:{duty.pk}:{at.isoformat()}",
        by=by,
        at=at,
    )
