"""Proposing, looking at, approving and rejecting releases."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiendo.accounts.permissions import require
from tiendo.plans.storage import read_file
from tiendo.publication import actions
from tiendo.publication.models import Release
from tiendo.publication.permissions import can_decide_release, can_propose_release, can_read_sealed_file
from tiendo.publication.queries import changes_since_last, plans_to_release, preview, released_tasks, releases_for
from tiendo.publication.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.publication.forms import ProposalForm, RejectionForm
from tiendo.web.requests import SignedInRequest

PER_PAGE = 50


@require_safe
def release_list(request: SignedInRequest) -> HttpResponse:
    page = Paginator(releases_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_propose": can_propose_release(request.user)}
    return render(request, "web/publication/release_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def release_propose(request: SignedInRequest) -> HttpResponse:
    """What would become public if frozen now, and the form that freezes it."""
    require(can_propose_release(request.user))
    form = ProposalForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            release = actions.propose_release(by=request.user, at=timezone.now(), **form.cleaned_data)
        except IllegalMove as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã lập đề xuất; số liệu được giữ nguyên từ lúc này chờ phê duyệt."))
            return redirect("publication:release-detail", release.pk)
    plan = plans_to_release(request.user).first()
    context = {"form": form, "preview": preview(plan, at=timezone.now()) if plan else None}
    return render(request, "web/publication/release_propose.html", context)


@require_safe
def release_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A release as frozen: its numbers beside those of the last one, and every task that is or would be public."""
    release = get_object_or_404(releases_for(request.user), pk=pk)
    tasks = released_tasks([release]).defer("data", "folded")
    context = {
        "release": release,
        "changes": changes_since_last(release),
        "page": Paginator(tasks, PER_PAGE).get_page(request.GET.get("page")),
        "decision": can_decide_release(request.user, release),
        "may_read_sealed": can_read_sealed_file(request.user, release),
        "form": RejectionForm(),
    }
    return render(request, "web/publication/release_detail.html", context)


@require_safe
def release_sealed(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sealed file as stored, also of a release the public no longer gets."""
    release = get_object_or_404(releases_for(request.user), pk=pk)
    require(can_read_sealed_file(request.user, release))
    assert release.file is not None  # numbered releases have one, by constraint
    headers = {"Content-Disposition": f'attachment; filename="dot-cong-bo-dot-{release.number}.json"'}
    return HttpResponse(read_file(release.file), content_type=release.file.media_type, headers=headers)


@require_POST
def release_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    release = get_object_or_404(releases_for(request.user), pk=pk)
    done = _("Đã phê duyệt. Số liệu đã lên trang công khai.")
    return _act(request, pk, done, lambda: actions.approve_release(release=release, by=request.user, at=timezone.now()))


@require_POST
def release_reject(request: SignedInRequest, pk: int) -> HttpResponse:
    release = get_object_or_404(releases_for(request.user), pk=pk)
    by, at, reason = request.user, timezone.now(), request.POST.get("reason", "")
    done = _("Đã trả lại đề xuất kèm lý do. Không có gì được công bố.")
    return _act(request, pk, done, lambda: actions.reject_release(release=release, reason=reason, by=by, at=at))


def _act(request: SignedInRequest, pk: int, done: str, act: Callable[[], Release]) -> HttpResponse:
    """One act and its answer in words, on the release's page."""
    try:
        act()
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, done)
    return redirect("publication:release-detail", pk)
