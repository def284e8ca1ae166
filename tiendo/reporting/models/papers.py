"""Official papers made from reports."""

from __future__ import annotations

from django.db import models

from tiendo.accounts.models import User
from tiendo.plans.models import StoredFile
from tiendo.reporting.models.periods import Period


class IssuedReport(models.Model):
    """The consolidated report of a period as issued: its files, its figures with their records, the head of the log."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="issued_reports")
    number = models.PositiveIntegerField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    docx = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    figures = models.JSONField(help_text="every figure with the ids of the submissions it was counted from")
    log_seq = models.BigIntegerField()
    log_head = models.CharField(max_length=64)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="issued_report_number_once")]

    def __str__(self) -> str:
        return f"{self.period} – {self.number}"
