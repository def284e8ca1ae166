"""What the page of one task shows, gathered from the rooms that know it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.calendars.deadlines import cell
from tiendo.indicators.standing import measuring
from tiendo.orgs.models import Unit
from tiendo.plans.clarity import CLARITY_WORDS, Clarity
from tiendo.plans.models import Assignment, Charge, FieldSource, Task
from tiendo.plans.permissions import (
    can_assign_task,
    can_charge_head,
    can_charge_officer,
    can_hide_task,
    can_plan_work,
)
from tiendo.plans.queries import indicators_of, lacks_of, mandates_of, twins_of
from tiendo.plans.states import WorkState
from tiendo.reporting.models import Entry, Evidence, PartAnswer, Submission
from tiendo.reporting.models import Part as Word
from tiendo.reporting.queries import accepted
from tiendo.web.budget.panel import money_panel
from tiendo.web.oversight import (
    amendments_panel,
    difficulty_panel,
    directions_panel,
    inspections_panel,
    registers_panel,
)
from tiendo.web.plans.history.gathering import history_of
from tiendo.web.plans.numbers import WORDS
from tiendo.web.plans.rows import Answering, Answers, deadline_side, is_stale
from tiendo.web.plans.source import passage_of

NEWEST = 5


@dataclass(frozen=True)
class Part:
    """A unit's part in the task, or a group's with those who belong to it today."""

    assignment: Assignment
    answering: Answering
    members: list[Unit] | None = None


@dataclass(frozen=True)
class Accepted:
    """An accepted report with what backed it; the file may be opened by those who may see the entry."""

    submission: Submission
    evidence: list[Evidence]
    may_open: bool


def card(task: Task, user: User, *, at: datetime) -> dict[str, Any]:
    """Context of the task page."""
    on, entries = localdate(at), _entries(task, user)
    reports, history = _reports(task, entries), history_of(task, user)
    return {
        "task": task,
        "today": on,
        "side": deadline_side(task, on),
        "is_stale": is_stale(task, on),
        "cell": _cell(task, on),
        "passage": passage_of(task.item),
        "parts": _parts(task, Answers(on)),
        "heads": [charge for charge in task.charges.all() if charge.kind == Charge.Kind.HEAD],
        "officers": [charge for charge in task.charges.all() if charge.kind == Charge.Kind.OFFICER],
        "six": _six(task),
        "mandates": mandates_of(task),
        "indicators": indicators_of(task),
        "measures": measuring(task, on=on),
        "twins": twins_of(task, user=user),
        "milestones": task.milestones.in_force(),
        "sources": _sources(task),
        "reports": reports,
        "money": money_panel(task, user, [each.submission for each in reports], on=on),
        "directions": directions_panel.panel(task, user),
        "difficulties": difficulty_panel.panel(task, user),
        "inspecting": inspections_panel.panel(task, user),
        "amending": amendments_panel.panel(task, user),
        "registers": registers_panel.panel(task, user),
        "words": _words(task, user),
        "stopped": _stopped(task),
        "current": [entry for entry in entries if entry.duty.period.is_open],
        "history": history[:NEWEST],
        "history_total": len(history),
        "may": _may(task, user),
    }


def _cell(task: Task, on: date) -> str:
    """The official cell in words; a cancelled task stands in none."""
    if task.state == WorkState.CANCELLED:
        return ""
    return str(WORDS[cell(task.due_on, on=on, done_on=task.completed_on).value])


def _stopped(task: Task) -> FieldSource | None:
    """Of a cancelled task: since when, by which document, and why."""
    if task.state != WorkState.CANCELLED:
        return None
    rows = task.sources.filter(field="state").select_related("document", "recorded_by")
    return rows.order_by("-pk").first()


def _parts(task: Task, answers: Answers) -> dict[str, list[Part]]:
    parts: dict[str, list[Part]] = {role: [] for role in Assignment.Role.values}
    members = answers.members(task, task.assignments.all())
    for assignment in task.assignments.all():
        of_group = members[assignment.group_id] if assignment.group_id else None
        parts[assignment.role].append(Part(assignment, answers.of(assignment), of_group))
    return parts


def _six(task: Task) -> list[tuple[str, bool]]:
    """Each of the six in words, and whether it is clear."""
    missing = lacks_of(task)
    return [(_(CLARITY_WORDS[clarity]), clarity not in missing) for clarity in Clarity]


def _sources(task: Task) -> dict[str, FieldSource]:
    """Field → the newest word on where its value comes from."""
    return {source.field: source for source in task.sources.all()}


def _reports(task: Task, entries: list[Entry]) -> list[Accepted]:
    submissions = list(accepted().filter(entry__task=task))
    mine = {entry.pk for entry in entries}
    wanted = {pk for each in submissions for pk in each.evidence_ids}
    evidence = Evidence.objects.select_related("file").in_bulk(wanted) if wanted else {}
    return [
        Accepted(each, [evidence[pk] for pk in each.evidence_ids if pk in evidence], each.entry_id in mine)
        for each in submissions
    ]


def _words(task: Task, user: User) -> list[Word]:
    """What coordinating units said of their parts in the period they were last asked in."""
    answers = Prefetch("answers", queryset=PartAnswer.objects.select_related("answered_by"))
    rows = Word.objects.visible_to(user).filter(entry__task=task).select_related("unit", "entry__duty__period")
    found = list(rows.prefetch_related(answers).order_by("-entry__duty__period__due_at", "unit__sort_key"))
    return [row for row in found if row.entry.duty.period_id == found[0].entry.duty.period_id]


def _entries(task: Task, user: User) -> list[Entry]:
    """What was written on this task in every period, for those who may see it; the period due last on top."""
    entries = Entry.objects.visible_to(user).filter(task=task).select_related("duty__period", "duty__unit", "saved_by")
    return list(entries.order_by("-duty__period__due_at", "duty__unit__sort_key"))


def _may(task: Task, user: User) -> dict[str, bool]:
    return {
        "assign": bool(can_assign_task(user)),
        "hide": bool(can_hide_task(user)),
        "charge_head": bool(can_charge_head(user)),
        "charge_officer": bool(can_charge_officer(user, task)),
        "plan_work": bool(can_plan_work(user, task)),
    }
