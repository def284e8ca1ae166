"""The consolidated report: issued once what is missing is seen, its figures with their records, its files."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.papers.fonts import MissingFont
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.corrections import corrections
from tiendo.reporting.models import IssuedReport, Period
from tiendo.reporting.papers.gaps import gaps_of
from tiendo.reporting.papers.gathering import facts_of
from tiendo.reporting.papers.texts import text_of
from tiendo.reporting.permissions import can_consolidate, can_read_issued
from tiendo.reporting.queries import figures_with_records
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.forms_papers import DocumentForm
from tiendo.web.reporting.reopenings import after_closing
from tiendo.web.requests import SignedInRequest

FORMATS = ("docx", "pdf", "xlsx")


@require_http_methods(["GET", "POST"])
def report_issue(request: SignedInRequest, pk: int) -> HttpResponse:
    """First what is missing and what stands in the way, then the act."""
    require(can_consolidate(request.user))
    period = get_object_or_404(Period.objects.visible_to(request.user).select_related("plan__owner"), pk=pk)
    if request.method == "POST":
        try:
            issued = actions.issue_report(
                period=period, by=request.user, at=timezone.now(), confirmed="confirmed" in request.POST
            )
        except (MissingFont, IllegalMove, actions.Unconfirmed) as error:
            messages.error(request, said(error))
        else:
            messages.success(request, _("Đã lập báo cáo tổng hợp từ các nội dung đã tiếp nhận."))
            return redirect("reporting:report-detail", pk=issued.pk)
    context = {"period": period, "gaps": gaps_of(period), "text": text_of(period, facts_of(period))}
    return render(request, "web/reporting/report_issue.html", context)


@require_GET
def report_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each figure as frozen, and the accepted records it was counted from."""
    issued = _issued(request, pk)
    context = {
        "issued": issued,
        "figures": figures_with_records(issued),
        "corrections": corrections(issued.period),
        "form": DocumentForm(initial=model_to_dict(issued, DocumentForm.base_fields))
        if can_consolidate(request.user)
        else None,
        **after_closing(request.user, issued.period, at=timezone.now()),
    }
    return render(request, "web/reporting/report_detail.html", context)


@require_GET
def report_by_code(request: SignedInRequest, code: str) -> HttpResponse:
    """Where the numbers printed in a report lead: its page, by its code."""
    if not can_read_issued(request.user):
        raise Http404
    return redirect("reporting:report-detail", pk=get_object_or_404(IssuedReport, code=code).pk)


@require_POST
def report_document(request: SignedInRequest, pk: int) -> HttpResponse:
    """The number, day and link that the document system gave it."""
    issued = _issued(request, pk)
    require(can_consolidate(request.user))
    form = DocumentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy xem lại ngày hoặc liên kết của văn bản."))
    else:
        values = form.cleaned_data
        actions.note_report_document(
            issued=issued,
            number=values["document_number"],
            on=values["document_on"],
            url=values["document_url"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Đã ghi số, ngày văn bản."))
    return redirect("reporting:report-detail", pk=pk)


@require_GET
def report_file(request: SignedInRequest, pk: int, format: str) -> HttpResponse:
    issued = _issued(request, pk)
    if format not in FORMATS:
        raise Http404
    stored = {"docx": issued.docx, "pdf": issued.pdf, "xlsx": issued.workbook}[format]
    if stored is None:
        raise Http404
    response = HttpResponse(read_file(stored), content_type=stored.media_type)
    name = f"bao-cao-{issued.period_id}-{issued.number}.{format}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _issued(request: SignedInRequest, pk: int) -> IssuedReport:
    if not can_read_issued(request.user):
        raise Http404
    rows = IssuedReport.objects.select_related("period__plan", "issued_by", "docx", "pdf", "workbook")
    return get_object_or_404(rows, pk=pk)
