"""What was asked about a task after directions, inspections and difficulties, for the task's own page."""

from typing import Any

from django.utils import timezone

from tiendo.accounts.models import User
from tiendo.oversight.followup_permissions import can_direct
from tiendo.oversight.followup_queries import items_of_task
from tiendo.plans.models import Task

MOST = 8


def panel(task: Task, user: User) -> dict[str, Any]:
    """Context of `web/oversight/panels/directions.html`; two queries."""
    items = list(items_of_task(task, user)[: MOST + 1])
    return {
        "items": items[:MOST],
        "has_more": len(items) > MOST,
        "can_direct": bool(can_direct(user)),
        "today": timezone.localdate(),
    }
