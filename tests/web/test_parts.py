""" "Việc phối hợp" in a browser without scripts, and how answers stand in the lead's report."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import World, make_duty, make_entry, make_period, make_submission, make_task, make_unit, make_user
from tiendo.accounts.models import Role, User
from tiendo.plans.models import Assignment, Plan
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Part, Period

ClientOf = Callable[[User], Client]
LIST = "reporting:part-list"


@pytest.fixture
def now() -> datetime:
    """Pages read the clock, so these tests take place today."""
    return timezone.now()


@pytest.fixture
def period(plan: Plan, now: datetime) -> Period:
    opened = now - timedelta(days=10)
    return make_period(plan, opens_at=opened, opened_at=opened, due_at=now + timedelta(days=10))


def ask(world: World, plan: Plan, duty: Duty, now: datetime, state: str = "asked") -> Part:
    task = make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b])
    entry = make_entry(duty, task, saved_by=world.an, result="Đã bàn giao 12 trạm")
    make_submission(entry, by=world.binh)
    part = Part.objects.create(
        entry=entry, unit=world.unit_b, state=state, asked_at=now, due_at=now + timedelta(days=3)
    )
    if state == "disputed":
        part.answers.create(
            submission=entry.submissions.get(), state=state, text="Chưa nhận", answered_by=world.dung, answered_at=now
        )
    return part


@pytest.fixture
def part(world: World, plan: Plan, duty: Duty, now: datetime) -> Part:
    return ask(world, plan, duty, now)


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_unit_asked_reads_what_the_lead_says(world: World, part: Part, client_of: ClientOf) -> None:
    page = text_of(client_of(world.dung), reverse(LIST))
    assert "Đã bàn giao 12 trạm" in page
    assert "Sở Xây dựng" in page
    assert reverse("reporting:part-answer", args=[part.pk]) in page


@pytest.mark.parametrize("who", ["officer", "head", "coordinator", "inspector"])
def test_others_find_nothing_on_their_list(world: World, part: Part, who: str, client_of: ClientOf) -> None:
    assert "Đã bàn giao" not in text_of(client_of(world.people[who]), reverse(LIST))
    answer = client_of(world.people[who]).post(reverse("reporting:part-answer", args=[part.pk]), {"act": "confirm"})
    assert answer.status_code == 404


def test_a_unit_not_asked_sees_nothing(world: World, part: Part, client_of: ClientOf) -> None:
    stranger = make_user("la", make_unit("so-la"), Role.OFFICER)
    assert "Đã bàn giao" not in text_of(client_of(stranger), reverse(LIST))
    for name in ("answer", "withdraw", "settle"):
        assert client_of(stranger).post(reverse(f"reporting:part-{name}", args=[part.pk])).status_code == 404


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"act": "confirm", "number": "1"}, "confirmed"),
        ({"act": "amend", "text": "Thêm 2 trạm", "number": "1"}, "amended"),
        ({"act": "dispute", "text": "Chưa nhận", "number": "1"}, "disputed"),
        ({"act": "dispute", "text": " ", "number": "1"}, "asked"),
        ({"act": "settle", "text": "Tự xử", "number": "1"}, "asked"),
        ({"act": "confirm", "number": "9"}, "asked"),
    ],
)
def test_each_answer_does_what_it_says(
    world: World, part: Part, given: dict[str, str], state: str, client_of: ClientOf
) -> None:
    page = client_of(world.dung).post(reverse("reporting:part-answer", args=[part.pk]), given, follow=True)
    part.refresh_from_db()
    assert part.state == state
    assert ("message-error" in page.content.decode()) is (state == "asked")


def test_a_dispute_shows_in_the_leads_report_and_the_coordinator_settles_it_there(
    world: World, plan: Plan, duty: Duty, now: datetime, client_of: ClientOf
) -> None:
    part = ask(world, plan, duty, now, "disputed")
    report, settle = reverse("reporting:duty-detail", args=[duty.pk]), reverse("reporting:part-settle", args=[part.pk])
    lead, coordinator = text_of(client_of(world.an), report), text_of(client_of(world.chi), report)
    assert "Chưa nhận" in lead
    assert "Chưa nhận" in coordinator
    assert (settle in lead, settle in coordinator) == (False, True)
    assert client_of(world.an).post(settle, {"reason": "Tự xử"}).status_code == 403
    client_of(world.chi).post(settle, {"reason": "Đã có biên bản"})
    part.refresh_from_db()
    assert part.state == "settled"
    assert "Đã có biên bản" in text_of(client_of(world.dung), reverse(LIST))


def test_the_unit_withdraws_its_dispute(
    world: World, plan: Plan, duty: Duty, now: datetime, client_of: ClientOf
) -> None:
    part = ask(world, plan, duty, now, "disputed")
    client, url = client_of(world.dung), reverse("reporting:part-withdraw", args=[part.pk])
    assert url in text_of(client, reverse(LIST))
    client.post(url)
    part.refresh_from_db()
    assert part.state == "confirmed"
    assert "message-error" in client.post(url, follow=True).content.decode()


def test_agencies_named_in_words_only_are_said_not_to_be_asked(
    world: World, part: Part, now: datetime, client_of: ClientOf
) -> None:
    Assignment.objects.create(task=part.entry.task, role="coordinating", printed="các sở, ban, ngành", started_at=now)
    page = text_of(client_of(world.an), reverse("reporting:duty-detail", args=[part.entry.duty_id]))
    assert "Chưa hỏi “các sở, ban, ngành”" in page


def test_after_closing_no_answer_is_offered(
    world: World, part: Part, period: Period, now: datetime, client_of: ClientOf
) -> None:
    Period.objects.filter(pk=period.pk).update(closed_at=now)
    page = text_of(client_of(world.dung), reverse(LIST))
    assert "Đã bàn giao" in page
    assert reverse("reporting:part-answer", args=[part.pk]) not in page


def test_what_is_opened_again_may_be_answered_and_talked_about(
    world: World, plan: Plan, part: Part, period: Period, now: datetime, client_of: ClientOf
) -> None:
    other = make_task(plan, by=world.chi, lead=world.unit_a)
    Period.objects.filter(pk=period.pk).update(closed_at=now)
    duty, answer = part.entry.duty, reverse("reporting:part-answer", args=[part.pk])
    talk = reverse("reporting:entry-remark", args=[part.entry.pk])
    report = reverse("reporting:duty-detail", args=[duty.pk])
    until = {"until": now + timedelta(days=2), "reason": "Sửa số liệu", "by": world.chi, "at": now}
    actions.reopen(duty=duty, task=other, **until)
    assert answer not in text_of(client_of(world.dung), reverse(LIST))
    assert talk not in text_of(client_of(world.binh), report)
    actions.reopen(duty=duty, task=part.entry.task, **until)
    assert answer in text_of(client_of(world.dung), reverse(LIST))
    assert talk in text_of(client_of(world.binh), report)
    assert client_of(world.dung).post(answer, {"act": "confirm", "number": 1}).status_code == 302
    part.refresh_from_db()
    assert part.state == "confirmed"


def test_queries_do_not_grow_with_rows(
    world: World,
    plan: Plan,
    duty: Duty,
    now: datetime,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ask(world, plan, duty, now, "disputed")
    client, url = client_of(world.dung), reverse(LIST)
    client.get(url)
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    for _ in range(2):
        ask(world, plan, make_duty(make_period(plan), world.unit_a), now, "disputed")
    with django_assert_num_queries(len(first)):
        client.get(url)


def test_the_task_shows_the_words_of_those_who_help(
    world: World, plan: Plan, duty: Duty, now: datetime, client_of: ClientOf
) -> None:
    """To those who may read the report; a unit's own words to itself."""
    part = ask(world, plan, duty, now, state="disputed")
    address = reverse("plans:task-detail", args=[part.entry.task.code])
    for who in (world.an, world.chi, world.dung):
        assert "Chưa nhận" in text_of(client_of(who), address)


def test_the_list_is_reached_from_the_page_of_periods(world: World, period: Period, client_of: ClientOf) -> None:
    assert f'href="{reverse(LIST)}"' in text_of(client_of(world.dung), reverse("reporting:period-list"))
