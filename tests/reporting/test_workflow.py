from itertools import product

import pytest

from tiendo.reporting.workflow import (
    ENTRY_MOVES,
    Act,
    DutyState,
    DutyStatus,
    EntryStatus,
    IllegalMove,
    after,
    duty_state,
    duty_status,
)


@pytest.mark.parametrize(("status", "act"), list(product(EntryStatus, Act)))
def test_after_agrees_with_the_table(status: EntryStatus, act: Act) -> None:
    if (status, act) in ENTRY_MOVES:
        assert after(status, act) == ENTRY_MOVES[status, act]
    else:
        with pytest.raises(IllegalMove, match="trạng thái"):
            after(status, act)


def test_an_accepted_entry_moves_only_when_it_is_opened_again() -> None:
    assert [act for status, act in ENTRY_MOVES if status == EntryStatus.ACCEPTED] == [Act.REOPEN]


@pytest.mark.parametrize(
    ("entries", "sent", "expected"),
    [
        ([], False, DutyStatus.OPEN),
        (["draft"], False, DutyStatus.OPEN),
        (["submitted", "submitted"], True, DutyStatus.SUBMITTED),
        (["submitted", "returned"], True, DutyStatus.RETURNED),
        (["accepted", "submitted"], True, DutyStatus.SUBMITTED),
        (["accepted", "accepted"], True, DutyStatus.ACCEPTED),
        ([], True, DutyStatus.SUBMITTED),
    ],
)
def test_a_duty_follows_its_entries(entries: list[str], sent: bool, expected: DutyStatus) -> None:
    assert duty_status([EntryStatus(entry) for entry in entries], sent=sent) == expected


@pytest.mark.parametrize(
    ("status", "is_open", "is_past_due", "expected"),
    [
        (DutyStatus.OPEN, False, False, DutyState.NOT_DUE),
        (DutyStatus.OPEN, True, False, DutyState.OPEN),
        (DutyStatus.OPEN, True, True, DutyState.OVERDUE),
        (DutyStatus.SUBMITTED, True, True, DutyState.SUBMITTED),
        (DutyStatus.RETURNED, True, True, DutyState.RETURNED),
        (DutyStatus.ACCEPTED, True, True, DutyState.ACCEPTED),
    ],
)
def test_what_people_see_joins_the_status_with_the_dates(
    status: DutyStatus, is_open: bool, is_past_due: bool, expected: DutyState
) -> None:
    assert duty_state(status, is_open=is_open, is_past_due=is_past_due) == expected


@pytest.mark.parametrize(
    ("status", "was_accepted", "expected"),
    [
        (DutyStatus.OPEN, False, DutyState.NOT_SENT),
        (DutyStatus.SUBMITTED, False, DutyState.SUBMITTED),
        (DutyStatus.RETURNED, False, DutyState.RETURNED),
        (DutyStatus.RETURNED, True, DutyState.REOPENED),
        (DutyStatus.ACCEPTED, True, DutyState.ACCEPTED),
    ],
)
def test_in_a_closed_period_nothing_is_open_any_more(
    status: DutyStatus, was_accepted: bool, expected: DutyState
) -> None:
    found = duty_state(status, is_open=True, is_past_due=True, is_closed=True, was_accepted=was_accepted)
    assert found == expected
