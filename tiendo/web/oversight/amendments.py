"""Drafts that join proposals: consolidated on one page, decided on one screen, and read afterwards (R025, R026)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.oversight.actions import amending, amending_drafts
from tiendo.oversight.amendment_conflicts import TROUBLE_WORDS, confirmable
from tiendo.oversight.amendment_permissions import (
    can_draft_amendment,
    can_move_amendment,
    steering_parties,
)
from tiendo.oversight.amendment_queries import (
    LineRow,
    amendments_for_list,
    extensions_of,
    find_open_amendment,
    line_rows,
    open_plans,
    proposal_rows,
    waiting_proposals,
)
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.amendment_workflow import (
    AMENDMENT_WORDS,
    AmendmentAct,
    AmendmentState,
    amendment_acts,
)
from tiendo.oversight.models import Amendment, Proposal
from tiendo.plans.comparisons import names_for
from tiendo.plans.models import Plan, PlanVersion, Task
from tiendo.ui.stamps import carried
from tiendo.web.oversight.amendment_acting import act_and_return, try_act, upload_of
from tiendo.web.oversight.amendment_forms import KIND_WORDS, AmendmentForm, AnswerForm, DecisionForm
from tiendo.web.plans.views.differences import difference_words
from tiendo.web.requests import SignedInRequest

PAGE = 25


@require_GET
def amendment_list(request: SignedInRequest) -> HttpResponse:
    """Drafts and decided amendments this person may see, the plans in which they may begin one, what waits."""
    amendments = amendments_for_list(Amendment.objects.visible_to(request.user))
    plans = Plan.objects.visible_to(request.user).select_related("owner")
    mine = [plan for plan in plans if can_draft_amendment(request.user, plan)]
    busy = open_plans()
    context = {
        "page": Paginator(amendments, PAGE).get_page(request.GET.get("page")),
        "words": {each.value: _(AMENDMENT_WORDS[each]) for each in AmendmentState},
        "startable": [plan for plan in mine if plan.pk not in busy],
        "plans": plans if request.user.access.held_unit_ids else [],
        "waiting": Proposal.objects.visible_to(request.user).filter(state=Proposal.State.SENT).count(),
    }
    return render(request, "web/oversight/amendment_list.html", context)


@require_http_methods(["GET", "POST"])
def amendment_start(request: SignedInRequest, code: str) -> HttpResponse:
    """Begin the draft of a plan; where one is open, that one."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("owner"), code=code)
    require(can_draft_amendment(request.user, plan))
    if request.method == "GET" and (standing := find_open_amendment(plan)):
        return redirect("oversight:amendment-detail", pk=standing.pk)
    form = AmendmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"plan": plan, **form.cleaned_data}
        if made := try_act(request, form, amending_drafts.start_amendment, **given):
            return redirect("oversight:amendment-detail", pk=made.pk)
    return render(request, "web/oversight/amendment_start.html", {"form": form, "plan": plan})


