"""Which unit, or group of units, has which part in a task, as the decision named it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.orgs.models import Unit, UnitGroup
from tiendo.plans.holding import Holding, rows_of
from tiendo.plans.joining import joined_by


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

    def joined_by(self, unit_ids: frozenset[int], *, on: date | None = None) -> AssignmentQuerySet:
        """Parts of groups in which any of the units (held ones) takes part on the day (today); see `holding`."""
        return self.filter(joined_by(unit_ids, on=on))


class Assignment(models.Model):
    """A part in a task of a unit, of a group of units, or of whoever the printed words mean.

    The unit and the group stay those the decision named; successors and members are resolved when read.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        COORDINATING = "coordinating", _("phối hợp")
        SUPERVISING = "supervising", _("giám sát")
        PERFORMING = "performing", _("thực hiện")

    task = models.ForeignKey("plans.Task", models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="assignments")
    group = models.ForeignKey(UnitGroup, models.PROTECT, null=True, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role.choices)
    printed = models.TextField(null=True, help_text="as the document writes it; who is not recognised stays text")
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
            models.UniqueConstraint(
                fields=["task", "role", "group"],
                condition=Q(ended_at=None, group__isnull=False),
                name="assignment_group_once_per_role",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(group__isnull=False) | Q(printed__isnull=False),
                name="assignment_names_somebody",
            ),
            models.CheckConstraint(condition=Q(unit=None) | Q(group=None), name="assignment_unit_or_group"),
            models.CheckConstraint(
                condition=Q(group=None) | ~Q(role="supervising"), name="assignment_supervised_by_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} ({self.role})"

    @property
    def words(self) -> str:
        """Who is named: the unit, or the words as printed, or the group."""
        return str(self.unit or self.printed or self.group or "")

    @property
    def code(self) -> str:
        """Who is named, for the log: the code of the unit or of the group, or the words as printed."""
        named = self.unit or self.group
        return named.code if named else self.printed or ""
