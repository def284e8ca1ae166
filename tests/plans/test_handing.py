"""A change of units passes tasks on one by one where the decision says so, and an undo takes them back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, World, make_task, make_unit
from tests.factories.reorganising import make_change, make_handover, make_succession
from tiendo.audit.models import Event
from tiendo.orgs.models import Unit, UnitChange
from tiendo.plans.actions.handing import hand_over, take_back
from tiendo.plans.holding import part_holder
from tiendo.plans.models import Handover, Plan, Task

MARCH = date(2025, 3, 1)


@pytest.fixture
def board() -> Unit:
    return make_unit("ban-moi", "Ban mới")


@pytest.fixture
def split(world: World, board: Unit) -> UnitChange:
    change = make_change("split", MARCH)
    make_succession(world.unit_a, world.unit_b, change=change)
    make_succession(world.unit_a, board, change=change, is_default=False)
    return change


@pytest.fixture
def led(world: World, plan: Plan, split: UnitChange) -> Task:
    return make_task(plan, by=world.chi, lead=world.unit_a)


def hand(world: World, change: UnitChange, task: Task, to: Unit, **more: object) -> list[Handover]:
    given = {"by": world.chi, "source": "Điều 3", "choices": {(task.pk, world.unit_a.pk): to.pk}} | more
    return hand_over(change=change, at=NOON, **given)  # type: ignore[arg-type]


def test_a_task_goes_where_it_is_handed_and_the_log_says_so(
    world: World, split: UnitChange, led: Task, board: Unit
) -> None:
    hand(world, split, led, board)
    assert part_holder(led.pk, world.unit_a.pk, on=MARCH) == board.pk
    event = Event.objects.get(act="plans.task.hand_over")
    assert event.subject == f"plans.task:{led.code}"
    assert (event.detail["unit"], event.detail["successor"]) == ("so-xay-dung", "ban-moi")
    assert led.assignments.get().unit == world.unit_a


def test_the_default_needs_no_row_and_takes_a_choice_back(
    world: World, split: UnitChange, led: Task, board: Unit
) -> None:
    assert hand(world, split, led, world.unit_b) == []
    hand(world, split, led, board)
    assert hand(world, split, led, board) == []
    hand(world, split, led, world.unit_b)
    assert part_holder(led.pk, world.unit_a.pk, on=MARCH) == world.unit_b.pk
    assert Handover.objects.get().undone_at == NOON
    hand(world, split, led, board)
    assert part_holder(led.pk, world.unit_a.pk, on=MARCH) == board.pk


def test_a_unit_that_goes_on_keeps_what_is_not_handed_over(world: World, plan: Plan, board: Unit) -> None:
    change = make_change("split", MARCH)
    task, other = (make_task(plan, by=world.chi, lead=world.unit_a) for _ in range(2))
    make_succession(world.unit_a, board, change=change, is_default=False)
    Unit.objects.filter(pk=world.unit_a.pk).update(valid_to=None)
    hand(world, change, task, board)
    found = [part_holder(each.pk, world.unit_a.pk, on=MARCH) for each in (task, other)]
    assert found == [board.pk, world.unit_a.pk]


@pytest.mark.parametrize("why", ["paper", "undone", "giver", "taker", "itself", "not_held", "elsewhere"])
def test_what_cannot_be_handed_is_refused_whole(
    world: World, plan: Plan, split: UnitChange, led: Task, board: Unit, why: str
) -> None:
    more: dict[str, object] = {}
    change, to = split, board
    if why == "paper":
        more["source"] = " "
    elif why == "undone":
        UnitChange.objects.update(undone_at=NOON, undone_by="chi", undone_because="ghi nhầm")
    elif why == "giver":
        change = make_change("merge", MARCH)
    elif why == "taker":
        to = make_unit("da-het", valid_to=MARCH)
    elif why == "itself":
        to = world.unit_a  # which ended that day
    elif why == "not_held":
        stranger = make_task(plan, by=world.chi, lead=world.unit_b)
        more["choices"] = {(led.pk, world.unit_a.pk): board.pk, (stranger.pk, world.unit_a.pk): board.pk}
    else:
        same_day = make_change("split", MARCH)
        make_handover(led, world.unit_a, world.finance_unit, change=same_day, by=world.chi)
    before = list(Handover.objects.values_list("pk", "undone_at"))
    with pytest.raises(PermissionDenied):
        hand(world, change, led, to, **more)
    assert list(Handover.objects.values_list("pk", "undone_at")) == before
    assert not Event.objects.exists()


def test_a_task_that_came_back_is_handed_on_by_a_later_change(world: World, plan: Plan, board: Unit) -> None:
    """Handed to the board, which merged into its giver since; the handover by the later change undone, it is back."""
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    make_handover(task, world.unit_a, board, change=make_change("split", date(2025, 1, 1)), by=world.chi)
    make_succession(board, world.unit_a, change=make_change("merge", date(2025, 2, 1)))
    later = make_change("split", MARCH)
    make_succession(world.unit_a, world.unit_b, change=later, is_default=False)
    hand(world, later, task, world.unit_b)
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 2, 1), MARCH]
    found = [part_holder(task.pk, world.unit_a.pk, on=day) for day in days]
    assert found == [world.unit_a.pk, board.pk, world.unit_a.pk, world.unit_b.pk]
    take_back(change=later, by=world.chi, at=NOON)
    assert part_holder(task.pk, world.unit_a.pk, on=MARCH) == world.unit_a.pk


@pytest.mark.parametrize("part", ["officer", "head", "decision_maker", "finance", "inspector", "other_unit"])
def test_only_who_keeps_units_hands_tasks_over(
    world: World, split: UnitChange, led: Task, board: Unit, part: str
) -> None:
    with pytest.raises(PermissionDenied):
        hand(world, split, led, board, by=world.people[part])
    assert not Handover.objects.exists()
    assert not Event.objects.exists()


def test_the_administrator_may_too(world: World, split: UnitChange, led: Task, board: Unit) -> None:
    assert hand(world, split, led, board, by=world.administrator)
