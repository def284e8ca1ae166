"""The report cycle in a browser without scripts: write, send, return, accept, urge, consolidate."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import World, make_duty, make_period, make_submission, make_task, make_unit, move_task
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.orgs.models import Succession
from tiendo.plans.actions import drop_task
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Evidence, IssuedReport, Period, Submission, Urging
from tiendo.reporting.rules import Values

ClientOf = Callable[[User], Client]
HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")
TYPED = {"version": "0", "state": "in_progress", "percent": "45,5", "result": "Đã khảo sát 12 xã", "difficulty": ""}


@pytest.fixture
def now() -> datetime:
    """Pages read the clock, so these tests take place today."""
    return timezone.now()


@pytest.fixture
def period(plan: Plan, now: datetime) -> Period:
    opened = now - timedelta(days=10)
    return make_period(plan, opens_at=opened, opened_at=opened, due_at=now + timedelta(days=10))


def draft(duty: Duty, task: Task, by: User, at: datetime, values: Values = HALF) -> Entry:
    return actions.save_draft(duty=duty, task=task, values=values, revision=0, by=by, at=at)


@pytest.fixture
def drafted(world: World, duty: Duty, task: Task, now: datetime) -> Entry:
    return draft(duty, task, world.an, now)


@pytest.fixture
def sent(world: World, drafted: Entry, now: datetime) -> Entry:
    actions.send_duty(duty=drafted.duty, by=world.binh, at=now)
    drafted.refresh_from_db()
    return drafted


@pytest.fixture
def accepted(world: World, sent: Entry, now: datetime) -> Entry:
    actions.accept_entry(entry=sent, by=world.chi, at=now)
    sent.refresh_from_db()
    return sent


def entry_url(name: str, duty: Duty, task: Task) -> str:
    return reverse(f"reporting:entry-{name}", args=[duty.pk, task.code])


def duty_url(name: str, duty: Duty) -> str:
    return reverse(f"reporting:duty-{name}", args=[duty.pk])


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


# My work


def test_my_work_of_the_officer_opens_with_the_report_that_is_owed(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    page = text_of(client_of(world.an), reverse("reporting:my-work"))
    assert duty_url("detail", duty) in page
    assert "còn 9 ngày" in page or "còn 10 ngày" in page


def test_my_work_of_the_coordinator_shows_what_waits_for_reading(
    world: World, sent: Entry, client_of: ClientOf
) -> None:
    assert duty_url("detail", sent.duty) in text_of(client_of(world.chi), reverse("reporting:my-work"))


def test_my_work_of_another_unit_shows_nothing_of_ours(world: World, sent: Entry, client_of: ClientOf) -> None:
    assert duty_url("detail", sent.duty) not in text_of(client_of(world.dung), reverse("reporting:my-work"))


@pytest.mark.parametrize("who", ["officer", "head", "coordinator", "decision_maker", "finance", "inspector"])
def test_everybody_signed_in_has_a_my_work_page(world: World, duty: Duty, who: str, client_of: ClientOf) -> None:
    text_of(client_of(world.people[who]), reverse("reporting:my-work"))


def test_an_urging_stands_on_top_until_seen(world: World, duty: Duty, now: datetime, client_of: ClientOf) -> None:
    urging = actions.urge_unit(unit=duty.unit, duty=duty, message="Đề nghị gửi sớm", by=world.chi, at=now)
    client, url = client_of(world.an), reverse("reporting:my-work")
    assert "Đề nghị gửi sớm" in text_of(client, url)
    client.post(reverse("reporting:urging-see", args=[urging.pk]))
    assert "Đề nghị gửi sớm" not in text_of(client, url)
    assert Urging.objects.get().seen_by == world.an


def test_an_urging_of_another_unit_is_not_found(world: World, duty: Duty, now: datetime, client_of: ClientOf) -> None:
    urging = actions.urge_unit(unit=duty.unit, duty=duty, message="Gửi sớm", by=world.chi, at=now)
    assert client_of(world.dung).post(reverse("reporting:urging-see", args=[urging.pk])).status_code == 404
    assert Urging.objects.get().seen_at is None


@pytest.mark.parametrize(("last_in", "words"), [(20, None), (6, "còn 6 ngày"), (0, "hôm nay là hạn cuối")])
def test_a_reminder_ahead_stands_on_the_card_of_the_report(
    world: World, plan: Plan, now: datetime, last_in: int, words: str | None, client_of: ClientOf
) -> None:
    last = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=last_in)
    period = make_period(plan, opens_at=now - timedelta(days=9), due_at=last + timedelta(days=1))
    make_duty(period, world.unit_a)
    actions.remind_duties(by=None, at=now)
    page = " ".join(text_of(client_of(world.an), reverse("reporting:my-work")).split())
    assert ("Đã nhắc trước hạn lúc" in page) is (words is not None)
    assert words is None or page.count(words) == 1
    room = text_of(client_of(world.chi), reverse("reporting:period-detail", args=[period.pk]))
    assert ("hệ thống đã nhắc 1 đơn vị" in room) is (words is not None)


def test_a_reminder_goes_from_the_card_once_the_report_is_sent(
    world: World, duty: Duty, sent: Entry, now: datetime, client_of: ClientOf
) -> None:
    duty.reminders.create(days_before=7, sent_at=now)
    assert "Đã nhắc trước hạn lúc" not in text_of(client_of(world.an), reverse("reporting:my-work"))


# Urging about a task


def urge_url(task: Task) -> str:
    return reverse("reporting:task-urge", args=[task.code])


def test_task_urge_reaches_the_lead_and_is_kept_with_who_has_seen_it(
    world: World, task: Task, client_of: ClientOf
) -> None:
    chi, an = client_of(world.chi), client_of(world.an)
    assert urge_url(task) in text_of(chi, reverse("plans:task-detail", args=[task.code]))
    assert world.unit_a.name in text_of(chi, urge_url(task))
    response = chi.post(urge_url(task), {"message": "Đề nghị nghiệm thu trong tuần"})
    assert response["Location"] == urge_url(task)
    urging = Urging.objects.get()
    assert (urging.unit, urging.task, urging.duty, urging.sent_by) == (world.unit_a, task, None, world.chi)
    assert Event.objects.get(act="reporting.urging.send").detail["task"] == task.code
    assert "chưa ai của đơn vị xác nhận đã xem" in text_of(chi, urge_url(task))
    assert "Đề nghị nghiệm thu trong tuần" in text_of(an, reverse("reporting:my-work"))
    an.post(reverse("reporting:urging-see", args=[urging.pk]))
    assert f"{world.an} đã xem lúc" in text_of(chi, urge_url(task))
    assert "Đề nghị nghiệm thu trong tuần" not in text_of(an, reverse("reporting:my-work"))


def test_task_urge_goes_to_the_unit_that_answers_today(world: World, task: Task, client_of: ClientOf) -> None:
    heir = make_unit("so-moi", "Sở Hợp nhất")
    Succession.objects.create(
        predecessor=world.unit_a, successor=heir, effective_on=date(2026, 1, 1), kind="merge", decision="NQ 1"
    )
    client_of(world.chi).post(urge_url(task), {"message": "Đề nghị báo cáo"})
    assert Urging.objects.get().unit == heir


@pytest.mark.parametrize("printed", [None, "Ban chỉ đạo"])
def test_task_urge_without_a_lead_says_why(world: World, plan: Plan, printed: str | None, client_of: ClientOf) -> None:
    task = make_task(plan, by=world.chi)
    if printed:
        task.assignments.create(role="lead", printed=printed, started_at=timezone.now())
    page = text_of(client_of(world.chi), urge_url(task))
    assert "Nhiệm vụ chưa có đơn vị chủ trì trong hệ thống" in page
    assert "<textarea" not in page
    assert client_of(world.chi).post(urge_url(task), {"message": "Gửi"}).status_code == 200
    assert not Urging.objects.exists()


def test_a_stopped_task_is_urged_by_nobody(world: World, plan: Plan, client_of: ClientOf, now: datetime) -> None:
    late = make_task(plan, by=world.chi, lead=world.unit_a, due_on=date(2026, 1, 31))
    chi = client_of(world.chi)
    page_url = reverse("plans:task-detail", args=[late.code])
    assert "quá hạn" in text_of(chi, page_url)
    drop_task(task=late, reason="không còn trong kế hoạch", document=plan.version.document, by=world.chi, at=now)
    page = text_of(chi, page_url)
    assert f"Đã dừng từ ngày {timezone.localdate(now):%d/%m/%Y}" in page
    assert str(plan.version.document) in page
    assert "không còn trong kế hoạch" in page
    assert "quá hạn" not in page.lower()
    assert "<span>Đôn đốc</span>" not in page
    assert "<textarea" not in text_of(chi, urge_url(late))
    assert "đã dừng nên không đôn đốc" in text_of(chi, urge_url(late))
    assert chi.post(urge_url(late), {"message": "Gửi"}).status_code == 403
    with pytest.raises(PermissionDenied, match="đã dừng"):
        actions.urge_unit(unit=world.unit_a, task=late, message="Gửi", by=world.chi, at=now)
    assert not Urging.objects.exists()


def test_a_report_accepted_afterwards_does_not_set_a_stopped_task_going(
    world: World, plan: Plan, task: Task, now: datetime
) -> None:
    drop_task(task=task, reason="không còn trong kế hoạch", document=plan.version.document, by=world.chi, at=now)
    for state, done in ((WorkState.IN_PROGRESS, None), (WorkState.COMPLETED, date(2026, 6, 1))):
        move_task(task, state, percent=Decimal(60), completed_on=done, by=world.chi)
        task.refresh_from_db()
        assert (task.state, task.completed_on, task.percent) == ("cancelled", None, Decimal(60))


def test_task_urge_needs_words_and_keeps_what_was_typed(world: World, task: Task, client_of: ClientOf) -> None:
    client = client_of(world.chi)
    assert client.post(urge_url(task), {"message": "  "}).status_code == 200
    page = client.post(urge_url(task), {"message": "dài " * 400}).content.decode()
    assert "dài dài dài" in page
    assert not Urging.objects.exists()


def test_task_urge_shows_a_unit_only_what_was_said_to_it(
    world: World, plan: Plan, now: datetime, client_of: ClientOf
) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b])
    actions.urge_unit(unit=world.unit_a, task=task, message="Nói riêng với A", by=world.chi, at=now)
    assert "Nói riêng với A" in text_of(client_of(world.an), urge_url(task))
    assert "Nói riêng với A" not in text_of(client_of(world.dung), urge_url(task))
    assert "Nói riêng với A" in text_of(client_of(world.people["inspector"]), urge_url(task))


# The report of a unit


def test_duty_detail_says_what_is_still_missing(world: World, duty: Duty, task: Task, client_of: ClientOf) -> None:
    page = text_of(client_of(world.an), duty_url("detail", duty))
    assert "Còn 1 nhiệm vụ cần bổ sung" in page
    assert entry_url("edit", duty, task) in page
    assert "Phê duyệt và gửi" not in page


def test_duty_detail_gives_the_head_one_button_once_all_is_written(
    world: World, drafted: Entry, client_of: ClientOf
) -> None:
    assert text_of(client_of(world.binh), duty_url("detail", drafted.duty)).count("Phê duyệt và gửi") == 1
    assert duty_url("send", drafted.duty) not in text_of(client_of(world.an), duty_url("detail", drafted.duty))


def test_duty_detail_shows_nobody_outside_what_the_head_has_not_sent(
    world: World, drafted: Entry, client_of: ClientOf
) -> None:
    for who in ("coordinator", "decision_maker", "finance", "inspector"):
        assert "Đã lắp 6 trạm" not in text_of(client_of(world.people[who]), duty_url("detail", drafted.duty))


def test_duty_detail_shows_the_coordinator_this_period_beside_the_last(
    world: World, plan: Plan, task: Task, accepted: Entry, now: datetime, client_of: ClientOf
) -> None:
    later = make_duty(make_period(plan, opens_at=now, due_at=now + timedelta(days=200)), world.unit_a)
    draft(later, task, world.an, now, Values(state=WorkState.IN_PROGRESS, percent=Decimal(75), result="Đã lắp 9 trạm"))
    actions.send_duty(duty=later, by=world.binh, at=now)
    page = text_of(client_of(world.chi), duty_url("detail", later))
    assert "Đã lắp 9 trạm" in page
    assert "Đã lắp 6 trạm" in page
    assert reverse("reporting:entry-accept", args=[later.entries.get().pk]) in page


def test_duty_detail_after_a_return_shows_the_reason_and_what_was_sent(
    world: World, sent: Entry, now: datetime, client_of: ClientOf
) -> None:
    actions.return_entry(entry=sent, reason="Thiếu tên xã", by=world.chi, at=now)
    sent.refresh_from_db()
    assert "Chưa sửa từ khi bị trả lại" in text_of(client_of(world.an), duty_url("detail", sent.duty))
    changed = Values(state=WorkState.IN_PROGRESS, percent=Decimal(55), result="Đang viết lại")
    moment = now + timedelta(minutes=1)
    actions.save_draft(duty=sent.duty, task=sent.task, values=changed, revision=1, by=world.an, at=moment)
    ours = text_of(client_of(world.an), duty_url("detail", sent.duty))
    assert "Thiếu tên xã" in ours
    assert "Chưa sửa từ khi bị trả lại" not in ours
    assert "Đang viết lại" in ours
    theirs = text_of(client_of(world.chi), duty_url("detail", sent.duty))
    assert "Đang viết lại" not in theirs
    assert "Đã lắp 6 trạm" in theirs


def test_duty_send_by_the_head_sends(world: World, drafted: Entry, client_of: ClientOf) -> None:
    response = client_of(world.binh).post(duty_url("send", drafted.duty), follow=True)
    assert "Đã gửi báo cáo tới cơ quan đầu mối." in response.content.decode()
    assert Submission.objects.get().submitted_by == world.binh


def test_duty_send_of_an_unfinished_report_says_what_is_missing(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    response = client_of(world.binh).post(duty_url("send", duty), follow=True)
    assert "Chưa gửi được: còn 1 nhiệm vụ cần bổ sung." in response.content.decode()
    assert not Submission.objects.exists()


def test_duty_nothing_new_is_one_click_of_the_head(world: World, duty: Duty, task: Task, client_of: ClientOf) -> None:
    assert duty_url("nothing-new", duty) in text_of(client_of(world.binh), duty_url("detail", duty))
    client_of(world.binh).post(duty_url("nothing-new", duty))
    duty.refresh_from_db()
    assert (duty.nothing_new, duty.status) == (True, "submitted")
    assert client_of(world.binh).post(duty_url("nothing-new", duty), follow=True).status_code == 200


def test_duty_accept_takes_all_that_waits(world: World, sent: Entry, client_of: ClientOf) -> None:
    client_of(world.chi).post(duty_url("accept", sent.duty))
    sent.refresh_from_db()
    assert (sent.status, Duty.objects.get().status) == ("accepted", "accepted")
    again = client_of(world.chi).post(duty_url("accept", sent.duty), follow=True)
    assert "không có nội dung nào chờ" in again.content.decode()


def test_duty_accept_of_nothing_new_from_my_work_comes_back_there(
    world: World, duty: Duty, task: Task, now: datetime, client_of: ClientOf
) -> None:
    actions.send_nothing_new(duty=duty, by=world.binh, at=now)
    client = client_of(world.chi)
    assert duty_url("accept", duty) in text_of(client, reverse("reporting:my-work"))
    response = client.post(duty_url("accept", duty), {"back": "1"})
    assert response["Location"] == reverse("reporting:my-work")
    assert Duty.objects.get().status == "accepted"


def test_entry_accept_takes_one(world: World, sent: Entry, client_of: ClientOf) -> None:
    client_of(world.chi).post(reverse("reporting:entry-accept", args=[sent.pk]))
    sent.refresh_from_db()
    assert sent.status == "accepted"


def test_entry_return_needs_a_reason(world: World, sent: Entry, client_of: ClientOf) -> None:
    client, url = client_of(world.chi), reverse("reporting:entry-return", args=[sent.pk])
    assert "Hãy ghi lý do" in client.post(url, {"reason": " "}, follow=True).content.decode()
    client.post(url, {"reason": "Thiếu số liệu"})
    assert Submission.objects.get().reason == "Thiếu số liệu"
    late = client.post(url, {"reason": "Lần nữa"}, follow=True).content.decode()
    assert "Không thể trả lại" in late


# The editor


def test_entry_edit_keeps_numbers_as_officials_type_them(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    client, url = client_of(world.an), entry_url("edit", duty, task)
    assert client.post(url, TYPED | {"money_used": "1.250.000"}).status_code == 302
    entry = Entry.objects.get()
    assert (entry.percent, entry.money_used) == (Decimal("45.5"), Decimal(1250000))
    page = text_of(client, url)
    assert 'value="45,5"' in page
    assert 'value="1.250.000"' in page


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("percent", "120", "Tỷ lệ phải từ 0 đến 100."),
        ("percent", "-1", "Tỷ lệ phải từ 0 đến 100."),
        ("percent", "1.000.000", "Tỷ lệ phải từ 0 đến 100."),
        ("percent", "45,123", "Tỷ lệ chỉ ghi nhiều nhất hai chữ số sau dấu phẩy."),
        ("money_used", "-5", "Số tiền không được nhỏ hơn 0."),
        ("money_used", "1,5", "Số tiền ghi tròn đồng, không có phần lẻ."),
        ("money_used", "9" * 19, "Số tiền quá lớn; hãy xem lại đơn vị tính (đồng)."),
    ],
)
def test_limits_of_numbers_are_said_once_in_our_own_words(
    world: World, duty: Duty, task: Task, name: str, typed: str, words: str, client_of: ClientOf
) -> None:
    answer = client_of(world.an).post(entry_url("edit", duty, task), TYPED | {name: typed})
    assert answer.context["form"].errors == {name: [words]}


def test_the_state_is_not_called_optional_and_a_draft_needs_none(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    client = client_of(world.an)
    label = re.search(r"<label[^>]*>Trạng thái thực hiện.*?</label>", text_of(client, entry_url("edit", duty, task)))
    assert label is not None
    assert "không bắt buộc" not in label[0]
    assert client.post(entry_url("edit", duty, task), TYPED | {"state": ""}).status_code == 302
    assert Entry.objects.get().state is None


@pytest.mark.parametrize("percent", ["120", "12.500", "bốn mươi", "1,2,3"])
def test_entry_edit_says_which_number_it_cannot_read_and_keeps_the_words(
    world: World, duty: Duty, task: Task, percent: str, client_of: ClientOf
) -> None:
    response = client_of(world.an).post(entry_url("edit", duty, task), TYPED | {"percent": percent})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'value="{percent}"' in page
    assert "Các mục khác đã được lưu." in page
    assert (Entry.objects.get().percent, Entry.objects.get().result) == (None, "Đã khảo sát 12 xã")


def test_entry_edit_conflict_shows_what_the_other_saved_and_keeps_what_was_typed(
    world: World, drafted: Entry, client_of: ClientOf
) -> None:
    client, url = client_of(world.binh), entry_url("edit", drafted.duty, drafted.task)
    page = client.post(url, TYPED).content.decode()
    assert "Nguyễn Văn An" in page
    assert "Đã lắp 6 trạm" in page
    assert "Đã khảo sát 12 xã" in page
    assert Entry.objects.get().result == "Đã lắp 6 trạm"
    assert '<input type="hidden" name="version" value="1">' in page
    assert client.post(url, TYPED | {"version": "1"}).status_code == 302
    assert Entry.objects.get().result == "Đã khảo sát 12 xã"


def test_entry_edit_of_a_sent_entry_loses_nothing_typed(world: World, sent: Entry, client_of: ClientOf) -> None:
    page = client_of(world.an).post(entry_url("edit", sent.duty, sent.task), TYPED | {"version": "1"})
    assert "Đã khảo sát 12 xã" in page.content.decode()
    assert "chưa được lưu" in page.content.decode()
    assert Entry.objects.get().result == "Đã lắp 6 trạm"


def test_entry_edit_after_the_period_closed_loses_nothing_typed(
    world: World, drafted: Entry, now: datetime, client_of: ClientOf
) -> None:
    actions.close_period(period=drafted.duty.period, by=world.chi, at=now)
    page = client_of(world.an).post(entry_url("edit", drafted.duty, drafted.task), TYPED | {"version": "1"})
    assert "khóa số liệu" in page.content.decode()
    assert "Đã khảo sát 12 xã" in page.content.decode()


def test_entry_edit_sends_readers_to_the_report(world: World, drafted: Entry, client_of: ClientOf) -> None:
    response = client_of(world.chi).get(entry_url("edit", drafted.duty, drafted.task))
    assert response["Location"] == duty_url("detail", drafted.duty)


def test_entry_repeat_copies_the_last_accepted_state_and_is_recorded(
    world: World, plan: Plan, task: Task, accepted: Entry, now: datetime, client_of: ClientOf
) -> None:
    later = make_duty(make_period(plan, opens_at=now, due_at=now + timedelta(days=200)), world.unit_a)
    client, url = client_of(world.an), entry_url("repeat", later, task)
    assert url in text_of(client, duty_url("detail", later))
    client.post(url)
    entry = later.entries.get()
    assert (entry.state, entry.percent, entry.money_used) == ("in_progress", Decimal(50), None)
    assert entry.result == "Không có nội dung mới trong kỳ."
    assert Event.objects.get(act="reporting.entry.repeat").actor == "an"
    assert "Chỉ dùng được" in client.post(url, follow=True).content.decode()
    assert later.entries.get().revision == 1


def test_entry_repeat_without_an_accepted_report_is_refused(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    page = client_of(world.an).post(entry_url("repeat", duty, task), follow=True).content.decode()
    assert "Chỉ dùng được" in page
    assert not Entry.objects.exists()


# Autosave


def test_entry_autosave_answers_the_next_version(world: World, duty: Duty, task: Task, client_of: ClientOf) -> None:
    client, url = client_of(world.an), entry_url("autosave", duty, task)
    assert client.post(url, TYPED).json()["version"] == 1
    assert client.post(url, TYPED | {"version": "1", "result": "thêm"}).json()["version"] == 2
    assert Entry.objects.get().result == "thêm"


def test_entry_autosave_of_an_older_page_answers_409(world: World, drafted: Entry, client_of: ClientOf) -> None:
    answer = client_of(world.binh).post(entry_url("autosave", drafted.duty, drafted.task), TYPED)
    assert answer.status_code == 409
    assert "Nguyễn Văn An" in answer.json()["message"]
    assert Entry.objects.get().result == "Đã lắp 6 trạm"


def test_entry_autosave_of_a_sent_entry_answers_409(world: World, sent: Entry, client_of: ClientOf) -> None:
    answer = client_of(world.an).post(entry_url("autosave", sent.duty, sent.task), TYPED | {"version": "1"})
    assert answer.status_code == 409
    assert "“Đã nộp”" in answer.json()["message"]


def test_entry_autosave_of_wrong_words_says_where_and_saves_the_rest(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    answer = client_of(world.an).post(entry_url("autosave", duty, task), TYPED | {"percent": "120"})
    assert answer.status_code == 200
    assert answer.json()["fields"] == {"percent": ["Tỷ lệ phải từ 0 đến 100."]}
    assert (Entry.objects.get().percent, Entry.objects.get().result) == (None, "Đã khảo sát 12 xã")


def test_entry_autosave_without_a_session_is_redirected(duty: Duty, task: Task, client: Client) -> None:
    assert client.post(entry_url("autosave", duty, task), TYPED).status_code == 302
    assert not Entry.objects.exists()


# Evidence


def upload(name: str, data: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, data)}


def test_evidence_add_keeps_a_file_and_serves_it_as_an_attachment(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    client, data = client_of(world.an), "Biên bản nghiệm thu".encode()
    client.post(reverse("reporting:evidence-add", args=[duty.pk, task.code]), upload("bien-ban.txt", data))
    response = client.get(reverse("reporting:evidence-file", args=[Evidence.objects.get().pk]))
    assert response.content == data
    assert response["Content-Disposition"] == 'attachment; filename="bien-ban.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "data"),
    [("quyet-dinh.docx", b"<html><body>x</body></html>"), ("anh.png", b"MZ\x90"), ("chay.exe", b"MZ\x90")],
)
def test_evidence_add_refuses_with_a_sentence(
    world: World, duty: Duty, task: Task, name: str, data: bytes, client_of: ClientOf
) -> None:
    url = reverse("reporting:evidence-add", args=[duty.pk, task.code])
    response = client_of(world.an).post(url, upload(name, data), follow=True)
    assert 'class="message message-error"' in response.content.decode()
    assert not Evidence.objects.exists()


def test_evidence_add_refuses_what_is_too_large_before_reading_it(
    world: World,
    duty: Duty,
    task: Task,
    client_of: ClientOf,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.TIENDO_MAX_UPLOAD_BYTES = 10
    monkeypatch.setattr(actions, "add_file_evidence", None)
    url = reverse("reporting:evidence-add", args=[duty.pk, task.code])
    page = client_of(world.an).post(url, upload("dai.txt", b"a" * 11), follow=True).content.decode()
    assert "Tệp lớn hơn" in page
    assert not Evidence.objects.exists()


def test_the_head_is_told_when_the_page_is_older_than_the_words(
    world: World, drafted: Entry, client_of: ClientOf
) -> None:
    client, page = client_of(world.binh), reverse("reporting:duty-detail", args=[drafted.duty_id])
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', client.get(page).content.decode())
    url = reverse("reporting:duty-send", args=[drafted.duty_id])
    Entry.objects.update(revision=F("revision") + 1)
    assert "vừa được sửa" in client.post(url, {"seen": seen}, follow=True).content.decode()
    assert not Submission.objects.exists()
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', client.get(page).content.decode())
    client.post(url, {"seen": seen})
    assert Submission.objects.count() == 1


def test_evidence_add_of_nothing_says_what_to_give(world: World, duty: Duty, task: Task, client_of: ClientOf) -> None:
    url = reverse("reporting:evidence-add", args=[duty.pk, task.code])
    page = client_of(world.an).post(url, {"document_number": "12/QĐ-UBND"}, follow=True).content.decode()
    assert "ghi đủ số và ngày" in page
    assert not Evidence.objects.exists()


def test_evidence_add_by_number_then_remove(world: World, drafted: Entry, client_of: ClientOf) -> None:
    client, url = client_of(world.an), reverse("reporting:evidence-add", args=[drafted.duty_id, drafted.task.code])
    client.post(url, {"document_number": "12/QĐ-UBND", "document_date": "2026-06-01"})
    evidence = Evidence.objects.get()
    assert (evidence.document_number, evidence.document_date) == ("12/QĐ-UBND", date(2026, 6, 1))
    client.post(reverse("reporting:evidence-remove", args=[evidence.pk]))
    evidence.refresh_from_db()
    assert evidence.removed_at is not None


def test_evidence_file_leaves_the_unit_only_with_the_head(
    world: World, drafted: Entry, now: datetime, client_of: ClientOf
) -> None:
    evidence = actions.add_file_evidence(
        duty=drafted.duty, task=drafted.task, data=b"abc", name="a.txt", by=world.an, at=now
    )
    url = reverse("reporting:evidence-file", args=[evidence.pk])
    assert client_of(world.chi).get(url).status_code == 404
    actions.send_duty(duty=drafted.duty, by=world.binh, at=now)
    assert client_of(world.chi).get(url).content == b"abc"
    assert client_of(world.dung).get(url).status_code == 404


# Who may do what


def test_another_unit_finds_nothing_of_ours(world: World, sent: Entry, now: datetime, client_of: ClientOf) -> None:
    duty, task, client = sent.duty, sent.task, client_of(world.dung)
    evidence = Evidence.objects.create(
        entry=sent, document_number="1", document_date=date(2026, 1, 1), added_by=world.an, added_at=now
    )
    seen = [duty_url("detail", duty), entry_url("edit", duty, task)]
    seen.append(reverse("reporting:evidence-file", args=[evidence.pk]))
    assert [client.get(url).status_code for url in seen] == [404, 404, 404]
    events = Event.objects.count()
    acts = [duty_url(name, duty) for name in ("send", "nothing-new", "accept")]
    acts += [entry_url(name, duty, task) for name in ("edit", "autosave", "repeat")]
    acts += [reverse(f"reporting:{name}", args=[sent.pk]) for name in ("entry-accept", "entry-return")]
    acts.append(reverse("reporting:evidence-add", args=[duty.pk, task.code]))
    acts.append(reverse("reporting:evidence-remove", args=[evidence.pk]))
    assert {client.post(url, TYPED).status_code for url in acts} == {404}
    assert Event.objects.count() == events


UNIT_ACTS = ("duty-send", "duty-nothing-new", "entry-edit", "entry-autosave", "entry-repeat", "evidence-add")
COORDINATOR_ACTS = ("duty-accept", "entry-accept", "entry-return", "period-open", "period-close", "period-urge")
MORE = ("period-create", "report-issue")
ROLES = ("officer", "head", "coordinator", "decision_maker", "finance", "inspector", "administrator")
REFUSED = [(act, who) for act in UNIT_ACTS for who in ROLES if who not in ("officer", "head")]
REFUSED += [("duty-send", "officer"), ("duty-nothing-new", "officer")]
REFUSED += [(act, who) for act in (*COORDINATOR_ACTS, *MORE) for who in ROLES if who != "coordinator"]


def url_of(act: str, entry: Entry) -> str:
    if act == "period-create":
        return reverse("reporting:period-create")
    if act.startswith("period-") or act == "report-issue":
        return reverse(f"reporting:{act}", args=[entry.duty.period_id])
    if act in ("entry-accept", "entry-return"):
        return reverse(f"reporting:{act}", args=[entry.pk])
    if act.startswith("duty-"):
        return reverse(f"reporting:{act}", args=[entry.duty_id])
    return reverse(f"reporting:{act}", args=[entry.duty_id, entry.task.code])


@pytest.mark.parametrize(("act", "who"), REFUSED)
def test_a_refused_act_changes_nothing(world: World, sent: Entry, act: str, who: str, client_of: ClientOf) -> None:
    before = (Event.objects.count(), *Entry.objects.values_list("status", "revision"), *Duty.objects.values_list())
    given = TYPED | {"reason": "Thiếu", "duties": sent.duty_id, "message": "Gửi", "document_number": "1"}
    response = client_of(world.people[who]).post(url_of(act, sent), given | {"document_date": "2026-06-01"})
    assert response.status_code in (403, 404)
    after = (Event.objects.count(), *Entry.objects.values_list("status", "revision"), *Duty.objects.values_list())
    assert after == before
    assert [model.__name__ for model in (Urging, IssuedReport, Evidence) if model._default_manager.exists()] == []


@pytest.mark.parametrize("act", [*UNIT_ACTS, *COORDINATOR_ACTS, "urging-see", "evidence-remove"])
def test_acts_are_not_done_by_opening_a_link(world: World, sent: Entry, act: str, client_of: ClientOf) -> None:
    if act == "entry-edit":
        return
    url = reverse(f"reporting:{act}", args=[1]) if act in ("urging-see", "evidence-remove") else url_of(act, sent)
    assert client_of(world.chi).get(url).status_code == 405


# Periods and the control room


def test_period_list_counts_only_what_the_reader_may_see(
    world: World, sent: Entry, period: Period, client_of: ClientOf
) -> None:
    make_duty(period, world.unit_b)
    url = reverse("reporting:period-list")
    assert "0/2" in text_of(client_of(world.chi), url)
    assert "0/1" in text_of(client_of(world.an), url)


def test_period_create_offers_the_plans_own_periods(world: World, plan: Plan, client_of: ClientOf) -> None:
    client, url = client_of(world.chi), reverse("reporting:period-create")
    page = text_of(client, url + "?mau=0")
    assert 'value="trước ngày ' in page
    assert client.get(url + "?mau=99").status_code == 200
    assert client.get(url + "?mau=x").status_code == 200
    assert client.get(url + "?mau=²").status_code == 200


def test_period_create_offers_no_period_that_is_set_already(world: World, plan: Plan, client_of: ClientOf) -> None:
    client, url = client_of(world.chi), reverse("reporting:period-create")
    name = client.get(url).context["offers"][0].name
    make_period(plan, name)
    assert name not in [offer.name for offer in client.get(url).context["offers"]]


def period_values(plan: Plan, **changed: str) -> dict[str, str]:
    return {
        "plan": str(plan.pk),
        "name": "Quý I năm 2027",
        "data_from": "2027-01-01",
        "data_to": "2027-04-01",
        "opens_on": "2027-03-15",
        "last_good_day": "2027-04-09",
        "due_text": "trước ngày 10/4",
    } | changed


def test_period_create_sets_the_moment_from_which_a_report_is_late(
    world: World, plan: Plan, client_of: ClientOf
) -> None:
    client_of(world.chi).post(reverse("reporting:period-create"), period_values(plan))
    period = Period.objects.get()
    assert timezone.localtime(period.due_at).isoformat() == "2027-04-10T00:00:00+07:00"
    assert period.opened_at is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"data_to": "2027-01-01"}, "phải sau ngày bắt đầu"),
        ({"last_good_day": "2027-03-14"}, "phải sau ngày mở"),
        ({"name": "Kỳ đã có"}, "cùng tên"),
    ],
)
def test_period_create_says_what_is_wrong(
    world: World, plan: Plan, changed: dict[str, str], words: str, client_of: ClientOf
) -> None:
    make_period(plan, "Kỳ đã có")
    response = client_of(world.chi).post(reverse("reporting:period-create"), period_values(plan, **changed))
    assert words in response.content.decode()
    assert Period.objects.count() == 1


def test_period_open_asks_every_unit_once(world: World, plan: Plan, now: datetime, client_of: ClientOf) -> None:
    period = make_period(plan, opened_at=None, due_at=now + timedelta(days=5), opens_at=now)
    client = client_of(world.chi)
    for _ in range(2):
        client.post(reverse("reporting:period-open", args=[period.pk]))
    assert period.duties.count() == 5


def test_period_close_freezes(world: World, period: Period, client_of: ClientOf) -> None:
    client_of(world.chi).post(reverse("reporting:period-close", args=[period.pk]))
    period.refresh_from_db()
    assert period.closed_at is not None


def test_period_close_before_opening_is_refused_with_a_sentence(world: World, plan: Plan, client_of: ClientOf) -> None:
    period = make_period(plan, opened_at=None)
    page = client_of(world.chi).post(reverse("reporting:period-close", args=[period.pk]), follow=True)
    assert "chưa mở" in page.content.decode()
    assert Period.objects.get().closed_at is None


def test_period_detail_filters_by_state(world: World, sent: Entry, period: Period, client_of: ClientOf) -> None:
    make_duty(period, world.unit_b)
    client, url = client_of(world.chi), reverse("reporting:period-detail", args=[period.pk])
    assert duty_url("detail", sent.duty) in text_of(client, url)
    assert duty_url("detail", sent.duty) not in text_of(client, url + "?trang_thai=open")


def test_period_detail_of_a_unit_holds_its_own_report_only(
    world: World, sent: Entry, period: Period, client_of: ClientOf
) -> None:
    theirs = make_duty(period, world.unit_b)
    page = text_of(client_of(world.an), reverse("reporting:period-detail", args=[period.pk]))
    assert duty_url("detail", sent.duty) in page
    assert duty_url("detail", theirs) not in page
    assert reverse("reporting:period-close", args=[period.pk]) not in page


def test_period_urge_reaches_the_chosen_units(world: World, duty: Duty, period: Period, client_of: ClientOf) -> None:
    other = make_duty(period, world.unit_b)
    url = reverse("reporting:period-urge", args=[period.pk])
    client_of(world.chi).post(url, {"duties": [duty.pk, other.pk], "message": "Đề nghị gửi"})
    assert {row.unit for row in Urging.objects.all()} == {world.unit_a, world.unit_b}


def test_period_urge_of_all_leaves_out_who_has_sent(
    world: World, sent: Entry, period: Period, client_of: ClientOf
) -> None:
    make_duty(period, world.unit_b)
    url = reverse("reporting:period-urge", args=[period.pk])
    client_of(world.chi).post(url, {"all": "1", "message": "Đề nghị gửi"})
    assert [row.unit for row in Urging.objects.all()] == [world.unit_b]


def test_period_urge_of_nobody_says_so(world: World, duty: Duty, period: Period, client_of: ClientOf) -> None:
    url = reverse("reporting:period-urge", args=[period.pk])
    page = client_of(world.chi).post(url, {"message": "Đề nghị gửi"}, follow=True).content.decode()
    assert "ít nhất một đơn vị" in page
    assert not Urging.objects.exists()


# The consolidated report


def test_report_issue_then_read_and_download(world: World, accepted: Entry, client_of: ClientOf) -> None:
    client = client_of(world.chi)
    response = client.post(reverse("reporting:report-issue", args=[accepted.duty.period_id]))
    issued = IssuedReport.objects.get()
    url = reverse("reporting:report-detail", args=[issued.pk])
    assert response["Location"] == url
    page = text_of(client, url)
    assert issued.log_head in page
    assert accepted.task.code in page
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        file = client.get(reverse("reporting:report-file", args=[issued.pk, kind]))
        assert file.content.startswith(start)
        assert file["Content-Disposition"].startswith("attachment")
        assert file["X-Content-Type-Options"] == "nosniff"
    assert client.get(reverse("reporting:report-file", args=[issued.pk, "exe"])).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 404),
        ("head", 404),
        ("decision_maker", 200),
        ("finance", 200),
        ("inspector", 200),
        ("administrator", 404),
        ("other_unit", 404),
    ],
)
def test_report_detail_is_for_those_who_read_everything(
    world: World, accepted: Entry, now: datetime, who: str, status: int, client_of: ClientOf
) -> None:
    issued = actions.issue_report(period=accepted.duty.period, by=world.chi, at=now)
    for url in (
        reverse("reporting:report-detail", args=[issued.pk]),
        reverse("reporting:report-file", args=[issued.pk, "pdf"]),
    ):
        assert client_of(world.people[who]).get(url).status_code == status


# The same number of queries for one row and for three


@pytest.mark.parametrize("who", ["officer", "coordinator"])
@pytest.mark.parametrize("page", ["duty-detail", "my-work", "period-detail", "period-list"])
def test_queries_do_not_grow_with_rows(
    world: World,
    plan: Plan,
    period: Period,
    now: datetime,
    who: str,
    page: str,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    duty = make_duty(period, world.unit_a)
    add_row(world, plan, duty, now)
    args = {"duty-detail": [duty.pk], "period-detail": [period.pk]}.get(page, [])
    client, url = client_of(world.people[who]), reverse(f"reporting:{page}", args=args)
    client.get(url)
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    for _ in range(2):
        add_row(world, plan, duty, now)
    with django_assert_num_queries(len(first)):
        client.get(url)


def add_row(world: World, plan: Plan, duty: Duty, now: datetime) -> None:
    """One more task with an accepted past and a sent present, one more unit that reports, one more urging."""
    task = make_task(plan, by=world.chi, lead=world.unit_a, due_on=timezone.localdate(now) - timedelta(days=1))
    older = make_period(
        plan, closed_at=now, due_at=now - timedelta(days=100 + plan.tasks.count()), opens_at=now - timedelta(days=300)
    )
    past = Entry.objects.create(
        duty=make_duty(older, world.unit_a), task=task, state="in_progress", percent=20, revision=1
    )
    make_submission(past, by=world.binh, accepted_by=world.chi)
    entry = Entry.objects.create(duty=duty, task=task, state="in_progress", percent=40, result="…", revision=1)
    Evidence.objects.create(
        entry=entry, document_number="1", document_date=date(2026, 1, 1), added_by=world.an, added_at=now
    )
    make_submission(entry, by=world.binh)
    number = Duty.objects.filter(period=duty.period).count()
    other = make_duty(duty.period, make_unit(f"so-moi-{number}"))
    idle = Entry.objects.create(duty=other, task=task, state="in_progress", revision=1)
    make_submission(idle, by=world.dung)
    actions.urge_unit(unit=duty.unit, duty=duty, message="Gửi", by=world.chi, at=now)
