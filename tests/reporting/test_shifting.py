"""A task handed over while a period is open is answered in the report of its new unit, and no word typed is lost."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.factories import NOON, World, make_period, make_task, make_user
from tests.factories.changing import make_change
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.orgs.models import UnitChange
from tiendo.orgs.reorganisation import Kind
from tiendo.plans.actions.handing import hand_over, take_back
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Period
from tiendo.reporting.queries import tasks_of, tasks_to_report
from tiendo.reporting.rules import Values
from tiendo.reporting.shifting import shifted, written_elsewhere

HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")
OPENED = datetime(2026, 6, 14, 17, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
ClientOf = Callable[[User], Client]


@pytest.fixture
def tasks(world: World, plan: Plan) -> list[Task]:
    """Three of unit A, of which the first stays with its default successor, and one of unit B."""
    leads = (world.unit_a, world.unit_a, world.unit_a, world.unit_b)
    return [make_task(plan, by=world.chi, lead=lead) for lead in leads]


@pytest.fixture
def period(world: World, plan: Plan, tasks: list[Task]) -> Period:
    days = {"data_from": date(2026, 1, 1), "data_to": date(2026, 7, 1)}
    made = make_period(plan, opened_at=None, opens_at=OPENED, due_at=OPENED + timedelta(days=30), **days)
    return actions.open_period(period=made, by=world.chi, at=OPENED)


@pytest.fixture
def change(world: World, period: Period) -> UnitChange:
    """Unit A is divided among unit B and a new one, which takes what nobody names."""
    return make_change(Kind.SPLIT, world.unit_a, to=(world.unit_b, "cuc-hai"), on=date(2026, 6, 20))


def hand(change: UnitChange, world: World, *tasks: Task) -> None:
    choices = {(task.pk, world.unit_a.pk): world.unit_b.pk for task in tasks}
    hand_over(change=change, choices=choices, source="Điều 3", by=world.chi, at=NOON)


def reports(period: Period, world: World) -> tuple[Duty, Duty]:
    return period.duties.get(unit=world.unit_a), period.duties.get(unit=world.unit_b)


def type_on(duty: Duty, task: Task, by: User, revision: int = 0) -> Entry:
    return actions.save_draft(duty=duty, task=task, values=HALF, revision=revision, by=by, at=LATER)


def test_a_task_not_begun_moves_to_the_report_of_its_new_unit(
    world: World, tasks: list[Task], period: Period, change: UnitChange
) -> None:
    hand(change, world, tasks[1])
    old, new = reports(period, world)
    assert set(tasks_to_report(old)) == {tasks[0], tasks[2]}
    assert set(tasks_to_report(new)) == {tasks[1], tasks[3]}
    type_on(new, tasks[1], world.dung)
    heir = make_user("moi", change.successions.get(is_default=True).successor, Role.OFFICER)
    with pytest.raises(PermissionDenied):
        type_on(old, tasks[1], heir)
    assert Entry.objects.filter(task=tasks[1]).count() == 1


def test_words_already_typed_are_kept_to_be_read_and_not_sent(
    world: World, tasks: list[Task], period: Period, change: UnitChange, client_of: ClientOf
) -> None:
    old, new = reports(period, world)
    unit = change.successions.get(is_default=True).successor
    officer, head = make_user("moi", unit, Role.OFFICER), make_user("truong", unit, Role.HEAD)
    words = [type_on(old, task, officer) for task in tasks[:3]]
    hand(change, world, tasks[1])
    assert written_elsewhere(old) == {tasks[1].pk}
    assert tasks[1] in tasks_to_report(old)
    assert tasks[1] in tasks_to_report(new)
    before = Event.objects.count()
    with pytest.raises(PermissionDenied, match="đã chuyển sang báo cáo của đơn vị khác"):
        type_on(old, tasks[1], officer, revision=1)
    assert Event.objects.count() == before
    page = client_of(officer).get(reverse("reporting:duty-detail", args=[old.pk])).content.decode()
    assert "báo cáo ngay trong kỳ này" in page
    assert page.count("Đã lắp 6 trạm") >= 3
    edit = client_of(officer).get(reverse("reporting:entry-edit", args=[old.pk, tasks[1].code]))
    assert edit.context["can_draft"] is False
    actions.send_duty(duty=old, by=head, at=LATER)
    actions.accept_duty(duty=old, by=world.chi, at=LATER)
    assert [each.submissions.count() for each in words] == [1, 0, 1]
    assert Duty.objects.get(pk=old.pk).status == "accepted"
    assert Entry.objects.get(pk=words[1].pk).result == "Đã lắp 6 trạm"


def test_what_was_sent_stays_where_it_was_sent(
    world: World, tasks: list[Task], period: Period, change: UnitChange
) -> None:
    old, new = reports(period, world)
    unit = change.successions.get(is_default=True).successor
    officer, head = make_user("moi", unit, Role.OFFICER), make_user("truong", unit, Role.HEAD)
    for task in tasks[:3]:
        type_on(old, task, officer)
    actions.send_duty(duty=old, by=head, at=LATER)
    hand(change, world, tasks[1])
    assert (shifted(period), tasks[1] in tasks_of(old), tasks[1] in tasks_of(new)) == ({}, True, False)
    actions.accept_duty(duty=old, by=world.chi, at=LATER)


def test_taken_back_the_task_returns_and_the_words_of_between_are_kept(
    world: World, tasks: list[Task], period: Period, change: UnitChange
) -> None:
    hand(change, world, tasks[1])
    old, new = reports(period, world)
    between = type_on(new, tasks[1], world.dung)
    take_back(change=change, by=world.chi, at=LATER)
    assert set(tasks_of(old)) == set(tasks[:3])
    assert set(tasks_of(new)) == {tasks[3]}
    assert written_elsewhere(new) == {tasks[1].pk}
    with pytest.raises(PermissionDenied):
        type_on(new, tasks[1], world.dung, revision=1)
    assert Entry.objects.get(pk=between.pk).result == "Đã lắp 6 trạm"


def test_a_closed_period_stands_as_it_was_known_at_the_closing(
    world: World, tasks: list[Task], period: Period, change: UnitChange
) -> None:
    actions.close_period(period=period, by=world.chi, at=NOON - timedelta(minutes=1))
    hand(change, world, tasks[1])
    old, new = reports(Period.objects.get(pk=period.pk), world)
    assert set(tasks_of(old)) == set(tasks[:3])
    assert set(tasks_of(new)) == {tasks[3]}
