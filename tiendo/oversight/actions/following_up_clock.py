"""The clock tells those above a unit, once for each deadline, that something asked of it is late (R019, R039)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.oversight.followup_permissions import can_direct
from tiendo.oversight.followup_telling import tell_step
from tiendo.oversight.followup_workflow import Act, State
from tiendo.oversight.models import FollowUp, FollowUpQuerySet, FollowUpStep


def escalate_follow_ups(*, by: User | None, at: datetime) -> list[FollowUp]:
    """Tell the unit, those above it and those who asked of each item still to be done after its last day; which ones.

    A second run tells nobody twice; days the clock slept through are made up; a new deadline is watched anew. What was
    reported lies with those who asked and is not the unit's delay. `by` is None when the clock asks.
    """
    if by is not None:
        require(can_direct(by))
    return [item for item in list(_late(at)) if _escalate(item, by=by, at=at)]


def _late(at: datetime) -> FollowUpQuerySet:
    """Looked at before anything is locked: most minutes nothing is late."""
    rows = FollowUp.objects.filter(state=State.OPEN, due_on__lt=localdate(at), escalated_at=None)
    return rows.order_by("due_on", "pk")


@transaction.atomic
def _escalate(item: FollowUp, *, by: User | None, at: datetime) -> bool:
    """Under the lock, so that an act of the unit, or another clock, comes before or after."""
    locked = _late(at).select_for_update(of=("self",), no_key=True).select_related("unit", "made_by")
    found = locked.filter(pk=item.pk).first()
    if found is None:
        return False
    found.escalated_at = item.escalated_at = at
    found.save(update_fields=["escalated_at"])
    step = FollowUpStep.objects.create(follow_up=found, act=Act.ESCALATE.value, by=by, at=at)
    people = tell_step(step, by=by, at=at)
    record(
        act="oversight.followup.escalate",
        subject=f"oversight.followup:{found.pk}",
        actor=by.username if by else MACHINE,
        at=at,
        unit=found.unit.code,
        days=(localdate(at) - found.due_on).days,
        people=[user.username for user in people],
    )
    return True
