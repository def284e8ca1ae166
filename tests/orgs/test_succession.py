"""Who answers for a unit on a date."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.orgs.succession import Cycle, Link, held_by, holder_on

MARCH, JULY = date(2025, 3, 1), date(2025, 7, 1)
CHAIN = [Link(1, 2, MARCH), Link(2, 3, JULY)]


@pytest.mark.parametrize(
    ("on", "holder"),
    [
        (date(2025, 2, 28), 1),
        (MARCH, 2),
        (date(2025, 6, 30), 2),
        (JULY, 3),
        (date.max, 3),
    ],
)
def test_a_chain_is_followed_as_far_as_it_reaches_on_the_date(on: date, holder: int) -> None:
    assert holder_on(1, on, CHAIN) == holder


def test_a_unit_without_a_successor_answers_for_itself() -> None:
    assert holder_on(9, JULY, CHAIN) == 9
    assert held_by(9, JULY, CHAIN) == {9}


def test_a_split_goes_to_the_default_successor() -> None:
    split = [Link(1, 2, MARCH, is_default=False), Link(1, 3, MARCH), Link(1, 4, MARCH, is_default=False)]
    assert holder_on(1, MARCH, split) == 3
    assert held_by(2, MARCH, split) == {2}


def test_a_merger_gathers_every_predecessor_of_every_step() -> None:
    merger = [*CHAIN, Link(4, 3, MARCH)]
    assert held_by(3, JULY, merger) == {1, 2, 3, 4}
    assert held_by(3, MARCH, merger) == {3, 4}
    assert held_by(2, JULY, merger) == frozenset()


def test_a_circle_is_told_and_not_walked_for_ever() -> None:
    circle = [Link(1, 2, MARCH), Link(2, 1, JULY)]
    assert holder_on(1, MARCH, circle) == 2
    with pytest.raises(Cycle):
        holder_on(1, JULY, circle)


@given(st.sets(st.integers(1, 8), min_size=2), st.dates(MARCH, JULY))
def test_every_unit_is_held_by_exactly_one(units: set[int], on: date) -> None:
    ordered = sorted(units)
    links = [Link(a, b, MARCH if a % 2 else JULY) for a, b in pairwise(ordered)]
    held = [each for unit in ordered for each in held_by(unit, on, links)]
    assert sorted(held) == ordered
