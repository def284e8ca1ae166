"""Under an issued report: which figures would differ if it were made now, since when, and by which acts."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tiendo.reporting.models import IssuedReport
from tiendo.reporting.papers.moving import staleness
from tiendo.reporting.permissions import can_read_issued
from tiendo.web.requests import SignedInRequest


@require_GET
@never_cache
def report_moved(request: SignedInRequest, pk: int) -> HttpResponse:
    """Worked out when asked for: the page of the report loads it after itself, or links to it without scripts."""
    if not can_read_issued(request.user):
        raise Http404
    issued = get_object_or_404(IssuedReport.objects.select_related("period__plan__owner"), pk=pk)
    context = {"issued": issued, "found": staleness(issued, timezone.now())}
    return render(request, "web/reporting/report_moved.html", context)
