"""The editor of a draft: common rules, one criterion at a time, and what each serves. Works without scripts."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.evaluation.actions import criteria as acts
from tiendo.evaluation.bands import criterion_faults
from tiendo.evaluation.criteria import Content, Criterion, Kind
from tiendo.evaluation.describing import ranking_chapters
from tiendo.evaluation.models import CriteriaSet, CriterionLink
from tiendo.evaluation.set_rules import can_edit_set
from tiendo.evaluation.sets import content_of_set, faults_of_set
from tiendo.indicators.models import Indicator, Passport
from tiendo.plans.models import ItemKind, PlanItem
from tiendo.ui.saying import said
from tiendo.web.evaluation import criteria_editing as editing
from tiendo.web.evaluation.criteria import find_set, said_chapters, shown
from tiendo.web.evaluation.criteria_forms import (
    BandRows,
    CommonForm,
    CriterionForm,
    LevelRows,
    LinkForm,
    NewCriterionForm,
    named_indicator,
)
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def criteria_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole draft: its criteria with the sum of weights, faults still to mend, and the common rules."""
    criteria = find_draft(request, pk)
    content = content_of_set(criteria)
    form = CommonForm(request.POST or None, initial=editing.common_initial(content))
    given = request.method == "POST" and form.is_valid()
    if given and saved(request, criteria, editing.with_common(content, form.cleaned_data), form):
        return redirect("evaluation:criteria-edit", pk)
    context = {"form": form, "new_form": NewCriterionForm(), **_overview(criteria, content)}
    return render(request, "web/evaluation/criteria_edit.html", context)


def _overview(criteria: CriteriaSet, content: Content) -> dict[str, Any]:
    whole = sum(each.weight for each in content.criteria)
    return {
        "criteria": criteria,
        "content": content,
        "shown": shown(criteria),
        "whole": whole,
        "off": whole - content.total,
        "ranking": said_chapters(ranking_chapters(content)),
        "faults": [said(each) for each in faults_of_set(criteria)],
    }


@require_POST
def criterion_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new criterion, then its own page."""
    criteria = find_draft(request, pk)
    content = content_of_set(criteria)
    new_form = NewCriterionForm(request.POST, taken=[each.code for each in content.criteria])
    if new_form.is_valid():
        made = editing.begun(new_form.cleaned_data)
        if saved(request, criteria, editing.with_criterion(content, made), new_form):
            return redirect("evaluation:criterion-edit", pk, made.code)
    form = CommonForm(initial=editing.common_initial(content))
    context = {"form": form, "new_form": new_form, **_overview(criteria, content)}
    return render(request, "web/evaluation/criteria_edit.html", context)


@require_http_methods(["GET", "POST"])
def criterion_edit(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """One criterion: weight, how it gives its points, and below what it serves."""
    criteria = find_draft(request, pk)
    criterion = find_criterion(criteria, code)
    given = request.POST or None
    form = CriterionForm(given, criterion=criterion, indicators=_indicator_choices())
    bands = BandRows(given, prefix="band", initial=[vars(each) for each in criterion.bands])
    levels = LevelRows(given, prefix="level", initial=[vars(each) for each in criterion.levels])
    parts = [form, *_rows_of(criterion, bands, levels)]
    valid = [part.is_valid() for part in parts]  # each is asked, so that all faults are shown at once
    if request.method == "POST" and all(valid):
        made = editing.as_typed(criterion, form.cleaned_data, _typed(bands, parts), _typed(levels, parts))
        if saved(request, criteria, editing.with_criterion(content_of_set(criteria), made), form):
            return redirect("evaluation:criterion-edit", pk, code)
    context = {"form": form, "bands": bands if bands in parts else None, "levels": levels if levels in parts else None}
    return render(request, "web/evaluation/criterion_edit.html", context | _beside(criteria, criterion))


def _beside(criteria: CriteriaSet, criterion: Criterion) -> dict[str, Any]:
    """What stands beside the form: the words it gives now, faults, links and the form for another one."""
    content = content_of_set(criteria)
    whole = sum(each.weight for each in content.criteria)
    return {
        "criteria": criteria,
        "content": content,
        "criterion": criterion,
        "row": next(each for each in shown(criteria) if each.criterion.code == criterion.code),
        "faults": [said(each) for each in criterion_faults(criterion)],
        "whole": whole,
        "off": whole - content.total,
        "link_form": LinkForm(indicators=linkable_indicators(), items=linkable_items(criteria)),
    }


def _rows_of(criterion: Criterion, bands: Any, levels: Any) -> list[Any]:
    return {Kind.QUANTITATIVE: [bands], Kind.QUALITATIVE: [levels]}.get(criterion.kind, [])


def _typed(rows: Any, parts: list[Any]) -> list[dict[str, Any]]:
    return [row.cleaned_data for row in rows if row.cleaned_data] if rows in parts else []


@require_POST
def criterion_remove(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Take a criterion out of the draft, with its links."""
    criteria = find_draft(request, pk)
    find_criterion(criteria, code)
    saved(request, criteria, editing.without_criterion(content_of_set(criteria), code), None)
    return redirect("evaluation:criteria-edit", pk)


