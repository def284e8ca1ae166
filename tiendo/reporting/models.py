from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.calendars.periods import is_late, vietnam_date
from tiendo.orgs.models import Unit
from tiendo.plans.models import STATES, Plan, StoredFile, Task
from tiendo.reporting.workflow import DutyState, DutyStatus, EntryStatus, duty_state


def _codes(statuses: type[EntryStatus] | type[DutyStatus]) -> list[tuple[str, str]]:
    return [(status.value, status.value) for status in statuses]


class PeriodQuerySet(models.QuerySet["Period"]):
    def visible_to(self, user: User) -> PeriodQuerySet:
        return self if user.is_active else self.none()

    def to_open(self, at: datetime) -> PeriodQuerySet:
        return self.filter(opens_at__lte=at, opened_at=None, closed_at=None)


class Period(models.Model):
    """A report period: data from-inclusive to-exclusive, a window, and the moment from which a report is late."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="periods")
    name = models.TextField(_("tên kỳ"))
    data_from = models.DateField(_("số liệu từ ngày"))
    data_to = models.DateField(_("số liệu đến trước ngày"))
    opens_at = models.DateTimeField(_("mở lúc"))
    due_at = models.DateTimeField(_("hạn nộp"), help_text="from this moment on a report is late")
    due_text = models.TextField(_("hạn theo văn bản"), help_text='"trước ngày 15/6"')
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="period_name_once_per_plan"),
            models.CheckConstraint(condition=Q(data_to__gt=F("data_from")), name="period_data_to_after_from"),
            models.CheckConstraint(condition=Q(due_at__gt=F("opens_at")), name="period_due_after_opening"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False), name="period_closed_only_once_opened"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    @property
    def last_good_day(self) -> date:
        """The last day on which a report is on time."""
        return vietnam_date(self.due_at - timedelta(microseconds=1))

    def is_past_due(self, at: datetime) -> bool:
        return is_late(at, self.due_at)


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, user: User) -> DutyQuerySet:
        """All for those who read everything; a unit sees its own."""
        if user.access.reads_everything:
            return self
        return self.filter(unit_id__in=user.access.held_unit_ids)

    def missing(self) -> DutyQuerySet:
        """Opened and never sent."""
        return self.filter(first_sent_at=None, period__opened_at__isnull=False)


class Duty(models.Model):
    """A unit owes one report for a period."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="duties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties")
    status = models.CharField(max_length=20, choices=_codes(DutyStatus), default=DutyStatus.OPEN.value)
    nothing_new = models.BooleanField(_("không phát sinh"), default=False)
    first_sent_at = models.DateTimeField(null=True, help_text="on time or late is judged by this")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["period", "unit__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["period", "unit"], name="duty_once_per_period_and_unit"),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None, first_sent_at=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False, first_sent_at__isnull=False),
                name="duty_sent_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | (Q(accepted_at__isnull=False, accepted_by__isnull=False) & ~Q(accepted_by=F("sent_by"))),
                name="duty_accepted_by_another_than_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.period}"

    def state(self, at: datetime) -> DutyState:
        return duty_state(
            DutyStatus(self.status),
            is_open=self.period.opened_at is not None,
            is_past_due=self.period.is_past_due(at),
        )

    @property
    def is_late(self) -> bool:
        """Sent, and sent first at or after the due moment."""
        return self.first_sent_at is not None and is_late(self.first_sent_at, self.period.due_at)


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: User) -> EntryQuerySet:
        if user.access.reads_everything:
            return self
        return self.filter(duty__unit_id__in=user.access.held_unit_ids)


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

    class Meta:
        abstract = True


VALUE_FIELDS = ("state", "percent", "completed_on", "result", "difficulty", "money_used")


class Entry(EntryValues):
    """The unit's line on one task in one period: the draft being written, and where it stands."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="entries")
    task = models.ForeignKey(Task, models.PROTECT, related_name="entries")
    status = models.CharField(max_length=20, choices=_codes(EntryStatus), default=EntryStatus.DRAFT.value)
    revision = models.PositiveIntegerField(default=0, help_text="goes up with each save; an older page is told so")
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)

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
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    verdict = models.CharField(max_length=20, choices=Verdict.choices, default=Verdict.WAITING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(null=True)

    class Meta:
        ordering = ["entry", "number"]
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


class UrgingQuerySet(models.QuerySet["Urging"]):
    def visible_to(self, user: User) -> UrgingQuerySet:
        """All for those who read everything; a unit sees what it was urged about."""
        if user.access.reads_everything:
            return self
        return self.filter(unit_id__in=user.access.held_unit_ids)


class Urging(models.Model):
    """The coordinator's reminder to a unit, about its late report or one task, kept with its answer (R020)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="urgings")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="urgings")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="urgings")
    message = models.TextField()
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = UrgingQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duty__isnull=False) | Q(task__isnull=False), name="urging_about_a_duty_or_a_task"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.message[:40]}"


class Reminder(models.Model):
    """The clock's word to a unit ahead of the last good day of its report, once for each mark (R016)."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="reminders")
    days_before = models.PositiveSmallIntegerField(help_text="the mark it was sent at")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["duty", "-sent_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["duty", "days_before"], name="reminder_once_per_duty_and_mark")]

    def __str__(self) -> str:
        return f"{self.duty}: {self.days_before}"


class IssuedReport(models.Model):
    """The consolidated report of a period as issued: its files, its figures with their records, the head of the log."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="issued_reports")
    number = models.PositiveIntegerField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    docx = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    figures = models.JSONField(help_text="every figure with the ids of the submissions it was counted from")
    log_seq = models.BigIntegerField()
    log_head = models.CharField(max_length=64)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="issued_report_number_once")]

    def __str__(self) -> str:
        return f"{self.period} – {self.number}"
