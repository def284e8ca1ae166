"""Counts of people too small for the public: kept back, and not to be worked out from what is left (R088).

The properties know nothing of how cells are chosen. They look for another world, other numbers in the base of the
table, in which everything published reads the same and the small count is another.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiendo.publication.small_counts import Cell, Told, kept_back

PROVINCE = "tinh"
LEAST = 5
Base = tuple[int, ...]
Table = dict[Cell, int]


def cells(values: Mapping[str, int | None], *, period: str = "2025", slice: str = "") -> list[Told]:
    """Communes with their values, and the province with their sum."""
    total = sum(value or 0 for value in values.values())
    told = [
        Told(unit, False, period, slice, None if value is None else Decimal(value)) for unit, value in values.items()
    ]
    return [Told(PROVINCE, True, period, slice, Decimal(total)), *told]


def back(
    told: list[Told],
    unit_code: str = "person",
    over_units: str = "sum",
    over_time: str = "sum",
    before: Mapping[Cell, Decimal | None] | None = None,
) -> set[Cell]:
    return kept_back(told, unit_code=unit_code, over_units=over_units, over_time=over_time, least=LEAST, before=before)


def names(found: set[Cell]) -> set[str]:
    return {unit for unit, _period, _slice in found}


def test_a_small_count_takes_its_neighbour_with_it() -> None:
    assert names(back(cells({"a": 3, "b": 40, "c": 12, "d": 7}))) == {"a", "b"}  # 62 − 40 − 12 − 7 would be 3
    assert names(back(cells({"a": 3, "b": 40, "c": 2, "d": 7}))) == {"a", "b", "c", "d"}


def test_the_last_of_an_odd_number_stands_with_two() -> None:
    assert names(back(cells({"a": 9, "b": 40, "c": 12, "d": 7, "e": 1}))) == {"c", "d", "e"}


def test_a_count_that_is_the_whole_takes_the_whole_with_it() -> None:
    assert names(back(cells({"a": 3}))) == {"a", PROVINCE}


def test_who_is_no_part_of_the_whole_is_exchanged_with_nobody() -> None:
    told = [*cells({"a": 30, "b": 40}), Told("so", False, "2025", "", Decimal(3), is_part=False)]
    assert names(back(told)) == {"so"}


@pytest.mark.parametrize("value", [0, LEAST, 900, None])
def test_nobody_and_many_are_published(value: int | None) -> None:
    assert back(cells({"a": value, "b": 40, "c": 12})) == set()


@pytest.mark.parametrize("unit_code", ["percent", "document", "dong"])
def test_what_counts_no_people_is_published(unit_code: str) -> None:
    assert back(cells({"a": 3, "b": 40}), unit_code=unit_code) == set()


def test_thousands_are_people_too() -> None:
    told = [Told("a", False, "2025", "", Decimal("0.004")), Told("b", False, "2025", "", Decimal("0.005"))]
    assert names(back(told, unit_code="thousand_person", over_units="none")) == {"a"}


def test_the_value_at_the_end_of_a_year_is_the_years() -> None:
    told = [Told("a", False, period, "", Decimal(value)) for period, value in (("2025-Q1", 3), ("2025-Q4", 9))]
    year = Told("a", False, "2025", "", Decimal(9))
    assert back([*told, year], over_units="none", over_time="last") == {("a", "2025-Q1", "")}
    assert ("a", "2025", "") in back([*told[:1], Told("a", False, "2025", "", Decimal(3))], over_time="last")


def test_what_was_kept_back_once_stays_so() -> None:
    before = {("a", "2025", ""): None, ("b", "2025", ""): None, ("c", "2025", ""): Decimal(12)}
    assert names(back(cells({"a": 9, "b": 40, "c": 12, "d": 8}), before=before)) == {"a", "b"}


def test_what_was_published_and_is_the_same_still_hides_nothing() -> None:
    """b read 40 in the last release, so b tells nobody that it hides: c, whose value is new, does."""
    before = {("a", "2025", ""): Decimal(7), ("b", "2025", ""): Decimal(40), ("c", "2025", ""): Decimal(11)}
    assert names(back(cells({"a": 3, "b": 40, "c": 12, "d": 8}), before=before)) == {"a", "c"}
    alone = {("a", "2025", ""): Decimal(7), ("b", "2025", ""): Decimal(40)}
    assert names(back(cells({"a": 3, "b": 40}), before=alone)) == {"a", PROVINCE}


# Whoever knows the rule as well as we do -----------------------------------------------------------------------------


@pytest.mark.parametrize("units", [1, 2, 3, 4])
def test_even_who_knows_the_rule_cannot_tell_a_small_count(units: int) -> None:
    """Every world there is, put together with those that publish the same: no small count is alone among them."""
    alike: dict[object, list[Base]] = defaultdict(list)
    for values in product(range(8 if units < 4 else 6), repeat=units):
        told = cells({"abcd"[place]: value for place, value in enumerate(values)})
        hidden = back(told)
        alike[tuple((each.cell, None if each.cell in hidden else each.value) for each in told)].append(values)
    for published, worlds in alike.items():
        for place in range(units):
            possible = {world[place] for world in worlds}
            assert len(possible) > 1 or not 0 < min(possible) < LEAST, (published, worlds)


# Whatever sums up to whatever ----------------------------------------------------------------------------------------


def others(base: Base) -> Iterator[Base]:
    """The base with up to one person more or less everywhere."""
    for by in product((-1, 0, 1), repeat=len(base)):
        world = tuple(value + more for value, more in zip(base, by, strict=True))
        if any(by) and min(world) >= 0:
            yield world


def told_of(table: Table) -> list[Told]:
    return [Told(cell[0], cell[0] == PROVINCE, *cell[1:], Decimal(value)) for cell, value in table.items()]


def given_away(
    base: Base, tables: Sequence[tuple[Table, set[Cell]]], others_of: Sequence[Sequence[Table]]
) -> set[Cell]:
    """Small counts that read the same in every world that publishes the same."""
    worlds = [
        world
        for world in others_of
        if all(
            there[cell] == value
            for (table, hidden), there in zip(tables, world, strict=True)
            for cell, value in table.items()
            if cell not in hidden
        )
    ]
    return {
        cell
        for place, (table, hidden) in enumerate(tables)
        for cell, value in table.items()
        if 0 < value < LEAST and not (cell[0] == PROVINCE and not cell[2])
        if all(world[place][cell] == value for world in worlds)
    }


def quarters(base: Base) -> Table:
    """Three communes over two quarters, their year and the province."""
    table = dict(zip(product("abc", ("2025-Q1", "2025-Q2"), ("",)), base, strict=True))
    for unit in "abc":
        table[unit, "2025", ""] = table[unit, "2025-Q1", ""] + table[unit, "2025-Q2", ""]
    for period in ("2025-Q1", "2025-Q2", "2025"):
        table[PROVINCE, period, ""] = sum(table[unit, period, ""] for unit in "abc")
    return table


def halves(base: Base) -> Table:
    """Two communes over three months, with quarter, half and year."""
    months = ("2025-M01", "2025-M02", "2025-M04")
    table = dict(zip(product("ab", months, ("",)), base, strict=True))
    for unit in "ab":
        early, late = table[unit, months[0], ""] + table[unit, months[1], ""], table[unit, months[2], ""]
        table |= {(unit, "2025-Q1", ""): early, (unit, "2025-Q2", ""): late}
        table |= {(unit, "2025-H1", ""): early + late, (unit, "2025", ""): early + late}
    for period in (*months, "2025-Q1", "2025-Q2", "2025-H1", "2025"):
        table[PROVINCE, period, ""] = sum(table[unit, period, ""] for unit in "ab")
    return table


def breakdowns(base: Base) -> Table:
    """Two communes by sex and, apart from it, by age; the base is both at once."""
    marks = list(product(("gioi=nam", "gioi=nữ"), ("tuoi=già", "tuoi=trẻ")))
    of = dict(zip(product("ab", marks), base, strict=True))
    table: Table = {}
    for unit in "ab":
        table[unit, "2025", ""] = sum(of[unit, each] for each in marks)
        for mark in ("gioi=nam", "gioi=nữ", "tuoi=già", "tuoi=trẻ"):
            table[unit, "2025", mark] = sum(of[unit, each] for each in marks if mark in each)
    for mark in ("", "gioi=nam", "gioi=nữ", "tuoi=già", "tuoi=trẻ"):
        table[PROVINCE, "2025", mark] = table["a", "2025", mark] + table["b", "2025", mark]
    return table


@pytest.mark.parametrize("shape", [quarters, halves])
@settings(max_examples=50)
@given(base=st.tuples(*[st.integers(0, 12)] * 6))
def test_units_and_periods_together_give_no_small_count_away(shape: object, base: Base) -> None:
    assert callable(shape)
    table = shape(base)
    hidden = back(told_of(table))
    assert {cell for cell, value in table.items() if 0 < value < LEAST and cell[0] != PROVINCE} <= hidden
    assert given_away(base, [(table, hidden)], [[shape(world)] for world in others(base)]) == set()


@settings(max_examples=15)
@given(base=st.tuples(*[st.integers(0, 9)] * 8))
def test_breakdowns_and_units_together_give_no_small_count_away(base: Base) -> None:
    table = breakdowns(base)
    hidden = back(told_of(table))
    assert given_away(base, [(table, hidden)], [[breakdowns(world)] for world in others(base)]) == set()


def years(base: Base) -> Table:
    table = {(unit, "2025", ""): value for unit, value in zip("abc", base, strict=True)}
    return {**table, (PROVINCE, "2025", ""): sum(base)}


@given(first=st.tuples(*[st.integers(0, 9)] * 3), later=st.tuples(*[st.none() | st.integers(0, 9)] * 3))
def test_one_release_after_another_gives_no_small_count_away(first: Base, later: tuple[int | None, ...]) -> None:
    """What was not revised is known to be the same in both."""
    second = tuple(was if now is None else now for was, now in zip(first, later, strict=True))
    hidden = back(told_of(years(first)))
    before = {cell: None if cell in hidden else Decimal(value) for cell, value in years(first).items()}
    hidden_then = back(told_of(years(second)), before=before)
    stays = [was == now for was, now in zip(first, second, strict=True)]
    worlds = [
        [years(one), years(other)]
        for one, other in product([first, *others(first)], [second, *others(second)])
        if all(a == b for a, b, same in zip(one, other, stays, strict=True) if same)
    ]
    assert hidden <= hidden_then
    assert given_away(first, [(years(first), hidden), (years(second), hidden_then)], worlds) == set()
