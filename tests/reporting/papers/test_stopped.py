"""A task that a decision stopped is counted by no report judged after that day, and by every one judged before it."""

from datetime import datetime, timedelta

import pytest

from tests.factories import World, make_document, make_period
from tiendo.plans.actions import drop_task
from tiendo.plans.models import Plan, Task
from tiendo.reporting.papers.gathering import facts_of


@pytest.mark.parametrize(("days", "counted"), [(-1, 0), (1, 1)])
def test_the_report_is_judged_by_what_was_decided_by_its_last_day(
    world: World, plan: Plan, task: Task, days: int, counted: int
) -> None:
    period = make_period(plan)
    last = datetime.combine(period.data_to - timedelta(days=1), datetime.min.time()).astimezone()
    drop_task(
        task=task, document=make_document(), reason="Việc khác thay", by=world.chi, at=last + timedelta(days=days)
    )
    lines = facts_of(period).lines
    assert [line.code for line in lines] == [task.code]
    assert len(facts_of(period).counted) == counted
