"""Exact intervals for a share in a finite population, from a sample drawn without replacement.

Whole numbers only: the tails of the hypergeometric distribution are counted, not approximated, so the bounds are the
same on every machine. The interval holds each population total that the sample does not contradict at half the error
on either side (Clopper and Pearson's rule carried to finite populations); its coverage is never under the confidence.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import comb


@dataclass(frozen=True)
class Share:
    """`hits` of `drawn` out of `population`; `low` and `high` are whole totals of the population, both possible."""

    population: int
    drawn: int
    hits: int
    low: int
    high: int
    confidence: Decimal


@lru_cache(maxsize=4096)
def share_interval(*, population: int, drawn: int, hits: int, confidence: Decimal) -> Share:
    """Totals of the population compatible with `hits` of `drawn`.

    Raises ValueError for a sample larger than the population, more hits than drawn, or a confidence not within (0, 1).
    """
    if not 0 <= hits <= drawn <= population or not 0 < confidence < 1:
        raise ValueError("a sample is part of its population, and a confidence lies between 0 and 1")
    half = (1 - Fraction(confidence)) / 2
    low = lowest(population, drawn, hits, half)
    high = population - lowest(population, drawn, drawn - hits, half)
    return Share(population, drawn, hits, low, high, confidence)


def lowest(population: int, drawn: int, hits: int, tail: Fraction) -> int:
    """The smallest total for which `hits` or more are not too rare: found by halving, since rarer means smaller."""
    below, at = hits - 1, population - drawn + hits
    rare = tail.numerator * comb(population, drawn)
    while at - below > 1:
        middle = (below + at) // 2
        if _ways(population, middle, drawn, hits) * tail.denominator > rare:
            at = middle
        else:
            below = middle
    return at


def _ways(population: int, total: int, drawn: int, hits: int) -> int:
    """Samples with `hits` or more, each count worked out from the one before by whole division."""
    first, last = max(hits, drawn + total - population, 0), min(drawn, total)
    if first > last:
        return 0
    ways = count = comb(total, first) * comb(population - total, drawn - first)
    for k in range(first, last):
        count = count * (total - k) * (drawn - k) // ((k + 1) * (population - total - drawn + k + 1))
        ways += count
    return ways


def half_width(share: Share) -> Fraction:
    """Half the width of the interval, as a share of the population."""
    return Fraction(share.high - share.low, 2 * share.population) if share.population else Fraction(0)


@lru_cache(maxsize=256)
def sample_size(*, population: int, margin: Decimal, confidence: Decimal) -> int:
    """The smallest sample whose interval is no wider than ± `margin` whatever is found: the worst case is one half.

    Raises ValueError for a margin not within (0, 1).
    """
    if not 0 < margin < 1:
        raise ValueError("a margin lies between 0 and 1")
    too_few, enough = 0, population
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        share = share_interval(population=population, drawn=middle, hits=middle // 2, confidence=confidence)
        if half_width(share) <= Fraction(margin):
            enough = middle
        else:
            too_few = middle
    return enough
