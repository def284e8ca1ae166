"""The supervising agency's desk: each task it supervises with what asks for its eyes (R007)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tiendo.accounts.models import User
from tiendo.oversight.inspection_workflow import State
from tiendo.oversight.models import Difficulty, Finding, FollowUp
from tiendo.plans.models import Task, TaskQuerySet
from tiendo.plans.states import WorkState
from tiendo.plans.supervision import supervised_by
from tiendo.reporting.models import Submission

CONCERNS = ("claimed", "late", "silent", "hindered", "found", "asked")


@dataclass(frozen=True)
class Desk:
    """How many of the tasks supervised stand under each of CONCERNS."""

    total: int
    counts: dict[str, int]


def supervised(user: User, *, on: date) -> TaskQuerySet:
    """Tasks that the reader's units supervise, cancelled ones left out."""
    held = user.access.held_unit_ids | user.access.unit_ids
    return supervised_by(Task.objects.visible_to(user), held, on=on).counted() if held else Task.objects.none()


def with_concerns(tasks: TaskQuerySet) -> TaskQuerySet:
    """Annotated with claims that wait, open difficulties, findings of concluded inspections and open follow-ups."""
    waiting = Submission.objects.filter(verdict=Submission.Verdict.WAITING, state=WorkState.COMPLETED)
    found = Finding.objects.standing().filter(inspection__state=State.CONCLUDED)
    return tasks.annotate(
        claims=_number(waiting.filter(entry__task=OuterRef("pk")), "entry__task"),
        hindrances=_number(Difficulty.objects.standing().filter(tasks=OuterRef("pk")), "tasks"),
        seen=_number(found.filter(task=OuterRef("pk")), "task"),
        asked_for=_number(FollowUp.objects.standing().filter(task=OuterRef("pk")), "task"),
    )


def with_concern(tasks: TaskQuerySet, concern: str, *, on: date) -> TaskQuerySet:
    """Those of one concern, by the filter its number counts; any other word leaves all."""
    narrowed = _filters(on).get(concern)
    return tasks.filter(narrowed) if narrowed is not None else tasks


def desk(tasks: TaskQuerySet, *, on: date) -> Desk:
    """Every number in one query."""
    counted = tasks.order_by().aggregate(
        total=Count("pk"), **{name: Count("pk", filter=asked) for name, asked in _filters(on).items()}
    )
    return Desk(counted.pop("total"), counted)


def _filters(on: date) -> dict[str, Q]:
    waiting = Submission.objects.filter(
        entry__task=OuterRef("pk"), verdict=Submission.Verdict.WAITING, state=WorkState.COMPLETED
    )
    found = Finding.objects.standing().filter(task=OuterRef("pk"), inspection__state=State.CONCLUDED)
    return {
        "claimed": Q(Exists(waiting)),
        "late": Q(due_on__lt=on) & ~Q(state=WorkState.COMPLETED),
        "silent": Q(last_accepted_on=None),
        "hindered": Q(Exists(Difficulty.objects.standing().filter(tasks=OuterRef("pk")))),
        "found": Q(Exists(found)),
        "asked": Q(Exists(FollowUp.objects.standing().filter(task=OuterRef("pk")))),
    }


def _number(rows: QuerySet[Any], key: str) -> Coalesce:
    counted = rows.order_by().values(key).annotate(n=Count("pk", distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)
