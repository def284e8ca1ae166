"""What versions of a plan say of its tasks: which version counts on a day, and the words kept with it (R026)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.timezone import make_aware

from tiendo.plans.models import (
    Assignment,
    DeadlineLine,
    FieldSource,
    Plan,
    PlanVersion,
    Task,
    TaskQuerySet,
    TaskTerms,
)
from tiendo.plans.states import WorkState

Terms = dict[str, Any]  # the shape is told by TaskTerms

WORDS = ("number", "title", "description", "product", "authority")
ROLES = (Assignment.Role.LEAD, Assignment.Role.COORDINATING, Assignment.Role.PERFORMING)


def version_on(plan: Plan, on: date) -> PlanVersion | None:
    """The version in force that day, as far as the house knew it by the end of that day; None before the first.

    A version entered after the day it counts from changes no answer about the days before it was entered; the first
    one, with which the house began, speaks for all days from its own on.
    """
    end = make_aware(datetime.combine(on + timedelta(days=1), time()))
    known = Q(number=1) | Q(created_at__lt=end)
    return plan.versions.filter(known, in_force_from__lte=on).order_by("-number").first()


def version_in_force(plan: Plan, on: date) -> PlanVersion:
    """The version that counts on the day by its own date, whenever it was entered; before the first, the first.

    By this tasks are chosen for what is judged afterwards: a plan entered late is judged with its annexes all the same.
    """
    started = plan.versions.filter(in_force_from__lte=on).order_by("-number").first()
    return started or plan.versions.order_by("number")[0]


def terms_of(version: PlanVersion) -> dict[str, Terms]:
    """Task code → what the version says of it; empty for a version from before terms were kept."""
    rows = TaskTerms.objects.filter(version=version).order_by("task__position")
    return dict(rows.values_list("task__code", "terms"))


def said_by_papers(tasks: TaskQuerySet, documents: Iterable[int]) -> dict[str, set[str]]:
    """Task code → fields that these documents gave; what else differs between their versions was filled by hand."""
    found: dict[str, set[str]] = {}
    rows = FieldSource.objects.filter(task__in=tasks, document_id__in=list(documents))
    for code, field in rows.values_list("task__code", "field"):
        found.setdefault(code, set()).add(field)
    return found


def terms_now(tasks: Iterable[Task]) -> dict[int, Terms]:
    """Task id → what its card says at this moment, in the shape that versions keep; four queries for any number."""
    parts = Assignment.objects.in_force().filter(role__in=ROLES).select_related("unit", "group").order_by("pk")
    rows = (
        Task.objects.filter(pk__in=[task.pk for task in tasks])
        .select_related("group")
        .prefetch_related(
            Prefetch("assignments", parts, to_attr="parts_now"),
            Prefetch("deadline_lines", DeadlineLine.objects.order_by("number"), to_attr="ledger"),
        )
    )
    return {task.pk: _terms(task, getattr(task, "parts_now"), getattr(task, "ledger")) for task in rows}  # noqa: B009


def _terms(task: Task, parts: list[Assignment], ledger: list[DeadlineLine]) -> Terms:
    raw = ledger[-1].raw if ledger else None
    return {
        **{name: getattr(task, name) for name in WORDS},
        "group": task.group.code if task.group else None,
        "due": {"raw": raw, "kind": task.due_kind, "on": task.due_on.isoformat() if task.due_on else None},
        **{role.value: [_named(part) for part in parts if part.role == role] for role in ROLES},
        "dropped": task.state == WorkState.CANCELLED,
    }


def _named(part: Assignment) -> dict[str, str | None]:
    if part.group:
        return {"unit": None, "printed": part.words, "group": part.group.code}
    return {"unit": part.unit.code if part.unit else None, "printed": part.printed}
