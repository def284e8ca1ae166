"""Which way estimates lean, and when nothing is said."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators.bias import LEAST, Lean, Pair, bias_of

number = st.decimals(min_value=1, max_value=10**6, places=2)


def _pairs(*told: tuple[str, str]) -> list[Pair]:
    return [Pair(str(2020 + at), Decimal(first), Decimal(then)) for at, (first, then) in enumerate(told)]


def test_a_unit_that_estimates_too_high() -> None:
    found = bias_of(_pairs(("110", "100"), ("52", "50"), ("105", "100")))
    assert (found.n, found.mean, found.lean, found.refusal) == (3, Decimal("6.33"), Lean.OVER, "")


def test_errors_of_both_signs_cancel_and_a_small_rest_is_no_lean() -> None:
    found = bias_of(_pairs(("110", "100"), ("90", "100"), ("101", "100")))
    assert (found.mean, found.lean) == (Decimal("0.33"), Lean.EVEN)


def test_below_three_pairs_nothing_is_said() -> None:
    found = bias_of(_pairs(("110", "100"), ("110", "100")))
    assert (found.n, found.mean, found.lean) == (2, None, None)
    assert found.refusal == "Mới có 2 kỳ có cả số ước và số chính thức; cần ít nhất 3 kỳ."


def test_an_official_nought_has_no_relative_error_and_is_counted_apart() -> None:
    found = bias_of(_pairs(("1", "0"), ("90", "100"), ("90", "100"), ("90", "100")))
    assert (found.n, found.left_out, found.mean, found.lean) == (3, 1, Decimal(-10), Lean.UNDER)


def test_the_sign_follows_the_side_even_for_negative_officials() -> None:
    assert bias_of(_pairs(*[("-9", "-10")] * 3)).lean is Lean.OVER


@given(st.lists(number, min_size=LEAST, max_size=12), st.integers(1, 90))
def test_a_constant_lean_is_found_whatever_the_officials(officials: list[Decimal], percent: int) -> None:
    over = [Pair("2025", each * (100 + percent) / 100, each) for each in officials]
    under = [Pair("2025", each * (100 - percent) / 100, each) for each in officials]
    assert (bias_of(over).mean, bias_of(over).lean) == (percent, Lean.OVER)
    assert (bias_of(under).mean, bias_of(under).lean) == (-percent, Lean.UNDER)
