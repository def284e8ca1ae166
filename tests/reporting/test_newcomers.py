"""A unit without a report in an open period is asked for one when tasks are handed to it, and no word is lost."""

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
from tiendo.notices.models import Notice
from tiendo.orgs.models import Unit, UnitChange
from tiendo.orgs.reorganisation import Kind
from tiendo.plans.actions.handing import hand_over, take_back
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Period
from tiendo.reporting.queries import tasks_of
from tiendo.reporting.rules import Values
from tiendo.reporting.shifting import written_elsewhere

HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")
OPENED = datetime(2026, 6, 14, 17, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
FAR = datetime(2100, 1, 1, tzinfo=UTC)  # pages ask what day it is
ClientOf = Callable[[User], Client]


@pytest.fixture
def tasks(world: World, plan: Plan) -> list[Task]:
    """Three of unit A and one of unit B."""
    leads = (world.unit_a, world.unit_a, world.unit_a, world.unit_b)
    return [make_task(plan, by=world.chi, lead=lead) for lead in leads]


def opened(world: World, plan: Plan, due: datetime = FAR) -> Period:
    days = {"data_from": date(2026, 1, 1), "data_to": date(2027, 1, 1)}
    made = make_period(plan, opened_at=None, opens_at=OPENED, due_at=due, **days)
    return actions.open_period(period=made, by=world.chi, at=OPENED)


@pytest.fixture
def period(world: World, plan: Plan, tasks: list[Task]) -> Period:
    return opened(world, plan)


@pytest.fixture
def change(world: World, period: Period) -> UnitChange:
    """Unit A is divided among two new ones; the second takes what nobody names, and the report of unit A."""
    return make_change(Kind.SPLIT, world.unit_a, to=("cuc-mot", "cuc-hai"), on=date(2026, 6, 20))


def hand(change: UnitChange, world: World, *tasks: Task, to: str = "cuc-mot", at: datetime = NOON) -> list[Duty]:
    taker = Unit.objects.get(code=to)
    choices = {(task.pk, world.unit_a.pk): taker.pk for task in tasks}
    hand_over(change=change, choices=choices, source="Điều 3", by=world.chi, at=at)
    return actions.ask_newcomers(by=world.chi, at=LATER)


def shares(period: Period) -> dict[str, set[Task]]:
    """Unit → the tasks in its report; fails where a task is in two."""
    found = {duty.unit.code: set(tasks_of(duty)) for duty in period.duties.select_related("unit", "period")}
    assert len(set().union(*found.values())) == sum(map(len, found.values()))
    return found


def asked(period: Period) -> set[str]:
    return set(period.duties.values_list("unit__code", flat=True))


def test_the_new_unit_has_a_report_with_its_tasks_and_its_people_are_told_once(
    world: World, tasks: list[Task], period: Period, change: UnitChange
) -> None:
    officer = make_user("cuc-mot-cb", Unit.objects.get(code="cuc-mot"), Role.OFFICER)
    (duty,) = hand(change, world, tasks[0], tasks[1])
    assert shares(period) == {
        "so-xay-dung": {tasks[2]},
        "so-y-te": {tasks[3]},
        "cuc-mot": {tasks[0], tasks[1]},
    } | {code: set() for code in asked(period) - {"so-xay-dung", "so-y-te", "cuc-mot"}}
    assert duty.due_at == period.due_at
    assert actions.ask_newcomers(by=None, at=LATER) == []
    told = [str(notice) for notice in Notice.objects.filter(user=officer)]
    assert len(told) == 1
    assert "2 nhiệm vụ chuyển đến" in told[0]
    assert Event.objects.filter(act="reporting.duty.ask").count() == 1


def test_it_writes_and_its_head_sends_while_the_other_report_goes_its_own_way(
    world: World, tasks: list[Task], period: Period, change: UnitChange
) -> None:
    (duty,) = hand(change, world, tasks[1])
    unit = duty.unit
    officer, head = make_user("mot-cb", unit, Role.OFFICER), make_user("mot-tt", unit, Role.HEAD)
    actions.save_draft(duty=duty, task=tasks[1], values=HALF, revision=0, by=officer, at=LATER)
    actions.send_duty(duty=duty, by=head, at=LATER)
    actions.accept_duty(duty=duty, by=world.chi, at=LATER)
    assert Duty.objects.get(pk=duty.pk).status == "accepted"
    assert period.duties.get(unit=world.unit_a).status == "open"


def test_words_typed_before_stay_in_the_report_they_were_typed_in_and_nobody_else_reads_them(
    world: World, tasks: list[Task], period: Period, change: UnitChange, client_of: ClientOf
) -> None:
    old = period.duties.get(unit=world.unit_a)
    heir = make_user("hai-cb", Unit.objects.get(code="cuc-hai"), Role.OFFICER)
    taker = make_user("mot-cb", Unit.objects.get(code="cuc-mot"), Role.OFFICER)
    actions.save_draft(duty=old, task=tasks[1], values=HALF, revision=0, by=heir, at=NOON)
    (new,) = hand(change, world, tasks[0], tasks[1])
    assert written_elsewhere(old) == {tasks[1].pk}
    page = client_of(heir).get(reverse("reporting:duty-detail", args=[old.pk])).content.decode()
    assert "2 nhiệm vụ đã chuyển sang báo cáo của Cơ quan cuc-mot" in page
    assert "Đã lắp 6 trạm" in page
    page = client_of(taker).get(reverse("reporting:duty-detail", args=[new.pk])).content.decode()
    assert "2 nhiệm vụ chuyển đến từ báo cáo của Sở Xây dựng" in page
    assert "Đã lắp 6 trạm" not in page
    assert client_of(taker).get(reverse("reporting:duty-detail", args=[old.pk])).status_code == 404
    for duty in (old, new):
        assert client_of(world.dung).get(reverse("reporting:duty-detail", args=[duty.pk])).status_code == 404
    assert Duty.objects.visible_to(world.dung).filter(unit__code="cuc-mot").count() == 0


def test_what_was_sent_or_is_finished_calls_for_no_report(
    world: World, tasks: list[Task], period: Period, change: UnitChange
) -> None:
    old = period.duties.get(unit=world.unit_a)
    unit = Unit.objects.get(code="cuc-hai")
    officer, head = make_user("hai-cb", unit, Role.OFFICER), make_user("hai-tt", unit, Role.HEAD)
    Task.objects.filter(pk=tasks[0].pk).update(state="completed", completed_on=date(2026, 6, 1))
    for task in tasks[1:3]:
        actions.save_draft(duty=old, task=task, values=HALF, revision=0, by=officer, at=NOON)
    actions.send_duty(duty=old, by=head, at=NOON)
    assert hand(change, world, *tasks[:2]) == []


def test_a_rename_or_a_merger_asks_nobody_anew(world: World, tasks: list[Task], period: Period) -> None:
    before = shares(period)
    make_change(Kind.MERGE, world.unit_a, world.unit_b, to=("so-moi",), on=date(2026, 6, 20))
    assert actions.ask_newcomers(by=None, at=LATER) == []
    assert shares(period) == before


def test_nobody_is_asked_for_a_report_whose_day_has_passed(world: World, plan: Plan, tasks: list[Task]) -> None:
    period = opened(world, plan, due=LATER)
    change = make_change(Kind.SPLIT, world.unit_a, to=("cuc-mot", "cuc-hai"), on=date(2026, 6, 20))
    before = asked(period)
    assert hand(change, world, tasks[1]) == []
    assert asked(period) == before
    assert tasks[1] in tasks_of(period.duties.get(unit=world.unit_a))


def test_taken_back_a_report_nobody_began_goes_and_all_is_as_before(
    world: World, tasks: list[Task], period: Period, change: UnitChange
) -> None:
    before = shares(period)
    hand(change, world, tasks[0], tasks[1])
    assert shares(period) != before
    take_back(change=change, by=world.chi, at=LATER)
    actions.ask_newcomers(by=world.chi, at=LATER)
    assert shares(period) == before
    assert Event.objects.filter(act="reporting.duty.withdraw").count() == 1


def test_taken_back_a_report_begun_stays_with_its_words(
    world: World, tasks: list[Task], period: Period, change: UnitChange
) -> None:
    (duty,) = hand(change, world, tasks[1])
    officer = make_user("mot-cb", duty.unit, Role.OFFICER)
    actions.save_draft(duty=duty, task=tasks[1], values=HALF, revision=0, by=officer, at=LATER)
    take_back(change=change, by=world.chi, at=LATER)
    actions.ask_newcomers(by=None, at=LATER)
    assert tasks[1] in tasks_of(period.duties.get(unit=world.unit_a))
    assert Entry.objects.get(duty=duty).result == "Đã lắp 6 trạm"


def test_handed_on_to_a_third_the_report_follows(
    world: World, tasks: list[Task], period: Period, change: UnitChange
) -> None:
    hand(change, world, tasks[1])
    assert hand(change, world, tasks[1], to=world.unit_b.code, at=LATER) == []
    found = shares(period)
    assert "cuc-mot" not in found
    assert found["so-y-te"] == {tasks[1], tasks[3]}


def test_an_officer_does_not_ask(world: World, period: Period, change: UnitChange) -> None:
    before = Event.objects.count()
    with pytest.raises(PermissionDenied):
        actions.ask_newcomers(by=world.an, at=LATER)
    assert Event.objects.count() == before
