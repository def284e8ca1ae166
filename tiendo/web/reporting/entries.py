"""The editor of one task's report, its autosave, and "không thay đổi"."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.plans.models import Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry
from tiendo.reporting.permissions import can_draft_entry
from tiendo.reporting.queries import tasks_to_report
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.forms import EntryForm, EvidenceForm
from tiendo.web.reporting.pages import report_line
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def entry_edit(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Write on one task: what the last accepted report said stands beside, only what is new is asked."""
    duty, task = duty_and_task(request, pk, code)
    if duty.unit_id not in request.user.access.held_unit_ids:
        if request.method == "POST":
            require(can_draft_entry(request.user, duty))
        return redirect("reporting:duty-detail", pk=pk)
    form, theirs = _form(request, duty, task), None
    if request.method == "POST" and form.is_valid():
        refused, theirs = _save(request, duty, task, form)
        if refused is None:
            messages.success(request, _("Đã lưu nội dung báo cáo."))
            return redirect("reporting:duty-detail", pk=pk)
        form.add_error(None, refused)
    return _editor(request, duty, task, form, theirs)


@require_POST
def entry_autosave(request: SignedInRequest, pk: int, code: str) -> JsonResponse:
    """Keep what is being typed; answers as `ui/autosave.js` expects."""
    duty, task = duty_and_task(request, pk, code)
    if duty.unit_id not in request.user.access.held_unit_ids:
        require(can_draft_entry(request.user, duty))
    form = EntryForm(request.POST, instance=Entry(duty=duty, task=task))
    if not form.is_valid():
        return JsonResponse({"message": first_error(form)}, status=422)
    refused, _theirs = _save(request, duty, task, form)
    if refused is not None:
        return JsonResponse({"message": refused}, status=409)
    return JsonResponse({"version": _version(request) + 1})


@require_POST
def entry_repeat(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """ "Không thay đổi so với kỳ trước" in one click."""
    duty, task = duty_and_task(request, pk, code)
    try:
        actions.repeat_last(duty=duty, task=task, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Nhiệm vụ %(code)s: ghi không thay đổi so với kỳ trước.") % {"code": code})
    return redirect("reporting:duty-detail", pk=pk)


def duty_and_task(request: SignedInRequest, pk: int, code: str) -> tuple[Duty, Task]:
    """A report this person may see, and a task it is about."""
    duties = Duty.objects.visible_to(request.user).select_related("period__plan", "unit")
    duty = get_object_or_404(duties, pk=pk)
    return duty, get_object_or_404(tasks_to_report(duty).select_related("group"), code=code)


def first_error(form: EntryForm | EvidenceForm) -> str:
    """The first complaint of a form, led by the field's label where it has one."""
    for name, texts in form.errors.items():
        label = form.fields[name].label if name in form.fields else None
        return f"{label}: {texts[0]}" if label else str(texts[0])
    return ""


def _form(request: SignedInRequest, duty: Duty, task: Task) -> EntryForm:
    """The form on what is stored; a new entry starts from the last accepted state and percentage."""
    entry = duty.entries.filter(task=task).first()
    initial = {"state": task.state, "percent": task.percent} if entry is None or not entry.revision else {}
    return EntryForm(request.POST or None, instance=entry, initial=initial)


def _save(request: SignedInRequest, duty: Duty, task: Task, form: EntryForm) -> tuple[str | None, Entry | None]:
    """Why it could not be saved, if so, and in a conflict what somebody else saved meanwhile."""
    try:
        actions.save_draft(
            duty=duty, task=task, values=form.values(), revision=_version(request), by=request.user, at=timezone.now()
        )
    except actions.Conflict as conflict:
        return str(conflict), conflict.entry
    except ValidationError as error:
        return " ".join(error.messages), None
    except (IllegalMove, PermissionDenied) as error:
        return said(error), None
    return None, None


def _editor(request: SignedInRequest, duty: Duty, task: Task, form: EntryForm, theirs: Entry | None) -> HttpResponse:
    """The page; after a conflict it holds both versions, and saving once more replaces theirs."""
    line = report_line(duty, task, on=timezone.localdate())
    stored = line.entry.revision if line.entry else 0
    context = {
        "duty": duty,
        "task": task,
        "line": line,
        "form": form,
        "evidence_form": EvidenceForm(),
        "version": stored if theirs or not form.is_bound else _version(request),
        "theirs": theirs,
        "decision": can_draft_entry(request.user, duty),
        "can_draft": can_draft_entry(request.user, duty) and line.is_writable,
    }
    return render(request, "web/reporting/entry_edit.html", context)


def _version(request: SignedInRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
