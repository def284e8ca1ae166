"""An enterprise performs a task under its lead: named, ended, and what its people meet (R094)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.factories import NOON, make_task, make_unit, make_user
from tiendo.accounts.models import Role
from tiendo.audit.models import Event
from tiendo.orgs.models import UnitKind
from tiendo.plans.actions.performing import add_performer, end_performer
from tiendo.plans.models import Assignment, Plan, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(world):
    return make_unit("cty-so", "Công ty Số", kind=UnitKind.ENTERPRISE)


@pytest.fixture
def person(firm):
    return make_user("vien", firm, Role.OFFICER)


def named(task, unit, by):
    return add_performer(task=task, unit=unit, source="Hợp đồng 12", by=by, at=NOON)


@pytest.mark.parametrize("who", ["binh", "chi"])
def test_the_head_of_the_lead_or_the_coordinator_names_and_ends_it(world, task, firm, who):
    by = getattr(world, who)
    part = named(task, firm, by)
    assert named(task, firm, by) == part
    end_performer(assignment=part, source="Thanh lý", by=by, at=NOON)
    assert not Assignment.objects.in_force().filter(role="performing").exists()
    assert Event.objects.filter(act__in=["plans.task.add_performer", "plans.task.end_performer"]).count() == 2


@pytest.mark.parametrize("who", ["an", "dung", "decision_maker", "finance", "inspector", "administrator"])
def test_nobody_else_names_one(world, task, firm, who):
    events = Event.objects.count()
    with pytest.raises(PermissionDenied):
        named(task, firm, getattr(world, who))
    assert Event.objects.count() == events
    part = named(task, firm, world.chi)
    with pytest.raises(PermissionDenied):
        end_performer(assignment=part, source="x", by=getattr(world, who), at=NOON)
    assert Assignment.objects.in_force().filter(pk=part.pk).exists()


def test_only_enterprises_perform_and_only_under_a_lead(world, plan, task, firm):
    with pytest.raises(PermissionDenied, match="doanh nghiệp"):
        named(task, world.unit_b, world.chi)
    with pytest.raises(PermissionDenied, match="chủ trì"):
        named(make_task(plan, by=world.chi), firm, world.chi)
    with pytest.raises(PermissionDenied, match="căn cứ"):
        add_performer(task=task, unit=firm, source=" ", by=world.chi, at=NOON)


def test_two_enterprises_may_perform_one_task(world, task, firm):
    other = make_unit("cty-hai", "Công ty Hai", kind=UnitKind.ENTERPRISE)
    named(task, firm, world.chi)
    named(task, other, world.chi)
    assert Assignment.objects.in_force().filter(task=task, role="performing").count() == 2


def test_its_people_see_that_task_and_no_plan(world, plan, task, firm, person):
    other = make_task(plan, by=world.chi, lead=world.unit_a, title="Việc khác")
    named(task, firm, world.chi)
    assert list(Task.objects.visible_to(person)) == [task]
    assert other not in Task.objects.visible_to(person)
    assert not Plan.objects.visible_to(person).exists()


def test_its_people_meet_that_task_and_nothing_else(world, plan, task, firm, person, client_of):
    other = make_task(plan, by=world.chi, lead=world.unit_a, title="Việc mật của tỉnh")
    named(task, firm, world.chi)
    client = client_of(person)
    listed = client.get(reverse("plans:task-list")).content.decode()
    assert task.title in listed
    assert other.title not in listed
    assert client.get(reverse("plans:task-detail", args=[task.code])).status_code == 200
    assert client.get(reverse("plans:task-detail", args=[other.code])).status_code == 404
    assert client.get(reverse("reporting:my-work")).status_code == 200
    closed = [
        "plans:overview",
        "plans:plan-list",
        "plans:task-export",
        "plans:higher-list",
        "indicators:indicator-list",
    ]
    closed += ["evaluation:cycle-list", "orgs:unit-list", "oversight:register-list", "budget:money-list"]
    assert {name: client.get(reverse(name)).status_code for name in closed} == dict.fromkeys(closed, 403)
    assert client.get(reverse("plans:plan-detail", args=[plan.code])).status_code == 403


def test_once_ended_they_see_nothing(world, task, firm, person):
    part = named(task, firm, world.chi)
    end_performer(assignment=part, source="Thanh lý", by=world.chi, at=NOON)
    assert not Task.objects.visible_to(person).exists()


def test_an_enterprise_that_also_coordinates_works_as_any_unit(world, plan, firm, person, client_of):
    """Restricted is only who merely performs (R042, R094)."""
    make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[firm])
    assert Plan.objects.visible_to(person).exists()
    assert client_of(person).get(reverse("plans:plan-list")).status_code == 200
