"""A meeting page says what was decided last time and what happened since, as it stood on the day asked for."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import NOON, TODAY, World, make_task, make_unit
from tests.factories.following import make_direction, make_follow_up, make_meeting
from tiendo.orgs.models import UnitKind
from tiendo.oversight.actions import following_up as acts
from tiendo.oversight.followup_history import Standing, Step, between, standing_at
from tiendo.oversight.followup_workflow import MOVES, Act, State
from tiendo.oversight.meeting_brief import Asked, MeetingBrief, last_meeting, meeting_brief
from tiendo.oversight.meeting_paper import DecidedLine, decided_blocks, difficulty_blocks
from tiendo.oversight.models import Difficulty, Meeting
from tiendo.papers.model import Bullet, Heading
from tiendo.plans.models import Plan

DAY = timedelta(days=1)


def _asked(plan: Plan, on: date, **fields: object) -> Asked:
    return Asked(plan, Meeting.Level.PROVINCE, on, **fields)  # type: ignore[arg-type]


def _brief(plan: Plan, world: World, on: date) -> MeetingBrief:
    return meeting_brief(_asked(plan, on), world.chi)


def test_the_meeting_before_is_of_the_same_plan_level_and_unit(plan: Plan, world: World) -> None:
    commune = make_unit("xa-a", kind=UnitKind.COMMUNE)
    first = make_meeting(plan, by=world.chi, held_on=TODAY - 20 * DAY)
    second = make_meeting(plan, by=world.chi, held_on=TODAY - 6 * DAY)
    make_meeting(plan, by=world.chi, held_on=TODAY, title="Hôm nay")
    low = make_meeting(plan, by=world.chi, held_on=TODAY - 2 * DAY, level=Meeting.Level.COMMUNE, unit=commune)
    assert last_meeting(_asked(plan, TODAY)) == second
    assert last_meeting(_asked(plan, TODAY - 6 * DAY)) == first
    assert last_meeting(_asked(plan, TODAY - 20 * DAY)) is None
    assert last_meeting(Asked(plan, Meeting.Level.COMMUNE, TODAY, commune)) == low
    brief = _brief(plan, world, TODAY)
    assert (brief.since, brief.today and brief.today.title) == (second.held_on, "Hôm nay")


def test_each_thing_decided_is_told_as_it_stood_that_day(plan: Plan, world: World) -> None:
    meeting = make_meeting(plan, by=world.chi, held_on=TODAY)
    direction = make_direction(plan, by=world.chi, meeting=meeting)
    item = make_follow_up(plan, world.unit_a, by=world.chi, due_on=TODAY + 2 * DAY, direction=direction)
    acts.note_follow_up(follow_up=item, note="Đã khảo sát", by=world.an, at=NOON + 1 * DAY)
    acts.report_follow_up(follow_up=item, note="Xong", by=world.binh, at=NOON + 5 * DAY)
    acts.close_follow_up(follow_up=item, by=world.chi, at=NOON + 7 * DAY)

    [day_one] = _brief(plan, world, TODAY + 1 * DAY).decided
    assert (day_one.standing.state, day_one.late_days, [s.note for s in day_one.since]) == ("open", 0, ["Đã khảo sát"])
    [day_four] = _brief(plan, world, TODAY + 4 * DAY).decided
    assert (day_four.standing.state, day_four.late_days) == (State.OPEN, 2)
    [day_six] = _brief(plan, world, TODAY + 6 * DAY).decided
    assert (day_six.standing.state, day_six.late_days) == (State.REPORTED, 0)
    [day_eight] = _brief(plan, world, TODAY + 8 * DAY).decided
    assert (day_eight.standing.state, len(day_eight.since)) == (State.CLOSED, 3)


def test_what_earlier_meetings_left_open_is_not_forgotten(plan: Plan, world: World) -> None:
    old = make_meeting(plan, by=world.chi, held_on=TODAY, title="Tháng 6")
    direction = make_direction(plan, by=world.chi, meeting=old)
    left = make_follow_up(plan, world.unit_a, by=world.chi, direction=direction, due_on=TODAY + 3 * DAY)
    done = make_follow_up(plan, world.unit_b, by=world.chi, direction=direction, due_on=TODAY + 3 * DAY)
    acts.cancel_follow_up(follow_up=done, reason="Thôi", by=world.chi, at=NOON + 1 * DAY)
    make_meeting(plan, by=world.chi, held_on=TODAY + 10 * DAY, title="Tháng 7")
    brief = _brief(plan, world, TODAY + 20 * DAY)
    assert not brief.decided
    assert [each.follow_up for each in brief.earlier] == [left]
    assert brief.earlier[0].late_days == 17
    assert sum(each.late_days > 0 for each in (*brief.decided, *brief.earlier)) == 1


def test_a_district_has_its_own_tasks_and_those_of_its_communes_alone(plan: Plan, world: World) -> None:
    district = make_unit("huyen", "UBND huyện", kind=UnitKind.DISTRICT, parent=world.province)
    commune = make_unit("xa-a", "UBND xã A", kind=UnitKind.COMMUNE, parent=district)
    elsewhere = make_unit("xa-b", "UBND xã B", kind=UnitKind.COMMUNE, parent=world.province)
    for unit in (district, commune, elsewhere):
        make_task(plan, by=world.chi, lead=unit, due_on=TODAY - 5 * DAY, title=f"Việc của {unit.name}")
    for unit in (commune, elsewhere):
        Difficulty.objects.create(
            plan=plan, unit=unit, kind="money", cause_kind="objective", title=f"Thiếu vốn {unit.code}", measure="Cấp",
            folded="", state=Difficulty.State.SENT, written_by=world.chi, written_at=NOON, sent_at=NOON,
        )  # fmt: skip
    below = meeting_brief(Asked(plan, Meeting.Level.DISTRICT, TODAY, district), world.chi)
    assert {line.lead for line in below.briefing.overdue} == {district.name, commune.name}
    assert [each.title for each in below.difficulties] == ["Thiếu vốn xa-a"]
    own = meeting_brief(Asked(plan, Meeting.Level.COMMUNE, TODAY, commune), world.chi)
    assert [line.lead for line in own.briefing.overdue] == [commune.name]
    province = meeting_brief(_asked(plan, TODAY), world.chi)
    assert len(province.briefing.overdue) == 3
    assert len(province.difficulties) == 2


@pytest.mark.parametrize("count", [1, 4])
def test_the_same_number_of_queries_for_any_number_of_items(plan: Plan, world: World, count: int) -> None:
    direction = make_direction(plan, by=world.chi, meeting=make_meeting(plan, by=world.chi))
    for _n in range(count):
        make_follow_up(plan, world.unit_a, by=world.chi, direction=direction)
    assert world.chi.access.reads_everything
    with CaptureQueriesContext(connection) as captured:
        assert len(_brief(plan, world, TODAY + DAY).decided) == count
    assert len(captured) <= 24


def test_the_paper_opens_with_the_decisions() -> None:
    late = DecidedLine("Sở A", "Trình phương án.", Standing(State.OPEN, date(2026, 6, 1)), 12, "Đang mời thầu.")
    done = DecidedLine("Sở B", "Bố trí cán bộ", Standing(State.CLOSED, date(2026, 6, 9)), 0)
    blocks = list(decided_blocks(TODAY, [late, done], []))
    assert isinstance(blocks[0], Heading)
    assert blocks[0].text == "Kết luận cuộc họp ngày 01/07/2026"
    assert all(isinstance(block, Bullet) for block in blocks[1:])
    assert late.words == ("Sở A: Trình phương án – hạn 01/06/2026, đang thực hiện, quá hạn 12 ngày; Đang mời thầu.")
    assert done.words == "Sở B: Bố trí cán bộ – hạn 09/06/2026, đã xong."
    assert not list(difficulty_blocks(TODAY, []))
    assert len(list(decided_blocks(None, [], []))) == 2
    assert len(list(decided_blocks(TODAY, [], [late]))) == 4


def _walk(draw: Callable[..., object]) -> list[Step]:
    """A run of acts the table allows, one a day."""
    state, steps = State.OPEN, [Step(Act.OPEN, NOON, TODAY + 3 * DAY)]
    for n in range(draw(st.integers(0, 8))):  # type: ignore[call-overload]
        open_acts = sorted(act for was, act in MOVES if was == state)
        if not open_acts:
            break
        act = draw(st.sampled_from(open_acts))
        due = TODAY + (4 + n) * DAY if act == Act.EXTEND else None
        steps.append(Step(act, NOON + (n + 1) * DAY, due))  # type: ignore[arg-type]
        state = MOVES[state, act].to  # type: ignore[index]
    return steps


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_past_is_not_changed_by_what_comes_after(data: st.DataObject) -> None:
    steps = _walk(data.draw)
    for n in range(len(steps)):
        until = steps[n].at + timedelta(hours=1)
        assert standing_at(steps, until) == standing_at(steps[: n + 1], datetime.max.replace(tzinfo=NOON.tzinfo))
    assert standing_at(steps, NOON) is None
    for earlier, later in pairwise(steps):
        assert between(steps, later.at, later.at + timedelta(hours=1)) == [later]
        assert earlier.at < later.at
