"""Kept numbers are the present ones: a draft keeps them, anything else makes them anew."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories import World, make_task
from tiendo.accounts.models import User
from tiendo.audit.queries import Head
from tiendo.audit.record import record
from tiendo.plans import actions
from tiendo.plans.models import Plan
from tiendo.web.plans.kept import Keeper


def tell(act: str, at: datetime) -> None:
    with transaction.atomic():
        record(act=act, subject="plans.task:kh-57-1", actor="chi", at=at)


class Counter:
    """Counts how often it was asked to count."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        return self.asked


def test_a_number_is_worked_out_once_until_something_happens(db: None, now: datetime) -> None:
    keeper, count = Keeper[int](), Counter()
    tell("plans.task.hide", now)
    assert [keeper.get("all", count) for _ in range(3)] == [1, 1, 1]
    tell("reporting.entry.save", now)
    assert keeper.get("all", count) == 1
    tell("reporting.entry.accept", now)
    assert [keeper.get("all", count) for _ in range(2)] == [2, 2]


def test_numbers_of_different_readers_are_kept_apart_and_the_oldest_go(db: None, now: datetime) -> None:
    keeper, count = Keeper[int](most=2), Counter()
    tell("plans.task.hide", now)
    assert [keeper.get(key, count) for key in ("a", "b", "a", "c", "b")] == [1, 2, 1, 3, 2]
    assert keeper.get("a", count) == 4


def test_an_empty_log_keeps_nothing(db: None) -> None:
    keeper, count = Keeper[int](), Counter()
    assert [keeper.get("all", count) for _ in range(2)] == [1, 2]


def test_another_log_with_the_same_numbers_is_another_log(db: None, now: datetime) -> None:
    keeper, count = Keeper[int](), Counter()
    tell("plans.task.hide", now)
    keeper.get("all", count)
    keeper.kept["all"].head = Head(1, "f" * 64)
    assert keeper.get("all", count) == 2
    keeper.kept["all"].head = Head(1, "f" * 64)
    tell("reporting.entry.save", now)
    assert keeper.get("all", count) == 3


def test_a_list_is_written_once_for_all_who_see_the_same(
    world: World, plan: Plan, now: datetime, client_of: Callable[[User], Client]
) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    actions.hide_task(task=task, reason="Thử", by=world.decision_maker, at=now)
    url = reverse("plans:task-list")
    first = client_of(world.chi).get(url)
    again = client_of(world.inspector).get(url)
    assert "rows" in first.context
    assert "rows" not in again.context  # not written anew
    assert task.title in again.content.decode()
    assert world.inspector.full_name in again.content.decode()
    assert task.title not in client_of(world.dung).get(url).content.decode()


def test_a_kept_list_shows_an_act_at_once(
    world: World, plan: Plan, now: datetime, client_of: Callable[[User], Client]
) -> None:
    task = make_task(plan, by=world.chi)
    client, url = client_of(world.chi), f"{reverse('plans:task-list')}?concern=without_lead"
    actions.hide_task(task=task, reason="Thử", by=world.decision_maker, at=now)
    assert task.code in client.get(url).content.decode()
    actions.assign_unit(task=task, unit=world.unit_a, role="lead", source="CV 1", by=world.chi, at=now)
    assert task.code not in client.get(url).content.decode()


def test_an_open_overview_shows_an_act_at_once(
    world: World, plan: Plan, now: datetime, client_of: Callable[[User], Client]
) -> None:
    task = make_task(plan, by=world.chi)
    client, url = client_of(world.chi), reverse("plans:overview-live")
    actions.hide_task(task=task, reason="Thử", by=world.decision_maker, at=now)
    assert client.get(url).context["board"].counted.numbers.counts["without_lead"] == 1
    actions.assign_unit(task=task, unit=world.unit_a, role="lead", source="CV 1", by=world.chi, at=now)
    assert client.get(url).context["board"].counted.numbers.counts["without_lead"] == 0
