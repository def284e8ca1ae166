"""Periods: the list of a year, one set or changed, opened, closed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.plans.models import Plan
from tiendo.reporting import actions
from tiendo.reporting.coming import coming_periods
from tiendo.reporting.models import Duty, Period
from tiendo.reporting.papers.gaps import gaps_of
from tiendo.reporting.period_templates import PLAN, TEMPLATES, Coming
from tiendo.reporting.permissions import can_manage_periods
from tiendo.reporting.queries import duty_counts
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.period_forms import PeriodForm, period_as_typed, say_where
from tiendo.web.requests import SignedInRequest


@require_GET
def period_list(request: SignedInRequest) -> HttpResponse:
    """The periods due in a year in order of their deadlines, with where the reports this reader may see stand."""
    now = timezone.now()
    visible = Period.objects.visible_to(request.user).select_related("plan").prefetch_related("deadlines")
    rows = list(visible.order_by("due_at", "pk"))
    years = sorted({each.last_good_day.year for each in rows})
    year = _year(request, years, timezone.localdate(now))
    periods = [each for each in rows if each.last_good_day.year == year]
    counts = duty_counts(Duty.objects.visible_to(request.user).filter(period__in=periods), at=now)
    context = {
        "year": year,
        "tabs": [(str(each), f"{reverse('reporting:period-list')}?nam={each}", each == year) for each in years],
        "periods": [(period, counts.get(period.pk, {}), period.is_past_due(now)) for period in periods],
        "can_manage": can_manage_periods(request.user),
    }
    return render(request, "web/reporting/period_list.html", context)


@require_http_methods(["GET", "POST"])
def period_create(request: SignedInRequest) -> HttpResponse:
    """A new period; the next of each template are offered ready filled."""
    require(can_manage_periods(request.user))
    offers, plans = _offers(), Plan.objects.visible_to(request.user)
    form = PeriodForm(request.POST or None, plans=plans, initial=_initial(request, offers, plans.first()))
    if request.method == "POST" and form.is_valid() and (period := _kept(request, form)):
        messages.success(request, _("Đã đặt kỳ báo cáo; kỳ sẽ tự mở đúng ngày."))
        return redirect("reporting:period-detail", pk=period.pk)
    return render(request, "web/reporting/period_create.html", {"form": form, "offers": offers})


@require_http_methods(["GET", "POST"])
def period_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a period that has not opened yet."""
    require(can_manage_periods(request.user))
    period = _period(request, pk)
    form = PeriodForm(
        request.POST or None, plans=Plan.objects.filter(pk=period.plan_id), initial=period_as_typed(period)
    )
    if period.opened_at is not None:
        messages.error(request, _("Kỳ đã mở nên không đổi được nữa: các đơn vị đang làm theo hạn đã báo."))
        return redirect("reporting:period-detail", pk=pk)
    if request.method == "POST" and form.is_valid() and _kept(request, form, period):
        messages.success(request, _("Đã sửa kỳ báo cáo."))
        return redirect("reporting:period-detail", pk=pk)
    return render(request, "web/reporting/period_create.html", {"form": form, "period": period})


@require_POST
def period_open(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.open_period(period=_period(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("Kỳ báo cáo đã mở; mỗi đơn vị đã nhận yêu cầu báo cáo."))
    return redirect("reporting:period-detail", pk=pk)


@require_POST
def period_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lock the numbers; whoever leaves work undone says that he has seen what."""
    period = _period(request, pk)
    if period.is_open and can_manage_periods(request.user) and gaps_of(period) and "confirmed" not in request.POST:
        messages.error(request, _("Hãy xem những gì còn dở dang và xác nhận trước khi khóa số liệu."))
        return redirect("reporting:period-detail", pk=pk)
    try:
        actions.close_period(period=period, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã khóa số liệu của kỳ."))
    return redirect("reporting:period-detail", pk=pk)


def _period(request: SignedInRequest, pk: int) -> Period:
    return get_object_or_404(Period.objects.visible_to(request.user).select_related("plan"), pk=pk)


def _kept(request: SignedInRequest, form: PeriodForm, period: Period | None = None) -> Period | None:
    """The period as kept; None, with the form saying why, for what the form alone could not know."""
    given, now = form.for_action(), timezone.now()
    same_name = Period.objects.filter(plan=given["plan"], name=given["name"])
    if same_name.exclude(pk=period.pk if period else 0).exists():
        form.add_error("name", _("Kế hoạch này đã có kỳ báo cáo cùng tên."))
        return None
    try:
        if period is None:
            return actions.create_period(**given, by=request.user, at=now)
        given.pop("plan")
        return actions.edit_period(period=period, **given, by=request.user, at=now)
    except IllegalMove as error:
        form.add_error(None, said(error))
    except ValidationError as error:
        say_where(form, error)
    return None


def _year(request: SignedInRequest, years: list[int], today: date) -> int:
    """The year asked for; else this one, or the last that has periods."""
    asked = request.GET.get("nam", "")
    if asked in map(str, years):
        return int(asked)
    return today.year if today.year in years or not years else years[-1]


def _offers() -> list[Coming]:
    """The next periods of each template, the plan's own first, that are not set yet."""
    today = timezone.localdate()
    known = set(Period.objects.values_list("name", flat=True))
    codes = [PLAN, *(code for code in TEMPLATES if code != PLAN)]
    found = [coming for code in codes for coming in coming_periods(code, since=today, until=today)]
    return [coming for coming in found if coming.name not in known]


def _initial(request: SignedInRequest, offers: list[Coming], plan: Plan | None) -> dict[str, Any]:
    chosen = request.GET.get("mau", "")
    if not (chosen.isdecimal() and len(chosen) < 4 and int(chosen) < len(offers)):
        return {"plan": plan}
    offer = offers[int(chosen)]
    names = ("name", "data_from", "data_to", "opens_on", "last_good_day", "due_text")
    return {"plan": plan, **{name: getattr(offer, name) for name in names}}
