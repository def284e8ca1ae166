"""Figures roll up along the tree of units, each task once, by the tree of the day (R031)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, TODAY, World, make_task, make_unit
from tests.factories.changing import make_change
from tiendo.orgs.models import Unit
from tiendo.plans.below import Below, count_below
from tiendo.plans.models import Plan, Task

LATE = date(2026, 5, 31)


@pytest.fixture
def commune(world: World) -> Unit:
    """It stands under unit A, which stands under the province."""
    return make_unit("xa-tan-uyen", "UBND xã Tân Uyên", parent=world.unit_a, kind="commune")


def look(unit: Unit, on: date = TODAY) -> Below | None:
    return count_below(unit, Task.objects.all(), on=on)


def numbers(found: Below | None) -> dict[str, tuple[int, int, int]]:
    assert found is not None
    return {row.unit.code: (row.total, row.finished, row.overdue) for row in (found.whole, *found.rows)}


def test_a_unit_is_counted_with_all_below_it(world: World, plan: Plan, commune: Unit) -> None:
    make_task(plan, by=world.chi, lead=commune, due_on=LATE)
    make_task(plan, by=world.chi, lead=world.unit_a, state="completed")
    make_task(plan, by=world.chi, lead=world.unit_b)
    make_task(plan, by=world.chi, lead=world.province)
    below = look(world.province)
    assert numbers(below) == {"ubnd-tinh": (4, 1, 1), "so-xay-dung": (2, 1, 1), "so-y-te": (1, 0, 0)}
    assert below is not None
    assert below.idle == 3
    assert [row.unit for row in below.rows] == [world.unit_a, world.unit_b]
    assert numbers(look(world.unit_a)) == {"so-xay-dung": (2, 1, 1), "xa-tan-uyen": (1, 0, 1)}
    assert look(commune) is None


def test_a_moved_unit_counts_where_it_stood_on_the_day(world: World, plan: Plan, commune: Unit) -> None:
    make_task(plan, by=world.chi, lead=commune)
    make_change("move", commune, parent=world.unit_b, on=date(2026, 6, 1))
    assert numbers(look(world.unit_a, date(2026, 5, 31)))["so-xay-dung"][0] == 1
    assert look(world.unit_a, date(2026, 6, 1)) is None
    assert numbers(look(world.unit_b, date(2026, 6, 1)))["so-y-te"][0] == 1


def test_what_a_merged_unit_led_counts_with_its_successor(world: World, plan: Plan) -> None:
    make_task(plan, by=world.chi, lead=world.unit_a)
    make_change("merge", world.unit_a, to=(world.unit_b,), on=NOON.date())
    assert numbers(look(world.province)) == {"ubnd-tinh": (1, 0, 0), "so-y-te": (1, 0, 0)}


def test_three_units_cost_as_many_queries_as_one(world: World, plan: Plan, commune: Unit) -> None:
    make_task(plan, by=world.chi, lead=commune)
    with CaptureQueriesContext(connection) as few:
        look(world.province)
    for code in ("xa-mot", "xa-hai"):
        make_task(plan, by=world.chi, lead=make_unit(code, parent=world.unit_b, kind="commune"))
    with CaptureQueriesContext(connection) as many:
        look(world.province)
    assert len(many) == len(few)
