"""Urging tells the people of the unit, once and nobody else, with the coordinator's words."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import World, make_duty
from tiendo.notices.models import Delivery, Notice
from tiendo.plans.models import Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Urging


def test_officer_and_head_of_the_unit_are_told_at_once(world: World, duty: Duty, now: datetime) -> None:
    actions.urge_unit(unit=duty.unit, duty=duty, message="Gửi trước 17 giờ", by=world.chi, at=now)
    notices = Notice.objects.order_by("user__username")
    assert [notice.user for notice in notices] == [world.an, world.binh]
    words = f"Sở Khoa học và Công nghệ đôn đốc Sở Xây dựng: báo cáo “{duty.period.name}”."
    assert (str(notices[0].sentence), notices[0].body) == (words, "Gửi trước 17 giờ")
    assert notices[0].url == f"/lam-viec/bao-cao/{duty.pk}/"
    assert Delivery.objects.filter(form=Delivery.Form.LETTER).count() == 2


def test_about_a_task_the_message_leads_to_the_task(world: World, duty: Duty, task: Task, now: datetime) -> None:
    actions.urge_unit(unit=world.unit_a, task=task, message="Đã quá hạn", by=world.chi, at=now)
    notice = Notice.objects.get(user=world.an)
    assert str(notice.sentence).endswith(f"nhiệm vụ “{task.title}”.")
    assert notice.url.endswith(f"/{task.code}/")


def test_several_units_are_told_each_of_its_own_report(world: World, duty: Duty, now: datetime) -> None:
    theirs = make_duty(duty.period, world.unit_b)
    actions.urge_duties(duties=[duty, theirs], message="Đề nghị gửi", by=world.chi, at=now)
    assert {notice.user: notice.url for notice in Notice.objects.all()} == {
        world.an: f"/lam-viec/bao-cao/{duty.pk}/",
        world.binh: f"/lam-viec/bao-cao/{duty.pk}/",
        world.dung: f"/lam-viec/bao-cao/{theirs.pk}/",
    }


@pytest.mark.parametrize("who", ["officer", "head", "other_unit"])
def test_who_may_not_urge_tells_nobody(world: World, duty: Duty, now: datetime, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.urge_duties(duties=[duty], message="Gửi đi", by=world.people[who], at=now)
    assert not Notice.objects.exists()
    assert not Urging.objects.exists()
