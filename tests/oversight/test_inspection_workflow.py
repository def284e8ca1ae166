"""Inspections: from every state, every act, as every party and every role; what is not in the table changes nothing."""

from collections.abc import Callable
from datetime import datetime
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.models import model_to_dict

from tests.factories import NOON, TODAY, World
from tests.factories.inspecting import make_checkpoint, make_finding, make_inspection
from tests.oversight.seeing import seen, some_key
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.oversight.actions import finding as writing
from tiendo.oversight.actions import inspecting
from tiendo.oversight.inspection_workflow import (
    ACT_WORDS,
    MOVES,
    PARTY_WORDS,
    STATE_WORDS,
    Act,
    IllegalMove,
    State,
    may,
)
from tiendo.oversight.models import CheckPoint, Finding, FollowUp, Inspection, TeamMember
from tiendo.plans.models import Plan

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": TODAY, "ends_on": TODAY}
Do = Callable[[World, Inspection, User, datetime], object]

ACTS: dict[Act, Do] = {
    Act.CHANGE: lambda w, i, by, at: inspecting.change_inspection(
        inspection=i, title="Tên mới", scope="Nội dung", tasks=[], by=by, at=at, **DAYS
    ),
    Act.NAME_TEAM: lambda w, i, by, at: inspecting.name_team(
        inspection=i, user=w.finance, is_leader=False, by=by, at=at
    ),
    Act.ANNOUNCE: lambda w, i, by, at: inspecting.announce_inspection(inspection=i, decision="3/QĐ", by=by, at=at),
    Act.BEGIN: lambda w, i, by, at: inspecting.begin_inspection(inspection=i, by=by, at=at),
    Act.CANCEL: lambda w, i, by, at: inspecting.cancel_inspection(inspection=i, reason="Trùng", by=by, at=at),
    Act.LIST: lambda w, i, by, at: writing.write_checklist(inspection=i, lines=["Mục mới"], by=by, at=at),
    Act.ANSWER: lambda w, i, by, at: writing.answer_checklist(
        inspection=i, answers={i.checkpoints.get().pk: ("good", "")}, by=by, at=at
    ),
    Act.FIND: lambda w, i, by, at: writing.record_finding(
        inspection=i, draft_key=some_key(), seen=seen(), by=by, at=at
    ),
    Act.WITHDRAW: lambda w, i, by, at: writing.withdraw_finding(finding=i.findings.get(), reason="Nhầm", by=by, at=at),
    Act.CONCLUDE: lambda w, i, by, at: inspecting.conclude_inspection(
        inspection=i, conclusion="Đúng", number="9/KL", by=by, at=at
    ),
    Act.RECOMMEND: lambda w, i, by, at: inspecting.recommend(
        inspection=i, text="Lắp thiết bị", unit=w.unit_a, due_on=TODAY, by=by, at=at
    ),
}
# What each person is: the inspector leads no team here; Chi leads, Dũng is a member, the finance officer asked for it.
PARTIES: dict[str, frozenset[str]] = {
    "inspector": frozenset({"inspector"}),
    "coordinator": frozenset({"leader", "member"}),
    "other_unit": frozenset({"member"}),
    "finance": frozenset({"proposer"}),
    **dict.fromkeys(("officer", "head", "decision_maker", "administrator"), frozenset()),
}


def staged(plan: Plan, world: World, state: State) -> Inspection:
    made = make_inspection(plan, world.unit_a, by=world.finance, leader=world.chi, members=(world.dung,), state=state)
    answered = {"answer": "good", "answered_by": world.chi, "answered_at": NOON} if state == State.CONCLUDED else {}
    make_checkpoint(made, **answered)
    make_finding(made, by=world.dung)
    return made


def everything() -> list[Any]:
    tables = (Inspection, TeamMember, CheckPoint, Finding, FollowUp)
    return [model_to_dict(row) for table in tables for row in table.objects.order_by("pk")] + [Event.objects.count()]


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", State)
def test_each_person_meets_what_the_table_says(plan: Plan, world: World, state: State, act: Act) -> None:
    """Conclusion waits for its checklist, so it is answered first."""
    inspection = staged(plan, world, state)
    if act == Act.CONCLUDE:
        inspection.checkpoints.update(answer="good", answered_by=world.chi, answered_at=NOON)
    for person, user in world.people.items():
        before = everything()
        allowed = may(state, act, frozenset(PARTIES[person]))  # type: ignore[arg-type]
        with transaction.atomic():
            if allowed:
                ACTS[act](world, inspection, user, NOON)
                inspection.refresh_from_db()
                assert inspection.state == MOVES[state, act].to
                assert Event.objects.count() > before[-1]
            else:
                with pytest.raises((PermissionDenied, IllegalMove)):
                    ACTS[act](world, inspection, user, NOON)
            transaction.set_rollback(True)
        inspection.refresh_from_db()
        assert everything() == before


def test_every_act_of_the_table_is_tried_and_everything_has_words() -> None:
    assert set(ACTS) == set(Act) == set(ACT_WORDS)
    assert set(STATE_WORDS) == set(State) == set(Inspection.State.values)
    assert {party for move in MOVES.values() for party in move.by} == set(PARTY_WORDS)


def test_nothing_leaves_an_end() -> None:
    assert {act for state, act in MOVES if state == State.CONCLUDED} == {Act.RECOMMEND}
    assert not any((State.CANCELLED, act) in MOVES for act in Act)
    assert len(list(product(State, Act))) > len(MOVES)
