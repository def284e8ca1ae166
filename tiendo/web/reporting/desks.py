"""Where a report lies, how long it lay where, and the acts that move it inside the unit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.calendars.working_days import OfficeCalendar
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import office_calendar
from tiendo.reporting import actions
from tiendo.reporting.models import ApprovalStep, Duty, Stay
from tiendo.reporting.permissions import (
    can_forward_duty,
    can_note_document,
    can_push_back_duty,
    can_recall_duty,
    can_set_approval_steps,
)
from tiendo.reporting.routing import NextDesk, next_desk
from tiendo.reporting.workflow import Desk, IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.desk_forms import DocumentForm, StepForm
from tiendo.web.requests import SignedInRequest

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class DeskLine:
    """One stay in the words of the page; `days` are working days, to a tenth."""

    stay: Stay
    where: str
    days: Decimal


def desk_tools(user: User, duty: Duty, *, inside: bool, at: datetime) -> dict[str, Any]:
    """What the page of a report says of its desks, and which acts on them are open to the reader."""
    calendar = office_calendar()
    stays = list(Stay.objects.filter(duty=duty).select_related("unit", "user", "left_by").order_by("arrived_at", "pk"))
    lines = [_line(stay, calendar, at) for stay in stays]
    can_forward = can_forward_duty(user, duty, at=at)
    now = next((line for line in lines if line.stay.left_at is None), None)
    following = next_desk(duty, now.stay, at=at) if inside and can_forward and now else None
    return {
        "desk": now,
        "desk_lines": lines[::-1] if len(lines) > 1 else [],
        "can_forward": can_forward,
        "next_name": _name(following) if following else "",
        "next_reasons": [said(reason) for reason in following.route.reasons] if following else [],
        "can_push_back": can_push_back_duty(user, duty, at=at),
        "can_recall": can_recall_duty(user, duty, at=at),
        "can_set_steps": inside and can_set_approval_steps(user, duty.unit),
        "document_form": _document_form(duty) if can_note_document(user, duty) else None,
    }


def _name(following: NextDesk) -> str:
    """Whom the report is laid before: one person by name, or the desk."""
    if following.route.user is not None:
        return following.route.name
    return _where(Stay(desk=following.route.desk.value, unit=following.unit))


def _line(stay: Stay, calendar: OfficeCalendar, at: datetime) -> DeskLine:
    days = calendar.elapsed(stay.arrived_at, stay.left_at or max(at, stay.arrived_at))
    return DeskLine(stay, _where(stay), days.quantize(TENTH))


def _where(stay: Stay) -> str:
    if stay.user is not None:
        return stay.user.full_name
    named = {
        Desk.OFFICER: _("cán bộ của %(unit)s"),
        Desk.HEAD: _("thủ trưởng %(unit)s"),
        Desk.PARENT: _("đơn vị cấp trên: %(unit)s"),
        Desk.COORDINATOR: _("cơ quan đầu mối: %(unit)s"),
    }
    return named[Desk(stay.desk)] % {"unit": stay.unit.short_name}


def _document_form(duty: Duty) -> DocumentForm:
    return DocumentForm(initial={"number": duty.document_number, "dated": duty.document_on, "url": duty.document_url})


@require_POST
def duty_forward(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lay it before whoever approves next."""
    return _moved(
        request,
        pk,
        lambda duty, at: actions.forward_duty(duty=duty, by=request.user, at=at, seen=request.POST.get("seen")),
        _("Đã trình báo cáo."),
    )


@require_POST
def duty_push_back(request: SignedInRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")[:2000]
    return _moved(
        request,
        pk,
        lambda duty, at: actions.push_back_duty(duty=duty, reason=reason, by=request.user, at=at),
        _("Đã chuyển lại để cán bộ sửa."),
    )


@require_POST
def duty_recall(request: SignedInRequest, pk: int) -> HttpResponse:
    return _moved(
        request,
        pk,
        lambda duty, at: actions.recall_duty(duty=duty, by=request.user, at=at),
        _("Đã rút lại; có thể sửa rồi trình lần nữa."),
    )


@require_POST
def duty_document(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper by which the unit sent the same report (R060)."""
    duty = _duty(request, pk)
    require(can_note_document(request.user, duty))
    form = DocumentForm(request.POST)
    if form.is_valid():
        actions.name_document(duty=duty, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Đã ghi số văn bản của báo cáo."))
    else:
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
    return redirect("reporting:duty-detail", pk=pk)


@require_http_methods(["GET", "POST"])
def step_list(request: SignedInRequest, code: str) -> HttpResponse:
    """Whose approval the unit's reports want before the head's, and one more of them."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    require(can_set_approval_steps(request.user, unit))
    now = timezone.now()
    form = StepForm(request.POST or None, unit=unit, on=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_approval_step(unit=unit, by=request.user, at=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Đã thêm bước duyệt."))
            return redirect("reporting:step-list", code=code)
    steps: Sequence[ApprovalStep] = list(
        ApprovalStep.objects.in_force(timezone.localdate(now)).filter(unit=unit).select_related("approver")
    )
    return render(request, "web/reporting/step_list.html", {"unit": unit, "steps": steps, "form": form})


@require_POST
def step_end(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    steps = ApprovalStep.objects.visible_to(request.user).filter(unit__code=code)
    actions.end_approval_step(step=get_object_or_404(steps, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, _("Đã bỏ bước duyệt."))
    return redirect("reporting:step-list", code=code)


def _moved(request: SignedInRequest, pk: int, act: Callable[[Duty, datetime], object], done: str) -> HttpResponse:
    """Do it, and say on the page of the report what happened; whoever no longer sees the report is led home."""
    duty = _duty(request, pk)
    try:
        act(duty, timezone.now())
    except (actions.NotReady, IllegalMove) as error:
        messages.error(request, said(error))
    else:
        messages.success(request, done)
    if Duty.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect("reporting:duty-detail", pk=pk)
    return redirect("reporting:my-work")


def _duty(request: SignedInRequest, pk: int) -> Duty:
    duties = Duty.objects.visible_to(request.user).select_related("period__plan", "unit")
    return get_object_or_404(duties, pk=pk)
