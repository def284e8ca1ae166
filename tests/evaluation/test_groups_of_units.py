"""A task given to a group of units counts for the card of none of its members."""

import pytest

from tests.factories import NOON, World, make_card, make_criteria, make_cycle, make_task
from tests.factories.groups import give_to, make_unit_group
from tiendo.evaluation.gathering import gather
from tiendo.plans.models import Plan, Task


@pytest.mark.parametrize("role", ["lead", "coordinating"])
def test_what_a_group_was_given_stands_on_no_card_of_its_members(
    world: World, plan: Plan, task: Task, role: str
) -> None:
    cycle = make_cycle(make_criteria(plan, by=world.chi, decided_by=world.decision_maker), by=world.chi)
    make_card(cycle, world.unit_a)
    give_to(make_unit_group(world.unit_a, world.unit_b), make_task(plan, by=world.chi), role)
    [found] = gather(cycle, at=NOON).cards
    assert [each.code for each in found.tasks] == [task.code]
