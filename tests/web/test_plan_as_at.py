"""The page of a plan on a past day: both totals side by side, the same as CSV, and only what the reader may see."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import World, make_task, make_unit
from tests.factories.reorganising import make_change, make_handover, make_succession
from tiendo.accounts.models import User
from tiendo.plans.models import Plan

ClientOf = Callable[[User], Client]

MARCH = date(2025, 3, 1)


@pytest.fixture
def split(world: World, plan: Plan) -> None:
    board = make_unit("ban-moi", "Ban Quản lý số", valid_from=MARCH)
    first, _second = (make_task(plan, by=world.chi, lead=world.unit_a, title=f"Việc {n}") for n in (1, 2))
    change = make_change("split", MARCH)
    make_succession(world.unit_a, world.unit_b, change=change)
    make_handover(first, world.unit_a, board, change=change, by=world.chi)


@pytest.mark.usefixtures("split")
def test_both_totals_stand_side_by_side(world: World, plan: Plan, client_of: ClientOf) -> None:
    url = reverse("plans:plan-as-at", args=[plan.code])
    context = client_of(world.chi).get(url, {"ngay": "2025-02-28"}).context
    assert {each.unit.code: each.total for each in context["then"]} == {"so-xay-dung": 2}
    assert {each.unit.code: each.total for each in context["now"]} == {"so-y-te": 1, "ban-moi": 1}
    later = client_of(world.chi).get(url, {"ngay": "2025-03-01"}).context
    assert {each.unit.code: each.total for each in later["then"]} == {"so-y-te": 1, "ban-moi": 1}


@pytest.mark.usefixtures("split")
def test_a_row_names_the_other_units_only_where_they_differ(world: World, plan: Plan, client_of: ClientOf) -> None:
    url = reverse("plans:plan-as-at", args=[plan.code])

    def told(day: str) -> tuple[int, int, int]:
        page = client_of(world.chi).get(url, {"ngay": day}).content.decode()
        return page.count("Văn bản giao: Sở Xây dựng"), page.count("Hôm nay: "), page.count("<h2>Theo")

    assert told("2025-02-28") == (0, 2, 2)
    assert told("2025-03-01") == (2, 0, 1)


@pytest.mark.usefixtures("split")
def test_without_a_day_it_is_today_and_the_field_says_so(world: World, plan: Plan, client_of: ClientOf) -> None:
    page = client_of(world.chi).get(reverse("plans:plan-as-at", args=[plan.code]), {"page": "1"})
    assert page.context["found"].on == timezone.localdate()
    assert f'value="{timezone.localdate():%Y-%m-%d}"' in page.content.decode()


@pytest.mark.usefixtures("split")
def test_the_file_says_the_same_of_each_task(world: World, plan: Plan, client_of: ClientOf) -> None:
    url = reverse("plans:plan-as-at-file", args=[plan.code])
    text = client_of(world.chi).get(url, {"ngay": "2025-02-28"}).content.decode("utf-8-sig")
    rows = {row["Nhiệm vụ"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["Việc 1"]["Cơ quan đảm nhiệm ngày ấy"] == "Sở Xây dựng"
    assert rows["Việc 1"]["Cơ quan đảm nhiệm hôm nay"] == "Ban Quản lý số"
    assert rows["Việc 2"]["Cơ quan đảm nhiệm hôm nay"] == "Sở Y tế"


@pytest.mark.usefixtures("split")
def test_another_unit_counts_what_it_may_see_alone(world: World, plan: Plan, client_of: ClientOf) -> None:
    context = client_of(world.dung).get(reverse("plans:plan-as-at", args=[plan.code])).context
    assert {each.unit.code: each.total for each in context["then"]} == {"so-y-te": 1}


@pytest.mark.parametrize("asked", ["2999-01-01", "hôm qua"])
def test_a_day_that_is_none_or_to_come_is_refused(world: World, plan: Plan, client_of: ClientOf, asked: str) -> None:
    assert client_of(world.chi).get(reverse("plans:plan-as-at", args=[plan.code]), {"ngay": asked}).status_code == 422
