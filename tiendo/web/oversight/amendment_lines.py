"""The coordinator's hand in a draft: proposals taken up, lines written, settled and taken out."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.oversight.actions import amending_drafts as actions
from tiendo.oversight.amendment_permissions import can_move_amendment
from tiendo.oversight.amendment_queries import said_now
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.amendment_workflow import AmendmentAct
from tiendo.oversight.models import Amendment, AmendmentLine, Proposal
from tiendo.plans.models import Task
from tiendo.ui.stamps import carried
from tiendo.ui.typed import whole_number
from tiendo.web.oversight.amendment_acting import act_and_return, asked_kind, try_act
from tiendo.web.oversight.amendment_forms import KIND_WORDS, WishForm
from tiendo.web.requests import SignedInRequest


@require_POST
def proposal_take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Into the draft that stands open in its plan."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    seen = Amendment.objects.visible_to(request.user).filter(plan=proposal.plan_id)
    amendment = get_object_or_404(seen, pk=_number(request, "amendment"))
    into = AmendmentLine.objects.filter(pk=_number(request, "into"), amendment=amendment).first()
    given = {"amendment": amendment, "proposal": proposal, "into": into}
    to = ("oversight:amendment-detail", amendment.pk)
    return act_and_return(request, actions.take_proposal, _("Đã đưa đề nghị vào dự thảo."), *to, **given)


@require_http_methods(["GET", "POST"])
def line_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """A change of the coordinator's own: first which task and which kind, then what."""
    amendment = get_object_or_404(_drafts(request), pk=pk)
    require(can_move_amendment(request.user, amendment, AmendmentAct.EDIT))
    kind, code = asked_kind(request), request.GET.get("nhiem-vu", "")
    task = Task.objects.filter(plan=amendment.plan, code=code).first()
    if kind not in set(Change) or (task is None) != (kind == Change.ADD):
        return render(request, "web/oversight/line_kind.html", _choices(amendment, kind, code))
    return _write(request, amendment, Change(kind), task)


@require_http_methods(["GET", "POST"])
def line_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Word a line anew, over what the task says now."""
    line = _line(request, pk)
    require(can_move_amendment(request.user, line.amendment, AmendmentAct.EDIT))
    kind, now = Change(line.kind), said_now(line.task) if line.task else {}
    form = _form(request, line.amendment, kind, dict(now) | line.wanted)
    form.now = now
    form.fields["reason"].initial = line.reason
    seen = carried(request.POST.get("seen"), line.stamp, fit=form.is_valid())
    if request.method == "POST" and form.is_valid():
        given = {"wanted": form.wanted, "reason": form.cleaned_data["reason"], "seen": request.POST.get("seen")}
        if try_act(request, form, actions.edit_line, line=line, **given):
            return redirect("oversight:amendment-detail", pk=line.amendment_id)
    context = {"form": form, "amendment": line.amendment, "task": line.task, "kind": KIND_WORDS[kind], "line": line}
    context["seen"] = seen
    return render(request, "web/oversight/line_write.html", context)


@require_POST
def line_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    line = _line(request, pk)
    to = ("oversight:amendment-detail", line.amendment_id)
    return act_and_return(request, actions.confirm_line, _("Đã xác nhận giữ dòng này."), *to, line=line)


@require_POST
def line_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    line = _line(request, pk)
    to = ("oversight:amendment-detail", line.amendment_id)
    return act_and_return(request, actions.remove_line, _("Đã bỏ dòng; đề nghị trở lại danh sách chờ."), *to, line=line)


def _number(request: SignedInRequest, name: str) -> int:
    """What the form names; 0, which nothing has, for anything but a number."""
    return whole_number(request.POST.get(name, "")) or 0


def _write(request: SignedInRequest, amendment: Amendment, kind: Change, task: Task | None) -> HttpResponse:
    form = _form(request, amendment, kind, said_now(task) if task else {})
    if request.method == "POST" and form.is_valid():
        given = {"kind": kind, "task": task, "wanted": form.wanted, "reason": form.cleaned_data["reason"]}
        if try_act(request, form, actions.write_line, amendment=amendment, **given):
            return redirect("oversight:amendment-detail", pk=amendment.pk)
    context = {"form": form, "amendment": amendment, "task": task, "kind": KIND_WORDS[kind]}
    return render(request, "web/oversight/line_write.html", context)


def _choices(amendment: Amendment, kind: str, code: str) -> dict[str, Any]:
    tasks = Task.objects.filter(plan=amendment.plan).counted().order_by("position").values_list("code", "title")
    kinds = [(each.value, KIND_WORDS[each]) for each in Change]
    return {"amendment": amendment, "tasks": list(tasks), "kinds": kinds, "kind": kind, "code": code}


def _form(request: SignedInRequest, amendment: Amendment, kind: Change, now: dict[str, Any]) -> WishForm:
    typed = (request.POST,) if request.method == "POST" else ()
    return WishForm(*typed, kind=kind, plan=amendment.plan, on=timezone.localdate(), now=now, with_file=False)


def _line(request: SignedInRequest, pk: int) -> AmendmentLine:
    lines = AmendmentLine.objects.filter(amendment__in=Amendment.objects.visible_to(request.user))
    return get_object_or_404(lines.select_related("amendment__plan__owner", "task"), pk=pk)


def _drafts(request: SignedInRequest) -> Any:
    return Amendment.objects.visible_to(request.user).select_related("plan__owner")
