"""The job of the clock on the real queue: asked for once, done once, forgotten after a day."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import World, make_duty, make_period
from tiendo.audit.models import Event
from tiendo.plans.models import Plan
from tiendo.reporting import tasks
from tiendo.reporting.models import Reminder
from tiendo.reporting.tasks import ask_for_schedule, forget_old_jobs, keep_schedule


@pytest.fixture
def queue(settings: LazySettings) -> None:
    """The backend of the house instead of the immediate one of the tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def owed(world: World, plan: Plan) -> None:
    """A period whose time to open has come, and an open one with a unit to remind today."""
    now = timezone.now()
    soon = {"opens_at": now - timedelta(days=30), "due_at": now + timedelta(days=3)}
    make_period(plan, "Đến giờ mở", opened_at=None, **(soon | {"due_at": now + timedelta(days=40)}))
    make_duty(make_period(plan, "Sắp hết hạn", opened_at=now - timedelta(days=30), **soon), world.unit_a)


def work() -> list[object]:
    """Let the worker do all that waits; what each of these jobs gave back, in the order they were asked for."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    own = DBTaskResult.objects.filter(task_path=keep_schedule.module_path)
    return list(own.order_by("enqueued_at").values_list("return_value", flat=True))


def test_the_job_run_twice_does_everything_exactly_once(owed: None) -> None:
    done = [keep_schedule.enqueue().return_value for _ in range(2)]
    assert done == [{"opened": 1, "reminded": 1}, {"opened": 0, "reminded": 0}]
    assert Event.objects.filter(act="reporting.period.open").count() == 1
    assert Event.objects.filter(act="reporting.duty.remind").count() == Reminder.objects.count() == 1


def test_a_step_that_fails_holds_up_no_other(owed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def make_due_periods(**_who: object) -> list[object]:
        raise ValueError("a schedule nobody can read")

    monkeypatch.setattr(tasks, "STEPS", (make_due_periods, *tasks.STEPS[1:]))
    result = keep_schedule.enqueue()
    assert result.errors[0].exception_class is ValueError
    assert Event.objects.filter(act="reporting.period.open").count() == 1
    assert Reminder.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_the_clock_asked_for(queue: None, owed: None) -> None:
    call_command("tick")
    assert not Reminder.objects.exists()
    assert work() == [{"opened": 1, "reminded": 1}]
    call_command("tick")
    assert work() == [{"opened": 1, "reminded": 1}, {"opened": 0, "reminded": 0}]
    assert Reminder.objects.count() == 1


@pytest.mark.django_db
def test_nothing_is_asked_for_while_a_job_waits(queue: None) -> None:
    assert [ask_for_schedule() for _ in range(3)] == [True, False, False]
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(status="RUNNING")
    assert ask_for_schedule()


@pytest.mark.django_db
def test_rows_of_jobs_ended_or_cut_off_are_forgotten_after_a_day(queue: None) -> None:
    now = timezone.now()
    ages = [("SUCCESSFUL", 25), ("FAILED", 25), ("RUNNING", 25), ("SUCCESSFUL", 23), ("RUNNING", 1), ("READY", 99)]
    for status, hours in ages:
        at = now - timedelta(hours=hours)
        row = DBTaskResult.objects.get(pk=keep_schedule.enqueue().id)
        ended = at if status in ("SUCCESSFUL", "FAILED") else None
        DBTaskResult.objects.filter(pk=row.pk).update(status=status, started_at=at, finished_at=ended)
    DBTaskResult.objects.filter(status="READY").update(started_at=None)
    other = DBTaskResult.objects.get(pk=keep_schedule.enqueue().id)
    DBTaskResult.objects.filter(pk=other.pk).update(
        status="SUCCESSFUL", finished_at=now - timedelta(days=9), task_path="tiendo.khac.viec"
    )
    forget_old_jobs(at=now)
    left = DBTaskResult.objects.exclude(pk=other.pk).values_list("status", flat=True)
    assert sorted(left) == ["READY", "RUNNING", "SUCCESSFUL"]
    assert DBTaskResult.objects.filter(pk=other.pk).exists()
