"""The past of a unit of today: joined from those it is made of where the indicator's rule allows it, else said why."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOON, World, make_figure, make_indicator, make_observation, make_unit, make_user
from tests.factories.changing import CHANGED_ON, make_change
from tiendo.accounts.models import Role, User
from tiendo.indicators.actions.refreshing import refresh_all
from tiendo.indicators.ledger import entry_cells, is_owed_by, periods_of, recording_units
from tiendo.indicators.models import Figure, Indicator, Passport
from tiendo.indicators.spans import span_of
from tiendo.indicators.todays import Past, pasts
from tiendo.orgs.models import Unit
from tiendo.orgs.succession import Link, roots
from tiendo.plans.actions.handing import undo_reorganisation

TODAY = NOON.date()
A, B, C, D = 1, 2, 3, 4
DAY = timedelta(days=1)
JULY = date(2025, 7, 1)
MARCH = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("links", "whole", "divided"),
    [
        ([], {D}, set()),
        ([Link(A, D, MARCH), Link(B, D, MARCH)], {A, B, D}, set()),
        ([Link(A, B, MARCH), Link(B, D, JULY)], {A, B, D}, set()),
        ([Link(A, D, MARCH), Link(A, C, MARCH, False)], {D}, {A}),
        ([Link(A, D, MARCH, False)], {D}, {A}),  # A goes on beside it
        ([Link(D, A, MARCH, False)], set(), {D}),
        ([Link(A, B, MARCH), Link(B, D, JULY), Link(B, C, JULY, False)], {D}, {A, B}),
        ([Link(B, C, MARCH, False), Link(A, B, JULY - DAY), Link(B, D, JULY)], {A, D}, {B}),  # A came after B gave
        ([Link(C, D, MARCH, False), Link(A, C, JULY)], {D}, {C}),  # A came after D had left
    ],
)
def test_a_unit_is_made_of_all_that_came_to_it_undivided(links: list[Link], whole: set[int], divided: set[int]) -> None:
    found = roots(D, date(2024, 12, 31), TODAY, links)
    assert (found.whole, found.divided) == (whole, divided)


def test_links_of_before_and_of_after_are_none_of_it() -> None:
    links = [Link(A, D, MARCH), Link(B, D, TODAY + DAY)]
    assert roots(D, MARCH, TODAY, links).whole == {D}


def by_unit(world: World, code: str = "HSTT", **fields: object) -> Indicator:
    values = {"measured_kinds": ["department"], "first_period": "2024"} | fields
    return make_indicator(code, by=world.chi, **values)


def past_of(indicator: Indicator, unit: str, user: User) -> list[tuple[str, Decimal | None, str]]:
    """Period, value and reason of each line of the unit."""
    passport = Passport.objects.in_force().get(indicator=indicator)
    figures = Figure.objects.visible_to(user)
    found: list[Past] = pasts(passport, [Unit.objects.get(code=unit)], figures, on=TODAY)
    return [(each.period, each.today.value, each.today.why or "") for each in found]


@pytest.mark.parametrize(
    ("rule", "value", "why"),
    [
        ("sum", 100, ""),
        ("max", 60, ""),
        ("min", 40, ""),
        ("weighted", 55, ""),
        ("ratio", 25, ""),
        ("mean", None, "không cộng gộp được số của Sở Xây dựng, Sở Y tế"),
        ("last", None, "không cộng gộp được"),
        ("none", None, "không cộng gộp được"),
    ],
)
def test_a_merged_unit_is_joined_by_the_rule_of_the_indicator(
    world: World, rule: str, value: int | None, why: str
) -> None:
    beside = {name: by_unit(world, name) for name in ("W", "TU", "MAU")}
    for name, numbers in (("W", (1, 3)), ("TU", (10, 40)), ("MAU", (100, 100))):
        for unit, number in zip((world.unit_a, world.unit_b), numbers, strict=True):
            make_figure(beside[name], unit, number)
    sides = {"numerator": beside["TU"], "denominator": beside["MAU"]} if rule == "ratio" else {}
    indicator = by_unit(world, over_units=rule, weight=beside["W"] if rule == "weighted" else None, **sides)
    make_figure(indicator, world.unit_a, 40)
    make_figure(indicator, world.unit_b, 60)
    make_change("merge", world.unit_a, world.unit_b, to=("so-moi",))
    [(period, found, told)] = past_of(indicator, "so-moi", world.chi)
    assert (period, found) == ("2025", None if value is None else Decimal(value))
    assert why in told


def test_a_part_that_told_nothing_leaves_no_value_and_is_named(world: World) -> None:
    indicator = by_unit(world, over_units="sum")
    make_figure(indicator, world.unit_a, 40)
    make_change("merge", world.unit_a, to=(world.unit_b,))
    [(_period, value, why)] = past_of(indicator, "so-y-te", world.chi)
    assert value is None
    assert "Sở Y tế" in why


def test_of_a_unit_that_split_nobody_knows_how_much_went_where(world: World) -> None:
    indicator = by_unit(world, over_units="sum")
    make_figure(indicator, world.unit_a, 40)
    make_change("split", world.unit_a, to=("cuc-mot", "cuc-hai"))
    for code in ("cuc-mot", "cuc-hai"):
        [(_period, value, why)] = past_of(indicator, code, world.chi)
        assert value is None
        assert "Sở Xây dựng đã chia, tách" in why


def test_a_unit_under_another_name_keeps_its_figures_as_they_are(world: World) -> None:
    indicator = by_unit(world, over_units="mean")
    make_figure(indicator, world.unit_a, 40)
    make_change("rename", world.unit_a, to=("so-moi",))
    assert past_of(indicator, "so-moi", world.chi) == [("2025", Decimal(40), "")]


def test_nothing_stored_changes_and_an_undo_takes_the_view_away(world: World) -> None:
    indicator = by_unit(world, over_units="sum")
    for unit, number in ((world.unit_a, 40), (world.unit_b, 60)):
        make_observation(indicator, unit, number, by=world.an, accepted_by=world.chi)
    refresh_all(at=NOON)
    before = list(Figure.objects.order_by("pk").values())
    change = make_change("merge", world.unit_a, to=(world.unit_b,))
    assert past_of(indicator, "so-y-te", world.chi) == [("2025", Decimal(100), "")]
    refresh_all(at=NOON + DAY)
    assert list(Figure.objects.order_by("pk").values()) == before
    undo_reorganisation(change=change, reason="Nhầm", by=world.chi, at=NOON)
    assert past_of(indicator, "so-y-te", world.chi) == []


def test_others_are_told_nothing(world: World) -> None:
    indicator = by_unit(world, over_units="sum")
    make_figure(indicator, world.unit_a, 40)
    make_change("rename", world.unit_a, to=("so-moi",))
    assert past_of(indicator, "so-moi", world.dung) == []


def owed(user: User, unit: Unit) -> list[str]:
    cells = entry_cells(user, Unit.objects.get(pk=unit.pk), on=TODAY)
    return sorted(each.span.code for each in periods_of(cells, on=TODAY) if each.open)


def test_what_is_to_be_entered_follows_the_units_of_each_period(world: World) -> None:
    """The old unit still owes its last period, entered by its successor's people under its name; the new one owes
    nothing of before it stood."""
    by_unit(world, over_units="sum", frequency="half", first_period="2025-H1")
    make_change("merge", world.unit_a, world.unit_b, to=("so-moi",))
    new = Unit.objects.get(code="so-moi")
    heir = make_user("moi", new, Role.OFFICER)
    units = list(recording_units(heir, on=TODAY))
    assert {unit.code for unit in units} == {"so-xay-dung", "so-y-te", "so-moi"}
    assert owed(heir, world.unit_a) == ["2025-H1", "2025-H2"]
    assert owed(heir, new) == ["2026-H1", "2026-H2"]
    assert not recording_units(world.an, on=TODAY).filter(pk=world.unit_a.pk).exists()


def test_a_change_still_to_come_moves_nothing_yet(world: World) -> None:
    by_unit(world, over_units="sum", first_period="2026")
    make_change("rename", world.unit_a, to=("so-moi",), on=TODAY + 9 * DAY)
    old, new = Unit.objects.get(pk=world.unit_a.pk), Unit.objects.get(code="so-moi")
    assert is_owed_by(old, span_of("2026"), on=TODAY)
    codes = {each.code for each in recording_units(world.chi, on=TODAY)}
    assert "so-xay-dung" in codes
    assert "so-moi" not in codes
    assert not is_owed_by(new, span_of("2025"), on=TODAY)


def test_the_successor_of_the_owner_enters_what_comes_next(world: World) -> None:
    make_indicator("TOANTINH", by=world.chi, owner=world.unit_a, first_period="2025")
    make_change("merge", world.unit_a, to=(world.unit_b,))
    assert [each.code for each in recording_units(world.dung, on=TODAY)] == [world.province.code]
    assert owed(world.dung, world.province) == ["2025", "2026"]
    assert owed(world.an, world.province) == []


def test_the_list_and_its_filter_name_who_answers_for_the_owner_today(world: World, client_of: "ClientOf") -> None:
    make_indicator("TOANTINH", by=world.chi, owner=world.unit_a)
    make_change("merge", world.unit_a, to=(world.unit_b,))
    client = client_of(world.chi)
    for code, number in (("so-y-te", 1), ("so-xay-dung", 0)):
        page = client.get(reverse("indicators:indicator-list"), {"owner": code})
        found = [
            row for _words, rows in page.context["groups"] for row in rows if page.context["form"].asked.get("owner")
        ]
        assert [row.owner for row in found] == [world.unit_b] * number
    detail = client.get(reverse("indicators:indicator-detail", args=["TOANTINH"])).content.decode()
    assert "nay là" in detail


ClientOf = Callable[[User], Client]


def test_the_page_of_a_unit_tells_both_views(world: World, client_of: ClientOf) -> None:
    indicator = by_unit(world, over_units="sum")
    make_figure(indicator, world.unit_a, 40)
    make_figure(indicator, world.unit_b, 60)
    make_change("merge", world.unit_a, to=(world.unit_b,), on=CHANGED_ON)
    client, address = client_of(world.dung), reverse("indicators:indicator-unit", args=["HSTT", "so-y-te"])
    page = client.get(address)
    [row] = page.context["pasts"]
    assert ([value for _unit, value in row.then], row.value) == (["40\xa0%", "60\xa0%"], "100\xa0%")
    assert "100\xa0%" in page.context["chart"].told
    assert "100\xa0%" not in client.get(address, {"xem": "khi-do"}).context["chart"].told
    old = client.get(reverse("indicators:indicator-unit", args=["HSTT", "so-xay-dung"]))
    assert "Đơn vị kết thúc từ 01/03/2026" in old.content.decode()


def test_all_units_of_a_period_stand_under_both_names_in_as_many_queries_for_three(
    world: World, client_of: ClientOf
) -> None:
    indicator = by_unit(world, over_units="sum")
    counts = []
    for number in range(1, 4):
        old = make_unit(f"cu-{number}")
        make_figure(indicator, old, number)
        make_change("rename", old, to=(f"moi-{number}",))
        with CaptureQueriesContext(connection) as asked:
            page = client_of(world.chi).get(reverse("indicators:indicator-units", args=["HSTT"]))
        assert len(page.context["pasts"]) == number
        counts.append(len(asked))
    assert counts[1] == counts[2]
