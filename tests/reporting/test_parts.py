from decimal import Decimal
from itertools import product

import pytest

from tiendo.plans.states import WorkState
from tiendo.reporting.models import Part
from tiendo.reporting.parts import (
    ANSWERS,
    PART_ACT_WORDS,
    PART_MOVES,
    PART_WORDS,
    PartAct,
    PartState,
    bars_acceptance,
    can_move,
    is_asked_about,
    part_after,
)
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import IllegalMove


@pytest.mark.parametrize(("state", "act"), list(product(PartState, PartAct)))
def test_part_after_agrees_with_the_table(state: PartState, act: PartAct) -> None:
    assert can_move(state, act) is ((state, act) in PART_MOVES)
    if (state, act) in PART_MOVES:
        assert part_after(state, act) == PART_MOVES[state, act]
    else:
        with pytest.raises(IllegalMove, match="trạng thái"):
            part_after(state, act)


def test_a_dispute_ends_only_by_withdrawal_or_by_the_coordinator() -> None:
    ways = {act for state, act in PART_MOVES if state == PartState.DISPUTED}
    assert ways == {PartAct.WITHDRAW, PartAct.SETTLE}


def test_silence_falls_only_on_those_still_asked_and_may_be_broken() -> None:
    assert [state for state, act in PART_MOVES if act == PartAct.FALL_SILENT] == [PartState.ASKED]
    assert all(can_move(PartState.SILENT, act) for act in ANSWERS)


def test_the_stored_states_are_those_of_the_table() -> None:
    assert {state.value for state in PartState} == set(Part.State.values)
    assert set(PART_WORDS) == set(PartState)
    assert set(PART_ACT_WORDS) == set(PartAct)


@pytest.mark.parametrize(("claimed", "state"), list(product(WorkState, PartState)))
def test_only_a_claim_of_completion_is_barred_and_only_by_a_dispute(claimed: WorkState, state: PartState) -> None:
    barred = claimed == WorkState.COMPLETED and state == PartState.DISPUTED
    assert bars_acceptance(claimed, [PartState.CONFIRMED, state]) is barred


def test_a_report_that_repeats_what_was_accepted_asks_nobody() -> None:
    said = Values(state=WorkState.IN_PROGRESS, percent=Decimal(40), result="Đã khảo sát 5 xã.")
    assert not is_asked_about(said, Values(state=WorkState.IN_PROGRESS, percent=Decimal("40.00"), result=said.result))
    assert is_asked_about(said, None)
    assert is_asked_about(said, Values(state=WorkState.IN_PROGRESS, percent=Decimal(41), result=said.result))
