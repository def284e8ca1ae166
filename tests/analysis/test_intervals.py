from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiendo.analysis.intervals import at_least, half_width, sample_size, share_interval

NINETY_FIVE = Decimal("0.95")


def test_the_chance_of_hits_equals_that_counted_over_every_sample() -> None:
    population, total, drawn = 9, 4, 3
    samples = list(combinations(range(population), drawn))
    for hits in range(drawn + 1):
        counted = sum(1 for sample in samples if sum(each < total for each in sample) >= hits)
        assert at_least(population, total, drawn, hits) == Fraction(counted, len(samples))


def test_everything_looked_at_leaves_no_doubt() -> None:
    found = share_interval(population=7, drawn=7, hits=5, confidence=NINETY_FIVE)
    assert (found.low, found.high) == (5, 5)


def test_nothing_looked_at_leaves_everything_open() -> None:
    found = share_interval(population=7, drawn=0, hits=0, confidence=NINETY_FIVE)
    assert (found.low, found.high) == (0, 7)


@st.composite
def samples(draw: st.DrawFn) -> tuple[int, int, int]:
    population = draw(st.integers(1, 40))
    drawn = draw(st.integers(0, population))
    return population, drawn, draw(st.integers(0, drawn))


@given(samples())
def test_the_interval_holds_what_was_seen_and_is_the_same_from_the_other_side(given: tuple[int, int, int]) -> None:
    population, drawn, hits = given
    found = share_interval(population=population, drawn=drawn, hits=hits, confidence=NINETY_FIVE)
    other = share_interval(population=population, drawn=drawn, hits=drawn - hits, confidence=NINETY_FIVE)
    assert hits <= found.low <= found.high <= population - drawn + hits
    assert (found.low, found.high) == (population - other.high, population - other.low)


@settings(deadline=None)
@given(st.integers(1, 14), st.data())
def test_whatever_the_truth_the_interval_misses_it_no_oftener_than_it_says(
    population: int, data: st.DataObject
) -> None:
    drawn, total = data.draw(st.integers(1, population)), data.draw(st.integers(0, population))
    missed = Fraction(0)
    for hits in range(drawn + 1):
        chance = at_least(population, total, drawn, hits) - at_least(population, total, drawn, hits + 1)
        if chance:
            found = share_interval(population=population, drawn=drawn, hits=hits, confidence=NINETY_FIVE)
            missed += chance * (not found.low <= total <= found.high)
    assert missed <= 1 - Fraction(NINETY_FIVE)


def test_a_sample_of_the_size_worked_out_is_narrow_enough_and_one_less_is_not() -> None:
    size = sample_size(population=200, margin=Decimal("0.10"), confidence=NINETY_FIVE)
    width = [
        half_width(share_interval(population=200, drawn=n, hits=n // 2, confidence=NINETY_FIVE))
        for n in (size - 1, size)
    ]
    assert width[0] > Fraction(1, 10) >= width[1]


@pytest.mark.parametrize(
    ("population", "drawn", "hits", "confidence"),
    [(5, 6, 0, "0.95"), (5, 3, 4, "0.95"), (5, 3, -1, "0.95"), (5, 3, 1, "1"), (5, 3, 1, "0")],
)
def test_impossible_samples_are_refused(population: int, drawn: int, hits: int, confidence: str) -> None:
    with pytest.raises(ValueError, match="population"):
        share_interval(population=population, drawn=drawn, hits=hits, confidence=Decimal(confidence))


def test_a_margin_outside_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match="margin"):
        sample_size(population=10, margin=Decimal(0), confidence=NINETY_FIVE)
