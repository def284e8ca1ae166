"""The coordinator urges a unit; the unit says it has seen it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.notices.actions import notify_all
from tiendo.notices.kinds import Kind
from tiendo.notices.letters import Letter
from tiendo.orgs.models import Unit
from tiendo.plans.models import Task
from tiendo.reporting.models import Duty, Urging
from tiendo.reporting.people import people_by_unit
from tiendo.reporting.permissions import can_urge, can_urge_task
from tiendo.ui.sentences import Sentence

WORDS = gettext_noop("{agency} đôn đốc {unit}: {subject}")
REPORT = gettext_noop("báo cáo “{period}”.")
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
        task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)  # it may have been stopped since
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


def _sentence(urging: Urging) -> Sentence:
    post = urging.sent_by.main_post
    if urging.task:
        subject = Sentence.of(TASK, task=urging.task.title)
    else:
        subject = Sentence.of(REPORT, period=urging.duty.period.name if urging.duty else "")
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
