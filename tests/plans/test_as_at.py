"""The plan as it stood on a past day: units, deadlines, states and totals of that day, beside today's units."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    NOON,
    TODAY,
    World,
    make_duty,
    make_entry,
    make_period,
    make_submission,
    make_task,
    make_unit,
)
from tests.factories.reorganising import make_change, make_handover, make_succession
from tiendo.orgs.models import Unit
from tiendo.plans.as_at import PlanAsAt
from tiendo.plans.models import Assignment, FieldSource, Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting.as_at import plan_at

MARCH, BEFORE, AFTER = date(2026, 3, 1), date(2026, 2, 28), date(2026, 3, 2)
LATER = date(2026, 7, 10)


def at(plan: Plan, on: date) -> PlanAsAt:
    return plan_at(plan, on, tasks=Task.objects.all())


def totals(found: PlanAsAt, *, today: date | None = None) -> dict[str | None, int]:
    rows = found.by_unit_on(today) if today else found.by_then_unit()
    return {each.unit.code if each.unit else None: each.total for each in rows}


@pytest.fixture
def merged(world: World, plan: Plan) -> Unit:
    """Three tasks of Sở Xây dựng and one of Sở Y tế; in March the first splits, one of its tasks to a new board."""
    board = make_unit("ban-moi", "Ban mới", valid_from=MARCH)
    mine = [make_task(plan, by=world.chi, lead=world.unit_a) for _ in range(3)]
    make_task(plan, by=world.chi, lead=world.unit_b)
    change = make_change("split", MARCH)
    make_succession(world.unit_a, world.unit_b, change=change)
    make_succession(world.unit_a, board, change=change, is_default=False)
    make_handover(mine[0], world.unit_a, board, change=change, by=world.chi)
    return board


def test_totals_stand_with_the_units_of_that_day_and_beside_those_of_another(plan: Plan, merged: Unit) -> None:
    assert totals(at(plan, BEFORE)) == {"so-xay-dung": 3, "so-y-te": 1}
    assert totals(at(plan, BEFORE), today=AFTER) == {"so-y-te": 3, "ban-moi": 1}
    assert totals(at(plan, MARCH)) == {"so-y-te": 3, "ban-moi": 1}


def test_a_unit_nobody_took_over_from_is_told_as_gone(world: World, plan: Plan) -> None:
    make_task(plan, by=world.chi, lead=world.unit_a)
    Unit.objects.filter(pk=world.unit_a.pk).update(valid_to=MARCH)
    assert [(each.total, each.is_gone) for each in at(plan, BEFORE).by_then_unit()] == [(1, False)]
    assert [(each.total, each.is_gone) for each in at(plan, MARCH).by_then_unit()] == [(1, True)]


def test_a_task_of_no_known_unit_is_counted_too(world: World, plan: Plan) -> None:
    task = make_task(plan, by=world.chi)
    Assignment.objects.create(task=task, role="lead", printed="các sở, ban, ngành", started_at=NOON)
    assert totals(at(plan, TODAY)) == {None: 1}


def test_a_deadline_is_the_last_recorded_by_then_and_the_first_before_any(world: World, plan: Plan) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a, due_on=date(2026, 5, 1))
    line = task.deadline_lines.get()
    line.pk, line.number, line.due_on = None, 2, date(2026, 12, 1)
    line.recorded_at = NOON + timedelta(days=5)
    line.save(force_insert=True)
    found = [at(plan, on).tasks[0] for on in (BEFORE, TODAY, LATER)]
    assert [each.due_on for each in found] == [date(2026, 5, 1), date(2026, 5, 1), date(2026, 12, 1)]
    assert [each.cell for each in found] == ["open_in_time", "open_overdue", "open_in_time"]


def test_the_unit_is_the_one_charged_by_then(world: World, plan: Plan) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    moved = NOON + timedelta(days=3)
    task.assignments.update(ended_at=moved)
    Assignment.objects.create(task=task, role="lead", unit=world.unit_b, started_at=moved)
    assert [totals(at(plan, on)) for on in (BEFORE, TODAY, LATER)] == [
        {"so-xay-dung": 1},
        {"so-xay-dung": 1},
        {"so-y-te": 1},
    ]


def test_the_state_is_what_had_been_accepted_by_then(world: World, plan: Plan) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    done = {"state": "completed", "percent": Decimal(100), "completed_on": date(2026, 6, 20)}
    entry = make_entry(make_duty(make_period(plan), world.unit_a), task, saved_by=world.an, **done)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    before, after = at(plan, TODAY - timedelta(days=1)).tasks[0], at(plan, TODAY).tasks[0]
    assert (before.state.state, before.cell) == (WorkState.NOT_STARTED, "open_in_time")
    assert (after.state.state, after.cell) == (WorkState.COMPLETED, "done_on_time")


def test_a_cancelled_task_counts_until_it_is(world: World, plan: Plan) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a, state="cancelled")
    FieldSource.objects.create(task=task, field="state", note="QĐ 5", recorded_by=world.chi, recorded_at=NOON)
    assert totals(at(plan, TODAY - timedelta(days=1))) == {"so-xay-dung": 1}
    assert totals(at(plan, TODAY)) == {}


def test_before_its_first_version_a_plan_has_nothing(world: World, plan: Plan) -> None:
    make_task(plan, by=world.chi, lead=world.unit_a)
    found = at(plan, date(2024, 12, 31))
    assert (found.version, found.tasks) == (None, ())


def test_the_number_of_queries_does_not_grow(world: World, plan: Plan) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            found = at(plan, TODAY)
            found.by_then_unit(), found.by_unit_on(LATER)
        return len(caught)

    make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b])
    one = count()
    for _ in range(2):
        make_task(plan, by=world.chi, lead=world.unit_b, coordinating=[world.unit_a])
    assert count() == one
