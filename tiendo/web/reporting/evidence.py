"""What backs a report: added, left out, and opened again."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiendo.plans.files import RefusedFile, too_large
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Evidence
from tiendo.reporting.permissions import can_open_evidence
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.entries import duty_and_task, first_error
from tiendo.web.reporting.forms import EvidenceForm
from tiendo.web.requests import SignedInRequest


@require_POST
def evidence_add(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Attach a file or name a document; a refused file is told in one sentence."""
    duty, task = duty_and_task(request, pk, code)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, first_error(form))
    else:
        try:
            _add(request, duty, task, form)
        except (RefusedFile, IllegalMove) as error:
            messages.error(request, said(error))
        else:
            messages.success(request, _("Đã thêm minh chứng."))
    return redirect("reporting:entry-edit", pk=pk, code=code)


@require_POST
def evidence_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    evidence = _evidence(request, pk)
    try:
        actions.remove_evidence(evidence=evidence, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã bỏ minh chứng khỏi báo cáo."))
    return redirect("reporting:entry-edit", pk=evidence.entry.duty_id, code=evidence.entry.task.code)


@require_GET
def evidence_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file itself, always as an attachment."""
    evidence = _evidence(request, pk)
    if evidence.file is None:
        raise Http404
    response = HttpResponse(read_file(evidence.file), content_type=evidence.file.media_type)
    name = evidence.file_name or "minh-chung"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _add(request: SignedInRequest, duty: Duty, task: Task, form: EvidenceForm) -> None:
    given, by, now = form.cleaned_data, request.user, timezone.now()
    if upload := given["file"]:
        if (upload.size or 0) > settings.TIENDO_MAX_UPLOAD_BYTES:
            raise RefusedFile(too_large(settings.TIENDO_MAX_UPLOAD_BYTES))  # before it is read into memory
        actions.add_file_evidence(
            duty=duty, task=task, data=upload.read(), name=upload.name, note=given["note"], by=by, at=now
        )
        return
    number, dated = given["document_number"], given["document_date"]
    actions.add_document_evidence(duty=duty, task=task, number=number, dated=dated, note=given["note"], by=by, at=now)


def _evidence(request: SignedInRequest, pk: int) -> Evidence:
    entries = Entry.objects.visible_to(request.user)
    rows = Evidence.objects.filter(entry__in=entries).select_related("file", "entry__task", "entry__duty")
    evidence = get_object_or_404(rows, pk=pk)
    if not can_open_evidence(request.user, evidence):
        raise Http404
    return evidence
