"""A closed period opened again by unit and item, and what was corrected there, beside the frozen report."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.reporting import actions
from tiendo.reporting.corrections import corrections, open_reopenings, reopenings
from tiendo.reporting.models import Duty, Period, Reopening
from tiendo.reporting.permissions import can_reopen
from tiendo.reporting.queries import tasks_of
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.period_forms import ReopenForm
from tiendo.web.requests import SignedInRequest


@require_GET
def reopening_list(request: SignedInRequest) -> HttpResponse:
    """Every report that may be corrected now although its period is closed, of those this reader may see."""
    rows = open_reopenings(at=timezone.now()).filter(duty__in=Duty.objects.visible_to(request.user))
    context = {"reopenings": rows, "can_reopen": can_reopen(request.user)}
    return render(request, "web/reporting/reopening_list.html", context)


@require_http_methods(["GET", "POST"])
def duty_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open one report, or one task of it, again; the unit is told."""
    duty = get_object_or_404(Duty.objects.visible_to(request.user).select_related("period__plan", "unit"), pk=pk)
    require(can_reopen(request.user))
    form = ReopenForm(request.POST or None, tasks=tasks_of(duty).order_by("position"))
    if request.method == "POST" and form.is_valid() and _reopened(request, duty, form):
        messages.success(request, _("Đã mở lại; đơn vị đã được báo."))
        return redirect("reporting:duty-detail", pk=pk)
    context = {"duty": duty, "form": form, "open_ones": duty.reopenings.open(timezone.now()).select_related("task")}
    return render(request, "web/reporting/duty_reopen.html", context)


@require_POST
def reopening_end(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Reopening.objects.filter(duty__in=Duty.objects.visible_to(request.user))
    reopening = get_object_or_404(rows, pk=pk)
    actions.end_reopening(reopening=reopening, by=request.user, at=timezone.now())
    messages.success(request, _("Đã khóa lại; nội dung chưa gửi giữ như đã tiếp nhận."))
    return redirect("reporting:duty-detail", pk=reopening.duty_id)


def reopening_tools(user: User, duty: Duty, *, at: datetime) -> dict[str, Any]:
    """What the page of a report says of its reopenings: nothing while its period is open."""
    if duty.period.closed_at is None:
        return {"open_ones": (), "can_reopen": False}
    return {"open_ones": duty.reopenings.open(at).select_related("task"), "can_reopen": can_reopen(user)}


def after_closing(user: User, period: Period, *, at: datetime) -> dict[str, Any]:
    """What stands beside a frozen report: corrections accepted since, and what may be corrected now."""
    if period.closed_at is None:
        return {"corrections": (), "reopened": ()}
    visible = set(Duty.objects.visible_to(user).filter(period=period).values_list("pk", flat=True))
    return {
        "corrections": [row for row in corrections(period) if row.submission.entry.duty_id in visible],
        "reopened": [row for row in reopenings(period) if row.duty_id in visible and row.is_open(at)],
    }


def _reopened(request: SignedInRequest, duty: Duty, form: ReopenForm) -> bool:
    try:
        actions.reopen(duty=duty, **form.for_action(), by=request.user, at=timezone.now())
    except (IllegalMove, PermissionDenied) as error:
        form.add_error(None, said(error))
        return False
    return True
