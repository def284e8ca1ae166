"""Schedules of periods: those in force, one more after a look at its dates, one ended."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.orgs.queries import office_calendar
from tiendo.plans.models import Plan
from tiendo.reporting import actions
from tiendo.reporting.coming import coming_periods
from tiendo.reporting.models import Period, Schedule
from tiendo.reporting.period_templates import PLAN, TEMPLATES, Coming
from tiendo.reporting.permissions import can_manage_periods
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.period_forms import ScheduleForm, say_where
from tiendo.web.requests import SignedInRequest

LOOKED_AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class PreviewRow:
    """One period to come, and whether its days are working days."""

    coming: Coming
    is_due_off: bool
    is_commune_off: bool


@require_GET
def schedule_list(request: SignedInRequest) -> HttpResponse:
    """What is in force for each plan with its next period, and what ended."""
    coming = Period.objects.filter(opened_at=None).order_by("opens_at")
    rows = Schedule.objects.filter(plan__in=Plan.objects.visible_to(request.user)).select_related("plan", "started_by")
    schedules = list(rows.prefetch_related(Prefetch("periods", queryset=coming, to_attr="coming")))
    context = {
        "in_force": [(each, _words(each), abs(each.commune_days)) for each in schedules if each.ended_at is None],
        "ended": [(each, _words(each), abs(each.commune_days)) for each in schedules if each.ended_at is not None],
        "can_manage": can_manage_periods(request.user),
    }
    return render(request, "web/reporting/schedule_list.html", context)


@require_http_methods(["GET", "POST"])
def schedule_start(request: SignedInRequest) -> HttpResponse:
    """Choose a template, see the dates of the coming year, then put it in force."""
    require(can_manage_periods(request.user))
    plans = Plan.objects.visible_to(request.user)
    given = request.POST or (request.GET if "template" in request.GET else None)
    initial = {"plan": plans.first(), "template": PLAN, "started_on": timezone.localdate(), "commune_days": 0}
    form = ScheduleForm(given, plans=plans, initial=initial)
    if request.method == "POST" and form.is_valid() and _started(request, form):
        messages.success(request, _("Đã áp dụng; kỳ sắp tới đã có trong danh sách và sửa được trước khi mở."))
        return redirect("reporting:schedule-list")
    context = {"form": form, "rows": _preview(form.cleaned_data) if form.is_bound and form.is_valid() else ()}
    return render(request, "web/reporting/schedule_start.html", context)


@require_POST
def schedule_end(request: SignedInRequest, pk: int) -> HttpResponse:
    require(can_manage_periods(request.user))
    schedule = get_object_or_404(Schedule.objects.filter(plan__in=Plan.objects.visible_to(request.user)), pk=pk)
    try:
        actions.end_schedule(schedule=schedule, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã thôi áp dụng; các kỳ chưa mở của lịch này được bỏ."))
    return redirect("reporting:schedule-list")


def _started(request: SignedInRequest, form: ScheduleForm) -> bool:
    try:
        actions.start_schedule(**form.cleaned_data, by=request.user, at=timezone.now())
    except ValidationError as error:
        say_where(form, error)
        return False
    return True


def _preview(given: dict[str, Any]) -> list[PreviewRow]:
    """The periods of the year from the chosen day on."""
    office, since, until = office_calendar(), given["started_on"], _end_of_preview(given["started_on"])
    found = coming_periods(given["template"], since=since, until=until, commune_days=given["commune_days"])
    shown = [coming for coming in found if coming.opens_on <= until]
    return [
        PreviewRow(coming, not office.is_working(coming.last_good_day), not office.is_working(coming.commune_day))
        for coming in shown
    ]


def _end_of_preview(since: date) -> date:
    return since + LOOKED_AHEAD


def _words(schedule: Schedule) -> str:
    template = TEMPLATES.get(schedule.template)
    return _(template.words) if template else schedule.template
