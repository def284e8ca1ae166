"""Days at each desk add up to the time that went by."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.desks import Lying, days_by_desk, runs, spans
from tiendo.calendars.working_days import OfficeCalendar
from tiendo.reporting.models import Stay
from tiendo.reporting.workflow import (
    DESK_ACT_WORDS,
    DESK_MOVES,
    DESK_WORDS,
    PARTY_WORDS,
    Desk,
    DeskAct,
    IllegalMove,
    Party,
    desk_move,
    may_move,
)

START = datetime(2026, 6, 1, 1, tzinfo=UTC)
OFFICE = OfficeCalendar(days_off=frozenset({date(2026, 6, 9)}), make_up_days=frozenset({date(2026, 6, 13)}))


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def test_the_desks_of_the_table_are_those_that_are_stored() -> None:
    assert {desk.value for desk in Desk} == set(Stay.Desk.values)
    assert {str(word) for word in DESK_WORDS.values()} == {str(label) for label in Stay.Desk.labels}
    assert set(DESK_ACT_WORDS) == set(DeskAct)
    assert set(PARTY_WORDS) == set(Party)


# Who may do what where, written by hand: act, desk, the parties to whom it is open.
OPEN_TO: dict[str, dict[Desk | str | None, str]] = {
    "forward": {"officer": "person", "approver": "approver", "head": "head"},
    "push_back": {"approver": "approver head", "head": "head", "parent": "parent"},
    "recall": {"approver": "person", "head": "person", "parent": "person"},
    "send": {
        "officer": "head",
        "approver": "head",
        "head": "head",
        "parent": "parent head",
        "coordinator": "head",
        None: "head",
    },
    "return": dict.fromkeys(Desk, "coordinator"),
    "accept": {"coordinator": "coordinator"},
    "reopen": {None: "coordinator"},
    "close": dict.fromkeys(Desk, "coordinator"),
}


@pytest.mark.parametrize("desk", [*Desk, None])
@pytest.mark.parametrize("act", list(DeskAct))
@pytest.mark.parametrize("party", list(Party))
def test_each_party_may_do_what_is_written_down_and_nothing_else(desk: Desk | None, act: DeskAct, party: Party) -> None:
    may = party in OPEN_TO[act].get(desk, "").split()
    assert may_move(desk, act, frozenset({party})) is may


@pytest.mark.parametrize("desk", [*Desk, None])
@pytest.mark.parametrize("act", list(DeskAct))
def test_an_act_the_table_does_not_have_is_refused_in_words(desk: Desk | None, act: DeskAct) -> None:
    if (desk, act) in DESK_MOVES:
        assert desk_move(desk, act).to
    else:
        with pytest.raises(IllegalMove, match=f"Không thể {DESK_ACT_WORDS[act]}"):
            desk_move(desk, act)


def test_every_desk_can_be_left_and_every_desk_reached() -> None:
    assert {desk for desk, _act in DESK_MOVES} == {*Desk, None}
    assert {desk for move in DESK_MOVES.values() for desk in move.to} == {*Desk, None}


@dataclass
class Story:
    """A report driven through the table: its stays."""

    now: datetime = START
    desk: Desk | None = Desk.OFFICER
    stays: list[Lying] = field(default_factory=lambda: [Lying(Desk.OFFICER, START, None)])

    def go(self, desk: Desk | None) -> None:
        if self.desk is not None:
            last = self.stays.pop()
            self.stays.append(Lying(last.desk, last.arrived_at, self.now))
        if desk is not None:
            self.stays.append(Lying(desk, self.now, None))
        self.desk = desk


@st.composite
def stories(draw: st.DrawFn) -> Story:
    story = Story()
    for _ in range(draw(st.integers(0, 14))):
        story.now += timedelta(minutes=draw(st.integers(0, 60 * 60)))
        act = draw(st.sampled_from([act for desk, act in DESK_MOVES if desk == story.desk]))
        story.go(draw(st.sampled_from(desk_move(story.desk, act).to)))
    story.now += timedelta(minutes=draw(st.integers(0, 60 * 200)))
    return story


def slowly(story: Story, moment: datetime) -> Desk | None:
    """Where it lies at a moment, asked in the obvious way."""
    lying = [x for x in story.stays if x.arrived_at <= moment and (x.left_at is None or moment < x.left_at)]
    assert len(lying) <= 1
    return lying[0].desk if lying else None


@settings(deadline=None)
@given(stories())
def test_the_stays_of_a_report_leave_no_gap_and_do_not_overlap(story: Story) -> None:
    found = spans(story.stays, until=story.now)
    for span in found:
        middle = span.start + (span.end - span.start) / 2
        assert slowly(story, span.start) == slowly(story, middle) == span.desk
    total = sum((end - start for start, end in runs(found)), timedelta())
    open_for = sum(((x.left_at or story.now) - x.arrived_at for x in story.stays), timedelta())
    assert total == open_for
    days = sum(days_by_desk(found, OFFICE).values(), Decimal(0))
    assert days == sum((OFFICE.elapsed(start, end) for start, end in runs(found)), Decimal(0))


@pytest.mark.parametrize(
    ("hours", "days"),
    [(24, Decimal(1)), (24 * 7, Decimal(5)), (24 * 14, Decimal(10)), (0, None)],
    ids=["a day", "a week", "a week with a day off and a Saturday worked", "no time"],
)
def test_days_are_working_days_of_the_office(hours: int, days: Decimal | None) -> None:
    office: Callable[..., OfficeCalendar] = OfficeCalendar
    calendar = OFFICE if hours > 24 * 7 else office()
    assert days_by_desk(spans([Lying(Desk.HEAD, at(0), None)], until=at(hours)), calendar).get(Desk.HEAD) == days
