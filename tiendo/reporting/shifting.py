"""A task handed over while a period is open goes to the report of its new unit (R024).

Reports stay as they were opened: whoever answers for a unit answers for its report. Only a single task that a decision
gives elsewhere than the unit's own successor moves, where its new unit has a report in the period, and only as long as
nothing was sent on it. What was typed on it stays in the report it was typed in, to be read.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import localdate

from tiendo.plans.holding import Holding, holding
from tiendo.plans.models import Assignment, Handover, Task, TaskQuerySet
from tiendo.plans.queries import led_by
from tiendo.reporting.models import Duty, Entry, Period, Submission


@dataclass(frozen=True)
class Shift:
    """From the report of one unit to that of another, as the reports name their units."""

    before: int
    after: int


def shifted(period: Period) -> dict[int, Shift]:
    """Task id → where its report went since the period was opened; as known at the closing, once it is closed.

    One query while no task of the plan was handed over.
    """
    if period.opened_at is None or not Handover.objects.filter(task__plan=period.plan_id).exists():
        return {}
    then = holding(on=localdate(period.opened_at), known_at=period.opened_at)
    now = holding(on=localdate(period.closed_at), known_at=period.closed_at)
    leads = Assignment.objects.in_force().filter(role=Assignment.Role.LEAD, unit__isnull=False)
    parts = leads.filter(task__in={*then.own, *now.own}, task__plan=period.plan_id).values_list("task_id", "unit_id")
    reports = _reports(period, now)
    found = {}
    for task, unit in parts:
        before, holder = then.of_part(task, unit or 0), now.of_part(task, unit or 0)
        if now.of_unit(before) != holder and holder in reports:
            found[task] = Shift(before, reports[holder])
    return _unsent(period, found)


def shifted_away(duty: Duty) -> frozenset[int]:
    """Tasks of the report that another one tells of now."""
    return frozenset(task for task, shift in shifted(duty.period).items() if shift.before == duty.unit_id)


def written_elsewhere(duty: Duty) -> frozenset[int]:
    """Tasks on which words not sent stand in the report, though another report tells of them since a handover, or
    again since its undoing. One query while there are none."""
    opened = duty.period.opened_at
    if opened is None:
        return frozenset()
    typed = Entry.objects.filter(duty=duty, submissions=None).exclude(revision=0).values("task")
    since = Handover.objects.filter(Q(recorded_at__gt=opened) | Q(undone_at__gt=opened), task__in=typed)
    typed_on = frozenset(since.order_by().values_list("task_id", flat=True))
    return typed_on - set(tasks_of(duty).filter(pk__in=typed_on).values_list("pk", flat=True)) if typed_on else typed_on


def tasks_of(duty: Duty) -> TaskQuerySet:
    """Tasks for which the unit answers as lead in the period, its predecessors' included.

    As known when the period was opened and units were asked: a change of units recorded or undone since moves no report
    from one unit to another, its successor answers for it. Only a task handed over by itself moves (`shifted`).
    """
    on = localdate(duty.period.opened_at) if duty.period.opened_at else duty.period.data_to
    led = led_by(Task.objects.filter(plan=duty.period.plan_id), duty.unit, on=on, known_at=duty.period.opened_at)
    moves = shifted(duty.period)
    away = [task for task, shift in moves.items() if shift.before == duty.unit_id]
    came = [task for task, shift in moves.items() if shift.after == duty.unit_id]
    if not away and not came:
        return led
    return Task.objects.filter(Q(pk__in=led.exclude(pk__in=away).values("pk")) | Q(pk__in=came))


def _reports(period: Period, now: Holding) -> dict[int, int]:
    """Unit that answers now → the unit of the report it answers in: its own, or else the first it took over."""
    found: dict[int, int] = {}
    for unit in period.duties.order_by("pk").values_list("unit_id", flat=True):
        holder = now.of_unit(unit)
        if holder == unit or holder not in found:
            found[holder] = unit
    return found


def _unsent(period: Period, found: dict[int, Shift]) -> dict[int, Shift]:
    sent = Submission.objects.filter(entry__duty__period=period, entry__task__in=found)
    done = set(sent.order_by().values_list("entry__task_id", "entry__duty__unit_id")) if found else set()
    return {task: shift for task, shift in found.items() if (task, shift.before) not in done}
