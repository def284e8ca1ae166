"""Documents come in: the list with the upload, accepting one, putting one aside."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tiendo.accounts.permissions import holds, require
from tiendo.intake import actions
from tiendo.intake.models import LOOKS, Import
from tiendo.intake.permissions import can_accept, can_bring_in, can_import, can_see_imports
from tiendo.intake.queries import count_missing, count_taken, count_unseen, imports_for_list, missing_annexes
from tiendo.oversight.actions.unit_plans import accept_with_register
from tiendo.plans.files import RefusedFile, too_large
from tiendo.plans.models import PlanVersion
from tiendo.ui.saying import said
from tiendo.web.intake.forms import NEW, AcceptForm, DiscardForm, UploadForm
from tiendo.web.intake.outcome import outcome_of
from tiendo.web.intake.suggesting import suggested
from tiendo.web.intake.warnings import warnings_of
from tiendo.web.requests import SignedInRequest

PER_PAGE = 25


@require_http_methods(["GET", "POST"])
def import_list(request: SignedInRequest) -> HttpResponse:
    """Every file that came in, what waits, and the form for the next one."""
    require(can_see_imports(request.user))
    initial = {"purpose": _asked(request)}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial, user=request.user)
    status = 200
    if request.method == "POST":
        require(can_bring_in(request.user))
        if form.is_valid() and (taken := _take(request, form)):
            is_read = taken.status not in (Import.Status.READING, Import.Status.UNREADABLE)
            return redirect("intake:import-review" if is_read else "intake:import-progress", pk=taken.pk)
        status = 422
    context = {
        "form": form,
        "page": Paginator(imports_for_list(request.user), PER_PAGE).get_page(request.GET.get("page")),
        "missing": missing_annexes() if holds(request.user, *LOOKS) else [],
        "can_import": can_bring_in(request.user),
        "own_only": not holds(request.user, *LOOKS),
    }
    return render(request, "web/intake/import_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
def import_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """The last step: what will be created, under which name, from when."""
    source = _visible(request, pk)
    require(can_accept(request.user, source))
    if source.status != Import.Status.PROPOSED:
        return _ended(request, source)
    form = AcceptForm(request.POST or None, source=source, initial=suggested(source))
    if request.method == "POST" and form.is_valid() and (version := _accept(request, source, form)):
        messages.success(
            request,
            _("Đã chấp nhận; kế hoạch có phiên bản %(n)d, nhiệm vụ được theo dõi từ ngày có hiệu lực.")
            % {"n": version.number},
        )
        return redirect("plans:plan-detail", code=version.plan.code)
    context = {
        "source": source,
        "form": form,
        "rows": _rows(source),
        "outcome": outcome_of(source),
        "missing": count_missing(source),
        "unseen": count_unseen(source),
        "warnings": warnings_of(source),
    }
    return render(request, "web/intake/import_accept.html", context)


@require_http_methods(["GET", "POST"])
def import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put an import aside, with a reason."""
    source = _visible(request, pk)
    require(can_import(request.user, source))
    if source.status in (Import.Status.ACCEPTED, Import.Status.DISCARDED):
        return _ended(request, source)
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.discard_import(source=source, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, _("Đã bỏ lần nhập này; tệp có thể nhập lại."))
        return redirect("intake:import-list")
    return render(request, "web/intake/import_discard.html", {"source": source, "form": form})


def _asked(request: SignedInRequest) -> str:
    """What a link to this page says the file will be: a missing annex, or a change to a plan."""
    if annex := request.GET.get("phu_luc"):
        return f"annex-{annex}"
    plan = request.GET.get("ke_hoach")
    return f"plan-{plan}" if plan else NEW


def _take(request: SignedInRequest, form: UploadForm) -> Import | None:
    """Read the uploaded file; a refusal becomes a sentence at the field."""
    upload = form.cleaned_data["file"]
    try:
        if (upload.size or 0) > settings.TIENDO_MAX_UPLOAD_BYTES:
            raise RefusedFile(too_large(settings.TIENDO_MAX_UPLOAD_BYTES))
        source, new = actions.receive_import(
            data=upload.read(),
            name=upload.name or "",
            annex=form.annex(),
            plan=form.plan(),
            unit=form.unit(),
            by=request.user,
            at=timezone.now(),
        )
    except (RefusedFile, PermissionDenied) as error:
        form.add_error("file", said(error))
        return None
    if not new:
        day = timezone.localdate(source.uploaded_at)
        messages.info(
            request,
            _("Tệp này đã được nhập ngày %(day)s; không có gì thay đổi.") % {"day": f"{day:%d/%m/%Y}"},
        )
    return source


def _accept(request: SignedInRequest, source: Import, form: AcceptForm) -> PlanVersion | None:
    """Accept; what the house refuses becomes a sentence above the form, with nothing typed lost."""
    given = {"take_pending": request.POST.get("lay") == "tat_ca", **form.cleaned_data}
    try:
        return accept_with_register(source=source, given=given, by=request.user, at=timezone.now())
    except (PermissionDenied, ValidationError) as error:
        form.add_error(None, str(error) if isinstance(error, PermissionDenied) else error.messages)
        return None


def _rows(source: Import) -> list[tuple[str, int, int]]:
    """What each of the two buttons would create: words, with all, with the chosen only."""
    everything, chosen = count_taken(source, take_pending=True), count_taken(source, take_pending=False)
    words = {
        "task": _("Nhiệm vụ"),
        "indicator": _("Chỉ tiêu"),
        "section": _("Mục"),
        "item": _("Nội dung"),
        "annex": _("Phụ lục được nhắc đến"),
        "repair": _("Chỗ sửa lỗi in"),
    }
    return [(words[kind], everything[kind], chosen[kind]) for kind in words if everything[kind] or chosen[kind]]


def _visible(request: SignedInRequest, pk: int) -> Import:
    imports = Import.objects.visible_to(request.user).select_related("plan", "annex", "version__plan", "unit")
    return get_object_or_404(imports, pk=pk)


def _ended(request: SignedInRequest, source: Import) -> HttpResponse:
    """Back to where an import stands that cannot be decided (any more): a second click, a page left open."""
    if source.status == Import.Status.ACCEPTED and source.version:
        messages.info(
            request, _("Lần nhập này đã chấp nhận rồi, thành phiên bản %(n)d.") % {"n": source.version.number}
        )
        return redirect("plans:plan-detail", code=source.version.plan.code)
    if source.status == Import.Status.DISCARDED:
        messages.info(request, _("Lần nhập này đã bỏ; không còn thay đổi được."))
        return redirect("intake:import-review", pk=source.pk)
    return redirect("intake:import-progress", pk=source.pk)
