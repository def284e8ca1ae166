"""An accepted report moves tasks, a granted extension moves a deadline.

Called by `reporting` inside its own transaction, after its own decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from tiendo.accounts.models import User
from tiendo.audit.record import Fact, record_all
from tiendo.plans.actions.tasks import lock_task, record_act, write_line
from tiendo.plans.models import DeadlineLine, Task
from tiendo.plans.states import WorkState
from tiendo.plans.structure import Due

MOVED = ("state", "percent", "completed_on", "last_accepted_on")


@dataclass(frozen=True)
class Progress:
    """Accepted values of one task; `origin` names the record they come from.

    `completed_on` must be given exactly when the state is completed (the database refuses otherwise).
    """

    task_id: int
    state: WorkState
    percent: Decimal | None
    completed_on: date | None
    origin: str


@transaction.atomic
def record_progress_of_all(*, progress: Iterable[Progress], by: User, at: datetime) -> list[Task]:
    """Make accepted values the tasks' present ones, each recorded, in a constant number of queries.

    A report sent before a decision stopped a task does not set it going again.
    """
    known = {each.task_id: each for each in progress}
    tasks = list(Task.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=known).order_by("pk"))
    facts = [_move(task, known[task.pk], at) for task in tasks]
    Task.objects.bulk_update(tasks, MOVED, batch_size=200)
    record_all(facts, actor=by.username, at=at)
    return tasks


def _move(task: Task, to: Progress, at: datetime) -> Fact:
    was = {"state": task.state, "percent": task.percent}
    stopped = task.state == WorkState.CANCELLED
    task.state = WorkState.CANCELLED.value if stopped else to.state.value
    task.percent, task.completed_on = to.percent, None if stopped else to.completed_on
    task.last_accepted_on = localdate(at)
    now = {"state": task.state, "percent": task.percent, "completed_on": task.completed_on}
    return Fact("plans.task.progress", f"plans.task:{task.code}", {"was": was, "now": now, "origin": to.origin})


@transaction.atomic
def grant_deadline(*, task: Task, due_on: date, reason: str, source: str, by: User, at: datetime) -> DeadlineLine:
    """Write the next line of the ledger by a decision on a request; the first line keeps the original date."""
    task = lock_task(task)
    was = task.due_on
    due = Due(raw=f"{due_on:%d/%m/%Y}", kind=DeadlineLine.Kind.MOMENT, on=due_on)
    line = write_line(task, due, reason=reason, source=source, by=by, at=at)
    record_act("set_deadline", task, by, at, was=was, now=due_on, reason=reason, line=line.number)
    return line
