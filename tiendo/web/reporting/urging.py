"""Urging: the coordinator writes to the unit that answers for a task; a person of the unit confirms having read it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.plans.models import Task
from tiendo.plans.permissions import can_assign_task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.models import Urging
from tiendo.reporting.permissions import can_urge, can_urge_task
from tiendo.reporting.queries import find_answering_lead
from tiendo.web.reporting.forms import TaskUrgeForm
from tiendo.web.requests import SignedInRequest

# Becomes the coordinator's own words to the unit, so in the language of official papers.
OFFERED = "Đề nghị đơn vị tập trung thực hiện nhiệm vụ và báo cáo kết quả."


@require_http_methods(["GET", "POST"])
def task_urge(request: SignedInRequest, code: str) -> HttpResponse:
    """Urge the unit that answers for a task today, and see who was urged about it, when, and who has read it (R020)."""
    task = get_object_or_404(Task.objects.visible_to(request.user), code=code)
    now = timezone.now()
    unit = find_answering_lead(task, on=timezone.localdate(now))
    if request.method == "POST":
        require(can_urge_task(request.user, task))
    form = TaskUrgeForm(request.POST or None, initial={"message": OFFERED})
    if unit is not None and form.is_valid():
        actions.urge_unit(unit=unit, task=task, message=form.cleaned_data["message"], by=request.user, at=now)
        messages.success(request, _("Đã đôn đốc %(unit)s.") % {"unit": unit})
        return redirect("reporting:task-urge", code=code)
    context = {
        "task": task,
        "unit": unit,
        "form": form,
        "can_urge": can_urge(request.user),
        "is_stopped": task.state == WorkState.CANCELLED,
        "can_assign": can_assign_task(request.user),
        "urgings": Urging.objects.visible_to(request.user)
        .filter(task=task)
        .select_related("unit", "sent_by", "seen_by"),
        "reminders": task.reminders.select_related("unit"),
    }
    return render(request, "web/reporting/task_urge.html", context)


@require_POST
def urging_see(request: SignedInRequest, pk: int) -> HttpResponse:
    urging = get_object_or_404(Urging.objects.filter(unit_id__in=request.user.access.held_unit_ids), pk=pk)
    actions.see_urging(urging=urging, by=request.user, at=timezone.now())
    return redirect("reporting:my-work")
