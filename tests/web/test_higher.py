"""Pages on higher documents: numbers open their lists, the coordinator links and unlinks (R027)."""

import pytest
from django.urls import reverse

from tests.factories import NOON, make_plan, make_task
from tiendo.plans.actions import carry_out
from tiendo.plans.models import Mandate

pytestmark = pytest.mark.django_db
PAPER = "Công văn số 12/SKHCN"


@pytest.fixture
def task(world):
    return make_task(make_plan(world.province), by=world.chi, lead=world.unit_a)


def test_the_coordinator_links_a_task_and_its_numbers_open_the_list(world, task, client_of):
    chi = client_of(world.chi)
    typed = {"number": "57-NQ/TW", "kind": "Nghị quyết", "issuer": "Bộ Chính trị", "source": PAPER}
    answer = chi.post(reverse("plans:task-mandate", args=[task.code]), typed, follow=True)
    assert "Nghị quyết 57-NQ/TW" in answer.content.decode()
    listed = chi.get(reverse("plans:higher-list")).content.decode()
    document = Mandate.objects.get().document
    address = f"{reverse('plans:task-list')}?higher={document.pk}&amp;cell=counted"
    assert address in listed
    rows = chi.get(address.replace("&amp;", "&")).content.decode()
    assert task.title in rows
    assert "Nghị quyết 57-NQ/TW" in rows


def test_a_plan_is_linked_and_unlinked(world, task, client_of):
    chi = client_of(world.chi)
    page = reverse("plans:plan-detail", args=[task.plan.code])
    chi.post(reverse("plans:plan-mandate", args=[task.plan.code]), {"number": "03/NQ-CP", "source": PAPER})
    mandate = Mandate.objects.get()
    assert "03/NQ-CP" in chi.get(page).content.decode()
    assert "cả kế hoạch" in chi.get(reverse("plans:task-detail", args=[task.code])).content.decode()
    chi.post(reverse("plans:mandate-end", args=[mandate.pk]), {"source": PAPER}, follow=True)
    assert "03/NQ-CP" not in chi.get(page).content.decode()


def test_what_is_missing_is_said_and_nothing_typed_is_lost(world, task, client_of):
    answer = client_of(world.chi).post(reverse("plans:task-mandate", args=[task.code]), {"number": "57-NQ/TW"})
    assert not Mandate.objects.exists()
    assert 'value="57-NQ/TW"' in answer.content.decode()


def test_a_unit_counts_its_own_tasks_only(world, task, client_of):
    make_task(task.plan, by=world.chi, lead=world.unit_b)
    carry_out(number="57-NQ/TW", plan=task.plan, source=PAPER, by=world.chi, at=NOON)
    seen = {
        person.username: client_of(person).get(reverse("plans:higher-list")).context["rows"][0].total
        for person in (world.an, world.chi)
    }
    assert seen == {world.an.username: 1, world.chi.username: 2}
