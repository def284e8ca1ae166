"""An open page of an indicator and the open overview hear of an accepted value at once and show it without a reload."""

import asyncio
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import NOON, World, make_indicator, make_target
from tests.factories.indicators import make_observation
from tiendo.accounts.models import User
from tiendo.audit.queries import head
from tiendo.indicators.actions.observing import accept_observations
from tiendo.indicators.models import Indicator, Observation
from tiendo.web.plans.live import CHANGED, EVERY, RETRY, Watch, news_since, stream

ClientOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(world: World) -> Indicator:
    made = make_indicator("CT-1", by=world.chi, owner=world.unit_a)
    make_target(made, 80, by=world.chi, due_on=date(2025, 12, 31))
    return made


@pytest.fixture
def waiting(world: World, indicator: Indicator) -> Observation:
    return make_observation(indicator, world.province, "37.5", by=world.an)


def accept(world: World, line: Observation) -> None:
    accept_observations(observations=[line.pk], doubtful=True, by=world.chi, at=NOON + timedelta(hours=1))


def test_the_page_asks_for_its_figures_again_and_gets_the_new_value(
    world: World, client_of: ClientOf, indicator: Indicator, waiting: Observation
) -> None:
    reader = client_of(world.dung)
    page = reader.get(reverse("indicators:indicator-detail", args=["CT-1"])).content.decode()
    part = re.search(
        r'<div id="figures" data-live-url="([^"]+)\?seen=(\d+)" hx-get="([^"]+)" hx-trigger="refresh">', page
    )
    assert part is not None
    assert part[1] == reverse("plans:overview-events")
    before = reader.get(part[3]).content.decode()
    accept(world, waiting)
    assert news_since(int(part[2]))[0]
    after = reader.get(part[3]).content.decode()
    assert "37,5" not in page + before
    assert "<b>37,5\xa0%</b>" in after
    assert "<html" not in after
    assert "Chưa đạt" in after


def test_the_open_overview_counts_it_anew(
    world: World, client_of: ClientOf, indicator: Indicator, waiting: Observation
) -> None:
    reader = client_of(world.decision_maker)
    before = reader.get(reverse("plans:overview-live")).context["board"].counted.aims
    accept(world, waiting)
    after = reader.get(reverse("plans:overview-live")).context["board"].counted.aims
    assert [row.figure.value for row in before.red] == []
    assert [str(row.figure.value) for row in after.red] == ["37.500000"]


def test_what_waits_or_comes_back_is_no_news(world: World, indicator: Indicator) -> None:
    seen = head().seq
    make_observation(indicator, world.province, 1, by=world.an)
    assert not news_since(seen)[0]


def test_an_open_page_hears_within_two_seconds(world: World, waiting: Observation) -> None:
    seen = head().seq
    accept(world, waiting)
    answer = news_since(seen)

    async def log(_seq: int) -> tuple[bool, int]:
        return (True, answer[1]) if loop_time() - began > 0.2 else (False, seen)

    async def story() -> list[str]:
        heard = []
        async for said in stream(Watch(log), seen):
            heard.append(said)
            if len(heard) == 2:
                break
        return heard

    async def timed() -> list[str]:
        nonlocal began
        began = loop_time()
        return await asyncio.wait_for(story(), 2)

    loop_time: Callable[[], float] = lambda: asyncio.get_running_loop().time()  # noqa: E731
    began = 0.0
    assert asyncio.run(timed()) == [RETRY, CHANGED]
    assert EVERY + 0.4 < 2  # one look of the poller, and the wait that keeps pages apart


def test_parts_that_are_missing_are_named_not_coded(world: World, client_of: ClientOf) -> None:
    staff = make_indicator(
        "CB", by=world.chi, unit_code="person", over_units="sum", measured_kinds=["department"], frequency="year"
    )
    accept(world, make_observation(staff, world.unit_a, 40, by=world.an))
    page = client_of(world.chi).get(reverse("indicators:indicator-detail", args=["CB"])).content.decode()
    told = re.search(r"Mới có 1 trên 5 phần; thiếu [^.<]*", page)
    assert told is not None
    assert "thanh-tra" not in told[0]
    assert world.inspection_unit.name in told[0]
