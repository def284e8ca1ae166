"""Programmes with their own objectives, measured and published in set periods (R063, R064, R081, R082)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.indicators.models.choices import codes
from tiendo.indicators.models.passports import Indicator
from tiendo.indicators.states import Frequency
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan
from tiendo.ui.stamps import stamp_of


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User) -> ProgrammeQuerySet:
        return self if user.is_active else self.none()

    def in_force(self) -> ProgrammeQuerySet:
        return self.filter(in_force_from__isnull=False, ended_on=None)


class Programme(models.Model):
    """A programme, such as digital government; in force only when each objective has a figure, a unit and a head."""

    code = models.SlugField(_("mã chương trình"), max_length=40, unique=True)
    title = models.TextField(_("tên chương trình"))
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="programmes")
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="programmes")
    frequency = models.CharField(_("chu kỳ đo và công bố"), max_length=10, choices=codes(Frequency))
    publish_days = models.PositiveSmallIntegerField(
        _("số ngày sau khi hết kỳ phải công bố"), default=30, help_text="from then on an unpublished period is missed"
    )
    in_force_from = models.DateField(null=True)
    decision = models.TextField(_("văn bản ban hành"), blank=True, default="")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_from=None) | (Q(decided_by__isnull=False) & ~Q(decision="")),
                name="programme_in_force_by_a_decision",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stamp(self) -> str:
        """Changes with its title, owner and rhythm."""
        return stamp_of(self.title, self.owner_id, self.frequency, self.publish_days)

    def objective_stamp(self, indicator: str) -> str:
        """Changes with the unit and head that answer for the indicator of this code."""
        standing = self.objectives.filter(indicator__code=indicator, ended_at=None)
        return stamp_of(list(standing.values_list("unit", "head")))


class Objective(models.Model):
    """One quantified objective: an indicator, the unit answerable for it and that unit's head by name."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="objectives")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="objectives")
    position = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="objectives")
    head = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="objectives")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["programme", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "indicator"], condition=Q(ended_at=None), name="objective_once_per_programme"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme.code}: {self.indicator}"


class Measurement(models.Model):
    """A period's results of a programme as published: frozen, numbered, dated. A correction is the next number."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="measurements")
    period = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    content = models.JSONField(help_text="the figures as published, one per objective, with their targets and states")
    sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["programme", "period", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "period", "number"], name="measurement_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme.code} {self.period} #{self.number}"
