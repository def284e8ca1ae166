"""Words by which tasks of different branches are found and counted together (R053)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User

if TYPE_CHECKING:
    from tiendo.plans.models import TaskQuerySet


class Tag(models.Model):
    """A field, a strategic technology, a key project, or a nature that calls for more care (an IT project: R049)."""

    class Kind(models.TextChoices):
        FIELD = "field", _("lĩnh vực")
        TECHNOLOGY = "technology", _("công nghệ chiến lược")
        PROJECT = "project", _("dự án trọng điểm")
        NATURE = "nature", _("tính chất")

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.TextField(_("tên"))
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="tag_has_a_name")]

    def __str__(self) -> str:
        return self.name


class TaskTag(models.Model):
    """A tag on a task for a time; taken off, it keeps who had put it there."""

    task = models.ForeignKey("plans.Task", models.PROTECT, related_name="tags")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="tasks")
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["task", "tag"]
        constraints = [
            models.UniqueConstraint(fields=["task", "tag"], condition=Q(taken_at=None), name="task_tag_once")
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.tag}"


def tagged(tasks: TaskQuerySet, code: str) -> TaskQuerySet:
    """Of these tasks, those that carry the tag now."""
    rows = TaskTag.objects.filter(task=OuterRef("pk"), tag__code=code, taken_at=None)
    return tasks.filter(Exists(rows))
