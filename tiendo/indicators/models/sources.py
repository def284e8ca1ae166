"""Where values come from, and what arrived: each delivery, and the rows of it that were put aside (R070, R089)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.plans.models import StoredFile
from tiendo.ui.stamps import stamp_of


class Source(models.Model):
    """A body of figures somebody keeps: a unit's own report, a sector database, a survey, the statistics office."""

    class Kind(models.TextChoices):
        REPORT = "report", _("báo cáo của đơn vị")
        DATABASE = "database", _("cơ sở dữ liệu ngành")
        SURVEY = "survey", _("điều tra, khảo sát")
        STATISTICS = "statistics", _("cơ quan thống kê")

    code = models.SlugField(_("mã nguồn"), max_length=40, unique=True)
    name = models.TextField(_("tên nguồn"))
    kind = models.CharField(_("loại nguồn"), max_length=20, choices=Kind.choices)
    keeper = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="kept_sources")
    created_at = models.DateTimeField()
    retired_on = models.DateField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="source_has_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def stamp(self) -> str:
        """Changes with what it is called, what it is and who keeps it."""
        return stamp_of(self.name, self.kind, self.keeper_id)


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, user: User) -> BatchQuerySet:
        """Whoever reads everything sees each delivery; others see what they delivered themselves."""
        return self if user.access.reads_everything else self.filter(received_from=user)


class Batch(models.Model):
    """One delivery of values from one source. The same key delivered again changes nothing and gets the same answer."""

    class Form(models.TextChoices):
        PAGE = "page", _("nhập trên trang")
        EXCEL = "excel", _("tệp Excel")
        CSV = "csv", _("tệp CSV")
        API = "api", _("giao diện lập trình")

    source = models.ForeignKey(Source, models.PROTECT, related_name="batches")
    form = models.CharField(max_length=10, choices=Form.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.TextField(blank=True, default="")
    key = models.CharField(max_length=100, null=True, help_text="idempotency key given by the sender")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was delivered")
    row_count = models.PositiveIntegerField()
    taken_count = models.PositiveIntegerField()
    unchanged_count = models.PositiveIntegerField(default=0)
    aside_count = models.PositiveIntegerField(default=0)
    answer = models.JSONField(default=dict, help_text="what the sender was told, to be told again")
    received_from = models.ForeignKey(User, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["received_from", "key"], condition=Q(key__isnull=False), name="batch_key_once_per_sender"
            ),
            models.CheckConstraint(
                condition=Q(row_count=models.F("taken_count") + models.F("unchanged_count") + models.F("aside_count")),
                name="batch_every_row_accounted_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source.code} {self.received_at:%Y-%m-%d}"


class PutAside(models.Model):
    """A row that failed its checks, kept as it came with its reasons, until somebody mends or drops it."""

    class Outcome(models.TextChoices):
        MENDED = "mended", _("đã sửa và nhận")
        DROPPED = "dropped", _("bỏ, có lý do")

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="asides")
    row = models.PositiveIntegerField(help_text="as the file numbers it, from 1; its place in an API call")
    raw = models.JSONField(help_text="the cells as they came")
    reasons = models.JSONField(help_text="Sentences: pattern and values")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, null=True)
    outcome_note = models.TextField(blank=True, default="")
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["batch", "row"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="aside_row_once_per_batch"),
            models.CheckConstraint(
                condition=Q(outcome=None, resolved_by=None, resolved_at=None)
                | Q(outcome__isnull=False, resolved_by__isnull=False, resolved_at__isnull=False),
                name="aside_resolved_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} #{self.row}"
