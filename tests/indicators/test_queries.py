"""What faces read of figures, and what they must not see."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World
from tests.factories.indicators import make_indicator, make_source, make_target
from tests.indicators.test_refreshing import COUNT, accept
from tiendo.indicators import queries
from tiendo.indicators.models import Indicator
from tiendo.indicators.readings import Alarm
from tiendo.indicators.states import Presence, State, Status

TODAY = date(2026, 7, 1)


@pytest.fixture
def trained(world: World) -> Indicator:
    """Trained staff over all staff by department, 100 % by the end of 2025 (R078)."""
    made = make_indicator("DT", by=world.chi, measured_kinds=["department"], over_units="mean", lag_days=30)
    make_target(made, 100, by=world.chi, due_on=date(2025, 12, 31))
    return made


def test_a_unit_s_readings_say_what_is_there_what_is_missing_and_what_comes(world: World, trained: Indicator) -> None:
    quarterly = make_indicator("QUY", by=world.chi, **COUNT | {"first_period": "2026-Q1", "lag_days": 30})
    accept(world, trained, world.unit_a, 90)
    first, second = queries.readings_of_unit(world.an, world.unit_a, on=TODAY)
    assert (first.code, first.period, first.value, first.state) == ("DT", "2025", Decimal(90), State.NOT_MET)
    assert (first.presence, first.awaited, first.awaited_on) == (Presence.VALUE, "2026", date(2027, 1, 30))
    assert first.goal is not None
    assert (first.goal.text, first.goal.due_on) == ("≥ 100", date(2025, 12, 31))
    assert (second.code, second.presence, second.state) == ("QUY", Presence.MISSING, State.NO_DATA)
    assert (second.awaited, second.awaited_on) == ("2026-Q1", date(2026, 4, 30))
    accept(world, quarterly, world.unit_a, 5, "2026-Q1")
    again = queries.readings_of_unit(world.an, world.unit_a, on=TODAY)[1]
    assert (again.presence, again.awaited, again.value) == (Presence.VALUE, "2026-Q2", Decimal(5))


def test_what_adds_up_is_read_by_the_year(world: World) -> None:
    flow = make_indicator("LUY", by=world.chi, over_time="sum", **COUNT)
    make_target(flow, 10, by=world.chi, due_on=date(2025, 12, 31))
    for quarter in (1, 2):
        accept(world, flow, world.unit_a, 3, f"2025-Q{quarter}")
    (row,) = queries.readings_of_unit(world.an, world.unit_a, on=TODAY)
    assert (row.period, row.value, row.state) == ("2025", Decimal(6), State.NOT_MET)
    assert [str(flag) for flag in row.flags] == ["Mới có 2 trên 4 phần; thiếu 2025-Q3, 2025-Q4."]


def test_parts_of_a_breakdown_with_their_own_targets_are_read_one_by_one(world: World) -> None:
    slices = [{"code": "pham-vi", "name": "Phạm vi", "values": ["ASEAN", "thế giới"]}]
    rank = make_indicator("HANG", by=world.chi, unit_code="rank", direction="down", slices=slices)
    make_target(rank, 3, by=world.chi, comparator="le", category="ASEAN")
    accept(world, rank, world.province, 4, slice="pham-vi=ASEAN")
    (row,) = queries.readings_of_unit(world.chi, world.province, on=TODAY)
    assert (row.slice, row.state, row.goal and row.goal.text) == ("pham-vi=ASEAN", State.NOT_MET, "≤ 3")


def test_units_below_their_target_by_unit(world: World, trained: Indicator) -> None:
    accept(world, trained, world.unit_a, 99)
    accept(world, trained, world.unit_b, 100)
    accept(world, trained, world.finance_unit, 40)
    rows = queries.units_below(world.chi, trained, on=TODAY)
    assert [row.unit_name for row in rows[:2]] == ["Sở Tài chính", "Sở Xây dựng"]
    assert {row.unit_name for row in rows[2:]} == {"Sở Khoa học và Công nghệ", "Thanh tra tỉnh"}
    assert all(row.presence is Presence.MISSING for row in rows[2:])
    of_2025 = queries.units_below(world.chi, trained, on=TODAY, period="2025")
    assert [row.unit_name for row in of_2025] == [row.unit_name for row in rows]


def test_the_overview_says_what_is_red_and_why(world: World, trained: Indicator) -> None:
    strives = make_indicator("PD", by=world.chi, firmness="aspirational")
    make_target(strives, 50, by=world.chi, firmness="aspirational")
    make_indicator("THIEU", by=world.chi, first_period="2024")
    met = make_indicator("DAT", by=world.chi)
    make_target(met, 50, by=world.chi)
    accept(world, trained, world.unit_a, 90)
    accept(world, strives, world.province, 10)
    accept(world, met, world.province, 50)
    found = queries.overview(world.decision_maker, world.province, on=TODAY)
    assert [(alarm, row.code) for alarm, row in found.alarms] == [
        (Alarm.MISSED, "DT"), (Alarm.MISSING, "THIEU"), (Alarm.ASPIRED, "PD"),
    ]  # fmt: skip
    assert found.states[State.MET] == 1
    assert found.total == 4


def test_a_series_shows_each_period_with_what_it_replaced(world: World) -> None:
    sector = make_source("nganh", "CSDL ngành")
    phones = make_indicator("5G", by=world.chi, source=sector)
    accept(world, phones, world.province, 60, status="estimate", source=sector)
    accept(world, phones, world.province, 58, source=sector)
    accept(world, phones, world.province, 70, "2026", source=sector)
    first, second = queries.series_of(world.chi, phones, world.province)
    assert (first.period, first.value, first.status) == ("2025", Decimal(58), Status.OFFICIAL)
    assert [(each.status, each.value, each.is_current) for each in first.revisions] == [
        (Status.ESTIMATE, Decimal(60), False), (Status.OFFICIAL, Decimal(58), True),
    ]  # fmt: skip
    assert (second.period, second.value) == ("2026", Decimal(70))


def test_another_unit_sees_nothing_of_it_but_the_whole(world: World, trained: Indicator) -> None:
    accept(world, trained, world.unit_a, 90)
    assert queries.readings_of_unit(world.dung, world.unit_a, on=TODAY) == []
    assert queries.series_of(world.dung, trained, world.unit_a) == []
    assert {row.unit for row in queries.readings_of_indicator(world.dung, trained, on=TODAY)} == {world.unit_b.pk}
    (whole,) = queries.readings_of_unit(world.dung, world.province, on=TODAY)
    assert whole.value == 90
    (point,) = queries.series_of(world.dung, trained, world.province)
    assert point.revisions == ()


@pytest.mark.parametrize("name", ["an", "binh", "chi", "decision_maker", "inspector"])
def test_a_unit_and_those_who_read_everything_see_it(world: World, trained: Indicator, name: str) -> None:
    accept(world, trained, world.unit_a, 90)
    user = getattr(world, name)
    assert [row.value for row in queries.readings_of_unit(user, world.unit_a, on=TODAY)] == [Decimal(90)]
    assert [point.value for point in queries.series_of(user, trained, world.unit_a)] == [Decimal(90)]


def test_the_owner_of_an_indicator_sees_every_unit_of_it(world: World) -> None:
    owned = make_indicator("CUA-B", by=world.chi, owner=world.unit_b, measured_kinds=["department"])
    accept(world, owned, world.unit_a, 90)
    assert [row.value for row in queries.readings_of_unit(world.dung, world.unit_a, on=TODAY)] == [Decimal(90)]


def test_somebody_who_left_sees_nothing(world: World, trained: Indicator) -> None:
    accept(world, trained, world.unit_a, 90)
    world.an.is_active = False
    assert queries.readings_of_unit(world.an, world.unit_a, on=TODAY) == []


def test_the_number_of_queries_does_not_grow_with_the_rows(world: World) -> None:
    def count() -> list[int]:
        counts = []
        reads: list[Any] = [
            lambda: queries.overview(world.chi, world.unit_a, on=TODAY),
            lambda: queries.units_below(world.chi, first, on=TODAY),
            lambda: queries.series_of(world.chi, first, world.unit_a),
        ]
        for read in reads:
            with CaptureQueriesContext(connection) as found:
                read()
            counts.append(len(found))
        return counts

    assert world.chi.access.reads_everything
    first = make_indicator("A", by=world.chi, measured_kinds=["department"])
    make_target(first, 5, by=world.chi)
    accept(world, first, world.unit_a, 1)
    before = count()
    for code in ("B", "C"):
        more = make_indicator(code, by=world.chi, measured_kinds=["department"])
        make_target(more, 5, by=world.chi)
        for unit in (world.unit_a, world.unit_b):
            accept(world, more, unit, 1)
            accept(world, first, unit, 2, "2026")
    assert count() == before
    assert max(before) <= 3
