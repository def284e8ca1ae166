"""Pages of supervision: the agency's desk, the branches with their agency, what has none."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOON,
    World,
    make_duty,
    make_entry,
    make_group,
    make_period,
    make_submission,
    make_task,
)
from tests.factories.inspecting import make_finding, make_inspection
from tiendo.accounts.models import User
from tiendo.oversight.inspection_workflow import State
from tiendo.plans.actions import supervise_branch
from tiendo.plans.models import GroupSupervision, Plan, Task
from tiendo.publication.actions import approve_release, propose_release

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
DONE = {"state": "completed", "percent": 100}


def page(client: Client, name: str, query: str = "", *args: object) -> str:
    response = client.get(reverse(f"oversight:{name}", args=args) + query)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


@pytest.fixture
def supervised(plan: Plan, task: Task, world: World) -> Task:
    """Unit B supervises the branch of a task of unit A."""
    supervise_branch(group=plan.groups.get(), unit=world.unit_b, source="12/QĐ-UBND", by=world.chi, at=NOON)
    return task


def test_the_desk_shows_what_asks_for_the_agencys_eyes(
    client_of: ClientOf, supervised: Task, plan: Plan, world: World
) -> None:
    entry = make_entry(make_duty(make_period(plan), world.unit_a), supervised, saved_by=world.an, **DONE)
    make_submission(entry, by=world.binh)
    ended = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector, state=State.CONCLUDED)
    make_finding(ended, by=world.inspector, task=supervised)
    running = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector)
    make_finding(running, by=world.inspector, task=supervised, text="Chưa ai được biết.")
    shown = page(client_of(world.dung), "supervision-desk")
    assert supervised.title in shown
    assert "chờ tiếp nhận" in shown
    assert "1 phát hiện" in shown
    assert "Chưa ai được biết." not in shown
    assert supervised.title in page(client_of(world.dung), "supervision-desk", "?loc=claimed")
    assert "Đề nghị kiểm tra" in shown


def test_an_agency_without_tasks_is_told_so(client_of: ClientOf, supervised: Task, world: World) -> None:
    shown = page(client_of(world.an), "supervision-desk")
    assert "chưa được giao giám sát" in shown
    assert supervised.title not in shown


def test_the_coordinator_gives_a_branch_an_agency_and_is_told_where_it_cannot(
    client_of: ClientOf, plan: Plan, task: Task, world: World
) -> None:
    group, client = plan.groups.get(), client_of(world.chi)
    address = reverse("oversight:branch-supervise", args=[group.pk])
    answer = client.post(address, {"unit": world.unit_a.pk, "source": "12/QĐ-UBND"}, follow=True).content.decode()
    assert "cần cơ quan giám sát riêng" in answer
    assert task.code in answer
    assert task.title in page(client, "task-unsupervised")
    assert "Cơ quan giám sát của nhóm tham gia thực hiện" in page(client, "task-unsupervised")
    client.post(address, {"unit": world.unit_b.pk, "source": "13/QĐ-UBND"})
    assert task.title not in page(client, "task-unsupervised")
    row = GroupSupervision.objects.get(ended_at=None)
    client.post(reverse("oversight:branch-end", args=[row.pk]), {"source": "14/QĐ-UBND"})
    assert task.title in page(client, "task-unsupervised")


def test_the_branches_say_how_many_have_none(client_of: ClientOf, supervised: Task, plan: Plan, world: World) -> None:
    make_task(plan, by=world.chi, lead=world.unit_a, group=make_group(plan, "III.1.2", "Thể chế"))
    shown = page(client_of(world.chi), "branch-list", f"?ke-hoach={plan.code}")
    assert "1 trong 2 nhiệm vụ chưa có cơ quan giám sát" in shown
    assert world.unit_b.name in shown


def test_the_task_page_names_the_agency_of_the_branch(client_of: ClientOf, supervised: Task, world: World) -> None:
    shown = client_of(world.binh).get(reverse("plans:task-detail", args=[supervised.code])).content.decode()
    assert f"{world.unit_b.name} giám sát" in shown


def test_a_release_names_the_agency_of_the_branch_unless_it_takes_part(
    plan: Plan, supervised: Task, world: World
) -> None:
    make_task(plan, by=world.chi, lead=world.unit_b, title="Việc của chính cơ quan giám sát")
    release = propose_release(plan=plan, title="Quý II", by=world.chi, at=NOON)
    approve_release(release=release, by=world.decision_maker, at=NOON)
    named = {row.code: [unit["code"] for unit in row.data["supervising"]] for row in release.tasks.all()}
    assert named == {supervised.code: ["so-y-te"], f"{plan.code}-2": []}


def test_lists_ask_as_often_for_one_as_for_three(
    client_of: ClientOf, supervised: Task, plan: Plan, world: World
) -> None:
    pages = [(world.dung, "supervision-desk"), (world.chi, "branch-list"), (world.chi, "task-unsupervised")]
    make_task(plan, by=world.chi, lead=world.unit_b)

    def asked() -> list[int]:
        found = []
        for user, name in pages:
            with CaptureQueriesContext(connection) as queries:
                page(client_of(user), name)
            found.append(len(queries))
        return found

    first = asked()
    for number in (2, 3):
        make_task(plan, by=world.chi, lead=world.unit_a)
        make_task(plan, by=world.chi, lead=world.unit_b)
        group = make_group(plan, f"III.1.{number}", f"Nhóm {number}")
        make_task(plan, by=world.chi, lead=world.unit_a, group=group)
    assert asked() == first


def test_the_card_of_a_task_names_the_agency_of_its_branch_once_and_for_all(
    client_of: ClientOf, supervised: Task, world: World
) -> None:
    shown = client_of(world.chi).get(reverse("plans:task-detail", args=[supervised.code])).content.decode()
    said = " ".join(shown.split("<dt>Giám sát</dt>")[1].split("</dd>")[0].split())
    assert f"{world.unit_b.name} <span" in said
    assert "cả nhóm nhiệm vụ" in said
    assert "không có trong văn bản" not in said


def test_the_card_of_a_task_without_an_agency_says_so_in_one_way(client_of: ClientOf, task: Task, world: World) -> None:
    shown = client_of(world.chi).get(reverse("plans:task-detail", args=[task.code])).content.decode()
    said = shown.split("<dt>Giám sát</dt>")[1].split("</dd>")[0]
    assert "chưa có cơ quan giám sát" in said
