"""What stands in the way of a task, for the task's own page."""

from typing import Any

from django.utils import timezone

from tiendo.accounts.models import User
from tiendo.oversight.difficulty_queries import for_list, lines, told_in_reports
from tiendo.oversight.models import Difficulty
from tiendo.plans.models import Task
from tiendo.web.oversight.difficulties import CHIPS

MOST = 8


def panel(task: Task, user: User) -> dict[str, Any]:
    """Context of `web/oversight/panels/difficulties.html`: the newest first; what a report told and is not registered.

    A constant number of queries; the last only for people of a unit with a part in the task.
    """
    found = for_list(Difficulty.objects.visible_to(user).filter(tasks=task)).order_by("-written_at", "-pk")[:MOST]
    may_add = _has_part(task, user)
    told = told_in_reports(user, task=task).values_list("pk", flat=True).first() if may_add else None
    rows = [(line, *CHIPS[line.difficulty.state]) for line in lines(found, at=timezone.now())]
    return {"rows": rows, "may_add": may_add, "told": told}


def _has_part(task: Task, user: User) -> bool:
    held = user.access.held_unit_ids
    return bool(held) and Task.objects.filter(pk=task.pk).unfinished().of_units(held).exists()
