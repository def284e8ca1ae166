"""Charts of an indicator: the picture, the same in words, the table; each person sees the figures that are theirs."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import World, make_unit
from tests.factories.indicators import make_figure, make_indicator, make_observation, make_target
from tiendo.accounts.models import User
from tiendo.indicators.models import Indicator, Passport
from tiendo.orgs.actions import import_boundaries
from tiendo.orgs.models import Unit, UnitKind
from tiendo.web.indicators.drawing import chart_of, place_name

ClientOf = Callable[[User], Client]
SQUARE = {"type": "Polygon", "coordinates": [[[103, 22], [104, 22], [104, 23], [103, 23], [103, 22]]]}


@pytest.fixture
def indicator(world: World) -> Indicator:
    """5G coverage by department and commune, to reach 90 %; unit A is at 40."""
    made = make_indicator("5G", by=world.chi, measured_kinds=[UnitKind.DEPARTMENT, UnitKind.COMMUNE])
    make_target(made, 90, by=world.chi)
    make_target(made, 20, by=world.chi, purpose="baseline", due_on=date(2024, 12, 31))
    make_figure(made, world.unit_a, 40)
    return made


@pytest.fixture
def communes(world: World) -> list[Unit]:
    return [
        make_unit(code, name, kind=UnitKind.COMMUNE, short_name=name)
        for code, name in (("03637", "Xã Mường Kim"), ("03408", "Phường Tân Phong"))
    ]


def address(name: str, *args: object) -> str:
    return reverse(f"indicators:{name}", args=args)


def test_the_chart_of_a_unit_is_a_picture_with_words_and_a_table(
    world: World, indicator: Indicator, client_of: ClientOf
) -> None:
    page = client_of(world.an).get(address("indicator-unit", "5G", world.unit_a.code)).content.decode()
    assert "<svg" in page
    assert page.count("Đích 2030: ≥\xa090\xa0%") == 2  # in the picture and under it
    assert "40\xa0%" in page
    assert "Chưa đạt" in page


def test_a_replaced_value_stands_struck_out_beside_the_new_one(world: World, indicator: Indicator) -> None:
    make_observation(indicator, world.unit_a, 35, by=world.an, accepted_by=world.chi, status="estimate")
    make_observation(indicator, world.unit_a, 40, by=world.an, accepted_by=world.chi)
    make_observation(indicator, world.unit_a, 77, by=world.an)
    chart = chart_of(Passport.objects.get(), world.an, unit=world.unit_a)
    assert chart is not None
    assert chart.rows[0].former == ["35"]
    assert "77" not in chart.told + chart.svg  # waits for a word


def test_a_figure_in_the_table_opens_its_lines_of_the_ledger_to_those_who_may_see_them(
    world: World, indicator: Indicator, client_of: ClientOf
) -> None:
    make_figure(indicator, world.unit_a, 30, period="2024", period_end=date(2024, 12, 31))
    make_observation(indicator, world.unit_a, 40, by=world.an, accepted_by=world.chi)
    ledger = address("value-ledger", "5G", world.unit_a.code, "2025")
    page = client_of(world.an).get(address("indicator-unit", "5G", world.unit_a.code)).content.decode()
    assert ledger in page
    assert address("value-ledger", "5G", world.unit_a.code, "2024") not in page  # nothing of it stands in the ledger
    assert client_of(world.an).get(ledger).status_code == 200


def test_the_whole_stands_without_figures_as_its_path_alone(world: World, indicator: Indicator) -> None:
    chart = chart_of(Passport.objects.get(), world.an)
    assert chart is not None
    assert chart.rows == []
    assert chart.told.startswith("Không có số liệu. Đích 2030")


def test_another_unit_sees_neither_the_page_nor_the_value(
    world: World, indicator: Indicator, client_of: ClientOf
) -> None:
    dung = client_of(world.dung)
    assert dung.get(address("indicator-unit", "5G", world.unit_a.code)).status_code == 404
    page = dung.get(address("indicator-units", "5G")).content.decode()
    assert "40\xa0%" not in page
    assert world.unit_a.short_name not in page
    assert world.unit_b.short_name in page


def test_units_stand_beside_each_other_best_first_and_silent_ones_last(
    world: World, indicator: Indicator, communes: list[Unit], client_of: ClientOf
) -> None:
    make_figure(indicator, communes[0], 95, state="met")
    response = client_of(world.chi).get(address("indicator-units", "5G"))
    told = [(panel.unit, panel.state.value) for panel in response.context["chart"].panels]
    assert told[:2] == [(communes[0], "met"), (world.unit_a, "not_met")]
    assert {state for _unit, state in told[2:]} == {"no_data"}
    assert response.content.decode().count("<svg") >= len(told)


def test_the_map_is_tiles_until_boundaries_are_known(
    world: World, indicator: Indicator, communes: list[Unit], now: datetime, client_of: ClientOf
) -> None:
    make_figure(indicator, communes[0], 95, state="met")
    chi, url = client_of(world.chi), address("indicator-map", "5G")
    page = chi.get(url).content.decode()
    assert "ch-tiles" in page
    assert f'href="{address("indicator-unit", "5G", "03637")}"' in page
    import_boundaries(geometries={"03637": SQUARE}, source="Bản đồ A", by="quan-tri", at=now)
    page = chi.get(url).content.decode()
    assert "ch-tiles" not in page
    assert "Ranh giới: Bản đồ A" in page
    assert page.count("(chưa có ranh giới)") == 1


def test_the_map_shows_the_newest_period_unless_another_is_asked_for(
    world: World, indicator: Indicator, communes: list[Unit], client_of: ClientOf
) -> None:
    make_figure(indicator, communes[0], 50)
    make_figure(indicator, communes[0], 60, period="2026", period_end=date(2026, 12, 31))
    chi, url = client_of(world.chi), address("indicator-map", "5G")
    assert "60\xa0%" in chi.get(url).content.decode()
    assert "50\xa0%" in chi.get(url, {"ky": "2025"}).content.decode()
    assert "60\xa0%" in chi.get(url, {"ky": "<x>"}).content.decode()


def test_nothing_to_draw_is_said(world: World, client_of: ClientOf) -> None:
    make_indicator("TINH", by=world.chi)
    chi = client_of(world.chi)
    assert "không đo ở từng đơn vị" in chi.get(address("indicator-units", "TINH")).content.decode()
    assert "Chưa có số liệu của xã, phường" in chi.get(address("indicator-map", "TINH")).content.decode()
    assert chi.get(address("indicator-map", "none")).status_code == 404


@pytest.mark.parametrize("name", ["indicator-units", "indicator-map"])
def test_the_number_of_queries_does_not_grow_with_the_units(
    name: str, world: World, indicator: Indicator, communes: list[Unit], client_of: ClientOf
) -> None:
    chi, counts = client_of(world.chi), []
    make_figure(indicator, communes[0], 50)
    for extra in (0, 2):
        for n in range(extra):
            make_figure(indicator, make_unit(f"xa-{n}", kind=UnitKind.COMMUNE), 50 + n)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            chi.get(address(name, "5G"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_commune_is_named_shortly_on_a_tile(communes: list[Unit], world: World) -> None:
    assert [place_name(unit) for unit in communes] == ["Mường Kim", "Tân Phong"]
    assert place_name(world.unit_a) == world.unit_a.short_name
