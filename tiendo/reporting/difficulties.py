"""Difficulties that stand open: what the last accepted report on an unfinished task says is in its way (R085)."""

from django.db.models import OuterRef, Subquery

from tiendo.plans.models import TaskQuerySet
from tiendo.reporting.queries import accepted


def with_difficulty(tasks: TaskQuerySet) -> TaskQuerySet:
    """Unfinished tasks whose newest accepted submission states a difficulty, as `latest_accepted` finds it."""
    newest = accepted().filter(entry__task=OuterRef("pk")).values("difficulty")[:1]
    return tasks.unfinished().alias(stated=Subquery(newest)).filter(stated__gt="")
