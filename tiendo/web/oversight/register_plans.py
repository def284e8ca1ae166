"""Plans that agencies make under the province's: who has one, in time or late, who has none (R013, R038)."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.orgs.models import Unit
from tiendo.oversight.actions import unit_plans as actions
from tiendo.oversight.models import PlanCall, UnitPlan
from tiendo.oversight.plan_calls import PLAN_STANDING_WORDS, PlanStanding
from tiendo.oversight.register_queries import PlanLine, calls_of, plan_lines
from tiendo.oversight.register_rules import can_enter_unit_plan, can_keep_registers
from tiendo.plans.detailing import count_by_plan, in_detailed_plans, main_plans
from tiendo.plans.files import RefusedFile
from tiendo.plans.models import Plan, Task
from tiendo.ui.saying import said
from tiendo.web.oversight.register_asking import ask, paper_of, send_file
from tiendo.web.oversight.register_forms import CallForm, UnitPlanForm
from tiendo.web.requests import SignedInRequest

LOOKS = {
    PlanStanding.IN_TIME: "accepted",
    PlanStanding.LATE: "published_late",
    PlanStanding.DUE: "not_due",
    PlanStanding.MISSING: "overdue",
}


@require_GET
def plan_call_list(request: SignedInRequest) -> HttpResponse:
    """Every order to make plans, with how many units have theirs; plans for which nothing is asked of this year."""
    today = timezone.localdate()
    calls = calls_of(request.user)
    rows = [(call, Counter(line.standing.value for line in plan_lines(call, request.user, on=today))) for call in calls]
    asked = {call.plan_id for call in calls if call.year == today.year}
    context = {
        "rows": rows,
        "year": today.year,
        "not_asked": main_plans(Plan.objects.visible_to(request.user)).exclude(pk__in=asked),
        "may_keep": can_keep_registers(request.user),
    }
    return render(request, "web/oversight/plan_call_list.html", context)


@require_http_methods(["GET", "POST"])
def plan_call_make(request: SignedInRequest) -> HttpResponse:
    """The coordinator asks for plans of a year."""
    require(can_keep_registers(request.user))
    plans = main_plans(Plan.objects.visible_to(request.user))
    form = CallForm(request.POST or None, rows={"plan": plans}, initial={"year": timezone.localdate().year})
    back = reverse("oversight:plan-call-list")
    return ask(
        request,
        form,
        _("Yêu cầu các đơn vị lập kế hoạch"),
        lambda **who: actions.call_for_plans(**form.cleaned_data, **who),
        back=back,
        register=(_("Kế hoạch của đơn vị"), back),
    )


@require_GET
def unit_plan_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each unit with its plan; the numbers on top open the list they count. `ngay` shows a day gone by."""
    call, today = _call(request, pk), timezone.localdate()
    on = _day_asked(request, today)
    lines = plan_lines(call, request.user, on=on)
    counts = Counter(line.standing for line in lines)
    asked = request.GET.get("tinh_trang", "")
    shown = [line for line in lines if asked in ("", line.standing.value)]
    context = {
        "call": call,
        "on": on,
        "is_past": on != today,
        "counts": [
            (each.value, _(PLAN_STANDING_WORDS[each]), counts[each], each.value == asked) for each in PlanStanding
        ],
        "total": len(lines),
        "asked": asked,
        "rows": [_row(request, line) for line in shown],
        "tasks": count_by_plan(in_detailed_plans(Task.objects.visible_to(request.user), call.plan), on=today),
        "may_keep": can_keep_registers(request.user),
        "may_enter": any(can_enter_unit_plan(request.user, line.unit) for line in lines),
    }
    return render(request, "web/oversight/unit_plan_list.html", context)


@require_http_methods(["GET", "POST"])
def unit_plan_enter(request: SignedInRequest, pk: int) -> HttpResponse:
    """The unit, or the coordinator for it, enters the plan that was signed."""
    call = _call(request, pk)
    own = [line.unit.pk for line in plan_lines(call, request.user, on=timezone.localdate())]
    units = Unit.objects.filter(
        pk__in=[unit.pk for unit in Unit.objects.filter(pk__in=own) if can_enter_unit_plan(request.user, unit)]
    )
    if not units:
        raise Http404
    posted = (request.POST or None, request.FILES or None)
    form = UnitPlanForm(*posted, rows={"unit": units}, initial={"unit": request.GET.get("don_vi")})

    def act(**who: Any) -> object:
        data = form.cleaned_data
        named = {name: data[name] for name in ("unit", "number", "signed_on", "title")}
        return actions.record_unit_plan(call=call, paper=paper_of(data["file"]), **named, **who)

    back = reverse("oversight:unit-plan-list", args=[pk])
    return ask(
        request,
        form,
        _("Ghi kế hoạch đã ban hành"),
        act,
        back=back,
        register=(str(call.year), back),
        eyebrow=_("Kế hoạch năm %(year)s, hạn %(day)s") % {"year": call.year, "day": f"{call.due_on:%d/%m/%Y}"},
        help_text=_("Đã có bản trước thì bản này thay thế; bản trước vẫn được giữ."),
    )


@require_GET
def unit_plan_file(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(UnitPlan.objects.visible_to(request.user).select_related("file"), pk=pk, file__isnull=False)
    assert row.file is not None
    return send_file(row.file, f"ke-hoach-don-vi-{pk}")


@require_POST
def unit_plan_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand the file to the import; its tasks are looked at and accepted there."""
    rows = UnitPlan.objects.visible_to(request.user).standing().filter(detailed=None)
    row = get_object_or_404(rows.select_related("file"), pk=pk)
    try:
        source = actions.read_unit_plan(unit_plan=row, by=request.user, at=timezone.now())
    except RefusedFile as error:
        messages.error(request, said(error))
        return redirect("oversight:unit-plan-list", row.call_id)
    return redirect("intake:import-review", source.pk)


def _call(request: SignedInRequest, pk: int) -> PlanCall:
    return get_object_or_404(calls_of(request.user), pk=pk)


def _day_asked(request: SignedInRequest, today: date) -> date:
    try:
        return min(date.fromisoformat(request.GET.get("ngay", "")), today)
    except ValueError:
        return today


def _row(request: SignedInRequest, line: PlanLine) -> dict[str, Any]:
    return {
        "line": line,
        "look": LOOKS[line.standing],
        "words": _(PLAN_STANDING_WORDS[line.standing]),
        "may_enter": can_enter_unit_plan(request.user, line.unit),
    }
