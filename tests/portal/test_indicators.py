"""Indicators on public pages, in files, pictures and the API: everything public, nothing else, silence said."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.indicators import make_figure, make_indicator
from tests.portal.test_views import FILES, PAGES
from tests.publication.measured import Measured, leaked, measure
from tests.publication.release import Story, leaks
from tests.publication.test_indicators import hide
from tiendo.portal.indicator_words import codes_of_missing, figure_row

API = [
    "/indicators",
    "/indicators?q=song",
    "/indicators?state=on_track",
    "/indicators/PHU-SONG",
    "/indicators/TINH-RA",
    "/releases/1",
]
OURS = [
    "/chi-tieu/",
    "/chi-tieu/?q=kin",
    "/chi-tieu/PHU-SONG/",
    "/chi-tieu/PHU-SONG/?ky=2026",
    "/chi-tieu/TINH-RA/",
    "/chi-tieu/PHU-SONG.svg",
    "/chuong-trinh/",
    "/chuong-trinh/ha-tang/",
]
EVERYWHERE = [
    *PAGES,
    *OURS,
    *(f"/du-lieu/{name}" for name in (*FILES, "chi-tieu.csv", "chi-tieu.json")),
    *(f"/dot-cong-bo/1/{name}" for name in (*FILES, "chi-tieu.csv", "chi-tieu.json")),
    *(f"/api/v1{address}" for address in API),
]


@pytest.fixture
def measured(story: Story) -> Measured:
    found = measure(story)
    story.publish()
    return found


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("address", EVERYWHERE)
def test_pending_returned_and_internal_values_are_nowhere_in_public(
    measured: Measured, client: Client, address: str
) -> None:
    for _twice in range(2):  # made, then kept
        told = text(client, address)
        assert leaked(told) == []
        assert leaks(told, measured.story.world) == []


def test_a_hidden_indicator_has_no_page_picture_or_record(measured: Measured, client: Client) -> None:
    for address in ("/chi-tieu/CTKIN-77/", "/chi-tieu/CTKIN-77.svg", "/api/v1/indicators/CTKIN-77"):
        assert client.get(address).status_code == 404


def test_three_steps_from_the_first_page_to_the_source_of_a_figure(measured: Measured, client: Client) -> None:
    assert 'href="/chi-tieu/"' in text(client, "/")
    assert 'href="/chi-tieu/PHU-SONG/"' in text(client, "/chi-tieu/")
    page = text(client, "/chi-tieu/PHU-SONG/")
    for words in ("<svg", "Cục Thống kê", "xác nhận 01/07/2026", "Đúng lộ trình", "Đến năm 2030: 90 %", "62,5"):
        assert words in page


def test_silence_is_listed_and_said(measured: Measured, client: Client) -> None:
    page = text(client, "/chi-tieu/")
    assert "Chưa từng đo" in page
    assert page.count("không có số liệu") >= 2
    assert "Không có số liệu" in text(client, "/chi-tieu/IM-LANG/")
    rows = list(csv.DictReader(io.StringIO(text(client, "/du-lieu/chi-tieu.csv").removeprefix("\ufeff"))))
    [silent] = [row for row in rows if row["ma_chi_tieu"] == "IM-LANG"]
    assert (silent["gia_tri"], silent["trang_thai"]) == ("", "no_data")


def test_the_same_number_in_list_page_picture_file_and_api(measured: Measured, client: Client) -> None:
    assert "62,5\xa0%" in text(client, "/chi-tieu/")
    assert "62,5\xa0%" in text(client, "/chi-tieu/PHU-SONG/")
    assert "62,5\xa0%" in text(client, "/chi-tieu/PHU-SONG.svg")
    record = json.loads(text(client, "/api/v1/indicators/PHU-SONG"))["indicator"]
    assert record["latest"]["value"] == "62.5"
    listed = json.loads(text(client, "/api/v1/indicators?state=on_track"))
    assert [(row["code"], row["value"]) for row in listed["items"]] == [("PHU-SONG", "62.5")]
    records = json.loads(text(client, "/du-lieu/chi-tieu.json"))["records"]
    assert [each["code"] for each in records] == ["PHU-SONG", "IM-LANG", "TINH-RA"]
    assert records[0] == record


def test_the_list_is_narrowed_by_state_and_words(measured: Measured, client: Client) -> None:
    assert "Chưa từng đo" not in text(client, "/chi-tieu/?trang-thai=on_track")
    assert "Chưa từng đo" in text(client, "/chi-tieu/?q=tung do")
    assert "Bỏ lọc" in text(client, "/chi-tieu/?q=khong-co-gi-het")
    assert "Chưa từng đo" in text(client, "/chi-tieu/?trang-thai=<x>")
    assert client.get("/chi-tieu/?plan=none").status_code == 404
    assert client.get("/api/v1/indicators?state=none").status_code == 422


def test_the_picture_may_be_shown_by_other_sites(measured: Measured, client: Client) -> None:
    answer = client.get("/chi-tieu/PHU-SONG.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Access-Control-Allow-Origin"] == "*"
    picture = ET.fromstring(answer.content)
    assert "Dân số được phủ sóng" in {each.text for each in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert "Cross-Origin-Resource-Policy" not in client.get("/chi-tieu/PHU-SONG/")
    again = client.get("/chi-tieu/PHU-SONG.svg", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert again["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_what_is_taken_back_is_gone_at_once(measured: Measured, client: Client) -> None:
    addresses = [address for address in EVERYWHERE if "PHU-SONG" not in address and "/1" not in address]
    for address in addresses:
        client.get(address)
    hide(measured.coverage, measured)
    assert client.get("/chi-tieu/PHU-SONG/").status_code == 404
    assert client.get("/chi-tieu/PHU-SONG.svg").status_code == 404
    assert client.get("/dot-cong-bo/1/chi-tieu.csv").status_code == 410
    for address in addresses:
        assert "PHU-SONG" not in text(client, address), address


def test_before_the_first_release_there_is_no_indicator(story: Story, client: Client) -> None:
    measure(story)
    assert client.get("/chi-tieu/").status_code == 404
    assert client.get("/chi-tieu/PHU-SONG.svg").status_code == 404
    assert client.get("/api/v1/indicators").status_code == 404


@pytest.mark.parametrize("address", ["/chi-tieu/", "/api/v1/indicators"])
def test_the_number_of_queries_does_not_grow(story: Story, client: Client, address: str) -> None:
    counts = []
    for days, extra in enumerate((1, 3)):
        for _each in range(extra):
            more = make_indicator(by=story.world.chi, plan=story.plan)
            make_figure(more, story.world.province, 5)
        story.publish(days=days)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_missing_part_is_told_by_its_name_and_once() -> None:
    lacks = {
        "pattern": "Mới có {counted} trên {expected} phần; thiếu {missing}.",
        "values": {"counted": 1, "expected": 3, "missing": "03445, la-2…"},
    }
    figure = {
        "no_value": None,
        "not_computable": lacks,
        "target": None,
        "period": "2026",
        "value": "60",
        "progress": None,
        "origin": "rolled_up",
        "flags": [lacks],
    }
    record = {"unit_text": "%", "levels": []}
    assert codes_of_missing([figure]) == {"03445", "la-2"}
    row = figure_row(figure, record, {"03445": "UBND xã Mường Tè"})
    assert row.why == "Mới có 1 trên 3 phần; thiếu UBND xã Mường Tè, la-2…."
    assert row.flags == []
