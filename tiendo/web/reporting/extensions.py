"""Requests to move a deadline: the list for whoever decides, and a task's page with its ledger, form and history."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.calendars.working_days import OfficeCalendar
from tiendo.orgs.queries import office_calendar
from tiendo.plans.models import Task
from tiendo.reporting import actions
from tiendo.reporting.models import ExtensionRequest
from tiendo.reporting.permissions import can_advise_extension, can_ask_extension, can_decide_extension
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.days import DayField
from tiendo.web.requests import SignedInRequest

SHOWN = 60  # decided ones under those that wait


class ExtensionForm(forms.Form):
    due_on = DayField(label=gettext_lazy("Thời hạn đề nghị"))
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    document_number = forms.CharField(label=gettext_lazy("Số, ký hiệu văn bản đề nghị"), required=False, max_length=200)


@dataclass(frozen=True)
class Row:
    """A request with its age in working days, counted until it was decided."""

    request: ExtensionRequest
    age: int
    is_overdue: bool


@require_GET
def extension_list(request: SignedInRequest) -> HttpResponse:
    """Requests this person may see: those that wait first, the oldest on top, then what was decided."""
    requests = ExtensionRequest.objects.visible_to(request.user).select_related(
        "task", "unit", "asked_by", "decided_by", "opinion_by"
    )
    today, calendar = timezone.localdate(), office_calendar()
    waiting = [_row(each, calendar, today) for each in requests.waiting().order_by("asked_at", "pk")]
    decided = requests.exclude(verdict=ExtensionRequest.Verdict.WAITING).order_by("-decided_at", "-pk")[:SHOWN]
    context = {
        "waiting": waiting,
        "decided": [_row(each, calendar, today) for each in decided],
        "can_decide": can_decide_extension(request.user),
    }
    return render(request, "web/reporting/extension_list.html", context)


@require_http_methods(["GET", "POST"])
def task_extension(request: SignedInRequest, code: str) -> HttpResponse:
    """The ledger of a task's deadline, every request about it, and the acts open to this reader."""
    task = get_object_or_404(Task.objects.visible_to(request.user), code=code)
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_extension(task=task, by=request.user, at=timezone.now(), **form.cleaned_data)
        except IllegalMove as error:
            messages.error(request, said(error))
        else:
            messages.success(request, _("Đã gửi đề nghị gia hạn."))
        return redirect("reporting:task-extension", code=code)
    return render(request, "web/reporting/task_extension.html", _context(request, task, form))


@require_POST
def extension_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.withdraw_extension, _("Đã rút đề nghị gia hạn."))


@require_POST
def extension_advise(request: SignedInRequest, pk: int) -> HttpResponse:
    opinion = request.POST.get("opinion", "")[:2000]
    return _act(request, pk, actions.advise_extension, _("Đã ghi ý kiến của cơ quan đầu mối."), opinion=opinion)


@require_POST
def extension_grant(request: SignedInRequest, pk: int) -> HttpResponse:
    decision = request.POST.get("decision", "")[:2000]
    return _act(
        request, pk, actions.grant_extension, _("Đã đồng ý gia hạn; sổ thời hạn có dòng mới."), decision=decision
    )


@require_POST
def extension_refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    decision = request.POST.get("decision", "")[:2000]
    return _act(request, pk, actions.refuse_extension, _("Đã trả lời không đồng ý gia hạn."), decision=decision)


def _act(request: SignedInRequest, pk: int, act: Any, done: str, **given: str) -> HttpResponse:
    asked = get_object_or_404(ExtensionRequest.objects.visible_to(request.user).select_related("task"), pk=pk)
    try:
        act(request=asked, by=request.user, at=timezone.now(), **given)
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, done)
    return redirect("reporting:task-extension", code=asked.task.code)


def _context(request: SignedInRequest, task: Task, form: ExtensionForm) -> dict[str, Any]:
    requests = ExtensionRequest.objects.visible_to(request.user).filter(task=task)
    found = list(requests.select_related("unit", "asked_by", "decided_by", "opinion_by", "line"))
    granted = sum(1 for each in found if each.verdict == ExtensionRequest.Verdict.GRANTED)
    waiting = next((each for each in found if each.verdict == ExtensionRequest.Verdict.WAITING), None)
    return {
        "task": task,
        "form": form,
        "lines": task.deadline_lines.select_related("recorded_by"),
        "requests": found,
        "waiting": waiting,
        "is_full": granted >= settings.TIENDO_MAX_EXTENSIONS,
        "most": settings.TIENDO_MAX_EXTENSIONS,
        "can_ask": can_ask_extension(request.user, task),
        "can_withdraw": waiting is not None and waiting.unit_id in request.user.access.headed_unit_ids,
        "can_advise": can_advise_extension(request.user),
        "can_decide": can_decide_extension(request.user, waiting),
        "today": timezone.localdate(),
    }


def _row(request: ExtensionRequest, calendar: OfficeCalendar, today: date) -> Row:
    until = timezone.localdate(request.decided_at) if request.decided_at else today
    due_on = request.task.due_on
    asked_on = timezone.localdate(request.asked_at)
    age = calendar.between(asked_on, max(asked_on, until))
    return Row(request, age, due_on is not None and due_on < today)
