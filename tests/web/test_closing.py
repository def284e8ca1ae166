"""A period's deadlines by level, its closing with work undone, and what is opened again: every page says the same."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import World, make_duty, make_entry, make_period, make_submission, make_task
from tests.reporting.test_actions_reopening import Closed
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.notices.actions import open_feed
from tiendo.orgs.models import UnitKind
from tiendo.plans.models import Plan, Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Period, PeriodDeadline, Stay, Submission

ClientOf = Callable[[User], Client]
UNDONE = "Còn dở dang nếu khóa bây giờ"


def shown(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


@pytest.fixture
def closed(world: World, plan: Plan) -> Closed:
    return Closed(world, plan, timezone.now() - timedelta(days=22))


# The report's own deadline


def test_every_page_judges_a_report_by_its_own_deadline(world: World, plan: Plan, client_of: ClientOf) -> None:
    now = timezone.now()
    period = make_period(plan, opens_at=now - timedelta(days=30), due_at=now + timedelta(days=5))
    PeriodDeadline.objects.create(period=period, level=UnitKind.DEPARTMENT, due_at=now - timedelta(minutes=1))
    early, other = make_duty(period, world.unit_a, due_at=now - timedelta(minutes=1)), make_duty(period, world.unit_b)
    client = client_of(world.chi)
    assert client.get(reverse("plans:overview")).context["board"].missing == [early]
    room = client.get(reverse("reporting:period-detail", args=[period.pk])).context["room"]
    assert {row.duty: row.state for row in room.rows} == {early: "overdue", other: "open"}
    assert client.get(reverse("reporting:duty-detail", args=[early.pk])).context["state"] == "overdue"
    day = f"{early.last_good_day:%d/%m/%Y}"
    assert f"đến hết ngày {day}" in shown(client, "reporting:duty-detail", early.pk)
    assert day in shown(client, "orgs:unit-detail", world.unit_a.code)
    for name, args in (("reporting:period-detail", [period.pk]), ("reporting:period-list", [])):
        assert f"{UnitKind.DEPARTMENT.label}: đến hết ngày {day}" in shown(client, name, *args)


def test_the_coordinator_s_calendar_holds_the_deadline_of_each_level(
    world: World, client: Client, period: Period
) -> None:
    PeriodDeadline.objects.create(period=period, level=UnitKind.COMMUNE, due_at=period.due_at - timedelta(days=5))
    _feed, token = open_feed(by=world.chi, at=timezone.now())
    file = client.get(reverse("notices:feed-file", args=[token])).content.decode()
    assert "DTSTART;VALUE=DATE:20260714" in file
    assert "DTSTART;VALUE=DATE:20260709" in file


# Closing with work undone


def test_closing_with_work_undone_asks_first_and_says_what(
    world: World, duty: Duty, period: Period, client_of: ClientOf
) -> None:
    client, close = client_of(world.chi), reverse("reporting:period-close", args=[period.pk])
    page = shown(client, "reporting:period-detail", period.pk)
    assert UNDONE in page
    assert duty.unit.name in page
    before = Event.objects.count()
    assert "xác nhận trước khi khóa" in client.post(close, follow=True).content.decode()
    period.refresh_from_db()
    assert (period.closed_at, Event.objects.count()) == (None, before)
    client.post(close, {"confirmed": "1"})
    period.refresh_from_db()
    assert period.closed_at is not None


def test_closing_whole_work_asks_nothing(world: World, period: Period, client_of: ClientOf) -> None:
    client = client_of(world.chi)
    assert UNDONE not in shown(client, "reporting:period-detail", period.pk)
    client.post(reverse("reporting:period-close", args=[period.pk]))
    period.refresh_from_db()
    assert period.closed_at is not None


def test_never_sent_and_closed_reads_not_sent_on_every_page(
    world: World, duty: Duty, period: Period, client_of: ClientOf
) -> None:
    actions.close_period(period=period, by=world.chi, at=timezone.now())
    client = client_of(world.chi)
    assert client.get(reverse("plans:overview")).context["board"].missing == []
    ((_period, counts, _past),) = client.get(reverse("reporting:period-list")).context["periods"]
    assert (counts.get("overdue", 0), counts["not_sent"]) == (0, 1)
    assert "1 chưa nộp" in shown(client, "reporting:period-list")
    assert client.get(reverse("reporting:duty-detail", args=[duty.pk])).context["state"] == "not_sent"
    (row,) = client.get(reverse("reporting:period-detail", args=[period.pk])).context["room"].rows
    assert row.state == "not_sent"


def waiting_pages(client: Client) -> tuple[int, int]:
    """How many reports and how many items are offered to be answered."""
    work = client.get(reverse("reporting:my-work")).context
    items = client.get(reverse("reporting:review-queue")).context["page"].paginator.count
    assert work["kinds"]["all"] == items
    return len(work["waiting"]), items


def test_what_waits_in_a_closed_period_is_offered_only_once_opened_again(
    world: World, duty: Duty, task: Task, period: Period, client_of: ClientOf
) -> None:
    now, client = timezone.now(), client_of(world.chi)
    make_submission(make_entry(duty, task, saved_by=world.an), by=world.binh)
    assert waiting_pages(client) == (1, 1)
    actions.close_period(period=period, by=world.chi, at=now)
    assert waiting_pages(client) == (0, 0)
    page = shown(client_of(world.binh), "reporting:duty-detail", duty.pk)
    assert "chưa được tiếp nhận khi kỳ khóa số liệu" in page
    actions.reopen(duty=duty, task=None, until=now + timedelta(days=3), reason="Còn chờ", by=world.chi, at=now)
    assert waiting_pages(client) == (1, 1)
    page = shown(client_of(world.binh), "reporting:duty-detail", duty.pk)
    assert "được mở lại để tiếp nhận hoặc trả lại" in page
    assert "Nhập bằng Excel" not in page


# Opened again


def test_a_report_opened_again_is_among_its_unit_s_work_until_its_last_day(closed: Closed, client_of: ClientOf) -> None:
    world, client = closed.world, client_of(closed.world.an)
    assert client.get(reverse("reporting:my-work")).context["owed"] == []
    reopening = closed.reopen(closed.one)
    page = shown(client, "reporting:my-work")
    assert f"được mở lại đến hết ngày {reopening.last_day:%d/%m/%Y}" in page
    assert "Được mở lại để đính chính" in page
    assert "Bị trả lại" not in page
    assert client_of(world.dung).get(reverse("reporting:my-work")).context["owed"] == []
    _feed, token = open_feed(by=world.an, at=timezone.now())
    file = client.get(reverse("notices:feed-file", args=[token])).content.decode()
    assert f"DTSTART;VALUE=DATE:{reopening.last_day:%Y%m%d}" in file


def test_nobody_returned_what_was_opened_again(closed: Closed, client_of: ClientOf) -> None:
    closed.reopen(None)
    page = shown(client_of(closed.world.binh), "reporting:duty-detail", closed.duty.pk)
    assert "Được mở lại để đính chính" in page
    assert "ị trả lại" not in page
    assert reverse("reporting:duty-send", args=[closed.duty.pk]) not in page
    closed.save(closed.one)
    page = shown(client_of(closed.world.binh), "reporting:duty-detail", closed.duty.pk)
    assert "1 nhiệm vụ đã nhập đủ" in page
    assert reverse("reporting:duty-send", args=[closed.duty.pk]) in page


def test_a_report_never_sent_is_opened_again_to_be_sent(
    world: World, duty: Duty, period: Period, client_of: ClientOf
) -> None:
    now = timezone.now()
    actions.close_period(period=period, by=world.chi, at=now)
    actions.reopen(duty=duty, task=None, until=now + timedelta(days=3), reason="Gửi nốt", by=world.chi, at=now)
    assert "được mở lại để nộp bổ sung" in shown(client_of(world.an), "reporting:duty-detail", duty.pk)


# Small truths


def test_excel_is_not_offered_when_nothing_may_be_written(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    entry = make_entry(duty, task, saved_by=world.an)
    assert "Nhập bằng Excel" in shown(client_of(world.an), "reporting:duty-detail", duty.pk)
    make_submission(entry, by=world.binh)
    assert "Nhập bằng Excel" not in shown(client_of(world.an), "reporting:duty-detail", duty.pk)


def test_an_urging_answered_by_sending_says_so(
    world: World, duty: Duty, task: Task, period: Period, client_of: ClientOf, now: datetime
) -> None:
    actions.urge_duties(duties=[duty], message="Gửi đi", by=world.chi, at=now)
    client = client_of(world.chi)
    assert "chưa xem" in shown(client, "reporting:period-detail", period.pk)
    make_submission(make_entry(duty, task, saved_by=world.an), by=world.binh, at=now + timedelta(hours=1))
    page = shown(client, "reporting:period-detail", period.pk)
    assert "đã gửi báo cáo lúc" in page
    assert "chưa xem" not in page


def test_who_cannot_accept_reads_that_the_report_waits(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    make_submission(make_entry(duty, task, saved_by=world.an), by=world.binh)
    page = shown(client_of(world.decision_maker), "reporting:duty-detail", duty.pk)
    assert "Báo cáo đã gửi, chờ cơ quan đầu mối tiếp nhận." in page


def test_a_disputed_line_lies_open_with_the_form_to_settle_it(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    entry = make_entry(duty, task, saved_by=world.an)
    make_submission(entry, by=world.binh)
    Entry.objects.update(status="returned")
    Submission.objects.update(verdict="returned", reason="Chưa rõ", decided_by=world.chi, decided_at=timezone.now())
    Duty.objects.update(status="returned")
    page = shown(client_of(world.chi), "reporting:duty-detail", duty.pk)
    assert '<details class="line" open>' not in page
    entry.parts.create(unit=world.unit_b, state="disputed", asked_at=timezone.now(), due_at=timezone.now())
    page = shown(client_of(world.chi), "reporting:duty-detail", duty.pk)
    assert '<details class="line" open>' in page
    assert '<details class="disclosure" open><summary>Xử lý ý kiến' in page


def test_issuing_names_disputes_and_parts_not_heard(
    world: World, plan: Plan, duty: Duty, task: Task, period: Period, client_of: ClientOf
) -> None:
    entry = make_entry(duty, task, saved_by=world.an)
    other = make_entry(duty, make_task(plan, by=world.chi, lead=world.unit_a), saved_by=world.an)
    for each, state in ((entry, "disputed"), (other, "asked")):
        make_submission(each, by=world.binh, accepted_by=world.chi)
        each.parts.create(unit=world.unit_b, state=state, asked_at=timezone.now(), due_at=timezone.now())
    page = shown(client_of(world.chi), "reporting:report-issue", period.pk)
    assert "1 ý kiến không thống nhất chưa xử lý" in page
    assert "1 phần việc phối hợp chưa được xác nhận" in page


def test_what_waits_lies_with_the_coordinator_when_opened_again(closed: Closed) -> None:
    Entry.objects.filter(task=closed.one).update(status="submitted")
    Submission.objects.filter(entry__task=closed.one).update(verdict="waiting", decided_by=None, decided_at=None)
    Duty.objects.filter(pk=closed.duty.pk).update(status="submitted", accepted_at=None, accepted_by=None)
    closed.reopen(closed.one)
    assert Stay.objects.get(duty=closed.duty, left_at=None).desk == "coordinator"
    closed.reopen(closed.two)
    assert Stay.objects.get(duty=closed.duty, left_at=None).desk == "officer"
    actions.end_lapsed_reopenings(by=None, at=closed.until)
    assert not Stay.objects.filter(duty=closed.duty, left_at=None).exists()


def test_what_was_not_answered_in_time_lies_nowhere_again(closed: Closed) -> None:
    Entry.objects.filter(task=closed.one).update(status="submitted")
    Submission.objects.filter(entry__task=closed.one).update(verdict="waiting", decided_by=None, decided_at=None)
    Duty.objects.filter(pk=closed.duty.pk).update(status="submitted", accepted_at=None, accepted_by=None)
    closed.reopen(closed.one)
    actions.end_lapsed_reopenings(by=None, at=closed.until)
    assert not Stay.objects.filter(duty=closed.duty, left_at=None).exists()
