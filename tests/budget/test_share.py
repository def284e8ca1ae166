"""The 3 % rule: exactly on the threshold, against last year, and when something is missing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.budget.share import Basis, NoShare, Sum, YearSums, headline, share_of, shares

BILLION = 10**9
positive = st.integers(1, 10**17).map(Decimal)


def year(number: int, science: int | None, total: int | None, basis: Basis = Basis.ESTIMATE) -> YearSums:
    papers = ("NQ 50/NQ-HĐND", "NQ 51/NQ-HĐND")
    sums = [None if amount is None else Sum(Decimal(amount), paper) for amount, paper in zip((total, science), papers)]  # noqa: B905
    return YearSums(number, basis, *sums)


@pytest.mark.parametrize(
    ("science", "total", "below", "shown"),
    [
        (300, 10_000, False, "3.00"),
        (299, 10_000, True, "2.99"),
        (301, 10_000, False, "3.01"),
        (3 * BILLION - 1, 100 * BILLION, True, "2.99"),  # one đồng short never shows as 3
        (3 * BILLION, 100 * BILLION, False, "3.00"),
        (1, 3, False, "33.33"),
        (0, 10, True, "0.00"),
    ],
)
def test_exactly_three_percent_is_not_below(science: int, total: int, below: bool, shown: str) -> None:
    found = share_of(year(2026, science, total))
    assert (found.is_below, found.percent) == (below, Decimal(shown))


@pytest.mark.parametrize(
    ("sums", "reason"),
    [
        (year(2026, 5, None), NoShare.NO_TOTAL),
        (year(2026, None, 5), NoShare.NO_SCIENCE),
        (year(2026, None, None), NoShare.NO_TOTAL),
        (year(2026, 0, 0), NoShare.TOTAL_ZERO),
        (year(2026, 6, 5), NoShare.SCIENCE_OVER_TOTAL),
    ],
)
def test_missing_or_impossible_sums_give_no_number_and_no_warning(sums: YearSums, reason: NoShare) -> None:
    found = share_of(sums, year(2025, 5, 100))
    assert (found.percent, found.reason, found.is_below, found.fell, found.warns) == (None, reason, None, None, False)


@pytest.mark.parametrize(
    ("now", "before", "fell"),
    [((32, 1000), (32, 1000), False), ((64, 2000), (32, 1000), False), ((319, 10_000), (32, 1000), True)],
)
def test_lower_than_the_year_before_is_told_above_three_percent_too(
    now: tuple[int, int], before: tuple[int, int], fell: bool
) -> None:
    found = share_of(year(2026, *now), year(2025, *before))
    assert (found.fell, found.is_below) == (fell, False)
    assert found.before == Decimal("3.20")


def test_a_fall_too_small_to_show_is_still_a_fall() -> None:
    found = share_of(year(2026, 32 * BILLION - 1, 1000 * BILLION), year(2025, 32 * BILLION, 1000 * BILLION))
    assert found.fell is True


def test_an_estimate_is_never_compared_with_a_settled_account() -> None:
    sums = [year(2025, 32, 1000, Basis.SETTLED), year(2026, 28, 1000)]
    assert [(each.fell, each.before) for each in shares(sums)] == [(None, None), (None, None)]
    with pytest.raises(ValueError, match="same basis"):
        share_of(sums[1], sums[0])


def test_a_year_between_that_is_missing_breaks_the_comparison() -> None:
    assert [each.fell for each in shares([year(2024, 32, 1000), year(2026, 28, 1000)])] == [None, None]


def test_nothing_is_said_against_a_year_without_a_share() -> None:
    assert share_of(year(2026, 28, 1000), year(2025, None, 1000)).fell is None


def test_the_settled_account_stands_for_its_year_when_it_gives_a_share() -> None:
    sums = [year(2024, 30, 1000), year(2024, 31, 1000, Basis.SETTLED), year(2025, 32, 1000)]
    sums += [year(2025, None, 1000, Basis.SETTLED), year(2026, None, 1000)]
    told = [(each.sums.year, each.sums.basis, each.percent) for each in headline(shares(sums))]
    assert told == [
        (2024, Basis.SETTLED, Decimal("3.10")),
        (2025, Basis.ESTIMATE, Decimal("3.20")),
        (2026, Basis.ESTIMATE, None),
    ]


@given(positive, positive)
def test_the_warning_agrees_with_the_number_shown(science: Decimal, total: Decimal) -> None:
    found = share_of(YearSums(2026, Basis.ESTIMATE, Sum(total, "a"), Sum(science, "b")))
    if found.percent is not None:
        assert (found.percent < 3) == found.is_below


@given(positive, positive, st.integers(1, 10**6))
def test_the_scale_of_the_budget_changes_nothing(science: Decimal, total: Decimal, times: int) -> None:
    small = share_of(YearSums(2026, Basis.ESTIMATE, Sum(total, "a"), Sum(science, "b")))
    large = share_of(YearSums(2026, Basis.ESTIMATE, Sum(total * times, "a"), Sum(science * times, "b")))
    assert (small.is_below, small.reason, small.percent) == (large.is_below, large.reason, large.percent)
