"""What the rows about periods point at: a schedule in force, a line of the programme, a closed report opened again."""

from datetime import date, timedelta

from tests.factories import NOON, World, make_duty, make_entry, make_period, make_submission
from tiendo.plans.models import Plan, Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty

CLOSED = "Kỳ đã khóa số liệu"


def set_periods(plan: Plan, other: Plan, task: Task, world: World) -> None:
    """`other` has the schedule and the programme, so that nothing of it stands among the reports on `plan`."""
    by, at = world.chi, NOON
    actions.start_schedule(plan=other, template="quarter", started_on=date(2026, 7, 1), by=by, at=at)
    actions.add_programme_entry(
        plan=other,
        title="Nghe tình hình chuyển đổi số",
        held_on=date(2026, 7, 20),
        report_due_on=date(2026, 7, 15),
        units=[world.unit_b],
        by=by,
        at=at,
    )
    _reopened(plan, task, world)


def closed_duty() -> Duty:
    """The report of the closed period; its reopening is over, and nobody has ended it yet."""
    return Duty.objects.get(period__name=CLOSED)


def _reopened(plan: Plan, task: Task, world: World) -> None:
    due_at = NOON - timedelta(days=90)
    period = make_period(plan, CLOSED, opens_at=due_at - timedelta(days=30), due_at=due_at)
    duty = make_duty(period, world.unit_a)
    make_submission(make_entry(duty, task, saved_by=world.an, percent=25), by=world.binh, accepted_by=world.chi)
    actions.close_period(period=period, by=world.chi, at=NOON)
    until = NOON + timedelta(days=1)
    actions.reopen(duty=duty, task=task, until=until, reason="Sai số trạm", by=world.chi, at=NOON)
