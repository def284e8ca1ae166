"""A unit's report from first word to the head's signature."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiendo.plans.queries import openable
from tiendo.reporting import actions
from tiendo.reporting.corrections import reopened_tasks
from tiendo.reporting.models import Duty
from tiendo.reporting.permissions import (
    can_draft_entry,
    can_keep_unit_report,
    can_read_inside,
    can_review_duty,
    can_send_duty,
)
from tiendo.reporting.queries import content_mark
from tiendo.reporting.shifting import moved
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.burden import unit_tools
from tiendo.web.reporting.desks import desk_tools
from tiendo.web.reporting.pages import report_lines, sections, within
from tiendo.web.reporting.reopenings import reopening_tools
from tiendo.web.reporting.review_forms import review_tools
from tiendo.web.requests import SignedInRequest


@require_GET
def duty_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A unit's report: every task with what was typed or sent, and the acts open to this reader."""
    duty = _duty(request, pk)
    now, inside = timezone.now(), can_read_inside(request.user, duty)
    seen = content_mark(duty)  # taken first: what changes while the page is made counts as not seen
    lines = within(report_lines(duty, inside=inside, on=timezone.localdate(now)), reopened_tasks(duty, at=now))
    can_send = can_send_duty(request.user, duty, at=now)
    context = {
        "duty": duty,
        "state": duty.state(now),
        "moved": moved(duty),
        "inside": inside,
        "seen_tasks": openable(request.user, (line.task.code for line in lines)),
        **desk_tools(request.user, duty, inside=inside, at=now),
        **unit_tools(request.user, duty, inside=inside),
        "seen": seen,
        "sections": sections(lines, inside=inside, signs=bool(can_send)),
        "unready": [line for line in lines if line.is_writable and line.problems],
        "sendable": [line for line in lines if line.is_ready],
        "waiting": [line for line in lines if line.is_waiting],
        "begun": any(line.entry is not None and line.entry.revision for line in lines),
        "writable": [line for line in lines if line.is_writable],
        "can_draft": can_draft_entry(request.user, duty, at=now),
        "can_send": can_send,
        "can_keep": can_keep_unit_report(request.user, duty),
        "can_review": can_review_duty(request.user, duty, at=now),
        **reopening_tools(request.user, duty, at=now),
        **review_tools(request.user, inside=inside),
    }
    return render(request, "web/reporting/duty_detail.html", context)


@require_POST
def duty_send(request: SignedInRequest, pk: int) -> HttpResponse:
    """The head approves and sends; the report's page says task by task what is still missing."""
    duty = _duty(request, pk)
    try:
        actions.send_duty(duty=duty, by=request.user, at=timezone.now(), seen=request.POST.get("seen"))
    except (actions.NotReady, IllegalMove) as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã gửi báo cáo tới cơ quan đầu mối."))
    return redirect("reporting:duty-detail", pk=pk)


@require_POST
def duty_nothing_new(request: SignedInRequest, pk: int) -> HttpResponse:
    duty = _duty(request, pk)
    try:
        actions.send_nothing_new(duty=duty, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã gửi báo cáo tới cơ quan đầu mối."))
    return redirect("reporting:duty-detail", pk=pk)


def _duty(request: SignedInRequest, pk: int) -> Duty:
    duties = Duty.objects.visible_to(request.user).select_related("period__plan", "unit", "sent_by", "accepted_by")
    return get_object_or_404(duties, pk=pk)
