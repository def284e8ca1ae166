"""The Party committee's work programme as a calendar: entries that ask units for reports (R022)."""

from datetime import date
from itertools import groupby

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
from tiendo.reporting.models import Duty, ProgrammeEntry
from tiendo.reporting.permissions import can_keep_programme
from tiendo.reporting.queries import duty_counts
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.period_forms import CancelForm, ProgrammeForm, say_where
from tiendo.web.requests import SignedInRequest


@require_GET
def programme_list(request: SignedInRequest) -> HttpResponse:
    """The entries of a year by month, each with its report day and where its reports stand."""
    now = timezone.now()
    year = _year(request, timezone.localdate(now))
    rows = ProgrammeEntry.objects.filter(plan__in=Plan.objects.visible_to(request.user), held_on__year=year)
    entries = list(rows.select_related("period", "plan"))
    periods = [entry.period_id for entry in entries]
    counts = duty_counts(Duty.objects.visible_to(request.user).filter(period__in=periods), at=now)
    lines = [(entry, counts.get(entry.period_id or 0, {})) for entry in entries]
    context = {
        "year": year,
        "tabs": [
            (str(each), f"{reverse('reporting:programme-list')}?nam={each}", each == year) for each in _near(year)
        ],
        "months": [(month, list(group)) for month, group in groupby(lines, key=lambda line: line[0].held_on.month)],
        "can_keep": can_keep_programme(request.user),
        "today": timezone.localdate(now),
    }
    return render(request, "web/reporting/programme_list.html", context)


@require_http_methods(["GET", "POST"])
def programme_add(request: SignedInRequest) -> HttpResponse:
    """Enter a line; the chosen units are asked for their reports at once."""
    require(can_keep_programme(request.user))
    plans = Plan.objects.visible_to(request.user)
    form = ProgrammeForm(request.POST or None, plans=plans, initial={"plan": plans.first()})
    if request.method == "POST" and form.is_valid() and _added(request, form):
        messages.success(request, _("Đã ghi vào chương trình; các đơn vị đã nhận yêu cầu báo cáo."))
        return redirect(f"{reverse('reporting:programme-list')}?nam={form.cleaned_data['held_on'].year}")
    return render(request, "web/reporting/programme_add.html", {"form": form})


@require_POST
def programme_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """The report is no longer asked for; without a reason nothing happens and the page says so."""
    require(can_keep_programme(request.user))
    entry = get_object_or_404(ProgrammeEntry.objects.filter(plan__in=Plan.objects.visible_to(request.user)), pk=pk)
    form = CancelForm(request.POST)
    try:
        if form.is_valid():
            actions.cancel_programme_entry(entry=entry, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("Đã hủy; các đơn vị không phải báo cáo nữa."))
        else:
            messages.error(request, _("Hãy ghi lý do hủy."))
    except IllegalMove as error:
        messages.error(request, said(error))
    return redirect(f"{reverse('reporting:programme-list')}?nam={entry.held_on.year}")


def _added(request: SignedInRequest, form: ProgrammeForm) -> bool:
    given = dict(form.cleaned_data) | {"units": list(form.cleaned_data["units"])}
    try:
        actions.add_programme_entry(**given, by=request.user, at=timezone.now())
    except ValidationError as error:
        say_where(form, error)
        return False
    return True


def _near(year: int) -> range:
    return range(year - 1, year + 2)


def _year(request: SignedInRequest, today: date) -> int:
    asked = request.GET.get("nam", "")
    known = asked.isascii() and asked.isdigit() and abs(int(asked[:6]) - today.year) <= 20
    return int(asked) if known else today.year
