"""Who answers for a unit's part in a task on a day: the units' own chain, but a task's own handover goes first."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, World, make_task, make_unit
from tests.factories.reorganising import make_change, make_handover, make_succession
from tiendo.orgs.models import Unit
from tiendo.orgs.succession import Cycle, Link
from tiendo.plans.holding import answering_for, holding, part_holder
from tiendo.plans.models import Assignment, Plan, Task
from tiendo.plans.succeeding import part_holder_on

MARCH, JULY, LATER = date(2025, 3, 1), date(2025, 7, 1), date(2026, 1, 1)
A, B, C, D = 1, 2, 3, 4


def defaults(*links: Link) -> dict[int, Link]:
    return {link.predecessor: link for link in links}


@pytest.mark.parametrize(
    ("on", "holder"), [(date(2025, 2, 28), A), (MARCH, C), (date(2025, 6, 30), C), (JULY, D), (LATER, D)]
)
def test_a_handover_goes_before_the_default_on_each_step(on: date, holder: int) -> None:
    known = defaults(Link(A, B, MARCH), Link(C, D, JULY))
    assert part_holder_on(A, on, known, [Link(A, C, MARCH)]) == holder


def test_a_handover_further_down_the_chain_is_followed_too() -> None:
    known = defaults(Link(A, B, MARCH), Link(B, C, JULY))
    own = [Link(B, D, JULY)]
    assert [part_holder_on(A, on, known, own) for on in (MARCH, JULY)] == [B, D]
    assert [part_holder_on(A, on, known) for on in (MARCH, JULY)] == [B, C]


def test_a_task_comes_home_when_its_taker_merges_into_its_giver() -> None:
    known = defaults(Link(B, A, JULY))
    own = [Link(A, B, MARCH)]
    assert [part_holder_on(A, on, known, own) for on in (date(2025, 1, 1), MARCH, JULY)] == [A, B, A]


def test_a_task_that_came_home_is_handed_on_again_by_a_later_change() -> None:
    known = defaults(Link(B, A, JULY))
    own = [Link(A, C, LATER), Link(A, B, MARCH)]
    assert [part_holder_on(A, on, known, own) for on in (MARCH, JULY, LATER)] == [B, A, C]


def test_a_handover_moves_a_task_once_even_where_all_happens_on_one_day() -> None:
    assert part_holder_on(A, MARCH, defaults(Link(B, A, MARCH)), [Link(A, B, MARCH)]) == A


def test_successions_that_lead_back_are_refused_as_for_units() -> None:
    with pytest.raises(Cycle):
        part_holder_on(A, MARCH, defaults(Link(A, B, MARCH), Link(B, A, MARCH)))


@pytest.fixture
def split(world: World, plan: Plan) -> tuple[Task, Task, Unit]:
    """Sở Xây dựng splits on 1 March: by default its tasks go to Sở Y tế, the second one to a new board."""
    board = make_unit("ban-moi", "Ban mới")
    first = make_task(plan, by=world.chi, lead=world.unit_a)
    second = make_task(plan, by=world.chi, lead=world.unit_a)
    change = make_change("split", MARCH)
    make_succession(world.unit_a, world.unit_b, change=change)
    make_succession(world.unit_a, board, change=change, is_default=False)
    make_handover(second, world.unit_a, board, change=change, by=world.chi)
    return first, second, board


def test_the_task_handed_over_is_the_takers_and_nobody_elses(split: tuple[Task, Task, Unit], world: World) -> None:
    first, second, board = split
    b = frozenset({world.unit_a.pk, world.unit_b.pk})
    assert set(Task.objects.of_units(b, on=MARCH)) == {first}
    assert set(Task.objects.of_units(frozenset({board.pk}), Assignment.Role.LEAD, on=MARCH)) == {second}
    assert set(Task.objects.of_units(frozenset({world.unit_a.pk}), on=date(2025, 2, 28))) == {first, second}


def test_people_see_what_their_unit_answers_for(split: tuple[Task, Task, Unit], world: World) -> None:
    first, _second, _board = split
    assert set(Task.objects.visible_to(world.dung)) == {first}
    assert not Task.objects.visible_to(world.an).exists()
    assert Task.objects.visible_to(world.chi).count() == 2


def test_the_reading_of_one_part_agrees_with_that_of_many(split: tuple[Task, Task, Unit], world: World) -> None:
    first, second, board = split
    parts = [(first.pk, world.unit_a.pk), (second.pk, world.unit_a.pk)]
    assert answering_for(parts, on=MARCH) == {parts[0]: world.unit_b.pk, parts[1]: board.pk}
    assert part_holder(second.pk, world.unit_a.pk, on=MARCH) == board.pk
    assert part_holder(second.pk, world.unit_a.pk, on=date(2025, 2, 28)) == world.unit_a.pk


def test_an_undone_handover_or_change_is_read_no_more(split: tuple[Task, Task, Unit], world: World) -> None:
    _first, second, _board = split
    second.handovers.update(undone_at=NOON)
    assert part_holder(second.pk, world.unit_a.pk, on=MARCH) == world.unit_b.pk


def test_the_number_of_queries_does_not_grow(world: World, plan: Plan) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            list(Task.objects.of_units(frozenset({world.unit_b.pk}), on=LATER))
            holding(on=LATER)
        return len(caught)

    none, counts = count(), []
    assert none == 4  # no handovers, the tasks; successions, handovers
    for number in range(1, 4):
        unit, taker = make_unit(f"cu-{number}"), make_unit(f"moi-{number}")
        change = make_change("split", MARCH)
        make_succession(unit, world.unit_b, change=change)
        task = make_task(plan, by=world.chi, lead=unit)
        make_handover(task, unit, taker, change=change, by=world.chi)
        counts.append(count())
    assert counts == [6, 6, 6]
