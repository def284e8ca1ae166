"""The plan as it stood at the end of a past day: its version, words, units, deadlines, and totals by unit (R052).

Units are those of that day by their dates, so a change of units recorded since with an earlier date counts. Deadlines,
charges and states are those recorded by the end of that day; what a task was given first stands for days before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Prefetch
from django.utils.timezone import make_aware

from tiendo.calendars.deadlines import cell
from tiendo.orgs.models import Unit
from tiendo.plans.counting import Finishing
from tiendo.plans.holding import Holding, holding
from tiendo.plans.models import Assignment, DeadlineLine, FieldSource, Plan, PlanVersion, Task, TaskQuerySet
from tiendo.plans.states import WorkState
from tiendo.plans.terms import Terms, terms_of, version_on

ROLES = (Assignment.Role.LEAD, Assignment.Role.COORDINATING)


@dataclass(frozen=True)
class StateAt:
    """What had been accepted of a task by then; `percent` 0 to 100."""

    state: WorkState = WorkState.NOT_STARTED
    percent: Decimal | None = None
    completed_on: date | None = None


@dataclass(frozen=True)
class PartAt:
    """A unit as the decision names it, or the words for a group or for nobody known; `unit_id` answers that day."""

    role: str
    named_id: int | None
    printed: str | None
    unit_id: int | None


@dataclass(frozen=True)
class TaskAt:
    """One task that day. `cell` is one of the four official ones, None for a cancelled task."""

    task_id: int
    code: str
    title: str
    product: str | None
    due_on: date | None
    lead: PartAt | None
    coordinating: tuple[PartAt, ...]
    state: StateAt
    cell: str | None


@dataclass(frozen=True)
class UnitTotal(Finishing):
    """Counted tasks of one unit as lead; `unit` None: no unit known. `is_gone`: nobody took over from it."""

    unit: Unit | None
    is_gone: bool
    total: int
    finished: int
    overdue: int


@dataclass(frozen=True)
class PlanAsAt:
    """The plan at the end of the day; `version` None before its first. `units` holds every unit a task names."""

    plan: Plan
    on: date
    version: PlanVersion | None
    tasks: tuple[TaskAt, ...]
    units: Mapping[int, Unit]

    def unit(self, pk: int | None) -> Unit | None:
        return self.units.get(pk) if pk else None

    def by_then_unit(self) -> list[UnitTotal]:
        """Totals by the unit that answered that day; the sum is that of all counted tasks."""
        return _totals(self.tasks, {task.task_id: _lead(task) for task in self.tasks}, self.on)

    def by_unit_on(self, day: date) -> list[UnitTotal]:
        """The same tasks and states by the unit that answers on another day, as today; the sum is the same."""
        known = holding(on=day)
        return _totals(self.tasks, {task.task_id: _answering(task, known) for task in self.tasks}, day)


def end_of_day(day: date) -> datetime:
    """The first moment after the day."""
    return make_aware(datetime.combine(day + timedelta(days=1), time()))


def tasks_on(plan: Plan, on: date, tasks: TaskQuerySet) -> TaskQuerySet:
    """Those of the plan's tasks that were followed that day."""
    return tasks.filter(plan=plan, followed_from__lte=on)


def plan_as_at(plan: Plan, on: date, *, states: Mapping[int, StateAt], tasks: TaskQuerySet | None = None) -> PlanAsAt:
    """The plan at the end of the day, in a constant number of queries.

    `states`: task id → what reports accepted by then say of it (`reporting.as_at`); a task without is not started.
    `tasks` are those the reader may see; all when None.
    """
    version = version_on(plan, on)
    words = terms_of(version) if version else {}
    known, gone = holding(on=on), stopped(plan, on)
    rows = _rows(tasks_on(plan, on, Task.objects.all() if tasks is None else tasks), on) if version else []
    found = tuple(
        _task(row, words.get(row.code, {}), known, _state(row, words.get(row.code, {}), states, gone), on)
        for row in rows
    )
    return PlanAsAt(plan, on, version, found, Unit.objects.in_bulk(_named(found)))


