"""A unit's report as an official paper: looked at before sending, kept as it was sent."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiendo.papers.fonts import MissingFont
from tiendo.plans.files import MEDIA_TYPES
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, UnitReport
from tiendo.reporting.papers.previewing import unit_preview
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.requests import SignedInRequest


@require_GET
def unit_report_preview(request: SignedInRequest, pk: int, format: str) -> HttpResponse:
    """The paper made from the drafts, for people of the unit alone: nothing unsent leaves it (R018)."""
    duty = _duty(request, pk)
    if duty.unit_id not in request.user.access.held_unit_ids or format not in ("docx", "pdf"):
        raise Http404
    try:
        data = unit_preview(duty, format, at=timezone.now())
    except MissingFont as error:
        messages.error(request, said(error))
        return redirect("reporting:duty-detail", pk=pk)
    return _download(data, format, f"xem-truoc-{duty.pk}")


@require_POST
def unit_report_keep(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        actions.keep_unit_report(duty=_duty(request, pk), by=request.user, at=timezone.now())
    except (IllegalMove, MissingFont) as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Báo cáo đã gửi được lưu thành văn bản DOCX và PDF."))
    return redirect("reporting:duty-detail", pk=pk)


@require_GET
def unit_report_file(request: SignedInRequest, pk: int, number: int, format: str) -> HttpResponse:
    """A kept paper, of a report this person may see."""
    duty = _duty(request, pk)
    row = get_object_or_404(UnitReport.objects.select_related("docx", "pdf"), duty=duty, number=number)
    if format not in ("docx", "pdf"):
        raise Http404
    return _download(read_file(row.docx if format == "docx" else row.pdf), format, f"bao-cao-{duty.pk}-{number}")


def _download(data: bytes, format: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=MEDIA_TYPES[format])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{format}") or "attachment"
    return response


def _duty(request: SignedInRequest, pk: int) -> Duty:
    rows = Duty.objects.visible_to(request.user).select_related("period__plan__owner", "unit__parent")
    return get_object_or_404(rows, pk=pk)
