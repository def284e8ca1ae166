"""The consolidated report: made, its figures with their records, its files."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiendo.papers.fonts import MissingFont
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.models import IssuedReport, Period
from tiendo.reporting.permissions import can_read_issued
from tiendo.reporting.queries import figures_with_records
from tiendo.ui.saying import said
from tiendo.web.requests import SignedInRequest


@require_POST
def report_issue(request: SignedInRequest, pk: int) -> HttpResponse:
    period = get_object_or_404(Period.objects.visible_to(request.user), pk=pk)
    try:
        issued = actions.issue_report(period=period, by=request.user, at=timezone.now())
    except MissingFont as error:
        messages.error(request, said(error))
        return redirect("reporting:period-detail", pk=pk)
    messages.success(request, _("Đã lập báo cáo tổng hợp từ các nội dung đã tiếp nhận."))
    return redirect("reporting:report-detail", pk=issued.pk)


@require_GET
def report_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each figure as frozen, and the accepted records it was counted from."""
    issued = _issued(request, pk)
    context = {"issued": issued, "figures": figures_with_records(issued)}
    return render(request, "web/reporting/report_detail.html", context)


@require_GET
def report_file(request: SignedInRequest, pk: int, format: str) -> HttpResponse:
    issued = _issued(request, pk)
    if format not in ("docx", "pdf"):
        raise Http404
    stored = issued.docx if format == "docx" else issued.pdf
    response = HttpResponse(read_file(stored), content_type=stored.media_type)
    name = f"bao-cao-{issued.period_id}-{issued.number}.{format}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _issued(request: SignedInRequest, pk: int) -> IssuedReport:
    if not can_read_issued(request.user):
        raise Http404
    rows = IssuedReport.objects.select_related("period__plan", "issued_by", "docx", "pdf")
    return get_object_or_404(rows, pk=pk)
