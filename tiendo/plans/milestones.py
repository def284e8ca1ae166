"""The steps by which a unit means to carry out a task (R028). Read them from `plans.models`, beside the tasks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def in_force(self) -> MilestoneQuerySet:
        return self.filter(removed_at=None)


class Milestone(models.Model):
    """A step towards a task's product, with the day it should stand and the day it stood."""

    task = models.ForeignKey("plans.Task", models.PROTECT, related_name="milestones")
    title = models.TextField(_("nội dung mốc"))
    due_on = models.DateField(_("xong trước hết ngày"))
    done_on = models.DateField(_("đã xong ngày"), null=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, help_text="taken out of the plan of work; the row stays")

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["task", "due_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="milestone_has_a_title")]

    def __str__(self) -> str:
        return f"{self.task}: {self.title}"
