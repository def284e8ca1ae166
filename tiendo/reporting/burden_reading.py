"""What reports cost their units, read from rows and from the log: for all reports of a period at once, in a number of
queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localdate

from tiendo.audit.queries import events_about_all
from tiendo.plans.holding import holding
from tiendo.plans.models import Assignment, Task, TaskQuerySet, TaskTwin
from tiendo.plans.states import WorkState
from tiendo.reporting.burden import Burden, Told, asked_fields, minutes, weigh
from tiendo.reporting.models import VALUE_FIELDS, Duty, Entry, Period
from tiendo.reporting.prefilling import start_from, year_of
from tiendo.reporting.queries import newest_accepted, values_of
from tiendo.reporting.rules import Values
from tiendo.reporting.shifting import shifted

# What only people of the unit do: the coordinator's acts on the same subjects are not the unit's minutes.
WORK = frozenset(
    f"reporting.{act}"
    for act in (
        "entry.save", "entry.repeat", "entry.add_evidence", "entry.remove_evidence", "duty.send", "duty.nothing_new",
        "duty.forward", "duty.push_back", "duty.recall", "duty.note_document",
    )
)  # fmt: skip
FEW = 1000  # tasks named one by one in a query
DONE = (WorkState.COMPLETED.value, WorkState.CANCELLED.value)


def burdens_of(period: Period, duties: Sequence[Duty] | None = None) -> list[Burden]:
    """What each report of the period cost, or those given (of that period, with their unit); in the order of units."""
    if duties is None:
        duties = list(period.duties.select_related("unit").order_by("unit__sort_key"))
    read = _read(period, duties)
    asked = asked_fields(asks_estimate=period.asks_estimate)
    spent = _minutes(read)
    counts = _counts(duties)
    return [
        Burden(
            unit_code=duty.unit.code,
            unit=duty.unit.name,
            period=period.name,
            tasks=len(read.tasks[duty.pk]),
            fields=weigh(read.told(duty), asked),
            minutes=spent[duty.pk],
            **counts[duty.pk],
        )
        for duty in duties
    ]


@dataclass(frozen=True)
class _Written:
    """What stands in an entry; `values` is None while nothing was saved."""

    pk: int
    values: Values | None
    is_copy: bool


@dataclass(frozen=True)
class _Said:
    """What was accepted last of a task, and the year it tells of."""

    values: Values
    year: int


@dataclass
class _Read:
    """The rows behind the burdens of one period."""

    period: Period
    tasks: Mapping[int, Sequence[int]]
    entries: Mapping[tuple[int, int], _Written]
    last: Mapping[int, _Said]
    others: Mapping[tuple[int, int], Sequence[Values]] = field(default_factory=dict)

    def told(self, duty: Duty) -> Iterator[Told]:
        year = year_of(self.period.data_to)
        for task in self.tasks[duty.pk]:
            entry, last = self.entries.get((duty.pk, task)), self.last.get(task)
            yield Told(
                start=self._start(last, year),
                now=entry.values if entry else None,
                elsewhere=[*([last.values] if last else []), *self.others.get((duty.unit_id, task), ())],
                is_copy=entry is not None and entry.is_copy,
            )

    def _start(self, last: _Said | None, year: int) -> Values:
        """What the editor began with, judged by what was accepted before and not by how the task stands today."""
        before = last.values if last else None
        own = before or Values(state=WorkState.NOT_STARTED)
        same_year = last is not None and last.year == year
        return start_from(own, before, same_year=same_year, asks_estimate=self.period.asks_estimate)


def _read(period: Period, duties: Sequence[Duty]) -> _Read:
    entries = _written(duties)
    tasks = _tasks(period, duties, entries.keys())
    wanted = sorted({task for of_duty in tasks.values() for task in of_duty})
    told = Task.objects.filter(pk__in=wanted) if len(wanted) < FEW else Task.objects.filter(plan=period.plan_id)
    return _Read(period, tasks, entries, _last(told, period), _elsewhere(period, duties, wanted))


def _written(duties: Sequence[Duty]) -> dict[tuple[int, int], _Written]:
    """(report, task) → its entry. Values alone: whole rows of ten thousand entries take seconds to make."""
    rows = Entry.objects.filter(duty__in=duties).order_by()
    names = ("pk", "duty_id", "task_id", "revision", "filled_from_id", *VALUE_FIELDS)
    return {
        (duty, task): _Written(pk, _values(said) if revision else None, filled is not None)
        for pk, duty, task, revision, filled, *said in rows.values_list(*names)
    }


def _last(tasks: TaskQuerySet, period: Period) -> dict[int, _Said]:
    """Task id → what was accepted last before the period."""
    rows = newest_accepted(tasks, before=period).select_related(None)
    names = ("entry__task_id", "entry__duty__period__data_to", *VALUE_FIELDS)
    return {task: _Said(_values(said), year_of(data_to)) for task, data_to, *said in rows.values_list(*names)}


def _values(said: Iterable[Any]) -> Values:
    """The values of a row, in the order of VALUE_FIELDS."""
    given = dict(zip(VALUE_FIELDS, said, strict=True))
    return Values(**given | {"state": WorkState(given["state"]) if given["state"] else None})


def _tasks(period: Period, duties: Sequence[Duty], begun: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Report id → ids of the tasks it is asked for: those begun, and those its unit leads that were not finished."""
    on = localdate(period.opened_at) if period.opened_at else period.data_to
    known, by_unit = holding(on=on, known_at=period.opened_at), {duty.unit_id: duty.pk for duty in duties}
    moves = shifted(period)
    leads = Assignment.objects.filter(role=Assignment.Role.LEAD, task__plan=period.plan_id, unit__isnull=False)
    found: dict[int, dict[int, None]] = {duty.pk: {} for duty in duties}
    open_ones = leads.in_force().exclude(task__state__in=DONE).order_by("task__position")
    for unit, task in open_ones.values_list("unit", "task"):
        holder = known.of_part(task, unit or 0)
        if task in moves and moves[task].before == holder:
            holder = moves[task].after
        if (duty := by_unit.get(holder)) is not None:
            found[duty][task] = None
    for duty, task in begun:
        found[duty][task] = None
    return {duty: list(tasks) for duty, tasks in found.items()}


