"""The editor of one task's report, its autosave, and "không thay đổi"."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.plans.models import Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry
from tiendo.reporting.permissions import can_draft_entry
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.editing import place_of
from tiendo.web.reporting.editor import Desk, answer_of
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def entry_edit(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Write on one task: what the last accepted report said stands beside, only what is new is asked."""
    duty = visible_duty(request, pk)
    place = place_of(duty, code)
    if duty.unit_id not in request.user.access.held_unit_ids:
        if request.method == "POST":
            require_unit(request, duty)
        return redirect("reporting:duty-detail", pk=pk)
    desk = Desk(request, duty, place)
    if request.method == "POST" and desk.keep():
        messages.success(request, desk.success)
        if "next" in request.POST and place.after is not None:
            return redirect("reporting:entry-edit", pk=pk, code=place.after.code)
        return redirect("reporting:duty-detail", pk=pk)
    return desk.page()


@require_POST
def entry_autosave(request: SignedInRequest, pk: int, code: str) -> JsonResponse:
    """Keep what is being typed; answers as `ui/autosave.js` expects."""
    duty, task = duty_and_task(request, pk, code)
    require_unit(request, duty)
    return answer_of(request, duty, task)


@require_POST
def entry_repeat(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """ "Không thay đổi so với kỳ trước" in one click."""
    duty, task = duty_and_task(request, pk, code)
    require_unit(request, duty)
    try:
        actions.repeat_last(duty=duty, task=task, by=request.user, at=timezone.now())
    except (IllegalMove, PermissionDenied) as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Nhiệm vụ %(code)s: ghi không thay đổi so với kỳ trước.") % {"code": code})
    return redirect("reporting:duty-detail", pk=pk)


def require_unit(request: SignedInRequest, duty: Duty) -> None:
    """Turn away who does not belong to the unit; its own people are told in the page why they may not write now."""
    if duty.unit_id not in request.user.access.held_unit_ids:
        require(can_draft_entry(request.user, duty))


def visible_duty(request: SignedInRequest, pk: int) -> Duty:
    duties = Duty.objects.visible_to(request.user).select_related("period__plan", "unit")
    return get_object_or_404(duties, pk=pk)


def duty_and_task(request: SignedInRequest, pk: int, code: str) -> tuple[Duty, Task]:
    """A report this person may see, and a task it is about: an entry begun on it says so, or else the plan."""
    entries = Entry.objects.visible_to(request.user).select_related("duty__period__plan", "duty__unit", "task")
    entry = entries.filter(duty=pk, task__code=code).first()
    if entry is not None:
        return entry.duty, entry.task
    duty = visible_duty(request, pk)
    return duty, place_of(duty, code).task
