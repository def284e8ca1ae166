"""The ledger of targets: baseline, yearly path, final value; a change is a new line and the old one stays."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.indicators.models.choices import codes
from tiendo.indicators.models.passports import Indicator
from tiendo.indicators.states import Comparator, Firmness, Purpose
from tiendo.orgs.models import Unit
from tiendo.plans.models import PlanVersion


class TargetQuerySet(models.QuerySet["TargetLine"]):
    def in_force(self) -> TargetQuerySet:
        return self.filter(is_current=True, is_withdrawn=False)


class TargetLine(models.Model):
    """One point: on the last day of a period the value must compare so. `unit` null: the same for every unit measured.

    `category` tells apart two thresholds of one cell ("≤ 3 Đông Nam Á; ≤ 50 thế giới"); empty is the only one.
    A pair of pass and full values (R077) stands as `value` (pass) and `full_value`.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="targets")
    purpose = models.CharField(_("loại mốc"), max_length=10, choices=codes(Purpose))
    due_on = models.DateField(_("ngày"), help_text="the day for which it is set; of a baseline, the day measured")
    category = models.TextField(_("phạm vi so sánh"), blank=True, default="")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    is_withdrawn = models.BooleanField(default=False)
    comparator = models.CharField(max_length=10, choices=codes(Comparator), default=Comparator.AT_LEAST.value)
    value = models.DecimalField(_("giá trị"), max_digits=24, decimal_places=6, null=True)
    upper = models.DecimalField(_("cận trên"), max_digits=24, decimal_places=6, null=True, blank=True)
    full_value = models.DecimalField(_("mức tối đa"), max_digits=24, decimal_places=6, null=True, blank=True)
    firmness = models.CharField(max_length=20, choices=codes(Firmness), default=Firmness.FIRM.value)
    printed = models.TextField(_("như văn bản ghi"), blank=True, default="")
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, null=True, related_name="targets")
    rests_on = models.TextField(_("căn cứ"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "due_on", "purpose", "category", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "purpose", "due_on", "category", "number"],
                condition=Q(unit__isnull=False),
                name="target_number_once_per_unit",
            ),
            models.UniqueConstraint(
                fields=["indicator", "purpose", "due_on", "category", "number"],
                condition=Q(unit=None),
                name="target_number_once",
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "purpose", "due_on", "category"],
                condition=Q(unit__isnull=False, is_current=True),
                name="target_one_in_force_per_unit",
            ),
            models.UniqueConstraint(
                fields=["indicator", "purpose", "due_on", "category"],
                condition=Q(unit=None, is_current=True),
                name="target_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=True) | Q(value__isnull=False), name="target_has_a_value_or_is_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(comparator="between", upper__isnull=False, upper__gte=models.F("value"))
                | (~Q(comparator="between") & Q(upper=None)),
                name="target_range_has_two_ends",
            ),
            models.CheckConstraint(condition=~Q(rests_on=""), name="target_rests_on_a_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.due_on} {self.comparator} {self.value}"
