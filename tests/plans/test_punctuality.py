from datetime import date, datetime

from pytest_django import DjangoAssertNumQueries

from tests.factories import World, make_task
from tiendo.plans.actions import grant_deadline
from tiendo.plans.models import Plan, Task
from tiendo.plans.punctuality import punctuality
from tiendo.plans.states import WorkState

DUE, LATER = date(2026, 5, 31), date(2026, 8, 31)


def test_tasks_are_held_against_both_deadlines_in_one_query(
    world: World, plan: Plan, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    extended, late = (make_task(plan, by=world.chi, lead=world.unit_a, due_on=DUE) for _ in range(2))
    make_task(plan, by=world.chi, lead=world.unit_a, due_on=DUE, state=WorkState.CANCELLED)
    make_task(plan, by=world.chi, lead=world.unit_b, due_on=LATER, state=WorkState.COMPLETED, completed_on=LATER)
    grant_deadline(task=extended, due_on=LATER, reason="Mưa lũ", source="QĐ 5", by=world.decision_maker, at=now)
    with django_assert_num_queries(1):
        both = punctuality(Task.objects.all(), on=date(2026, 7, 1))
    assert (both.original.overdue, both.original.on_time, both.extended) == (2, 1, 1)
    assert (both.current.overdue, both.current.ahead, both.current.on_time) == (1, 1, 1)
    ours = punctuality(Task.objects.filter(pk=late.pk), on=date(2026, 7, 1))
    assert ours.original == ours.current
