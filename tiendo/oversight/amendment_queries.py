"""Reads about proposals and drafts: what their tasks say now, what must be settled, whom a change concerns."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Count, Prefetch, Q

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.oversight.amendment_conflicts import Conflict, Now, find_conflicts
from tiendo.oversight.amendment_conflicts import Line as LineFacts
from tiendo.oversight.amendment_content import Place
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.amendment_workflow import AmendmentState
from tiendo.oversight.models import Amendment, AmendmentLine, AmendmentQuerySet, Proposal, ProposalQuerySet
from tiendo.plans.comparisons import names_for
from tiendo.plans.differences import FieldChange, Names, compare_fields
from tiendo.plans.models import Assignment, Charge, Plan, Task
from tiendo.plans.states import WorkState
from tiendo.plans.terms import Terms, terms_now

OPEN_STATES = (AmendmentState.DRAFT, AmendmentState.SUBMITTED, AmendmentState.RETURNED)


@dataclass(frozen=True)
class LineRow:
    """A line of a draft as a page shows it: field by field what changes, who asked, what must be settled."""

    line: AmendmentLine
    changes: tuple[FieldChange, ...]
    conflicts: tuple[Conflict, ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class ProposalRow:
    proposal: Proposal
    changes: tuple[FieldChange, ...]


def proposals_for_list(proposals: ProposalQuerySet) -> ProposalQuerySet:
    """With what each row shows, in a constant number of queries."""
    return proposals.select_related("plan", "unit", "task", "line__amendment", "written_by", "sent_by")


def amendments_for_list(amendments: AmendmentQuerySet) -> AmendmentQuerySet:
    standing = Count("lines", filter=Q(lines__removed_at=None))
    related = amendments.select_related(
        "plan__owner", "document", "drafted_by", "submitted_by", "decided_by", "version"
    )
    return related.annotate(size=standing).order_by("-drafted_at", "-pk")


def find_open_amendment(plan: Plan) -> Amendment | None:
    """The one draft of the plan that is not decided yet."""
    return Amendment.objects.filter(plan=plan, state__in=OPEN_STATES).first()


def open_plans() -> set[int]:
    """Ids of the plans that have a draft which is not decided yet."""
    return set(Amendment.objects.filter(state__in=OPEN_STATES).values_list("plan_id", flat=True))


def standing_lines(amendment: Amendment) -> list[AmendmentLine]:
    """The lines that count, in their order, each with its task and the proposals it joins."""
    proposals = Proposal.objects.select_related("unit").order_by("sent_at", "pk")
    lines = amendment.lines.filter(removed_at=None).select_related("task__group")
    return list(lines.prefetch_related(Prefetch("proposals", proposals)).order_by("position", "pk"))


def conflicts_of(lines: Collection[AmendmentLine]) -> list[Conflict]:
    """What must be settled before a decision, against what the tasks say now."""
    tasks = {line.task_id: line.task for line in lines if line.task is not None}
    said = terms_now(tasks.values())
    now = {
        task.code: Now(said[task.pk], task.state == WorkState.COMPLETED) for task in tasks.values() if task.pk in said
    }
    return find_conflicts([line_facts(line) for line in lines], now, _waiting_with(lines))


def _waiting_with(lines: Collection[AmendmentLine]) -> list[LineFacts]:
    """Lines on the same tasks in amendments that were decided and whose day has not come."""
    named = [line.task_id for line in lines if line.task_id]
    rows = AmendmentLine.objects.filter(task__in=named, removed_at=None, amendment__state=AmendmentState.DECIDED)
    return [line_facts(row) for row in rows.select_related("task").order_by("pk")] if named else []


def line_facts(line: AmendmentLine) -> LineFacts:
    return LineFacts(line.pk, Change(line.kind), line.task.code if line.task else None, line.wanted, line.base)


def line_rows(amendment: Amendment, *, settled: bool = False) -> list[LineRow]:
    """The draft line by line; a constant number of queries. `settled`: decided, so nothing is left to settle."""
    lines, names = standing_lines(amendment), names_for(amendment.plan)
    by_line: dict[int, list[Conflict]] = {}
    for conflict in [] if settled else conflicts_of(lines):
        by_line.setdefault(conflict.line, []).append(conflict)
    return [
        LineRow(
            line,
            compare_fields(line.base, line.wanted, names),
            tuple(by_line.get(line.pk, ())),
            tuple(line.proposals.all()),
        )
        for line in lines
    ]


def proposal_rows(proposals: Iterable[Proposal], names: Names) -> list[ProposalRow]:
    return [ProposalRow(each, compare_fields(each.base, each.wanted, names)) for each in proposals]


def waiting_proposals(plan: Plan) -> ProposalQuerySet:
    """What was sent and is in no draft yet, oldest first."""
    sent = Proposal.objects.filter(plan=plan, state=Proposal.State.SENT)
    return sent.select_related("unit", "task").order_by("sent_at", "pk")


def proposing_units(user: User, on: date) -> list[Unit]:
    """The units for which the person may propose, as they stand today."""
    return list(Unit.objects.in_force(on).filter(pk__in=user.access.held_unit_ids).order_by("sort_key"))


def said_now(task: Task) -> Terms:
    """What the card of one task says at this moment."""
    return terms_now([task])[task.pk]


def extensions_of(tasks: Iterable[Task]) -> dict[int, int]:
    """Task id → how often its deadline was moved to a later day already, by the ledger."""
    days: dict[int, list[date]] = {}
    rows = Task.objects.filter(pk__in=[task.pk for task in tasks]).values_list("pk", "deadline_lines__due_on")
    for pk, due in rows.order_by("pk", "deadline_lines__number"):
        if due is not None:
            days.setdefault(pk, []).append(due)
    return {pk: sum(later > before for before, later in pairwise(dues)) for pk, dues in days.items()}


def places_of(plan: Plan, tasks: Collection[Task]) -> dict[str, Place]:
    """Task code → where it stands in the newest version; a task whose piece is gone has none."""
    items = {item.origin_id or item.pk: item for item in plan.version.items.select_related("parent")}
    parents = {item.parent_id for item in items.values()}
    crowd: dict[int, int] = {}
    standing = plan.tasks.exclude(state=WorkState.CANCELLED).values_list("item_id", "item__origin_id")
    for pk, origin in standing:
        crowd[origin or pk] = crowd.get(origin or pk, 0) + 1
    found: dict[str, Place] = {}
    for task in Task.objects.filter(pk__in=[task.pk for task in tasks]).select_related("item"):
        first = task.item.origin_id or task.item_id
        if item := items.get(first):
            above = item.parent.path if item.parent else None
            alone, leaf = crowd.get(first, 0) <= 1, item.pk not in parents
            found[task.code] = Place(item.path, item.kind, item.number, above, item.details, alone, leaf)
    return found


def people_of_tasks(task_ids: Collection[int], on: date) -> tuple[set[int], list[User]]:
    """The units that have a part in the tasks now, and the people charged with them that day."""
    parts = Assignment.objects.in_force().filter(task_id__in=task_ids, unit__isnull=False)
    charges = Charge.objects.filter(task_id__in=task_ids).filter(Q(valid_to=None) | Q(valid_to__gte=on))
    people = {charge.user_id: charge.user for charge in charges.select_related("user")}
    return set(parts.values_list("unit_id", flat=True)), [user for user in people.values() if user.is_active]


def wanted_units(lines: Iterable[AmendmentLine]) -> set[str]:
    """Codes of the units that lines name."""
    named: list[dict[str, Any]] = [
        each
        for line in lines
        for role in ("lead", "coordinating", "performing")
        for each in line.wanted.get(role) or ()
    ]
    return {each["unit"] for each in named if each.get("unit")}
