"""Targets and ties of one indicator: each a small form page."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tiendo.accounts.permissions import require
from tiendo.indicators.actions.targets import set_target_line, withdraw_target_line
from tiendo.indicators.actions.ties import AnyTie, end_tie, tie_document, tie_objective, tie_task
from tiendo.indicators.aims import line_text
from tiendo.indicators.models import DocumentTie, Indicator, ObjectiveTie, TargetLine, TaskTie
from tiendo.indicators.permissions import can_define_indicators, can_set_targets
from tiendo.plans.models import Plan, PlanItem, Task
from tiendo.ui.typed import whole_number
from tiendo.web.indicators.asking import ask, posted
from tiendo.web.indicators.forms import PaperForm
from tiendo.web.indicators.passports import indicator_of, page_of
from tiendo.web.indicators.target_forms import TargetForm, TieForm
from tiendo.web.requests import SignedInRequest

TIES: dict[str, type[AnyTie]] = {"nhiem-vu": TaskTie, "muc-tieu": ObjectiveTie, "van-ban": DocumentTie}


@require_http_methods(["GET", "POST"])
def target_set(request: SignedInRequest, code: str) -> HttpResponse:
    """The coordinator writes a point of the ledger; the address may name the line it takes the place of."""
    indicator = indicator_of(request, code)
    require(can_set_targets(request.user))
    passport = indicator.passports.in_force().get()
    form = TargetForm(posted(request), initial=_initial(request, indicator), kinds=passport.measured_kinds)

    def act(**who: Any) -> object:
        return set_target_line(indicator=indicator, aim=form.aim, rests_on=form.cleaned_data["rests_on"], **who)

    shown = {"indicator": indicator, "passport": passport}
    return ask(request, form, _("Ghi mục tiêu, lộ trình"), act, back=page_of(indicator), shown=shown)


@require_http_methods(["GET", "POST"])
def target_withdraw(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """The coordinator takes back a point; the line stays in the ledger."""
    indicator = indicator_of(request, code)
    require(can_set_targets(request.user))
    line = get_object_or_404(indicator.targets.in_force(), pk=pk)
    form = PaperForm(posted(request))

    def act(**who: Any) -> object:
        return withdraw_target_line(line=line, rests_on=form.cleaned_data["rests_on"], **who)

    told = {"target": line_text(line), "day": f"{line.due_on:%d/%m/%Y}"}
    title = _("Bỏ mốc %(target)s, ngày %(day)s") % told
    return ask(request, form, title, act, back=page_of(indicator), shown={"indicator": indicator})


@require_http_methods(["GET", "POST"])
def tie_add(request: SignedInRequest, code: str) -> HttpResponse:
    """The coordinator says what the indicator serves."""
    indicator = indicator_of(request, code)
    require(can_define_indicators(request.user))
    form = TieForm(posted(request))

    def act(**who: Any) -> object:
        return _tie(request, indicator, form.cleaned_data, who)

    title = _("Gắn với nhiệm vụ, mục tiêu, văn bản")
    return ask(request, form, title, act, back=page_of(indicator), shown={"indicator": indicator})


@require_http_methods(["GET", "POST"])
def tie_end(request: SignedInRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """The coordinator says that it serves it no longer."""
    indicator = indicator_of(request, code)
    require(can_define_indicators(request.user))
    if kind not in TIES:
        raise Http404
    tie: Any = get_object_or_404(TIES[kind]._default_manager.filter(indicator=indicator, ended_at=None), pk=pk)
    form = forms.Form(posted(request))
    title = _("Thôi gắn %(what)s") % {"what": _what(tie)}
    return ask(
        request,
        form,
        title,
        lambda **who: end_tie(tie=tie, **who),
        back=page_of(indicator),
        shown={"indicator": indicator},
    )


def _tie(request: SignedInRequest, indicator: Indicator, data: dict[str, Any], who: dict[str, Any]) -> object:
    """The one thing that was named; what is not known is said at its field."""
    if data["document"]:
        return tie_document(indicator=indicator, number=data["document"], **who)
    if data["task"]:
        task = Task.objects.visible_to(request.user).filter(code=data["task"].strip()).first()
        return tie_task(indicator=indicator, task=task or _unknown("task"), **who)
    plans = Plan.objects.visible_to(request.user)
    plans = plans.filter(pk=indicator.plan_id) if indicator.plan_id else plans
    rows = PlanItem.objects.filter(version__plan__in=plans, path=data["item"].strip())
    item = rows.order_by("-version__number").first()
    return tie_objective(indicator=indicator, item=item or _unknown("item"), **who)


def _unknown(field: str) -> Any:
    raise forms.ValidationError({field: _("Không tìm thấy; hãy xem lại mã.")})


def _what(tie: AnyTie) -> str:
    if isinstance(tie, TaskTie):
        return tie.task.code
    return tie.item.path if isinstance(tie, ObjectiveTie) else str(tie.document)


def _initial(request: SignedInRequest, indicator: Indicator) -> dict[str, Any]:
    """What stands in the form when a line is to be replaced."""
    line = indicator.targets.filter(pk=whole_number(request.GET.get("dong", "")) or 0).first()
    if not isinstance(line, TargetLine):
        return {}
    names = ("purpose", "due_on", "comparator", "value", "upper", "full_value", "firmness", "category", "printed")
    return {name: getattr(line, name) for name in names} | {"unit": line.unit.code if line.unit else None}
