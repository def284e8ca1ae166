"""Pages of plans and tasks: who sees what, numbers that open their lists, acts, the event stream."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import World, make_plan, make_task
from tiendo.plans.models import Plan, Task

PAGES = ["overview", "overview-live", "task-list", "task-export", "task-unclear", "plan-list"]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_asks_to_sign_in(client: Any, name: str, world: World) -> None:
    answer = client.get(reverse(f"plans:{name}"))
    assert answer.status_code == 302
    assert reverse("accounts:sign-in") in answer["Location"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_for_everybody_signed_in(world: World, task: Task, client_of: Any, name: str) -> None:
    for person in world.people.values():
        assert client_of(person).get(reverse(f"plans:{name}")).status_code == 200


def test_task_detail_opens_for_its_unit_and_hides_from_others(world: World, task: Task, client_of: Any) -> None:
    page = reverse("plans:task-detail", args=[task.code])
    assert client_of(world.an).get(page).status_code == 200
    assert client_of(world.binh).get(page).status_code == 200
    assert client_of(world.chi).get(page).status_code == 200
    assert client_of(world.dung).get(page).status_code == 404
