"""Urging by people, reminding by the clock."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.plans.models import Task
from tiendo.plans.states import WorkState
from tiendo.reporting.models.duties import Duty
from tiendo.reporting.models.entries import Submission


class UrgingQuerySet(models.QuerySet["Urging"]):
    def visible_to(self, user: User) -> UrgingQuerySet:
        """All for those who read everything; a unit sees what it was urged about."""
        if user.access.reads_everything:
            return self
        return self.filter(unit_id__in=user.access.held_unit_ids)

    def unheeded(self) -> UrgingQuerySet:
        """Neither confirmed nor answered by sending afterwards, about a report or a task that still asks for it."""
        answers = Submission.objects.filter(entry__task=OuterRef("task"), submitted_at__gte=OuterRef("sent_at"))
        open_reports = Q(duty=None) | Q(duty__period__closed_at=None)
        open_tasks = Q(task=None) | ~Q(task__state__in=[WorkState.COMPLETED, WorkState.CANCELLED])
        rows = self.filter(open_reports, open_tasks, seen_at=None)
        return rows.exclude(duty__sent_at__gte=F("sent_at")).filter(~Exists(answers))


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
    escalated_at = models.DateTimeField(null=True, help_text="when those above the unit were told of the silence")

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


class TaskReminder(models.Model):
    """The clock's word to the unit that leads a task grown late or stale, once for each occasion (R019)."""

    class Occasion(models.TextChoices):
        OVERDUE = "overdue", _("quá hạn")
        STALE = "stale", _("lâu chưa có báo cáo được tiếp nhận")

    task = models.ForeignKey(Task, models.PROTECT, related_name="reminders")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="who answered for it that day")
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    since = models.DateField(help_text="the deadline that passed, or the day of the last accepted word")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "occasion", "since"], name="task_reminder_once_per_occasion")
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.occasion}"


class Reminder(models.Model):
    """The clock's word to a unit around the last good day of its report, once for each mark (R016)."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="reminders")
    days_before = models.SmallIntegerField(help_text="the mark it was sent at, in working days; negative: after")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["duty", "-sent_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["duty", "days_before"], name="reminder_once_per_duty_and_mark")]

    def __str__(self) -> str:
        return f"{self.duty}: {self.days_before}"
