"""The coordinator urges a unit; the unit says it has seen it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.plans.models import Task
from tiendo.reporting.models import Duty, Urging
from tiendo.reporting.permissions import can_urge, can_urge_task


@transaction.atomic
def urge_unit(
    *, unit: Unit, message: str, by: User, at: datetime, duty: Duty | None = None, task: Task | None = None
) -> Urging:
    """Urge a unit about its report or a task; it stands on top of the unit's work until seen."""
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


@transaction.atomic
def urge_duties(*, duties: Iterable[Duty], message: str, by: User, at: datetime) -> list[Urging]:
    """One message to the units of several reports: all of them are urged, or none."""
    return [urge_unit(unit=duty.unit, duty=duty, message=message, by=by, at=at) for duty in duties]


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
