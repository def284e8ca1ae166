"""What backs a report: added, left out, and opened again."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
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
from tiendo.web.reporting.entries import duty_and_task, require_unit
from tiendo.web.reporting.entry_forms import EvidenceForm
from tiendo.web.reporting.pages import report_line
from tiendo.web.requests import SignedInRequest


@require_POST
def evidence_add(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Attach files or name a document; each refused file is told in one sentence beside its name.

    Asked for JSON, answers 200 with the list as it stands now, or 422 with the sentence.
    """
    duty, task = duty_and_task(request, pk, code)
    require_unit(request, duty)
    refused, added = _add_all(request, duty, task)
    if request.accepts("text/html"):
        for sentence in refused:
            messages.error(request, sentence)
        if added:
            messages.success(request, _("Đã thêm minh chứng."))
        return redirect("reporting:entry-edit", pk=pk, code=code)
    if refused:
        return JsonResponse({"message": " ".join(refused)}, status=422)
    return JsonResponse(_items(request, duty, task))


@require_POST
def evidence_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    evidence = _evidence(request, pk)
    require_unit(request, evidence.entry.duty)
    try:
        actions.remove_evidence(evidence=evidence, by=request.user, at=timezone.now())
    except (IllegalMove, PermissionDenied) as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã bỏ minh chứng khỏi báo cáo."))
    return redirect("reporting:entry-edit", pk=evidence.entry.duty_id, code=evidence.entry.task.code)


@require_GET
def evidence_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file itself, always as an attachment; a paper named by its number alone is read where it was named."""
    evidence = _evidence(request, pk)
    if evidence.file is None:
        report = reverse("reporting:duty-detail", args=[evidence.entry.duty_id])
        return redirect(f"{report}#{evidence.entry.task.code}")
    response = HttpResponse(read_file(evidence.file), content_type=evidence.file.media_type)
    name = evidence.file_name or "minh-chung"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _add_all(request: SignedInRequest, duty: Duty, task: Task) -> tuple[list[str], int]:
    """What was refused, in sentences, and how much was added."""
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return [first_error(form)], 0
    given, now = form.cleaned_data, timezone.now()
    acts = [partial(_add_file, request, duty, task, upload, given["note"], now) for upload in given["file"]]
    if given["document_number"] and given["document_date"]:
        acts.append(partial(_add_document, request, duty, task, given, now))
    refused = []
    for act in acts:
        try:
            act()
        except (RefusedFile, IllegalMove, PermissionDenied) as error:
            refused.append(_beside(act, said(error)))
    return refused, len(acts) - len(refused)


def _beside(act: partial[None], sentence: str) -> str:
    """The sentence led by the name of the file it is about."""
    upload = act.args[3]
    return f"{upload.name}: {sentence}" if isinstance(upload, UploadedFile) else sentence


def _add_file(
    request: SignedInRequest, duty: Duty, task: Task, upload: "UploadedFile[Any]", note: str, now: datetime
) -> None:
    if (upload.size or 0) > settings.TIENDO_MAX_UPLOAD_BYTES:
        raise RefusedFile(too_large(settings.TIENDO_MAX_UPLOAD_BYTES))  # before it is read into memory
    named: dict[str, Any] = {"data": upload.read(), "name": upload.name, "note": note}
    actions.add_file_evidence(duty=duty, task=task, by=request.user, at=now, **named)


def _add_document(request: SignedInRequest, duty: Duty, task: Task, given: dict[str, Any], now: datetime) -> None:
    named = {"number": given["document_number"], "dated": given["document_date"], "url": given["document_url"]}
    actions.add_document_evidence(duty=duty, task=task, note=given["note"], by=request.user, at=now, **named)


def _items(request: SignedInRequest, duty: Duty, task: Task) -> dict[str, Any]:
    """The list of evidence for `report_evidence.js` to show."""
    line = report_line(duty, task, on=timezone.localdate())
    items = render_to_string("web/reporting/_evidence_items.html", {"line": line}, request)
    return {"items": items, "count": len(line.evidence)}


def first_error(form: EvidenceForm) -> str:
    """The first complaint of a form, led by the field's label where it has one."""
    for name, texts in form.errors.items():
        label = form.fields[name].label if name in form.fields else None
        return f"{label}: {texts[0]}" if label else str(texts[0])
    return ""


def _evidence(request: SignedInRequest, pk: int) -> Evidence:
    entries = Entry.objects.visible_to(request.user)
    rows = Evidence.objects.filter(entry__in=entries).select_related("file", "entry__task", "entry__duty__period")
    evidence = get_object_or_404(rows, pk=pk)
    if not can_open_evidence(request.user, evidence):
        raise Http404
    return evidence
