"""Days at each desk add up to the time that went by, for the report and for every item of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiendo.calendars.working_days import OfficeCalendar
from tiendo.reporting.desks import Lying, Sent, Span, days_by_desk, item_stays, runs, spans
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
    """A report driven through the table: its stays, and for each of its items what was sent."""

    now: datetime = START
    desk: Desk | None = Desk.OFFICER
    stays: list[Lying] = field(default_factory=lambda: [Lying(Desk.OFFICER, START, None)])
    items: list[list[Sent]] = field(default_factory=lambda: [[], [], []])

    def go(self, desk: Desk | None) -> None:
        if self.desk is not None:
            last = self.stays.pop()
            self.stays.append(Lying(last.desk, last.arrived_at, self.now))
        if desk is not None:
            self.stays.append(Lying(desk, self.now, None))
        self.desk = desk

    def send(self) -> None:
        for sent in self.items:
            if not sent or sent[-1].decided_at is not None:
                sent.append(Sent(self.now, None, False))

    def decide(self, item: int, *, accepted: bool) -> None:
        sent = self.items[item]
        if sent and sent[-1].decided_at is None:
            sent[-1] = Sent(sent[-1].submitted_at, self.now, accepted)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    story = Story()
    for _ in range(draw(st.integers(0, 14))):
        story.now += timedelta(minutes=draw(st.integers(0, 60 * 60)))
        act = draw(st.sampled_from([act for desk, act in DESK_MOVES if desk == story.desk]))
        if act == DeskAct.SEND:
            story.send()
        for number in range(len(story.items)):
            if act == DeskAct.ACCEPT or (act == DeskAct.RETURN and draw(st.booleans())):
                story.decide(number, accepted=act == DeskAct.ACCEPT)
        story.go(draw(st.sampled_from(desk_move(story.desk, act).to)))
    story.now += timedelta(minutes=draw(st.integers(0, 60 * 200)))
    return story


def slowly(story: Story, moment: datetime, sent: list[Sent] | None) -> Desk | None:
    """Where it lies at a moment, asked in the obvious way."""
    lying = [x for x in story.stays if x.arrived_at <= moment and (x.left_at is None or moment < x.left_at)]
    if not lying:
        return None
    assert len(lying) == 1
    if sent is None:
        return lying[0].desk
    before = [one for one in sent if one.submitted_at <= moment]
    if before and (before[-1].decided_at is None or moment < before[-1].decided_at):
        return Desk.COORDINATOR
    if before and before[-1].is_accepted and not _opened_again(story, before[-1], sent, moment):
        return None
    return Desk.OFFICER if lying[0].desk == Desk.COORDINATOR else lying[0].desk


def _opened_again(story: Story, accepted: Sent, sent: list[Sent], moment: datetime) -> bool:
    """Whether between the acceptance and the moment the report began anew, and the item was sent again afterwards."""
    later = [one.submitted_at for one in sent if one.submitted_at > accepted.submitted_at]
    if not later or accepted.decided_at is None:
        return False
    begun = [start for start, _end in runs(spans(story.stays, until=story.now)) if start <= min(later)]
    return bool(begun) and accepted.decided_at <= max(begun) <= moment


@settings(deadline=None)
@given(stories())
def test_the_stays_of_a_report_leave_no_gap_and_do_not_overlap(story: Story) -> None:
    found = spans(story.stays, until=story.now)
    for span in found:
        middle = span.start + (span.end - span.start) / 2
        assert slowly(story, span.start, None) == slowly(story, middle, None) == span.desk
    total = sum((end - start for start, end in runs(found)), timedelta())
    open_for = sum(((x.left_at or story.now) - x.arrived_at for x in story.stays), timedelta())
    assert total == open_for


@settings(deadline=None)
@given(stories())
def test_an_item_lies_on_one_desk_at_every_moment_and_its_days_add_up(story: Story) -> None:
    for sent in story.items:
        found = item_stays(story.stays, sent, until=story.now)
        for span, following in pairwise(found):
            assert span.end <= following.start
        edges = {START, story.now, *(span.start for span in found), *(span.end for span in found)}
        edges |= {x.arrived_at for x in story.stays} | {one.submitted_at for one in sent}
        for start, end in pairwise(sorted(edges)):
            here = [span.desk for span in found if span.start <= start < span.end]
            assert here == [desk for desk in [slowly(story, start, sent)] if desk is not None], (start, end)
        by_desk = sum(days_by_desk(found, OFFICE).values(), Decimal(0))
        assert by_desk == sum((OFFICE.elapsed(a, b) for a, b in runs(found)), Decimal(0))


@settings(deadline=None)
@given(stories())
def test_an_item_never_accepted_lies_somewhere_as_long_as_the_report_does(story: Story) -> None:
    sent = [Sent(one.submitted_at, one.decided_at, False) for one in story.items[0]]
    found = item_stays(story.stays, sent, until=story.now)
    assert runs(found) == runs(spans(story.stays, until=story.now))


def test_an_item_goes_to_the_coordinator_and_back_and_rests_once_accepted() -> None:
    stays = [
        Lying(Desk.OFFICER, at(0), at(24)),
        Lying(Desk.HEAD, at(24), at(30)),
        Lying(Desk.COORDINATOR, at(30), at(50)),
        Lying(Desk.OFFICER, at(50), at(60)),
        Lying(Desk.COORDINATOR, at(60), None),
    ]
    clean = item_stays(stays, [Sent(at(30), at(48), True)], until=at(80))
    assert clean == [
        Span(Desk.OFFICER, at(0), at(24)),
        Span(Desk.HEAD, at(24), at(30)),
        Span(Desk.COORDINATOR, at(30), at(48)),
    ]
    returned = item_stays(stays, [Sent(at(30), at(50), False), Sent(at(60), None, False)], until=at(80))
    assert [span.desk for span in returned] == ["officer", "head", "coordinator", "officer", "coordinator"]
    assert returned[-1].end == at(80)


def test_a_task_added_after_sending_lies_with_the_officers() -> None:
    stays = [Lying(Desk.OFFICER, at(0), at(10)), Lying(Desk.COORDINATOR, at(10), None)]
    assert item_stays(stays, [], until=at(20)) == [Span(Desk.OFFICER, at(0), at(20))]


@pytest.mark.parametrize(
    ("hours", "days"),
    [(24, Decimal(1)), (24 * 7, Decimal(5)), (24 * 14, Decimal(10)), (0, None)],
    ids=["a day", "a week", "a week with a day off and a Saturday worked", "no time"],
)
def test_days_are_working_days_of_the_office(hours: int, days: Decimal | None) -> None:
    office: Callable[..., OfficeCalendar] = OfficeCalendar
    calendar = OFFICE if hours > 24 * 7 else office()
    assert days_by_desk(spans([Lying(Desk.HEAD, at(0), None)], until=at(hours)), calendar).get(Desk.HEAD) == days
