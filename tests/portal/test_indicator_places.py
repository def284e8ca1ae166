"""An indicator unit by unit in public: on the map, side by side, in the table; small counts kept back (R088)."""

import gzip
import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_unit
from tests.factories.indicators import make_figure, make_indicator, make_observation, make_source, make_target
from tests.publication.measured import leaked, measure
from tests.publication.release import Story, leaks
from tiendo.orgs.models import UnitKind

CODE, PAGE = "LOP-SO", "/chi-tieu/LOP-SO/"
COMMUNES = {"03637": "Mường Kim", "03640": "Khoen On", "03595": "Than Uyên", "03598": "Mường Than", "03700": "Pha Mu"}


@pytest.fixture
def counted(story: Story) -> Story:
    """People taught, by commune: 3, 40, 12, nothing, 18 in 2025; one figure in 2024. A value that waits beside them."""
    world = story.world
    indicator = make_indicator(
        CODE, by=world.chi, plan=story.plan, name="Người được tập huấn", unit_code="person", unit_text="người",
        measured_kinds=[UnitKind.COMMUNE], over_units="sum",
    )  # fmt: skip
    make_target(indicator, 100, by=world.chi, due_on=date(2026, 12, 31))
    units = [make_unit(code, f"UBND xã {name}", kind=UnitKind.COMMUNE) for code, name in COMMUNES.items()]
    source = make_source("lop", name="Sổ lớp")
    for unit, value in zip(units, (3, 40, 12, None, 18), strict=True):
        if value is None:
            continue
        make_observation(indicator, unit, value, by=world.an, accepted_by=world.chi, source=source)
        make_figure(indicator, unit, value, state="on_track")
    make_figure(indicator, units[1], 22, period="2024", period_end=date(2024, 12, 31))
    make_figure(indicator, world.province, 73, state="on_track", origin="rolled_up")
    make_observation(indicator, units[3], 777, by=world.an, source=source)
    story.publish()
    return story


def text(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def part(page: str) -> str:
    """What the page says unit by unit."""
    return page.split('id="units"')[1].split("</section>")[0]


def test_the_map_its_words_and_the_table_say_the_same(counted: Story, client: Client) -> None:
    page = part(text(client))
    assert "ch-tiles" in page
    assert "5 đơn vị: 3 không có số liệu, 2 đúng lộ trình." in page
    assert "<title>Khoen On: 40\xa0người</title>" in page
    row = page.split(">Khoen On</th>")[1].split("</tr>")[0]
    assert "40\xa0người" in row
    assert "Đúng lộ trình" in row
    assert "Sổ lớp" in row


def test_silence_of_a_commune_is_shown(counted: Story, client: Client) -> None:
    row = part(text(client)).split(">Mường Than</th>")[1].split("</tr>")[0]
    assert "không có số liệu" in row
    assert "777" not in text(client)


def test_a_small_count_is_nowhere_and_cannot_be_subtracted(counted: Story, client: Client) -> None:
    page = part(text(client))
    for name in ("Mường Kim", "Than Uyên"):  # 3, and 12 because 73 − 40 − 18 − 12 would be 3
        assert f"<title>{name}: không công bố</title>" in page
    told = json.loads(text(client, f"/api/v1/indicators/{CODE}"))["indicator"]
    open_data = json.loads(text(client, "/du-lieu/chi-tieu.json"))["records"]
    assert told == next(each for each in open_data if each["code"] == CODE)
    for figure in told["figures"]:
        if figure["unit"]["code"] in ("03637", "03595"):
            assert figure["kept_back"]
            assert {figure["value"], *(each["value"] for each in figure["observations"])} == {None}
    assert told["latest"]["value"] == "73"
    sealed = text(client, "/du-lieu/dot-cong-bo.json")
    assert '"value": "3"' not in sealed
    assert '"value":"3"' not in sealed


def test_each_unit_stands_beside_the_others_over_the_periods(counted: Story, client: Client) -> None:
    page = part(text(client))
    assert page.count("ch-panel") == 5
    assert "Cùng một thang: 0 – " in page
    assert page.index(">Khoen On<") < page.rindex(">Mường Than<")


def test_an_older_period_is_one_link_away(counted: Story, client: Client) -> None:
    assert 'href="?ky=2024#units"' in text(client)
    page = part(text(client, f"{PAGE}?ky=2024"))
    assert "năm 2024" in page
    assert "<title>Khoen On: 22\xa0người</title>" in page
    assert part(text(client, f"{PAGE}?ky=x%27y")) == part(text(client))


def test_pending_returned_and_internal_values_stand_in_no_picture(story: Story, client: Client) -> None:
    measure(story)
    story.publish()
    for address in ("/chi-tieu/PHU-SONG/", "/chi-tieu/PHU-SONG/?ky=2026", "/chi-tieu/PHU-SONG/?ky=2024"):
        assert leaked(text(client, address)) == []
        assert leaks(text(client, address), story.world) == []


def test_an_indicator_told_for_the_whole_alone_has_no_map(story: Story, client: Client) -> None:
    indicator = make_indicator("TOAN-TINH", by=story.world.chi, plan=story.plan)
    make_figure(indicator, story.world.province, 5)
    story.publish()
    assert 'id="units"' not in text(client, "/chi-tieu/TOAN-TINH/")


def test_a_page_of_many_communes_stays_light_and_asks_as_often(counted: Story, client: Client) -> None:
    indicator = counted.plan.indicators.get(code=CODE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for number in range(96):
        unit = make_unit(f"9{number:04}", f"UBND xã Xa Xôi {number}", kind=UnitKind.COMMUNE)
        for year in range(2021, 2026):
            figure = {"period": f"{year}", "period_end": date(year, 12, 31)}
            make_figure(indicator, unit, 20 + number + year % 7, state="met", **figure)  # type: ignore[arg-type]
    counted.publish(days=1)
    with CaptureQueriesContext(connection) as many:
        page = text(client)
    assert len(few) == len(many)
    assert page.count("ch-panel") >= 100
    assert len(gzip.compress(page.encode())) < 60_000
