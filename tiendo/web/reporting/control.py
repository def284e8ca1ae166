"""Periods: the list, the control room of one, opening, closing, urging."""

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.audit.queries import head
from tiendo.calendars.periods import PeriodDates, half_year_periods
from tiendo.plans.models import Plan
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Period, Urging
from tiendo.reporting.permissions import can_consolidate, can_manage_periods, can_read_issued, can_urge
from tiendo.reporting.queries import duty_counts, reminded_count
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.forms import PeriodForm, UrgeForm
from tiendo.web.reporting.room import NOT_SENT, Asked, Room, room_of
from tiendo.web.requests import SignedInRequest

SHOWN_URGINGS = 20


@require_GET
def period_list(request: SignedInRequest) -> HttpResponse:
    """Every period with how many of the reports this reader may see stand where."""
    now = timezone.now()
    periods = list(Period.objects.visible_to(request.user).select_related("plan"))
    counts = duty_counts(Duty.objects.visible_to(request.user), at=now)
    context = {
        "periods": [(period, counts.get(period.pk, {})) for period in periods],
        "can_manage": can_manage_periods(request.user),
    }
    return render(request, "web/reporting/period_list.html", context)


@require_http_methods(["GET", "POST"])
def period_create(request: SignedInRequest) -> HttpResponse:
    """A new period; the plan's own two a year are offered ready filled."""
    require(can_manage_periods(request.user))
    offers = _offers()
    plans = Plan.objects.visible_to(request.user)
    form = PeriodForm(request.POST or None, plans=plans, initial=_initial(request, offers, plans.first()))
    if request.method == "POST" and form.is_valid():
        if Period.objects.filter(plan=form.cleaned_data["plan"], name=form.cleaned_data["name"]).exists():
            form.add_error("name", _("Kế hoạch này đã có kỳ báo cáo cùng tên."))
        else:
            period = actions.create_period(by=request.user, at=timezone.now(), **form.for_action())
            messages.success(request, _("Đã đặt kỳ báo cáo; kỳ sẽ tự mở đúng ngày."))
            return redirect("reporting:period-detail", pk=period.pk)
    return render(request, "web/reporting/period_create.html", {"form": form, "offers": offers})


@require_GET
def period_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The control room: who is at which step, on whose desk, who is late, what waits."""
    period, now, seen = _period(request, pk), timezone.now(), head().seq
    visible = Duty.objects.visible_to(request.user).filter(period=period)
    context = {
        "period": period,
        "room": _room(request, period, now),
        "seen": seen,
        "asked": request.GET.urlencode(),
        "reminded": reminded_count(visible),
        "is_past_due": period.is_past_due(now),
        "urgings": _urgings(request, period)[:SHOWN_URGINGS],
        "can_manage": can_manage_periods(request.user),
        "can_urge": can_urge(request.user) and period.is_open,
        "can_consolidate": can_consolidate(request.user) and period.opened_at,
        "issued": period.issued_reports.select_related("issued_by") if can_read_issued(request.user) else (),
    }
    return render(request, "web/reporting/period_detail.html", context)


@require_GET
def period_live(request: SignedInRequest, pk: int) -> HttpResponse:
    """The part of the control room that is asked for again when something changed; what is ticked stays ticked."""
    period = _period(request, pk)
    context = {
        "room": _room(request, period, timezone.now()),
        "can_urge": can_urge(request.user) and period.is_open,
    }
    return render(request, "web/reporting/room.html", context)


@require_POST
def period_open(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.open_period(period=_period(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("Kỳ báo cáo đã mở; mỗi đơn vị đã nhận yêu cầu báo cáo."))
    return redirect("reporting:period-detail", pk=pk)


@require_POST
def period_close(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        actions.close_period(period=_period(request, pk), by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã khóa số liệu của kỳ."))
    return redirect("reporting:period-detail", pk=pk)


@require_POST
def period_urge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Urge the chosen units, or all that have not sent, with one message."""
    period = _period(request, pk)
    now = timezone.now()
    duties = {duty.pk: duty for duty in period.duties.select_related("unit", "period")}
    late = [str(pk) for pk, duty in duties.items() if duty.state(now) in NOT_SENT]
    given = request.POST.copy()
    if "all" in given:
        given.setlist("duties", late)
    form = UrgeForm(given, duties=list(duties))
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return redirect("reporting:period-detail", pk=pk)
    chosen = [duties[pk] for pk in form.cleaned_data["duties"]]
    actions.urge_duties(duties=chosen, message=form.cleaned_data["message"], by=request.user, at=now)
    messages.success(request, _("Đã đôn đốc %(count)d đơn vị.") % {"count": len(chosen)})
    return redirect("reporting:period-detail", pk=pk)


def _room(request: SignedInRequest, period: Period, now: datetime) -> Room:
    given = request.GET
    asked = Asked(given.get("trang_thai", ""), given.get("noi", ""), frozenset(given.getlist("duties")))
    return room_of(period, request.user, asked, path=reverse("reporting:period-detail", args=[period.pk]), at=now)


def _urgings(request: SignedInRequest, period: Period) -> QuerySet[Urging]:
    about = Urging.objects.visible_to(request.user).filter(duty__period=period)
    return about.select_related("unit", "sent_by", "seen_by")


def _period(request: SignedInRequest, pk: int) -> Period:
    return get_object_or_404(Period.objects.visible_to(request.user).select_related("plan"), pk=pk)


def _offers() -> list[PeriodDates]:
    """The plan's periods of this year and the next that are still to come and not yet set."""
    today = timezone.localdate()
    known = set(Period.objects.values_list("name", flat=True))
    return [
        dates
        for year in (today.year, today.year + 1)
        for dates in half_year_periods(year)
        if dates.last_good_day >= today and dates.name not in known
    ]


def _initial(request: SignedInRequest, offers: list[PeriodDates], plan: Plan | None) -> dict[str, object]:
    chosen = request.GET.get("mau", "")
    if not (chosen.isdecimal() and len(chosen) < 4 and int(chosen) < len(offers)):
        return {"plan": plan}
    dates = offers[int(chosen)]
    return {
        "plan": plan,
        "name": dates.name,
        "data_from": dates.data_from,
        "data_to": dates.data_to,
        "opens_on": dates.opens_on,
        "last_good_day": dates.last_good_day,
        "due_text": _("trước ngày %(day)s") % {"day": f"{timezone.localtime(dates.due_at):%d/%m/%Y}"},
    }
