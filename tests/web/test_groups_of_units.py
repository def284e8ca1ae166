"""Pages of tasks that are given to groups of units."""

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import World, make_plan, make_task, make_unit
from tests.factories.groups import give_to, join, make_unit_group
from tiendo.accounts.models import User
from tiendo.orgs.models import UnitGroup
from tiendo.plans.models import Plan, Task

ClientOf = Callable[[User], Client]


@pytest.fixture
def plan(world: World) -> Plan:
    return make_plan(world.province)


@pytest.fixture
def group(world: World) -> UnitGroup:
    return make_unit_group(world.unit_a, world.finance_unit)


@pytest.fixture
def shared(world: World, plan: Plan, group: UnitGroup) -> Task:
    task = make_task(plan, by=world.chi, lead=world.coordinator_unit, title="Số hóa hồ sơ")
    give_to(group, task, printed="các sở, ngành")
    return task


def detail(task: Task) -> str:
    return reverse("plans:task-detail", args=[task.code])


def text(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def listed(client: Client, **asked: str) -> list[str]:
    return [row.task.title for row in client.get(reverse("plans:task-list"), asked).context["rows"]]


def test_a_member_opens_the_task_and_finds_who_takes_part(world: World, shared: Task, client_of: ClientOf) -> None:
    page = text(client_of(world.an), detail(shared))
    assert "các sở, ngành" in page
    assert "2 đơn vị tham gia chung" in page
    assert "chưa nhận ra" not in page


def test_nobody_of_another_unit_opens_it(world: World, shared: Task, client_of: ClientOf) -> None:
    assert client_of(world.dung).get(detail(shared)).status_code == 404
    assert listed(client_of(world.dung)) == []


def test_it_stands_apart_in_the_lists_of_a_member(world: World, plan: Plan, shared: Task, client_of: ClientOf) -> None:
    make_task(plan, by=world.chi, coordinating=[world.unit_a], title="Việc phối hợp")
    client, unit = client_of(world.an), world.unit_a.code
    assert listed(client, unit=unit) == []
    assert listed(client, unit=unit, role="any") == ["Việc phối hợp"]
    assert listed(client, unit=unit, role="shared") == ["Số hóa hồ sơ"]
    assert listed(client_of(world.chi), unit=world.unit_b.code, role="shared") == []


def test_my_work_names_it_in_one_line_and_not_among_what_is_due(
    world: World, shared: Task, client_of: ClientOf
) -> None:
    Task.objects.filter(pk=shared.pk).update(due_on="2026-01-01")
    page = text(client_of(world.an), reverse("reporting:my-work"))
    assert "Sở Xây dựng tham gia chung 1 nhiệm vụ" in page
    assert detail(shared) not in page
    assert "tham gia chung" not in text(client_of(world.dung), reverse("reporting:my-work"))


def test_a_group_that_leads_is_said_to_need_a_lead_unit(
    world: World, plan: Plan, group: UnitGroup, client_of: ClientOf
) -> None:
    task = make_task(plan, by=world.chi)
    give_to(group, task, "lead")
    assert "cần một cơ quan chủ trì" in text(client_of(world.an), detail(task))


def test_a_group_without_members_today_says_so(world: World, plan: Plan, client_of: ClientOf) -> None:
    task = make_task(plan, by=world.chi)
    give_to(make_unit_group(), task)
    assert "không còn đơn vị nào trong nhóm" in text(client_of(world.chi), detail(task))


def test_the_coordinator_gives_a_group_a_part(world: World, plan: Plan, group: UnitGroup, client_of: ClientOf) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_b)
    url = reverse("plans:task-assign", args=[task.code])
    given = {"unit": group.code, "role": "coordinating", "source": "Công văn 12/UBND-TH"}
    assert client_of(world.chi).post(url, given).status_code == 302
    assert task.assignments.get(role="coordinating").group == group
    refused = client_of(world.chi).post(url, given | {"role": "supervising"})
    assert "hãy chọn cơ quan thay cho nhóm" in refused.content.decode()
    assert not task.assignments.filter(role="supervising").exists()


def test_the_list_as_a_file_names_the_group(world: World, shared: Task, client_of: ClientOf) -> None:
    answer = client_of(world.an).get(reverse("plans:task-export"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row["Cơ quan phối hợp"] for row in rows] == ["các sở, ngành"]


def test_pages_cost_the_same_with_few_members_and_with_many(
    world: World, plan: Plan, group: UnitGroup, shared: Task, client_of: ClientOf
) -> None:
    client = client_of(world.an)
    urls = [detail(shared), f"{reverse('plans:task-list')}?unit=so-xay-dung&role=shared"]

    def costs() -> list[int]:
        found = []
        for url in urls:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            found.append(len(captured))
        return found

    costs()  # what is read once and kept
    few = costs()
    for number in range(3):
        join(group, make_unit(f"so-{number}"))
        give_to(group, make_task(plan, by=world.chi, lead=world.unit_b))
    assert costs() == few
