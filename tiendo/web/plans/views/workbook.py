"""A plan as an Excel workbook: downloaded to be edited, and handed in again with what was changed."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tiendo.accounts.permissions import require
from tiendo.intake import actions
from tiendo.intake.models import Import
from tiendo.intake.permissions import can_import
from tiendo.intake.reading import Unreadable
from tiendo.intake.workbooks import workbook_of
from tiendo.plans.files import MEDIA_TYPES, RefusedFile, too_large
from tiendo.plans.models import Plan, PlanVersion
from tiendo.ui.context import is_illustrative
from tiendo.ui.saying import said
from tiendo.web.plans.forms import WorkbookForm
from tiendo.web.requests import SignedInRequest


@require_safe
def plan_workbook(request: SignedInRequest, code: str) -> HttpResponse:
    """The workbook of the latest version as an attachment."""
    require(can_import(request.user))
    version = _latest(request, code)
    data = workbook_of(version, at=timezone.now(), illustrative=is_illustrative())
    response = HttpResponse(data, content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{version.plan.code}-v{version.number}.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def plan_workbook_return(request: SignedInRequest, code: str) -> HttpResponse:
    """Hand in an edited workbook: what differs is shown before anything changes."""
    require(can_import(request.user))
    version = _latest(request, code)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    status, put_aside = 200, []
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                return redirect("intake:import-review", pk=_receive(request, version.plan, form).pk)
        except actions.NothingChanged as nothing:
            put_aside = [(note.where, said(note.message)) for note in nothing.notes if note.severity == "error"]
            form.add_error("file", said(nothing))
        except (RefusedFile, Unreadable, PermissionDenied) as refusal:
            form.add_error("file", said(refusal))
    context = {"plan": version.plan, "version": version, "form": form, "put_aside": put_aside}
    return render(request, "web/plans/plan_workbook_return.html", context, status=status)


def _latest(request: SignedInRequest, code: str) -> PlanVersion:
    """The latest version of a plan one may see; a plan without one has nothing to edit."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user), code=code)
    return get_object_or_404(plan.versions.select_related("plan").order_by("-number")[:1])


def _receive(request: SignedInRequest, plan: Plan, form: WorkbookForm) -> Import:
    upload = form.cleaned_data["file"]
    if (upload.size or 0) > settings.TIENDO_MAX_UPLOAD_BYTES:
        raise RefusedFile(too_large(settings.TIENDO_MAX_UPLOAD_BYTES))
    source, new = actions.receive_workbook(
        plan=plan, data=upload.read(), name=upload.name or "", by=request.user, at=timezone.now()
    )
    if not new:
        day = f"{timezone.localdate(source.uploaded_at):%d/%m/%Y}"
        messages.info(request, _("Tệp này đã được nộp ngày %(day)s; đây là các khác biệt khi đó.") % {"day": day})
    return source
