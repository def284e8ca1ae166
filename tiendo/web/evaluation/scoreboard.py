"""Scores: the board of each group, the working of one score down to the records, two computations side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiendo.evaluation.asking import content_of
from tiendo.evaluation.conditions import group_words
from tiendo.evaluation.exporting import exported
from tiendo.evaluation.models import Cycle, Result, Scorecard, Snapshot
from tiendo.web.evaluation.cycles import find_cycle
from tiendo.web.evaluation.intervals import Interval, interval_of
from tiendo.web.evaluation.lines import addresses, shown
from tiendo.web.requests import SignedInRequest

LACKS = ("measure", "value", "report", "evidence")


@dataclass(frozen=True)
class Line:
    """One card on the board."""

    result: Result
    band: str
    interval: Interval | None
    lacking: int
    counts: dict[str, int]


@dataclass(frozen=True)
class Board:
    """One group, the best first."""

    name: str
    lines: Sequence[Line]
    size: int


@require_GET
def scoreboard(request: SignedInRequest, pk: int) -> HttpResponse:
    """The newest computation this reader may see, or the one asked for by number."""
    cycle = find_cycle(request, pk)
    snapshots = list(_snapshots(request, cycle))
    snapshot = _chosen(snapshots, request.GET.get("lan", ""))
    context = {
        "cycle": cycle,
        "snapshot": snapshot,
        "snapshots": snapshots,
        "boards": _boards(request, cycle, snapshot) if snapshot else [],
        "reads_all": request.user.access.reads_everything,
        "tabs": [
            (f"{each.get_purpose_display()} #{each.number}", f"?lan={each.number}", each == snapshot)
            for each in snapshots
        ],
    }
    return render(request, "web/evaluation/scoreboard.html", context)


@require_GET
def result_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The working of one score."""
    rows = Result.objects.visible_to(request.user).select_related(
        "snapshot__cycle__criteria", "scorecard__unit", "scorecard__head"
    )
    result = get_object_or_404(rows, pk=pk)
    if not Scorecard.objects.inside_of(request.user).filter(pk=result.scorecard_id).exists():
        return redirect("portal:evaluation-unit", result.snapshot.cycle_id, result.scorecard.unit.code)
    criteria = result.working["criteria"]
    places = addresses((line for each in criteria for line in each["lines"]), request.user)
    cycle = result.snapshot.cycle
    context = {
        "result": result,
        "card": result.scorecard,
        "cycle": cycle,
        "total": content_of(cycle.criteria.content).total,
        "band": result.working.get("band_name", result.band),
        "size": result.snapshot.results.filter(scorecard__group=result.scorecard.group).count(),
        "criteria": [(each, [shown(line, places) for line in each["lines"]]) for each in criteria],
        "band_lines": [shown(line, places) for line in result.working.get("band_lines", [])],
    }
    return render(request, "web/evaluation/result_detail.html", context)


