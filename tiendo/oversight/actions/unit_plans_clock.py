"""The clock reminds units that owe a plan, shortly before its day and once after it (R013, R038)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.notices.models import Notice
from tiendo.orgs.queries import office_calendar
from tiendo.oversight.models import PlanCall
from tiendo.oversight.plan_call_telling import tell_units, was_told
from tiendo.oversight.plan_calls import REMIND_BEFORE, WATCHED_AFTER, telling_on
from tiendo.oversight.register_queries import lines_lacking
from tiendo.oversight.register_rules import can_keep_registers


def remind_of_plans(*, by: User | None, at: datetime) -> list[Notice]:
    """Tell units without a plan; the messages. Nobody is told the same twice, and a clock that slept says what is so
    by now. `by` is None when the clock asks."""
    if by is not None:
        require(can_keep_registers(by))
    on = localdate(at)
    first = on + timedelta(days=3 * REMIND_BEFORE)  # no row of working days is thrice as long in days
    calls = list(PlanCall.objects.filter(due_on__lte=first, due_on__gte=on - timedelta(days=WATCHED_AFTER)))
    return [notice for call in calls for notice in _remind(call, by=by, at=at)]


@transaction.atomic
def _remind(call: PlanCall, *, by: User | None, at: datetime) -> list[Notice]:
    on = localdate(at)
    telling = telling_on(call.due_on, on, office_calendar())
    if telling is None or was_told(call, telling):
        return []
    return tell_units(call, lines_lacking(call, on=on), telling, by=by, at=at)
