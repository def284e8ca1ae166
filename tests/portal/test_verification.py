"""The public word on an issued report: by its code alone, never a figure, never a person."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import tiendo_verify as verify
from tests.factories import World, make_duty, make_entry, make_submission
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.models import IssuedReport, Period


@pytest.fixture
def issued(world: World, task: Task, period: Period, now: datetime) -> IssuedReport:
    entry = make_entry(make_duty(period, world.unit_a), task, saved_by=world.an, money_used=Decimal(7_654_321))
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    return actions.issue_report(period=period, by=world.chi, at=now, confirmed=True)


def moved(world: World, task: Task, at: datetime) -> None:
    entry = task.entries.get()
    entry.money_used = Decimal(8_888_888)
    entry.save()
    make_submission(entry, by=world.binh, at=at, accepted_by=world.chi)


def test_the_page_says_what_the_paper_is_and_nothing_it_says(
    world: World, task: Task, issued: IssuedReport, client: Client, now: datetime
) -> None:
    moved(world, task, now + timedelta(hours=1))
    answer = client.get(f"/xac-minh/{issued.code}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert issued.seal in text
    assert "Số liệu đã đổi từ" in text
    for inner in (
        "7.654.321",
        "7654321",
        "8888888",
        task.title,
        task.code,
        *(p.full_name for p in world.people.values()),
    ):
        assert inner not in text
    assert "no-store" in answer["Cache-Control"]


def test_while_nothing_moved(issued: IssuedReport, client: Client) -> None:
    assert "Số liệu chưa đổi" in client.get(f"/xac-minh/{issued.code}/").content.decode()


def test_the_code_may_be_typed_in(issued: IssuedReport, client: Client) -> None:
    assert client.get("/xac-minh/").status_code == 200
    assert client.get("/xac-minh/", {"ma": f" {issued.code} "})["Location"] == f"/xac-minh/{issued.code}/"
    wrong = client.get("/xac-minh/", {"ma": "<b>sai</b>"})
    assert wrong.status_code == 404
    assert "Không có báo cáo nào mang mã" in wrong.content.decode()
    assert "<b>sai" not in wrong.content.decode()


@pytest.mark.parametrize("code", ["sai-ma-khong-co", "a", "x" * 300, "%00%00%00%00%00%00%00%00", "' OR 1=1 --"])
def test_unknown_codes_are_not_found(issued: IssuedReport, client: Client, code: str) -> None:
    assert client.get(f"/xac-minh/{code}/").status_code == 404
    assert client.get(f"/xac-minh/{code}.json").status_code == 404


def test_asking_again_costs_nothing(issued: IssuedReport, client: Client) -> None:
    client.get(f"/xac-minh/{issued.code}.json")
    with CaptureQueriesContext(connection) as found:
        assert client.get(f"/xac-minh/{issued.code}.json").status_code == 200
    assert len(found) == 0


def test_only_reading(issued: IssuedReport, client: Client) -> None:
    assert client.post(f"/xac-minh/{issued.code}/").status_code == 405


def test_the_checking_program_understands_the_answer(
    world: World, task: Task, issued: IssuedReport, client: Client, now: datetime, tmp_path: Path
) -> None:
    moved(world, task, now + timedelta(hours=1))

    def ask(address: str) -> dict[str, object]:
        return json.loads(client.get(address.removeprefix("https://tinh.example")).content)

    for extension, stored in (("docx", issued.docx), ("pdf", issued.pdf)):
        report = verify.check_report_file(f"a.{extension}", read_file(stored))
        verify.check_site(report, "https://tinh.example", ask)
        assert report.problems == []
        assert report.stale_since == verify.shown((now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
        assert "file_as_issued" in [note.key for note in report.notes]
