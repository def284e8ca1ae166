"""What reports cost their units, read from rows and from the log: for all reports of a period at once, in a number of
queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q
from django.utils.timezone import localdate

from tiendo.audit.queries import events_about_all
from tiendo.orgs.queries import holders
from tiendo.plans.models import Assignment, Task, TaskTwin
from tiendo.plans.states import WorkState
from tiendo.reporting.burden import Burden, Told, asked_fields, minutes, weigh
from tiendo.reporting.models import Duty, Entry, Period, Submission
from tiendo.reporting.prefilling import start_from, year_of
from tiendo.reporting.queries import latest_accepted, values_of
from tiendo.reporting.rules import Values

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


@dataclass
class _Read:
    """The rows behind the burdens of one period."""

    period: Period
    tasks: Mapping[int, Sequence[int]]
    entries: dict[tuple[int, int], Entry]
    last: Mapping[int, Submission]
    others: Mapping[tuple[int, int], Sequence[Values]] = field(default_factory=dict)

    def told(self, duty: Duty) -> Iterator[Told]:
        for task in self.tasks[duty.pk]:
            entry, last = self.entries.get((duty.pk, task)), self.last.get(task)
            before = values_of(last) if last else None
            yield Told(
                start=self._start(last, before),
                now=values_of(entry) if entry and entry.revision else None,
                elsewhere=[*([before] if before else []), *self.others.get((duty.unit_id, task), ())],
                is_copy=bool(entry and entry.filled_from_id),
            )

    def _start(self, last: Submission | None, before: Values | None) -> Values:
        """What the editor began with, judged by what was accepted before and not by how the task stands today."""
        same_year = last is not None and year_of(last.entry.duty.period.data_to) == year_of(self.period.data_to)
        own = before or Values(state=WorkState.NOT_STARTED)
        return start_from(own, before, same_year=same_year, asks_estimate=self.period.asks_estimate)


def _read(period: Period, duties: Sequence[Duty]) -> _Read:
    rows = Entry.objects.filter(duty__in=duties)
    entries = {(row.duty_id, row.task_id): row for row in rows}
    tasks = _tasks(period, duties, entries.keys())
    wanted = sorted({task for of_duty in tasks.values() for task in of_duty})
    told = Task.objects.filter(pk__in=wanted) if len(wanted) < FEW else Task.objects.filter(plan=period.plan_id)
    last = latest_accepted(told, before=period)
    return _Read(period, tasks, entries, last, _elsewhere(period, duties, wanted))


def _tasks(period: Period, duties: Sequence[Duty], begun: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Report id → ids of the tasks it is asked for: those begun, and those its unit leads that were not finished."""
    on = localdate(period.opened_at) if period.opened_at else period.data_to
    answers, by_unit = holders(on=on), {duty.unit_id: duty.pk for duty in duties}
    leads = Assignment.objects.filter(role=Assignment.Role.LEAD, task__plan=period.plan_id, unit__isnull=False)
    found: dict[int, dict[int, None]] = {duty.pk: {} for duty in duties}
    open_ones = leads.in_force().exclude(task__state__in=DONE).order_by("task__position")
    for unit, task in open_ones.values_list("unit", "task"):
        if (duty := by_unit.get(answers.get(unit, unit))) is not None:
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
