"""The clock reminds each unit that has not sent, once for each mark, however often it runs."""

from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from tests.factories import World, make_duty, make_entry, make_period, make_submission
from tiendo.audit.models import Event
from tiendo.plans.models import Plan, Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Period, Reminder

ACT = "reporting.duty.remind"


@pytest.fixture
def theirs(world: World, period: Period, duty: Duty) -> Duty:
    """A second unit that owes the same report."""
    return make_duty(period, world.unit_b)


def days_before(period: Period, days: int) -> datetime:
    """Noon in Vietnam, so many days before the last good day."""
    return period.due_at - timedelta(hours=12) - timedelta(days=days)


def remind(at: datetime) -> list[tuple[int, int]]:
    return [(row.duty_id, row.days_before) for row in actions.remind_duties(by=None, at=at)]


def test_each_mark_reminds_each_unit_once(period: Period, duty: Duty, theirs: Duty) -> None:
    told = {days: remind(days_before(period, days)) for days in (9, 8, 7, 6, 3, 2, 1, 0, -1)}
    assert told == {days: [] for days in (9, 8, 6, 3, 1, 0, -1)} | {
        7: [(duty.pk, 7), (theirs.pk, 7)],
        2: [(duty.pk, 2), (theirs.pk, 2)],
    }
    assert Event.objects.filter(act=ACT).count() == Reminder.objects.count() == 4


def test_a_second_run_at_once_does_nothing_twice(period: Period, duty: Duty) -> None:
    at = days_before(period, 7)
    assert [remind(at), remind(at)] == [[(duty.pk, 7)], []]
    assert Event.objects.filter(act=ACT).count() == 1


def test_a_clock_that_slept_through_a_mark_sends_only_the_latest(period: Period, duty: Duty) -> None:
    assert remind(days_before(period, 1)) == [(duty.pk, 2)]
    assert remind(days_before(period, 0)) == []
    assert Event.objects.get(act=ACT).detail["days_before"] == 2


def test_who_has_sent_is_left_alone_and_returned_reports_too(
    world: World, period: Period, task: Task, duty: Duty, theirs: Duty
) -> None:
    make_submission(make_entry(duty, task, saved_by=world.an), by=world.binh)
    Duty.objects.filter(pk=duty.pk).update(status="returned")
    assert remind(days_before(period, 2)) == [(theirs.pk, 2)]


def test_periods_closed_or_not_yet_open_remind_nobody(world: World, plan: Plan, period: Period, duty: Duty) -> None:
    coming = make_period(plan, "Chưa mở", opened_at=None, opens_at=period.due_at - timedelta(days=1))
    make_duty(coming, world.unit_a)
    actions.close_period(period=period, by=world.chi, at=days_before(period, 8))
    assert remind(days_before(period, 2)) == []


def test_the_marks_are_a_setting(period: Period, duty: Duty, settings: LazySettings) -> None:
    settings.TIENDO_REMIND_DAYS = (5,)
    assert [remind(days_before(period, days)) for days in (7, 5, 2)] == [[], [(duty.pk, 5)], []]


@pytest.mark.parametrize(
    "who", ["officer", "head", "decision_maker", "finance", "inspector", "administrator", "other_unit"]
)
def test_of_people_only_the_coordinator_may(world: World, period: Period, duty: Duty, who: str) -> None:
    events = Event.objects.count()
    with pytest.raises(PermissionDenied):
        actions.remind_duties(by=world.people[who], at=days_before(period, 2))
    assert (Reminder.objects.count(), Event.objects.count()) == (0, events)


def test_the_coordinator_is_named_and_the_clock_is_the_machine(world: World, period: Period, duty: Duty) -> None:
    remind(days_before(period, 7))
    actions.remind_duties(by=world.chi, at=days_before(period, 2))
    assert list(Event.objects.filter(act=ACT).order_by("seq").values_list("actor", flat=True)) == ["hệ thống", "chi"]


def test_a_minute_with_nobody_to_remind_costs_two_reads(
    period: Period, duty: Duty, theirs: Duty, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    remind(days_before(period, 7))
    with django_assert_num_queries(2):
        assert remind(days_before(period, 6)) == []
