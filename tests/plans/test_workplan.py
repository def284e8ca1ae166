"""The action plan of a unit: start, end, milestones, a named person, and what a line lacks of them (R028)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, make_plan, make_task
from tiendo.audit.models import Event
from tiendo.plans.actions import add_milestone, finish_milestone, remove_milestone, set_start
from tiendo.plans.models import Milestone, Task
from tiendo.plans.queries import gaps_of, with_workplan, without_workplan
from tiendo.plans.workplan import Gap, WorkLine, gaps


def test_a_line_names_what_it_lacks_in_the_order_of_filling_it_in():
    assert gaps(WorkLine(False, True, False, True)) == (Gap.START, Gap.MILESTONES)
    assert gaps(WorkLine(True, True, True, True)) == ()


pytestmark = pytest.mark.django_db


@pytest.fixture
def task(world):
    return make_task(make_plan(world.province), by=world.chi, lead=world.unit_a)


def test_the_lead_unit_fills_its_line_until_nothing_is_missing(world, task):
    assert _gaps(task) == (Gap.START, Gap.MILESTONES, Gap.PERSON)
    set_start(task=task, starts_on=date(2026, 3, 1), by=world.an, at=NOON)
    add_milestone(task=task, title="Trình dự thảo", due_on=date(2026, 6, 1), by=world.binh, at=NOON)
    assert _gaps(task) == (Gap.PERSON,)
    assert list(without_workplan(Task.objects.all())) == [task]
    task.charges.create(user=world.an, kind="officer", valid_from=date(2026, 1, 1))
    assert _gaps(task) == ()
    assert not without_workplan(Task.objects.all()).exists()


@pytest.mark.parametrize("kind", ["recurring", "open"])
def test_a_lasting_duty_needs_no_end(world, kind):
    task = make_task(make_plan(world.province), by=world.chi, lead=world.unit_a, due_on=None, due_kind=kind)
    assert Gap.END not in _gaps(task)


def test_a_step_is_done_on_a_day_that_has_come_and_left_out_without_being_lost(world, task):
    step = add_milestone(task=task, title="Trình dự thảo", due_on=date(2026, 6, 1), by=world.an, at=NOON)
    with pytest.raises(PermissionDenied, match="tương lai"):
        finish_milestone(milestone=step, done_on=date(2026, 7, 2), by=world.an, at=NOON)
    finish_milestone(milestone=step, done_on=date(2026, 7, 1), by=world.an, at=NOON)
    remove_milestone(milestone=step, by=world.an, at=NOON)
    assert not Milestone.objects.in_force().exists()
    assert Milestone.objects.get().done_on == date(2026, 7, 1)


@pytest.mark.parametrize("who", ["other_unit", "coordinator", "inspector"])
def test_nobody_else_plans_the_work_of_the_lead(world, task, who):
    known = Event.objects.count()
    with pytest.raises(PermissionDenied):
        add_milestone(task=task, title="Trình", due_on=date(2026, 6, 1), by=world.people[who], at=NOON)
    with pytest.raises(PermissionDenied):
        set_start(task=task, starts_on=date(2026, 3, 1), by=world.people[who], at=NOON)
    assert not Milestone.objects.exists()
    assert Event.objects.count() == known


@pytest.mark.parametrize("day", [date(2027, 1, 1)])
def test_neither_start_nor_step_lies_after_the_deadline(world, task, day):
    with pytest.raises(PermissionDenied, match="sau thời hạn"):
        set_start(task=task, starts_on=day, by=world.an, at=NOON)
    with pytest.raises(PermissionDenied, match="sau thời hạn"):
        add_milestone(task=task, title="Trình", due_on=day, by=world.an, at=NOON)


def _gaps(task):
    return gaps_of(with_workplan(Task.objects.filter(pk=task.pk)).get())
