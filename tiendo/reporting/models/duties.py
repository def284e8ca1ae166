"""Duties: a unit owes one report for a period."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.calendars.periods import is_late, vietnam_date
from tiendo.orgs.models import Unit
from tiendo.reporting.models.periods import Period
from tiendo.reporting.workflow import DutyState, DutyStatus, EntryStatus, duty_state


def codes(statuses: type[EntryStatus] | type[DutyStatus]) -> list[tuple[str, str]]:
    return [(status.value, status.value) for status in statuses]


def lying_above(user: User) -> models.QuerySet[Any, Any]:
    """Ids of the reports of lower units that lie at a desk of the person's unit to be approved and sent."""
    here = Duty.objects.filter(
        stays__left_at__isnull=True, stays__desk="parent", stays__unit_id__in=user.access.signing_unit_ids
    )
    return here.values("pk")


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, user: User) -> DutyQuerySet:
        """All for those who read everything; a unit sees its own, its superior those that lie there to be signed."""
        if user.access.reads_everything:
            return self
        own = Q(unit_id__in=user.access.held_unit_ids)
        return self.filter(own | Q(pk__in=lying_above(user)) if user.access.signing_unit_ids else own)

    def missing(self) -> DutyQuerySet:
        """Opened and never sent."""
        return self.filter(first_sent_at=None, period__opened_at__isnull=False)


class Duty(models.Model):
    """A unit owes one report for a period."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="duties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties")
    due_at = models.DateTimeField(help_text="late from this moment on; set on opening, by level of unit")
    status = models.CharField(max_length=20, choices=codes(DutyStatus), default=DutyStatus.OPEN.value)
    nothing_new = models.BooleanField(_("không phát sinh"), default=False)
    first_sent_at = models.DateTimeField(null=True, help_text="on time or late is judged by this")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # The paper in the document management system by which the unit sent the same report (R060).
    document_number = models.TextField(_("số, ký hiệu văn bản"), blank=True, default="")
    document_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    document_url = models.URLField(_("liên kết văn bản"), max_length=500, blank=True, default="")

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
            is_past_due=self.is_past_due(at),
            is_closed=self.period.closed_at is not None,
            was_accepted=self.accepted_at is not None,
        )

    @property
    def sending_mark(self) -> str:
        """Changes with every sending: what a reviewer had before him."""
        return self.sent_at.isoformat() if self.sent_at else ""

    @property
    def is_late(self) -> bool:
        """Sent, and sent first at or after the due moment."""
        return self.first_sent_at is not None and is_late(self.first_sent_at, self.due_at)

    def is_past_due(self, at: datetime) -> bool:
        return is_late(at, self.due_at)

    @property
    def last_good_day(self) -> date:
        """The last day on which this report is on time."""
        return vietnam_date(self.due_at - timedelta(microseconds=1))
