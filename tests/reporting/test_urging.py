"""Urging tells the people of the unit, once and nobody else, with the coordinator's words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.factories import World, make_duty, make_entry, make_submission, make_unit
from tiendo.audit.models import Event
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


MONDAY = datetime(2026, 7, 6, 2, tzinfo=UTC)


def day(number: float) -> datetime:
    return MONDAY + timedelta(days=number)


@pytest.fixture
def urging(world: World, duty: Duty) -> Urging:
    """Unit A urged about its report on a Monday morning."""
    return actions.urge_unit(unit=duty.unit, duty=duty, message="Gửi trước 17 giờ", by=world.chi, at=MONDAY)


def told() -> list[str]:
    return list(Notice.objects.filter(kind="report.escalated").values_list("user__username", flat=True))


def test_four_working_days_of_silence_are_told_above_once(world: World, urging: Urging) -> None:
    assert actions.escalate_urgings(by=None, at=day(3.9)) == []
    assert actions.escalate_urgings(by=None, at=day(4)) == [urging]
    assert actions.escalate_urgings(by=None, at=day(9)) == []
    assert told() == [world.decision_maker.username]
    notice = Notice.objects.get(kind="report.escalated")
    subject = f"báo cáo “{urging.duty.period.name}”." if urging.duty else ""
    assert str(notice.sentence) == f"Sở Xây dựng chưa xem đôn đốc sau 4 ngày làm việc: {subject}"
    assert notice.body == "Gửi trước 17 giờ"
    event = Event.objects.get(act="reporting.urging.escalate")
    assert (event.actor, event.detail["people"]) == ("hệ thống", [world.decision_maker.username])
    urging.refresh_from_db()
    assert urging.escalated_at == day(4)


def test_the_weekend_does_not_count_against_the_unit(world: World, duty: Duty) -> None:
    actions.urge_unit(unit=duty.unit, duty=duty, message="Gửi", by=world.chi, at=day(3))  # Thursday
    assert actions.escalate_urgings(by=None, at=day(8.9)) == []
    assert len(actions.escalate_urgings(by=None, at=day(9))) == 1


def test_who_has_seen_it_or_sent_since_is_not_told_of(world: World, urging: Urging, duty: Duty, task: Task) -> None:
    about = actions.urge_unit(unit=duty.unit, task=task, message="Báo cáo ngay", by=world.chi, at=MONDAY)
    seen = actions.urge_unit(unit=duty.unit, duty=duty, message="Nữa", by=world.chi, at=MONDAY)
    actions.see_urging(urging=seen, by=world.an, at=day(1))
    entry = make_entry(duty, task, saved_by=world.an)
    make_submission(entry, by=world.binh, at=day(1))
    Duty.objects.filter(pk=duty.pk).update(first_sent_at=day(1), sent_at=day(1), sent_by=world.binh)
    assert {urging, about, seen} == set(Urging.objects.filter(escalated_at=None))
    assert actions.escalate_urgings(by=None, at=day(20)) == []
    assert told() == []


def test_a_closed_period_a_finished_task_and_a_unit_with_nobody_above_are_left(
    world: World, urging: Urging, duty: Duty, task: Task
) -> None:
    actions.urge_unit(unit=duty.unit, task=task, message="Báo cáo ngay", by=world.chi, at=MONDAY)
    Task.objects.filter(pk=task.pk).update(state="completed", completed_on=MONDAY.date())
    alone = make_unit("don-doc-mot-minh")
    other = make_duty(duty.period, alone)
    lonely = actions.urge_unit(unit=alone, duty=other, message="Gửi", by=world.chi, at=MONDAY)
    Duty.objects.filter(pk=duty.pk).update(first_sent_at=day(1), sent_at=day(1), sent_by=world.binh)
    assert actions.escalate_urgings(by=None, at=day(20)) == []
    assert not Event.objects.filter(act="reporting.urging.escalate").exists()
    alone.parent = world.province
    alone.save()
    assert actions.escalate_urgings(by=None, at=day(20)) == [lonely]
    Urging.objects.update(escalated_at=None)
    actions.close_period(period=duty.period, by=world.chi, at=day(30))
    assert actions.escalate_urgings(by=None, at=day(40)) == []


@pytest.mark.parametrize("who", ["officer", "head", "other_unit"])
def test_only_those_who_urge_may_ask_for_it(world: World, urging: Urging, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.escalate_urgings(by=world.people[who], at=day(9))
    assert told() == []
    assert not Event.objects.filter(act="reporting.urging.escalate").exists()


def test_the_page_of_the_task_says_that_those_above_were_told(
    world: World, duty: Duty, task: Task, client: Client
) -> None:
    actions.urge_unit(unit=duty.unit, task=task, message="Báo cáo ngay", by=world.chi, at=MONDAY)
    client.force_login(world.chi)
    page = reverse("reporting:task-urge", args=[task.code])
    assert "đã báo cấp trên lúc" not in client.get(page).content.decode()
    actions.escalate_urgings(by=None, at=day(4))
    assert "đã báo cấp trên lúc" in client.get(page).content.decode()


def test_the_control_room_says_that_those_above_were_told(world: World, urging: Urging, client: Client) -> None:
    client.force_login(world.chi)
    assert urging.duty is not None
    page = reverse("reporting:period-detail", args=[urging.duty.period_id])
    assert "đã báo cấp trên lúc" not in client.get(page).content.decode()
    actions.escalate_urgings(by=None, at=day(4))
    assert "đã báo cấp trên lúc" in client.get(page).content.decode()
