"""Which agency supervises a branch is written down, with the paper it rests on (R007); of one task: `assign_unit`."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.plans.models import GroupSupervision, TaskGroup
from tiendo.plans.permissions import can_assign_task


@transaction.atomic
def supervise_branch(*, group: TaskGroup, unit: Unit, source: str, by: User, at: datetime) -> GroupSupervision:
    """From now on the agency supervises every task of the branch that has no agency of its own; the former one ends.

    Tasks the agency itself takes part in are not supervised by it: see `supervision.clashing`. Said again of the same
    agency, nothing changes.
    """
    group = TaskGroup.objects.select_for_update(of=("self",), no_key=True).select_related("plan").get(pk=group.pk)
    require(can_assign_task(by))
    _require_source(source)
    if not Unit.objects.in_force(localdate(at)).filter(pk=unit.pk).exists():
        require(no(_("Cơ quan này không còn hoạt động; hãy chọn cơ quan khác.")))
    standing = GroupSupervision.objects.filter(group=group, ended_at=None)
    if same := standing.filter(unit=unit).first():
        return same
    standing.update(ended_at=at)
    made = GroupSupervision.objects.create(group=group, unit=unit, source=source.strip(), started_at=at, started_by=by)
    _record("supervise", group, by, at, unit=unit.code, source=made.source)
    return made


@transaction.atomic
def end_branch_supervision(*, supervision: GroupSupervision, source: str, by: User, at: datetime) -> None:
    """The agency no longer supervises the branch; the row stays as history. One that has ended is left alone."""
    require(can_assign_task(by))
    _require_source(source)
    if not GroupSupervision.objects.filter(pk=supervision.pk, ended_at=None).update(ended_at=at):
        return
    group = TaskGroup.objects.select_related("plan").get(pk=supervision.group_id)
    _record("end_supervision", group, by, at, unit=supervision.unit.code, source=source.strip())


def _require_source(source: str) -> None:
    if not source.strip():
        require(no(_("Hãy ghi căn cứ: số văn bản hoặc ý kiến chỉ đạo.")))


def _record(verb: str, group: TaskGroup, by: User, at: datetime, **detail: str) -> None:
    subject = f"plans.group:{group.plan.code}/{group.code}"
    record(act=f"plans.group.{verb}", subject=subject, actor=by.username, at=at, **detail)
