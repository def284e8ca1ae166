"""Indicators and their passports: what is measured, how, by whom, and what it serves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.indicators.models.choices import codes
from tiendo.indicators.models.sources import Source
from tiendo.indicators.states import Direction, Firmness, Frequency, Measure, Rollup
from tiendo.orgs.models import Unit
from tiendo.plans.models import HigherDocument, Plan, PlanItem, Task


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def in_use(self) -> IndicatorQuerySet:
        return self.filter(retired_on=None)

    def visible_to(self, user: User) -> IndicatorQuerySet:
        """What is measured stands in signed documents: whoever signs in may read it; values are another matter."""
        return self if user.is_active else self.none()

    def published(self) -> IndicatorQuerySet:
        """Indicators whose passport in force says that their figures are public."""
        return self.filter(passports__in=Passport.objects.in_force().filter(is_public=True))


class Indicator(models.Model):
    """One thing measured, the same through every version of its passport."""

    code = models.CharField(_("mã chỉ tiêu"), max_length=60, unique=True)
    catalogue = models.TextField(_("danh mục"), blank=True, default="", help_text="the catalogue it was taken from")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="indicators")
    item = models.ForeignKey(
        PlanItem, models.PROTECT, null=True, related_name="indicators", help_text="the row or clause that sets it"
    )
    position = models.PositiveIntegerField(default=0)
    folded = models.TextField(help_text="name, code and unit folded for search")
    created_at = models.DateTimeField()
    retired_on = models.DateField(null=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="indicator_has_a_code")]

    def __str__(self) -> str:
        return self.code


class PassportQuerySet(models.QuerySet["Passport"]):
    def in_force(self) -> PassportQuerySet:
        return self.filter(is_current=True)


class Passport(models.Model):
    """What an indicator means from a version on. A change makes the next version; the newest one is `is_current`."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="passports")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    name = models.TextField(_("tên chỉ tiêu"))
    definition = models.TextField(_("định nghĩa"), blank=True, default="")
    method = models.TextField(_("cách tính"), blank=True, default="", help_text="the formula in words")
    expression = models.TextField(
        _("công thức"), blank=True, default="", help_text="over codes of other indicators; empty: values are entered"
    )
    measure = models.CharField(_("loại"), max_length=10, choices=codes(Measure), default=Measure.NUMBER.value)
    unit_code = models.CharField(_("đơn vị tính"), max_length=40, help_text="code in `indicators.measures`")
    unit_text = models.TextField(_("đơn vị tính như văn bản ghi"), blank=True, default="")
    decimals = models.PositiveSmallIntegerField(_("số chữ số thập phân"), default=1)
    direction = models.CharField(_("chiều tốt"), max_length=10, choices=codes(Direction), default=Direction.UP.value)
    firmness = models.CharField(_("mức ràng buộc"), max_length=20, choices=codes(Firmness), default=Firmness.FIRM.value)
    levels = models.JSONField(
        default=list, blank=True, help_text='ordered rubric: [{"level": 1, "name", "rubric", "evidence"}], worst first'
    )
    owner = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="owned_indicators")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="passports")
    frequency = models.CharField(_("chu kỳ"), max_length=10, choices=codes(Frequency), default=Frequency.YEAR.value)
    lag_days = models.PositiveSmallIntegerField(
        _("số ngày sau khi hết kỳ thì có số liệu"), default=30, help_text="from then on a figure not there is missing"
    )
    first_period = models.CharField(
        _("kỳ đầu tiên"), max_length=10, help_text="code of `indicators.spans`, e.g. 2025-Q1"
    )
    over_units = models.CharField(_("gộp theo đơn vị"), max_length=10, choices=codes(Rollup), default=Rollup.NONE.value)
    over_time = models.CharField(
        _("gộp theo thời gian"), max_length=10, choices=codes(Rollup), default=Rollup.LAST.value
    )
    weight = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", help_text="weighs a weighted mean"
    )
    numerator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    denominator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    measured_kinds = models.JSONField(
        default=list, blank=True, help_text="kinds of units whose values are entered; empty: the owner's, for the whole"
    )
    slices = models.JSONField(default=list, blank=True, help_text='[{"code": "gioi", "name", "values": ["nam", "nữ"]}]')
    checks = models.JSONField(
        default=dict, blank=True, help_text='{"low", "high", "jump_percent", "tolerance_percent"} as decimal text'
    )
    is_public = models.BooleanField(_("công khai"), default=True)
    not_public_reason = models.TextField(_("lý do không công khai"), blank=True, default="")
    rests_on = models.TextField(_("căn cứ"), help_text="the paper that sets it or changes it")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = PassportQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="passport_number_once"),
            models.UniqueConstraint(fields=["indicator"], condition=Q(is_current=True), name="passport_one_in_force"),
            models.CheckConstraint(condition=~Q(name=""), name="passport_has_a_name"),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="passport_decimals_at_most_6"),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(not_public_reason=""), name="passport_hidden_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} v{self.number}"


class Tie(models.Model):
    """What every link of an indicator keeps: who made it, when, and when it ended."""

    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class TaskTie(Tie):
    """A task whose outcome the indicator measures (R005, R065)."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="task_ties")
    task = models.ForeignKey(Task, models.PROTECT, related_name="indicator_ties")

    class Meta:
        ordering = ["indicator", "task"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "task"], condition=Q(ended_at=None), name="task_tie_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.task}"


class ObjectiveTie(Tie):
    """A clause of the plan whose objective the indicator measures (R004)."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="objective_ties")
    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="indicator_ties")

    class Meta:
        ordering = ["indicator", "item"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "item"], condition=Q(ended_at=None), name="objective_tie_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.item}"


class DocumentTie(Tie):
    """A higher document that sets the indicator (R027)."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="document_ties")
    document = models.ForeignKey(HigherDocument, models.PROTECT, related_name="indicator_ties")

    class Meta:
        ordering = ["indicator", "document"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "document"], condition=Q(ended_at=None), name="document_tie_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.document}"
