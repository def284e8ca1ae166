"""Background jobs: load by id, call one action."""

from django.utils import timezone
from django_tasks import task

from tiendo.reporting.actions import open_due_periods


@task()
def open_due_periods_now() -> int:
    """Open the periods whose time has come; how many were opened. A second run opens nothing twice."""
    return len(open_due_periods(by=None, at=timezone.now()))
