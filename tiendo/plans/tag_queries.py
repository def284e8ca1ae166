"""Totals by tag: tasks of different branches counted together (R053)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from tiendo.plans.models import Tag, Task, TaskQuerySet, TaskTag
from tiendo.plans.queries import TaskCount


@dataclass(frozen=True, kw_only=True)
class TagCount(TaskCount):
    tag: Tag


def by_tag(tasks: TaskQuerySet, *, on: date) -> list[TagCount]:
    """Every tag in use, and retired ones that tasks still carry, with the tasks given; a task counts for each tag."""
    cells = dict(tasks.counted().with_cell(on).annotate(in_cell=F("cell")).order_by().values_list("pk", "in_cell"))
    links = defaultdict[int, list[str]](list)
    for tag, task in TaskTag.objects.filter(taken_at=None).order_by().values_list("tag_id", "task_id"):
        if task in cells:
            links[tag].append(cells[task])
    return [_count(tag, Counter(links[tag.pk])) for tag in Tag.objects.all() if tag.retired_at is None or links[tag.pk]]


def _count(tag: Tag, cells: "Counter[str]") -> TagCount:
    return TagCount(
        tag=tag,
        total=cells.total(),
        finished=cells["done_on_time"] + cells["done_late"],
        overdue=cells["open_overdue"],
    )


def tags_of(task: Task) -> list[TaskTag]:
    """What the task carries now."""
    return list(task.tags.filter(taken_at=None).select_related("tag", "put_by").order_by("tag__kind", "tag__name"))
