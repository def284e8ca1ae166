"""The clock asks the lead of a task grown late or stale, once an occasion, and nobody about what lies elsewhere."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOON, World, make_entry, make_submission, make_task, make_unit
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.plans.models import Plan, Task
from tiendo.reporting.actions import remind_of_tasks
from tiendo.reporting.models import Duty, ExtensionRequest, TaskReminder

DAY_AFTER = datetime(2026, 7, 2, 2, tzinfo=UTC)  # the task is due by the end of 1 July
DUE = date(2026, 7, 1)


@pytest.fixture
def task(world: World, plan: Plan) -> Task:
    return make_task(plan, by=world.chi, lead=world.unit_a, due_on=DUE, followed_from=date(2026, 6, 1))


def asked(at: datetime) -> list[tuple[Task, str, date]]:
    return [(row.task, row.occasion, row.since) for row in remind_of_tasks(by=None, at=at)]


def told() -> list[str]:
    return sorted(Notice.objects.filter(kind="task.late").values_list("user__username", flat=True))


def test_the_day_after_the_deadline_the_people_of_the_lead_are_asked_once(world: World, task: Task) -> None:
    assert asked(DAY_AFTER - timedelta(days=1)) == []
    assert asked(DAY_AFTER) == [(task, "overdue", DUE)]
    assert told() == ["an", "binh"]
    assert asked(DAY_AFTER + timedelta(days=9)) == []
    assert Event.objects.filter(act="reporting.task.remind", actor="hệ thống").count() == 1


def test_a_deadline_put_off_and_passed_again_is_another_occasion(task: Task) -> None:
    asked(DAY_AFTER)
    Task.objects.update(due_on=DUE + timedelta(days=10))
    assert asked(DAY_AFTER + timedelta(days=5)) == []
    assert len(asked(DAY_AFTER + timedelta(days=15))) == 1


def test_the_days_are_a_setting(task: Task, settings: pytest.FixtureRequest) -> None:
    settings.TIENDO_TASK_LATE_DAYS = 3  # type: ignore[attr-defined]
    assert asked(DAY_AFTER + timedelta(days=1)) == []
    assert len(asked(DAY_AFTER + timedelta(days=2))) == 1


def test_a_task_nobody_heard_of_for_long_is_asked_about(task: Task) -> None:
    Task.objects.update(due_on=None)
    assert asked(datetime(2026, 8, 30, 2, tzinfo=UTC)) == []
    assert asked(datetime(2026, 8, 31, 2, tzinfo=UTC)) == [(task, "stale", date(2026, 6, 1))]


@pytest.mark.parametrize("state", ["completed", "cancelled"])
def test_what_is_finished_or_stopped_is_left_alone(task: Task, state: str) -> None:
    Task.objects.update(state=state, completed_on=DUE if state == "completed" else None)
    assert asked(DAY_AFTER + timedelta(days=200)) == []


def test_nobody_is_asked_about_what_waits_with_the_coordinator(world: World, duty: Duty, task: Task) -> None:
    entry = make_entry(duty, task, saved_by=world.an)
    make_submission(entry, by=world.binh)
    assert asked(DAY_AFTER + timedelta(days=200)) == []
    entry.status = "returned"
    entry.save()
    assert len(asked(DAY_AFTER)) == 1


def test_nobody_is_asked_while_more_time_waits_for_its_decision(world: World, task: Task) -> None:
    request = ExtensionRequest.objects.create(
        task=task, unit=world.unit_a, due_on=date(2026, 9, 1), reason="Mưa lũ", asked_by=world.binh, asked_at=NOON
    )
    assert asked(DAY_AFTER) == []
    request.delete()
    assert len(asked(DAY_AFTER)) == 1


def test_a_task_without_a_lead_in_the_house_waits_for_one(world: World, plan: Plan) -> None:
    make_task(plan, by=world.chi, due_on=DUE)
    make_task(plan, by=world.chi, lead=make_unit("trong"), due_on=DUE)
    assert asked(DAY_AFTER) == []
    assert not TaskReminder.objects.exists()


@pytest.mark.parametrize("who", ["officer", "head", "other_unit"])
def test_of_people_only_the_coordinator_may(world: World, task: Task, who: str) -> None:
    with pytest.raises(PermissionDenied):
        remind_of_tasks(by=world.people[who], at=DAY_AFTER)
    assert (told(), TaskReminder.objects.count(), Event.objects.filter(act="reporting.task.remind").count()) == (
        [],
        0,
        0,
    )


def test_the_page_of_urgings_tells_of_it(world: World, task: Task, client: Client) -> None:
    asked(DAY_AFTER)
    client.force_login(world.chi)
    page = client.get(reverse("reporting:task-urge", args=[task.code])).content.decode()
    assert "Hệ thống tự nhắc" in page


def test_three_tasks_cost_as_many_queries_as_one(world: World, plan: Plan, task: Task) -> None:
    counts = []
    for _each in range(2):
        with CaptureQueriesContext(connection) as few:
            remind_of_tasks(by=None, at=DAY_AFTER)
        counts.append(len(few))
        for _more in range(3):
            make_task(plan, by=world.chi, lead=world.unit_a, due_on=DUE, followed_from=date(2026, 6, 1))
    assert counts[1] <= counts[0]
