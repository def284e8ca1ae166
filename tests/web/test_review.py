"""The review queue in a browser without scripts, the head's look before signing, the thread."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import World, make_duty, make_entry, make_period, make_submission, make_task
from tiendo.accounts.models import User
from tiendo.plans.models import Plan
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Period, Submission

ClientOf = Callable[[User], Client]
QUEUE, BULK = "reporting:review-queue", "reporting:review-accept"
FLAG = {"code": "jump", "severity": "notice", "pattern": "Tỷ lệ tăng đột ngột.", "values": {}}


@pytest.fixture
def now() -> datetime:
    """Pages read the clock, so these tests take place today."""
    return timezone.now()


@pytest.fixture
def period(plan: Plan, now: datetime) -> Period:
    opened = now - timedelta(days=10)
    return make_period(plan, opens_at=opened, opened_at=opened, due_at=now + timedelta(days=10))


def add_item(world: World, plan: Plan, duty: Duty, *, flagged: bool = False) -> Entry:
    task = make_task(plan, by=world.chi, lead=duty.unit)
    entry = make_entry(duty, task, saved_by=world.an, result=f"Đã làm phần {task.number}")
    submission = make_submission(entry, by=world.binh)
    if flagged:
        Submission.objects.filter(pk=submission.pk).update(flags=[FLAG])
    return entry


@pytest.fixture
def items(world: World, plan: Plan, duty: Duty) -> list[Entry]:
    """Two clean ones and a flagged one."""
    return [add_item(world, plan, duty, flagged=number == 2) for number in range(3)]


def page_of(client: Client, url: str, **given: str) -> str:
    response = client.get(url, given)
    assert response.status_code == 200
    return response.content.decode()


def test_the_queue_shows_the_flagged_first_with_what_changed(
    world: World, plan: Plan, items: list[Entry], client_of: ClientOf
) -> None:
    page = page_of(client_of(world.chi), reverse(QUEUE))
    places = [page.index(f'id="m{entry.pk}"') for entry in (items[2], items[0], items[1])]
    assert places == sorted(places)
    assert "Tỷ lệ tăng đột ngột." in page
    assert "Đã làm phần 1" in page


@pytest.mark.parametrize(("kind", "shown"), [("clean", [0, 1]), ("flagged", [2]), ("late", []), ("x", [0, 1, 2])])
def test_the_queue_is_narrowed_by_kind(
    world: World, items: list[Entry], kind: str, shown: list[int], client_of: ClientOf
) -> None:
    page = page_of(client_of(world.chi), reverse(QUEUE), loai=kind)
    assert [number for number, entry in enumerate(items) if f'id="m{entry.pk}"' in page] == shown


def test_the_queue_is_narrowed_by_unit_period_and_group(
    world: World, plan: Plan, items: list[Entry], client_of: ClientOf
) -> None:
    other = add_item(world, plan, make_duty(make_period(plan), world.unit_b))
    client, url = client_of(world.chi), reverse(QUEUE)
    narrowed = {
        "don_vi": str(world.unit_b.pk),
        "ky": str(other.duty.period_id),
    }
    for name, value in narrowed.items():
        page = page_of(client, url, **{name: value})
        assert f'id="m{other.pk}"' in page
        assert f'id="m{items[0].pk}"' not in page
    group = plan.groups.get()
    assert f'id="m{items[0].pk}"' in page_of(client, url, nhom=str(group.pk))
    assert f'id="m{items[0].pk}"' in page_of(client, url, don_vi="999999")  # no longer there: no choice


def test_all_clean_ones_shown_are_accepted_at_once_and_listed(
    world: World, items: list[Entry], client_of: ClientOf
) -> None:
    client = client_of(world.chi)
    page = page_of(client, reverse(QUEUE))
    clean = [f"{entry.pk}:1" for entry in items[:2]]
    assert all(f'name="clean" value="{value}"' in page for value in clean)
    assert f'name="clean" value="{items[2].pk}:1"' not in page
    answer = client.post(reverse(BULK), {"all": "1", "clean": clean, "queue": "loai=clean"}, follow=True)
    assert answer.redirect_chain[0][0].endswith("?loai=clean")
    assert "Đã tiếp nhận 2 mục." in answer.content.decode()
    assert [Entry.objects.get(pk=entry.pk).status for entry in items] == ["accepted", "accepted", "submitted"]


def test_an_old_page_accepts_only_what_is_still_as_it_showed(
    world: World, items: list[Entry], now: datetime, client_of: ClientOf
) -> None:
    actions.return_entry(entry=items[0], reason="Thiếu", by=world.chi, at=now)
    Entry.objects.filter(pk=items[0].pk).update(saved_at=now)
    entry = Entry.objects.get(pk=items[0].pk)
    make_submission(entry, by=world.binh)
    chosen = [f"{each.pk}:1" for each in items]
    page = client_of(world.chi).post(reverse(BULK), {"item": chosen}, follow=True).content.decode()
    assert "Đã tiếp nhận 2 mục." in page
    assert f"{entry.task.code}: Đơn vị đã gửi lại nội dung này" in page
    entry.refresh_from_db()
    assert entry.status == "submitted"


@pytest.mark.parametrize("given", [{}, {"item": "x"}, {"item": "1"}, {"item": ["1:1"] * 501}, {"all": "1"}])
def test_a_list_that_no_page_sends_changes_nothing(
    world: World, items: list[Entry], given: dict[str, object], client_of: ClientOf
) -> None:
    response = client_of(world.chi).post(reverse(BULK), given, follow=True)
    assert "message-error" in response.content.decode()
    assert not Entry.objects.filter(status="accepted").exists()


def test_one_sent_by_the_reviewer_is_left_to_another(
    world: World, plan: Plan, items: list[Entry], period: Period, client_of: ClientOf
) -> None:
    own = make_duty(period, world.unit_b)
    entry = make_entry(own, make_task(plan, by=world.chi, lead=world.unit_b), saved_by=world.dung)
    make_submission(entry, by=world.chi)
    given = {"item": [f"{entry.pk}:1", f"{items[0].pk}:1"]}
    page = client_of(world.chi).post(reverse(BULK), given, follow=True).content.decode()
    assert "Đã tiếp nhận 1 mục." in page
    assert "Sở Y tế: Bạn đã gửi báo cáo này" in page


@pytest.mark.parametrize("who", ["officer", "head", "decision_maker", "inspector", "other_unit"])
def test_the_queue_is_the_coordinators(world: World, items: list[Entry], who: str, client_of: ClientOf) -> None:
    client = client_of(world.people[who])
    assert client.get(reverse(QUEUE)).status_code == 403
    assert client.post(reverse(BULK), {"item": f"{items[0].pk}:1"}).status_code == 403


def test_a_return_joins_common_reasons_and_own_words(world: World, items: list[Entry], client_of: ClientOf) -> None:
    url = reverse("reporting:entry-return", args=[items[0].pk])
    given = {"common": ["Thiếu minh chứng"], "reason": "Cần biên bản", "number": "1", "queue": "loai=flagged"}
    response = client_of(world.chi).post(url, given)
    assert response["Location"].endswith("?loai=flagged")
    assert Submission.objects.get(entry=items[0]).reason == "Thiếu minh chứng; Cần biên bản"


def test_a_return_with_a_reason_that_is_not_offered_is_refused(
    world: World, items: list[Entry], client_of: ClientOf
) -> None:
    url = reverse("reporting:entry-return", args=[items[0].pk])
    client_of(world.chi).post(url, {"common": ["Tự nghĩ ra"]})
    assert Submission.objects.get(entry=items[0]).verdict == "waiting"


def test_the_thread_stands_in_the_report_and_in_the_queue(
    world: World, items: list[Entry], client_of: ClientOf
) -> None:
    url = reverse("reporting:entry-remark", args=[items[0].pk])
    client_of(world.chi).post(url, {"text": "Xin nói rõ <b>số xã</b>"})
    client_of(world.an).post(url, {"text": "Là 12 xã"})
    report = reverse("reporting:duty-detail", args=[items[0].duty_id])
    for who, page in ((world.an, report), (world.chi, report), (world.chi, reverse(QUEUE))):
        text = page_of(client_of(who), page)
        assert "Xin nói rõ &lt;b&gt;số xã&lt;/b&gt;" in text
        assert "Là 12 xã" in text
    assert client_of(world.dung).post(url, {"text": "Tôi cũng muốn hỏi"}).status_code == 404


def test_the_head_looks_again_before_signing_flagged_ones_first(
    world: World, plan: Plan, duty: Duty, client_of: ClientOf
) -> None:
    usual, odd = (make_task(plan, by=world.chi, lead=world.unit_a) for _ in range(2))
    make_entry(duty, usual, saved_by=world.an)
    make_entry(duty, odd, saved_by=world.an, money_used=10, money_allocated=5)
    page = page_of(client_of(world.binh), reverse("reporting:duty-review", args=[duty.pk]))
    assert page.index(odd.title + "</a>") < page.rindex(usual.title + "</a>")
    assert page.index(odd.code) < page.index(usual.code)
    assert "vượt kinh phí được giao" in page
    assert "Tiếp nhận" not in page


@pytest.mark.parametrize("name", ["review-queue", "duty-review"])
def test_queries_do_not_grow_with_rows(
    world: World,
    plan: Plan,
    duty: Duty,
    name: str,
    now: datetime,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    def add() -> None:
        entry = add_item(world, plan, duty, flagged=True)
        entry.parts.create(unit=world.unit_b, state="disputed", asked_at=now, due_at=now)
        entry.remarks.create(text="Xin hỏi", said_by=world.chi, said_for=world.coordinator_unit, said_at=now)
        make_entry(duty, make_task(plan, by=world.chi, lead=world.unit_a), saved_by=world.an)

    who, args = {"review-queue": (world.chi, []), "duty-review": (world.binh, [duty.pk])}[name]
    add()
    client, url = client_of(who), reverse(f"reporting:{name}", args=args)
    client.get(url)
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    add()
    add()
    with django_assert_num_queries(len(first)):
        client.get(url)
