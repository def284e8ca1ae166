"""Reads: what a unit says of the same work in its other reports."""

from django.db.models import Q, QuerySet

from tiendo.plans.models import Task, TaskTwin
from tiendo.reporting.models import Duty, Entry


def same_work(task: Task) -> list[int]:
    """The task and its twins in other plans, by row number (R014)."""
    pairs = TaskTwin.objects.filter(Q(first=task.pk) | Q(second=task.pk)).values_list("first", "second")
    return [task.pk, *sorted({pk for pair in pairs for pk in pair} - {task.pk})]


def find_said_elsewhere(duty: Duty, task: Task) -> Entry | None:
    """The newest entry of the same unit on the same work, in a report over some of the same days."""
    period = duty.period
    others = Entry.objects.filter(
        duty__unit=duty.unit_id,
        task__in=same_work(task),
        duty__period__data_from__lt=period.data_to,
        duty__period__data_to__gt=period.data_from,
    )
    written = others.exclude(duty=duty).exclude(revision=0).select_related("duty__period", "task")
    return written.order_by("-saved_at", "-pk").first()


def fills_of(entry: Entry) -> QuerySet[Entry]:
    """Entries of other reports that repeat this one, each with its report and task."""
    return entry.fills.select_related("duty__period", "task").order_by("duty__due_at", "pk")
