"""A task handed over while a period is open goes to the report of its new unit (R024).

Reports stay as they were opened: whoever answers for a unit answers for its report. Only a single task that a decision
gives elsewhere than the unit's own successor moves, where its new unit has a report in the period (one that had none is
asked for it, `actions.newcomers`), and only as long as nothing was sent on it. What was typed on it stays in the report
it was typed in, to be read (ADR 0027).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from tiendo.orgs.models import Unit
from tiendo.orgs.once import once
from tiendo.plans.holding import Holding, holding
from tiendo.plans.models import Assignment, Handover, Task, TaskQuerySet
from tiendo.plans.queries import led_by
from tiendo.plans.states import WorkState
from tiendo.reporting.models import Duty, Entry, Period, Submission


@dataclass(frozen=True)
class Shift:
    """From the report of one unit to that of another, as the reports name their units."""

    before: int
    after: int


@dataclass(frozen=True)
class Handed:
    """What a decision took from the unit it was with when the period was opened, and who answers for it now."""

    before: int
    holder: int


def shifted(period: Period, *, on: date | None = None) -> Mapping[int, Shift]:
    """Task id → where its report went since the period was opened; as known at the closing, once it is closed.

    Read once for a page, and in one query while no task of the plan was handed over. `on` is today unless given.
    """
    return once(("shifted", period.pk, period.opened_at, period.closed_at, on), lambda: _shifted(period, on))


def unreported(period: Period, *, on: date) -> dict[int, frozenset[int]]:
    """Unit → unfinished tasks it took over from a report of the open period, and has none itself to tell of them in."""
    found = _handed(period, on)
    reports = _reports(period, holding(on=on)) if found else {}
    asked = set(period.duties.values_list("unit_id", flat=True)) if found else set()
    done = Task.objects.filter(pk__in=found, state__in=[WorkState.COMPLETED, WorkState.CANCELLED])
    finished = set(done.values_list("pk", flat=True)) if found else set()
    lacking: dict[int, set[int]] = {}
    for task, handed in found.items():
        if handed.holder not in reports and handed.before in asked and task not in finished:
            lacking.setdefault(handed.holder, set()).add(task)
    return {unit: frozenset(tasks) for unit, tasks in lacking.items()}


def shifted_away(duty: Duty) -> frozenset[int]:
    """Tasks of the report that another one tells of now."""
    return frozenset(task for task, shift in shifted(duty.period).items() if shift.before == duty.unit_id)


@dataclass(frozen=True)
class Moved:
    """How many tasks of a report another one tells of now, and how many it tells of that came from another."""

    unit: Unit
    away: int = 0
    came: int = 0


def moved(duty: Duty) -> list[Moved]:
    """By the unit of the other report; in one query more where there is any."""
    own = [shift for shift in shifted(duty.period).values() if duty.unit_id in (shift.before, shift.after)]
    away, came = Counter(each.after for each in own), Counter(each.before for each in own)
    units = Unit.objects.filter(pk__in={*away, *came} - {duty.unit_id}).order_by("sort_key", "pk") if own else ()
    return [Moved(unit, away[unit.pk], came[unit.pk]) for unit in units]


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
    led = opened_with(duty)
    moves = shifted(duty.period)
    away = [task for task, shift in moves.items() if shift.before == duty.unit_id]
    came = [task for task, shift in moves.items() if shift.after == duty.unit_id]
    if not away and not came:
        return led
    return Task.objects.filter(Q(pk__in=led.exclude(pk__in=away).values("pk")) | Q(pk__in=came))


def opened_with(duty: Duty) -> TaskQuerySet:
    """Tasks for which the unit answered, by what was known when the period was opened."""
    on = localdate(duty.period.opened_at) if duty.period.opened_at else duty.period.data_to
    return led_by(Task.objects.filter(plan=duty.period.plan_id), duty.unit, on=on, known_at=duty.period.opened_at)


def _shifted(period: Period, on: date | None) -> dict[int, Shift]:
    found = _handed(period, on)
    if not found:
        return {}
    reports = _reports(period, _now(period, on))
    return {task: Shift(x.before, reports[x.holder]) for task, x in found.items() if x.holder in reports}


def _handed(period: Period, on: date | None) -> dict[int, Handed]:
    """Task id → from whom to whom, of those led elsewhere than their unit's own successor, and on which nothing was
    sent before."""
    if period.opened_at is None or not Handover.objects.filter(task__plan=period.plan_id).exists():
        return {}
    then, now = holding(on=localdate(period.opened_at), known_at=period.opened_at), _now(period, on)
    leads = Assignment.objects.in_force().filter(role=Assignment.Role.LEAD, unit__isnull=False)
    parts = leads.filter(task__in={*then.own, *now.own}, task__plan=period.plan_id).values_list("task_id", "unit_id")
    found = {}
    for task, unit in parts:
        before, holder = then.of_part(task, unit or 0), now.of_part(task, unit or 0)
        if now.of_unit(before) != holder:
            found[task] = Handed(before, holder)
    return _unsent(period, found)


def _now(period: Period, on: date | None) -> Holding:
    return holding(on=on or localdate(period.closed_at), known_at=period.closed_at)


def _reports(period: Period, now: Holding) -> dict[int, int]:
    """Unit that answers now → the unit of the report it answers in: its own, or else the first it took over."""
    found: dict[int, int] = {}
    for unit in period.duties.order_by("pk").values_list("unit_id", flat=True):
        holder = now.of_unit(unit)
        if holder == unit or holder not in found:
            found[holder] = unit
    return found


def _unsent(period: Period, found: dict[int, Handed]) -> dict[int, Handed]:
    sent = Submission.objects.filter(entry__duty__period=period, entry__task__in=found)
    done = set(sent.order_by().values_list("entry__task_id", "entry__duty__unit_id")) if found else set()
    return {task: handed for task, handed in found.items() if (task, handed.before) not in done}
