"""Tasks in an open report that a decision has since given to another unit than the one that sends it (R024)."""

from datetime import date

from tiendo.orgs.models import Unit
from tiendo.plans.holding import handed_over, holding
from tiendo.plans.models import Assignment
from tiendo.reporting.models import Duty, Entry


def handed_elsewhere(duty: Duty, *, on: date) -> dict[int, Unit]:
    """Task id → the unit that leads it now and reports on it from the next period on; empty once the period is closed.

    The report keeps the tasks it was opened with: whoever answers for its unit says of them what there is to say.
    """
    known = handed_over(on=on) if duty.period.closed_at is None else None
    if known is None:
        return {}
    leads = Assignment.objects.in_force().filter(task__in=known.own, task__plan=duty.period.plan_id, unit__isnull=False)
    parts = leads.filter(role=Assignment.Role.LEAD).order_by().values_list("task_id", "unit_id")
    now = {task: known.of_part(task, unit) for task, unit in parts if unit}
    sender = known.of_unit(duty.unit_id)
    units = Unit.objects.in_bulk(set(now.values()) - {sender})
    return {task: units[unit] for task, unit in now.items() if unit != sender}


def transferred(duty: Duty, *, on: date) -> dict[int, Unit]:
    """Task id → the unit that leads it since the plan was amended, of the tasks the unit has written on in the report.

    Asked in two queries more where there is one such task; the closed report needs no word of it.
    """
    begun = Entry.objects.filter(duty=duty).exclude(revision=0).values("task")
    leads = Assignment.objects.in_force().filter(role=Assignment.Role.LEAD, task__in=begun, unit__isnull=False)
    parts = list(leads.exclude(unit=duty.unit_id).values_list("task_id", "unit_id"))
    if not parts or duty.period.closed_at is not None:
        return {}
    known = holding(on=on)
    now = {task: known.of_part(task, unit) for task, unit in parts if unit}
    units = Unit.objects.in_bulk(set(now.values()) - {known.of_unit(duty.unit_id)})
    return {task: units[unit] for task, unit in now.items() if unit in units}
