"""Blocks of text for the national system, and the flag that they stand there."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiendo.plans.models import Plan
from tiendo.reporting import actions
from tiendo.reporting.models import NationalEntry, Submission
from tiendo.reporting.papers.national import NATIONAL_WORDS, NationalState
from tiendo.reporting.papers.national_rows import NationalRow, national_rows
from tiendo.reporting.permissions import can_note_national, can_read_issued
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.requests import SignedInRequest

PAGE = 20


@require_GET
def national_list(request: SignedInRequest) -> HttpResponse:
    """What to copy next: never copied, or changed since; what stands is a tab away."""
    if not can_read_issued(request.user):
        raise Http404
    plans = Plan.objects.visible_to(request.user).order_by("code")
    plan = plans.filter(code=request.GET.get("ke-hoach", "")).first() or plans.first()
    rows = national_rows(plan) if plan else []
    asked = request.GET.get("loc", "")
    state = NationalState(asked) if asked in set(NationalState) else _first_with_work(rows)
    shown = [row for row in rows if row.state == state]
    context = {
        "plan": plan,
        "plans": plans,
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "tabs": _tabs(rows, state, plan),
        "can_note": can_note_national(request.user),
    }
    return render(request, "web/reporting/national_list.html", context)


@require_POST
def national_enter(request: SignedInRequest, pk: int) -> HttpResponse:
    if not can_read_issued(request.user):
        raise Http404
    submission = get_object_or_404(Submission.objects.select_related("entry__task__plan"), pk=pk)
    try:
        actions.enter_national(submission=submission, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        code = submission.entry.task.code
        messages.success(request, _("Nhiệm vụ %(code)s: đã ghi là đã cập nhật.") % {"code": code})
    return _back(request, submission)


@require_POST
def national_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    if not can_read_issued(request.user):
        raise Http404
    entry = get_object_or_404(NationalEntry.objects.select_related("submission__entry__task__plan"), pk=pk)
    try:
        actions.undo_national(entry=entry, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã bỏ ghi nhận."))
    return _back(request, entry.submission)


def _back(request: SignedInRequest, submission: Submission) -> HttpResponse:
    answer = redirect("reporting:national-list")
    state = request.POST.get("loc", "")
    plan = submission.entry.task.plan.code
    answer["Location"] += f"?ke-hoach={plan}" + (f"&loc={state}" if state in set(NationalState) else "")
    return answer


def _first_with_work(rows: list[NationalRow]) -> NationalState:
    states = {row.state for row in rows}
    return next((state for state in NationalState if state in states), NationalState.NEVER)


def _tabs(rows: list[NationalRow], current: NationalState, plan: Plan | None) -> list[tuple[str, str, bool, int]]:
    counts = Counter(row.state for row in rows)
    code = plan.code if plan else ""
    return [
        (_(NATIONAL_WORDS[state]), f"?ke-hoach={code}&loc={state}", state == current, counts[state])
        for state in NationalState
    ]
