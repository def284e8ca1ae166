""" "Việc phối hợp": what a unit is asked about its part in other units' reports, and its answers."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiendo.reporting import actions
from tiendo.reporting.models import Part, PartAnswer, PartQuerySet, Reopening, Submission
from tiendo.reporting.parts import PART_WORDS, PartAct, PartState, can_move
from tiendo.reporting.workflow import EntryStatus, IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.review import back_from
from tiendo.web.requests import SignedInRequest

PAGE = 25
FIRST = (PartState.ASKED, PartState.SILENT, PartState.DISPUTED)


class AnswerForm(forms.Form):
    """One of the three answers, with words where they are needed, to the submission that was read."""

    act = forms.ChoiceField(choices=[(act, act) for act in (PartAct.CONFIRM, PartAct.AMEND, PartAct.DISPUTE)])
    text = forms.CharField(required=False, max_length=2000)
    number = forms.IntegerField(required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("act") in (PartAct.AMEND, PartAct.DISPUTE) and not given.get("text", "").strip():
            raise forms.ValidationError(_("Hãy ghi rõ ý kiến để các bên biết cần làm gì."))
        return given


@require_GET
def part_list(request: SignedInRequest) -> HttpResponse:
    """What waits for the unit's word first, then what it disputes, then what it has answered."""
    parts = _own(request)
    waiting = parts.waiting().count()
    page = Paginator(_for_list(parts, at=timezone.now()), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(part) for part in page.object_list], "waiting": waiting}
    return render(request, "web/reporting/part_list.html", context)


@require_POST
def part_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    part = get_object_or_404(_own(request), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(words) for errors in form.errors.values() for words in errors))
        return redirect("reporting:part-list")
    try:
        actions.answer_part(part=part, by=request.user, at=timezone.now(), **form.cleaned_data)
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã trả lời: %(answer)s.") % {"answer": _(PART_WORDS[_state(part)])})
    return redirect("reporting:part-list")


@require_POST
def part_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    part = get_object_or_404(_own(request), pk=pk)
    try:
        actions.withdraw_dispute(
            part=part, text=request.POST.get("text", "")[:2000], by=request.user, at=timezone.now()
        )
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã rút ý kiến không thống nhất."))
    return redirect("reporting:part-list")


@require_POST
def part_settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """The coordinator's word that ends a dispute."""
    part = get_object_or_404(Part.objects.visible_to(request.user).select_related("entry__task"), pk=pk)
    try:
        reason = request.POST.get("reason", "")[:2000]
        actions.settle_dispute(part=part, reason=reason, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã kết luận về ý kiến không thống nhất."))
    return back_from(request, part.entry)


def _own(request: SignedInRequest) -> PartQuerySet:
    """Parts of the units this person works for, whatever else they may read."""
    return Part.objects.filter(unit_id__in=request.user.access.held_unit_ids)


def _state(part: Part) -> PartState:
    part.refresh_from_db(fields=["state"])
    return PartState(part.state)


def _for_list(parts: PartQuerySet, *, at: datetime) -> PartQuerySet:
    """With `is_reopened` where a closed report, or this task of it, is open again."""
    order = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(FIRST)),
        default=Value(len(FIRST)),
        output_field=IntegerField(),
    )
    answers = Prefetch("answers", queryset=PartAnswer.objects.select_related("answered_by").order_by("pk"))
    sent = Prefetch("entry__submissions", queryset=Submission.objects.order_by("-number"))
    rows = parts.select_related("unit", "entry__task", "entry__duty__unit", "entry__duty__period")
    again = Reopening.objects.open(at).filter(
        Q(task=None) | Q(task=OuterRef("entry__task")), duty=OuterRef("entry__duty")
    )
    return rows.annotate(is_reopened=Exists(again)).prefetch_related(answers, sent).order_by(order, "due_at", "pk")


def _row(part: Part) -> dict[str, Any]:
    state = PartState(part.state)
    is_open = part.entry.duty.period.closed_at is None or part.is_reopened  # type: ignore[attr-defined]
    takes = {PartAct.CONFIRM, PartAct.AMEND, PartAct.WITHDRAW} if is_open else {PartAct.WITHDRAW}
    if is_open and part.entry.status != EntryStatus.ACCEPTED:
        takes.add(PartAct.DISPUTE)  # nobody disputes what was accepted
    return {
        "part": part,
        "sent": part.entry.submissions.all()[0],
        "acts": [act for act in PartAct if act in takes and can_move(state, act)],
        "is_waiting": is_open and state in (PartState.ASKED, PartState.SILENT),
    }
