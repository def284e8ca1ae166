"""How a unit means to carry out its task: when it starts, and by which steps (R028)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.plans.actions.tasks import lock_task, record_act
from tiendo.plans.models import Milestone, Task
from tiendo.plans.permissions import can_plan_work


@transaction.atomic
def set_start(*, task: Task, starts_on: date, by: User, at: datetime) -> Task:
    """Say on which day work begins. A start after the deadline is refused."""
    task = lock_task(task)
    require(can_plan_work(by, task))
    if task.due_on and starts_on > task.due_on:
        require(no(_("Ngày bắt đầu không thể sau thời hạn của nhiệm vụ.")))
    was, task.starts_on = task.starts_on, starts_on
    task.save(update_fields=["starts_on"])
    record_act("set_start", task, by, at, was=was, now=starts_on)
    return task


@transaction.atomic
def add_milestone(*, task: Task, title: str, due_on: date, by: User, at: datetime) -> Milestone:
    """Plan a step. One that would stand only after the task's deadline is refused."""
    task = lock_task(task)
    require(can_plan_work(by, task))
    if not title.strip():
        require(no(_("Hãy ghi nội dung của mốc.")))
    if task.due_on and due_on > task.due_on:
        require(no(_("Mốc không thể sau thời hạn của nhiệm vụ.")))
    milestone = Milestone.objects.create(task=task, title=title.strip(), due_on=due_on, added_by=by, added_at=at)
    record_act("add_milestone", task, by, at, milestone=milestone.pk, title=milestone.title, due_on=due_on)
    return milestone


@transaction.atomic
def finish_milestone(*, milestone: Milestone, done_on: date, by: User, at: datetime) -> Milestone:
    """The step stands since that day; a day to come is refused."""
    milestone = _locked(milestone, by)
    if done_on > localdate(at):
        require(no(_("Ngày xong không thể ở tương lai.")))
    milestone.done_on = done_on
    milestone.save(update_fields=["done_on"])
    record_act("finish_milestone", milestone.task, by, at, milestone=milestone.pk, done_on=done_on)
    return milestone


@transaction.atomic
def remove_milestone(*, milestone: Milestone, by: User, at: datetime) -> Milestone:
    """Leave the step out of the plan of work; it stays in the history."""
    milestone = _locked(milestone, by)
    if milestone.removed_at is None:
        milestone.removed_at = at
        milestone.save(update_fields=["removed_at"])
        record_act("remove_milestone", milestone.task, by, at, milestone=milestone.pk, title=milestone.title)
    return milestone


def _locked(milestone: Milestone, by: User) -> Milestone:
    task = lock_task(milestone.task)
    require(can_plan_work(by, task))
    return Milestone.objects.select_for_update(of=("self",)).select_related("task").get(pk=milestone.pk)
