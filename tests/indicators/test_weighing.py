"""Weighted means with odd weights."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators.weighing import Weighed, weighted_mean

VALUES = st.decimals(-1000, 1000, places=2)
WEIGHTS = st.decimals(0, 100, places=2)
PARTS = st.lists(
    st.builds(Weighed, st.text(min_size=1, max_size=3), st.none() | VALUES, st.none() | WEIGHTS), max_size=8
)


def parts(*pairs: tuple[str | None, str | None]) -> list[Weighed]:
    read = [tuple(None if text is None else Decimal(text) for text in pair) for pair in pairs]
    return [Weighed("abcdef"[place], value, weight) for place, (value, weight) in enumerate(read)]


def test_weights_that_do_not_sum_to_1_are_divided_by_their_sum() -> None:
    assert weighted_mean(parts(("10", "2"), ("20", "6"))).value == Decimal("17.5")
    assert weighted_mean(parts(("10", "0.25"), ("20", "0.75"))).value == Decimal("17.5")
    assert weighted_mean(parts(("10", "0.1"), ("20", "0.3"))).value == Decimal("17.5")


def test_one_missing_weight_leaves_its_part_out_and_says_so() -> None:
    got = weighted_mean(parts(("10", "1"), ("20", None), ("40", "1")))
    assert (got.value, got.counted, got.left_out) == (Decimal(25), ("a", "c"), ("b",))


def test_one_missing_value_leaves_its_weight_out_too() -> None:
    got = weighted_mean(parts(("10", "1"), (None, "8"), ("40", "1")))
    assert (got.value, got.left_out) == (Decimal(25), ("b",))


def test_all_weights_missing_is_no_mean_and_not_the_plain_one() -> None:
    got = weighted_mean(parts(("10", None), ("20", None)))
    assert (got.value, got.reason, got.left_out) == (None, "Chưa có trọng số nào.", ("a", "b"))


def test_no_part_with_both_is_no_mean() -> None:
    assert weighted_mean(parts(("10", None), (None, "1"))).reason == "Không phần nào có cả giá trị và trọng số."


def test_one_weight_of_1_and_the_rest_0_is_that_value() -> None:
    assert weighted_mean(parts(("10", "0"), ("20", "1"), ("99", "0"))).value == Decimal(20)


def test_a_single_part_is_itself_whatever_its_weight() -> None:
    assert weighted_mean(parts(("12.5", "1"))).value == weighted_mean(parts(("12.5", "7"))).value == Decimal("12.5")


@pytest.mark.parametrize(
    ("weights", "reason"), [(("0", "0"), "Tổng các trọng số bằng 0."), (("1", "-1"), "Trọng số của b nhỏ hơn 0.")]
)
def test_weights_that_weigh_nothing_are_refused(weights: tuple[str, str], reason: str) -> None:
    got = weighted_mean(parts(("10", weights[0]), ("20", weights[1])))
    assert (got.value, got.reason) == (None, reason)


@given(PARTS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(given_parts: list[Weighed], random: "object") -> None:
    turned = list(given_parts)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert weighted_mean(turned).value == weighted_mean(given_parts).value


@given(PARTS, st.sampled_from(["0.5", "3", "1000"]))
def test_weights_in_another_unit_change_nothing(given_parts: list[Weighed], factor: str) -> None:
    heavier = [
        Weighed(each.key, each.value, None if each.weight is None else each.weight * Decimal(factor))
        for each in given_parts
    ]
    one, other = weighted_mean(given_parts).value, weighted_mean(heavier).value
    assert (one is None) == (other is None)
    assert one is None or other is None or abs(one - other) < Decimal("1e-40")


@given(PARTS)
def test_a_mean_lies_between_its_values(given_parts: list[Weighed]) -> None:
    got = weighted_mean(given_parts)
    values = [each.value for each in given_parts if each.value is not None and each.weight is not None]
    if got.value is not None:
        assert min(values) - Decimal("1e-40") <= got.value <= max(values) + Decimal("1e-40")
    assert len(got.left_out) == len(given_parts) - len(values)
