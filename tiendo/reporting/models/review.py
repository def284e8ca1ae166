"""Around the review: words exchanged over an entry, and requests to move a deadline."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.plans.models import DeadlineLine, Task
from tiendo.reporting.models.entries import Entry


class Remark(models.Model):
    """One message in the thread of an entry, between the unit and the coordinator."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="remarks")
    text = models.TextField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_for = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="the unit the person spoke for")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["entry", "said_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="remark_has_words")]

    def __str__(self) -> str:
        return self.text[:60]


class ExtensionQuerySet(models.QuerySet["ExtensionRequest"]):
    def visible_to(self, user: User) -> ExtensionQuerySet:
        if user.access.reads_everything:
            return self
        return self.filter(unit_id__in=user.access.held_unit_ids)

    def waiting(self) -> ExtensionQuerySet:
        return self.filter(verdict="waiting")


class ExtensionRequest(models.Model):
    """A unit asks to move a task's deadline. The ledger keeps the original date whatever is decided."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("chờ quyết định")
        GRANTED = "granted", _("đồng ý gia hạn")
        REFUSED = "refused", _("không đồng ý")
        WITHDRAWN = "withdrawn", _("đã rút")

    task = models.ForeignKey(Task, models.PROTECT, related_name="extension_requests")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="extension_requests")
    due_on = models.DateField(_("thời hạn đề nghị"))
    reason = models.TextField(_("lý do"))
    document_number = models.TextField(_("số, ký hiệu văn bản"), blank=True, default="")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    opinion = models.TextField(_("ý kiến của cơ quan đầu mối"), blank=True, default="")
    opinion_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opinion_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=20, choices=Verdict.choices, default=Verdict.WAITING)
    decision = models.TextField(_("ý kiến, văn bản quyết định"), blank=True, default="")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    line = models.OneToOneField(DeadlineLine, models.PROTECT, null=True, related_name="extension_request")

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(verdict="waiting"), name="extension_one_waiting"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
            models.CheckConstraint(
                condition=Q(verdict="waiting", decided_at=None, decided_by=None)
                | (~Q(verdict="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="extension_decided_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=(Q(verdict="granted") & Q(line__isnull=False)) | (~Q(verdict="granted") & Q(line=None)),
                name="extension_granted_makes_a_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task.code} → {self.due_on}"
