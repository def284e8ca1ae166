"""What units propose: the form, filled with what the task says now; the list; one proposal with its acts (R025)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.oversight.actions import amending_proposals as actions
from tiendo.oversight.amendment_permissions import can_propose_for, can_write_proposal, proposal_parties
from tiendo.oversight.amendment_queries import (
    find_open_amendment,
    proposal_rows,
    proposals_for_list,
    proposing_units,
    said_now,
)
from tiendo.oversight.amendment_wants import Change, find_fault
from tiendo.oversight.amendment_workflow import PROPOSAL_WORDS, ProposalAct, ProposalState, proposal_acts
from tiendo.oversight.models import Proposal
from tiendo.plans.comparisons import names_for
from tiendo.plans.models import Plan, Task
from tiendo.plans.queries import openable
from tiendo.plans.storage import read_file
from tiendo.ui.stamps import carried
from tiendo.web.oversight.amendment_acting import act_and_return, asked_kind, try_act, upload_of
from tiendo.web.oversight.amendment_forms import KIND_WORDS, AnswerForm, WishForm
from tiendo.web.plans.views.differences import difference_words
from tiendo.web.requests import SignedInRequest

PAGE = 25


@require_GET
def proposal_list(request: SignedInRequest) -> HttpResponse:
    """Proposals this person may see, those of one state when asked; newest first."""
    seen = Proposal.objects.visible_to(request.user)
    state = request.GET.get("trang-thai", "")
    rows = seen.filter(state=state) if state in set(ProposalState) else seen
    page = Paginator(proposals_for_list(rows), PAGE).get_page(request.GET.get("page"))
    states = [("", _("Tất cả"))] + [(each.value, _(PROPOSAL_WORDS[each])) for each in ProposalState]
    tabs = [(capfirst(words), f"?trang-thai={code}" if code else "?", code == state) for code, words in states]
    return render(request, "web/oversight/proposal_list.html", {"page": page, "tabs": tabs})


@require_http_methods(["GET", "POST"])
def proposal_add(request: SignedInRequest, code: str) -> HttpResponse:
    """A task that the plan does not have yet."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("owner"), code=code)
    return _write(request, plan, Change.ADD, None)


@require_http_methods(["GET", "POST"])
def proposal_change(request: SignedInRequest, code: str) -> HttpResponse:
    """Something else of a task; which kind of change is asked first."""
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("plan__owner"), code=code)
    require(can_propose_for(request.user, task))
    kind = asked_kind(request)
    if kind not in set(Change) - {Change.ADD}:
        kinds = [(each.value, KIND_WORDS[each]) for each in Change if each != Change.ADD]
        return render(request, "web/oversight/proposal_kind.html", {"task": task, "kinds": kinds})
    return _write(request, task.plan, Change(kind), task)


@require_GET
def proposal_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is asked field by field, why, by whom, what became of it, and the acts open to this reader."""
    proposal = _proposal(request, pk)
    acts = proposal_acts(ProposalState(proposal.state), proposal_parties(request.user, proposal))
    names = names_for(proposal.plan)
    context = {
        "proposal": proposal,
        "row": proposal_rows([proposal], names)[0],
        "state": _(PROPOSAL_WORDS[ProposalState(proposal.state)]),
        "kind": KIND_WORDS[Change(proposal.kind)],
        "acts": {act.value for act in acts},
        "fault": find_fault(Change(proposal.kind), proposal.wanted, proposal.base),
        "draft": find_open_amendment(proposal.plan) if ProposalAct.TAKE in acts else None,
        "form": AnswerForm(),
        "sees_task": bool(proposal.task and openable(request.user, [proposal.task.code])),
        **difference_words(),
    }
    return render(request, "web/oversight/proposal_detail.html", context)


@require_http_methods(["GET", "POST"])
def proposal_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Word it anew; what was typed stands, the rest is as the task says now."""
    proposal = _proposal(request, pk)
    kind, now = Change(proposal.kind), said_now(proposal.task) if proposal.task else {}
    form = _form(request, proposal.plan, kind, dict(now) | proposal.wanted)
    form.now = now
    form.fields["reason"].initial = proposal.reason
    seen = carried(request.POST.get("seen"), proposal.stamp, fit=form.is_valid())
    if request.method == "POST" and form.is_valid():
        given = {"wanted": form.wanted, "reason": form.cleaned_data["reason"], **upload_of(form)}
        given["seen"] = request.POST.get("seen")
        if try_act(request, form, actions.edit_proposal, proposal=proposal, **given):
            return redirect("oversight:proposal-detail", pk=pk)
    context = {
        "form": form,
        "proposal": proposal,
        "seen": seen,
        "task": proposal.task,
        "plan": proposal.plan,
        "kind": KIND_WORDS[kind],
    }
    return render(request, "web/oversight/proposal_write.html", context)


