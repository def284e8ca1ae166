"""From parts to the whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators.rollups import Part, Policy, roll_up
from tiendo.indicators.states import Rollup

VALUES = st.decimals(-10_000, 10_000, places=3)
POSITIVE = st.decimals(1, 10_000, places=3)
RULES = st.sampled_from([rule for rule in Rollup if rule is not Rollup.NONE])
PARTS = st.lists(
    st.builds(
        Part, st.text("abcxyz", min_size=1, max_size=4), st.none() | VALUES, st.none() | POSITIVE, st.none() | VALUES,
        st.none() | POSITIVE,
    ),
    max_size=8,
)  # fmt: skip


def parts(*values: str | None) -> list[Part]:
    return [Part("ABCDEF"[place], None if text is None else Decimal(text)) for place, text in enumerate(values)]


@pytest.mark.parametrize(
    ("rule", "expected"), [("sum", "60"), ("mean", "20"), ("last", "20"), ("max", "30"), ("min", "10")]
)
def test_each_rule(rule: str, expected: str) -> None:
    got = roll_up(Rollup(rule), parts("10", "30", "20"))
    assert (got.value, got.counted, got.expected, got.note) == (Decimal(expected), 3, 3, None)


@pytest.mark.parametrize(("rule", "expected"), [("sum", "30"), ("mean", "15"), ("last", "20"), ("max", "20")])
def test_a_missing_part_is_left_out_and_the_whole_says_how_many_of_how_many(rule: str, expected: str) -> None:
    got = roll_up(Rollup(rule), parts("10", "20", None))
    assert got.value == Decimal(expected)
    assert got.note == "Mới có 2 trên 3 phần; thiếu C."


def test_a_whole_that_waits_for_all_has_no_value_until_they_are_there() -> None:
    got = roll_up(Rollup.SUM, parts("10", None), Policy.ALL)
    assert (got.value, got.reason) == (None, "Mới có 1 trên 2 phần; thiếu B.")
    assert roll_up(Rollup.SUM, parts("10", "5"), Policy.ALL).value == 15


@pytest.mark.parametrize("rule", [rule for rule in Rollup if rule is not Rollup.NONE])
def test_nothing_there_is_no_value_and_never_0(rule: Rollup) -> None:
    for nothing in ([], parts(None, None)):
        got = roll_up(rule, nothing)
        assert (got.value, got.reason, got.is_partial) == (None, "Chưa phần nào có số liệu để gộp.", False)


def test_what_is_not_rolled_up_has_no_whole() -> None:
    assert roll_up(Rollup.NONE, parts("1")).reason == "Chỉ tiêu này không gộp."


def test_the_ratio_of_sums_is_not_the_mean_of_ratios() -> None:
    """90 of 100 in a large unit and 1 of 10 in a small one are 91 of 110, not half of 90 % and 10 %."""
    units = [
        Part("A", Decimal(90), None, Decimal(90), Decimal(100)),
        Part("B", Decimal(10), None, Decimal(1), Decimal(10)),
    ]
    assert roll_up(Rollup.RATIO, units, scale=Decimal(100)).value == Decimal("82.727273")
    assert roll_up(Rollup.MEAN, units).value == Decimal(50)


def test_a_ratio_counts_only_parts_that_have_both_sides() -> None:
    """A numerator whose denominator has not come would lift the ratio."""
    units = [Part("A", numerator=Decimal(1), denominator=Decimal(2)), Part("B", numerator=Decimal(5))]
    got = roll_up(Rollup.RATIO, units)
    assert (got.value, got.missing) == (Decimal("0.5"), ("B",))


def test_a_ratio_over_nothing_is_no_number() -> None:
    assert (
        roll_up(Rollup.RATIO, [Part("A", numerator=Decimal(1), denominator=Decimal(0))]).reason == "Tổng mẫu số bằng 0."
    )


def test_a_weighted_mean_without_one_weight_says_so() -> None:
    units = [Part("A", Decimal(10), Decimal(3)), Part("B", Decimal(20), Decimal(1)), Part("C", Decimal(99))]
    got = roll_up(Rollup.WEIGHTED, units)
    assert (got.value, got.note) == (Decimal("12.5"), "Mới có 2 trên 3 phần; thiếu C.")


def test_a_weighted_mean_of_nothing_heavy_has_its_reason() -> None:
    assert roll_up(Rollup.WEIGHTED, [Part("A", Decimal(10), Decimal(0))]).reason == "Tổng các trọng số bằng 0."


def test_many_missing_parts_are_counted_and_not_all_named() -> None:
    got = roll_up(Rollup.SUM, [Part("A", Decimal(1)), *[Part(f"X{number}") for number in range(40)]])
    assert str(got.note).startswith("Mới có 1 trên 41 phần; thiếu X0, X1,")
    assert str(got.note).endswith("X19….")


@given(RULES, PARTS, st.randoms(use_true_random=False))
def test_the_order_matters_to_last_alone(rule: Rollup, given_parts: list[Part], random: "object") -> None:
    turned = list(given_parts)
    random.shuffle(turned)  # type: ignore[attr-defined]
    if rule is not Rollup.LAST:
        assert roll_up(rule, turned).value == roll_up(rule, given_parts).value


@given(st.sampled_from([Rollup.SUM, Rollup.MAX, Rollup.MIN, Rollup.LAST]), PARTS, PARTS)
def test_wholes_of_two_groups_make_the_whole_of_both(rule: Rollup, one: list[Part], other: list[Part]) -> None:
    groups = [Part("I", roll_up(rule, one).value), Part("II", roll_up(rule, other).value)]
    assert roll_up(rule, groups).value == roll_up(rule, [*one, *other]).value


@given(PARTS, PARTS)
def test_ratios_of_two_groups_merge_by_their_sums(one: list[Part], other: list[Part]) -> None:
    def sums(group: list[Part]) -> Part:
        both = [each for each in group if each.numerator is not None and each.denominator is not None]
        over = sum((each.numerator or Decimal(0) for each in both), Decimal(0))
        under = sum((each.denominator or Decimal(0) for each in both), Decimal(0))
        return Part("", numerator=over if both else None, denominator=under if both else None)

    assert roll_up(Rollup.RATIO, [sums(one), sums(other)]).value == roll_up(Rollup.RATIO, [*one, *other]).value


@given(RULES, PARTS)
def test_every_part_is_counted_or_named_missing(rule: Rollup, given_parts: list[Part]) -> None:
    got = roll_up(rule, given_parts)
    assert got.counted + len(got.missing) == got.expected == len(given_parts)
    assert (got.value is None) == (got.reason is not None)


@given(st.lists(VALUES, min_size=1, max_size=8))
def test_of_equal_weights_the_weighted_mean_is_the_mean(values: list[Decimal]) -> None:
    units = [Part("A", value, Decimal(1)) for value in values]
    assert roll_up(Rollup.WEIGHTED, units).value == roll_up(Rollup.MEAN, units).value
