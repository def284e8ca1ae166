"""Reads of the registers: whose plan is late or missing, what is reviewed, which checklists are open."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from tiendo.accounts.models import User
from tiendo.indicators.models import Indicator
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import links, reporting_units, units_held_by
from tiendo.orgs.succession import holder_on
from tiendo.oversight.models import PlanCall, RelatedProgramme, SecurityCheck, UnitPlan
from tiendo.oversight.plan_calls import (
    PlanStanding,
    ReviewStanding,
    owing_day,
    plan_standing,
    review_standing,
)
from tiendo.oversight.security import IT_PROJECT, CheckState, check_state
from tiendo.plans.models import Assignment, Plan, StoredFile, Task, TaskQuerySet
from tiendo.plans.tags import tagged
from tiendo.reporting.models import Submission


@dataclass(frozen=True)
class PlanLine:
    """A unit that owes a plan: who answers for it that day, how it stands, and every entry, the standing one first."""

    unit: Unit
    answering: Unit
    standing: PlanStanding
    entries: tuple[UnitPlan, ...]


def calls_of(user: User) -> QuerySet[PlanCall]:
    """Orders are addressed to every unit: whoever reads the plan reads them."""
    rows = PlanCall.objects.select_related("plan").order_by("-year", "plan__code")
    return rows.filter(plan__in=Plan.objects.visible_to(user))


def plan_lines(call: PlanCall, user: User, *, on: date) -> list[PlanLine]:
    """Each unit that owes its plan as of the day, in the order of names; a unit sees its own line alone.

    A unit merged since keeps its own plan; while it has none, that of the unit that answers for it counts.
    """
    owing = reporting_units(on=owing_day(call.due_on, on))
    if not user.access.reads_everything:
        owing = owing.filter(pk__in=user.access.held_unit_ids)
    return _lines(call, list(owing), on)


def lines_lacking(call: PlanCall, *, on: date) -> list[PlanLine]:
    """Every unit that owes its plan as of the day and has none; for those who tell them."""
    lines = _lines(call, list(reporting_units(on=owing_day(call.due_on, on))), on)
    return [line for line in lines if line.standing in (PlanStanding.DUE, PlanStanding.MISSING)]


def _lines(call: PlanCall, units: list[Unit], on: date) -> list[PlanLine]:
    known = links()
    holder = {unit.pk: holder_on(unit.pk, on, known) for unit in units}
    entries = _entries(call, on)
    named = Unit.objects.in_bulk(set(holder.values()))
    lines = []
    for unit in units:
        own = entries[unit.pk] or entries[holder[unit.pk]]
        standing = plan_standing(tuple(each.signed_on for each in own), due_on=call.due_on, on=on)
        lines.append(PlanLine(unit, named[holder[unit.pk]], standing, tuple(own)))
    return lines


def _entries(call: PlanCall, on: date) -> dict[int, list[UnitPlan]]:
    """Unit id → what it had entered by the end of the day, the newest first. Not narrowed: the lines are."""
    rows = UnitPlan.objects.filter(call=call).select_related("unit", "file", "detailed", "recorded_by")
    found = defaultdict[int, list[UnitPlan]](list)
    for row in rows.order_by("-pk"):
        if localdate(row.recorded_at) <= on:
            found[row.unit_id].append(row)
    return found


def find_unit_plan(file: StoredFile) -> UnitPlan | None:
    """The standing entry with this very file whose tasks were not taken in yet."""
    rows = UnitPlan.objects.standing().filter(file=file, detailed=None).select_related("unit", "call__plan")
    return rows.order_by("pk").first()


@dataclass(frozen=True)
class ReviewLine:
    programme: RelatedProgramme
    standing: ReviewStanding


def related_visible_to(user: User) -> QuerySet[RelatedProgramme]:
    """Programmes in force are public papers: whoever reads the plan reads the register."""
    rows = RelatedProgramme.objects.select_related("plan", "reviewer", "reviewed_by")
    return rows.filter(plan__in=Plan.objects.visible_to(user))


def review_lines(user: User, *, on: date) -> list[ReviewLine]:
    """The register with how each review stands, those due first on top."""
    return [
        ReviewLine(
            row,
            review_standing(localdate(row.reviewed_at) if row.reviewed_at else None, due_on=row.due_on, on=on),
        )
        for row in related_visible_to(user).order_by("due_on", "number")
    ]


@dataclass(frozen=True)
class SecurityLine:
    """An IT project and how far its checklist is."""

    task: Task
    lead: str
    state: CheckState


def security_lines(user: User) -> list[SecurityLine]:
    """Every IT project the user may see; those with the least answered on top. Cancelled ones need none."""
    tasks = list(tagged(Task.objects.visible_to(user).counted(), IT_PROJECT).select_related("plan").order_by("code"))
    answers = answers_of(user, tasks)
    leads = _leads(tasks)
    lines = [
        SecurityLine(task, leads.get(task.pk, ""), check_state({row.item: row.answer for row in answers[task.pk]}))
        for task in tasks
    ]
    return sorted(lines, key=lambda line: (line.state.is_settled, line.state.answered, line.task.code))


def answers_of(user: User, tasks: list[Task]) -> dict[int, list[SecurityCheck]]:
    """Task id → its standing answers."""
    rows = SecurityCheck.objects.visible_to(user).filter(task__in=tasks, replaced_at=None)
    found = defaultdict[int, list[SecurityCheck]](list)
    for row in rows.select_related("answered_by", "file").order_by("pk"):
        found[row.task_id].append(row)
    return found


def _leads(tasks: list[Task]) -> dict[int, str]:
    parts = Assignment.objects.in_force().filter(task__in=tasks, role=Assignment.Role.LEAD)
    return {part.task_id: str(part.unit or part.printed) for part in parts.select_related("unit")}


@dataclass(frozen=True)
class Results:
    """What a unit may be commended for."""

    tasks: TaskQuerySet
    submissions: QuerySet[Submission]
    indicators: QuerySet[Indicator]


def results_of(plan: Plan, unit: Unit, *, on: date) -> Results:
    """Finished tasks the unit has a part in, its accepted reports, the indicators it owns; its predecessors' too."""
    held = units_held_by(frozenset({unit.pk}), on=on) | {unit.pk}
    own = Assignment.Role.LEAD, Assignment.Role.COORDINATING, Assignment.Role.PERFORMING
    tasks = Task.objects.filter(plan=plan, state="completed").of_units(frozenset(held), *own)
    submissions = Submission.objects.filter(
        verdict=Submission.Verdict.ACCEPTED, entry__duty__unit_id__in=held, entry__duty__period__plan=plan
    )
    indicators = Indicator.objects.in_use().filter(passports__is_current=True, passports__owner_id__in=held).distinct()
    return Results(
        tasks.order_by("position"),
        submissions.select_related("entry__task", "entry__duty__period").order_by("-decided_at"),
        indicators,
    )
