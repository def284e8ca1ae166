"""Where each indicator stands, for lists: one newest figure each, counted as shown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World, make_figure, make_indicator, make_target
from tiendo.indicators.models import Indicator
from tiendo.indicators.standing import standings, state_counts, with_standing

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)


def test_the_newest_figure_of_the_whole_in_the_passports_own_frequency_speaks(world: World) -> None:
    quarterly = make_indicator("Q", by=world.chi, frequency="quarter", first_period="2026-Q1")
    for period, day, state in (
        ("2025-Q4", date(2025, 12, 31), "met"),
        ("2026-Q1", date(2026, 3, 31), "not_met"),
        ("2026", date(2026, 12, 31), "on_track"),
    ):
        make_figure(quarterly, world.province, 5, period=period, period_end=day, state=state)
    make_figure(quarterly, world.unit_a, 5, period="2026-Q2", period_end=date(2026, 6, 30), state="met")
    make_figure(quarterly, world.province, 5, period="2026-Q2", period_end=date(2026, 6, 30), slice="x=1", state="met")
    [row] = standings(with_standing(Indicator.objects.all()), on=TODAY)
    assert row.figure is not None
    assert (row.figure.period, row.state) == ("2026-Q1", "not_met")


@pytest.mark.parametrize(
    ("frequency", "period", "first"),
    [("year", "2025", "2025"), ("half", "2025-H2", "2025-H2"), ("month", "2025-M12", "2025-M12")],
)
def test_each_frequency_finds_its_own_periods(world: World, frequency: str, period: str, first: str) -> None:
    indicator = make_indicator(by=world.chi, frequency=frequency, first_period=first)
    for code in ("2025", "2025-H2", "2025-Q4", "2025-M12"):
        make_figure(indicator, world.province, 5, period=code)
    [row] = standings(with_standing(Indicator.objects.all()), on=TODAY)
    assert row.figure is not None
    assert row.figure.period == period


def test_without_a_figure_there_is_no_data_and_what_is_late_is_named(world: World) -> None:
    make_indicator(by=world.chi, frequency="quarter", first_period="2025-Q4", lag_days=30)
    [row] = standings(with_standing(Indicator.objects.all()), on=TODAY)
    assert (row.state, row.figure, row.end) == ("no_data", None, None)
    assert [span.code for span in row.missing] == ["2025-Q4", "2026-Q1"]
    assert (row.awaited.code, row.awaited_by) == ("2026-Q2", date(2026, 7, 30))


def test_an_indicator_told_by_unit_alone_owes_no_figure_of_the_whole(world: World) -> None:
    make_indicator(by=world.chi, measured_kinds=["department"], over_units="none")
    [row] = standings(with_standing(Indicator.objects.all()), on=TODAY)
    assert row.missing == ()


def test_the_end_is_the_last_one_in_force(world: World) -> None:
    indicator = make_indicator(by=world.chi)
    make_target(indicator, 70, by=world.chi, purpose="path", due_on=date(2031, 12, 31))
    make_target(indicator, 80, by=world.chi)
    make_target(indicator, 60, by=world.chi, due_on=date(2028, 12, 31))
    make_target(indicator, 99, by=world.chi, unit=world.unit_a)
    [row] = standings(with_standing(Indicator.objects.all()), on=TODAY)
    assert row.end_text == "≥ 80"


def test_counts_equal_the_rows_they_count(world: World) -> None:
    for state in ("met", "not_met", "not_met"):
        make_figure(make_indicator(by=world.chi), world.province, 5, state=state)
    make_indicator(by=world.chi)
    counts = state_counts(Indicator.objects.all())
    assert counts == {"met": 1, "not_met": 2, "no_data": 1}
    rows = with_standing(Indicator.objects.all())
    assert {state: len(rows.filter(state=state)) for state in counts} == counts  # type: ignore[misc]


def test_three_rows_cost_as_many_queries_as_one(world: World) -> None:
    costs = []
    for _time in range(3):
        make_figure(make_indicator(by=world.chi), world.province, 5)
        with CaptureQueriesContext(connection) as asked:
            standings(with_standing(Indicator.objects.all()), on=TODAY)
        costs.append(len(asked))
    assert len(set(costs)) == 1
