"""A unit that takes tasks over while a period is open, and has no report in it, is asked for one (ADR 0027)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import can_reorganise, require
from tiendo.audit.record import Fact, record_all
from tiendo.notices.actions import notify_all
from tiendo.notices.kinds import Kind
from tiendo.notices.letters import Letter
from tiendo.orgs.models import Unit
from tiendo.plans.models import Handover
from tiendo.reporting.actions import desks
from tiendo.reporting.models import Duty, DutyQuerySet, Period, Stay
from tiendo.reporting.people import people_by_unit
from tiendo.reporting.shifting import opened_with, shifted, unreported
from tiendo.ui.sentences import Sentence

TOLD = gettext_noop(
    "Đơn vị có báo cáo riêng trong kỳ “{name}”: {n} nhiệm vụ chuyển đến. Ngày cuối nộp đúng hạn: {day}."
)


@transaction.atomic
def ask_newcomers(*, by: User | None, at: datetime) -> list[Duty]:
    """In every open period, ask the units that took tasks over since and have no report there; the reports asked for.

    A report asked for in this way is taken back when no task is left to tell of, as after an undo, unless somebody has
    begun it. Nobody is asked for a report whose day has passed: there the former unit's report tells of the tasks.
    `by` is None for the clock, on the day from which a change has effect. A second run does nothing twice.
    """
    if by is not None:
        require(can_reorganise(by))
    handed = Handover.objects.values("task__plan")
    periods = Period.objects.select_for_update(of=("self",)).filter(plan__in=handed, closed_at=None)
    return [duty for each in periods.exclude(opened_at=None).order_by("pk") for duty in _settle(each, by, at)]


def _settle(period: Period, by: User | None, at: datetime) -> list[Duty]:
    _take_back(period, by, at)
    due = dict(period.deadlines.values_list("level", "due_at"))
    lacking = unreported(period, on=localdate(at))
    units = Unit.objects.in_force(localdate(at)).filter(pk__in=lacking).order_by("sort_key", "pk")
    wanted = [Duty(period=period, unit=unit, due_at=due.get(unit.kind, period.due_at)) for unit in units]
    duties = Duty.objects.bulk_create(duty for duty in wanted if not duty.is_past_due(at))
    desks.start(duties=duties, at=at)
    numbers = {duty.pk: len(lacking[duty.unit_id]) for duty in duties}
    _record("ask", duties, by, at)
    notify_all(letters=_letters(duties, numbers, at), by=by, at=at)
    return duties


def _take_back(period: Period, by: User | None, at: datetime) -> None:
    needed = {shift.after for shift in shifted(period, on=localdate(at)).values()}
    idle = _asked_since(period).exclude(unit__in=needed).select_related("unit", "period")
    gone = [duty for duty in idle if not opened_with(duty).exists()]
    _record("withdraw", gone, by, at)
    for duty in gone:
        duty.reminders.all().delete()
        duty.stays.all().delete()
        duty.delete()


def _asked_since(period: Period) -> DutyQuerySet:
    """Reports asked for since the period was opened that nobody has begun, was urged about or has moved on."""
    stays = Stay.objects.filter(duty=OuterRef("pk"))
    since = Exists(stays.filter(arrived_at__gt=F("duty__period__opened_at"), left_at=None))
    before = Exists(stays.filter(arrived_at__lte=F("duty__period__opened_at"))) | Exists(stays.exclude(left_at=None))
    untouched = period.duties.filter(first_sent_at=None, entries=None, urgings=None, workbooks=None, document_number="")
    return untouched.filter(since).exclude(before)


def _record(verb: str, duties: list[Duty], by: User | None, at: datetime) -> None:
    facts = [
        Fact(f"reporting.duty.{verb}", f"reporting.duty:{duty.pk}", {"unit": duty.unit.code, "period": duty.period_id})
        for duty in duties
    ]
    record_all(facts, actor=by.username if by else MACHINE, at=at)


def _letters(duties: list[Duty], numbers: dict[int, int], at: datetime) -> list[Letter]:
    people = people_by_unit([duty.unit_id for duty in duties], on=localdate(at))
    return [
        Letter(
            kind=Kind.PERIOD_OPENED,
            to=people[duty.unit_id],
            sentence=Sentence.of(TOLD, name=duty.period.name, n=numbers[duty.pk], day=f"{duty.last_good_day:%d/%m/%Y}"),
            url=reverse("reporting:duty-detail", args=[duty.pk]),
            about=f"reporting.duty:{duty.pk}",
            key=f"reporting.duty:{duty.pk}:ask",
        )
        for duty in duties
        if people[duty.unit_id]
    ]
