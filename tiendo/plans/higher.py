"""Documents of higher bodies, and which plans and tasks carry them out (R027). Read them from `plans.models`."""

from __future__ import annotations

import re

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.words import fold


def number_key(number: str) -> str:
    """One key for a number however it is written: "03/NQ-CP" and "Số 03-NQ/CP" are one document."""
    return re.sub(r"^so ", "", fold(number))


class HigherDocument(models.Model):
    """A resolution, decision or programme that plans carry out; null is not known yet."""

    number = models.TextField(_("số, ký hiệu"))
    key = models.TextField(unique=True, help_text="number_key of the number")
    kind = models.TextField(_("loại văn bản"), null=True)
    issuer = models.TextField(_("cơ quan ban hành"), null=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True)
    title = models.TextField(_("trích yếu"), null=True)

    class Meta:
        ordering = ["key"]
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="higher_document_has_a_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}" if self.kind else self.number


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self) -> MandateQuerySet:
        return self.filter(ended_at=None)


class Mandate(models.Model):
    """A plan, or one of its tasks, carries out a higher document. Without a task it is the whole plan that does."""

    document = models.ForeignKey(HigherDocument, models.PROTECT, related_name="mandates")
    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="mandates")
    task = models.ForeignKey("plans.Task", models.PROTECT, null=True, related_name="mandates")
    quote = models.TextField(null=True, help_text="the exact words of the plan that name it")
    note = models.TextField(null=True, help_text="by hand: the paper or order it rests on")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["document", "plan", "task"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "task"],
                condition=Q(ended_at=None, task__isnull=False),
                name="mandate_once_per_task",
            ),
            models.UniqueConstraint(
                fields=["document", "plan"], condition=Q(ended_at=None, task=None), name="mandate_once_per_plan"
            ),
            models.CheckConstraint(
                condition=(Q(quote__isnull=False) & ~Q(quote="")) | (Q(note__isnull=False) & ~Q(note="")),
                name="mandate_rests_on_words_or_a_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ← {self.task or self.plan}"
