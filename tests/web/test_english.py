"""A reader of English: told everything in English, and what is kept or printed stays in Vietnamese."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories import World, make_duty, make_entry, make_evidence, make_period, make_submission
from tests.reporting.test_issuing import HEAD, text_of
from tiendo.accounts.models import User
from tiendo.plans.actions.tasks import first_deadline
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import read_file
from tiendo.plans.structure import Due
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Period, ReportTemplate
from tiendo.reporting.papers.gathering import facts_of
from tiendo.reporting.papers.paper import Mark, report_paper, shipped_text
from tiendo.reporting.workflow import Act, EntryStatus, IllegalMove, after
from tiendo.ui.saying import said


@pytest.fixture
def english(client_of: Callable[[User], Client]) -> Callable[[User], Client]:
    """A browser in which the given person is signed in and has chosen English."""

    def reading(user: User) -> Client:
        client = client_of(user)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return client

    return reading


@pytest.fixture
def accepted(world: World, duty: Duty, task: Task) -> Entry:
    entry = make_entry(
        duty, task, saved_by=world.an, state="completed", completed_on="2026-06-20", money_used=5_000_000
    )
    make_evidence(entry, by=world.an)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    return entry


def told(client: Client, address: str, **given: object) -> str:
    """The message after a post."""
    return " ".join(str(message) for message in get_messages(client.post(address, given).wsgi_request))


def test_a_refused_file_is_explained_in_english(
    english: Callable[[User], Client], world: World, duty: Duty, task: Task
) -> None:
    address = reverse("reporting:evidence-add", args=[duty.pk, task.code])
    for name, data, words in (
        ("anh.exe", b"MZ", "use one of these types: txt"),
        ("anh.pdf", b"\x89PNG\r\n\x1a\n0000", "is PNG, not PDF as its extension says"),
        ("anh.pdf", b"", ""),
    ):
        assert words in told(english(world.an), address, file=SimpleUploadedFile(name, data))


def test_an_act_that_is_not_possible_is_explained_in_english(
    english: Callable[[User], Client], world: World, accepted: Entry
) -> None:
    address = reverse("reporting:entry-return", args=[accepted.pk])
    assert "Cannot return: this report is in the state “Accepted”." in told(
        english(world.chi), address, reason="Chưa rõ"
    )


def test_a_sentence_is_whole_in_vietnamese_too() -> None:
    with pytest.raises(IllegalMove) as refused:
        after(EntryStatus.ACCEPTED, Act.RETURN)
    assert (
        said(refused.value) == str(refused.value) == "Không thể trả lại: báo cáo này đang ở trạng thái “Đã tiếp nhận”."
    )


def test_words_that_are_no_message_stay_as_they_are() -> None:
    with translation.override("en"):
        assert [said("Phủ sóng 5G"), said(""), said(IllegalMove())] == ["Phủ sóng 5G", "", ""]


def test_what_an_act_writes_by_itself_is_kept_in_vietnamese(
    english: Callable[[User], Client], world: World, plan: Plan, accepted: Entry, now: datetime
) -> None:
    later = make_duty(make_period(plan, due_at=now + timedelta(days=200)), world.unit_a)
    english(world.an).post(reverse("reporting:entry-repeat", args=[later.pk, accepted.task.code]))
    assert later.entries.get().result == "Không có nội dung mới trong kỳ."
    with translation.override("en"):
        line = first_deadline(accepted.task, Due(), source=plan.version.document, by=world.chi, at=now)
    assert line.reason == "theo văn bản giao việc"


def test_a_paper_issued_by_a_reader_of_english_is_in_vietnamese(
    world: World, period: Period, accepted: Entry, now: datetime
) -> None:
    with translation.override("en"):
        issued = actions.issue_report(period=period, by=world.chi, at=now, confirmed=True)
        there = report_paper(facts_of(period), HEAD, Mark(1, "0"), at=now, illustrative=True)
    assert there == report_paper(facts_of(period), HEAD, Mark(1, "0"), at=now, illustrative=True)
    assert "Thủ trưởng" in text_of(read_file(issued.docx)).replace("THỦ TRƯỞNG", "Thủ trưởng")
    assert {figure["label"] for figure in issued.figures} >= {"Tổng số nhiệm vụ"}


def test_a_unit_paper_kept_by_a_reader_of_english_is_in_vietnamese(
    world: World, accepted: Entry, now: datetime
) -> None:
    with translation.override("en"):
        kept = actions.keep_unit_report(duty=accepted.duty, by=world.binh, at=now)
    assert "phê duyệt và gửi trong hệ thống lúc" in text_of(read_file(kept.docx))


def test_a_template_put_back_by_a_reader_of_english_says_so_in_vietnamese(
    english: Callable[[User], Client], world: World
) -> None:
    english(world.chi).post(reverse("reporting:template-list"), {"text": shipped_text()})
    english(world.chi).post(reverse("reporting:template-restore", args=[1]))
    assert ReportTemplate.objects.get(retired_at=None).note == "Dùng lại bản số 1"
