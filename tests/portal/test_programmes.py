"""Programmes in public: the setting of each, every period with its state, results with date and number (R064, R082)."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON
from tests.publication.measured import Measured, leaked, measure
from tests.publication.release import Story
from tests.publication.test_indicators import hide
from tiendo.indicators.models import Measurement, Programme

PAGE = "/chuong-trinh/ha-tang/"


@pytest.fixture
def measured(story: Story) -> Measured:
    """Quarterly, in force since July 2025: the second half of 2025 was published, the first quarter of 2026 was not."""
    found = measure(story)
    Programme.objects.update(frequency="quarter", publish_days=20, in_force_from=date(2025, 7, 15))
    told = Measurement.objects.get()
    Measurement.objects.update(period="2025-Q3", published_at="2025-10-10T03:00Z")
    content = {**told.content, "objectives": [{**told.content["objectives"][0], "state": "met", "value": "99.6"}]}
    late = {"period": "2025-Q4", "content": content, "sha256": "1" * 64, "published_by": story.world.chi}
    for number, moment in ((1, "2026-02-01T03:00Z"), (2, "2026-02-20T03:00Z")):
        Measurement.objects.create(programme=told.programme, number=number, published_at=moment, **late)
    story.publish()
    return found


def text(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def rows(page: str) -> list[str]:
    """The rows of the table of periods, without marks."""
    return page.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]


def test_every_period_stands_with_its_state_and_a_missed_one_is_said(measured: Measured, client: Client) -> None:
    running, waiting, missed, late, in_time = rows(text(client))
    assert "Chưa hết kỳ" in running
    assert "Quý II/2026" in waiting
    assert "Chờ công bố" in waiting
    assert "Quý I/2026" in missed
    assert ">Không công bố<" in missed
    assert "20/04/2026" in missed  # the day by which it was due
    assert "Công bố muộn" in late
    assert late.index("lần 2, 20/02/2026") < late.index("lần 1, 01/02/2026")
    assert "1/1 mục tiêu đạt" in late
    assert "lần 1, 10/10/2025" in in_time


def test_the_rhythm_is_a_setting_that_is_shown(measured: Measured, client: Client) -> None:
    for address in (PAGE, "/chuong-trinh/"):
        assert "Hằng quý, công bố trong 20 ngày sau khi hết kỳ" in text(client, address)
    assert "tính đến ngày 01/07/2026" in text(client)


def test_results_stand_by_agency_with_their_mark_and_without_names_of_people(
    measured: Measured, client: Client
) -> None:
    page = text(client)
    assert "99,6\xa0%" in page
    assert "1" * 64 in page
    assert "Sở Xây dựng" in page
    assert measured.story.world.binh.full_name not in page
    assert "1 mục tiêu không thuộc diện công khai" in page
    assert leaked(page) == []


def test_programmes_stand_side_by_side_and_one_leads_to_the_other(measured: Measured, client: Client) -> None:
    page = text(client, "/chuong-trinh/")
    assert f'href="{PAGE}"' in page
    assert "1 kỳ" in page
    assert "Quý IV/2025" in page
    assert f'href="{PAGE}"' in text(client, "/chi-tieu/")
    assert 'href="/chuong-trinh/"' in text(client, "/chi-tieu/")


def test_what_happens_after_the_release_waits_for_the_next(measured: Measured, client: Client) -> None:
    """A period published inside is public with the next release; until then the page speaks of its own day."""
    told = Measurement.objects.filter(period="2025-Q4").latest("number")
    told.pk, told.period, told.number, told.published_at = None, "2026-Q1", 1, NOON
    told.save()
    Programme.objects.create(
        code="nhap", title="CHUONGTRINHNHAP", owner=measured.story.world.unit_a, plan=measured.story.plan,
        frequency="year", created_by=measured.story.world.chi, created_at=NOON,
    )  # fmt: skip
    assert ">Không công bố<" in rows(text(client))[2]
    measured.story.publish(days=1)
    assert "Công bố muộn" in rows(text(client))[2]
    assert "CHUONGTRINHNHAP" not in text(client, "/chuong-trinh/")  # drawn up, binds nobody yet


def test_the_record_of_the_release_says_the_same(measured: Measured, client: Client) -> None:
    [record] = client.get("/api/v1/releases/1").json()["summary"]["programmes"]
    assert [(each["period"], each["state"]) for each in record["periods"]] == [
        ("2026-Q3", "running"),
        ("2026-Q2", "waiting"),
        ("2026-Q1", "missed"),
        ("2025-Q4", "published_late"),
        ("2025-Q3", "published"),
    ]


def test_an_older_release_tells_its_periods_from_what_it_holds(measured: Measured, client: Client) -> None:
    release = measured.story.plan.releases.get()
    before = rows(text(client))
    del release.summary["programmes"][0]["periods"]
    type(release).objects.filter(pk=release.pk).update(summary=release.summary)
    assert rows(client.get(f"{PAGE}?again=1").content.decode()) == before


def test_an_objective_taken_back_is_gone_at_once(measured: Measured, client: Client) -> None:
    text(client)
    hide(measured.coverage, measured)
    page = text(client)
    assert "PHU-SONG" not in page
    assert ">Không công bố<" in page


def test_there_is_no_page_of_a_programme_that_is_not_public(measured: Measured, client: Client) -> None:
    assert client.get("/chuong-trinh/khong-co/").status_code == 404


@pytest.mark.parametrize("address", [PAGE, "/chuong-trinh/"])
def test_the_number_of_queries_does_not_grow(measured: Measured, client: Client, address: str) -> None:
    counts = []
    for days in (1, 2):
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))
        told = Measurement.objects.filter(period="2025-Q4").latest("number")
        told.pk, told.number = None, told.number + 1
        told.save()
        measured.story.publish(days=days)
    assert counts[0] == counts[1]
