"""Who belongs to a group of units from which day to which."""

from datetime import date

import pytest

from tests.factories import NOON, World
from tiendo.audit.models import Event
from tiendo.orgs.actions import CannotJoin, add_member, correct_membership, end_member, load_units
from tiendo.orgs.history import members_on
from tiendo.orgs.models import GroupMembership, UnitChange, UnitGroup

JANUARY, JULY, AUGUST = date(2025, 1, 1), date(2025, 7, 1), date(2025, 8, 1)


@pytest.fixture
def group(world: World) -> UnitGroup:
    return UnitGroup.objects.create(code="cac-so", name="các sở", folded="cac so")


def add(group: UnitGroup, world: World, start: date | None = None, end: date | None = None) -> GroupMembership:
    return add_member(group=group, unit=world.unit_a, valid_from=start, valid_to=end, by="quan-tri", at=NOON)


def correct(row: GroupMembership, start: date | None, end: date | None, reason: str = "Nhập nhầm") -> GroupMembership:
    return correct_membership(membership=row, valid_from=start, valid_to=end, reason=reason, by="chi", at=NOON)


def held(group: UnitGroup, on: date) -> list[str]:
    return list(members_on(group, on).values_list("code", flat=True))


def test_a_unit_belongs_from_its_day_to_the_day_before_its_end(group: UnitGroup, world: World) -> None:
    row = add(group, world, JULY)
    end_member(membership=row, on=AUGUST, by="quan-tri", at=NOON)
    assert [held(group, on) for on in (JANUARY, JULY, date(2025, 7, 31), AUGUST)] == [
        [],
        ["so-xay-dung"],
        ["so-xay-dung"],
        [],
    ]
    assert [event.act for event in Event.objects.order_by("seq")] == ["orgs.group_member.add", "orgs.group_member.end"]


def test_a_unit_that_ended_is_no_member(group: UnitGroup, world: World) -> None:
    add(group, world)
    world.unit_a.valid_to = JULY
    world.unit_a.save()
    assert (held(group, JANUARY), held(group, JULY)) == (["so-xay-dung"], [])


def test_a_correction_keeps_the_row_it_replaces(group: UnitGroup, world: World) -> None:
    row = add(group, world, JULY)
    correct(row, JANUARY, AUGUST)
    assert (held(group, JANUARY), held(group, AUGUST)) == (["so-xay-dung"], [])
    assert GroupMembership.objects.count() == 2
    detail = Event.objects.order_by("seq").last().detail  # type: ignore[union-attr]
    assert (detail["was"]["valid_from"], detail["valid_from"], detail["reason"]) == (
        "2025-07-01",
        "2025-01-01",
        "Nhập nhầm",
    )
    with pytest.raises(CannotJoin, match="đã được thay"):
        correct(row, None, None)


@pytest.mark.parametrize(("start", "end"), [(None, None), (JULY, None), (None, AUGUST), (JANUARY, date(2025, 7, 2))])
def test_nobody_belongs_twice_at_once(group: UnitGroup, world: World, start: date | None, end: date | None) -> None:
    add(group, world, JULY, AUGUST)
    with pytest.raises(CannotJoin, match="đã thuộc nhóm"):
        add(group, world, start, end)
    add(group, world, AUGUST)
    add(group, world, JANUARY, JULY)
    assert Event.objects.count() == 3


def test_days_must_follow_each_other_and_a_correction_says_why(group: UnitGroup, world: World) -> None:
    row = add(group, world, JULY)
    with pytest.raises(CannotJoin, match="phải sau ngày bắt đầu"):
        end_member(membership=row, on=JULY, by="quan-tri", at=NOON)
    with pytest.raises(CannotJoin, match="phải sau ngày bắt đầu"):
        correct(row, AUGUST, JULY)
    with pytest.raises(CannotJoin, match="lý do"):
        correct(row, JANUARY, None, " ")
    end_member(membership=row, on=AUGUST, by="quan-tri", at=NOON)
    with pytest.raises(CannotJoin, match="đã thôi"):
        end_member(membership=row, on=AUGUST, by="quan-tri", at=NOON)
    assert Event.objects.count() == 2


LIST = {
    "units": [
        {"code": "cu", "name": "Sở Cũ", "kind": "department", "valid_to": "2025-03-01"},
        {"code": "cu-2", "name": "Sở Cũ hai", "kind": "department"},
        {"code": "moi", "name": "Sở Mới", "kind": "department"},
    ],
    "groups": [{"code": "cac-so", "name": "các sở", "members": "kind=department"}],
    "successions": [
        {"predecessor": old, "successor": "moi", "kind": "merge", "effective_on": "2025-03-01", "decision": "NQ"}
        for old in ("cu", "cu-2")
    ],
}


def test_a_list_leaves_what_people_mended_alone(db: None) -> None:
    load_units(data=LIST, by="hệ thống", at=NOON)
    row = GroupMembership.objects.get(unit__code="moi")
    correct(row, JULY, None)
    load_units(data=LIST, by="hệ thống", at=NOON)
    assert GroupMembership.objects.filter(unit__code="moi").count() == 2
    assert GroupMembership.objects.standing().get(unit__code="moi").valid_from == JULY


def test_the_successions_of_one_decision_are_one_change(db: None) -> None:
    load_units(data=LIST, by="hệ thống", at=NOON)
    change = UnitChange.objects.get()
    assert (change.kind, sorted(change.ended), change.successions.count()) == ("merge", ["cu", "cu-2"], 2)
