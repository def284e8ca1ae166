"""What people find waiting for them."""

from datetime import datetime, timedelta

from tests.factories import World
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
