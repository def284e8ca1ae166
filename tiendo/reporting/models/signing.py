"""Signed files brought back, and the certificates one trusts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.plans.models import StoredFile
from tiendo.reporting.models.papers import IssuedReport, UnitReport
from tiendo.reporting.papers.signatures import OUTCOME_WORDS, SignatureOutcome


class TrustAnchor(models.Model):
    """A certificate from which trust in signatures begins. One taken out stays as history."""

    name = models.TextField(_("tên tổ chức cấp chứng thư"))
    pem = models.TextField()
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the certificate")
    valid_to = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(removed_at=None), name="trust_anchor_in_force_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__gte=F("added_at"), removed_by__isnull=False),
                name="trust_anchor_removed_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SignedPaper(models.Model):
    """A signed PDF of an issued report or of a unit's own, with what was found in it when it was brought."""

    issued = models.ForeignKey(IssuedReport, models.PROTECT, null=True, related_name="signed_papers")
    unit_report = models.ForeignKey(UnitReport, models.PROTECT, null=True, related_name="signed_papers")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    outcome = models.CharField(
        max_length=20, choices=[(each.value, _(OUTCOME_WORDS[each])) for each in SignatureOutcome]
    )
    answer = models.JSONField(help_text="what the reader of signatures found, signature by signature")
    is_trusted = models.BooleanField()
    covers_whole = models.BooleanField()
    brought_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["-brought_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued=None, unit_report__isnull=False) | Q(issued__isnull=False, unit_report=None),
                name="signed_paper_of_one_report",
            ),
            models.UniqueConstraint(fields=["issued", "file"], name="signed_paper_once_per_issued_report"),
            models.UniqueConstraint(fields=["unit_report", "file"], name="signed_paper_once_per_unit_report"),
        ]

    def __str__(self) -> str:
        return f"{self.issued or self.unit_report}: {self.outcome}"
