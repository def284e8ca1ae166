"""Who answers beyond what the decision printed: people charged, a task handed on in a split, who supervises."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit, UnitChange


class Charge(models.Model):
    """A person answerable for a task for a time: the accountable head, or the officer who works on it (R018, R037)."""

    class Kind(models.TextChoices):
        HEAD = "head", _("người đứng đầu chịu trách nhiệm")
        OFFICER = "officer", _("cán bộ được giao")

    task = models.ForeignKey("plans.Task", models.PROTECT, related_name="charges")
    user = models.ForeignKey(User, models.PROTECT, related_name="charges")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["task", "kind", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "kind"], condition=Q(valid_to=None), name="charge_one_open_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="charge_valid_to_from_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.kind})"


class HandoverQuerySet(models.QuerySet["Handover"]):
    def standing(self) -> HandoverQuerySet:
        """Those not undone, and whose change of units was not undone."""
        return self.filter(undone_at=None, change__undone_at=None)


class Handover(models.Model):
    """In one task, `successor` answers for `predecessor` from the change on, whatever the default successor is (R024).

    It stands beside the succession of the units and is undone with it; the assignment itself is never re-pointed.
    """

    task = models.ForeignKey("plans.Task", models.PROTECT, related_name="handovers")
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    change = models.ForeignKey(UnitChange, models.PROTECT, related_name="handovers")
    source = models.TextField(help_text="the paper or rule it rests on")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["task", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="handover_to_another_unit"),
            models.UniqueConstraint(
                fields=["task", "predecessor", "change"], condition=Q(undone_at=None), name="handover_once_per_change"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.predecessor} → {self.successor}"


class GroupSupervision(models.Model):
    """The one agency that supervises a branch of the plan; a task's own supervising agency goes before it (R007)."""

    group = models.ForeignKey("plans.TaskGroup", models.PROTECT, related_name="supervisions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="supervised_groups")
    source = models.TextField(help_text="the paper it rests on")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group"], condition=Q(ended_at=None), name="group_one_supervising"),
            models.CheckConstraint(condition=~Q(source=""), name="group_supervision_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} ⊢ {self.group}"


class TaskTerms(models.Model):
    """What a version of the plan says of a task, kept when the version was made: differences and past days read it.

    `terms`: {"number", "title", "description", "product", "authority", "group": code, "due": {"raw", "kind", "on"},
    "lead", "coordinating", "performing": [{"unit": code, "printed"}], "dropped": bool}; dates in ISO.
    A group of units has its code as "group" beside the words.
    """

    version = models.ForeignKey("plans.PlanVersion", models.PROTECT, related_name="terms")
    task = models.ForeignKey("plans.Task", models.PROTECT, related_name="terms")
    terms = models.JSONField()

    class Meta:
        ordering = ["version", "task"]
        constraints = [models.UniqueConstraint(fields=["version", "task"], name="task_terms_once_per_version")]

    def __str__(self) -> str:
        return f"{self.version}: {self.task}"
