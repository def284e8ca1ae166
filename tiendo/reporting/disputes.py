"""Reads: over which work a dispute stands, whichever report it was raised in."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from tiendo.plans.models import Task, TaskTwin
from tiendo.reporting.models import Part


def disputed_tasks() -> QuerySet[Task]:
    """Tasks over which, or over whose twin in another plan (R014), a coordinating unit disputes what was sent.

    Nobody closes one of them, in the same report, a later one or another plan's, until the dispute is ended.
    """
    named = Part.objects.disputed().values("entry__task")
    first = TaskTwin.objects.filter(first=OuterRef("pk"), second__in=named)
    second = TaskTwin.objects.filter(second=OuterRef("pk"), first__in=named)
    return Task.objects.filter(Q(pk__in=named) | Exists(first) | Exists(second))
