"""Every state, every act, everybody: what the tables allow is done, all else is refused and leaves nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, TODAY, World, make_plan, make_task, make_user
from tests.factories.amending import LATER
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.oversight.actions import amending, amending_drafts, amending_proposals
from tiendo.oversight.amendment_permissions import proposal_parties, steering_parties
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.amendment_workflow import (
    AMENDMENT_ACT_WORDS,
    AMENDMENT_MOVES,
    AMENDMENT_WORDS,
    PROPOSAL_ACT_WORDS,
    PROPOSAL_MOVES,
    PROPOSAL_WORDS,
    AmendmentAct,
    AmendmentState,
    IllegalMove,
    Party,
    ProposalAct,
    ProposalState,
    amendment_acts,
    proposal_acts,
)
from tiendo.oversight.models import Amendment, AmendmentLine, Proposal
from tiendo.plans.models import Plan, Task

PERSONS = ("officer", "head", "coordinator", "decision_maker", "finance", "inspector", "administrator", "other_unit")
Done = Callable[..., Any]

PROPOSAL_DOINGS: dict[ProposalAct, Done] = {
    ProposalAct.WRITE: lambda p, by: amending_proposals.edit_proposal(
        proposal=p, wanted={"due": LATER}, reason="Rõ hơn", by=by, at=NOON
    ),
    ProposalAct.SEND: lambda p, by: amending_proposals.send_proposal(proposal=p, by=by, at=NOON),
    ProposalAct.WITHDRAW: lambda p, by: amending_proposals.withdraw_proposal(proposal=p, by=by, at=NOON),
    ProposalAct.RETURN: lambda p, by: amending_proposals.return_proposal(proposal=p, answer="Thiếu", by=by, at=NOON),
    ProposalAct.REFUSE: lambda p, by: amending_proposals.refuse_proposal(proposal=p, answer="Không", by=by, at=NOON),
    ProposalAct.TAKE: lambda p, by: amending_drafts.take_proposal(
        amendment=Amendment.objects.get(), proposal=p, by=by, at=NOON
    ),
}
AMENDMENT_DOINGS: dict[AmendmentAct, Done] = {
    AmendmentAct.EDIT: lambda a, by: amending_drafts.edit_amendment(
        amendment=a, title="Sửa đổi", summary="", by=by, at=NOON
    ),
    AmendmentAct.SUBMIT: lambda a, by: amending_drafts.submit_amendment(amendment=a, by=by, at=NOON),
    AmendmentAct.RETURN: lambda a, by: amending.return_amendment(amendment=a, answer="Thiếu", by=by, at=NOON),
    AmendmentAct.DECIDE: lambda a, by: amending.decide_amendment(
        amendment=a,
        number="1/QĐ",
        issued_on=TODAY,
        in_force_from=TODAY + timedelta(days=9),
        by=by,
        at=NOON,
    ),
    AmendmentAct.REFUSE: lambda a, by: amending.refuse_amendment(amendment=a, answer="Không", by=by, at=NOON),
}


def proposal_in(state: ProposalState, task: Task, world: World) -> Proposal:
    """A proposal of unit A as it is in the state, with an open draft beside it; put there by hand."""
    Amendment.objects.create(
        plan=task.plan, title="Dự thảo", base=task.plan.version, drafted_by=world.chi, drafted_at=NOON
    )
    return Proposal.objects.create(
        plan=task.plan,
        unit=world.unit_a,
        kind=Change.EXTEND.value,
        task=task,
        wanted={"due": LATER},
        base={"due": {"raw": None, "kind": "moment", "on": "2026-12-31"}},
        reason="Chậm",
        state=state.value,
        written_by=world.an,
        written_at=NOON,
        sent_at=NOON,
    )


def amendment_in(state: AmendmentState, task: Task, world: World) -> Amendment:
    """A draft of one line as it is in the state."""
    decided: dict[str, Any] = {}
    if state in (AmendmentState.DECIDED, AmendmentState.IN_FORCE):
        start = TODAY + timedelta(days=9)
        decided = {"document": task.plan.version.document, "in_force_from": start, "decided_by": world.decision_maker}
    version = {"version": task.plan.version} if state == AmendmentState.IN_FORCE else {}
    amendment = Amendment.objects.create(
        plan=task.plan,
        title="Dự thảo",
        base=task.plan.version,
        state=state.value,
        drafted_by=world.chi,
        drafted_at=NOON,
        submitted_by=world.chi,
        **decided,
        **version,
    )
    base = {"due": {"raw": None, "kind": "moment", "on": "2026-12-31"}}
    AmendmentLine.objects.create(
        amendment=amendment, kind="extend", task=task, wanted={"due": LATER}, base=base, reason="Chậm", position=1
    )
    return amendment


def left() -> tuple[int, int, int]:
    return Event.objects.count(), Notice.objects.count(), Task.objects.filter(due_on="2026-12-31").count()


def act_as(doing: Done, thing: Any, user: User, allowed: bool) -> None:
    """Done where allowed; otherwise refused, and nothing is written, recorded or told."""
    before = left(), type(thing).objects.values().get(pk=thing.pk)
    if allowed:
        doing(thing, user)
        assert Event.objects.count() > before[0][0]
        return
    with pytest.raises((PermissionDenied, IllegalMove)):
        doing(thing, user)
    assert (left(), type(thing).objects.values().get(pk=thing.pk)) == before


@pytest.mark.parametrize("act", PROPOSAL_DOINGS)
@pytest.mark.parametrize("state", ProposalState)
def test_a_proposal_moves_as_its_table_says(world: World, task: Task, state: ProposalState, act: ProposalAct) -> None:
    proposal = proposal_in(state, task, world)
    for name in PERSONS:
        Proposal.objects.filter(pk=proposal.pk).update(state=state.value, line=None)
        user = world.people[name]
        move = PROPOSAL_MOVES.get((state, act))
        allowed = move is not None and bool(move.by & proposal_parties(user, proposal))
        act_as(PROPOSAL_DOINGS[act], proposal, user, allowed)
        proposal.refresh_from_db()
        assert proposal.state == (move.to if move and allowed else state)


@pytest.mark.parametrize("act", AMENDMENT_DOINGS)
@pytest.mark.parametrize("state", AmendmentState)
def test_a_draft_moves_as_its_table_says(world: World, task: Task, state: AmendmentState, act: AmendmentAct) -> None:
    amendment = amendment_in(state, task, world)
    for name in PERSONS:
        Amendment.objects.filter(pk=amendment.pk).update(state=state.value)
        user = world.people[name]
        move = AMENDMENT_MOVES.get((state, act))
        allowed = move is not None and bool(move.by & steering_parties(user, task.plan))
        act_as(AMENDMENT_DOINGS[act], amendment, user, allowed)
        amendment.refresh_from_db()
        assert amendment.state == (move.to if move and allowed else state)


@pytest.mark.parametrize("state", AmendmentState)
def test_only_what_is_decided_comes_into_force_and_only_on_its_day(
    world: World, task: Task, state: AmendmentState
) -> None:
    amendment = amendment_in(state, task, world)
    assert amending.bring_into_force(at=NOON + timedelta(days=8)) == []
    brought = amending.bring_into_force(at=NOON + timedelta(days=9))
    assert brought == ([amendment] if state == AmendmentState.DECIDED else [])
    assert task.plan.version.number == (2 if brought else 1)


EXPECTED: dict[str, set[Party]] = {
    "officer": set(),
    "head": set(),
    "coordinator": {Party.COORDINATOR},
    "decision_maker": {Party.DECISION_MAKER},
    "finance": set(),
    "inspector": set(),
    "administrator": set(),
    "other_unit": set(),
}


def test_in_the_plan_of_the_province_the_coordinator_joins_and_the_decision_maker_decides(
    world: World, plan: Plan
) -> None:
    assert {name: set(steering_parties(world.people[name], plan)) for name in EXPECTED} == EXPECTED


@pytest.mark.parametrize("kind", ["department", "commune", "party"])
def test_in_a_unit_s_own_plan_its_officers_join_and_its_head_decides(world: World, plan: Plan, kind: str) -> None:
    """Under the plan of the province or not; nobody else has a part in it."""
    world.unit_a.kind = kind
    world.unit_a.save()
    own = make_plan(world.unit_a, code="kh-a")
    own.under = plan
    own.save()
    mine = {"officer": {Party.COORDINATOR}, "head": {Party.DECISION_MAKER}}
    expected = {name: mine.get(name, set()) for name in EXPECTED}
    assert {name: set(steering_parties(world.people[name], own)) for name in EXPECTED} == expected


@pytest.mark.parametrize("act", AMENDMENT_DOINGS)
@pytest.mark.parametrize("state", AmendmentState)
def test_a_unit_s_own_draft_moves_by_the_same_table(world: World, state: AmendmentState, act: AmendmentAct) -> None:
    own = make_plan(world.unit_a, code="kh-a")
    task = make_task(own, by=world.chi, lead=world.unit_a)
    amendment = amendment_in(state, task, world)
    for name in PERSONS:
        Amendment.objects.filter(pk=amendment.pk).update(state=state.value, submitted_by=world.chi)
        move = AMENDMENT_MOVES.get((state, act))
        allowed = move is not None and bool(move.by & steering_parties(world.people[name], own))
        act_as(AMENDMENT_DOINGS[act], amendment, world.people[name], allowed)


def test_every_state_and_act_has_its_words() -> None:
    assert set(PROPOSAL_WORDS) == set(ProposalState)
    assert set(AMENDMENT_WORDS) == set(AmendmentState)
    assert set(PROPOSAL_ACT_WORDS) == set(ProposalAct)
    assert set(AMENDMENT_ACT_WORDS) == set(AmendmentAct)
    assert {each.value for each in ProposalState} == set(Proposal.State.values)
    assert {each.value for each in AmendmentState} == set(Amendment.State.values)


def test_every_state_can_be_reached_and_ends() -> None:
    assert {move.to for move in PROPOSAL_MOVES.values()} | {ProposalState.DRAFT} == set(ProposalState)
    assert {move.to for move in AMENDMENT_MOVES.values()} | {AmendmentState.DRAFT} == set(AmendmentState)
    for ended in (ProposalState.DECIDED, ProposalState.REFUSED, ProposalState.WITHDRAWN):
        assert proposal_acts(ended, frozenset(Party)) == frozenset()
    for over in (AmendmentState.IN_FORCE, AmendmentState.REFUSED):
        assert amendment_acts(over, frozenset(Party)) == frozenset()


def test_a_head_named_by_paper_signs_as_the_head(world: World, task: Task) -> None:
    proposal = proposal_in(ProposalState.DRAFT, task, world)
    deputy = make_user("pho", world.unit_a, Role.HEAD, title="Phó giám đốc")
    assert amending_proposals.send_proposal(proposal=proposal, by=deputy, at=NOON).sent_by == deputy
