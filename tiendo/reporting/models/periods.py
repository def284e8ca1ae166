"""Periods: when a plan asks for reports, and what may still be written after one was closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.calendars.periods import is_late, vietnam_date
from tiendo.orgs.models import Unit, UnitKind
from tiendo.plans.models import Plan, Task


class Schedule(models.Model):
    """A template of periods in force for a plan: from it the clock makes each next period (R016)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="schedules")
    template = models.CharField(_("mẫu kỳ"), max_length=20, help_text="code in period_templates")
    asks_estimate = models.BooleanField(_("hỏi ước thực hiện đến 31/12"), default=False)
    commune_days = models.SmallIntegerField(
        _("hạn của cấp xã so với hạn chung (ngày làm việc)"), default=0, help_text="negative: earlier"
    )
    started_on = models.DateField(_("áp dụng từ ngày"))
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "template"], condition=Q(ended_at=None), name="schedule_once_in_force"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="schedule_ended_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.code} {self.template}"


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
    asks_estimate = models.BooleanField(_("hỏi ước thực hiện đến 31/12"), default=False)
    schedule = models.ForeignKey(Schedule, models.PROTECT, null=True, blank=True, related_name="periods")
    slot = models.CharField(
        max_length=10, null=True, blank=True, help_text="which period of the schedule's template, whatever its name"
    )
    only_units = models.ManyToManyField(
        Unit, related_name="+", blank=True, help_text="empty: every unit that owes periodic reports"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="period_name_once_per_plan"),
            models.UniqueConstraint(fields=["schedule", "slot"], name="period_once_per_schedule_and_slot"),
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


class PeriodDeadline(models.Model):
    """The due moment for one level of unit, where it differs from the period's own."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="deadlines")
    level = models.CharField(_("cấp"), max_length=20, choices=UnitKind.choices)
    due_at = models.DateTimeField(_("hạn nộp"), help_text="from this moment on a report is late")

    class Meta:
        ordering = ["period", "due_at"]
        constraints = [
            models.UniqueConstraint(fields=["period", "level"], name="period_deadline_once_per_level"),
        ]

    def __str__(self) -> str:
        return f"{self.period} – {self.level}"

    @property
    def last_good_day(self) -> date:
        """The last day on which a report of this level is on time."""
        return vietnam_date(self.due_at - timedelta(microseconds=1))


class ReopeningQuerySet(models.QuerySet["Reopening"]):
    def open(self, at: datetime) -> ReopeningQuerySet:
        return self.filter(ended_at=None, opened_at__lte=at, until__gt=at)

    def covering(self, task: Task | None) -> ReopeningQuerySet:
        """Those under which this task may be corrected; for None all of them."""
        return self if task is None else self.filter(Q(task=None) | Q(task=task))


class Reopening(models.Model):
    """Leave to correct a report, or one task of it, in a closed period: for a time and with a reason. All else of the
    period stays locked."""

    duty = models.ForeignKey("reporting.Duty", models.PROTECT, related_name="reopenings")
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, related_name="reopenings", help_text="None: the whole report"
    )
    reason = models.TextField(_("lý do"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    until = models.DateTimeField(_("đến"))
    ended_at = models.DateTimeField(null=True, help_text="taken back before its time")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_a_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="reopening_until_after_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.reason[:40]}"

    @property
    def last_day(self) -> date:
        """The last day on which it may be used."""
        return vietnam_date(self.until - timedelta(microseconds=1))

    def is_open(self, at: datetime) -> bool:
        return self.ended_at is None and self.opened_at <= at < self.until


class ProgrammeEntry(models.Model):
    """A line of the Party committee's work programme that asks units for a report by a day (R022)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="programme")
    title = models.TextField(_("nội dung"))
    held_on = models.DateField(_("ngày họp, làm việc"))
    report_due_on = models.DateField(_("ngày cuối gửi báo cáo"))
    document = models.TextField(_("số, ký hiệu văn bản"), blank=True, default="")
    period = models.OneToOneField(Period, models.PROTECT, null=True, related_name="programme_entry")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(_("lý do hủy"), blank=True, default="")

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(report_due_on__lte=F("held_on")), name="programme_report_before_held"),
            models.CheckConstraint(condition=~Q(title=""), name="programme_has_a_title"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancel_reason=""), name="programme_cancelled_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title
