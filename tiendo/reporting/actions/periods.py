"""Periods are set, opened on schedule, and closed."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.orgs.queries import reporting_units
from tiendo.plans.models import Plan
from tiendo.reporting.actions import desks
from tiendo.reporting.models import Duty, Period, Stay
from tiendo.reporting.permissions import can_manage_periods
from tiendo.reporting.workflow import IllegalMove


@transaction.atomic
def create_period(
    *,
    plan: Plan,
    name: str,
    data_from: date,
    data_to: date,
    opens_at: datetime,
    due_at: datetime,
    due_text: str,
    by: User,
    at: datetime,
) -> Period:
    """A period to come; it opens by itself at `opens_at`. Raises ValidationError for dates out of order."""
    require(can_manage_periods(by))
    period = Period(
        plan=plan,
        name=name,
        data_from=data_from,
        data_to=data_to,
        opens_at=opens_at,
        due_at=due_at,
        due_text=due_text,
    )
    period.full_clean()
    period.save()
    record(
        act="reporting.period.create",
        subject=f"reporting.period:{period.pk}",
        actor=by.username,
        at=at,
        name=name,
        data_from=data_from,
        data_to=data_to,
        opens_at=opens_at,
        due_at=due_at,
    )
    return period


@transaction.atomic
def open_period(*, period: Period, by: User | None, at: datetime) -> Period:
    """Ask every unit in force for its report: one duty each. Opening twice does nothing twice.

    `by` is None when the schedule opens it.
    """
    if by is not None:
        require(can_manage_periods(by))
    period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if period.opened_at is not None:
        return period
    period.opened_at = at
    period.save(update_fields=["opened_at"])
    units = list(reporting_units(on=localdate(at)))
    duties = Duty.objects.bulk_create([Duty(period=period, unit=unit, due_at=period.due_at) for unit in units])
    desks.start(duties=duties, at=at)
    record(
        act="reporting.period.open",
        subject=f"reporting.period:{period.pk}",
        actor=by.username if by else MACHINE,
        at=at,
        units=len(units),
    )
    return period


def open_due_periods(*, by: User | None, at: datetime) -> list[Period]:
    """Open every period whose time has come; a schedule missed for days is caught up by one call."""
    return [open_period(period=period, by=by, at=at) for period in Period.objects.to_open(at)]


@transaction.atomic
def close_period(*, period: Period, by: User, at: datetime) -> Period:
    """Freeze the period: nothing is sent, returned or accepted in it any more.

    Raises IllegalMove for a period that never opened.
    """
    require(can_manage_periods(by))
    period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if period.closed_at is not None:
        return period
    if period.opened_at is None:
        raise IllegalMove(_("Kỳ chưa mở thì chưa có số liệu để khóa."))
    list(period.duties.select_for_update().order_by("pk").values_list("pk"))  # waits for acts under way
    period.closed_at = at
    period.full_clean()
    period.save(update_fields=["closed_at"])
    desks.finish_all(stays=Stay.objects.filter(duty__period=period), by=by, at=at)
    record(act="reporting.period.close", subject=f"reporting.period:{period.pk}", actor=by.username, at=at)
    return period
