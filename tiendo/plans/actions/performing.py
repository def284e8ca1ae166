"""An enterprise carries a task out under the unit that leads it (R094)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.orgs.models import Unit, UnitKind
from tiendo.plans.actions.tasks import lock_task, record_act, write_source
from tiendo.plans.models import Assignment, Task
from tiendo.plans.tag_rules import can_name_performer


@transaction.atomic
def add_performer(*, task: Task, unit: Unit, source: str, by: User, at: datetime) -> Assignment:
    """Name an enterprise that performs the task, with the contract or order it rests on; named twice, it stands once.

    The task must have a lead: an enterprise performs under one.
    """
    task = lock_task(task)
    require(can_name_performer(by, task))
    _require_source(source)
    if unit.kind != UnitKind.ENTERPRISE:
        require(no(_("Chỉ doanh nghiệp mới được ghi là đơn vị thực hiện.")))
    parts = Assignment.objects.in_force().filter(task=task)
    if not parts.filter(role=Assignment.Role.LEAD, unit__isnull=False).exists():
        require(no(_("Nhiệm vụ chưa có cơ quan chủ trì; doanh nghiệp chỉ thực hiện dưới một cơ quan chủ trì.")))
    kept = parts.filter(role=Assignment.Role.PERFORMING, unit=unit).first()
    if kept:
        return kept
    made = Assignment.objects.create(task=task, unit=unit, role=Assignment.Role.PERFORMING, started_at=at)
    write_source(task, Assignment.Role.PERFORMING.value, by=by, at=at, note=source)
    record_act("add_performer", task, by, at, unit=unit.code, source=source)
    return made


@transaction.atomic
def end_performer(*, assignment: Assignment, source: str, by: User, at: datetime) -> None:
    """The enterprise no longer performs the task and no longer sees it; ended already, it is left alone."""
    task = lock_task(assignment.task)
    require(can_name_performer(by, task))
    _require_source(source)
    rows = Assignment.objects.in_force().filter(pk=assignment.pk, role=Assignment.Role.PERFORMING)
    if rows.update(ended_at=at):
        record_act("end_performer", task, by, at, unit=assignment.code, source=source)


def _require_source(source: str) -> None:
    if not source.strip():
        require(no(_("Hãy ghi căn cứ: hợp đồng, số văn bản hoặc ý kiến chỉ đạo.")))
