"""After a period was closed, one report, or one task of it, is opened again for a time and with a reason.

All else of the period stays locked, and what the closing counted stays counted: a correction accepted later is listed
beside the frozen report (`reporting.corrections`).
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.plans.models import Task
from tiendo.reporting.actions import desks
from tiendo.reporting.actions.putting_back import put_back
from tiendo.reporting.actions.sending import locked_duty, refresh_status
from tiendo.reporting.corrections import reopened_tasks
from tiendo.reporting.models import Duty, Entry, EntryQuerySet, Reopening, Stay
from tiendo.reporting.people import people_of_unit
from tiendo.reporting.permissions import can_reopen
from tiendo.reporting.queries import coordinating_unit, tasks_of
from tiendo.reporting.workflow import Act, DutyStatus, EntryStatus, IllegalMove, after
from tiendo.ui.sentences import Sentence


@transaction.atomic
def reopen(*, duty: Duty, task: Task | None, until: datetime, reason: str, by: User, at: datetime) -> Reopening:
    """Let a unit correct its report of a closed period until a moment: one task, or with None the whole report.

    Raises IllegalMove while the period is not closed, for a task the unit does not report on, for what is open
    already, and for a moment already past.
    """
    duty = locked_duty(duty)
    require(can_reopen(by))
    if not reason.strip():
        require(no(_("Hãy ghi lý do mở lại; lý do được lưu cùng báo cáo.")))
    _require_sensible(duty, task, until, at)
    reopening = Reopening.objects.create(
        duty=duty, task=task, reason=reason.strip(), opened_at=at, opened_by=by, until=until
    )
    for entry in _entries(reopening).filter(status=EntryStatus.ACCEPTED.value):
        entry.status = after(EntryStatus(entry.status), Act.REOPEN).value
        entry.save(update_fields=["status"])
    _follow(duty, by=by, at=at)
    _record("reporting.period.reopen", reopening, by, at, until=until, reason=reopening.reason)
    _tell(reopening, by, at)
    return reopening


@transaction.atomic
def end_reopening(*, reopening: Reopening, by: User | None, at: datetime) -> Reopening:
    """Lock again what was opened: what was sent stays sent, what was not stands as it was accepted.

    `by` is None when the clock ends it because its time is over. Ending twice does nothing twice.
    """
    if by is not None:
        require(can_reopen(by))
    duty = locked_duty(Duty(pk=reopening.duty_id))
    reopening = Reopening.objects.select_for_update(of=("self",)).select_related("task").get(pk=reopening.pk)
    if reopening.ended_at is not None:
        return reopening
    reopening.ended_at, reopening.ended_by = at, by
    reopening.save(update_fields=["ended_at", "ended_by"])
    reopening.duty = duty
    still_open = duty.reopenings.open(at)
    left = [entry for entry in _entries(reopening) if not still_open.covering(entry.task).exists()]
    put_back(left)
    _follow(duty, by=by, at=at)
    _record("reporting.reopening.end", reopening, by, at)
    return reopening


def end_lapsed_reopenings(*, by: User | None, at: datetime) -> list[Reopening]:
    """End every reopening whose time is over; a second run, or a second worker, ends nothing twice."""
    lapsed = Reopening.objects.filter(ended_at=None, until__lte=at).order_by("pk")
    return [end_reopening(reopening=reopening, by=by, at=at) for reopening in lapsed]


def _require_sensible(duty: Duty, task: Task | None, until: datetime, at: datetime) -> None:
    if duty.period.closed_at is None:
        raise IllegalMove(_("Kỳ này chưa khóa số liệu nên không cần mở lại."))
    if until <= at:
        raise IllegalMove(_("Thời điểm kết thúc phải ở sau lúc này."))
    if task is not None and not tasks_of(duty).filter(pk=task.pk).exists():
        raise IllegalMove(_("Đơn vị không báo cáo nhiệm vụ này trong kỳ."))
    if duty.reopenings.open(at).covering(task).filter(task=task).exists() or _is_whole_open(duty, at):
        raise IllegalMove(_("Nội dung này đang được mở lại rồi."))


def _is_whole_open(duty: Duty, at: datetime) -> bool:
    return duty.reopenings.open(at).filter(task=None).exists()


def _entries(reopening: Reopening) -> EntryQuerySet:
    rows = Entry.objects.select_for_update(of=("self",)).select_related("task").filter(duty=reopening.duty)
    return rows.filter(task=reopening.task) if reopening.task else rows


def _follow(duty: Duty, *, by: User | None, at: datetime) -> None:
    """The report's status follows its entries; it lies with whoever has to act, while anything is open."""
    scope = reopened_tasks(duty, at=at)
    is_open = scope is None or bool(scope)
    refresh_status(duty)
    duty.status = _status(duty, is_open=is_open).value
    duty.save(update_fields=["status"])
    stay = Stay.objects.find_open(duty)
    if is_open and (stay is None or stay.desk == Stay.Desk.COORDINATOR):
        _lay(duty, stay, scope, by=by, at=at)
    elif not is_open and stay is not None and not _sent_after_closing(duty):
        desks.finish(duty=duty, outcome=Stay.Outcome.CLOSED, by=by, at=at)


