"""Two versions of a plan read side by side (R026)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tiendo.orgs.models import Unit
from tiendo.plans.differences import (
    GroupOfDifferences,
    Kind,
    Names,
    Piece,
    PieceDifference,
    apart,
    compare,
    compare_pieces,
    grouped,
)
from tiendo.plans.models import ItemKind, Plan, PlanItem, PlanVersion
from tiendo.plans.terms import said_by_papers, terms_of


@dataclass(frozen=True)
class Comparison:
    """What `second` says otherwise than `first`; `known` is False where one of them is older than kept terms.

    `groups` is what the papers between them decided, `by_hand` what a person filled meanwhile.
    """

    first: PlanVersion
    second: PlanVersion
    groups: tuple[GroupOfDifferences, ...]
    by_hand: tuple[GroupOfDifferences, ...]
    pieces: tuple[PieceDifference, ...]
    known: bool

    @property
    def counts(self) -> dict[Kind, int]:
        """How many tasks became what by decision."""
        lines = [line.kind for group in self.groups for line in group.lines]
        return {kind: lines.count(kind) for kind in Kind if kind in lines}


def compare_versions(first: PlanVersion, second: PlanVersion) -> Comparison:
    """Their tasks by what each kept, and the rest of their text; a constant number of queries."""
    before, after = terms_of(first), terms_of(second)
    known = (bool(before) and bool(after)) or not second.plan.tasks.exists()
    names = names_for(second.plan)
    lines = compare(before, after, names) if known else []
    papers, hands = apart(lines, said_by_papers(second.plan.tasks.all(), _papers(first, second)))
    pieces = compare_pieces(_pieces(first), _pieces(second))
    groups, by_hand = tuple(grouped(papers, names)), tuple(grouped(hands, names))
    return Comparison(first, second, groups, by_hand, tuple(pieces), known)


def _papers(first: PlanVersion, second: PlanVersion) -> list[int]:
    """The documents of the versions after the earlier one, up to the later."""
    early, late = sorted((first.number, second.number))
    between = second.plan.versions.filter(number__gt=early, number__lte=late)
    return list(between.values_list("document_id", flat=True))


def names_for(plan: Plan) -> Names:
    """What units and groups of tasks are called where the plan's terms are shown."""
    units = dict(Unit.objects.values_list("code", "name"))
    return Names(units, dict(plan.groups.order_by("position").values_list("code", "title")))


def _pieces(version: PlanVersion) -> list[Piece]:
    """The text that is no task's: what a task says is told with the task."""
    of_tasks = set(PlanItem.objects.filter(tasks__plan=version.plan_id).values_list("pk", "origin_id"))
    firsts = {origin or pk for pk, origin in of_tasks}
    items = version.items.exclude(kind=ItemKind.TASK_ROW).order_by("position")
    return [
        Piece(item.origin_id or item.pk, item.path, item.text, _aims(item.details))
        for item in items
        if (item.origin_id or item.pk) not in firsts
    ]


def _aims(details: Mapping[str, Any]) -> dict[str, str]:
    """An indicator's unit and target, in the words of the document."""
    target = (details.get("target") or {}).get("raw") or ""
    return {"unit": details.get("unit_text") or "", "target": str(target)}