@require_GET
def amendment_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft line by line with who asked and what is to settle; beside it what waits, or how to decide."""
    return _page(request, _amendment(request, pk))


@require_http_methods(["GET", "POST"])
def amendment_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    amendment = _amendment(request, pk)
    require(can_move_amendment(request.user, amendment, AmendmentAct.EDIT))
    form = AmendmentForm(request.POST or None, initial={"title": amendment.title, "summary": amendment.summary})
    seen = carried(request.POST.get("seen"), amendment.stamp, fit=form.is_valid())
    if request.method == "POST" and form.is_valid():
        given = {"amendment": amendment, "seen": request.POST.get("seen"), **form.cleaned_data}
        done = try_act(request, form, amending_drafts.edit_amendment, **given)
        if done is not None:
            return redirect("oversight:amendment-detail", pk=pk)
    context = {"form": form, "plan": amendment.plan, "amendment": amendment, "seen": seen}
    return render(request, "web/oversight/amendment_start.html", context)


@require_POST
def amendment_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    given = {"amendment": _amendment(request, pk)}
    return act_and_return(request, amending_drafts.submit_amendment, _("Đã trình dự thảo."), *_to(pk), **given)


@require_POST
def amendment_return(request: SignedInRequest, pk: int) -> HttpResponse:
    given = {"amendment": _amendment(request, pk), "answer": request.POST.get("answer", "")[:4000]}
    return act_and_return(request, amending.return_amendment, _("Đã trả lại dự thảo."), *_to(pk), **given)


@require_POST
def amendment_refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    given = {"amendment": _amendment(request, pk), "answer": request.POST.get("answer", "")[:4000]}
    return act_and_return(request, amending.refuse_amendment, _("Đã trả lời không chấp thuận."), *_to(pk), **given)


@require_POST
def amendment_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """The numbered decision; refused with a sentence, what was typed stays."""
    amendment = _amendment(request, pk)
    require(can_move_amendment(request.user, amendment, AmendmentAct.DECIDE))
    form = DecisionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, amendment, form)
    names = ("number", "issued_on", "in_force_from", "answer")
    given = {name: form.cleaned_data[name] for name in names} | upload_of(form)
    done = try_act(request, form, amending.decide_amendment, amendment=amendment, **given)
    if done is None:
        return _page(request, amendment, form)
    in_force = done.state == AmendmentState.IN_FORCE
    messages.success(
        request,
        _("Đã quyết định; kế hoạch có phiên bản mới.")
        if in_force
        else _("Đã quyết định; kế hoạch đổi đúng ngày có hiệu lực."),
    )
    return redirect("oversight:amendment-detail", pk=pk)


def _page(request: SignedInRequest, amendment: Amendment, form: DecisionForm | None = None) -> HttpResponse:
    state = AmendmentState(amendment.state)
    acts = amendment_acts(state, steering_parties(request.user, amendment.plan))
    acts -= {AmendmentAct.BRING_INTO_FORCE}
    own = amendment.submitted_by_id == request.user.pk
    if own:
        acts -= {AmendmentAct.DECIDE}
    settled = state in (AmendmentState.DECIDED, AmendmentState.IN_FORCE, AmendmentState.REFUSED)
    rows = line_rows(amendment, settled=settled)
    today = timezone.localdate()
    context = {
        "amendment": amendment,
        "state": _(AMENDMENT_WORDS[state]),
        "rows": [_shown(row) for row in rows],
        "seen_tasks": _seen_tasks(rows, request.user),
        "extended": {} if settled else _extended(rows),
        "conflicts": sum(bool(row.conflicts) for row in rows),
        "acts": {act.value for act in acts},
        "own": own and state == AmendmentState.SUBMITTED,
        "form": form or DecisionForm(initial={"issued_on": today, "in_force_from": today}),
        "answer": AnswerForm(),
        "sees_proposals": request.user.access.reads_everything or bool(acts),
        "waiting": _waiting(amendment) if AmendmentAct.EDIT in acts else [],
        "before": _before(amendment),
        **difference_words(),
    }
    return render(request, "web/oversight/amendment_detail.html", context, status=422 if form else 200)


def _seen_tasks(rows: list[LineRow], user: User) -> set[str]:
    """Codes of those tasks whose page the reader may open."""
    named = [row.line.task_id for row in rows if row.line.task_id]
    return set(Task.objects.visible_to(user).filter(pk__in=named).values_list("code", flat=True))


def _extended(rows: list[LineRow]) -> dict[int, int]:
    """Of each task whose deadline is to move, how often it was moved to a later day before."""
    return extensions_of([row.line.task for row in rows if row.line.kind == "extend" and row.line.task])


def _shown(row: Any) -> dict[str, Any]:
    """A line with its words; of each conflict, what the task says now."""
    return {
        "line": row.line,
        "kind": KIND_WORDS[Change(row.line.kind)],
        "title": row.line.task.title if row.line.task else row.line.wanted.get("title", ""),
        "changes": row.changes,
        "proposals": row.proposals,
        "conflicts": [(each, _(TROUBLE_WORDS[each.trouble])) for each in row.conflicts],
        "confirmable": bool(row.conflicts) and all(map(confirmable, row.conflicts)),
    }


def _waiting(amendment: Amendment) -> list[dict[str, Any]]:
    rows = proposal_rows(waiting_proposals(amendment.plan), names_for(amendment.plan))
    return [
        {"proposal": row.proposal, "changes": row.changes, "kind": KIND_WORDS[Change(row.proposal.kind)]}
        for row in rows
    ]


def _before(amendment: Amendment) -> PlanVersion | None:
    """The version that the one it made took the place of."""
    if amendment.version is None:
        return None
    return amendment.plan.versions.filter(number__lt=amendment.version.number).latest("number")


def _amendment(request: SignedInRequest, pk: int) -> Amendment:
    seen = amendments_for_list(Amendment.objects.visible_to(request.user))
    return get_object_or_404(seen.select_related("base"), pk=pk)


def _to(pk: int) -> tuple[str, int]:
    return "oversight:amendment-detail", pk
