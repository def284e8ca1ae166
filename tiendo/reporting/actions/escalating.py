"""The clock asks after reports that lie too long: first whoever has it, then the superior (R017)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.calendars.working_days import OfficeCalendar
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.orgs.queries import office_calendar
from tiendo.reporting.actions.sending import locked_duty
from tiendo.reporting.holding import people_on
from tiendo.reporting.models import Stay, StayQuerySet
from tiendo.reporting.permissions import can_urge
from tiendo.reporting.routing import superiors_of
from tiendo.ui.sentences import Sentence

WARNING, ESCALATION = "warned_at", "escalated_at"


def escalate_stays(*, by: User | None, at: datetime) -> list[Stay]:
    """Tell the holder once when a report lay longer than TIENDO_DESK_DAYS working days, its superior once after
    TIENDO_ESCALATE_DAYS. The stays somebody was told about; a second run tells nobody twice, missed days are made up.

    Officers are judged by the deadline of the report, not here. `by` is None when the clock asks.
    """
    if by is not None:
        require(can_urge(by))
    marks = {WARNING: settings.TIENDO_DESK_DAYS, ESCALATION: settings.TIENDO_ESCALATE_DAYS}
    calendar: OfficeCalendar | None = None
    told = []
    for stay in _old(at, min(marks.values())):
        calendar = calendar or office_calendar()
        days = calendar.elapsed(stay.arrived_at, at)
        for mark, limit in marks.items():
            if days >= limit and getattr(stay, mark) is None and _tell(stay, mark, int(days), by=by, at=at):
                told.append(stay)
    return list({stay.pk: stay for stay in told}.values())


def _old(at: datetime, days: int) -> StayQuerySet:
    """Looked at before anything is locked: most minutes there is nobody to tell."""
    untold = Q(warned_at=None) | Q(escalated_at=None)
    lying = Stay.objects.open().exclude(desk=Stay.Desk.OFFICER).filter(untold, duty__period__closed_at=None)
    return lying.filter(arrived_at__lte=at - timedelta(days=days)).select_related("duty", "unit", "user").order_by("pk")


@transaction.atomic
def _tell(stay: Stay, mark: str, days: int, *, by: User | None, at: datetime) -> bool:
    """Under the lock of the report, so that another clock, or an act that moves it, comes before or after."""
    duty = locked_duty(stay.duty)
    here = Stay.objects.open().filter(pk=stay.pk, **{f"{mark}__isnull": True})
    if not here.update(**{mark: at}):
        return False
    on = localdate(at)
    warns = mark == WARNING
    people = people_on(stay, on=on) if warns else superiors_of(stay, on=on)
    record(
        act="reporting.stay.warn" if warns else "reporting.stay.escalate",
        subject=f"reporting.duty:{duty.pk}",
        actor=by.username if by else MACHINE,
        at=at,
        desk=stay.desk,
        days=days,
        people=[user.username for user in people],
    )
    pattern = (
        gettext_noop("Báo cáo {period} của {unit} đã ở chỗ bạn {days} ngày làm việc.")
        if warns
        else gettext_noop("Báo cáo {period} của {unit} đã nằm ở {where} {days} ngày làm việc.")
    )
    where = stay.user.full_name if stay.user else stay.unit.short_name
    values = {"period": str(duty.period), "unit": str(duty.unit), "days": days} | ({} if warns else {"where": where})
    notify(
        kind=Kind.LYING if warns else Kind.ESCALATED,
        to=people,
        sentence=Sentence.of(pattern, **values),
        url=reverse("reporting:duty-detail", args=[duty.pk]),
        about=f"reporting.duty:{duty.pk}",
        key=f"reporting.stay:{stay.pk}:{mark}",
        by=by,
        at=at,
    )
    return True
