"""Directions, meetings, and the things units must do after them."""

from datetime import date, timedelta

from tests.factories.clock import NOON, TODAY
from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.oversight.followup_workflow import Act
from tiendo.oversight.models import Direction, FollowUp, FollowUpStep, Meeting
from tiendo.plans.models import Plan, Task


def make_meeting(plan: Plan, *, by: User, held_on: date = TODAY, **fields: object) -> Meeting:
    """A meeting of the province unless told of which unit below it."""
    values: dict[str, object] = {"level": Meeting.Level.PROVINCE, "title": "Họp giao ban", "chaired_by": "Chủ tịch"}
    return Meeting.objects.create(plan=plan, held_on=held_on, recorded_by=by, recorded_at=NOON, **(values | fields))


def make_direction(plan: Plan, *, by: User, given_on: date = TODAY, **fields: object) -> Direction:
    values: dict[str, object] = {"given_by": "Chủ tịch UBND tỉnh", "text": "Hoàn thành trong tháng 7"}
    return Direction.objects.create(plan=plan, given_on=given_on, recorded_by=by, recorded_at=NOON, **(values | fields))


def make_follow_up(
    plan: Plan, unit: Unit, *, by: User, due_on: date | None = None, task: Task | None = None, **fields: object
) -> FollowUp:
    """An open item with its first step; from a direction of its own unless told from what it comes."""
    values: dict[str, object] = {"text": "Báo cáo phương án", "due_on": due_on or TODAY + timedelta(days=9)} | fields
    if not {"direction", "inspection", "difficulty"} & set(values):
        values["direction"] = make_direction(plan, by=by)
    follow_up = FollowUp.objects.create(plan=plan, unit=unit, task=task, made_by=by, made_at=NOON, **values)
    FollowUpStep.objects.create(follow_up=follow_up, act=Act.OPEN, due_on=follow_up.due_on, by=by, at=NOON)
    return follow_up
