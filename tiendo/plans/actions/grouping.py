"""Tasks given to groups of units: by hand, or by the words of a document in which a group is recognised afterwards."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.orgs.models import UnitGroup
from tiendo.plans.actions.naming import put_in_charge
from tiendo.plans.actions.tasks import lock_task, record_act, require_source, write_source
from tiendo.plans.models import Assignment, Task
from tiendo.plans.permissions import can_assign_task


@transaction.atomic
def assign_group(*, task: Task, group: UnitGroup, role: str, source: str, by: User, at: datetime) -> Assignment:
    """Give a part of the task to all units of the group; who they are is asked by the day (`joining`).

    `source` names the paper or order it rests on.
    """
    role = Assignment.Role(role)
    task = lock_task(task)
    require(can_assign_task(by))
    require_source(source)
    if role == Assignment.Role.SUPERVISING:
        require(no(_("Việc giám sát giao cho một cơ quan; hãy chọn cơ quan thay cho nhóm.")))
    assignment = put_in_charge(task, role, at=at, group=group)
    write_source(task, role, by=by, at=at, note=source)
    record_act("assign_group", task, by, at, group=group.code, role=role, source=source)
    return assignment


@transaction.atomic
def recognise_group(*, assignment: Assignment, group: UnitGroup, by: User, at: datetime) -> bool:
    """Let words that named nobody known mean the group; the words stay as printed.

    Left alone, and False: a part that has ended, that names somebody already or supervises, and one beside a part that
    the group has in the same role.
    """
    task = lock_task(assignment.task)
    require(can_assign_task(by))
    parts = Assignment.objects.in_force().filter(task=task)
    words = parts.filter(pk=assignment.pk, unit=None, group=None).exclude(role=Assignment.Role.SUPERVISING).first()
    if words is None or parts.filter(role=words.role, group=group).exists():
        return False
    words.group = group
    words.save(update_fields=["group"])
    record_act("recognise_group", task, by, at, group=group.code, role=words.role, printed=words.printed)
    return True
