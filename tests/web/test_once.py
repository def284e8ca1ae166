"""A page that only shows reads once who answers for whom; an act never answers from an earlier read."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import World, make_task
from tests.factories.reorganising import make_change, make_handover, make_succession
from tiendo.accounts.models import User
from tiendo.orgs.queries import links
from tiendo.plans.models import Plan, Task
from tiendo.web.once import ReadOnceMiddleware

ClientOf = Callable[[User], Client]
BUDGET = 75  # the page of a task: some two for each of its thirty lists, and what a handover adds to its history
HANDOVERS = 'FROM "plans_handover" INNER JOIN "orgs_unitchange"'


@pytest.fixture
def handed(world: World, plan: Plan) -> Task:
    """A task of unit B for which unit A answers."""
    task = make_task(plan, by=world.chi, lead=world.unit_b)
    make_handover(task, world.unit_b, world.unit_a, change=make_change(), by=world.chi)
    return task


def queries_of(client: Client, url: str) -> list[str]:
    """What the page asks the database on a second visit."""
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in caught]


def page_of(task: Task) -> str:
    return reverse("plans:task-detail", args=[task.code])


@pytest.mark.parametrize("person", ["officer", "head", "coordinator"])
def test_the_page_of_a_task_keeps_its_budget(world: World, task: Task, client_of: ClientOf, person: str) -> None:
    assert len(queries_of(client_of(world.people[person]), page_of(task))) <= BUDGET


def test_the_page_of_a_task_keeps_its_budget_when_tasks_were_handed_over(
    world: World, task: Task, handed: Task, client_of: ClientOf
) -> None:
    binh = client_of(world.binh)
    assert len(queries_of(binh, page_of(task))) <= BUDGET
    assert len(queries_of(binh, page_of(handed))) <= BUDGET


@pytest.mark.parametrize("name", ["reporting:my-work", "oversight:home"])
def test_pages_of_many_lists_read_handovers_once(world: World, handed: Task, client_of: ClientOf, name: str) -> None:
    found = queries_of(client_of(world.binh), reverse(name))
    assert sum(HANDOVERS in each for each in found) == 1
    assert not [each for each, times in Counter(found).items() if times > 1 and "assignment" in each.split("WHERE")[0]]


def test_the_next_page_knows_of_a_handover_made_between(world: World, plan: Plan, client_of: ClientOf) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_b)
    an = client_of(world.an)
    assert an.get(page_of(task)).status_code == 404
    make_handover(task, world.unit_b, world.unit_a, change=make_change(), by=world.chi)
    assert an.get(page_of(task)).status_code == 200


@pytest.mark.parametrize(("method", "seen"), [("get", [0, 0]), ("head", [0, 0]), ("post", [0, 1])])
def test_only_what_shows_is_answered_by_an_earlier_read(world: World, method: str, seen: list[int]) -> None:
    found: list[int] = []

    def answer(request: HttpRequest) -> HttpResponse:
        found.append(len(links()))
        make_succession(world.unit_a, world.unit_b)
        found.append(len(links()))
        return HttpResponse()

    ReadOnceMiddleware(answer)(getattr(RequestFactory(), method)("/"))
    assert found == seen
    assert len(links()) == 1
