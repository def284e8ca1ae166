"""Counts of people too small for the public: kept back, and not to be worked out from what is left (R088)."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.publication.small_counts import Cell, Told, kept_back

PROVINCE = "tinh"
LEAST = 5


def cells(values: Mapping[str, int | None], *, period: str = "2025", slice: str = "") -> list[Told]:
    """Communes with their values, and the province with their sum."""
    total = sum(value or 0 for value in values.values())
    told = [
        Told(unit, False, period, slice, None if value is None else Decimal(value)) for unit, value in values.items()
    ]
    return [Told(PROVINCE, True, period, slice, Decimal(total)), *told]


def back(told: list[Told], unit_code: str = "person", over_time: str = "sum") -> set[Cell]:
    return kept_back(told, unit_code=unit_code, over_units="sum", over_time=over_time, least=LEAST)


def names(found: set[Cell]) -> set[str]:
    return {unit for unit, _period, _slice in found}


def test_a_small_count_is_kept_back_and_so_is_what_would_give_it_away() -> None:
    assert names(back(cells({"a": 3, "b": 40, "c": 12}))) == {"a", "c"}  # 55 − 40 − 12 would be 3
    assert names(back(cells({"a": 3, "b": 40, "c": 2}))) == {"a", "c"}


@pytest.mark.parametrize("value", [0, LEAST, 900, None])
def test_nobody_and_many_are_published(value: int | None) -> None:
    assert back(cells({"a": value, "b": 40, "c": 12})) == set()


@pytest.mark.parametrize("unit_code", ["percent", "document", "dong"])
def test_what_counts_no_people_is_published(unit_code: str) -> None:
    assert back(cells({"a": 3, "b": 40}), unit_code=unit_code) == set()


def test_thousands_are_people_too() -> None:
    told = [Told("a", False, "2025", "", Decimal("0.004")), Told("b", False, "2025", "", Decimal("0.005"))]
    assert names(back(told, unit_code="thousand_person")) == {"a"}


def test_a_part_of_a_breakdown_takes_a_second_one_with_it() -> None:
    parts = {"gioi=nam": 30, "gioi=nữ": 3, "tuoi=trẻ": 20, "tuoi=già": 13}
    told = [Told(PROVINCE, True, "2025", slice, Decimal(value)) for slice, value in ({"": 33} | parts).items()]
    assert {slice for _unit, _period, slice in back(told)} == {"gioi=nam", "gioi=nữ"}


def test_months_give_a_year_away_and_a_year_its_months() -> None:
    months = [
        Told("a", False, f"2025-Q{part}", "", Decimal(value)) for part, value in ((1, 3), (2, 20), (3, 30), (4, 9))
    ]
    year = Told("a", False, "2025", "", Decimal(62))
    assert {period for _unit, period, _slice in back([*months, year])} == {"2025-Q1", "2025-Q4"}


@given(st.lists(st.integers(0, 30), min_size=2, max_size=6))
def test_no_small_count_is_left_alone_to_be_subtracted(values: list[int]) -> None:
    told = cells({str(place): value for place, value in enumerate(values)})
    hidden = names(back(told))
    small = {str(place) for place, value in enumerate(values) if 0 < value < LEAST}
    assert small <= hidden
    assert len(hidden) != 1
    assert PROVINCE not in hidden


@given(st.lists(st.integers(0, 12), min_size=6, max_size=6))
def test_units_and_quarters_together_leave_no_sum_with_one_part_missing(values: list[int]) -> None:
    grid = dict(zip(product("abc", ("2025-Q1", "2025-Q2")), values, strict=True))
    told = [Told(unit, False, period, "", Decimal(value)) for (unit, period), value in grid.items()]
    for unit in "abc":
        told.append(Told(unit, False, "2025", "", Decimal(grid[unit, "2025-Q1"] + grid[unit, "2025-Q2"])))
    for period in ("2025-Q1", "2025-Q2", "2025"):
        of = [each for each in told if each.period == period]
        told.append(Told(PROVINCE, True, period, "", sum((each.value or Decimal(0) for each in of), Decimal(0))))
    hidden = back(told)
    for period in ("2025-Q1", "2025-Q2", "2025"):
        assert sum(each == period for _unit, each, _slice in hidden) != 1
    for unit in "abc":
        quarters = sum((unit, f"2025-Q{part}", "") in hidden for part in (1, 2))
        assert quarters != (0 if (unit, "2025", "") in hidden else 1)
