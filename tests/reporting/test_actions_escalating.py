"""The clock asks the holder once, then tells the superior once, however often and however late it runs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World, make_duty, make_period, make_unit, make_user
from tiendo.accounts.models import Role
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.plans.models import Plan
from tiendo.reporting.actions import desks, escalate_stays
from tiendo.reporting.models import Duty, Stay

MONDAY = datetime(2026, 7, 6, 2, tzinfo=UTC)


def day(number: float) -> datetime:
    return MONDAY + timedelta(days=number)


def lay(duty: Duty, desk: str, world: World, **more: Any) -> Stay:
    unit = {"parent": world.province, "coordinator": world.coordinator_unit}.get(desk, world.unit_a)
    return desks.move(duty=duty, desk=desk, unit=unit, outcome="forwarded", by=world.an, at=MONDAY, **more)


def told() -> list[str]:
    return sorted(Notice.objects.values_list("user__username", flat=True))


def test_the_holder_is_asked_after_two_working_days_and_the_superior_told_after_four(world: World, duty: Duty) -> None:
    stay = lay(duty, "head", world)
    assert escalate_stays(by=None, at=day(1.9)) == []
    assert escalate_stays(by=None, at=day(2)) == [stay]
    assert told() == ["binh"]
    assert escalate_stays(by=None, at=day(3)) == []
    assert escalate_stays(by=None, at=day(4)) == [stay]
    assert told() == ["binh", "chu-tich"]
    assert escalate_stays(by=None, at=day(30)) == []
    stay.refresh_from_db()
    assert (stay.warned_at, stay.escalated_at) == (day(2), day(4))
    assert list(Event.objects.filter(act__startswith="reporting.stay").values_list("actor", flat=True)) == 2 * [
        "hệ thống"
    ]


def test_days_missed_are_made_up_by_one_run(world: World, duty: Duty) -> None:
    lay(duty, "head", world)
    assert len(escalate_stays(by=None, at=day(20))) == 1
    assert told() == ["binh", "chu-tich"]


def test_a_weekend_does_not_count(world: World, duty: Duty) -> None:
    lay(duty, "head", world)
    Stay.objects.open().update(arrived_at=day(4))  # Friday
    assert escalate_stays(by=None, at=day(7.9)) == []
    assert len(escalate_stays(by=None, at=day(8))) == 1


def test_who_is_asked_and_who_is_told_at_each_desk(world: World, duty: Duty) -> None:
    deputy = make_user("pho-phong", world.unit_a, Role.OFFICER)
    make_user("giam-doc-khcn", world.coordinator_unit, Role.HEAD)
    expected = {
        "approver": (["pho-phong"], ["binh"]),
        "head": (["binh"], ["chu-tich"]),
        "parent": (["chu-tich"], []),
        "coordinator": (["chi"], ["giam-doc-khcn"]),
    }
    for desk, (asked, superiors) in expected.items():
        Notice.objects.all().delete()
        lay(duty, desk, world, user=deputy if desk == "approver" else None)
        escalate_stays(by=None, at=day(2))
        assert told() == asked, desk
        escalate_stays(by=None, at=day(4))
        assert told() == sorted(asked + superiors), desk


def test_officers_and_closed_periods_are_left_alone(world: World, duty: Duty, plan: Plan) -> None:
    lay(make_duty(make_period(plan, closed_at=day(0)), world.unit_a), "head", world)
    assert escalate_stays(by=None, at=day(30)) == []
    assert told() == []


def test_a_moved_report_is_asked_about_anew(world: World, duty: Duty) -> None:
    lay(duty, "head", world)
    escalate_stays(by=None, at=day(2))
    desks.move(duty=duty, desk="officer", outcome="recalled", by=world.an, at=day(2))
    desks.move(duty=duty, desk="head", outcome="forwarded", by=world.an, at=day(3))
    assert len(escalate_stays(by=None, at=day(7))) == 1
    assert told() == ["binh", "binh"]


@pytest.mark.parametrize("part", ["officer", "head", "inspector", "other_unit"])
def test_by_hand_only_the_coordinator_runs_it(world: World, duty: Duty, part: str) -> None:
    lay(duty, "head", world)
    with pytest.raises(PermissionDenied):
        escalate_stays(by=world.people[part], at=day(5))
    assert told() == []
    assert not Event.objects.exists()
    assert len(escalate_stays(by=world.chi, at=day(5))) == 1


def test_with_nothing_to_tell_it_asks_one_query(world: World, plan: Plan) -> None:
    period = make_period(plan)
    for number in range(5):
        lay(make_duty(period, make_unit(f"so-{number}")), "head", world)
    with CaptureQueriesContext(connection) as taken:
        assert escalate_stays(by=None, at=day(0.5)) == []
    assert len(taken) == 1


def test_the_holder_hears_of_it_as_of_a_report_that_lies(world: World, duty: Duty) -> None:
    """At every desk, the coordinator's own too; the superior hears of an escalation."""
    lay(duty, "coordinator", world)
    make_user("giam-doc-khcn", world.coordinator_unit, Role.HEAD)
    escalate_stays(by=None, at=day(4))
    assert dict(Notice.objects.values_list("user__username", "kind")) == {
        "chi": "report.lying",
        "giam-doc-khcn": "report.escalated",
    }