def _lay(duty: Duty, stay: Stay | None, scope: frozenset[int] | None, *, by: User | None, at: datetime) -> None:
    """With the unit, for it to correct; with the coordinator where all that was opened again was sent and waits."""
    entries = duty.entries.exclude(revision=0)
    statuses = set((entries if scope is None else entries.filter(task__in=scope)).values_list("status", flat=True))
    waits = statuses == {EntryStatus.SUBMITTED} or (scope is None and duty.nothing_new)
    if waits and duty.status == DutyStatus.SUBMITTED:
        desk, unit = Stay.Desk.COORDINATOR, coordinating_unit(duty.period, at)
    else:
        desk, unit = Stay.Desk.OFFICER, duty.unit
    if stay is None or stay.desk != desk:
        desks.move(duty=duty, desk=desk, unit=unit, outcome=Stay.Outcome.REOPENED, by=by, at=at)


def _sent_after_closing(duty: Duty) -> bool:
    """What was sent under a reopening stays with the coordinator, who answers it when its time is over too."""
    sent_at, closed_at = duty.sent_at, duty.period.closed_at
    if duty.status != DutyStatus.SUBMITTED or sent_at is None or closed_at is None:
        return False
    return sent_at >= closed_at


def _status(duty: Duty, *, is_open: bool) -> DutyStatus:
    """As the entries say; a report once accepted is accepted again when nothing of it waits or was returned."""
    status = DutyStatus(duty.status)
    waits = duty.entries.filter(status__in=(EntryStatus.SUBMITTED.value, EntryStatus.RETURNED.value)).exists()
    if duty.accepted_at is None or waits:
        return status
    return DutyStatus.RETURNED if is_open else DutyStatus.ACCEPTED


def _tell(reopening: Reopening, by: User, at: datetime) -> None:
    duty, until = reopening.duty, f"{reopening.last_day:%d/%m/%Y}"
    whole = gettext_noop("Báo cáo kỳ “{period}” của đơn vị được mở lại đến hết ngày {until}.")
    one = gettext_noop("Nhiệm vụ {code} trong báo cáo kỳ “{period}” được mở lại đến hết ngày {until}.")
    code = reopening.task.code if reopening.task else ""
    notify(
        kind=Kind.REOPENED,
        to=people_of_unit(duty.unit_id, on=localdate(at)),
        sentence=Sentence.of(one if code else whole, period=duty.period.name, until=until, code=code),
        body=reopening.reason,
        url=reverse("reporting:duty-detail", args=[duty.pk]),
        about=f"reporting.duty:{duty.pk}",
        key=f"reporting.reopening:{reopening.pk}",
        by=by,
        at=at,
    )


def _record(act: str, reopening: Reopening, by: User | None, at: datetime, **detail: object) -> None:
    record(
        act=act,
        subject=f"reporting.duty:{reopening.duty_id}",
        actor=by.username if by else MACHINE,
        at=at,
        reopening=reopening.pk,
        unit=reopening.duty.unit.code,
        task=reopening.task.code if reopening.task else None,
        **detail,
    )