@require_GET
def proposal_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The unit's letter."""
    proposal = _proposal(request, pk)
    if proposal.file is None:
        raise Http404
    response = HttpResponse(read_file(proposal.file), content_type=proposal.file.media_type)
    name = f"de-nghi-sua-doi-{pk}.{proposal.file.extension}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_POST
def proposal_send(request: SignedInRequest, pk: int) -> HttpResponse:
    done = _("Đã ký gửi đề nghị đến cơ quan đầu mối.")
    return act_and_return(request, actions.send_proposal, done, *_to(pk), proposal=_proposal(request, pk))


@require_POST
def proposal_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    done = _("Đã rút đề nghị.")
    return act_and_return(request, actions.withdraw_proposal, done, *_to(pk), proposal=_proposal(request, pk))


@require_POST
def proposal_return(request: SignedInRequest, pk: int) -> HttpResponse:
    given = {"proposal": _proposal(request, pk), "answer": request.POST.get("answer", "")[:4000]}
    return act_and_return(request, actions.return_proposal, _("Đã trả lại đề nghị."), *_to(pk), **given)


@require_POST
def proposal_refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    given = {"proposal": _proposal(request, pk), "answer": request.POST.get("answer", "")[:4000]}
    return act_and_return(request, actions.refuse_proposal, _("Đã trả lời không nhận đề nghị."), *_to(pk), **given)


def _write(request: SignedInRequest, plan: Plan, kind: Change, task: Task | None) -> HttpResponse:
    units = proposing_units(request.user, timezone.localdate())
    unit = next((each for each in units if can_write_proposal(request.user, plan, each, kind, task)), None)
    if unit is None:
        require(can_write_proposal(request.user, plan, units[0] if units else plan.owner, kind, task))
    assert unit is not None
    form = _form(request, plan, kind, said_now(task) if task else {})
    if request.method == "POST" and form.is_valid():
        given = {"plan": plan, "unit": unit, "kind": kind, "task": task, "wanted": form.wanted}
        given |= {"reason": form.cleaned_data["reason"], **upload_of(form)}
        if made := try_act(request, form, actions.write_proposal, **given):
            messages.success(request, _("Đã ghi đề nghị; thủ trưởng đơn vị ký gửi thì mới rời đơn vị."))
            return redirect("oversight:proposal-detail", pk=made.pk)
    context = {"form": form, "plan": plan, "task": task, "unit": unit, "kind": KIND_WORDS[kind]}
    return render(request, "web/oversight/proposal_write.html", context)


def _form(request: SignedInRequest, plan: Plan, kind: Change, now: dict[str, Any]) -> WishForm:
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    return WishForm(*typed, kind=kind, plan=plan, on=timezone.localdate(), now=now, with_file=True)


def _proposal(request: SignedInRequest, pk: int) -> Proposal:
    seen = proposals_for_list(Proposal.objects.visible_to(request.user)).select_related("plan__owner", "file")
    return get_object_or_404(seen.select_related("answered_by"), pk=pk)


def _to(pk: int) -> tuple[str, int]:
    return "oversight:proposal-detail", pk