@require_POST
def criterion_link(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Say what the criterion serves; an indicator and a clause at once are two links."""
    criteria = find_draft(request, pk)
    find_criterion(criteria, code)
    form = LinkForm(request.POST, indicators=linkable_indicators(), items=linkable_items(criteria))
    ends = {name: end for name, end in form.cleaned_data.items() if end is not None} if form.is_valid() else {}
    if not ends:
        messages.error(request, _("Hãy chọn một chỉ tiêu hoặc một mục của kế hoạch."))
    for name, end in ends.items():
        given = {"criteria": criteria, "criterion": code, name: end}
        acts.link_criterion(by=request.user, at=timezone.now(), **given)
        messages.success(request, _("Đã gắn tiêu chí."))
    return redirect("evaluation:criterion-edit", pk, code)


@require_POST
def criterion_unlink(request: SignedInRequest, pk: int) -> HttpResponse:
    links = CriterionLink.objects.select_related("criteria__plan")
    link = get_object_or_404(links, pk=pk)
    find_draft(request, link.criteria_id)
    acts.unlink_criterion(link=link, by=request.user, at=timezone.now())
    messages.success(request, _("Đã bỏ gắn."))
    return redirect("evaluation:criterion-edit", link.criteria_id, link.criterion)


def saved(request: SignedInRequest, criteria: CriteriaSet, content: Content, form: Any) -> bool:
    """Save the draft; when somebody else did meanwhile, say so and keep what was typed."""
    began = request.POST.get("began", criteria.sha256)
    try:
        acts.edit_set(criteria=criteria, content=content, sha256=began, by=request.user, at=timezone.now())
    except acts.Changed as error:
        if form is None:
            messages.error(request, said(error))
        else:
            form.add_error(None, said(error))
        return False
    messages.success(request, _("Đã lưu bản soạn."))
    return True


def find_draft(request: SignedInRequest, pk: int) -> CriteriaSet:
    """A set this person may edit now; 404 when it may not be read, a sentence when it may not be edited."""
    criteria = find_set(request, pk)
    require(can_edit_set(request.user, criteria))
    return criteria


def find_criterion(criteria: CriteriaSet, code: str) -> Criterion:
    try:
        return content_of_set(criteria).criterion(code)
    except KeyError:
        raise Http404 from None


def linkable_indicators() -> QuerySet[Indicator]:
    """Indicators in use, each with its passport in force."""
    passports = Prefetch("passports", Passport.objects.in_force())
    return Indicator.objects.in_use().prefetch_related(passports)


def linkable_items(criteria: CriteriaSet) -> QuerySet[PlanItem]:
    """Clauses of the plan's version in force; tables and headings of annexes set no objective."""
    return PlanItem.objects.filter(version=criteria.plan.version).exclude(kind=ItemKind.SECTION).order_by("position")


def _indicator_choices() -> list[tuple[str, str]]:
    return [(each.code, named_indicator(each)) for each in linkable_indicators()]
