"""The plan at the end of a past day with what reports had said by then (R052)."""

from datetime import date

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from tiendo.plans.as_at import PlanAsAt, StateAt, end_of_day, plan_as_at, tasks_on
from tiendo.plans.models import Plan, TaskQuerySet
from tiendo.plans.states import WorkState
from tiendo.reporting.queries import NEWEST, accepted


def plan_at(plan: Plan, on: date, *, tasks: TaskQuerySet) -> PlanAsAt:
    """The plan that day over the tasks given, narrowed by `visible_to`; in a constant number of queries."""
    return plan_as_at(plan, on, states=states_at(tasks_on(plan, on, tasks), on), tasks=tasks)


def states_at(tasks: TaskQuerySet, on: date) -> dict[int, StateAt]:
    """Task id → what the newest report accepted by the end of the day says; tasks without one are left out."""
    rows = accepted().filter(entry__task__in=tasks, decided_at__lt=end_of_day(on), state__isnull=False)
    place = Window(RowNumber(), partition_by="entry__task", order_by=list(NEWEST))
    newest = rows.select_related(None).annotate(place=place).filter(place=1).annotate(task=F("entry__task"))
    return {
        task: StateAt(WorkState(state), percent, completed_on)
        for task, state, percent, completed_on in newest.values_list("task", "state", "percent", "completed_on")
        if state
    }
