"""A leader's word and meetings: who may keep them, whole or not at all, and the lists they are found in."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, TODAY, World, make_plan
from tests.factories.following import make_direction, make_follow_up, make_meeting
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.oversight.actions import directing, following_up
from tiendo.oversight.actions.directing import Item
from tiendo.oversight.followup_queries import (
    Narrowed,
    Shown,
    Source,
    condition_of,
    counts_of,
    directions_with_items,
    meetings_seen_by,
    narrowed,
    to_confirm,
    to_report,
    visible_directions,
)
from tiendo.oversight.followup_workflow import IllegalMove
from tiendo.oversight.models import Direction, FollowUp, Meeting
from tiendo.plans.files import RefusedFile
from tiendo.plans.models import Plan

LATER = TODAY + timedelta(days=9)
WHO = ["officer", "head", "coordinator", "decision_maker", "finance", "inspector", "administrator", "other_unit"]


def _give(plan: Plan, world: World, by: str, **fields: object) -> Direction:
    values: dict[str, object] = {
        "text": "Hoàn thành phủ sóng trong quý III",
        "given_by": "Chủ tịch",
        "given_on": TODAY,
        "items": [Item(world.unit_a, "Trình phương án", LATER), Item(world.unit_b, "Bố trí cán bộ", LATER)],
    }
    return directing.give_direction(plan=plan, by=world.people[by], at=NOON, **(values | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("who", WHO)
def test_leaders_and_the_coordinator_keep_directions_and_nobody_else(plan: Plan, world: World, who: str) -> None:
    if who in {"coordinator", "decision_maker"}:
        direction = _give(plan, world, who)
        assert direction.follow_ups.count() == 2
        assert Event.objects.filter(act="oversight.direction.give").count() == 1
        assert set(Notice.objects.values_list("user__username", flat=True)) == {"an", "binh", "dung"}
        return
    with pytest.raises(PermissionDenied):
        _give(plan, world, who)
    with pytest.raises(PermissionDenied):
        _meet(plan, world, who)
    assert not Direction.objects.exists()
    assert not Meeting.objects.exists()
    assert not Event.objects.exists()


def _meet(plan: Plan, world: World, by: str, **fields: object) -> Meeting:
    values: dict[str, object] = {
        "level": Meeting.Level.PROVINCE,
        "held_on": TODAY,
        "title": "Giao ban tháng 7",
    } | fields
    return directing.register_meeting(plan=plan, by=world.people[by], at=NOON, **values)  # type: ignore[arg-type]


def test_a_meeting_entered_beforehand_gets_its_notice_once_it_was_held(plan: Plan, world: World) -> None:
    ahead = _meet(plan, world, "coordinator", held_on=LATER)
    given = {"conclusion": "12/TB-UBND", "by": world.chi}
    with pytest.raises(IllegalMove, match="chưa đến ngày"):
        directing.conclude_meeting(meeting=ahead, at=NOON, **given)
    with pytest.raises(PermissionDenied):
        directing.conclude_meeting(meeting=ahead, at=NOON, conclusion="12/TB-UBND", by=world.binh)
    held = _meet(plan, world, "coordinator")
    before = Event.objects.count()
    told = directing.conclude_meeting(meeting=held, at=NOON, data=b"Ket luan", name="tb.txt", **given)
    assert (told.conclusion, told.conclusion_file is not None) == ("12/TB-UBND", True)
    with pytest.raises(IllegalMove, match="đã có"):
        directing.conclude_meeting(meeting=held, at=NOON, conclusion="13/TB-UBND", by=world.chi)
    assert Event.objects.count() == before + 1


def test_a_direction_with_one_wrong_item_is_not_kept_at_all(plan: Plan, world: World) -> None:
    wrong = Item(world.unit_b, "Bố trí cán bộ", TODAY - timedelta(days=1))
    with pytest.raises(IllegalMove):
        _give(plan, world, "coordinator", items=[Item(world.unit_a, "Trình", LATER), wrong])
    assert not Direction.objects.exists()
    assert not FollowUp.objects.exists()
    assert not Notice.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"items": []}, PermissionDenied),
        ({"text": " "}, PermissionDenied),
        ({"given_by": ""}, PermissionDenied),
        ({"given_on": TODAY + timedelta(days=1)}, IllegalMove),
    ],
)
def test_what_a_direction_must_say(plan: Plan, world: World, fields: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        _give(plan, world, "coordinator", **fields)
    assert not Direction.objects.exists()


def test_a_meeting_of_another_plan_is_refused(plan: Plan, world: World) -> None:
    other = make_meeting(make_plan(world.province, "kh-58"), by=world.chi)
    with pytest.raises(IllegalMove, match="kế hoạch khác"):
        _give(plan, world, "coordinator", meeting=other)


def test_a_meeting_is_entered_once_and_of_a_unit_only_below_the_province(plan: Plan, world: World) -> None:
    assert _meet(plan, world, "coordinator", data=b"Ket luan", name="ket-luan.txt").conclusion_file is not None
    with pytest.raises(IllegalMove, match="đã được ghi"):
        _meet(plan, world, "decision_maker")
    with pytest.raises(IllegalMove, match="cấp tỉnh"):
        _meet(plan, world, "coordinator", title="Khác", unit=world.unit_a)
    with pytest.raises(IllegalMove, match="cấp tỉnh"):
        _meet(plan, world, "coordinator", title="Khác", level=Meeting.Level.COMMUNE)
    with pytest.raises(RefusedFile):
        _meet(plan, world, "coordinator", title="Khác", data=b"MZ\x90", name="ket-luan.exe")
    assert Meeting.objects.count() == 1
    assert Event.objects.filter(act="oversight.meeting.register").count() == 1


def test_counts_open_the_lists_they_count(plan: Plan, world: World) -> None:
    """Every item stands in exactly one list, and a team member seen twice is counted once."""
    make_follow_up(plan, world.unit_a, by=world.chi, due_on=LATER)
    make_follow_up(plan, world.unit_a, by=world.chi, due_on=TODAY - timedelta(days=1))
    make_follow_up(plan, world.unit_a, by=world.chi, due_on=TODAY)
    reported = make_follow_up(plan, world.unit_b, by=world.chi, due_on=TODAY - timedelta(days=4))
    FollowUp.objects.filter(pk=reported.pk).update(state="reported")
    closed = make_follow_up(plan, world.unit_b, by=world.chi)
    FollowUp.objects.filter(pk=closed.pk).update(state="closed", ended_at=NOON)
    seen = FollowUp.objects.visible_to(world.chi)
    counts = counts_of(seen, TODAY)
    assert counts == {
        Shown.IN_TIME: 2,
        Shown.LATE: 1,
        Shown.REPORTED: 1,
        Shown.CLOSED: 1,
        Shown.CANCELLED: 0,
        Shown.ALL: 5,
    }
    assert {each: seen.filter(condition_of(each, TODAY)).count() for each in Shown} == counts
    assert counts_of(FollowUp.objects.visible_to(world.dung), TODAY)[Shown.ALL] == 2


def test_filters_narrow(plan: Plan, world: World) -> None:
    item = make_follow_up(plan, world.unit_a, by=world.chi, text="Khảo sát lòng hồ")
    other = make_plan(world.province, "kh-58")
    make_follow_up(other, world.unit_b, by=world.chi)
    seen = FollowUp.objects.visible_to(world.chi)
    for asked in (Narrowed(plan_id=plan.pk), Narrowed(unit_id=world.unit_a.pk), Narrowed(words="lòng hồ")):
        assert list(narrowed(seen, asked)) == [item]
    assert narrowed(seen, Narrowed(source=Source.DIRECTION)).count() == 2
    assert narrowed(seen, Narrowed(source=Source.INSPECTION)).count() == 0
    assert narrowed(seen, Narrowed(source="nonsense")).count() == 2


def test_what_waits_for_whom(plan: Plan, world: World) -> None:
    open_item = make_follow_up(plan, world.unit_a, by=world.chi)
    told = make_follow_up(plan, world.unit_a, by=world.chi)
    following_up.report_follow_up(follow_up=told, note="Xong", by=world.binh, at=NOON)
    assert list(to_report(world.an)) == list(to_report(world.binh)) == [open_item]
    assert not to_report(world.dung).exists()
    assert list(to_confirm(world.chi)) == list(to_confirm(world.decision_maker)) == [told]
    for person in (world.an, world.binh, world.dung, world.inspector, world.finance, world.administrator):
        assert not to_confirm(person).exists()


def test_a_unit_sees_directions_and_meetings_that_concern_it(plan: Plan, world: World) -> None:
    meeting = make_meeting(plan, by=world.chi)
    direction = make_direction(plan, by=world.chi, meeting=meeting)
    make_follow_up(plan, world.unit_a, by=world.chi, direction=direction)
    make_follow_up(plan, world.unit_b, by=world.chi, direction=direction, text="Việc của đơn vị khác")
    own = make_meeting(plan, by=world.chi, level=Meeting.Level.COMMUNE, unit=world.unit_b, held_on=date(2026, 6, 1))
    seen = directions_with_items(visible_directions(world.an), world.an).get()
    assert [item.unit for item in seen.items] == [world.unit_a]  # type: ignore[attr-defined]
    assert list(meetings_seen_by(world.an)) == [meeting]
    assert set(meetings_seen_by(world.dung)) == {meeting, own}
    assert not visible_directions(world.administrator).exists()
    assert not meetings_seen_by(world.administrator).exists()
    assert visible_directions(world.inspector).count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_number_of_queries_for_any_number_of_directions(plan: Plan, world: World, count: int) -> None:
    for _n in range(count):
        direction = make_direction(plan, by=world.chi, meeting=make_meeting(plan, by=world.chi))
        make_follow_up(plan, world.unit_a, by=world.chi, direction=direction)
        make_follow_up(plan, world.unit_b, by=world.chi, direction=direction)
    assert world.chi.access.reads_everything
    with CaptureQueriesContext(connection) as captured:
        rows = list(directions_with_items(visible_directions(world.chi), world.chi))
        assert sum(len(row.items) for row in rows) == 2 * count  # type: ignore[attr-defined]
    assert len(captured) == 2
