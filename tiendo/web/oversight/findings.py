"""A finding in the field: the page for a phone, what it sends when the link is back, photos opened again."""

from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.oversight.actions import finding as actions
from tiendo.oversight.actions.register_papers import Paper
from tiendo.oversight.inspection_permissions import can_inspect
from tiendo.oversight.inspection_workflow import Act, IllegalMove
from tiendo.oversight.models import Finding, FindingFile, Inspection
from tiendo.plans.files import RefusedFile, too_large
from tiendo.ui.saying import said
from tiendo.web.oversight.inspection_acting import REFUSED, act_and_return, find_inspection
from tiendo.web.oversight.inspection_forms import FindingForm, PhotoForm
from tiendo.web.oversight.inspection_subjects import chosen, subjects_of
from tiendo.web.oversight.inspections import answer_file
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def finding_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form in the field. Asked for JSON, answers with where the photos go, or 422 with the sentence.

    Sent again under the same key, it is the same finding: the page forgets a draft only once it has this answer.
    """
    inspection = find_inspection(request, pk)
    form = FindingForm(request.POST or None, request.FILES or None, subjects=subjects_of(inspection))
    if request.method == "POST":
        if not request.accepts("text/html"):
            return _answer(request, inspection, form)
        if _recorded(request, inspection, form):
            messages.success(request, _("Đã gửi phát hiện."))
            return redirect("oversight:finding-add", pk)
    else:
        try:
            require(can_inspect(request.user, inspection, Act.FIND))
        except IllegalMove as error:
            messages.error(request, said(error))
            return redirect("oversight:inspection-detail", pk)
    context = {"inspection": inspection, "form": form, "mine": _mine(request, inspection), "most": _most()}
    response = render(request, "web/oversight/finding_add.html", context, status=422 if form.errors else 200)
    response["Tiendo-Kept-For"] = str(request.user.pk)  # the one page a browser may keep, and whose it is
    return response


@require_GET
def field_worker(request: SignedInRequest) -> HttpResponse:
    """The script that keeps pages of the field; at this address it meets none but those of inspections."""
    script = Path(str(finders.find("web/field_worker.js"))).read_bytes()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_POST
def finding_photo(request: SignedInRequest, pk: int) -> HttpResponse:
    """One photo of one's finding, under the key the phone gave it."""
    finding = get_object_or_404(_findings(request), pk=pk)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"message": _first(form)}, status=422)
    try:
        _add_photo(request, finding, form.cleaned_data["file"], form.cleaned_data["draft_key"])
    except (*REFUSED, PermissionDenied) as error:
        status = 403 if isinstance(error, PermissionDenied) else 422
        return JsonResponse({"message": said(error)}, status=status)
    return JsonResponse({"files": finding.files.count()})


@require_POST
def finding_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    finding = get_object_or_404(_findings(request), pk=pk)
    act = partial(actions.withdraw_finding, finding=finding, reason=request.POST.get("reason", ""))
    return act_and_return(request, finding.inspection_id, act, _("Đã rút phát hiện; lời ghi vẫn giữ."))


@require_GET
def finding_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A photo or a paper as it was handed in."""
    files = FindingFile.objects.filter(finding__in=Finding.objects.visible_to(request.user))
    row = get_object_or_404(files.select_related("file"), pk=pk)
    return answer_file(row.file, f"phat-hien-{row.finding_id}-{pk}")


def _recorded(request: SignedInRequest, inspection: Inspection, form: FindingForm) -> Finding | None:
    """The finding with its photos, or None with the reason in the form; not for this reader, it raises."""
    if not form.is_valid():
        return None
    data, now = form.cleaned_data, timezone.now()
    try:
        for upload in data["photos"]:
            _check_size(upload)
        seen = actions.Seen(
            weight=data["weight"],
            text=data["text"],
            contradicts=data["contradicts"],
            seen_at=data["seen_at"] or now,
            **chosen(inspection, data["about"]),
        )
        given = {"inspection": inspection, "draft_key": data["draft_key"], "seen": seen}
        finding = actions.record_finding(by=request.user, at=now, **given)
        for upload in data["photos"]:
            _add_photo(request, finding, upload, uuid4())
    except REFUSED as error:
        form.add_error(None, said(error))
        return None
    return finding


def _answer(request: SignedInRequest, inspection: Inspection, form: FindingForm) -> JsonResponse:
    try:
        finding = _recorded(request, inspection, form)
    except PermissionDenied as error:
        return JsonResponse({"message": said(error)}, status=403)
    if finding is None:
        return JsonResponse({"message": _first(form)}, status=422)
    return JsonResponse({"finding": finding.pk, "photos": reverse("oversight:finding-photo", args=[finding.pk])})


def _add_photo(request: SignedInRequest, finding: Finding, upload: "UploadedFile[Any]", key: Any) -> None:
    _check_size(upload)
    paper = Paper(upload.read(), upload.name or "")
    actions.add_finding_file(finding=finding, draft_key=key, paper=paper, by=request.user, at=timezone.now())


def _check_size(upload: "UploadedFile[Any]") -> None:
    """Before it is read into memory."""
    if (upload.size or 0) > _most():
        raise RefusedFile(too_large(_most()))


def _most() -> int:
    return int(settings.TIENDO_MAX_UPLOAD_BYTES)


def _first(form: Any) -> str:
    return next(str(sentence) for sentences in form.errors.values() for sentence in sentences)


def _findings(request: SignedInRequest) -> Any:
    return Finding.objects.visible_to(request.user).select_related("inspection__unit")


def _mine(request: SignedInRequest, inspection: Inspection) -> Any:
    """What this person has sent in this inspection, the newest first."""
    rows = Finding.objects.standing().filter(inspection=inspection, recorded_by=request.user)
    return rows.prefetch_related("files").order_by("-recorded_at", "-pk")[:20]
