"""What one row of a task list shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.conf import settings

from tiendo.calendars.deadlines import days_left, side
from tiendo.orgs.models import Unit, UnitGroup
from tiendo.plans.holding import holding
from tiendo.plans.joining import members_of
from tiendo.plans.models import Assignment, Task
from tiendo.plans.states import WorkState


@dataclass(frozen=True)
class Answering:
    """A unit as the decision names it, and the one that answers for it now when that is another; or a group."""

    named: Unit | None
    printed: str | None
    now: Unit | None
    ended: date | None = None  # since when nobody answers: who did is no longer in force, and nobody took over
    group: UnitGroup | None = None

    @property
    def words(self) -> str:
        """For text outputs: the name, with the successor after it."""
        name = self.named.name if self.named else self.printed or str(self.group or "")
        return f"{name} (nay: {self.now.name})" if self.now else name


@dataclass(frozen=True)
class TaskRow:
    task: Task
    lead: Answering | None
    side: str
    days: int | None
    is_stale: bool


class Answers:
    """Who answers for a unit's part in a task on a date, worked out once for a whole page."""

    def __init__(self, on: date) -> None:
        self.known = holding(on=on)

    @cached_property
    def units(self) -> dict[int, Unit]:
        """Those that answer for others; most pages name none of these."""
        return Unit.objects.in_bulk(self.known.takers)

    def of(self, assignment: Assignment) -> Answering:
        unit = assignment.unit_id
        holder = self.known.of_part(assignment.task_id, unit) if unit else None
        now = self.units.get(holder) if holder and holder != unit else None
        last = now or assignment.unit
        ended = last.valid_to if last and last.valid_to and last.valid_to <= self.known.on else None
        return Answering(assignment.unit, assignment.printed, now, ended, assignment.group)

    def members(self, task: Task, parts: Iterable[Assignment]) -> dict[int, list[Unit]]:
        """Group id → the units that take part in the task through it that day, by name."""
        given = [(part.group_id, task.followed_from) for part in parts if part.group_id]
        found = members_of(given, on=self.known.on, known=self.known)
        units = list(Unit.objects.filter(pk__in=frozenset().union(*found.values()))) if found else []
        return {group: [unit for unit in units if unit.pk in ids] for (group, _day), ids in found.items()}


def rows(tasks: Iterable[Task], *, on: date) -> list[TaskRow]:
    """Rows for tasks from `queries.for_list`."""
    answers = Answers(on)
    return [row(task, answers, on=on) for task in tasks]


def row(task: Task, answers: Answers, *, on: date) -> TaskRow:
    leads: list[Assignment] = task.lead_assignments  # type: ignore[attr-defined]
    return TaskRow(
        task=task,
        lead=answers.of(leads[0]) if leads else None,
        side=deadline_side(task, on),
        days=days_left(task.due_on, on=on) if task.completed_on is None else None,
        is_stale=is_stale(task, on),
    )


def deadline_side(task: Task, on: date) -> str:
    """The code of the chip beside a deadline; a cancelled task has none."""
    if task.state == WorkState.CANCELLED:
        return ""
    if task.due_on is None and task.due_kind == "missing":
        return "deadline_missing"
    return side(task.due_on, on=on, done_on=task.completed_on, soon_days=settings.TIENDO_DUE_SOON_DAYS).value


def is_stale(task: Task, on: date) -> bool:
    """The same rule as `TaskQuerySet.stale`, for one task (R029)."""
    if task.state in (WorkState.COMPLETED, WorkState.CANCELLED):
        return False
    return (task.last_accepted_on or task.followed_from) < on - timedelta(days=settings.TIENDO_STALE_DAYS)
