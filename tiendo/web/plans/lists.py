"""The lists behind the numbers of the overview: those of `plans`, and the one that needs what units reported."""

from collections.abc import Iterable
from datetime import date

from tiendo.plans import queries
from tiendo.plans.models import Task, TaskQuerySet
from tiendo.plans.queries import Overview
from tiendo.reporting.difficulties import with_difficulty
from tiendo.reporting.queries import latest_accepted

DIFFICULT = "with_difficulty"
CONCERNS = ("due_soon", DIFFICULT, *(name for name in queries.CONCERNS if name != "due_soon"))


def in_list(tasks: TaskQuerySet, name: str, *, on: date) -> TaskQuerySet:
    """The tasks behind one number, by its name. Raises KeyError for another name."""
    return with_difficulty(tasks) if name == DIFFICULT else queries.in_list(tasks, name, on=on)


def overview(tasks: TaskQuerySet, *, on: date) -> Overview:
    """Every number of the screen, each counted by the filter its list uses."""
    return queries.overview(tasks, on=on, also={DIFFICULT: with_difficulty(tasks)})


def difficulties(tasks: Iterable[Task]) -> dict[int, str]:
    """Task id → what its newest accepted report says is in the way."""
    newest = latest_accepted(Task.objects.filter(pk__in=[task.pk for task in tasks]))
    return {pk: submission.difficulty for pk, submission in newest.items()}
