"""Entries: what a unit writes on each task, what it sent, and what backs it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.plans.models import STATES, StoredFile, Task
from tiendo.reporting.models.duties import Duty, codes
from tiendo.reporting.workflow import EntryStatus


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: User) -> EntryQuerySet:
        if user.access.reads_everything:
            return self
        return self.filter(duty__in=Duty.objects.visible_to(user))


class EntryValues(models.Model):
    """What a report says of one task. Money in đồng spent since the start of the year."""

    state = models.CharField(_("trạng thái thực hiện"), max_length=30, choices=STATES, null=True, blank=True)
    percent = models.DecimalField(_("tỷ lệ hoàn thành (%)"), max_digits=5, decimal_places=2, null=True, blank=True)
    completed_on = models.DateField(_("ngày hoàn thành"), null=True, blank=True)
    result = models.TextField(_("kết quả trong kỳ"), blank=True, default="")
    difficulty = models.TextField(_("khó khăn, vướng mắc"), blank=True, default="")
    money_used = models.DecimalField(
        _("kinh phí đã sử dụng (đồng)"), max_digits=18, decimal_places=0, null=True, blank=True
    )
    money_allocated = models.DecimalField(
        _("kinh phí được giao trong năm (đồng)"), max_digits=18, decimal_places=0, null=True, blank=True
    )
    percent_estimate = models.DecimalField(
        _("ước thực hiện đến 31/12 (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta:
        abstract = True


VALUE_FIELDS = (
    "state",
    "percent",
    "completed_on",
    "result",
    "difficulty",
    "money_used",
    "money_allocated",
    "percent_estimate",
)


class Entry(EntryValues):
    """The unit's line on one task in one period: the draft being written, and where it stands."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="entries")
    task = models.ForeignKey(Task, models.PROTECT, related_name="entries")
    status = models.CharField(max_length=20, choices=codes(EntryStatus), default=EntryStatus.DRAFT.value)
    revision = models.PositiveIntegerField(default=0, help_text="goes up with each save; an older page is told so")
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    writer_ids = models.JSONField(
        default=list, blank=True, help_text="who wrote since it was last sent: they do not approve it"
    )
    filled_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="fills",
        help_text="the entry of another report it repeats",
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["duty", "task__position"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "task"], name="entry_once_per_duty_and_task"),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=0, percent__lte=100), name="entry_percent_0_to_100"
            ),
            models.CheckConstraint(
                condition=Q(money_used=None) | Q(money_used__gte=0), name="entry_money_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(money_allocated=None) | Q(money_allocated__gte=0), name="entry_allocated_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(percent_estimate=None) | Q(percent_estimate__gte=0, percent_estimate__lte=100),
                name="entry_estimate_0_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} – {self.task.code}"


class Submission(EntryValues):
    """What was sent, frozen: one row each time an entry is sent. A return or a correction never changes it."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("chờ xem")
        RETURNED = "returned", _("bị trả lại")
        ACCEPTED = "accepted", _("đã tiếp nhận")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    evidence_ids = models.JSONField(default=list)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    writer_ids = models.JSONField(default=list, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    verdict = models.CharField(max_length=20, choices=Verdict.choices, default=Verdict.WAITING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(null=True)
    # Worked out once, on sending: what a reviewer should look at twice, and by what a copy of the text is found.
    flags = models.JSONField(default=list, blank=True, help_text="see `reporting.flagging`")
    text_length = models.PositiveIntegerField(default=0, help_text="of the folded result")
    text_head = models.CharField(max_length=40, blank=True, default="")
    text_tail = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        ordering = ["entry", "number"]
        indexes = [
            models.Index(fields=["text_head"], name="submission_head"),
            models.Index(fields=["text_tail"], name="submission_tail"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="submission_number_once_per_entry"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("submitted_by")), name="submission_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(verdict="waiting", decided_at=None, decided_by=None)
                | (~Q(verdict="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="submission_decided_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="returned") | (Q(reason__isnull=False) & ~Q(reason="")),
                name="submission_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} #{self.number}"


class Evidence(models.Model):
    """What backs a claim: a document by number and date, or a file kept by its content."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="evidence")
    file_name = models.TextField(null=True)
    document_number = models.TextField(_("số, ký hiệu văn bản"), null=True)
    document_date = models.DateField(_("ngày văn bản"), null=True)
    document_url = models.URLField(_("liên kết văn bản"), max_length=500, blank=True, default="")
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="copies", help_text="in the entry that this one's repeats"
    )
    note = models.TextField(blank=True, default="")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, help_text="left out of later submissions; those sent keep it")

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, file_name__isnull=False)
                | (Q(document_number__isnull=False, document_date__isnull=False) & ~Q(document_number="")),
                name="evidence_file_or_numbered_document",
            )
        ]

    def __str__(self) -> str:
        return self.document_number or self.file_name or str(self.pk)
