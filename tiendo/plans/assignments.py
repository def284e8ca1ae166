"""Which unit has which part in a task, as the decision named it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.orgs.models import Unit
from tiendo.plans.holding import Holding, rows_of


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self) -> AssignmentQuerySet:
        return self.filter(ended_at=None)

    def answered_by(
        self, unit_ids: frozenset[int], *, on: date | None = None, known: Holding | None = None
    ) -> AssignmentQuerySet:
        """Parts for which any of the units answers on the day (today), tasks handed over counted where they went.

        `unit_ids` are held units: with each unit come those whose successor it is; `known` spares the queries.
        """
        return self.filter(rows_of(unit_ids, Assignment.objects.all(), on=on, known=known))


class Assignment(models.Model):
    """A unit's part in a task. The unit stays the one the decision named; successors are resolved when read."""

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        COORDINATING = "coordinating", _("phối hợp")
        SUPERVISING = "supervising", _("giám sát")
        PERFORMING = "performing", _("thực hiện")

    task = models.ForeignKey("plans.Task", models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role.choices)
    printed = models.TextField(null=True, help_text="as the document writes it; a unit not recognised stays text")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["task", "role", "pk"]
        indexes = [models.Index(fields=["unit", "role"], condition=Q(ended_at=None), name="assignment_in_force")]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(role="lead", ended_at=None), name="assignment_one_lead"
            ),
            models.UniqueConstraint(
                fields=["task"], condition=Q(role="supervising", ended_at=None), name="assignment_one_supervising"
            ),
            models.UniqueConstraint(
                fields=["task", "role", "unit"],
                condition=Q(ended_at=None, unit__isnull=False),
                name="assignment_unit_once_per_role",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(printed__isnull=False), name="assignment_unit_or_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.printed} ({self.role})"
