"""A unit asks that the plan be changed; its head signs; the coordinator sends it back or refuses it (R025)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.oversight.actions.amending_files import keep_letter
from tiendo.oversight.amendment_permissions import can_move_proposal, can_write_proposal
from tiendo.oversight.amendment_queries import said_now
from tiendo.oversight.amendment_telling import tell_proposal
from tiendo.oversight.amendment_wants import Change, base_of, changed_only, find_fault
from tiendo.oversight.amendment_workflow import IllegalMove, ProposalAct, ProposalState, proposal_move
from tiendo.oversight.models import Proposal
from tiendo.plans.models import Plan, Task
from tiendo.ui.stamps import CHANGED, is_older


@transaction.atomic
def write_proposal(
    *,
    plan: Plan,
    unit: Unit,
    kind: Change,
    wanted: Mapping[str, Any],
    reason: str,
    by: User,
    at: datetime,
    task: Task | None = None,
    data: bytes = b"",
    name: str = "",
) -> Proposal:
    """Begin a proposal; of what was typed only what differs from the task now is kept. Raises RefusedFile."""
    if (task is None) != (kind == Change.ADD):
        raise ValueError("a task is named unless one is to be added")
    require(can_write_proposal(by, plan, unit, kind, task))
    proposal = Proposal(plan=plan, unit=unit, kind=kind.value, task=task, written_by=by, written_at=at)
    _say(proposal, wanted, reason, data=data, name=name, at=at)
    proposal.save()
    _record("write", proposal, by, at)
    return proposal


@transaction.atomic
def edit_proposal(
    *,
    proposal: Proposal,
    wanted: Mapping[str, Any],
    reason: str,
    by: User,
    at: datetime,
    data: bytes = b"",
    name: str = "",
    seen: str | None = None,
) -> Proposal:
    """Word it anew before it is sent, or after it came back; compared with what the task says now. `seen` is the stamp
    of what the page showed. Raises RefusedFile, IllegalMove for an older page."""
    proposal = locked_proposal(proposal)
    require(can_move_proposal(by, proposal, ProposalAct.WRITE))
    if is_older(seen, proposal.stamp):
        raise IllegalMove(_(CHANGED))
    _say(proposal, wanted, reason, data=data, name=name, at=at)
    proposal.save(update_fields=["wanted", "base", "reason", "file"])
    _record("write", proposal, by, at)
    return proposal


@transaction.atomic
def send_proposal(*, proposal: Proposal, by: User, at: datetime) -> Proposal:
    """The head signs: it leaves the unit, and stands as it was written from then on."""
    proposal = locked_proposal(proposal)
    require(can_move_proposal(by, proposal, ProposalAct.SEND))
    require(can_write_proposal(by, proposal.plan, proposal.unit, Change(proposal.kind), proposal.task))
    if not proposal.reason.strip():
        raise IllegalMove(_("Hãy ghi lý do đề nghị sửa đổi."))
    if fault := find_fault(Change(proposal.kind), proposal.wanted, proposal.base):
        raise IllegalMove(_(fault))
    proposal.sent_by, proposal.sent_at = by, at
    return move_proposal(proposal, ProposalAct.SEND, by=by, at=at)


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, by: User, at: datetime) -> Proposal:
    """The unit no longer asks for it; what was sent only its head takes back."""
    proposal = locked_proposal(proposal)
    require(can_move_proposal(by, proposal, ProposalAct.WITHDRAW))
    was_sent = proposal.state == ProposalState.SENT
    return move_proposal(proposal, ProposalAct.WITHDRAW, by=by, at=at, tell=was_sent)


@transaction.atomic
def return_proposal(*, proposal: Proposal, answer: str, by: User, at: datetime) -> Proposal:
    """The coordinator asks the unit to complete it, and says what is lacking."""
    proposal = locked_proposal(proposal)
    require(can_move_proposal(by, proposal, ProposalAct.RETURN))
    return _answer(proposal, ProposalAct.RETURN, answer, by=by, at=at)


@transaction.atomic
def refuse_proposal(*, proposal: Proposal, answer: str, by: User, at: datetime) -> Proposal:
    """The coordinator does not take it up, and says why."""
    proposal = locked_proposal(proposal)
    require(can_move_proposal(by, proposal, ProposalAct.REFUSE))
    return _answer(proposal, ProposalAct.REFUSE, answer, by=by, at=at)


def locked_proposal(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("plan__owner", "unit", "task").get(pk=proposal.pk)


def move_proposal(
    proposal: Proposal, act: ProposalAct, *, by: User, at: datetime, tell: bool = True, **detail: object
) -> Proposal:
    """Along the table, kept and recorded; the caller has locked it and asked who may."""
    proposal.state = proposal_move(ProposalState(proposal.state), act).to.value
    proposal.save()
    _record(act.value, proposal, by, at, **detail)
    if tell:
        tell_proposal(proposal, act, by=by, at=at)
    return proposal


def _answer(proposal: Proposal, act: ProposalAct, answer: str, *, by: User, at: datetime) -> Proposal:
    if not answer.strip():
        require(no(_("Hãy ghi lý do để đơn vị biết.")))
    proposal.answer, proposal.answered_by, proposal.answered_at = answer.strip(), by, at
    return move_proposal(proposal, act, by=by, at=at, answer=proposal.answer)


def _say(proposal: Proposal, wanted: Mapping[str, Any], reason: str, *, data: bytes, name: str, at: datetime) -> None:
    kind, now = Change(proposal.kind), said_now(proposal.task) if proposal.task else {}
    proposal.wanted = changed_only(kind, wanted, now)
    proposal.base = base_of(kind, proposal.wanted, now)
    proposal.reason = reason.strip()
    if letter := keep_letter(data, name, at=at):
        proposal.file = letter


def _record(verb: str, proposal: Proposal, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"oversight.proposal.{verb}",
        subject=f"oversight.proposal:{proposal.pk}",
        actor=by.username,
        at=at,
        plan=proposal.plan.code,
        unit=proposal.unit.code,
        kind=proposal.kind,
        task=proposal.task.code if proposal.task else None,
        wanted=proposal.wanted,
        **detail,
    )
