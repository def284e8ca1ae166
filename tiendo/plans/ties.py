"""What ties tasks to each other and to indicators. Read them from `plans.models`, beside the tasks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tiendo.accounts.models import User


class TaskTwin(models.Model):
    """Two tasks that two documents set in nearly the same words; both are followed and keep their deadlines (R014).

    An unordered pair, stored once: the task with the smaller row number is `first`.
    """

    first = models.ForeignKey("plans.Task", models.PROTECT, related_name="twins_after")
    second = models.ForeignKey("plans.Task", models.PROTECT, related_name="twins_before")
    score = models.PositiveSmallIntegerField(help_text="how alike the words are, 0 to 100")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="twin_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="twin_pair_in_order"),
            models.CheckConstraint(condition=Q(score__lte=100), name="twin_score_0_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}"


class TaskIndicator(models.Model):
    """A task serves an indicator: the indicator's row as it stood when the link was made."""

    task = models.ForeignKey("plans.Task", models.PROTECT, related_name="indicator_links")
    item = models.ForeignKey("plans.PlanItem", models.PROTECT, related_name="task_links")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["task", "item"]
        constraints = [models.UniqueConstraint(fields=["task", "item"], name="task_indicator_once")]

    def __str__(self) -> str:
        return f"{self.task}: {self.item}"
