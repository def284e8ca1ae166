"""Plans of units under the province's plan: counted apart, never mixed into the province's numbers."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import F

from tiendo.plans.models import Plan, PlanQuerySet, TaskQuerySet
from tiendo.plans.queries import TaskCount


def in_main_plans(tasks: TaskQuerySet) -> TaskQuerySet:
    """Tasks of plans that stand by themselves: those the province's numbers count."""
    return tasks.filter(plan__under=None)


def in_detailed_plans(tasks: TaskQuerySet, plan: Plan) -> TaskQuerySet:
    """Tasks of the plans that units made to carry out this one."""
    return tasks.filter(plan__under=plan)


def main_plans(plans: PlanQuerySet) -> PlanQuerySet:
    """Plans that stand by themselves."""
    return plans.filter(under=None)


def count_by_plan(tasks: TaskQuerySet, *, on: date) -> dict[int, TaskCount]:
    """Plan id → how far its tasks are, in one query; a plan without a task is absent."""
    rows = tasks.counted().with_cell(on).annotate(in_cell=F("cell")).order_by().values_list("plan_id", "in_cell")
    cells = defaultdict[int, Counter[str]](Counter)
    for plan, cell in rows:
        cells[plan][cell] += 1
    return {
        plan: TaskCount(
            total=each.total(),
            finished=each["done_on_time"] + each["done_late"],
            overdue=each["open_overdue"],
        )
        for plan, each in cells.items()
    }
