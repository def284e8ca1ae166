"""Blocks of text for the national system, and the flag that they stand there."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import World, make_duty, make_entry, make_evidence, make_period, make_submission, make_task
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.plans.models import Plan, Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, NationalEntry, Submission
from tiendo.reporting.papers.national import Limits, NationalState, national_state, shortened, text_block
from tiendo.reporting.papers.national_rows import national_rows
from tiendo.reporting.workflow import IllegalMove

LIMITS = Limits(title=20, result=30, documents=12)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("đúng mười", "đúng mười"),
        ("hai  dòng\nliền", "hai dòng…"),
        ("một từ dàiiiiiiiiii", "một từ…"),
        ("dàiiiiiiiiiiii", "dàiiiiiii…"),
    ],
)
def test_what_is_too_long_ends_at_a_whole_word(text: str, short: str) -> None:
    assert shortened(text, 10) == short
    assert len(shortened(text, 10)) <= 10


def test_the_block_says_task_result_progress_and_documents() -> None:
    made = text_block(
        title="Phủ sóng 5G tại trung tâm các xã",
        state="Đang thực hiện",
        percent=Decimal("99.96"),
        result="",
        documents=["12/BC-SXD", "13/BC-SXD"],
        limits=LIMITS,
    )
    assert made.split("\n") == [
        "Nhiệm vụ: Phủ sóng 5G tại…",
        "Kết quả: không có nội dung mới",
        "Tiến độ: Đang thực hiện, 99,9%",
        "Văn bản: 12/BC-SXD…",
    ]


@pytest.mark.parametrize(
    ("entered", "state"), [([], NationalState.NEVER), ([1], NationalState.CHANGED), ([1, 2], NationalState.ENTERED)]
)
def test_only_the_newest_accepted_report_counts_as_entered(entered: list[int], state: NationalState) -> None:
    assert national_state(2, entered) == state


@pytest.fixture
def accepted(world: World, duty: Duty, task: Task) -> Submission:
    entry = make_entry(duty, task, saved_by=world.an)
    make_evidence(entry, by=world.an)
    return make_submission(entry, by=world.binh, accepted_by=world.chi)


def test_entering_keeps_the_words_who_and_when(world: World, accepted: Submission, now: datetime) -> None:
    entry = actions.enter_national(submission=accepted, by=world.chi, at=now)
    assert "Văn bản: 12/BC-SXD ngày 20/06/2026" in entry.text
    assert (entry.entered_by, entry.entered_at) == (world.chi, now)
    assert Event.objects.get(act="reporting.national.enter").detail["submission"] == accepted.pk
    with pytest.raises(IllegalMove):
        actions.enter_national(submission=accepted, by=world.chi, at=now)


def test_a_newer_acceptance_brings_the_task_back(
    world: World, plan: Plan, task: Task, accepted: Submission, now: datetime
) -> None:
    actions.enter_national(submission=accepted, by=world.chi, at=now)
    assert [row.state for row in national_rows(plan)] == [NationalState.ENTERED]
    later = make_duty(make_period(plan, due_at=accepted.entry.duty.period.due_at + timedelta(days=90)), world.unit_a)
    make_submission(make_entry(later, task, saved_by=world.an), by=world.binh, accepted_by=world.chi)
    assert [row.state for row in national_rows(plan)] == [NationalState.CHANGED]


def test_a_note_made_by_mistake_is_taken_back_once(world: World, accepted: Submission, now: datetime) -> None:
    entry = actions.enter_national(submission=accepted, by=world.chi, at=now)
    actions.undo_national(entry=entry, by=world.chi, at=now)
    with pytest.raises(IllegalMove):
        actions.undo_national(entry=entry, by=world.chi, at=now)
    assert actions.enter_national(submission=accepted, by=world.chi, at=now).pk != entry.pk


@pytest.mark.parametrize("who", ["an", "binh", "dung", "inspector"])
def test_only_the_coordinator_notes_it(world: World, accepted: Submission, now: datetime, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.enter_national(submission=accepted, by=getattr(world, who), at=now)
    assert not NationalEntry.objects.exists()
    assert not Event.objects.filter(act__startswith="reporting.national").exists()


def test_what_waits_cannot_be_entered(world: World, duty: Duty, task: Task, now: datetime) -> None:
    waiting = make_submission(make_entry(duty, task, saved_by=world.an), by=world.binh)
    with pytest.raises(IllegalMove):
        actions.enter_national(submission=waiting, by=world.chi, at=now)


def test_the_page_takes_as_many_queries_for_three_tasks_as_for_one(
    world: World, plan: Plan, duty: Duty, accepted: Submission, client: Client
) -> None:
    client.force_login(world.chi)
    counts = [_queries(client, world.chi)]
    for _each in range(2):
        task = make_task(plan, by=world.chi, lead=world.unit_a)
        make_submission(make_entry(duty, task, saved_by=world.an), by=world.binh, accepted_by=world.chi)
    counts.append(_queries(client, world.chi))
    assert counts[0] == counts[1]


def _queries(client: Client, user: User) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(reverse("reporting:national-list")).status_code == 200
    return len(asked)


def test_the_flag_is_set_and_taken_back_on_the_page(world: World, accepted: Submission, client: Client) -> None:
    client.force_login(world.chi)
    page = client.get(reverse("reporting:national-list")).content.decode()
    assert "Khối chữ để chép" in page
    assert "Văn bản: 12/BC-SXD" in page
    client.post(reverse("reporting:national-enter", args=[accepted.pk]), {"loc": "never"})
    row = NationalEntry.objects.get()
    page = client.get(reverse("reporting:national-list") + "?loc=entered").content.decode()
    assert "Vàng Thị Chi đã cập nhật lúc" in page
    client.post(reverse("reporting:national-undo", args=[row.pk]))
    row.refresh_from_db()
    assert row.undone_by == world.chi
