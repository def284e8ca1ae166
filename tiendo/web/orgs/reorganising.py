"""A reorganisation entered step by step: units, who takes over, which task goes where, a look at it all, recorded."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tiendo.accounts.models import User
from tiendo.accounts.permissions import can_reorganise, require
from tiendo.orgs.history import standings
from tiendo.orgs.models import Unit, UnitChange
from tiendo.orgs.presets import Preset, presets, recorded_as
from tiendo.orgs.reorganisation import CannotReorganise, Kind
from tiendo.oversight.actions.changing_units import change_units, share_tasks
from tiendo.web.orgs.change_draft import MORE, PREVIEW, RECORD, TAKERS, TASKS, UNITS, Draft, filled
from tiendo.web.orgs.change_forms import SEVERAL
from tiendo.web.orgs.change_preview import preview
from tiendo.web.orgs.change_words import KIND_WORDS, STEP_WORDS
from tiendo.web.orgs.task_choices import STAYS, BranchLine, Taker, branches, chosen, ids_of, parts_of
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def change_add(request: SignedInRequest) -> HttpResponse:
    """Choose a kind or a preset; then one page after another until it is recorded. Only the last one writes."""
    require(can_reorganise(request.user))
    draft = _draft(request)
    if draft is None:
        return render(request, "web/orgs/change_add.html", {"kinds": KIND_WORDS.items(), "presets": _presets()})
    step = draft.step_for(request.POST.get("buoc", UNITS))
    if step == RECORD and (change := _record(request, draft)):
        messages.success(request, _("Đã ghi việc sắp xếp."))
        return redirect("orgs:change-detail", change.pk)
    return _page(request, draft, PREVIEW if step == RECORD else step)


@require_http_methods(["GET", "POST"])
def change_tasks(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """After a change is recorded: say of single tasks of one unit before which of its successors they go to."""
    require(can_reorganise(request.user))
    change = get_object_or_404(UnitChange.objects.filter(undone_at=None), pk=pk)
    unit = get_object_or_404(Unit.objects.filter(successions__change=change).distinct(), code=code)
    takers = _takers_of(change, unit)
    given = {name: str(value) for name, value in request.POST.items()} or _handed(change)
    found = branches(parts_of([unit], change.effective_on, request.user), takers, given)
    if request.POST.get("buoc") == RECORD:
        parts = {(line.task.pk, line.unit.pk): line.to.mark for branch in found for line in branch.tasks}
        share_tasks(change=change, choices=ids_of(parts), source=change.decision, by=request.user, at=timezone.now())
        messages.success(request, _("Đã ghi nhiệm vụ nào về đơn vị nào."))
        return redirect("orgs:change-detail", pk)
    context = {"change": change, "unit": unit, "branches": found, "takers": takers}
    return render(request, "web/orgs/change_tasks.html", context)


def _draft(request: SignedInRequest) -> Draft | None:
    """What was posted; or what a preset fills in; or an empty form of the kind chosen; None before that."""
    if request.method == "POST":
        kind = request.POST.get("a-kind", "")
        return Draft(request.POST, Kind(kind)) if kind in list(Kind) else None
    preset = next((each for each in presets() if each.code == request.GET.get("mau")), None)
    place = request.GET.get("so", "")
    if preset and place.isascii() and place.isdigit() and int(place[:4]) < len(preset.changes):
        change = preset.changes[int(place[:4])]
        return Draft(filled(change, frozenset(standings())), change.kind)
    kind = request.GET.get("viec", "")
    return Draft(QueryDict(), Kind(kind)) if kind in list(Kind) else None


def _page(request: SignedInRequest, draft: Draft, step: str) -> HttpResponse:
    words = KIND_WORDS[draft.kind]
    context: dict[str, Any] = {
        "draft": draft,
        "kind_words": words[0],
        "step": step,
        "step_words": [STEP_WORDS[each] for each in draft.steps],
        "number": draft.steps.index(step) + 1,
        "before": draft.steps[draft.steps.index(step) - 1] if draft.steps.index(step) else "",
        "after": draft.steps[draft.steps.index(step) + 1] if step != PREVIEW else RECORD,
        "carried": list(draft.carried(step)),
    }
    if step == UNITS:
        context |= _ticked(draft)
        context["after"] = PREVIEW if draft.kind is Kind.MOVE else TAKERS
    asked = request.POST.get("buoc")
    if step == TAKERS:
        context["told"] = draft.problems if draft.takers_valid and asked not in (MORE, TAKERS, None) else []
        context["after"] = TASKS if draft.kind in (Kind.SPLIT, Kind.DISSOLVE) else PREVIEW
    if step == UNITS and draft.kind is Kind.MOVE and asked == PREVIEW and draft.first.is_valid():
        context["told"] = draft.problems
    if step == TASKS:
        context |= {"branches": _branches(draft, request.user), "takers": _takers(draft)}
    if step == PREVIEW:
        lines = _branches(draft, request.user) if draft.shares_tasks else []
        context |= preview(draft.change, lines, request.user)
    return render(request, "web/orgs/change_step.html", context)


def _ticked(draft: Draft) -> dict[str, Any]:
    """Which units are ticked, and which kinds of units to show at once."""
    ticked = set(draft.data.getlist("a-predecessors"))
    field = draft.first.fields.get("predecessors")
    groups = getattr(field, "choices", []) if draft.kind in SEVERAL else []
    opened = [label for label, choices in groups if any(code in ticked for code, _name in choices)]
    return {"ticked": ticked, "opened": opened or [label for label, _choices in groups][1:2]}


def _record(request: SignedInRequest, draft: Draft) -> UnitChange | None:
    """The change and the choices for its tasks, together or not at all; a refusal is told on the page."""
    # The words of functions share out every task, those too that an administrator who records may not read.
    choices = chosen(_branches(draft, None)) if draft.shares_tasks else {}
    try:
        return change_units(change=draft.change, choices=choices, by=request.user, at=timezone.now())
    except CannotReorganise as refused:
        for told in refused.problems:
            messages.error(request, told)
    except PermissionDenied as refused:
        messages.error(request, str(refused))
    return None


def _branches(draft: Draft, user: User | None) -> list[BranchLine]:
    before = list(Unit.objects.standing().filter(code__in=draft.change.predecessors))
    parts = parts_of(before, draft.change.effective_on, user)
    return branches(parts, _takers(draft), {name: str(value) for name, value in draft.data.items()})


def _takers(draft: Draft) -> list[Taker]:
    names = dict(Unit.objects.standing().values_list("code", "name"))
    found = [
        Taker(each.code, each.new.name if each.new else names[each.code], each.functions, each.is_default)
        for each in draft.change.successors
    ]
    if draft.change.stays:
        found.insert(0, Taker(STAYS, names[draft.change.predecessors[0]], is_default=True))
    return found


def _takers_of(change: UnitChange, unit: Unit) -> list[Taker]:
    """Who took over from the unit by a recorded change; without a default, what is not handed over stays."""
    links = change.successions.filter(undone_at=None, predecessor=unit).select_related("successor")
    takers = [
        Taker(link.successor.code, link.successor.name, link.functions, link.is_default)
        for link in links.order_by("-is_default", "pk")
    ]
    if not any(taker.is_default for taker in takers):
        takers.insert(0, Taker(STAYS, unit.name, is_default=True))
    return takers


def _handed(change: UnitChange) -> dict[str, str]:
    """What was said before, as the form holds it."""
    rows = change.handovers.filter(undone_at=None).select_related("successor")
    return {f"c-t-{row.task_id}-{row.predecessor_id}": row.successor.code for row in rows}


def _presets() -> list[tuple[Preset, list[tuple[Any, ...]]]]:
    """Each preset with its changes: units by name, the recorded change when it is done, or why it cannot be."""
    names = dict(Unit.objects.standing().values_list("code", "name"))
    known, found = standings(), []
    done = recorded_as(tuple(change for preset in presets() for change in preset.changes))
    for preset in presets():
        rows = []
        for place, change in enumerate(preset.changes):
            before = [names.get(code, code) for code in change.predecessors]
            after = [names.get(each.code, each.new.name if each.new else each.code) for each in change.successors]
            unknown = [code for code in change.predecessors if code not in known]
            rows.append((place, KIND_WORDS[change.kind][0], before, after, change in done, done.get(change), unknown))
        found.append((preset, rows))
    return found
