"""What those who took over did since a change of units: said before the change is undone."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import make_aware

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit, UnitChange
from tiendo.plans.holding import Holding, holding
from tiendo.plans.models import Assignment, Task
from tiendo.reporting.models import Submission


@dataclass(frozen=True)
class Since:
    """How many reports they sent on the tasks they took over, and those of these tasks the reader may see."""

    reports: int
    tasks: tuple[Task, ...] = ()


def reported_since(change: UnitChange, user: User) -> Since:
    """Reports sent from the day of the change on by units that stood before it, on tasks it passed to them.

    A unit that the change made and that has sent one keeps the change from being undone; one that stood before does
    not: an undo re-points nothing, and what it sent stays sent.
    """
    pairs = change.successions.filter(undone_at=None).values_list("predecessor_id", "successor_id")
    handed = change.handovers.filter(undone_at=None).values_list("predecessor_id", "successor_id")
    gone, takers = _apart([*pairs, *handed])
    made = set(Unit.objects.filter(made_by=change).values_list("pk", flat=True))
    takers -= made
    if not takers:
        return Since(0)
    before = holding(on=change.effective_on - timedelta(days=1))
    passed = _tasks_of(gone, before).exclude(pk__in=_tasks_of(takers, before).values("pk"))
    morning = make_aware(datetime.combine(change.effective_on, time()))
    sent = Submission.objects.filter(entry__task__in=passed, entry__duty__unit__in=takers, submitted_at__gte=morning)
    seen = Task.objects.visible_to(user).filter(pk__in=sent.values("entry__task"))
    return Since(sent.count(), tuple(seen.order_by("plan", "position")))


def _apart(pairs: list[tuple[int, int]]) -> tuple[set[int], set[int]]:
    return {before for before, _after in pairs}, {after for _before, after in pairs}


def _tasks_of(units: set[int], before: Holding) -> "QuerySet[Task]":
    held = frozenset(unit for each in units for unit in before.held_by(each))
    parts = Assignment.objects.in_force().answered_by(held, known=before)
    return Task.objects.filter(pk__in=parts.values("task"))
