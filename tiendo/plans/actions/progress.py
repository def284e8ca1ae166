"""An accepted report moves the task. Called by `reporting` inside its own transaction, after its own decision."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from tiendo.accounts.models import User
from tiendo.audit.record import record
from tiendo.plans.models import Task
from tiendo.plans.states import WorkState


@transaction.atomic
def record_progress(
    *,
    task: Task,
    state: WorkState,
    percent: Decimal | None,
    completed_on: date | None,
    origin: str,
    by: User,
    at: datetime,
) -> Task:
    """Make the accepted values the task's present ones; `origin` names the record they come from.

    `completed_on` must be given exactly when the state is completed (the database refuses otherwise).
    A report sent before a decision stopped the task does not set it going again.
    """
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    was = {"state": task.state, "percent": task.percent}
    if task.state == WorkState.CANCELLED:
        state, completed_on = WorkState.CANCELLED, None
    task.state, task.percent, task.completed_on = state.value, percent, completed_on
    task.last_accepted_on = localdate(at)
    task.save(update_fields=["state", "percent", "completed_on", "last_accepted_on"])
    record(
        act="plans.task.progress",
        subject=f"plans.task:{task.code}",
        actor=by.username,
        at=at,
        was=was,
        now={"state": task.state, "percent": percent, "completed_on": completed_on},
        origin=origin,
    )
    return task
