"""Money keeps its last đồng on both databases: what would be rounded is refused in words."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests.factories import NOON, make_duty, make_period, make_plan, make_task
from tiendo.plans.states import WorkState
from tiendo.reporting.actions import save_draft
from tiendo.reporting.models import Entry
from tiendo.reporting.rules import MOST_MONEY, Values

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", ["money_used", "money_allocated"])
def test_the_largest_amount_is_kept_exactly_and_one_more_is_refused(world, field):
    plan = make_plan(world.province)
    task, duty = make_task(plan, by=world.chi, lead=world.unit_a), make_duty(make_period(plan), world.unit_a)
    most = Values(state=WorkState.IN_PROGRESS, result="Đã chi.", **{field: MOST_MONEY - 1})
    save_draft(duty=duty, task=task, values=most, revision=0, by=world.an, at=NOON)
    assert getattr(Entry.objects.get(), field) == Decimal("999999999999999")
    over = Values(state=WorkState.IN_PROGRESS, result="Đã chi.", **{field: MOST_MONEY})
    with pytest.raises(ValidationError, match="quá lớn"):
        save_draft(duty=duty, task=task, values=over, revision=1, by=world.an, at=NOON)
    assert getattr(Entry.objects.get(), field) == MOST_MONEY - 1
