"""Official papers made from reports: the province's template, the draft being edited, what was issued."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.plans.models import StoredFile
from tiendo.reporting.models.duties import Duty
from tiendo.reporting.models.entries import Submission
from tiendo.reporting.models.periods import Period


class ReportTemplate(models.Model):
    """A version of the province's own template of the consolidated report, in the words of `report_template`.

    The one not retired is in force; while there is none, the one shipped with the program is.
    """

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField(_("nội dung mẫu"))
    note = models.TextField(_("ghi chú"), blank=True, default="")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None) | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="template_retired_at_and_by_together",
            ),
            models.UniqueConstraint(
                IsNull(F("retired_at"), True), condition=Q(retired_at=None), name="template_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class ReportDraft(models.Model):
    """One part of a period's consolidated report as edited by hand; a part without a row follows the template."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="report_drafts")
    part = models.CharField(max_length=20, help_text="key of the part in the template")
    text = models.TextField(_("lời văn"), blank=True, default="")
    revision = models.PositiveIntegerField(default=0, help_text="goes up with each save; an older page is told so")
    is_own = models.BooleanField(default=True, help_text="False: taken back, the part follows the template again")
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["period", "part"]
        constraints = [models.UniqueConstraint(fields=["period", "part"], name="report_draft_once_per_part")]

    def __str__(self) -> str:
        return f"{self.period} – {self.part}"


class IssuedReport(models.Model):
    """The consolidated report of a period as issued: its files, its figures with their records, the head of the log.

    What was issued never changes; only the clerk's number, day and link are written afterwards (R060).
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="issued_reports")
    number = models.PositiveIntegerField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    docx = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    workbook = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    figures = models.JSONField(help_text="every figure with the ids of the submissions it was counted from")
    prose = models.JSONField(default=dict, help_text="part → its words as written, before the figures were put in")
    template_number = models.PositiveIntegerField(null=True, help_text="None: the template shipped with the program")
    template_hash = models.CharField(max_length=64, default="", help_text="SHA-256 of the template's text")
    gaps = models.JSONField(default=dict, help_text="what was missing when it was issued all the same")
    code = models.CharField(max_length=20, null=True, unique=True, help_text="by which anybody may ask about it")
    seal = models.CharField(max_length=64, default="", help_text="hash of the manifest inside the files")
    log_seq = models.BigIntegerField()
    log_head = models.CharField(max_length=64)
    document_number = models.TextField(_("số, ký hiệu văn bản"), blank=True, default="")
    document_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    document_url = models.URLField(_("liên kết văn bản"), max_length=500, blank=True, default="")

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="issued_report_number_once")]

    def __str__(self) -> str:
        return f"{self.period} – {self.number}"


class UnitReport(models.Model):
    """A unit's own report as an official paper, frozen as it was sent; `number` counts the sendings of the duty."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="unit_reports")
    number = models.PositiveIntegerField()
    sent_at = models.DateTimeField(help_text="the sending it shows")
    docx = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    seal = models.CharField(max_length=64)
    issued_at = models.DateTimeField(help_text="when it was typeset")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["duty", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "number"], name="unit_report_number_once"),
            models.UniqueConstraint(fields=["duty", "sent_at"], name="unit_report_once_per_sending"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} – {self.number}"


class NationalEntry(models.Model):
    """ "Đã cập nhật lên hệ thống Trung ương": an accepted report copied by hand into the national system."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="national_entries")
    text = models.TextField(help_text="the block as it was copied")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(undone_at=None), name="national_entry_once_per_submission"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__gte=F("entered_at"), undone_by__isnull=False),
                name="national_entry_undone_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} → TW"
