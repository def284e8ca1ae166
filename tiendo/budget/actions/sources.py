"""The funding sources that come with the house, put in place."""

from datetime import datetime

from django.db import transaction

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import Fact, record_all
from tiendo.budget.models import FundingSource
from tiendo.budget.permissions import can_record_spending
from tiendo.budget.shipped import shipped_sources


@transaction.atomic
def ensure_sources(*, by: User | None, at: datetime) -> list[FundingSource]:
    """Make those that are missing; what is there already, renamed or retired, stays. `by` is None for the machine."""
    if by is not None:
        require(can_record_spending(by))
    there = set(FundingSource.objects.values_list("code", flat=True))
    wanted = [
        FundingSource(code=each.code, name=each.name, is_local_budget=each.is_local_budget, position=place)
        for place, each in enumerate(shipped_sources(), 1)
        if each.code not in there
    ]
    # Two who ask at once both find them missing; the second one's rows are those of the first.
    FundingSource.objects.bulk_create(wanted, ignore_conflicts=True)
    facts = [Fact("budget.source.create", f"budget.source:{each.code}", {"name": each.name}) for each in wanted]
    record_all(facts, actor=by.username if by else MACHINE, at=at)
    return list(FundingSource.objects.all())
