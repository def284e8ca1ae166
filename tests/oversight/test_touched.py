"""Before a change of units is recorded, everything that stands with the units it ends is listed."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    TODAY,
    World,
    make_duty,
    make_indicator,
    make_period,
    make_task,
    make_unit,
)
from tests.factories.following import make_follow_up
from tests.factories.groups import give_to, make_unit_group
from tests.factories.inspecting import make_inspection
from tests.factories.obstacles import make_difficulty
from tests.factories.reorganising import make_change, make_handover, make_succession
from tiendo.oversight.touched import Touched, touched
from tiendo.plans.models import Plan

LATER = date(2026, 8, 1)
KINDS = {"tasks", "shared", "duties", "people", "indicators", "difficulties", "follow_ups", "inspections"}


def fill(world: World, plan: Plan) -> None:
    """One of each kind for Sở Xây dựng, and a task of another unit."""
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    make_task(plan, by=world.chi, lead=world.unit_b)
    make_task(plan, by=world.chi, lead=world.unit_a, state="completed")
    give_to(make_unit_group(world.unit_a), make_task(plan, by=world.chi, lead=world.unit_b))
    make_duty(make_period(plan), world.unit_a)
    make_indicator(by=world.chi, plan=plan, owner=world.unit_a)
    make_difficulty(plan, world.unit_a, by=world.an)
    make_follow_up(plan, world.unit_a, by=world.chi, task=task)
    make_inspection(plan, world.unit_a, by=world.inspector)


def look(world: World, user: str = "coordinator", *units: int) -> Touched:
    return touched(units or [world.unit_a.pk], on=LATER, user=world.people[user])


def test_everything_of_the_unit_is_listed_and_nothing_of_another(world: World, plan: Plan) -> None:
    fill(world, plan)
    found = look(world)
    assert {kind.code for kind in found.kinds} >= KINDS
    assert {kind.code: kind.total for kind in found.kinds if kind.code in KINDS - {"people", "difficulties"}} == {
        "tasks": 1,
        "shared": 1,
        "duties": 1,
        "indicators": 1,
        "follow_ups": 1,
        "inspections": 1,
    }
    people = found.of("people")
    assert people is not None
    assert {post.user for post in people.rows} == {world.an, world.binh}
    assert look(world, "coordinator", world.finance_unit.pk).of("tasks") is None


def test_who_may_not_open_a_thing_is_told_only_how_many(world: World, plan: Plan) -> None:
    fill(world, plan)
    tasks = look(world, "administrator").of("tasks")
    assert tasks is not None
    assert (tasks.total, tasks.rows, tasks.unseen) == (1, (), 1)


def test_a_surprise_inspection_is_not_given_away(world: World, plan: Plan) -> None:
    make_inspection(plan, world.coordinator_unit, by=world.inspector, kind="surprise", state="announced")
    assert look(world, "coordinator", world.coordinator_unit.pk).of("inspections") is None


def test_tasks_are_those_held_on_the_day_before(world: World, plan: Plan) -> None:
    """A predecessor's task is the unit's; one handed to another is not."""
    old, board = make_unit("so-cu"), make_unit("ban-moi")
    kept, gone = (make_task(plan, by=world.chi, lead=old) for _ in range(2))
    change = make_change("split", TODAY)
    make_succession(old, world.unit_a, change=change)
    make_handover(gone, old, board, change=change, by=world.chi)
    tasks = look(world).of("tasks")
    assert tasks is not None
    assert set(tasks.rows) == {kept}
    of_board = look(world, "coordinator", board.pk).of("tasks")
    assert of_board is not None
    assert set(of_board.rows) == {gone}


def test_the_number_of_queries_does_not_grow(world: World, plan: Plan) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            look(world)
        return len(caught)

    look(world)  # the reader's own access is asked for once
    fill(world, plan)
    one = count()
    for _ in range(2):
        make_task(plan, by=world.chi, lead=world.unit_a)
        make_indicator(by=world.chi, plan=plan, owner=world.unit_a)
        make_follow_up(plan, world.unit_a, by=world.chi)
    assert count() == one
