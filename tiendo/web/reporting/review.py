"""The coordinator's answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.forms import ReturnForm
from tiendo.web.requests import SignedInRequest


@require_POST
def duty_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    duty = get_object_or_404(Duty.objects.visible_to(request.user).select_related("unit"), pk=pk)
    try:
        actions.accept_duty(duty=duty, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã tiếp nhận báo cáo của %(unit)s.") % {"unit": duty.unit})
    if "back" in request.POST:
        return redirect("reporting:my-work")
    return redirect("reporting:duty-detail", pk=pk)


@require_POST
def entry_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Entry.objects.visible_to(request.user).select_related("task"), pk=pk)
    try:
        actions.accept_entry(entry=entry, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã tiếp nhận nội dung của nhiệm vụ %(code)s.") % {"code": entry.task.code})
    return redirect("reporting:duty-detail", pk=entry.duty_id)


@require_POST
def entry_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return one entry; without a reason nothing happens and the page says so."""
    entry = get_object_or_404(Entry.objects.visible_to(request.user).select_related("task"), pk=pk)
    form = ReturnForm(request.POST)
    try:
        if form.is_valid():
            actions.return_entry(entry=entry, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
            messages.success(request, _("Đã trả lại nhiệm vụ %(code)s để đơn vị bổ sung.") % {"code": entry.task.code})
        else:
            messages.error(request, _("Hãy ghi lý do trả lại để đơn vị biết cần sửa gì."))
    except IllegalMove as error:
        messages.error(request, said(error))
    return redirect("reporting:duty-detail", pk=entry.duty_id)
