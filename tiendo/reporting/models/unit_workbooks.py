"""Workbooks in which a unit filled in its report offline, kept until they are taken or dropped."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.plans.models import StoredFile
from tiendo.reporting.models.duties import Duty


class UnitWorkbookQuerySet(models.QuerySet["UnitWorkbook"]):
    def visible_to(self, user: User) -> UnitWorkbookQuerySet:
        """Only the unit's own: nothing typed leaves it before its head sends (R018)."""
        return self.filter(duty__unit_id__in=user.access.held_unit_ids)

    def waiting(self) -> UnitWorkbookQuerySet:
        """Neither taken whole nor dropped."""
        return self.filter(decided_at=None)


class UnitWorkbook(models.Model):
    """A workbook handed in for a report. What it changes is worked out anew whenever it is looked at."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("đã lưu vào báo cáo")
        DROPPED = "dropped", _("đã bỏ")

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="workbooks")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="unit_workbooks")
    file_name = models.TextField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, null=True)

    objects = UnitWorkbookQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "file"], condition=Q(decided_at=None), name="unit_workbook_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, outcome=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, outcome__isnull=False),
                name="unit_workbook_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.file_name}"
