"""The Party committee's work programme: an entry asks units for a report by a day, as a period of its own (R022)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.calendars.periods import due_moment
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan
from tiendo.reporting.actions.periods import close_period, open_period, store_period
from tiendo.reporting.models import Period, ProgrammeEntry
from tiendo.reporting.permissions import can_keep_programme
from tiendo.reporting.workflow import IllegalMove

NAME_LETTERS = 120


@transaction.atomic
def add_programme_entry(
    *,
    plan: Plan,
    title: str,
    held_on: date,
    report_due_on: date,
    units: Sequence[Unit],
    by: User,
    at: datetime,
    document: str = "",
) -> ProgrammeEntry:
    """Enter a line of the programme and ask the units for their reports at once; they are told, and reminded as of any
    other report.

    Data counts from the start of the year to the due day. Raises ValidationError for days out of order or past, and
    without a unit.
    """
    require(can_keep_programme(by))
    _require_sensible(held_on, report_due_on, units, localdate(at))
    entry = ProgrammeEntry(
        plan=plan,
        title=title.strip(),
        held_on=held_on,
        report_due_on=report_due_on,
        document=document.strip(),
        added_by=by,
        added_at=at,
    )
    entry.full_clean(exclude=["period", "cancelled_at"])
    period = _period(entry, at)
    store_period(period=period, deadlines={}, only_units=units, verb="create", by=by, at=at)
    entry.period = period
    entry.save()
    codes = [unit.code for unit in units]
    _record("add", entry, by, at, title=entry.title, held_on=held_on, report_due_on=report_due_on, units=codes)
    entry.period = open_period(period=period, by=by, at=at)
    return entry


@transaction.atomic
def cancel_programme_entry(*, entry: ProgrammeEntry, reason: str, by: User, at: datetime) -> ProgrammeEntry:
    """The report is no longer asked for: its period is closed with what was sent so far. Raises IllegalMove if it was
    cancelled already."""
    require(can_keep_programme(by))
    entry = ProgrammeEntry.objects.select_for_update(of=("self",)).select_related("period").get(pk=entry.pk)
    if entry.cancelled_at is not None:
        raise IllegalMove(_("Mục này đã được hủy."))
    if not reason.strip():
        require(no(_("Hãy ghi lý do hủy.")))
    entry.cancelled_at, entry.cancel_reason = at, reason.strip()
    entry.save(update_fields=["cancelled_at", "cancel_reason"])
    if entry.period is not None:
        close_period(period=entry.period, by=by, at=at)
    _record("cancel", entry, by, at, title=entry.title, reason=entry.cancel_reason)
    return entry


def _require_sensible(held_on: date, report_due_on: date, units: Sequence[Unit], today: date) -> None:
    if report_due_on > held_on:
        raise ValidationError({"report_due_on": _("Ngày cuối gửi báo cáo phải trước hoặc trùng ngày họp, làm việc.")})
    if report_due_on < today:
        raise ValidationError({"report_due_on": _("Ngày cuối gửi báo cáo đã qua.")})
    if not units:
        raise ValidationError({"units": _("Hãy chọn ít nhất một đơn vị phải báo cáo.")})


def _period(entry: ProgrammeEntry, at: datetime) -> Period:
    """Opens now; the names of periods are unique in a plan, so a title used before is followed by its day."""
    name = entry.title if len(entry.title) <= NAME_LETTERS else f"{entry.title[: NAME_LETTERS - 1].rstrip()}…"
    if Period.objects.filter(plan=entry.plan, name=name).exists():
        name = f"{name} ({entry.held_on:%d/%m/%Y})"
    today = make_aware(datetime.combine(localdate(at), time()))
    return Period(
        plan=entry.plan,
        name=name,
        data_from=date(entry.report_due_on.year, 1, 1),
        data_to=entry.report_due_on + timedelta(days=1),
        opens_at=today,
        due_at=due_moment(entry.report_due_on),
        due_text=f"chậm nhất ngày {entry.report_due_on:%d/%m/%Y}",
    )


def _record(verb: str, entry: ProgrammeEntry, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"reporting.programme.{verb}",
        subject=f"reporting.programme:{entry.pk}",
        actor=by.username,
        at=at,
        period=entry.period_id,
        **detail,
    )
