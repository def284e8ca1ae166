"""A unit's own paper: a preview of the drafts for the unit alone, and what was sent, kept once and for good."""

from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import World, make_entry, make_evidence, make_submission, make_task
from tiendo.audit.models import Event
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, UnitReport
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.gathering_unit import unit_facts
from tiendo.reporting.papers.previewing import unit_preview
from tiendo.reporting.workflow import IllegalMove


def words(docx: bytes) -> str:
    with ZipFile(BytesIO(docx)) as archive:
        return archive.read("word/document.xml").decode() + archive.read("word/footer.xml").decode()


@pytest.fixture
def entry(world: World, duty: Duty, task: Task) -> Entry:
    made = make_entry(duty, task, saved_by=world.an, result="Đã gửi lần đầu", money_used=5_000_000)
    make_evidence(made, by=world.an)
    return made


@pytest.fixture
def sent(world: World, entry: Entry) -> Duty:
    make_submission(entry, by=world.binh)
    return entry.duty


def test_the_preview_shows_the_drafts_and_says_that_it_is_one(
    world: World, duty: Duty, entry: Entry, now: datetime
) -> None:
    made = words(unit_preview(duty, "docx", at=now))
    assert "Đã gửi lần đầu" in made
    assert "Bản xem trước" in made
    assert "SỞ XÂY DỰNG" in made
    assert "Sở Khoa học và Công nghệ" in made
    assert not UnitReport.objects.exists()


def test_what_was_sent_is_kept_once_whatever_is_drafted_later(
    world: World, sent: Duty, entry: Entry, now: datetime
) -> None:
    Entry.objects.filter(pk=entry.pk).update(result="Sửa sau khi gửi")
    row = actions.keep_unit_report(duty=sent, by=world.binh, at=now + timedelta(days=3))
    made = words(read_file(row.docx))
    assert "Đã gửi lần đầu" in made
    assert "Sửa sau khi gửi" not in made
    assert "Lò Thị Bình phê duyệt và gửi trong hệ thống lúc" in made
    assert read_file(row.pdf).startswith(b"%PDF")
    again = actions.keep_unit_report(duty=sent, by=world.an, at=now + timedelta(days=9))
    assert again.pk == row.pk
    assert Event.objects.filter(act="reporting.unit_report.freeze").count() == 1


def test_its_figures_rest_on_its_own_submissions(sent: Duty, entry: Entry) -> None:
    facts = unit_facts(sent, drafts=False)
    spent = figures(facts)["money_used"]
    assert (spent.value, [record.submission for record in spent.records]) == (
        5_000_000,
        [entry.submissions.get().pk],
    )


def test_sent_again_it_becomes_the_next_number(world: World, sent: Duty, entry: Entry, now: datetime) -> None:
    first = actions.keep_unit_report(duty=sent, by=world.binh, at=now)
    entry.result = "Bổ sung theo yêu cầu"
    entry.save()
    make_submission(entry, by=world.binh, at=now + timedelta(days=1))
    sent.refresh_from_db()
    second = actions.keep_unit_report(duty=sent, by=world.binh, at=now + timedelta(days=2))
    assert (first.number, second.number) == (1, 2)
    assert "Bổ sung theo yêu cầu" in words(read_file(second.docx))
    assert "Bổ sung theo yêu cầu" not in words(read_file(first.docx))


def test_nothing_new_is_one_sentence(world: World, duty: Duty, now: datetime) -> None:
    Duty.objects.filter(pk=duty.pk).update(nothing_new=True, sent_at=now, sent_by=world.binh, first_sent_at=now)
    row = actions.keep_unit_report(duty=duty, by=world.binh, at=now)
    assert "không phát sinh nội dung mới" in words(read_file(row.docx))


def test_before_sending_there_is_nothing_to_keep(world: World, duty: Duty, entry: Entry, now: datetime) -> None:
    with pytest.raises(IllegalMove):
        actions.keep_unit_report(duty=duty, by=world.binh, at=now)


@pytest.mark.parametrize("who", ["dung", "inspector", "administrator"])
def test_others_keep_nothing(world: World, sent: Duty, now: datetime, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.keep_unit_report(duty=sent, by=getattr(world, who), at=now)
    assert not UnitReport.objects.exists()
    assert not Event.objects.exists()


def test_the_facts_take_as_many_queries_for_three_tasks_as_for_one(world: World, plan: Plan, sent: Duty) -> None:
    counts = []
    for _each in range(2):
        with CaptureQueriesContext(connection) as asked:
            unit_facts(Duty.objects.select_related("period__plan", "unit").get(pk=sent.pk), drafts=False)
        counts.append(len(asked))
        for _more in range(2):
            task = make_task(plan, by=world.chi, lead=world.unit_a)
            make_submission(make_entry(sent, task, saved_by=world.an), by=world.binh)
    assert counts[0] == counts[1]


def test_the_unit_looks_before_sending_and_nobody_else(world: World, duty: Duty, entry: Entry, client: Client) -> None:
    address = reverse("reporting:unit-report-preview", args=[duty.pk, "docx"])
    for user, status in ((world.an, 200), (world.binh, 200), (world.chi, 404), (world.dung, 404)):
        client.force_login(user)
        assert client.get(address).status_code == status


def test_the_page_of_the_report_offers_the_paper(world: World, sent: Duty, client: Client) -> None:
    client.force_login(world.binh)
    client.post(reverse("reporting:unit-report-keep", args=[sent.pk]))
    page = client.get(reverse("reporting:duty-detail", args=[sent.pk])).content.decode()
    address = reverse("reporting:unit-report-file", args=[sent.pk, 1, "pdf"])
    assert address in page
    assert reverse("reporting:unit-report-signatures", args=[sent.unit_reports.get().pk]) in page
    assert client.get(address)["Content-Type"] == "application/pdf"
