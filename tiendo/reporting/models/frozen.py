"""What is kept of a period once it was closed: what its report tells, and what it cost the units."""

from __future__ import annotations

from django.db import models

from tiendo.reporting.models.periods import Period


class FrozenReport(models.Model):
    """Everything a closed period's report tells of its tasks, units and papers, in the words of the closing.

    Later amendments of the plan, new names and corrections change nothing in it. A period closed by an earlier version
    of the program has none and is read from the rows as they can still be told apart.
    """

    period = models.OneToOneField(Period, models.PROTECT, related_name="frozen_report")
    tasks = models.JSONField(help_text="ids of the tasks, one for each line of the facts")
    facts = models.JSONField(help_text="`papers.consolidation.ReportFacts` as written by `papers.freezing`")
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ["period"]

    def __str__(self) -> str:
        return str(self.period)


class KeptBurden(models.Model):
    """What the reports of a closed period cost their units, counted once; counted again after a reopening."""

    period = models.OneToOneField(Period, models.PROTECT, related_name="kept_burden")
    burdens = models.JSONField(help_text="`burden.Burden` of each unit, in the order of units")
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["period"]

    def __str__(self) -> str:
        return str(self.period)
