"""What people find waiting for them."""

from datetime import datetime, timedelta

from tests.factories import World
from tiendo.plans.models import Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty
from tiendo.reporting.queries import urgings_for


def test_an_urging_is_answered_by_sending_the_report(world: World, duty: Duty, now: datetime) -> None:
    actions.urge_unit(unit=duty.unit, duty=duty, message="Đề nghị gửi sớm", by=world.chi, at=now)
    assert urgings_for(world.an).count() == 1
    actions.send_nothing_new(duty=duty, by=world.binh, at=now + timedelta(hours=1))
    assert not urgings_for(world.an).exists()


def test_an_urging_after_the_report_was_sent_still_stands(world: World, duty: Duty, now: datetime) -> None:
    actions.send_nothing_new(duty=duty, by=world.binh, at=now)
    later = now + timedelta(hours=1)
    actions.urge_unit(unit=duty.unit, duty=duty, message="Đề nghị bổ sung", by=world.chi, at=later)
    assert urgings_for(world.an).count() == 1


def test_nobody_is_urged_for_a_closed_period(world: World, duty: Duty, task: Task, now: datetime) -> None:
    actions.urge_unit(unit=duty.unit, duty=duty, message="Đề nghị gửi sớm", by=world.chi, at=now)
    actions.urge_unit(unit=duty.unit, task=task, message="Nhiệm vụ đã quá hạn", by=world.chi, at=now)
    assert urgings_for(world.an).count() == 2
    actions.close_period(period=duty.period, by=world.chi, at=now + timedelta(days=60))
    assert urgings_for(world.an).get().task == task
