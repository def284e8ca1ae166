"""Tasks tied to their twins in other plans, and to the indicators they serve."""

from datetime import datetime

from django.db import transaction

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.plans.actions.tasks import record_act
from tiendo.plans.models import PlanItem, Task, TaskIndicator, TaskTwin
from tiendo.plans.permissions import can_make_version
from tiendo.plans.queries import same_item


@transaction.atomic
def tie_twins(*, first: Task, second: Task, score: int, by: User, at: datetime) -> TaskTwin:
    """Say that two documents set the same task; both go on, each with its deadline. A pair is tied once."""
    require(can_make_version(by, first.plan))
    if first.pk == second.pk:
        raise ValueError(f"{first.code} is not its own twin")
    one, other = sorted((first, second), key=lambda task: task.pk)
    given = {"score": score, "recorded_by": by, "recorded_at": at}
    twin, new = TaskTwin.objects.get_or_create(first=one, second=other, defaults=given)
    if new:
        record_act("tie_twins", one, by, at, twin=other.code, score=score)
    return twin


@transaction.atomic
def link_indicator(*, task: Task, item: PlanItem, by: User, at: datetime) -> TaskIndicator:
    """Say that a task serves an indicator. Linked already, in this or an earlier version of the plan: nothing new."""
    require(can_make_version(by, task.plan))
    if item.kind != "indicator_row":
        raise ValueError(f"{item.path} is no indicator")
    known = TaskIndicator.objects.filter(task=task, item__in=same_item(item)).first()
    if known:
        return known
    link = TaskIndicator.objects.create(task=task, item=item, recorded_by=by, recorded_at=at)
    record_act("link_indicator", task, by, at, item=item.path, text=item.text)
    return link
