"""A task handed elsewhere while a report is open: who sends it is told, and its new unit is asked nothing twice."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOON, World, make_period, make_task, make_user
from tests.factories.changing import make_change
from tiendo.accounts.models import Role, User
from tiendo.orgs.models import Unit
from tiendo.orgs.reorganisation import Kind
from tiendo.plans.actions.handing import hand_over
from tiendo.plans.models import Plan, Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Period

ClientOf = Callable[[User], Client]
WORDS = "từ kỳ sau Cơ quan cuc-mot báo cáo"
DAYS = {"data_from": date(2026, 1, 1), "data_to": date(2027, 1, 1)}


@pytest.fixture
def tasks(world: World, plan: Plan) -> list[Task]:
    return [make_task(plan, by=world.chi, lead=world.unit_a, title=title) for title in ("Việc ở lại", "Việc chuyển")]


@pytest.fixture
def duty(world: World, plan: Plan, tasks: list[Task]) -> Duty:
    """Of unit A; the period lasts, as the pages ask what day it is."""
    opened = datetime(2026, 6, 14, tzinfo=UTC)
    period = make_period(plan, opened_at=None, opens_at=opened, due_at=datetime(2100, 1, 1, tzinfo=UTC), **DAYS)
    return actions.open_period(period=period, by=world.chi, at=opened).duties.get(unit=world.unit_a)


@pytest.fixture
def taker(world: World, tasks: list[Task], duty: Duty) -> User:
    """The head of Cục một, which leads the second task from the split on; the report is that of Cục hai."""
    change = make_change(Kind.SPLIT, world.unit_a, to=("cuc-mot", "cuc-hai"), on=date(2026, 6, 20))
    one = Unit.objects.get(code="cuc-mot")
    choices = {(tasks[1].pk, world.unit_a.pk): one.pk}
    hand_over(change=change, choices=choices, source="Điều 3", by=world.chi, at=NOON)
    return make_user("cuc-mot-truong", one, Role.HEAD)


@pytest.fixture
def sender(taker: User) -> User:
    return make_user("cuc-hai-truong", Unit.objects.get(code="cuc-hai"), Role.HEAD)


def line_of(page: str, task: Task) -> str:
    """What the report says of the task."""
    return re.split(r'<li id="', page.split(f'<li id="{task.code}">')[1])[0]


def test_who_sends_the_report_is_told_that_the_task_moved_and_writes_on_it(
    duty: Duty, tasks: list[Task], sender: User, client_of: ClientOf
) -> None:
    page = client_of(sender).get(reverse("reporting:duty-detail", args=[duty.pk])).content.decode()
    stays, moves = (line_of(page, task) for task in tasks)
    assert WORDS not in stays
    assert WORDS in moves
    edit = reverse("reporting:entry-edit", args=[duty.pk, tasks[1].code])
    assert edit in moves
    assert client_of(sender).get(edit).status_code == 200


def test_its_new_unit_sees_the_task_and_no_report_to_write_on_it(
    duty: Duty, tasks: list[Task], taker: User, client_of: ClientOf
) -> None:
    client = client_of(taker)
    assert client.get(reverse("reporting:duty-detail", args=[duty.pk])).status_code == 404
    assert client.get(reverse("reporting:entry-edit", args=[duty.pk, tasks[1].code])).status_code == 404
    work = client.get(reverse("reporting:my-work"))
    assert (work.status_code, work.context["owed"], work.context["elsewhere"]) == (200, [], [])
    page = client.get(reverse("plans:task-detail", args=[tasks[1].code]))
    assert page.status_code == 200
    assert f"/bao-cao/{duty.pk}/" not in page.content.decode()
    assert client.get(reverse("plans:task-detail", args=[tasks[0].code])).status_code == 404


def test_the_next_period_asks_the_new_unit(
    world: World, plan: Plan, duty: Duty, tasks: list[Task], taker: User, client_of: ClientOf
) -> None:
    due = datetime(2100, 1, 1, tzinfo=UTC)
    following = make_period(plan, "Kỳ sau", opened_at=None, opens_at=NOON, due_at=due, **DAYS)
    actions.open_period(period=following, by=world.chi, at=NOON + timedelta(days=1))
    own = following.duties.get(unit__code="cuc-mot")
    page = client_of(taker).get(reverse("reporting:duty-detail", args=[own.pk])).content.decode()
    assert tasks[1].title in page
    assert tasks[0].title not in page
    assert "Nay do" not in page


def test_a_closed_report_says_nothing_of_it(
    world: World, duty: Duty, tasks: list[Task], sender: User, client_of: ClientOf
) -> None:
    actions.close_period(period=Period.objects.get(pk=duty.period_id), by=world.chi, at=NOON + timedelta(days=1))
    page = client_of(sender).get(reverse("reporting:duty-detail", args=[duty.pk])).content.decode()
    assert tasks[1].title in page
    assert WORDS not in page


def test_three_tasks_handed_on_cost_as_many_questions_as_one(
    world: World, plan: Plan, duty: Duty, tasks: list[Task], sender: User, client_of: ClientOf
) -> None:
    def count() -> int:
        client = client_of(sender)
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("reporting:duty-detail", args=[duty.pk]))
        return len(caught)

    one, change = count(), tasks[1].handovers.get().change
    more = [make_task(plan, by=world.chi, lead=world.unit_a) for _each in range(2)]
    taker = Unit.objects.get(code="cuc-mot").pk
    choices = {(task.pk, world.unit_a.pk): taker for task in more}
    hand_over(change=change, choices=choices, source="Điều 3", by=world.chi, at=NOON)
    assert count() == one
