from __future__ import annotations

from django.db import models

from tiendo.accounts.models import User
from tiendo.oversight.models.amendments import AmendmentLine


class ReplacedValue(models.Model):
    """What a field said, changed after the decision, until the decided value took its place; it stays readable."""

    line = models.ForeignKey(AmendmentLine, models.PROTECT, related_name="replaced")
    field = models.CharField(max_length=20, help_text="as in the line's wanted")
    was = models.JSONField(null=True, help_text="the shape of plans.TaskTerms")
    source = models.TextField(blank=True, default="", help_text="the paper the replaced value rested on")
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["line", "pk"]
        constraints = [models.UniqueConstraint(fields=["line", "field"], name="replaced_value_once_per_field")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.field}"
