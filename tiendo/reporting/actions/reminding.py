"""The clock reminds those who have not sent yet, ahead of the last good day (R016)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.reporting.models import Duty, DutyQuerySet, Period, Reminder
from tiendo.reporting.permissions import can_urge
from tiendo.reporting.queries import current_periods
from tiendo.reporting.reminders import mark_due


def remind_duties(*, by: User | None, at: datetime) -> list[Reminder]:
    """Remind every open report not yet sent whose mark has come: once for each mark, a second run does nothing.

    `by` is None when the schedule reminds. A mark that was slept through is not made up for when a nearer one stands.
    """
    if by is not None:
        require(can_urge(by))
    sent: list[Reminder] = []
    for period in current_periods():
        mark = mark_due(period.last_good_day, settings.TIENDO_REMIND_DAYS, on=localdate(at))
        # Looked at before anything is locked: most minutes there is nobody to remind.
        if mark is not None and _not_reminded(period, mark).exists():
            sent += _remind(period=period, mark=mark, by=by, at=at)
    return sent


@transaction.atomic
def _remind(*, period: Period, mark: int, by: User | None, at: datetime) -> list[Reminder]:
    locked = _not_reminded(period, mark).select_for_update(of=("self",)).order_by("pk")
    pks = [duty.pk for duty in locked]
    # Asked again under the lock: another clock may have reminded, or a head sent, while this one waited.
    duties = list(_not_reminded(period, mark).filter(pk__in=pks).order_by("pk"))
    reminders = [Reminder.objects.create(duty=duty, days_before=mark, sent_at=at) for duty in duties]
    for duty in duties:
        record(
            act="reporting.duty.remind",
            subject=f"reporting.duty:{duty.pk}",
            actor=by.username if by else MACHINE,
            at=at,
            days_before=mark,
            last_good_day=period.last_good_day,
        )
    return reminders


def _not_reminded(period: Period, mark: int) -> DutyQuerySet:
    """Those of the period who never sent, and were not yet reminded at this mark or a nearer one."""
    reminded = Reminder.objects.filter(duty__period=period, days_before__lte=mark)
    return Duty.objects.missing().filter(period=period, period__closed_at=None).exclude(pk__in=reminded.values("duty"))
