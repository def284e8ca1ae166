"""The ledger of observed values and the figures made from it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.indicators.models.choices import codes
from tiendo.indicators.models.passports import Indicator
from tiendo.indicators.models.sources import Batch, Source
from tiendo.indicators.models.targets import TargetLine
from tiendo.indicators.states import Origin, Standing, State, Status
from tiendo.orgs.models import Unit
from tiendo.plans.models import StoredFile


class ObservationQuerySet(models.QuerySet["Observation"]):
    def current(self) -> ObservationQuerySet:
        """Of each cell the newest accepted line."""
        return self.filter(is_current=True)

    def visible_to(self, user: User) -> ObservationQuerySet:
        """Everything for those who steer or inspect; a unit sees its own lines and those of indicators it owns."""
        access = user.access
        if access.reads_everything:
            return self
        own = access.held_unit_ids
        owned = Q(indicator__passports__is_current=True, indicator__passports__owner_id__in=own)
        return self.filter(Q(unit_id__in=own) | owned) if own else self.none()


class Observation(models.Model):
    """One line of the ledger: the value of an indicator for a unit and a period as one source gave it, or why none.

    Never changed after it was decided; a correction is the next `number` of the same cell. Of the accepted lines of a
    cell the newest is `is_current`. `slice` is "" for the whole, or "gioi=nữ" for one part of a breakdown.
    """

    class NoValue(models.TextChoices):
        NOT_MEASURED = "not_measured", _("chưa đo, chưa thống kê")
        NOT_APPLICABLE = "not_applicable", _("không phát sinh, không áp dụng")
        LATE_SOURCE = "late_source", _("nguồn chưa công bố")
        WITHHELD = "withheld", _("không cung cấp")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="observations")
    period = models.CharField(max_length=10, help_text="code of `indicators.spans`: 2025, 2025-H1, 2025-Q3, 2025-M07")
    period_end = models.DateField(help_text="last day of the period")
    slice = models.TextField(blank=True, default="")
    source = models.ForeignKey(Source, models.PROTECT, related_name="observations")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=codes(Status))
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, help_text="a level's number too")
    no_value = models.CharField(max_length=20, choices=NoValue.choices, null=True)
    note = models.TextField(blank=True, default="")
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    evidence_name = models.TextField(blank=True, default="")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="observations")
    warnings = models.JSONField(default=list, blank=True, help_text="Sentences of checks that ask for a second look")
    standing = models.CharField(max_length=10, choices=codes(Standing), default=Standing.PENDING.value)
    is_current = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(null=True, help_text="why it was returned")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "unit", "period_end", "slice", "source", "number"]
        indexes = [
            models.Index(
                fields=["indicator", "period_end", "unit"], condition=Q(is_current=True), name="observation_current"
            ),
            models.Index(fields=["standing"], condition=Q(standing="pending"), name="observation_pending"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period", "slice", "source", "number"], name="observation_number_once"
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "period", "slice", "source"],
                condition=Q(is_current=True),
                name="observation_one_current_per_cell",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, no_value=None) | Q(value=None, no_value__isnull=False),
                name="observation_value_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(standing="accepted"), name="observation_current_is_accepted"
            ),
            models.CheckConstraint(
                condition=Q(standing="pending", decided_at=None, decided_by=None)
                | (~Q(standing="pending") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="observation_decided_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("recorded_by")), name="observation_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(standing="returned") | (Q(reason__isnull=False) & ~Q(reason="")),
                name="observation_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit_id} {self.period} = {self.value}"


class FigureQuerySet(models.QuerySet["Figure"]):
    def visible_to(self, user: User) -> FigureQuerySet:
        """As observations; the figure of the whole, which the owner answers for, everybody inside may read."""
        access = user.access
        if access.reads_everything:
            return self
        if not user.is_active:
            return self.none()
        own = access.held_unit_ids
        current = Q(indicator__passports__is_current=True)
        owned = current & Q(indicator__passports__owner_id__in=own)
        whole = Q(unit__kind="committee")
        return self.filter(Q(unit_id__in=own) | owned | whole).distinct()


class Figure(models.Model):
    """What an indicator says for a unit and a period: the one number that list, page, export, document and API read.

    Worked out from current observations, formulas and rollups when one of them is accepted; it can be made again from
    them at any time and nothing but `actions.refreshing` writes it.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="figures")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="figures")
    period = models.CharField(max_length=10)
    period_end = models.DateField()
    slice = models.TextField(blank=True, default="")
    origin = models.CharField(max_length=10, choices=codes(Origin))
    status = models.CharField(max_length=10, choices=codes(Status), help_text="the least final of what it is made of")
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    no_value = models.JSONField(null=True, help_text="Sentence: why there is no value")
    target = models.ForeignKey(
        TargetLine, models.SET_NULL, null=True, related_name="+", help_text="the milestone or end it is held against"
    )
    state = models.CharField(max_length=10, choices=codes(State))
    progress = models.DecimalField(
        max_digits=24, decimal_places=6, null=True, help_text="percent of the way from baseline to the final target"
    )
    not_computable = models.JSONField(null=True, help_text="Sentence: why there is no progress")
    distance = models.DecimalField(
        max_digits=24, decimal_places=6, null=True, help_text="value less the path that day, in the indicator's unit"
    )
    made_from = models.JSONField(
        default=dict, help_text='{"observations": [ids], "parts": n, "expected": n, "missing": [codes]}'
    )
    flags = models.JSONField(default=list, blank=True, help_text="Sentences: contradicting sources, partial rollups")
    made_at = models.DateTimeField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "unit", "period_end", "slice"]
        indexes = [
            models.Index(fields=["unit", "period_end"], name="figure_of_unit"),
            models.Index(fields=["indicator", "period"], name="figure_of_period"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit", "period", "slice"], name="figure_once_per_cell"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, no_value=None) | Q(value=None, no_value__isnull=False),
                name="figure_value_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(progress__isnull=False, not_computable=None)
                | Q(progress=None, not_computable__isnull=False),
                name="figure_progress_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit_id} {self.period}: {self.value}"
