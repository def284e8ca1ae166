"""Totals, rates and what is odd, exactly on each limit and beside it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.budget.money import Flag, Kind, Line, NoRate, Rate, Sums, fell, flags_of, rate_of, sums_of, total_of

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
amounts = st.integers(0, 10**15).map(Decimal)
maybe = st.none() | amounts
lines = st.builds(Line, st.sampled_from(Kind), amounts, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
cells = st.builds(Sums, maybe, maybe, maybe)


def cell(planned: int | None = None, allocated: int | None = None, disbursed: int | None = None) -> Sums:
    return Sums(*(None if amount is None else Decimal(amount) for amount in (planned, allocated, disbursed)))


def test_what_nobody_entered_is_not_zero() -> None:
    found = sums_of([Line(Kind.ALLOCATED, Decimal(0), MARCH)])
    assert (found.planned, found.allocated, found.disbursed) == (None, Decimal(0), None)


def test_days_of_a_sum_reach_from_the_first_to_the_last() -> None:
    found = sums_of([Line(Kind.PLANNED, Decimal(5), JUNE), Line(Kind.DISBURSED, Decimal(2), MARCH)])
    assert (found.first_day, found.last_day) == (MARCH, JUNE)


@pytest.mark.parametrize(
    ("money", "flags"),
    [
        (cell(allocated=100, disbursed=100), ()),
        (cell(allocated=100, disbursed=101), (Flag.OVER_ALLOCATED,)),
        (cell(planned=100, allocated=100), ()),
        (cell(planned=100, allocated=101), (Flag.ALLOCATED_OVER_PLANNED,)),
        (cell(planned=100, disbursed=100), ()),
        (cell(planned=100, disbursed=101), (Flag.OVER_PLANNED,)),
        (cell(planned=90, allocated=100, disbursed=101), (Flag.OVER_ALLOCATED, Flag.ALLOCATED_OVER_PLANNED)),
        (cell(disbursed=7), ()),
        (cell(allocated=0, disbursed=1), (Flag.OVER_ALLOCATED,)),
        (cell(), ()),
    ],
)
def test_over_spending_begins_one_dong_above_the_limit(money: Sums, flags: tuple[Flag, ...]) -> None:
    assert flags_of(money) == flags


@pytest.mark.parametrize(
    ("dated", "odd"),
    [
        ([(MARCH, 10), (JUNE, 9)], True),
        ([(MARCH, 10), (JUNE, 10)], False),
        ([(JUNE, 12), (MARCH, 10)], False),
        ([(MARCH, 10), (MARCH, 4)], False),  # a correction of the same day
        ([(MARCH, 4), (MARCH, 10), (JUNE, 9)], True),
        ([], False),
    ],
)
def test_spending_to_a_later_day_may_not_be_lower(dated: list[tuple[date, int]], odd: bool) -> None:
    given_amounts = [(day, Decimal(amount)) for day, amount in dated]
    assert fell(given_amounts) is odd
    assert (Flag.DISBURSED_FELL in flags_of(cell(), disbursed_before=given_amounts)) is odd


@pytest.mark.parametrize(
    ("money", "rate"),
    [
        (cell(allocated=200, disbursed=50), Rate(Decimal("25.00"))),
        (cell(allocated=100, disbursed=100), Rate(Decimal("100.00"))),
        (cell(allocated=100_000, disbursed=99_999), Rate(Decimal("99.99"))),  # cut, never rounded up to 100
        (cell(allocated=10_000_000, disbursed=9_999_999), Rate(Decimal("99.99"))),
        (cell(allocated=100, disbursed=115), Rate(Decimal("115.00"))),
        (cell(allocated=100), Rate(None, NoRate.NO_DISBURSED, silent=1)),
        (cell(disbursed=5), Rate(None, NoRate.NO_ALLOCATED, unallocated=1)),
        (cell(allocated=0, disbursed=0), Rate(None, NoRate.ALLOCATED_ZERO)),
        (cell(planned=5), Rate(None, NoRate.NO_ALLOCATED)),
    ],
)
def test_the_rate_of_one_cell_or_why_there_is_none(money: Sums, rate: Rate) -> None:
    assert rate_of([money]) == rate


def test_a_silent_cell_counts_as_not_disbursed_and_one_without_allocation_is_left_out() -> None:
    found = rate_of([cell(allocated=100, disbursed=50), cell(allocated=100), cell(disbursed=900)])
    assert found == Rate(Decimal("25.00"), silent=1, unallocated=1)


@given(st.lists(cells, min_size=1), st.data())
def test_silence_never_raises_the_rate(money: list[Sums], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(money) - 1))
    silent = [*money[:at], Sums(money[at].planned, money[at].allocated, None), *money[at + 1 :]]
    before, after = rate_of(money), rate_of(silent)
    assert after.percent is None or (before.percent is not None and after.percent <= before.percent)


@given(st.lists(lines), st.lists(lines))
def test_adding_cells_is_adding_their_lines(first: list[Line], second: list[Line]) -> None:
    assert total_of([sums_of(first), sums_of(second)]) == sums_of(first + second)


@given(st.lists(lines), st.randoms())
def test_order_changes_no_sum(given_lines: list[Line], random: object) -> None:
    shuffled = list(given_lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sums_of(shuffled) == sums_of(given_lines)


@given(cells, st.integers(1, 10**9))
def test_the_rate_stays_when_every_amount_is_multiplied(money: Sums, times: int) -> None:
    grown = Sums(*(None if money.of(kind) is None else money.of(kind) * times for kind in Kind))  # type: ignore[operator]
    assert rate_of([grown]).percent == rate_of([money]).percent
