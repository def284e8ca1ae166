"""The editor of one task's report, its autosave, and its evidence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.plans.files import RefusedFile
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Evidence
from tiendo.reporting.permissions import can_draft_entry
from tiendo.reporting.queries import tasks_to_report
from tiendo.reporting.workflow import IllegalMove
from tiendo.web.reporting.forms import EntryForm, EvidenceForm
from tiendo.web.reporting.pages import ReportLine, report_line
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def entry_edit(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Write on one task: what the last accepted report said stands beside, only what is new is asked."""
    duty, task = _duty_and_task(request, pk, code)
    line = report_line(duty, task)
    form = EntryForm(request.POST or None, instance=line.entry, initial=_initial(line))
    if request.method == "POST" and form.is_valid() and _save(request, duty, task, form):
        messages.success(request, _("Đã lưu nội dung báo cáo."))
        return redirect("reporting:duty-detail", pk=pk)
    context = {
        "duty": duty,
        "task": task,
        "line": line,
        "form": form,
        "evidence_form": EvidenceForm(),
        "version": request.POST.get("version") or (line.entry.revision if line.entry else 0),
        "can_draft": can_draft_entry(request.user, duty) and line.is_writable,
    }
    return render(request, "web/reporting/entry_edit.html", context)


@require_POST
def entry_autosave(request: SignedInRequest, pk: int, code: str) -> JsonResponse:
    """Keep what is being typed; answers as `ui/autosave.js` expects."""
    duty, task = _duty_and_task(request, pk, code)
    form = EntryForm(request.POST, instance=Entry(duty=duty, task=task))
    if not form.is_valid():
        return JsonResponse({"message": _first_error(form)}, status=422)
    try:
        entry = actions.save_draft(
            duty=duty, task=task, values=form.values(), revision=_version(request), by=request.user, at=timezone.now()
        )
    except (actions.Conflict, IllegalMove, PermissionDenied) as error:
        return JsonResponse({"message": str(error)}, status=409)
    return JsonResponse({"version": entry.revision})


@require_POST
def evidence_add(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Attach a file or name a document; a refused file is told in one sentence."""
    duty, task = _duty_and_task(request, pk, code)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _first_error(form))
    else:
        try:
            _add_evidence(request, duty, task, form)
        except (RefusedFile, IllegalMove) as error:
            messages.error(request, _(str(error)))
        else:
            messages.success(request, _("Đã thêm minh chứng."))
    return redirect("reporting:entry-edit", pk=pk, code=code)


@require_POST
def evidence_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    evidence = _evidence(request, pk)
    try:
        actions.remove_evidence(evidence=evidence, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, str(error))
    return redirect("reporting:entry-edit", pk=evidence.entry.duty_id, code=evidence.entry.task.code)


@require_GET
def evidence_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file itself, always as an attachment."""
    evidence = _evidence(request, pk)
    if evidence.file is None:
        raise Http404
    response = HttpResponse(read_file(evidence.file), content_type=evidence.file.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(True, evidence.file_name or "minh-chung") or "attachment"
    )
    return response


def _duty_and_task(request: SignedInRequest, pk: int, code: str) -> tuple[Duty, Task]:
    duties = Duty.objects.visible_to(request.user).select_related("period__plan", "unit")
    duty = get_object_or_404(duties, pk=pk)
    return duty, get_object_or_404(tasks_to_report(duty).select_related("group"), code=code)


def _initial(line: ReportLine) -> dict[str, object]:
    """A new entry starts from the last accepted state and percentage; words and money are new each time."""
    if line.entry is not None:
        return {}
    return {"state": line.task.state, "percent": line.task.percent}


def _save(request: SignedInRequest, duty: Duty, task: Task, form: EntryForm) -> bool:
    try:
        actions.save_draft(
            duty=duty, task=task, values=form.values(), revision=_version(request), by=request.user, at=timezone.now()
        )
    except (actions.Conflict, IllegalMove) as error:
        form.add_error(None, str(error))
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _add_evidence(request: SignedInRequest, duty: Duty, task: Task, form: EvidenceForm) -> None:
    given, now = form.cleaned_data, timezone.now()
    if given["file"]:
        actions.add_file_evidence(
            duty=duty,
            task=task,
            data=given["file"].read(),
            name=given["file"].name,
            note=given["note"],
            by=request.user,
            at=now,
        )
    else:
        actions.add_document_evidence(
            duty=duty,
            task=task,
            number=given["document_number"],
            dated=given["document_date"],
            note=given["note"],
            by=request.user,
            at=now,
        )


def _evidence(request: SignedInRequest, pk: int) -> Evidence:
    entries = Entry.objects.visible_to(request.user)
    return get_object_or_404(
        Evidence.objects.filter(entry__in=entries).select_related("file", "entry__task", "entry__duty"), pk=pk
    )


def _version(request: SignedInRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else 0


def _first_error(form: EntryForm | EvidenceForm) -> str:
    return next(str(message) for messages_of in form.errors.values() for message in messages_of)