def _elsewhere(period: Period, duties: Sequence[Duty], tasks: Sequence[int]) -> dict[tuple[int, int], list[Values]]:
    """(unit, task) → what the unit wrote on the task, or its twin, in other reports over some of the same days."""
    same = _same_work(tasks)
    rows = Entry.objects.filter(
        duty__unit__in={duty.unit_id for duty in duties},
        **({"task__in": same} if len(same) < FEW else {}),
        duty__period__data_from__lt=period.data_to,
        duty__period__data_to__gt=period.data_from,
    )
    found: dict[tuple[int, int], list[Values]] = defaultdict(list)
    for row in rows.exclude(duty__period=period).exclude(revision=0).select_related("duty"):
        for task in same.get(row.task_id, ()):
            found[row.duty.unit_id, task].append(values_of(row))
    return found


def _same_work(tasks: Sequence[int]) -> dict[int, set[int]]:
    """Task or twin → the tasks of the period it is the same work as (R014)."""
    same: dict[int, set[int]] = {task: {task} for task in tasks}
    known = set(tasks)
    pairs = TaskTwin.objects.filter(Q(first__in=tasks) | Q(second__in=tasks)).values_list("first", "second")
    for first, second in pairs:
        for own, twin in ((first, second), (second, first)):
            if own in known:
                same.setdefault(twin, set()).add(own)
    return same


def _minutes(read: _Read) -> dict[int, int]:
    """Report id → minutes at work, from events that name the report or one of its entries."""
    duty_of = {f"reporting.entry:{entry.pk}": duty for (duty, _task), entry in read.entries.items()}
    duty_of |= {f"reporting.duty:{duty}": duty for duty in read.tasks}
    events: dict[int, list[tuple[str, datetime]]] = {duty: [] for duty in read.tasks}
    for subject, _act, actor, at in events_about_all(duty_of, acts=WORK):
        events[duty_of[subject]].append((actor, at))
    return {duty: minutes(found) for duty, found in events.items()}


def _counts(duties: Sequence[Duty]) -> dict[int, dict[str, int]]:
    rows = Duty.objects.filter(pk__in=[duty.pk for duty in duties]).annotate(
        reminded=Count("reminders", distinct=True),
        urged=Count("urgings", distinct=True),
        returned=Count("entries__submissions", filter=Q(entries__submissions__verdict="returned"), distinct=True),
    )
    return {
        row.pk: {"reminders": row.reminded, "urgings": row.urged, "returns": row.returned}  # type: ignore[attr-defined]
        for row in rows
    }
