"""Units come into being, are mended, and pass on what they hold."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.factories import World, make_unit
from tiendo.audit.models import Event
from tiendo.orgs import actions
from tiendo.orgs.models import Succession, Unit, UnitGroup
from tiendo.orgs.succession import Cycle

MARCH = date(2025, 3, 1)


def succeed(old: Unit, new: Unit, at: datetime, **more: Any) -> Succession:
    return actions.succeed_unit(
        predecessor=old, successor=new, kind="merge", effective_on=MARCH, decision="NQ 01", by="quan-tri", at=at, **more
    )


def test_a_new_unit_is_found_by_all_its_names(db: None, now: datetime) -> None:
    unit = actions.create_unit(
        code="so-khcn",
        name="Sở Khoa học và Công nghệ",
        short_name="Sở KH&CN",
        aliases=("KHCN",),
        kind="department",
        by="quan-tri",
        at=now,
    )
    assert set(unit.aliases.values_list("text", flat=True)) == {"Sở Khoa học và Công nghệ", "Sở KH&CN", "KHCN"}
    assert "khcn" in unit.folded
    event = Event.objects.get()
    assert (event.act, event.subject, event.actor) == ("orgs.unit.create", "orgs.unit:so-khcn", "quan-tri")


def test_a_correction_leaves_the_legal_name_alone(world: World, now: datetime) -> None:
    actions.correct_unit(
        unit=world.unit_a, short_name="SXD", official_id="H35.10", reports=False, by="quan-tri", at=now
    )
    unit = Unit.objects.get(pk=world.unit_a.pk)
    assert (unit.name, unit.short_name, unit.official_id, unit.reports) == ("Sở Xây dựng", "SXD", "H35.10", False)
    assert Event.objects.get().detail["was"] == {"short_name": "Sở Xây dựng", "official_id": None, "reports": True}


def test_a_succession_ends_the_predecessor_on_its_day(world: World, now: datetime) -> None:
    succeed(world.unit_b, world.unit_a, now)
    world.unit_b.refresh_from_db()
    assert world.unit_b.valid_to == MARCH
    assert not Unit.objects.in_force(MARCH).filter(pk=world.unit_b.pk).exists()
    assert Unit.objects.in_force(date(2025, 2, 28)).filter(pk=world.unit_b.pk).exists()


def test_a_circle_is_refused_and_leaves_no_trace(world: World, now: datetime) -> None:
    third = make_unit("so-gtvt")
    succeed(third, world.unit_b, now)
    succeed(world.unit_b, world.unit_a, now)
    before = Event.objects.count()
    with pytest.raises(Cycle):
        succeed(world.unit_a, third, now)
    assert (Succession.objects.count(), Event.objects.count()) == (2, before)
    assert Unit.objects.get(pk=world.unit_a.pk).valid_to is None


def test_an_alias_is_learned_once(world: World, now: datetime) -> None:
    for text in ("S. Xây dựng", "s xay dung"):
        actions.learn_alias(unit=world.unit_a, text=text, by="chi", at=now)
    assert list(world.unit_a.aliases.values_list("text", flat=True)) == ["S. Xây dựng"]
    assert Event.objects.count() == 1


def test_a_list_loaded_twice_adds_nothing_the_second_time(db: None, now: datetime) -> None:
    data = {
        "units": [
            {"code": "tinh", "name": "UBND tỉnh", "kind": "committee"},
            {"code": "cu", "name": "Sở Cũ", "kind": "department", "parent": "tinh", "valid_to": "2025-03-01"},
            {"code": "moi", "name": "Sở Mới", "kind": "department", "parent": "tinh", "reports": True},
        ],
        "groups": [{"code": "cac-so", "name": "các sở", "members": ["cu", "moi"]}],
        "successions": [
            {"predecessor": "cu", "successor": "moi", "kind": "merge", "effective_on": "2025-03-01", "decision": "NQ"}
        ],
    }
    assert actions.load_units(data=data, by="hệ thống", at=now) == 3
    events = Event.objects.count()
    assert actions.load_units(data=data, by="hệ thống", at=now) == 0
    assert (Unit.objects.count(), Succession.objects.count(), Event.objects.count()) == (3, 1, events)
    assert set(UnitGroup.objects.get().memberships.values_list("unit__code", flat=True)) == {"cu", "moi"}
