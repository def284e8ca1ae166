"""Who takes part in a task given to a group of units, by the dates of membership and by succession."""

from datetime import date

import pytest

from tiendo.orgs.succession import Cycle, Link
from tiendo.plans.membership import stay, taking_part

FEBRUARY, MARCH, JULY, LATER = date(2025, 2, 1), date(2025, 3, 1), date(2025, 7, 1), date(2026, 1, 1)
A, B, C = 1, 2, 3
ALWAYS = (None, None)


def taking(*stays: object, given: date = FEBRUARY, on: date = LATER, links: tuple[Link, ...] = ()) -> set[int]:
    return set(taking_part(stays, given=given, on=on, defaults={link.predecessor: link for link in links}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "found"), [(date(2025, 2, 28), set()), (MARCH, {A}), (date(2025, 6, 30), {A}), (JULY, set())]
)
def test_a_member_takes_part_from_its_first_day_to_the_day_before_its_last(on: date, found: set[int]) -> None:
    assert taking(stay(A, ALWAYS, (MARCH, JULY)), on=on) == found


@pytest.mark.parametrize(("on", "found"), [(FEBRUARY, set()), (MARCH, {A}), (JULY, set())])
def test_a_unit_takes_part_only_while_it_is_in_force(on: date, found: set[int]) -> None:
    assert taking(stay(A, (MARCH, JULY), ALWAYS), on=on) == found


def test_the_narrower_of_both_times_counts() -> None:
    assert stay(A, (FEBRUARY, LATER), (MARCH, JULY)) == stay(A, (MARCH, JULY), (FEBRUARY, LATER))


@pytest.mark.parametrize(
    ("given", "found"), [(FEBRUARY, {B}), (date(2025, 2, 28), {B}), (MARCH, set()), (LATER, set())]
)
def test_a_successor_takes_the_place_only_in_tasks_given_before_it_took_over(given: date, found: set[int]) -> None:
    member = stay(A, (None, MARCH), ALWAYS)
    assert taking(member, given=given, links=(Link(A, B, MARCH),)) == found


def test_until_it_takes_over_the_successor_has_no_part() -> None:
    links = (Link(A, B, JULY),)
    assert [taking(stay(A, ALWAYS, ALWAYS), on=on, links=links) for on in (MARCH, JULY)] == [{A}, {B}]


def test_a_unit_that_had_left_the_group_hands_nothing_on() -> None:
    assert taking(stay(A, (None, JULY), (None, MARCH)), links=(Link(A, B, JULY),)) == set()


def test_a_place_is_followed_through_every_succession() -> None:
    assert taking(stay(A, (None, MARCH), ALWAYS), links=(Link(A, B, MARCH), Link(B, C, JULY))) == {C}


def test_members_merged_into_one_another_are_one() -> None:
    members = stay(A, (None, MARCH), ALWAYS), stay(B, ALWAYS, ALWAYS)
    assert taking(*members, links=(Link(A, B, MARCH),)) == {B}


def test_successions_that_lead_back_are_refused() -> None:
    with pytest.raises(Cycle):
        taking(stay(A, ALWAYS, ALWAYS), links=(Link(A, B, MARCH), Link(B, A, MARCH)))
