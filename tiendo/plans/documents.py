"""Files kept by their content, and the signed papers among them. Read them from `plans.models`, beside their users."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """A file kept by its content: one row and one file on disk for each SHA-256, outside the web root."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    extension = models.CharField(max_length=10)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]


class Document(models.Model):
    """A signed paper that assigns work: what it says of itself; null is "not in the document"."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="documents")
    file_name = models.TextField()
    kind = models.TextField(_("loại văn bản"), null=True)
    symbol = models.TextField(_("ký hiệu"), null=True)
    number = models.TextField(_("số"), null=True)
    issuer = models.TextField(_("cơ quan ban hành"), null=True)
    place = models.TextField(_("nơi ban hành"), null=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True)
    title = models.TextField(_("trích yếu"), null=True)
    signer = models.JSONField(default=dict)
    recipients = models.JSONField(default=list)
    lines = models.JSONField(
        default=list, help_text="the text as printed, one entry a line or block, first is number 1"
    )

    def __str__(self) -> str:
        return self.title or self.file_name
