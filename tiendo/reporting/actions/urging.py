"""The coordinator urges a unit; the unit says it has seen it, or those above are told of its silence (R019)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.notices.actions import notify, notify_all
from tiendo.notices.kinds import Kind
from tiendo.notices.letters import Letter
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import office_calendar
from tiendo.plans.models import Task
from tiendo.reporting.models import Duty, Urging
from tiendo.reporting.people import people_by_unit
from tiendo.reporting.permissions import can_urge, can_urge_task
from tiendo.reporting.routing import superiors_above
from tiendo.ui.sentences import Sentence

WORDS = gettext_noop("{agency} đôn đốc {unit}: {subject}")
REPORT = gettext_noop("báo cáo “{period}”.")
SILENCE = gettext_noop("{unit} chưa xem đôn đốc sau {days} ngày làm việc: {subject}")
TASK = gettext_noop("nhiệm vụ “{task}”.")


@transaction.atomic
def urge_unit(
    *, unit: Unit, message: str, by: User, at: datetime, duty: Duty | None = None, task: Task | None = None
) -> Urging:
    """Urge a unit about its report or a task; it stands on top of the unit's work until seen, its people are told."""
    urging = _urge(unit, message, by, at, duty=duty, task=task)
    notify_all(letters=_letters([urging], at), by=by, at=at)
    return urging


@transaction.atomic
def urge_duties(*, duties: Iterable[Duty], message: str, by: User, at: datetime) -> list[Urging]:
    """One message to the units of several reports: all of them are urged, or none."""
    urgings = [_urge(duty.unit, message, by, at, duty=duty) for duty in duties]
    notify_all(letters=_letters(urgings, at), by=by, at=at)
    return urgings


def _urge(
    unit: Unit, message: str, by: User, at: datetime, *, duty: Duty | None = None, task: Task | None = None
) -> Urging:
    require(can_urge(by))
    if task:
        # It may have been stopped since.
        task = Task.objects.select_for_update(of=("self",), no_key=True).get(pk=task.pk)
        require(can_urge_task(by, task))
    if not message.strip():
        require(no(_("Hãy ghi nội dung đôn đốc.")))
    urging = Urging.objects.create(unit=unit, duty=duty, task=task, message=message.strip(), sent_by=by, sent_at=at)
    record(
        act="reporting.urging.send",
        subject=f"reporting.urging:{urging.pk}",
        actor=by.username,
        at=at,
        unit=unit.code,
        duty=duty.pk if duty else None,
        task=task.code if task else None,
    )
    return urging


def _letters(urgings: Sequence[Urging], at: datetime) -> list[Letter]:
    """One for each, to the officers and heads of the unit."""
    people = people_by_unit({urging.unit_id for urging in urgings}, on=localdate(at))
    return [
        Letter(
            kind=Kind.URGING,
            to=people[urging.unit_id],
            sentence=_sentence(urging),
            body=urging.message,
            url=_url(urging),
            about=f"reporting.urging:{urging.pk}",
            key=f"reporting.urging:{urging.pk}",
        )
        for urging in urgings
    ]


def _subject(urging: Urging) -> Sentence:
    if urging.task:
        return Sentence.of(TASK, task=urging.task.title)
    return Sentence.of(REPORT, period=urging.duty.period.name if urging.duty else "")


def _sentence(urging: Urging) -> Sentence:
    post, subject = urging.sent_by.main_post, _subject(urging)
    agency = post.unit.short_name if post else urging.sent_by.full_name
    return Sentence.of(WORDS, agency=agency, unit=urging.unit.short_name, subject=subject)


def _url(urging: Urging) -> str:
    if urging.task:
        return reverse("plans:task-detail", args=[urging.task.code])
    return reverse("reporting:duty-detail", args=[urging.duty_id])


@transaction.atomic
def see_urging(*, urging: Urging, by: User, at: datetime) -> Urging:
    """A person of the unit confirms having read it."""
    urging = Urging.objects.select_for_update(of=("self",)).get(pk=urging.pk)
    if urging.unit_id not in by.access.held_unit_ids:
        require(no(_("Chỉ người của đơn vị được đôn đốc mới xác nhận.")))
    if urging.seen_at is None:
        urging.seen_at, urging.seen_by = at, by
        urging.save(update_fields=["seen_at", "seen_by"])
        record(act="reporting.urging.see", subject=f"reporting.urging:{urging.pk}", actor=by.username, at=at)
    return urging


def escalate_urgings(*, by: User | None, at: datetime) -> list[Urging]:
    """Tell those above the unit, once, of each urging neither seen nor answered by sending within
    TIENDO_ESCALATE_DAYS working days; the urgings somebody was told about.

    One with nobody above to be told stays as it is until there is somebody. `by` is None when the clock asks.
    """
    if by is not None:
        require(can_urge(by))
    limit = settings.TIENDO_ESCALATE_DAYS
    rows = Urging.objects.unheeded().filter(escalated_at=None, sent_at__lte=at - timedelta(days=limit))
    old = list(rows.select_related("unit", "duty__period", "task").order_by("pk"))
    calendar = office_calendar() if old else None
    waited = [(urging, int(calendar.elapsed(urging.sent_at, at))) for urging in old] if calendar else []
    return [urging for urging, days in waited if days >= limit and _escalate(urging, days, by=by, at=at)]


@transaction.atomic
def _escalate(urging: Urging, days: int, *, by: User | None, at: datetime) -> bool:
    """Unless somebody confirmed it, or another clock was faster."""
    people = superiors_above(urging.unit, on=localdate(at))
    if not people or not Urging.objects.filter(pk=urging.pk, seen_at=None, escalated_at=None).update(escalated_at=at):
        return False
    urging.escalated_at = at
    record(
        act="reporting.urging.escalate",
        subject=f"reporting.urging:{urging.pk}",
        actor=by.username if by else MACHINE,
        at=at,
        unit=urging.unit.code,
        days=days,
        people=[user.username for user in people],
    )
    notify(
        kind=Kind.ESCALATED,
        to=people,
        sentence=Sentence.of(SILENCE, unit=urging.unit.name, days=days, subject=_subject(urging)),
        body=urging.message,
        url=_url(urging),
        about=f"reporting.urging:{urging.pk}",
        key=f"reporting.urging:{urging.pk}:escalated",
        by=by,
        at=at,
    )
    return True