def _rows(tasks: TaskQuerySet, on: date) -> list[Task]:
    parts = Assignment.objects.filter(role__in=ROLES).select_related("group").order_by("started_at", "pk")
    ledger = DeadlineLine.objects.order_by("number")
    prefetched = Prefetch("assignments", parts, to_attr="every_part"), Prefetch("deadline_lines", ledger, "ledger")
    return list(tasks.defer("folded").order_by("position", "pk").prefetch_related(*prefetched))


def _task(row: Task, words: Terms, known: Holding, state: StateAt, on: date) -> TaskAt:
    parts = _parts(row.every_part, known, on)  # type: ignore[attr-defined]
    due_on = _due(row.ledger, on)  # type: ignore[attr-defined]
    cancelled = state.state == WorkState.CANCELLED
    return TaskAt(
        task_id=row.pk,
        code=row.code,
        title=words.get("title") or row.title,
        product=words.get("product", row.product),
        due_on=due_on,
        lead=next((part for part in reversed(parts) if part.role == Assignment.Role.LEAD), None),
        coordinating=tuple(part for part in parts if part.role == Assignment.Role.COORDINATING),
        state=state,
        cell=None if cancelled else cell(due_on, on=on, done_on=state.completed_on).value,
    )


def _parts(rows: Sequence[Assignment], known: Holding, on: date) -> list[PartAt]:
    """Those in force at the end of the day; of each role those entered first, when none had been entered by then."""
    end = end_of_day(on)
    found = []
    for role in ROLES:
        own = [row for row in rows if row.role == role]
        first = min((row.started_at for row in own), default=end)
        limit = max(end, first + timedelta(microseconds=1))
        found += [row for row in own if row.started_at < limit and (row.ended_at is None or row.ended_at >= limit)]
    return [_part(row, known) for row in found]


def _part(row: Assignment, known: Holding) -> PartAt:
    answering = known.of_part(row.task_id, row.unit_id) if row.unit_id else None
    return PartAt(row.role, row.unit_id, row.printed or (row.group.name if row.group else None), answering)


def _due(ledger: Sequence[DeadlineLine], on: date) -> date | None:
    end = end_of_day(on)
    lines = [line for line in ledger if line.recorded_at < end] or list(ledger[:1])
    return lines[-1].due_on if lines else None


def stopped(plan: Plan, on: date) -> frozenset[int]:
    """Tasks that a decision had stopped by the end of the day."""
    rows = FieldSource.objects.filter(task__plan=plan, task__state=WorkState.CANCELLED, field="state")
    return frozenset(rows.filter(recorded_at__lt=end_of_day(on)).values_list("task_id", flat=True))


def _state(row: Task, words: Terms, states: Mapping[int, StateAt], stopped: frozenset[int]) -> StateAt:
    if row.pk in stopped or words.get("dropped"):
        return StateAt(WorkState.CANCELLED)
    return states.get(row.pk, StateAt())


def _named(tasks: Iterable[TaskAt]) -> set[int]:
    parts = [part for task in tasks for part in (task.lead, *task.coordinating) if part]
    return {pk for part in parts for pk in (part.named_id, part.unit_id) if pk}


def _lead(task: TaskAt) -> int | None:
    return task.lead.unit_id if task.lead else None


def _answering(task: TaskAt, known: Holding) -> int | None:
    named = task.lead.named_id if task.lead else None
    return known.of_part(task.task_id, named) if named else None


def _totals(tasks: Iterable[TaskAt], leads: Mapping[int, int | None], on: date) -> list[UnitTotal]:
    counts: dict[int | None, list[str]] = {}
    for task in tasks:
        if task.cell is not None:
            counts.setdefault(leads[task.task_id], []).append(task.cell)
    units = Unit.objects.in_bulk([pk for pk in counts if pk])
    standing = set(Unit.objects.in_force(on).filter(pk__in=units).values_list("pk", flat=True))
    found = [
        UnitTotal(
            unit=units[pk] if pk else None,
            is_gone=bool(pk) and pk not in standing,
            total=len(cells),
            finished=sum(each in ("done_on_time", "done_late") for each in cells),
            overdue=cells.count("open_overdue"),
        )
        for pk, cells in counts.items()
    ]
    return sorted(found, key=lambda each: (each.unit is None, each.unit.sort_key if each.unit else ""))
