from datetime import datetime, timedelta

from django.utils import timezone

from tests.factories import make_period
from tiendo.plans.models import Plan
from tiendo.reporting.tasks import open_due_periods_now


def test_the_schedule_opens_each_period_once(plan: Plan) -> None:
    now: datetime = timezone.now()
    make_period(plan, opened_at=None, opens_at=now - timedelta(days=3), due_at=now + timedelta(days=3))
    make_period(plan, opened_at=None, opens_at=now + timedelta(days=1), due_at=now + timedelta(days=3))
    assert [open_due_periods_now.enqueue().return_value for _ in range(2)] == [1, 0]
    assert plan.periods.exclude(opened_at=None).count() == 1
