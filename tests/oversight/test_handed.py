"""What hangs on a task follows it where it was handed to another unit than the successor of the one named (R024)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, World, make_task, make_user
from tests.factories.amending import make_proposal
from tests.factories.changing import make_change
from tests.factories.following import make_follow_up
from tests.factories.obstacles import bring_to, make_difficulty
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.orgs.models import UnitChange
from tiendo.orgs.reorganisation import Kind
from tiendo.oversight.actions import amending_proposals, difficulties
from tiendo.oversight.actions.following_up import note_follow_up
from tiendo.oversight.difficulty_queries import waiting_for
from tiendo.oversight.followup_permissions import parties
from tiendo.oversight.followup_queries import to_report
from tiendo.oversight.followup_workflow import Party
from tiendo.oversight.models import Difficulty, FollowUp, Proposal
from tiendo.plans.actions.handing import hand_over, take_back
from tiendo.plans.models import Plan, Task


@pytest.fixture
def tasks(world: World, plan: Plan) -> list[Task]:
    """Two of unit A: the first goes to unit B, the second with the rest to Cục hai."""
    return [make_task(plan, by=world.chi, lead=world.unit_a) for _ in range(2)]


def divide(world: World, tasks: list[Task]) -> tuple[UnitChange, User, User]:
    """The change, the head of unit B, and that of Cục hai."""
    change = make_change(Kind.SPLIT, world.unit_a, to=(world.unit_b, "cuc-hai"), on=date(2026, 6, 1))
    choices = {(tasks[0].pk, world.unit_a.pk): world.unit_b.pk}
    hand_over(change=change, choices=choices, source="Điều 3", by=world.chi, at=NOON)
    rest = change.successions.get(is_default=True).successor
    return change, make_user("truong-b", world.unit_b, Role.HEAD), make_user("truong-hai", rest, Role.HEAD)


def test_a_follow_up_goes_with_its_task(world: World, plan: Plan, tasks: list[Task]) -> None:
    made = [make_follow_up(plan, world.unit_a, by=world.chi, task=task) for task in (*tasks, None)]
    _change, taker, rest = divide(world, tasks)
    assert set(FollowUp.objects.visible_to(taker)) == set(to_report(taker)) == {made[0]}
    assert set(FollowUp.objects.visible_to(rest)) == set(to_report(rest)) == set(made[1:])
    assert (Party.HEAD in parties(taker, made[0]), Party.HEAD in parties(rest, made[0])) == (True, False)
    before = Event.objects.count()
    with pytest.raises(PermissionDenied):
        note_follow_up(follow_up=made[0], note="Đang làm", by=rest, at=NOON)
    assert Event.objects.count() == before
    note_follow_up(follow_up=made[0], note="Đang làm", by=taker, at=NOON)


def test_a_proposal_goes_with_its_task(world: World, tasks: list[Task]) -> None:
    own, other = (make_proposal(task, world, sent=False) for task in tasks)
    _change, taker, rest = divide(world, tasks)
    assert list(Proposal.objects.visible_to(taker)) == [own]
    assert list(Proposal.objects.visible_to(rest)) == [other]
    with pytest.raises(PermissionDenied):
        amending_proposals.send_proposal(proposal=own, by=rest, at=NOON)
    amending_proposals.send_proposal(proposal=own, by=taker, at=NOON)


def test_a_difficulty_goes_with_its_tasks_where_they_go_together(world: World, plan: Plan, tasks: list[Task]) -> None:
    alone, both = (make_difficulty(plan, world.unit_a, by=world.an, tasks=some) for some in (tasks[:1], tasks))
    change, taker, rest = divide(world, tasks)
    assert list(Difficulty.objects.visible_to(taker)) == list(waiting_for(taker)) == [alone]
    assert list(Difficulty.objects.visible_to(rest)) == list(waiting_for(rest)) == [both]
    with pytest.raises(PermissionDenied):
        difficulties.send_difficulty(difficulty=alone, by=rest, at=NOON)
    bring_to("sent", alone, world, head=taker)
    take_back(change=change, by=world.chi, at=NOON)
    assert list(Difficulty.objects.visible_to(taker)) == []
    assert set(Difficulty.objects.visible_to(rest)) == {alone, both}
