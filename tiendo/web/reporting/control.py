"""The control room of a period, live, and urging from it."""

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiendo.audit.queries import head
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Period, Urging
from tiendo.reporting.papers.gaps import gaps_of
from tiendo.reporting.permissions import can_consolidate, can_manage_periods, can_read_issued, can_urge
from tiendo.reporting.queries import reminded_count
from tiendo.web.reporting.forms import UrgeForm
from tiendo.web.reporting.reopenings import after_closing
from tiendo.web.reporting.room import NOT_SENT, Asked, Room, room_of
from tiendo.web.requests import SignedInRequest

SHOWN_URGINGS = 20


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
        "gaps": gaps_of(period) if period.is_open and can_manage_periods(request.user) else None,
        **after_closing(request.user, period, at=now),
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
    return about.select_related("unit", "duty", "sent_by", "seen_by")


def _period(request: SignedInRequest, pk: int) -> Period:
    return get_object_or_404(Period.objects.visible_to(request.user).select_related("plan"), pk=pk)
