"""What the log names when it tells of a task: the task itself, and what the rooms of oversight hold about it.

Oversight keeps each step in the log, so its lines are the log's own; here stands which of them a reader may see.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from tiendo.accounts.models import User
from tiendo.oversight.commendation_queries import commendations_visible_to
from tiendo.oversight.models import (
    Amendment,
    Difficulty,
    Finding,
    FollowUp,
    Inspection,
    Pilot,
    Proposal,
)
from tiendo.plans.models import Task
from tiendo.plans.timeline import Kind

OWN_KINDS = {
    "plans.task.charge_head": Kind.PERSON,
    "plans.task.charge_officer": Kind.PERSON,
    "plans.task.set_deadline": Kind.DEADLINE,
    "plans.task.assign_unit": Kind.UNIT,
    "plans.task.unassign_unit": Kind.UNIT,
    "plans.task.hand_over": Kind.UNIT,
    "plans.task.take_back": Kind.UNIT,
    "plans.task.amend": Kind.PLAN,
    "plans.task.drop": Kind.PLAN,
    "plans.task.progress": Kind.STATE,
}


@dataclass(frozen=True)
class Subject:
    """What the log calls it, the kind its lines are of, and the words it began with."""

    name: str
    kind: Kind
    note: str = ""


def subjects_of(task: Task, user: User) -> list[Subject]:
    """Everything of oversight about the task that this person may see, in a fixed number of queries."""
    follow_ups = FollowUp.objects.visible_to(user).filter(task=task).values_list("pk", "text")
    difficulties = Difficulty.objects.visible_to(user).filter(tasks=task).values_list("pk", "title")
    proposals = Proposal.objects.visible_to(user).filter(task=task).values_list("pk", "reason")
    decided = Amendment.objects.visible_to(user).filter(lines__task=task, lines__removed_at=None)
    pilots = Pilot.objects.visible_to(user).filter(task=task).values_list("pk", "title")
    praised = commendations_visible_to(user).filter(tasks=task).values_list("pk", "form")
    group = [Subject(f"plans.group:{task.plan.code}/{task.group.code}", Kind.UNIT)] if task.group else []
    return [
        *group,
        *_subjects("followup", Kind.FOLLOW_UP, follow_ups),
        *_subjects("difficulty", Kind.DIFFICULTY, difficulties),
        *_subjects("proposal", Kind.PLAN, proposals),
        *_subjects("amendment", Kind.PLAN, decided.distinct().values_list("pk", "title")),
        *_inspections(task, user),
        *_subjects("pilot", Kind.OTHER, pilots),
        *_subjects("commendation", Kind.RECOGNITION, praised),
    ]


def _inspections(task: Task, user: User) -> Iterator[Subject]:
    """Inspections the task stands in, or a finding speaks of; and these findings."""
    seen = Inspection.objects.visible_to(user)
    findings = Finding.objects.visible_to(user).filter(task=task)
    rows = seen.filter(Q(tasks=task) | Q(pk__in=findings.values("inspection")))
    yield from _subjects("inspection", Kind.INSPECTION, rows.values_list("pk", "title"))
    yield from _subjects("finding", Kind.INSPECTION, findings.values_list("pk", "text"))


def _subjects(noun: str, kind: Kind, rows: Iterable[tuple[int, str]]) -> Iterator[Subject]:
    return (Subject(f"oversight.{noun}:{pk}", kind, note) for pk, note in rows)
