"""One page reads once who succeeds whom; a write reads anew."""

import pytest

from tests.factories import World
from tests.factories.reorganising import make_succession
from tiendo.orgs.once import once, reading_once
from tiendo.orgs.queries import links


class Asked:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_within_a_page_a_question_is_read_once_and_each_question_apart() -> None:
    asked, other = Asked(), Asked()
    with reading_once():
        assert [once("who", asked), once("who", asked), once("when", other)] == [1, 1, 1]
    assert (asked.times, other.times) == (1, 1)


def test_outside_a_page_every_question_is_read_anew() -> None:
    asked = Asked()
    assert [once("who", asked), once("who", asked)] == [1, 2]


def test_the_next_page_reads_anew_even_when_the_last_one_failed() -> None:
    asked = Asked()

    def page() -> None:
        with reading_once():
            once("who", asked)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        page()
    with reading_once():
        assert once("who", asked) == 2


def test_a_succession_written_outside_a_page_is_read_at_once(world: World) -> None:
    assert links() == []
    make_succession(world.unit_a, world.unit_b)
    assert [link.successor for link in links()] == [world.unit_b.pk]


def test_what_a_caller_does_to_its_list_reaches_nobody_else(world: World) -> None:
    make_succession(world.unit_a, world.unit_b)
    with reading_once():
        links().clear()
        assert len(links()) == 1
