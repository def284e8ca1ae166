"""Proposals and drafts on their way, by the very acts that make them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.factories.clock import NOON, TODAY
from tests.factories.people import World
from tiendo.oversight.actions import amending, amending_drafts, amending_proposals
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.models import Amendment, AmendmentLine, Proposal
from tiendo.plans.models import Plan, Task

LATER = {"raw": "30/06/2027", "kind": "moment", "on": "2027-06-30"}


def make_proposal(
    task: Task,
    world: World,
    *,
    kind: Change = Change.EXTEND,
    wanted: Mapping[str, Any] | None = None,
    sent: bool = True,
) -> Proposal:
    """Unit A asks for a later day of its task, or what is given; its head has signed."""
    proposal = amending_proposals.write_proposal(
        plan=task.plan,
        unit=world.unit_a,
        kind=kind,
        task=task,
        wanted=wanted if wanted is not None else {"due": LATER},
        reason="Thiết bị giao chậm",
        by=world.an,
        at=NOON,
    )
    return amending_proposals.send_proposal(proposal=proposal, by=world.binh, at=NOON) if sent else proposal


def make_amendment(plan: Plan, world: World, *proposals: Proposal) -> Amendment:
    """The coordinator's draft with the proposals in it."""
    amendment = amending_drafts.start_amendment(plan=plan, title="Sửa đổi lần 1", by=world.chi, at=NOON)
    for proposal in proposals:
        amending_drafts.take_proposal(amendment=amendment, proposal=proposal, by=world.chi, at=NOON)
    return amendment


def make_line(amendment: Amendment, world: World, kind: Change, task: Task | None, **wanted: Any) -> AmendmentLine:
    """A change the coordinator puts forward."""
    given = {"kind": kind, "task": task, "wanted": wanted, "reason": "Rà soát", "by": world.chi, "at": NOON}
    return amending_drafts.write_line(amendment=amendment, **given)


def submit(amendment: Amendment, world: World) -> Amendment:
    return amending_drafts.submit_amendment(amendment=amendment, by=world.chi, at=NOON)


def decide(amendment: Amendment, world: World, *, start: date = TODAY) -> Amendment:
    """The chairman decides by a paper of today; in force from `start`."""
    return amending.decide_amendment(
        amendment=amendment,
        number="123/QĐ-UBND",
        issued_on=TODAY,
        in_force_from=start,
        by=world.decision_maker,
        at=NOON,
    )
