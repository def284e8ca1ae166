"""Several who act at the same moment, on a database in which they meet."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from tests.factories import NOON, World, make_duty, make_period, make_plan, make_task, make_user, make_world
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.plans.models import Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.actions import issuing, periods
from tiendo.reporting.models import Duty, Entry, ReportTemplate, Schedule
from tiendo.reporting.papers import gathering
from tiendo.reporting.papers.paper import shipped_text
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import IllegalMove

HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory belongs to one thread"),
]


def together(*acts: Callable[[], object]) -> list[BaseException | None]:
    """What each raised."""

    def work(act: Callable[[], object]) -> BaseException | None:
        try:
            act()
        except Exception as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(work, acts))


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def staged() -> tuple[World, Duty, Task]:
    world = make_world()
    plan = make_plan(world.province)
    task = make_task(plan, by=world.chi, lead=world.unit_a, head=world.binh, officer=world.an)
    return world, make_duty(make_period(plan), world.unit_a), task


def after(seconds: float, act: Callable[[], object]) -> Callable[[], object]:
    def later() -> object:
        time.sleep(seconds)
        return act()

    return later


def test_the_issued_report_is_of_one_moment(staged: tuple[World, Duty, Task], monkeypatch: pytest.MonkeyPatch) -> None:
    """Accepted while the figures are read: neither the figures, the reports nor the head of the log know of it."""
    world, duty, task = staged
    actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.an, at=NOON)
    actions.send_duty(duty=duty, by=world.binh, at=NOON)
    last = Event.objects.order_by("-seq").values_list("seq", flat=True)[0]
    evidence_of = gathering.evidence_of
    monkeypatch.setattr(gathering, "evidence_of", lambda rows: after(1.2, lambda: evidence_of(rows))())
    vy, read = make_user("vy", world.coordinator_unit, Role.COORDINATOR), []
    raised = together(
        lambda: read.append(issuing._read(duty.period, fresh(vy), NOON)),
        after(0.4, lambda: actions.accept_duty(duty=duty, by=fresh(world.chi), at=NOON)),
    )
    assert raised == [None, None]
    assert [line.record for line in read[0].facts.lines] == [None]
    assert read[0].top.seq == last < Event.objects.count() + last


def test_a_save_that_waited_for_the_closing_is_refused(
    staged: tuple[World, Duty, Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, duty, task = staged
    finish_all = periods.desks.finish_all
    monkeypatch.setattr(periods.desks, "finish_all", lambda **given: after(1.0, lambda: finish_all(**given))())
    given = {"duty": duty, "task": task, "values": HALF, "revision": 0, "at": NOON + timedelta(seconds=1)}
    closed, saved = together(
        lambda: actions.close_period(period=duty.period, by=fresh(world.chi), at=NOON),
        after(0.4, lambda: actions.save_draft(**given, by=fresh(world.an))),  # type: ignore[arg-type]
    )
    assert closed is None
    assert isinstance(saved, PermissionDenied)
    assert not Entry.objects.exists()


def test_of_templates_uploaded_at_once_one_is_in_force(staged: tuple[World, Duty, Task]) -> None:
    world, _duty, _task = staged
    given = {"text": shipped_text(), "note": ""}
    actions.upload_template(**given, by=world.chi, at=NOON)
    raised = together(*[lambda: actions.upload_template(**given, by=fresh(world.chi), at=NOON)] * 4)
    assert {type(error) for error in raised} <= {type(None), IllegalMove}
    assert ReportTemplate.objects.filter(retired_at=None).count() == 1


def test_a_schedule_put_in_force_twice_at_once_is_one(staged: tuple[World, Duty, Task]) -> None:
    world, duty, _task = staged
    given = {"plan": duty.period.plan, "template": "month", "started_on": date(2026, 7, 1), "at": NOON}
    start = lambda: actions.start_schedule(**given, by=fresh(world.chi))  # type: ignore[arg-type]  # noqa: E731
    raised = together(*[start] * 3)
    assert sorted(type(error).__name__ for error in raised) == ["NoneType", "ValidationError", "ValidationError"]
    assert all(error is None or isinstance(error, ValidationError) for error in raised)
    assert Schedule.objects.count() == 1