@require_GET
def snapshot_coverage(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the computation lacked, every task by name (R006)."""
    snapshot = _find_snapshot(request, pk)
    words = lack_words()
    lacking = snapshot.coverage.get("lacking", {})
    every = snapshot.coverage.get("all", {})
    context = {
        "snapshot": snapshot,
        "cycle": snapshot.cycle,
        "all": every,
        "lists": [(words[name], every.get(name, 0), lacking.get(name, [])) for name in LACKS],
        "agreement": snapshot.agreement,
    }
    return render(request, "web/evaluation/snapshot_coverage.html", context)


@require_GET
def snapshot_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The facts and results as `tiendo-recompute` reads them; for those who steer or inspect."""
    snapshot = _find_snapshot(request, pk)
    response = HttpResponse(exported(snapshot), content_type="application/json")
    name = f"danh-gia-{snapshot.cycle.year}-{snapshot.cycle_id}-lan-{snapshot.number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
def cycle_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """The first and the last computation this reader may see, card by card, with what changed."""
    cycle = find_cycle(request, pk)
    snapshots = sorted(_snapshots(request, cycle), key=lambda each: each.number)
    if len(snapshots) < 2:
        raise Http404
    first = _chosen(snapshots, request.GET.get("tu", "")) if request.GET.get("tu") else snapshots[0]
    context = {"cycle": cycle, "first": first, "last": snapshots[-1], "snapshots": snapshots[:-1]}
    changes = _changes(request, first, snapshots)
    moved = [row for row in changes if row["moved"] or row["was"].rank != row["now"].rank]
    context |= {"rows": moved, "unmoved": len(changes) - len(moved)}
    return render(request, "web/evaluation/cycle_compare.html", context)


def lack_words() -> dict[str, str]:
    return {
        "measure": _("có chỉ tiêu đo kết quả"),
        "value": _("có số liệu của chỉ tiêu trong kỳ"),
        "report": _("có báo cáo được tiếp nhận"),
        "evidence": _("có minh chứng được tiếp nhận"),
    }


def _changes(request: SignedInRequest, first: Snapshot | None, snapshots: list[Snapshot]) -> list[dict[str, Any]]:
    """Rows of cards that both hold, those that changed first."""
    rows = Result.objects.visible_to(request.user).select_related("scorecard__unit", "scorecard__head")
    before = {each.scorecard_id: each for each in rows.filter(snapshot=first)}
    found = []
    for now in rows.filter(snapshot=snapshots[-1]):
        was = before.get(now.scorecard_id)
        if was is None:
            continue
        criteria = zip(was.working["criteria"], now.working["criteria"], strict=True)
        moved = [(new["name"], old["points"], new["points"]) for old, new in criteria if old["points"] != new["points"]]
        change = (now.score or Decimal(0)) - (was.score or Decimal(0))
        found.append({"was": was, "now": now, "change": change, "moved": moved})
    return sorted(found, key=lambda row: -abs(row["change"]))


def _snapshots(request: SignedInRequest, cycle: Cycle) -> Any:
    """Computations of which this reader may see a result at all."""
    seen = Result.objects.visible_to(request.user).filter(snapshot__cycle=cycle).values("snapshot")
    return cycle.snapshots.filter(pk__in=seen).order_by("-number")


def _chosen(snapshots: Sequence[Snapshot], number: str) -> Snapshot | None:
    if number:
        found = [each for each in snapshots if str(each.number) == number]
        if not found:
            raise Http404
        return found[0]
    return snapshots[0] if snapshots else None


def _find_snapshot(request: SignedInRequest, pk: int) -> Snapshot:
    """Everybody's facts stand in it: only for those who may read them all."""
    if not request.user.access.reads_everything:
        raise Http404
    return get_object_or_404(Snapshot.objects.select_related("cycle__criteria", "content"), pk=pk)


def _boards(request: SignedInRequest, cycle: Cycle, snapshot: Snapshot) -> list[Board]:
    rows = Result.objects.visible_to(request.user).filter(snapshot=snapshot)
    found: dict[str, list[Result]] = {}
    for row in rows.select_related("scorecard__unit", "scorecard__head").order_by("rank", "scorecard__unit__sort_key"):
        found.setdefault(row.scorecard.group, []).append(row)
    sizes: dict[str, int] = {}
    for group in snapshot.results.order_by().values_list("scorecard__group", flat=True):
        sizes[group] = sizes.get(group, 0) + 1
    words = group_words(cycle)
    return [
        Board(words.get(group, group), [_line(each, snapshot, sizes[group]) for each in results], sizes[group])
        for group, results in sorted(found.items())
    ]


def _line(result: Result, snapshot: Snapshot, size: int) -> Line:
    missing = sum(1 for each in result.working["criteria"] if each["missing"])
    counts = snapshot.coverage.get("cards", {}).get(result.working["key"], {})
    return Line(result, result.working.get("band_name", result.band), interval_of(result, size), missing, counts)
