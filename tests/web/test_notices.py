"""Inbox, wishes, calendar address, and what the administrator keeps of letters and events."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from tests.factories import NOON, World, make_duty, make_period, make_plan, make_task
from tests.notices.receivers import web_server
from tests.notices.test_telling import tell
from tiendo.accounts.models import User
from tiendo.notices import actions
from tiendo.notices.kinds import KINDS, Kind, Way
from tiendo.notices.models import Delivery, Endpoint, Feed, Notice
from tiendo.notices.queries import ways_of
from tiendo.notices.webhooks import secret_of
from tiendo.plans.models import Plan, Task
from tiendo.reporting.models import Duty, Period

ClientOf = Callable[[User], Client]


def address(name: str, *args: object) -> str:
    return reverse(f"notices:{name}", args=args)


# The inbox


def test_the_inbox_shows_one_s_own_and_leads_to_it(world: World, client_of: ClientOf) -> None:
    tell(world.an, body="Thiếu <b>số</b> liệu", url="/lam-viec/bao-cao/")
    tell(world.binh, key="his")
    client = client_of(world.an)
    page = client.get(address("inbox")).content.decode()
    assert page.count("Có 3 báo cáo chờ Sở Y tế.") == 2  # the sentence, and the button beside it said aloud
    assert "Thiếu &lt;b&gt;số&lt;/b&gt; liệu" in page
    opened = client.post(address("notice-open", Notice.objects.get(user=world.an).pk))
    assert opened["Location"] == "/lam-viec/bao-cao/"
    assert Notice.objects.get(user=world.an).read_at is not None


def test_the_number_of_unread_stands_on_every_page_for_one_query(world: World, client_of: ClientOf) -> None:
    client = client_of(world.an)
    assert '<a class="inbox"' in client.get(address("feed")).content.decode()
    tell(world.an, key="1")
    tell(world.an, key="2")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address("feed")).content.decode()
    assert '<b>2</b><span class="sr-only"> chưa đọc</span>' in page
    assert sum("COUNT" in query["sql"] and "notices_notice" in query["sql"] for query in queries) == 1


def test_one_or_all_can_be_marked_read(world: World, client_of: ClientOf) -> None:
    first = tell(world.an, key="1")[0]
    tell(world.an, key="2")
    client = client_of(world.an)
    assert client.post(address("notice-read", first.pk))["Location"] == address("inbox")
    assert Notice.objects.unread().count() == 1
    assert "Đã đánh dấu 1 thông báo" in client.post(address("inbox-read"), follow=True).content.decode()
    assert "Đánh dấu đã đọc hết" not in client.get(address("inbox")).content.decode()


def test_another_s_message_is_not_there(world: World, client_of: ClientOf) -> None:
    (notice,) = tell(world.an)
    for name in ("notice-open", "notice-read"):
        assert client_of(world.dung).post(address(name, notice.pk)).status_code == 404
    assert Notice.objects.unread().count() == 1


def test_the_list_can_be_narrowed(world: World, client_of: ClientOf) -> None:
    tell(world.an, kind=Kind.URGING, key="1", sentence="Đôn đốc gửi")
    read = tell(world.an, kind=Kind.REMARK, key="2", sentence="Đã trao đổi")[0]
    actions.read_notice(notice=read, by=world.an, at=NOON)
    client = client_of(world.an)
    for query, seen, unseen in [
        ({"loai": "unit.urged"}, "Đôn đốc gửi", "Đã trao đổi"),
        ({"chua_doc": "on"}, "Đôn đốc gửi", "Đã trao đổi"),
        ({"loai": "report.remark"}, "Đã trao đổi", "Đôn đốc gửi"),
    ]:
        page = client.get(address("inbox"), query).content.decode()
        assert (seen in page, unseen in page) == (True, False)
    assert "Không có thông báo nào khớp" in client.get(address("inbox"), {"loai": "report.issued"}).content.decode()


def test_lists_take_as_many_queries_for_three_as_for_one(world: World, client_of: ClientOf) -> None:
    actions.add_endpoint(name="A", url="https://a.vidu.test/", kinds=[], by=world.administrator, at=NOON)

    def asked() -> list[int]:
        counts = []
        for person, name in [
            (world.administrator, "inbox"),
            (world.administrator, "delivery-list"),
            (world.administrator, "endpoint-list"),
        ]:
            client = client_of(person)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address(name)).status_code == 200
            counts.append(len(queries))
        return counts

    tell(world.administrator, kind=Kind.URGING, key="1")
    one = asked()
    for number in (2, 3):
        tell(world.administrator, kind=Kind.URGING, key=str(number))
        url = f"https://b{number}.vidu.test/"
        actions.add_endpoint(name=f"B{number}", url=url, kinds=[Kind.REMARK], by=world.administrator, at=NOON)
    assert asked() == one


# Wishes


def test_a_person_chooses_kind_by_kind(world: World, client_of: ClientOf) -> None:
    client = client_of(world.an)
    page = client.get(address("preferences")).content.decode()
    assert "Thư gửi tới <b>an@vidu.test</b>." in page
    given = {f"loai_{kind.name.lower()}": facts.way.value for kind, facts in KINDS.items()} | {"loai_urging": "inbox"}
    assert client.post(address("preferences"), given)["Location"] == address("preferences")
    assert ways_of(world.an)[Kind.URGING] == Way.INBOX
    assert client.post(address("preferences"), given | {"loai_remark": "thư tay"}).status_code == 200
    assert ways_of(world.an)[Kind.REMARK] == Way.DIGEST


def test_who_has_no_address_is_told_so(world: World, client_of: ClientOf) -> None:
    User.objects.filter(pk=world.an.pk).update(email="")
    assert "chưa có địa chỉ thư điện tử" in client_of(world.an).get(address("preferences")).content.decode()


# The calendar


def calendar_of(user: User, client: Client) -> dict[str, str]:
    """What the person's calendar program reads: name of each entry → its words."""
    _feed, token = actions.open_feed(by=user, at=NOON)
    answer = client.get(address("feed-file", token))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    return {str(event["uid"]): str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_the_address_is_shown_once_and_works_without_signing_in(
    world: World, client: Client, client_of: ClientOf
) -> None:
    page = client_of(world.an).post(address("feed-make")).content.decode()
    (token,) = re.findall(r"http://testserver/lam-viec/thong-bao/lich/([\w-]{40,})\.ics", page)
    assert client.get(address("feed-file", token)).status_code == 200
    assert token not in client_of(world.an).get(address("feed")).content.decode()
    client_of(world.an).post(address("feed-end"))
    assert client.get(address("feed-file", token)).status_code == 404
    assert Feed.objects.get().ended_at is not None


def test_a_calendar_holds_the_unit_s_reports_and_tasks_and_no_other_s(
    world: World, client: Client, plan: Plan, task: Task, period: Period, duty: Duty
) -> None:
    theirs = make_task(plan, by=world.chi, lead=world.unit_b, title="Việc của Sở Y tế")
    make_task(plan, by=world.chi, lead=world.unit_a, title="Đã xong", state="completed")
    make_task(plan, by=world.chi, lead=world.unit_a, title="Không có hạn", due_on=None)
    found = calendar_of(world.an, client)
    assert found == {
        f"duty-{duty.pk}@127.0.0.1": f"Hạn gửi báo cáo: {period.name}",
        f"task-{task.code}@127.0.0.1": f"Hạn nhiệm vụ: {task.code} {task.title}",
    }
    assert set(calendar_of(world.dung, client)) == {f"task-{theirs.code}@127.0.0.1"}


def test_days_are_whole_days_with_two_alarms_and_a_moved_day_moves(
    world: World, client: Client, period: Period, duty: Duty
) -> None:
    _feed, token = actions.open_feed(by=world.an, at=NOON)
    for days in (0, 3):
        Duty.objects.update(due_at=period.due_at + timedelta(days=days))
        event: Any = Calendar.from_ical(client.get(address("feed-file", token)).content).walk("VEVENT")[0]
        assert event["uid"] == f"duty-{duty.pk}@127.0.0.1"
        assert event["dtstart"].dt == date(2026, 7, 14) + timedelta(days=days)
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
        alarms = [alarm["trigger"].dt for alarm in event.walk("VALARM")]
        assert alarms == [timedelta(days=-2, hours=9), timedelta(hours=8)]


def test_a_task_kept_from_the_public_goes_into_a_calendar_by_its_number_only(
    world: World, client: Client, plan: Plan
) -> None:
    kept = make_task(plan, by=world.chi, lead=world.unit_a, title="Việc kín", not_public_reason="Nội bộ")
    assert calendar_of(world.an, client) == {f"task-{kept.code}@127.0.0.1": f"Hạn nhiệm vụ: {kept.code}"}


def test_the_coordinator_has_the_periods(world: World, client: Client, period: Period, duty: Duty) -> None:
    found = calendar_of(world.chi, client)
    assert found == {f"period-{period.pk}@127.0.0.1": f"Hạn các đơn vị gửi báo cáo: {period.name}"}


def test_a_calendar_takes_as_many_queries_for_three_as_for_one(world: World, client: Client) -> None:
    _feed, token = actions.open_feed(by=world.an, at=NOON)
    counts = []
    for number in range(3):
        plan = make_plan(world.province, f"kh-{number}")
        make_task(plan, by=world.chi, lead=world.unit_a)
        make_duty(make_period(plan), world.unit_a)
        with CaptureQueriesContext(connection) as queries:
            client.get(address("feed-file", token))
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_nobody_s_address_and_a_closed_account_s_do_not_exist(world: World, client: Client) -> None:
    _feed, token = actions.open_feed(by=world.an, at=NOON)
    User.objects.filter(pk=world.an.pk).update(is_active=False)
    for one in (token, "khong-co", "a" * 300):
        assert client.get(address("feed-file", one)).status_code == 404


# What the administrator keeps


def test_a_letter_that_was_refused_says_why_and_is_tried_again(world: World, client_of: ClientOf) -> None:
    tell(world.an, kind=Kind.URGING)
    Delivery.objects.update(state=Delivery.State.GIVEN_UP, error="Máy chủ thư từ chối (mã 550).")
    client = client_of(world.administrator)
    page = client.get(address("delivery-list"), {"tinh_trang": "given_up"}).content.decode()
    assert "Máy chủ thư từ chối (mã 550)." in page
    client.post(address("delivery-retry", Delivery.objects.get().pk))
    actions.deliver(delivery=Delivery.objects.get(), by=None, at=Delivery.objects.get().due_at)
    assert [letter.to for letter in mail.outbox] == [["an@vidu.test"]]
    assert "Gửi lại" not in client.get(address("delivery-list")).content.decode()


def test_the_secret_of_an_endpoint_is_shown_once(world: World, client_of: ClientOf) -> None:
    client = client_of(world.administrator)
    given = {"name": "Trục", "url": "https://truc.vidu.test/nhan", "kinds": ["unit.urged"]}
    answer = client.post(address("endpoint-add"), given)
    endpoint = Endpoint.objects.get()
    assert secret_of(endpoint) in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    for name in ("endpoint-list", "endpoint-change"):
        args = [endpoint.pk] if name == "endpoint-change" else []
        assert secret_of(endpoint) not in client.get(address(name, *args)).content.decode()
    renewed = client.post(address("endpoint-renew", endpoint.pk)).content.decode()
    assert secret_of(Endpoint.objects.get()) in renewed


@pytest.mark.parametrize("url", ["http://truc.vidu.test/nhan", "khong phai dia chi", ""])
def test_an_address_that_will_not_do_is_refused_beside_its_field(world: World, client_of: ClientOf, url: str) -> None:
    page = client_of(world.administrator).post(address("endpoint-add"), {"name": "Trục", "url": url}).content.decode()
    assert 'aria-invalid="true"' in page
    assert not Endpoint.objects.exists()


def test_an_endpoint_is_changed_switched_off_and_on(world: World, client_of: ClientOf) -> None:
    one = actions.add_endpoint(name="A", url="https://a.vidu.test/", kinds=[], by=world.administrator, at=NOON)
    client = client_of(world.administrator)
    client.post(address("endpoint-change", one.pk), {"name": "A2", "url": "https://a2.vidu.test/", "kinds": []})
    client.post(address("endpoint-switch", one.pk))
    one.refresh_from_db()
    assert (one.name, one.url, one.is_active) == ("A2", "https://a2.vidu.test/", False)
    actions.add_endpoint(name="B", url="https://a2.vidu.test/", kinds=[], by=world.administrator, at=NOON)
    page = client.post(address("endpoint-switch", one.pk), follow=True).content.decode()
    assert "đang được dùng dưới một tên khác" in page
    same = client.post(address("endpoint-change", one.pk), {"name": "A", "url": "https://b.vidu.test/", "kinds": []})
    assert same.status_code == 302


def test_a_test_says_at_once_whether_it_arrived(world: World, client_of: ClientOf) -> None:
    with web_server() as server:
        url = f"http://127.0.0.1:{server.port}/nhan"
        one = actions.add_endpoint(name="A", url=url, kinds=[], by=world.administrator, at=NOON)
        client = client_of(world.administrator)
        assert "đã nhận được tin thử" in client.post(address("endpoint-try", one.pk), follow=True).content.decode()
        server.code = 500
        said = client.post(address("endpoint-try", one.pk), follow=True).content.decode()
    assert "Tin thử chưa tới nơi. Hệ thống nhận từ chối (mã 500)." in said


@pytest.mark.parametrize("who", ["officer", "head", "coordinator", "other_unit"])
def test_what_leaves_the_house_is_the_administrator_s(world: World, client_of: ClientOf, who: str) -> None:
    client = client_of(world.people[who])
    for name in ("delivery-list", "endpoint-list", "endpoint-add"):
        assert client.get(address(name)).status_code == 403
    assert address("delivery-list") not in client.get(address("inbox")).content.decode()
