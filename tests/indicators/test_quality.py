"""The quality score of a source, and its working."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators.quality import CONSISTENCY, Counts, quality_of

part = st.integers(0, 50)


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    due, rows, compared = draw(part), draw(part), draw(part)
    arrived = draw(st.integers(0, due))
    on_time, aside, agreeing = (draw(st.integers(0, most)) for most in (arrived, rows, compared))
    return Counts(due, arrived, on_time, rows, aside, compared, agreeing)


def test_the_worked_example_of_the_source_page() -> None:
    """Due 20, arrived 18 (90 %), 9 on time (50 %), 4 of 40 rows aside (90 %), 3 of 4 agree (75 %)."""
    found = quality_of(Counts(20, 18, 9, 40, 4, 4, 3))
    assert [share.percent for share in found.shares] == [90, 50, 90, 75]
    assert found.score == Decimal("79.0")  # (30·90 + 20·50 + 30·90 + 20·75) / 100


def test_what_cannot_be_looked_at_is_left_out_and_the_rest_keeps_its_proportion() -> None:
    found = quality_of(Counts(20, 18, 9, 40, 4))
    assert CONSISTENCY not in {share.name for share in found.counted}
    assert found.score == Decimal("80.0")  # (30·90 + 20·50 + 30·90) / 80
    assert quality_of(Counts()).score is None


def test_a_hundred_is_only_a_source_without_a_fault() -> None:
    assert quality_of(Counts(10_000, 9_999, 9_999, 1, 0)).score == Decimal("99.9")
    assert quality_of(Counts(10_000, 10_000, 10_000, 7, 0, 3, 3)).score == 100


def test_a_part_greater_than_its_whole_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="greater than its whole"):
        quality_of(Counts(due=1, arrived=2))


@given(counts())
def test_the_score_stands_between_its_worst_and_its_best_share(given_: Counts) -> None:
    found = quality_of(given_)
    exact = [Decimal(share.good) * 100 / share.whole for share in found.counted]
    assert (found.score is None) is (exact == [])
    if found.score is not None:
        assert min(exact) - Decimal("0.1") < found.score <= max(exact)


@given(counts())
def test_silence_never_raises_the_score(given_: Counts) -> None:
    """One more cell due and not delivered."""
    more = Counts(given_.due + 1, *list(vars(given_).values())[1:])
    before, after = quality_of(given_).score, quality_of(more).score
    assert after is not None
    assert before is None or after <= before
