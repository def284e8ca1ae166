"""Money that finance confirmed, as the history of a task tells it."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from tiendo.budget.models import MoneyLine
from tiendo.plans.models import Task
from tiendo.plans.timeline import Fact


def money_facts(task: Task) -> Iterator[Fact]:
    """Every confirmation, those of lines replaced since included; one query."""
    lines = MoneyLine.objects.filter(task=task, state=MoneyLine.State.CONFIRMED).select_related("decided_by")
    for line in lines:
        if line.decided_at is None or line.decided_by is None:
            continue
        values = {"year": str(line.year), "amount": str(line.amount)}
        acts = ((f"budget.money:{line.pk}", "budget.money.confirm"),)
        by, day = line.decided_by.username, localdate(line.decided_at)
        yield Fact(f"money_{line.kind}", line.decided_at, day, values, by, paper=line.document, acts=acts)
