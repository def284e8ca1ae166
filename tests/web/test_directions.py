"""Pages of directions, meetings and things to do; the page of all oversight."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from tests.factories import NOON, World, make_duty, make_entry, make_period, make_submission
from tests.factories.following import make_direction, make_follow_up, make_meeting
from tiendo.accounts.models import User
from tiendo.oversight.actions import following_up as acts
from tiendo.oversight.actions.following_up_clock import escalate_follow_ups
from tiendo.oversight.models import Direction, FollowUp, Meeting
from tiendo.oversight.urging_history import history_of_task, history_of_unit
from tiendo.plans.models import Plan, Task
from tiendo.plans.spreadsheets.progress import ignore
from tiendo.plans.spreadsheets.xlsx import open_xlsx
from tiendo.reporting.actions import see_urging, urge_unit
from tiendo.reporting.models import Reminder, TaskReminder

ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)


def _typed(plan: Plan, world: World, **fields: str) -> dict[str, str]:
    later = f"{localdate() + 20 * DAY:%Y-%m-%d}"
    return {
        "plan": plan.code,
        "text": "Hoàn thành phủ sóng",
        "given_by": "Chủ tịch",
        "given_on": f"{localdate():%Y-%m-%d}",
        "count": "1",
        "1-unit": world.unit_a.code,
        "1-text": "Trình phương án",
        "1-due_on": later,
        **fields,
    }


def test_a_direction_is_written_with_its_items_on_one_page(
    plan: Plan, task: Task, world: World, client_of: ClientOf
) -> None:
    client, url = client_of(world.decision_maker), reverse("oversight:direction-add")
    page = client.get(url, {"nhiem_vu": task.code}).content.decode()
    assert f'value="{task.code}"' in page
    assert "Trần Quyết" in page
    more = client.post(url, _typed(plan, world, them="1")).content.decode()
    assert 'name="2-unit"' in more
    assert "Trình phương án" in more
    assert not Direction.objects.exists()
    second = {
        "count": "3",
        "2-unit": world.unit_b.code,
        "2-text": "Bố trí",
        "2-due_on": f"{localdate() + 30 * DAY:%Y-%m-%d}",
    }
    answer = client.post(url, _typed(plan, world, **{"1-task": task.code}, **second))
    direction = Direction.objects.get()
    assert answer.headers["Location"] == reverse("oversight:direction-detail", args=[direction.pk])
    assert {item.unit for item in direction.follow_ups.all()} == {world.unit_a, world.unit_b}
    assert direction.follow_ups.get(unit=world.unit_a).task == task


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"1-unit": ""}, "Đơn vị"),
        ({"1-task": "khong-co"}, "Không có nhiệm vụ mang mã này"),
        ({"1-due_on": "2020-01-01"}, "Hạn phải sau ngày giao việc"),
        ({"given_on": "2099-01-01"}, "Ngày chỉ đạo không được sau hôm nay"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    plan: Plan, world: World, client_of: ClientOf, fields: dict[str, str], said: str
) -> None:
    page = client_of(world.chi).post(reverse("oversight:direction-add"), _typed(plan, world, **fields)).content.decode()
    assert said in page
    assert "Trình phương án" in page
    assert not Direction.objects.exists()


def test_the_unit_reports_with_a_file_and_a_second_person_closes(plan: Plan, world: World, client_of: ClientOf) -> None:
    item = make_follow_up(plan, world.unit_a, by=world.chi)
    detail = reverse("oversight:follow-up-detail", args=[item.pk])
    head, chi = client_of(world.binh), client_of(world.chi)
    assert "Báo cáo đã xong" in head.get(detail).content.decode()
    file = SimpleUploadedFile("bien-ban.txt", b"Bien ban nghiem thu")
    head.post(reverse("oversight:follow-up-report", args=[item.pk]), {"report-words": "Đã xong", "report-file": file})
    step = item.steps.get(act="report")
    assert head.get(reverse("oversight:follow-up-file", args=[step.pk])).content == b"Bien ban nghiem thu"
    assert client_of(world.dung).get(reverse("oversight:follow-up-file", args=[step.pk])).status_code == 404
    page = chi.get(detail).content.decode()
    assert "Xác nhận đã xong" in page
    chi.post(reverse("oversight:follow-up-close", args=[item.pk]), {"close-words": ""})
    item.refresh_from_db()
    assert item.state == FollowUp.State.CLOSED
    assert 'enctype="multipart' not in chi.get(detail).content.decode()


def test_who_asked_sees_no_open_form_while_it_is_the_units_turn(plan: Plan, world: World, client_of: ClientOf) -> None:
    """Giving more time and dropping the thing are behind lines of their own; confirming stands on the page."""
    item = make_follow_up(plan, world.unit_a, by=world.chi)
    detail = reverse("oversight:follow-up-detail", args=[item.pk])
    page = client_of(world.chi).get(detail).content.decode()
    assert "<summary>Gia hạn</summary>" in page
    assert 'id="act-' not in page
    acts.report_follow_up(follow_up=item, note="Đã xong", by=world.binh, at=NOON)
    assert 'id="act-close"' in client_of(world.chi).get(detail).content.decode()


def test_meetings_are_offered_by_their_day(plan: Plan, world: World, client_of: ClientOf) -> None:
    meeting = make_meeting(plan, by=world.chi)
    page = client_of(world.chi).get(reverse("oversight:direction-add")).content.decode()
    assert f"{meeting.title}, {meeting.held_on:%d/%m/%Y}</option>" in page


def test_a_refused_act_keeps_the_words(plan: Plan, world: World, client_of: ClientOf) -> None:
    item = make_follow_up(plan, world.unit_a, by=world.chi)
    client = client_of(world.chi)
    given = {"extend-words": "Mưa lũ kéo dài", "extend-due_on": f"{item.due_on:%Y-%m-%d}"}
    answer = client.post(reverse("oversight:follow-up-extend", args=[item.pk]), given)
    assert answer.status_code == 422
    assert "Hạn mới phải sau hạn đang có" in answer.content.decode()
    assert "Mưa lũ kéo dài" in answer.content.decode()
    exe = SimpleUploadedFile("x.exe", b"MZ\x90")
    given_file = {"report-words": "Xong rồi", "report-file": exe}
    answer = client_of(world.binh).post(reverse("oversight:follow-up-report", args=[item.pk]), given_file)
    assert answer.status_code == 422
    assert item.steps.count() == 1


def test_counts_open_lists_and_the_workbook_is_the_list(plan: Plan, world: World, client_of: ClientOf) -> None:
    make_follow_up(plan, world.unit_a, by=world.chi, text="=Việc quá hạn", due_on=localdate() - 3 * DAY)
    make_follow_up(plan, world.unit_b, by=world.chi, text="Việc còn hạn", due_on=localdate() + 3 * DAY)
    client, url = client_of(world.chi), reverse("oversight:follow-up-list")
    late = client.get(url, {"trang_thai": "late"}).content.decode()
    assert "=Việc quá hạn" in late
    assert "Việc còn hạn" not in late
    book = client.get(reverse("oversight:follow-up-export"), {"trang_thai": "late"}).content
    rows = open_xlsx(book, ignore).sheets[0].grid.rows
    words = [text for row in rows.values() for text in row.values()]
    assert any("Việc quá hạn" in value for value in words)
    assert not any("Việc còn hạn" in value for value in words)
    assert "3" in words
    unit = client.get(url, {"unit": world.unit_b.code}).content.decode()
    assert "Việc còn hạn" in unit
    assert "=Việc quá hạn" not in unit


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_number_of_queries(
    plan: Plan, task: Task, world: World, client_of: ClientOf, count: int
) -> None:
    meeting = make_meeting(plan, by=world.chi)
    for _n in range(count):
        direction = make_direction(plan, by=world.chi, meeting=meeting)
        make_follow_up(plan, world.unit_a, by=world.chi, task=task, direction=direction)
    client = client_of(world.chi)
    asked = {}
    for name in ("follow-up-list", "meeting-list", "home"):
        client.get(reverse(f"oversight:{name}"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"oversight:{name}")).status_code == 200
        asked[name] = len(captured)
    assert asked["follow-up-list"] <= 14
    assert asked["meeting-list"] <= 10
    assert asked["home"] <= 60


def test_a_meeting_and_what_it_needs(plan: Plan, world: World, client_of: ClientOf) -> None:
    client = client_of(world.chi)
    given = {"plan": plan.code, "title": "Giao ban tháng 6", "held_on": "2026-06-25", "level": "province"}
    answer = client.post(reverse("oversight:meeting-add"), given)
    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == reverse("oversight:meeting-detail", args=[meeting.pk])
    direction = make_direction(plan, by=world.chi, meeting=meeting, given_on=date(2026, 6, 25))
    item = make_follow_up(plan, world.unit_a, by=world.chi, direction=direction, due_on=date(2026, 7, 3))
    acts.note_follow_up(follow_up=item, note="Đã khảo sát xong", by=world.an, at=NOON)
    asked = {"plan": plan.code, "level": "province", "on": "2026-07-10"}
    page = client.get(reverse("oversight:meeting-brief"), asked).content.decode()
    assert "Kết luận cuộc họp ngày 25/06/2026" in page
    assert "Đã khảo sát xong" in page
    assert "quá 7 ngày" in page
    docx = client.get(reverse("oversight:meeting-brief-file", args=["docx"]), asked)
    assert docx.status_code == 200
    assert "tai-lieu-hop-20260710.docx" in docx.headers["Content-Disposition"]


def test_the_notice_of_a_meeting_is_entered_on_its_page(plan: Plan, world: World, client_of: ClientOf) -> None:
    meeting = make_meeting(plan, by=world.chi, held_on=localdate() - DAY)
    where, client = reverse("oversight:meeting-conclude", args=[meeting.pk]), client_of(world.chi)
    detail = reverse("oversight:meeting-detail", args=[meeting.pk])
    assert where in client.get(detail).content.decode()
    assert "Hãy ghi số, ngày" in client.post(where, {}, follow=True).content.decode()
    page = client.post(where, {"conclusion": "12/TB-UBND ngày 30/6"}, follow=True).content.decode()
    assert "12/TB-UBND ngày 30/6" in page
    assert where not in page


def test_a_level_below_the_province_asks_which_unit(plan: Plan, world: World, client_of: ClientOf) -> None:
    client = client_of(world.chi)
    page = client.get(reverse("oversight:meeting-brief"), {"level": "commune"}).content.decode()
    assert "Hãy chọn huyện hoặc xã" in page
    given = {"plan": plan.code, "title": "Họp xã", "held_on": "2026-06-25", "level": "commune"}
    assert "cấp xã thì chọn đơn vị" in client.post(reverse("oversight:meeting-add"), given).content.decode()
    assert not Meeting.objects.exists()


def test_a_briefing_looks_back_to_the_last_meeting_entered(plan: Plan, world: World, client_of: ClientOf) -> None:
    make_meeting(plan, by=world.chi, held_on=localdate() - 5 * DAY)
    page = client_of(world.chi).get(reverse("reporting:briefing")).content.decode()
    assert f"{localdate() - 5 * DAY:%d/%m/%Y}" in page
    assert reverse("oversight:meeting-brief") in page


def test_each_person_finds_what_waits(plan: Plan, world: World, client_of: ClientOf) -> None:
    item = make_follow_up(plan, world.unit_a, by=world.chi, text="Việc chờ đơn vị")
    told = make_follow_up(plan, world.unit_a, by=world.chi, text="Việc chờ xác nhận")
    acts.report_follow_up(follow_up=told, note="Xong", by=world.binh, at=NOON)
    for name in ("oversight:home", "reporting:my-work"):
        own = client_of(world.an).get(reverse(name)).content.decode()
        assert item.text in own
        assert told.text not in own
        confirming = client_of(world.chi).get(reverse(name)).content.decode()
        assert told.text in confirming
        assert item.text not in client_of(world.dung).get(reverse(name)).content.decode()


def test_the_task_page_shows_what_was_asked_about_it(plan: Plan, task: Task, world: World, client_of: ClientOf) -> None:
    item = make_follow_up(plan, world.unit_a, by=world.chi, task=task, text="Đẩy nhanh nghiệm thu")
    url = reverse("plans:task-detail", args=[task.code])
    assert item.text in client_of(world.an).get(url).content.decode()
    assert item.text not in client_of(world.dung).get(url).content.decode()


def test_every_urging_and_reminder_of_a_unit_and_of_a_task_on_one_page(
    plan: Plan, task: Task, world: World, client_of: ClientOf
) -> None:
    duty = make_duty(make_period(plan, "Quý II"), world.unit_a)
    urge_unit(unit=world.unit_a, message="Gửi báo cáo ngay", by=world.chi, at=NOON, duty=duty)
    asked = urge_unit(unit=world.unit_a, message="Nhiệm vụ đang chậm", by=world.chi, at=NOON, task=task)
    see_urging(urging=asked, by=world.an, at=NOON + DAY)
    Reminder.objects.create(duty=duty, days_before=-3, sent_at=NOON + 2 * DAY)
    TaskReminder.objects.create(task=task, unit=world.unit_a, occasion="overdue", since=NOON.date(), sent_at=NOON)
    make_follow_up(plan, world.unit_a, by=world.chi, task=task, text="Việc trễ", due_on=NOON.date() - DAY)
    escalate_follow_ups(by=None, at=NOON + 3 * DAY)
    unit = client_of(world.chi).get(reverse("oversight:urging-unit", args=[world.unit_a.code])).content.decode()
    for words in ("Gửi báo cáo ngay", "Nhiệm vụ đang chậm", "Hệ thống nhắc", "Báo lên cấp trên", "Việc trễ", "đã xem"):
        assert words in unit
    assert "quá 3 ngày: báo cấp trên" in unit
    own = client_of(world.an).get(reverse("oversight:urging-task", args=[task.code])).content.decode()
    assert "Nhiệm vụ đang chậm" in own
    assert "Việc trễ" in own
    assert "Gửi báo cáo ngay" not in own
    for name, code in (("urging-unit", world.unit_a.code), ("urging-task", task.code)):
        assert client_of(world.dung).get(reverse(f"oversight:{name}", args=[code])).status_code == 404
    listed = client_of(world.chi).get(reverse("oversight:urging-list")).content.decode()
    assert world.unit_a.name in listed
    assert world.unit_a.name not in client_of(world.dung).get(reverse("oversight:urging-list")).content.decode()


def test_an_urging_is_answered_by_the_unit_urged_and_no_other(plan: Plan, task: Task, world: World) -> None:
    urge_unit(unit=world.unit_a, message="Chậm", by=world.chi, at=NOON, task=task)
    TaskReminder.objects.create(task=task, unit=world.unit_a, occasion="overdue", since=NOON.date(), sent_at=NOON)
    period = make_period(plan)
    theirs = make_entry(make_duty(period, world.unit_b), task, saved_by=world.dung)
    make_submission(theirs, by=world.dung, at=NOON + DAY)
    assert {line.answered_at for line in history_of_task(task, world.chi)} == {None}
    own = make_entry(make_duty(period, world.unit_a), task, saved_by=world.an)
    make_submission(own, by=world.binh, at=NOON + 2 * DAY)
    assert {line.answered_at for line in history_of_task(task, world.chi)} == {NOON + 2 * DAY}


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_asks_the_same_number_of_queries(
    plan: Plan, task: Task, world: World, client_of: ClientOf, count: int
) -> None:
    for _n in range(count):
        urge_unit(unit=world.unit_a, message="Chậm", by=world.chi, at=NOON, task=task)
        duty = make_duty(make_period(plan), world.unit_a)
        Reminder.objects.create(duty=duty, days_before=2, sent_at=NOON)
        make_follow_up(plan, world.unit_a, by=world.chi, due_on=NOON.date() - DAY)
    escalate_follow_ups(by=None, at=NOON)
    assert world.chi.access.reads_everything
    with CaptureQueriesContext(connection) as captured:
        assert len(history_of_unit([world.unit_a.pk], world.chi)) == 3 * count
    assert len(captured) == 6
