from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tiendo.indicators.models import Indicator
from tiendo.indicators.standing import followed
from tiendo.intake.permissions import can_bring_in
from tiendo.oversight.amendment_queries import proposing_units
from tiendo.plans.models import ItemKind, Mandate, Plan, PlanItem, PlanVersion, Task
from tiendo.plans.permissions import can_make_version
from tiendo.plans.queries import documents_visible_to, tasks_by_path, tree
from tiendo.ui.typed import whole_number
from tiendo.web.plans.source import Passage, passage_of
from tiendo.web.requests import SignedInRequest


@dataclass
class Node:
    """An item with what stands under it."""

    item: PlanItem
    passage: Passage
    tasks: list[Task]
    indicator: Indicator | None = None
    children: list["Node"] = field(default_factory=list)

    @property
    def is_section(self) -> bool:
        return self.item.kind == ItemKind.SECTION

    @property
    def indicators(self) -> list["Node"]:
        """Rows of targets under it, shown as one table."""
        return [child for child in self.children if child.item.kind == ItemKind.INDICATOR_ROW]

    @property
    def parts(self) -> list["Node"]:
        """Everything else under it."""
        return [child for child in self.children if child.item.kind != ItemKind.INDICATOR_ROW]


def plan_list(request: SignedInRequest) -> HttpResponse:
    """Every plan with its size and what is missing."""
    plans = (
        Plan.objects.visible_to(request.user)
        .select_related("owner")
        .annotate(
            task_count=Count("tasks", distinct=True),
            version_count=Count("versions", distinct=True),
            missing_count=Count("annexes", filter=Q(annexes__document=None), distinct=True),
        )
    )
    may_import = can_bring_in(request.user)
    return render(request, "web/plans/plan_list.html", {"plans": plans, "can_import": may_import})


def plan_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """A version of a plan as a tree, with its document, annexes and the other versions."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("owner"), code=code)
    versions = list(plan.versions.select_related("document").defer("document__lines").order_by("-number"))
    version = next((each for each in versions if str(each.number) == request.GET.get("ban")), None)
    version = version or (versions[0] if versions else None)
    context = {
        "plan": plan,
        "versions": versions,
        "version": version,
        "nodes": _nodes(request, version) if version else [],
        "aims": _aims(version) if version else {},
        "mandates": Mandate.objects.in_force().filter(plan=plan, task=None).select_related("document"),
        "annexes": plan.annexes.select_related("document").defer("document__lines"),
        "can_import": can_make_version(request.user),
        "can_propose": bool(proposing_units(request.user, timezone.localdate())),
    }
    return render(request, "web/plans/plan_detail.html", context)


def _nodes(request: SignedInRequest, version: PlanVersion) -> list[Node]:
    tasks = tasks_by_path(Task.objects.visible_to(request.user), version)
    items = list(tree(version))
    indicators = followed(item.origin_id or item.pk for item in items)
    nodes = {
        item.pk: Node(item, passage_of(item), tasks.get(item.path, []), indicators.get(item.origin_id or item.pk))
        for item in items
    }
    tops: list[Node] = []
    for node in nodes.values():
        siblings = nodes[node.item.parent_id].children if node.item.parent_id else tops
        siblings.append(node)
    return tops


def _aims(version: PlanVersion) -> dict[str, list[tuple[str, dict[str, object]]]]:
    """Targets that the version's sentences set, with the path of each: firm ones apart from those hoped for (R041)."""
    found: dict[str, list[tuple[str, dict[str, object]]]] = {"firm": [], "wish": []}
    for item in tree(version).exclude(kind__in=[ItemKind.SECTION, ItemKind.INDICATOR_ROW, ItemKind.TASK_ROW]):
        for target in item.details.get("targets") or ():
            found["firm" if target["firm"] else "wish"].append((item.path, target))
    return found


def document_lines(request: SignedInRequest, pk: int) -> HttpResponse:
    """The printed text with the cited lines lit."""
    document = get_object_or_404(documents_visible_to(request.user), pk=pk)
    first, last = _number(request, "tu"), _number(request, "den")
    cited = range(first, max(first, last) + 1) if first else range(0)
    lines = [(number, text, number in cited) for number, text in enumerate(document.lines, 1)]
    plan = Plan.objects.visible_to(request.user).filter(versions__items__document=document).first()
    return render(
        request, "web/plans/document_lines.html", {"document": document, "lines": lines, "cited": cited, "plan": plan}
    )


def _number(request: SignedInRequest, name: str) -> int:
    return whole_number(request.GET.get(name, "")) or 0
