"""Plans of units under the province's plan: counted apart, never mixed into the province's numbers."""

from tiendo.plans.models import Plan, PlanQuerySet, TaskQuerySet


def in_main_plans(tasks: TaskQuerySet) -> TaskQuerySet:
    """Tasks of plans that stand by themselves: those the province's numbers count."""
    return tasks.filter(plan__under=None)


def in_detailed_plans(tasks: TaskQuerySet, plan: Plan) -> TaskQuerySet:
    """Tasks of the plans that units made to carry out this one."""
    return tasks.filter(plan__under=plan)


def main_plans(plans: PlanQuerySet) -> PlanQuerySet:
    """Plans that stand by themselves."""
    return plans.filter(under=None)
