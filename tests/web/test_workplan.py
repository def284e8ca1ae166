"""Pages of a unit's action plan."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOON, make_plan, make_task
from tiendo.plans.actions import add_milestone
from tiendo.plans.models import Milestone

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(world):
    return make_task(make_plan(world.province), by=world.chi, lead=world.unit_a)


def test_an_officer_plans_the_work_from_the_page_of_the_task(world, task, client_of):
    an, page = client_of(world.an), reverse("plans:task-detail", args=[task.code])
    assert reverse("plans:milestone-add", args=[task.code]) in an.get(page).content.decode()
    given = {"title": "Trình dự thảo", "due_on": "2026-06-01"}
    answer = an.post(reverse("plans:milestone-add", args=[task.code]), given, follow=True)
    assert "Trình dự thảo" in answer.content.decode()
    step = Milestone.objects.get()
    an.post(reverse("plans:milestone-finish", args=[step.pk]), {"done_on": "2026-05-20"})
    step.refresh_from_db()
    assert step.done_on == date(2026, 5, 20)


def test_what_is_refused_loses_nothing_typed(world, task, client_of):
    late = {"title": "Trình dự thảo", "due_on": "2027-06-01"}
    answer = client_of(world.an).post(reverse("plans:milestone-add", args=[task.code]), late)
    assert "Mốc không thể sau thời hạn" in answer.content.decode()
    assert 'value="Trình dự thảo"' in answer.content.decode()


def test_a_unit_sees_the_gaps_of_its_own_tasks_only(world, task, client_of):
    page = reverse("plans:workplan")
    assert task.title in client_of(world.an).get(page).content.decode()
    assert task.title in client_of(world.chi).get(page).content.decode()
    assert task.title not in client_of(world.dung).get(page).content.decode()


def test_three_lines_cost_as_many_queries_as_one(world, task, client_of):
    chi, page = client_of(world.chi), reverse("plans:workplan")
    chi.get(page)
    with CaptureQueriesContext(connection) as one:
        chi.get(page)
    for _ in range(2):
        more = make_task(task.plan, by=world.chi, lead=world.unit_a)
        add_milestone(task=more, title="Bước", due_on=date(2026, 6, 1), by=world.an, at=NOON)
    with CaptureQueriesContext(connection) as three:
        chi.get(page)
    assert len(three) == len(one)
