from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiendo.analysis.intervals import half_width, sample_size, share_interval

NINETY_FIVE = Decimal("0.95")


def exactly(population: int, total: int, drawn: int, hits: int) -> Fraction:
    """Chance of `hits` in a sample when `total` of the population are hits."""
    return Fraction(comb(total, hits) * comb(population - total, drawn - hits), comb(population, drawn))


@pytest.mark.parametrize("hits", range(4))
def test_the_interval_holds_each_total_that_no_tail_counted_over_every_sample_contradicts(hits: int) -> None:
    population, drawn, half = 9, 3, (1 - Fraction(NINETY_FIVE)) / 2
    samples = list(combinations(range(population), drawn))
    possible = []
    for total in range(population + 1):
        seen = [sum(each < total for each in sample) for sample in samples]
        tails = sum(each >= hits for each in seen), sum(each <= hits for each in seen)
        if all(tail > half * len(samples) for tail in tails):
            possible.append(total)
    found = share_interval(population=population, drawn=drawn, hits=hits, confidence=NINETY_FIVE)
    assert list(range(found.low, found.high + 1)) == possible


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
        chance = exactly(population, total, drawn, hits)
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
