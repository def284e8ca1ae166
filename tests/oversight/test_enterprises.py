"""People of an enterprise that only performs a task read nothing of oversight beyond it (R094)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import World, make_unit, make_user
from tests.factories.amending import decide, make_amendment, make_proposal, submit
from tests.factories.registering import make_call, make_related
from tiendo.accounts.models import Role, User
from tiendo.orgs.models import UnitKind
from tiendo.oversight.models import Amendment
from tiendo.oversight.register_queries import calls_of, related_visible_to
from tiendo.plans.models import Assignment, Plan, Task

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def performer(task: Task) -> User:
    firm = make_unit("cty-so", "Công ty Số", kind=UnitKind.ENTERPRISE)
    Assignment.objects.create(task=task, unit=firm, role=Assignment.Role.PERFORMING, started_at=task.plan.created_at)
    return make_user("ky-su", firm, Role.OFFICER)


def test_what_was_decided_and_asked_in_a_plan_is_read_by_who_reads_the_plan(
    world: World, plan: Plan, task: Task, performer: User, client_of: ClientOf
) -> None:
    done = decide(submit(make_amendment(plan, world, make_proposal(task, world)), world), world)
    page = reverse("oversight:amendment-detail", args=[done.pk])
    assert client_of(performer).get(page).status_code == 403
    assert not Amendment.objects.visible_to(performer).exists()
    make_call(plan, world)
    make_related(plan, world.unit_a, world)
    assert not calls_of(performer).exists()
    assert not related_visible_to(performer).exists()
    assert client_of(world.dung).get(page).status_code == 200
