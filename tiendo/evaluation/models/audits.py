"""Audits of claims: tasks reported complete, drawn by a published seed and looked at on the spot."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.evaluation.states import DRAWN_WORDS, FINDING_WORDS, Drawn, Finding
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan, StoredFile, Task


class ClaimAuditQuerySet(models.QuerySet["ClaimAudit"]):
    def visible_to(self, user: User) -> ClaimAuditQuerySet:
        """Those who steer or inspect see all; units learn of one when it is published."""
        return self if user.access.reads_everything else self.filter(published_at__isnull=False)


class ClaimAudit(models.Model):
    """One draw: the frame (every claim that could be drawn, in order), the seed, the design; then findings and rates.

    The frame is frozen and hashed before the seed is given, so nobody can choose a seed for what it draws.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="claim_audits")
    title = models.TextField(_("tên đợt kiểm tra"))
    year = models.PositiveSmallIntegerField()
    claimed_from = models.DateField()
    claimed_to = models.DateField(help_text="to-exclusive")
    frame = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", help_text="canonical JSON of all claims")
    frame_sha256 = models.CharField(max_length=64)
    frame_size = models.PositiveIntegerField()
    design = models.JSONField(help_text="see `evaluation.sampling`: strata, sizes, confidence, margin, risk weights")
    seed = models.TextField(blank=True, default="", help_text="as published, with where it comes from")
    seed_source = models.TextField(blank=True, default="")
    framed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    framed_at = models.DateTimeField()
    drawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True, help_text="rates and intervals, all and per unit, once concluded")
    concluded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    objects = ClaimAuditQuerySet.as_manager()

    class Meta:
        ordering = ["-framed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(drawn_at=None, drawn_by=None, seed="")
                | (Q(drawn_at__isnull=False, drawn_by__isnull=False) & ~Q(seed="") & ~Q(seed_source="")),
                name="claim_audit_drawn_from_a_seed",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(concluded_at__isnull=False, result__isnull=False),
                name="claim_audit_published_when_concluded",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AuditedClaim(models.Model):
    """One claim drawn: what was found when somebody who had no part in it looked."""

    audit = models.ForeignKey(ClaimAudit, models.PROTECT, related_name="claims")
    task = models.ForeignKey(Task, models.PROTECT, related_name="audited_claims")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="audited_claims", help_text="who led it when claimed")
    place = models.PositiveIntegerField(help_text="in the frame, from 1")
    stratum = models.TextField()
    drawn = models.CharField(max_length=10, choices=[(each.value, _(DRAWN_WORDS[each])) for each in Drawn])
    risk = models.DecimalField(max_digits=9, decimal_places=4, default=0)
    claim = models.TextField(help_text="text id of the accepted submission that claims it")
    checker = models.ForeignKey(User, models.PROTECT, null=True, related_name="claims_to_check")
    finding = models.CharField(
        max_length=12, choices=[(each.value, _(FINDING_WORDS[each])) for each in Finding], null=True
    )
    finding_text = models.TextField(blank=True, default="")
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    evidence_name = models.TextField(blank=True, default="")
    found_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["audit", "drawn", "place"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "task"], name="audited_claim_once"),
            models.CheckConstraint(
                condition=Q(finding=None, found_by=None, found_at=None)
                | (Q(finding__isnull=False, found_by__isnull=False, found_at__isnull=False) & ~Q(finding_text="")),
                name="audited_claim_found_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit}: {self.task}"
