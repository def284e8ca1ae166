"""What a reorganisation would touch, shown before it is recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.orgs.reorganisation import Kind, Reorganisation
from tiendo.oversight.touched import Touch, touched
from tiendo.web.orgs.task_choices import BranchLine

# How each kind of thing is said in a line, and which page opens it; the code is that of `oversight.touched`.
LINES: dict[str, Callable[[Any], tuple[str, str]]] = {
    "tasks": lambda row: (row.title, reverse("plans:task-detail", args=[row.code])),
    "shared": lambda row: (row.title, reverse("plans:task-detail", args=[row.code])),
    "duties": lambda row: (
        f"{row.unit.short_name}: {row.period.name}",
        reverse("reporting:duty-detail", args=[row.pk]),
    ),
    "people": lambda row: (
        f"{row.user.full_name}, {row.title}, {row.unit.short_name}",
        reverse("accounts:person-detail", args=[row.user.username]),
    ),
    "indicators": lambda row: (_indicator(row), reverse("indicators:indicator-detail", args=[row.code])),
    "figures": lambda row: (_indicator(row), reverse("indicators:indicator-detail", args=[row.code])),
    "branches": lambda row: (row.group.short_title, reverse("plans:plan-detail", args=[row.group.plan.code])),
    "difficulties": lambda row: (row.title, reverse("oversight:difficulty-detail", args=[row.pk])),
    "follow_ups": lambda row: (row.text, reverse("oversight:follow-up-detail", args=[row.pk])),
    "inspections": lambda row: (row.title, reverse("oversight:inspection-detail", args=[row.pk])),
    "proposals": lambda row: (f"{row.plan.code}: {row.reason}", reverse("oversight:proposal-detail", args=[row.pk])),
    "pilots": lambda row: (row.title, reverse("oversight:pilot-detail", args=[row.pk])),
    "plans": lambda row: (row.title, reverse("plans:plan-detail", args=[row.code])),
}


@dataclass(frozen=True)
class TouchedLines:
    """One kind of things touched, as lines of words and address."""

    touch: Touch
    lines: tuple[tuple[str, str], ...]


def preview(change: Reorganisation, branches: Sequence[BranchLine], user: User) -> dict[str, Any]:
    """For the page: units before and after by name, everything touched, and which tasks go another way."""
    codes = {*change.predecessors, *(each.code for each in change.successors), change.parent or ""}
    units = {unit.code: unit for unit in Unit.objects.standing().filter(code__in=codes)}
    before = [units[code] for code in change.predecessors]
    leaving = () if change.kind is Kind.MOVE else [unit.pk for unit in before]  # who moves takes all its work along
    found = touched(leaving, on=change.effective_on, user=user)
    return {
        "change": change,
        "units_before": before,
        "takers": [(each, each.new.name if each.new else units[each.code].name) for each in change.successors],
        "parent": units.get(change.parent or ""),
        "touched": [TouchedLines(kind, tuple(map(LINES[kind.code], kind.rows))) for kind in found.kinds],
        "apart": [line for branch in branches for line in branch.tasks if not line.to.is_default],
    }


def _indicator(row: Any) -> str:
    """The name its passport gives it today."""
    names = [passport.name for passport in row.passports.all()]
    return f"{row.code} {names[-1]}" if names else str(row.code)
