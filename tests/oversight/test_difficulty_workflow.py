"""The whole table: each state, each act, each party."""

import pytest

from tiendo.oversight.difficulty_workflow import (
    ACT_WORDS,
    DESK_OF,
    MOVES,
    PARTY_WORDS,
    STATE_WORDS,
    Act,
    Desk,
    IllegalMove,
    Party,
    State,
    may,
    move,
    open_acts,
)
from tiendo.oversight.models import Difficulty, DifficultyStay

# state → act → (where it leads, the initials of who may), written by hand: o officer, h head, c coordinator,
# a authority
EXPECTED: dict[str, dict[str, tuple[str, str]]] = {
    "draft": {"write": ("draft", "oh"), "send": ("sent", "h"), "withdraw": ("withdrawn", "oh")},
    "sent": {
        "take_back": ("draft", "h"),
        "withdraw": ("withdrawn", "h"),
        "return": ("returned", "c"),
        "forward": ("forwarded", "c"),
        "decide": ("decided", "c"),
    },
    "returned": {"write": ("returned", "oh"), "send": ("sent", "h"), "withdraw": ("withdrawn", "h")},
    "forwarded": {
        "withdraw": ("withdrawn", "h"),
        "forward": ("forwarded", "c"),
        "decline": ("sent", "a"),
        "decide": ("decided", "a"),
        "stop": ("forwarded", "c"),
        "resume": ("forwarded", "c"),
    },
    "decided": {"follow": ("decided", "ca"), "stand": ("sent", "h"), "remove": ("removed", "hc")},
    "removed": {},
    "withdrawn": {},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("party", Party)
def test_every_state_act_and_party(state: State, act: Act, party: Party) -> None:
    leads, who = EXPECTED[state].get(act, ("", ""))
    assert may(state, act, frozenset({party})) is (party.value[0] in who)
    if leads:
        assert move(state, act).to == leads
    else:
        with pytest.raises(IllegalMove, match=ACT_WORDS[act]):
            move(state, act)


def test_the_table_holds_nothing_else() -> None:
    assert {(state.value, act.value) for state, act in MOVES} == {
        (state, act) for state, acts in EXPECTED.items() for act in acts
    }


def test_who_is_several_things_may_what_any_of_them_may() -> None:
    both = frozenset({Party.HEAD, Party.COORDINATOR})
    assert open_acts(State.SENT, both) == (Act.TAKE_BACK, Act.WITHDRAW, Act.RETURN, Act.FORWARD, Act.DECIDE)
    assert open_acts(State.REMOVED, frozenset(Party)) == ()


def test_the_codes_are_those_of_the_tables() -> None:
    assert [state.value for state in State] == Difficulty.State.values
    assert [desk.value for desk in Desk] == DifficultyStay.Desk.values
    assert list(STATE_WORDS.values()) == [str(label) for label in Difficulty.State.labels]


def test_everything_has_words_and_each_state_a_desk_or_an_end() -> None:
    assert set(STATE_WORDS) == set(State) == set(DESK_OF)
    assert set(ACT_WORDS) == set(Act)
    assert set(PARTY_WORDS) == set(Party)
    ended = {state for state, desk in DESK_OF.items() if desk is None}
    assert ended == {state for state in State if not any(start == state for start, _act in MOVES)}
