from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.calendars.deadlines import Cell, Side, cell, days_left, side

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 6, 22), Side.NOT_DUE),
        (date(2026, 6, 23), Side.DUE_SOON),
        (date(2026, 6, 29), Side.DUE_SOON),
        (date(2026, 6, 30), Side.DUE_SOON),
        (date(2026, 7, 1), Side.OVERDUE),
    ],
)
def test_side_of_an_unfinished_task_turns_the_day_after(on, expected):
    assert side(DUE, on=on, done_on=None) == expected


@pytest.mark.parametrize(
    ("done_on", "expected_side", "expected_cell"),
    [
        (date(2026, 6, 29), Side.IN_TIME, Cell.DONE_ON_TIME),
        (date(2026, 6, 30), Side.IN_TIME, Cell.DONE_ON_TIME),
        (date(2026, 7, 1), Side.OVERDUE, Cell.DONE_LATE),
    ],
)
def test_finished_task_is_judged_by_its_completion_date_for_ever(done_on, expected_side, expected_cell):
    for on in (date(2026, 7, 1), date(2030, 1, 1)):
        assert side(DUE, on=on, done_on=done_on) == expected_side
        assert cell(DUE, on=on, done_on=done_on) == expected_cell


def test_completion_after_the_asked_date_is_not_yet_completion():
    assert side(DUE, on=date(2026, 6, 1), done_on=date(2026, 6, 20)) == Side.NOT_DUE
    assert cell(DUE, on=date(2026, 6, 1), done_on=date(2026, 6, 20)) == Cell.OPEN_IN_TIME
    assert cell(DUE, on=date(2026, 7, 2), done_on=date(2026, 7, 3)) == Cell.OPEN_OVERDUE


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 6, 29), Cell.OPEN_IN_TIME),
        (date(2026, 6, 30), Cell.OPEN_IN_TIME),
        (date(2026, 7, 1), Cell.OPEN_OVERDUE),
    ],
)
def test_cell_of_an_unfinished_task(on, expected):
    assert cell(DUE, on=on) == expected


def test_task_without_a_final_date_is_never_overdue():
    far = date(2099, 1, 1)
    assert side(None, on=far) == side(None, on=far, done_on=far) == Side.NO_DEADLINE
    assert cell(None, on=far) == Cell.OPEN_IN_TIME
    assert cell(None, on=far, done_on=far) == Cell.DONE_ON_TIME
    assert days_left(None, on=far) is None


@pytest.mark.parametrize(("on", "left"), [(date(2026, 6, 29), 1), (DUE, 0), (date(2026, 7, 1), -1)])
def test_days_left(on, left):
    assert days_left(DUE, on=on) == left


def test_deadline_at_the_turn_of_the_year():
    assert side(date(2026, 12, 31), on=date(2026, 12, 31)) == Side.DUE_SOON
    assert side(date(2026, 12, 31), on=date(2027, 1, 1)) == Side.OVERDUE
    assert side(date(2027, 1, 3), on=date(2026, 12, 27)) == Side.DUE_SOON
    assert side(date(2027, 1, 3), on=date(2026, 12, 26)) == Side.NOT_DUE


def test_soon_days_is_a_setting():
    assert side(DUE, on=date(2026, 6, 27), soon_days=3) == Side.DUE_SOON
    assert side(DUE, on=date(2026, 6, 26), soon_days=3) == Side.NOT_DUE
    assert side(DUE, on=DUE, soon_days=0) == Side.DUE_SOON


days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(due_on=st.none() | days, on=days, done_on=st.none() | days)
def test_side_and_cell_agree_on_what_is_overdue(due_on, on, done_on):
    overdue = cell(due_on, on=on, done_on=done_on) in (Cell.DONE_LATE, Cell.OPEN_OVERDUE)
    assert overdue == (side(due_on, on=on, done_on=done_on) == Side.OVERDUE)


@given(due_on=days, on=days)
def test_waiting_a_day_never_helps(due_on, on):
    if cell(due_on, on=on) == Cell.OPEN_OVERDUE:
        assert cell(due_on, on=on + timedelta(days=1)) == Cell.OPEN_OVERDUE


def test_every_side_and_cell_has_words():
    assert [item.label for item in Side] == ["chưa đến hạn", "sắp đến hạn", "trong hạn", "quá hạn", "không hạn"]
    assert len({item.label for item in Cell}) == 4
