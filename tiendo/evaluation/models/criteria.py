"""Sets of criteria: reviewed data with a version and a hash, in force by another person's decision."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.evaluation.states import SET_STATUS_WORDS, SetStatus
from tiendo.indicators.models import Indicator
from tiendo.plans.models import Plan, PlanItem


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def in_force(self) -> CriteriaSetQuerySet:
        return self.filter(status=SetStatus.IN_FORCE)

    def visible_to(self, user: User) -> CriteriaSetQuerySet:
        """By what one is judged is no secret; drafts are for those who read everything."""
        if user.access.reads_everything:
            return self
        return self.exclude(status__in=[SetStatus.DRAFT, SetStatus.PROPOSED]) if user.is_active else self.none()


class CriteriaSet(models.Model):
    """One version of a set. `content` is what `evaluation.criteria` reads; frozen from the day it is proposed."""

    code = models.SlugField(_("mã bộ tiêu chí"), max_length=60)
    number = models.PositiveIntegerField(_("phiên bản"))
    title = models.TextField(_("tên bộ tiêu chí"))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="criteria_sets")
    content = models.JSONField(
        help_text="see `evaluation.criteria`: criteria, weights, bands, roles, penalties, settings"
    )
    sha256 = models.CharField(max_length=64, help_text="of the canonical JSON of content and links")
    status = models.CharField(
        max_length=10,
        choices=[(each.value, _(SET_STATUS_WORDS[each])) for each in SetStatus],
        default=SetStatus.DRAFT.value,
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(_("văn bản ban hành"), blank=True, default="")
    in_force_from = models.DateField(null=True)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="criteria_set_number_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(status="in_force"), name="criteria_set_one_in_force"),
            models.CheckConstraint(
                condition=~Q(status__in=["in_force", "retired"])
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False, in_force_from__isnull=False) & ~Q(decision="")
                ),
                name="criteria_set_in_force_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("made_by")), name="criteria_set_decided_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"


class CriterionLink(models.Model):
    """Which objective or target of the plan a criterion serves (R004): an indicator, or a clause of the text."""

    criteria = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="links")
    criterion = models.CharField(max_length=40, help_text="code inside the content")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="criterion_links")
    item = models.ForeignKey(PlanItem, models.PROTECT, null=True, related_name="criterion_links")

    class Meta:
        ordering = ["criteria", "criterion", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria", "criterion", "indicator"],
                condition=Q(indicator__isnull=False),
                name="criterion_link_indicator_once",
            ),
            models.UniqueConstraint(
                fields=["criteria", "criterion", "item"],
                condition=Q(item__isnull=False),
                name="criterion_link_item_once",
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, item=None) | Q(indicator=None, item__isnull=False),
                name="criterion_link_one_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criteria} {self.criterion}"
