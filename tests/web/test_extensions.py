"""More time in a browser without scripts: the head asks, the coordinator advises, the decision-maker decides."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import World, make_task
from tiendo.accounts.models import User
from tiendo.plans.models import Plan, Task
from tiendo.reporting.models import ExtensionRequest

ClientOf = Callable[[User], Client]
LIST = "reporting:extension-list"


@pytest.fixture
def task(world: World, plan: Plan) -> Task:
    """Due in ten days."""
    due_on = timezone.localdate() + timedelta(days=10)
    return make_task(plan, by=world.chi, lead=world.unit_a, due_on=due_on)


def page_of(task: Task) -> str:
    return reverse("reporting:task-extension", args=[task.code])


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def asked(world: World, task: Task, client_of: ClientOf) -> ExtensionRequest:
    later = timezone.localdate() + timedelta(days=90)
    given = {"due_on": later.isoformat(), "reason": "Mưa lũ kéo dài", "document_number": "45/SXD"}
    assert client_of(world.binh).post(page_of(task), given).status_code == 302
    return ExtensionRequest.objects.get()


def test_the_head_asks_and_everybody_concerned_sees_it(
    world: World, task: Task, asked: ExtensionRequest, client_of: ClientOf
) -> None:
    assert (asked.unit, asked.asked_by, asked.document_number) == (world.unit_a, world.binh, "45/SXD")
    for who in (world.an, world.binh, world.chi, world.decision_maker, world.inspector):
        assert "Mưa lũ kéo dài" in text_of(client_of(who), page_of(task))
        assert "Mưa lũ kéo dài" in text_of(client_of(who), reverse(LIST))
    assert "Mưa lũ kéo dài" not in text_of(client_of(world.dung), reverse(LIST))
    assert client_of(world.dung).get(page_of(task)).status_code == 404


def test_an_officer_reads_the_ledger_and_is_not_offered_the_form(world: World, task: Task, client_of: ClientOf) -> None:
    offered = 'name="reason"'
    assert offered in text_of(client_of(world.binh), page_of(task))
    assert offered not in text_of(client_of(world.an), page_of(task))


def test_what_is_missing_is_said_beside_its_field(world: World, task: Task, client_of: ClientOf) -> None:
    page = client_of(world.binh).post(page_of(task), {"due_on": "hôm nào", "reason": ""})
    assert "field-error" in page.content.decode()
    assert not ExtensionRequest.objects.exists()


def test_the_decision_maker_grants_and_the_ledger_has_a_new_line(
    world: World, task: Task, asked: ExtensionRequest, client_of: ClientOf
) -> None:
    client_of(world.chi).post(reverse("reporting:extension-advise", args=[asked.pk]), {"opinion": "Lý do xác đáng"})
    boss = client_of(world.decision_maker)
    assert "Lý do xác đáng" in text_of(boss, page_of(task))
    boss.post(reverse("reporting:extension-grant", args=[asked.pk]), {"decision": "QĐ 12/QĐ-UBND"})
    page = text_of(client_of(world.binh), page_of(task))
    assert "QĐ 12/QĐ-UBND" in page
    assert "đủ số lần" in page
    assert reverse("oversight:proposal-change", args=[task.code]) in page
    assert f"{asked.due_on:%d/%m/%Y}" in page
    task.refresh_from_db()
    assert task.due_on == asked.due_on != task.original_due_on


def test_a_refusal_is_told_with_its_reason(
    world: World, task: Task, asked: ExtensionRequest, client_of: ClientOf
) -> None:
    url = reverse("reporting:extension-refuse", args=[asked.pk])
    client_of(world.decision_maker).post(url, {"decision": "Còn đủ thời gian"})
    assert "Còn đủ thời gian" in text_of(client_of(world.an), page_of(task))
    again = client_of(world.decision_maker).post(url, {"decision": "Lần nữa"}, follow=True)
    assert "đã được xử lý" in again.content.decode()


def test_the_head_withdraws(world: World, task: Task, asked: ExtensionRequest, client_of: ClientOf) -> None:
    url = reverse("reporting:extension-withdraw", args=[asked.pk])
    assert client_of(world.an).post(url).status_code == 403
    client_of(world.binh).post(url)
    asked.refresh_from_db()
    assert asked.verdict == "withdrawn"


def test_the_list_says_how_long_each_has_waited(world: World, asked: ExtensionRequest, client_of: ClientOf) -> None:
    ExtensionRequest.objects.update(asked_at=timezone.now() - timedelta(days=14))
    page = text_of(client_of(world.decision_maker), reverse(LIST))
    assert "chờ 10 ngày làm việc" in page or "chờ 9 ngày làm việc" in page or "chờ 8 ngày làm việc" in page
    assert "Xem và quyết định" in page
    assert "Xem và quyết định" not in text_of(client_of(world.chi), reverse(LIST))


def test_queries_do_not_grow_with_rows(
    world: World,
    plan: Plan,
    asked: ExtensionRequest,
    client_of: ClientOf,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client, url = client_of(world.decision_maker), reverse(LIST)
    client.get(url)
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    for _ in range(2):
        ExtensionRequest.objects.create(
            task=make_task(plan, by=world.chi, lead=world.unit_a),
            unit=world.unit_a,
            due_on=asked.due_on,
            reason="Chậm",
            asked_by=world.binh,
            asked_at=now,
        )
    with django_assert_num_queries(len(first)):
        client.get(url)


def test_what_waits_stands_among_the_work_of_the_coordinator_and_the_decision_maker(
    world: World, task: Task, asked: ExtensionRequest, client_of: ClientOf
) -> None:
    for who, is_told in ((world.chi, True), (world.decision_maker, True), (world.inspector, False), (world.an, False)):
        page = text_of(client_of(who), reverse("reporting:my-work"))
        assert (f'href="{reverse(LIST)}"' in page) is (page_of(task) in page) is is_told


def test_the_list_is_reached_from_the_tasks_and_from_the_deadline_of_one(
    world: World, task: Task, client_of: ClientOf
) -> None:
    for page in (reverse("plans:task-list"), page_of(task)):
        assert f'href="{reverse(LIST)}"' in text_of(client_of(world.an), page)
