from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World, make_unit
from tiendo.orgs.models import OfficeDay, Succession, Unit
from tiendo.orgs.queries import holders, office_calendar, reporting_units, unit_holding, units_held_by

MARCH = date(2025, 3, 1)


def pass_on(old: Unit, new: Unit) -> None:
    Succession.objects.create(predecessor=old, successor=new, kind="merge", effective_on=MARCH, decision="NQ 01")


def test_what_a_unit_holds_follows_the_date(world: World) -> None:
    old = make_unit("so-gtvt")
    pass_on(old, world.unit_a)
    mine = frozenset([world.unit_a.pk])
    assert units_held_by(mine, on=MARCH) == {world.unit_a.pk, old.pk}
    assert units_held_by(mine, on=date(2025, 2, 28)) == mine
    assert units_held_by(frozenset([old.pk]), on=MARCH) == frozenset()
    assert unit_holding(old, on=MARCH) == world.unit_a
    assert unit_holding(old, on=date(2025, 2, 28)) == old
    assert holders(on=MARCH) == {old.pk: world.unit_a.pk}
    assert holders(on=date(2025, 2, 28)) == {}


def test_nobody_holding_nothing_asks_nothing(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert units_held_by(frozenset(), on=MARCH) == frozenset()
    assert len(asked) == 0


def test_units_that_owe_reports_are_those_in_force(world: World) -> None:
    make_unit("cu", valid_to=MARCH)
    codes = set(reporting_units(on=MARCH).values_list("code", flat=True))
    assert {"so-xay-dung", "so-y-te"} <= codes
    assert not {"cu", "ubnd-tinh"} & codes


def test_the_office_calendar_is_one_query(db: None) -> None:
    assert office_calendar().is_working(date(2026, 6, 12))
    OfficeDay.objects.create(day=date(2026, 6, 12), kind="off", note="CV 12")
    OfficeDay.objects.create(day=date(2026, 6, 13), kind="worked", note="CV 12")
    with CaptureQueriesContext(connection) as asked:
        calendar = office_calendar()
        assert not calendar.is_working(date(2026, 6, 12))
        assert calendar.is_working(date(2026, 6, 13))
    assert len(asked) == 1
