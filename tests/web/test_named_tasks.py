"""A page that names a task for a reason of its own links it only for who may open the task."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOON, World, make_criteria, make_cycle, make_duty, make_entry, make_period, make_task
from tests.factories.amending import make_proposal
from tiendo.accounts.models import User
from tiendo.evaluation.models import Cycle
from tiendo.intake.actions import start_import
from tiendo.intake.models import Proposal as Read
from tiendo.oversight.models import Commendation
from tiendo.oversight.models import Proposal as Asked
from tiendo.plans.models import Plan, Task
from tiendo.plans.queries import openable
from tiendo.reporting.models import Urging
from tiendo.web.evaluation.lines import addresses, shown

ClientOf = Callable[[User], Client]
TEXT = "KẾ HOẠCH\nSố hóa hồ sơ\nI. NHIỆM VỤ\n1. Hồ sơ\n- Số hóa 90 mét hồ sơ.\n"
Make = Callable[[World, Plan, Task], str]  # the address of a page of unit B that names the task of unit A


@pytest.fixture
def task(world: World, plan: Plan) -> Task:
    return make_task(plan, by=world.chi, lead=world.unit_a, title="Việc của đơn vị A")


def adjustment(world: World, plan: Plan, task: Task) -> str:
    cycle = make_cycle(make_criteria(plan, by=world.chi, decided_by=world.decision_maker), by=world.chi)
    decided = {"decided_by": world.decision_maker, "decided_at": NOON}
    line = {"text": "Gia hạn", "document": "12/QĐ", "task": task.code}
    Cycle.objects.filter(pk=cycle.pk).update(adjustments=[line], decision="7/QĐ", **decided)
    return reverse("evaluation:cycle-detail", args=[cycle.pk])


def commendation(world: World, plan: Plan, task: Task) -> str:
    given = {"form": "Bằng khen", "decision": "9/QĐ", "decided_on": NOON.date(), "reason": "Về đích sớm"}
    row = Commendation.objects.create(plan=plan, unit=world.unit_b, recorded_by=world.chi, recorded_at=NOON, **given)
    row.tasks.add(task)
    return reverse("oversight:commendation-list")


def urged(world: World, plan: Plan, task: Task) -> str:
    Urging.objects.create(unit=world.unit_b, task=task, message="Nhanh lên", sent_by=world.chi, sent_at=NOON)
    return reverse("oversight:urging-unit", args=[world.unit_b.code])


def begun(world: World, plan: Plan, task: Task) -> str:
    """What the unit typed before the task went elsewhere stays in its report."""
    duty = make_duty(make_period(plan), world.unit_b)
    make_entry(duty, task, saved_by=world.dung)
    return reverse("reporting:duty-detail", args=[duty.pk])


def asked(world: World, plan: Plan, task: Task) -> str:
    proposal = make_proposal(task, world)
    Asked.objects.filter(pk=proposal.pk).update(unit=world.unit_b)
    return reverse("oversight:proposal-detail", args=[proposal.pk])


PAGES: tuple[Make, ...] = (adjustment, commendation, urged, asked, begun)


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_it_is_named_to_all_and_linked_for_those_who_may_open_it(
    world: World, plan: Plan, task: Task, client_of: ClientOf, make: Make
) -> None:
    page, link = make(world, plan, task), f'href="{reverse("plans:task-detail", args=[task.code])}"'
    found = client_of(world.dung).get(page).content.decode()
    assert task.code in found or task.title in found
    assert link not in found
    if make is not begun:  # the coordinator reads of a report what was sent
        assert link in client_of(world.chi).get(page).content.decode()


def test_my_work_offers_no_page_that_would_not_open(world: World, plan: Plan, task: Task, client_of: ClientOf) -> None:
    urged(world, plan, task)
    own = make_task(plan, by=world.chi, lead=world.unit_b)
    Urging.objects.create(unit=world.unit_b, task=own, message="Gấp", sent_by=world.chi, sent_at=NOON)
    page = client_of(world.dung).get(reverse("reporting:my-work")).content.decode()
    assert "Nhanh lên" in page
    assert reverse("plans:task-detail", args=[task.code]) not in page
    assert reverse("plans:task-detail", args=[own.code]) in page


def test_a_twin_elsewhere_is_hidden_from_who_brings_in_a_units_own_plan(
    world: World, task: Task, client_of: ClientOf
) -> None:
    source = start_import(data=TEXT.encode(), name="kh.txt", by=world.dung, at=NOON, unit=world.unit_b)[0]
    twin = {"task": task.code, "proposal": None, "plan": "KH57", "title": task.title, "score": 0.9, "due_on": None}
    Read.objects.filter(source=source, kind=Read.Kind.TASK).update(twins=[twin])
    page = reverse("intake:import-review", args=[source.pk]) + "?loai=task"
    assert task.title in client_of(world.chi).get(page).content.decode()
    found = client_of(world.dung).get(page).content.decode()
    assert "Số hóa 90 mét" in found
    assert task.title not in found
    assert task.code not in found


def test_the_working_of_a_score_names_each_task_and_links_those_one_may_open(world: World, task: Task) -> None:
    lines = [{"pattern": "Tính", "values": {}, "ids": [task.code, f"plans.task:{task.code}"]}]
    for person, opens in ((world.an, True), (world.dung, False)):
        places = addresses(lines, person)
        assert [bool(record.url) for record in shown(lines[0], places).records] == [opens, opens]


def test_many_codes_are_asked_for_at_once(world: World, plan: Plan, task: Task) -> None:
    codes = [task.code, *(make_task(plan, by=world.chi, lead=world.unit_a).code for _each in range(2))]
    _ = world.an.access
    with CaptureQueriesContext(connection) as one:
        openable(world.an, codes[:1])
    with CaptureQueriesContext(connection) as three:
        assert openable(world.an, codes) == set(codes)
    assert len(one) == len(three)
    with CaptureQueriesContext(connection) as none:
        assert openable(world.an, ["", ""]) == frozenset()
    assert len(none) == 0
