"""Periods are set, changed while they are still to come, opened on schedule, and closed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.notices.actions import notify_all
from tiendo.notices.kinds import Kind
from tiendo.notices.letters import Letter
from tiendo.orgs.models import Unit
from tiendo.plans.models import Assignment, Plan
from tiendo.plans.queries import answering_units
from tiendo.reporting.actions import desks
from tiendo.reporting.models import Duty, FrozenReport, Period, PeriodDeadline, Stay
from tiendo.reporting.papers.freezing import facts_as_data
from tiendo.reporting.papers.gathering import gathered
from tiendo.reporting.people import people_by_unit
from tiendo.reporting.permissions import can_manage_periods
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.sentences import Sentence


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
    asks_estimate: bool = False,
    deadlines: Mapping[str, datetime] | None = None,
    only_units: Iterable[Unit] = (),
) -> Period:
    """A period to come; it opens by itself at `opens_at`.

    `deadlines` maps a level of unit (`UnitKind`) to its own due moment; `only_units` asks these units alone. Raises
    ValidationError for dates out of order.
    """
    require(can_manage_periods(by))
    period = Period(
        plan=plan,
        name=name,
        data_from=data_from,
        data_to=data_to,
        opens_at=opens_at,
        due_at=due_at,
        due_text=due_text,
        asks_estimate=asks_estimate,
    )
    return store_period(period=period, deadlines=deadlines or {}, only_units=only_units, verb="create", by=by, at=at)


@transaction.atomic
def edit_period(
    *,
    period: Period,
    name: str,
    data_from: date,
    data_to: date,
    opens_at: datetime,
    due_at: datetime,
    due_text: str,
    by: User,
    at: datetime,
    asks_estimate: bool = False,
    deadlines: Mapping[str, datetime] | None = None,
    only_units: Iterable[Unit] = (),
) -> Period:
    """Change a period that has not opened: afterwards units count on its dates.

    Raises IllegalMove once it has opened, ValidationError for dates out of order.
    """
    require(can_manage_periods(by))
    period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if period.opened_at is not None:
        raise IllegalMove(_("Kỳ đã mở nên không đổi được nữa: các đơn vị đang làm theo hạn đã báo."))
    period.name, period.due_text, period.asks_estimate = name, due_text, asks_estimate
    period.data_from, period.data_to = data_from, data_to
    period.opens_at, period.due_at = opens_at, due_at
    return store_period(period=period, deadlines=deadlines or {}, only_units=only_units, verb="edit", by=by, at=at)


@transaction.atomic
def store_period(
    *,
    period: Period,
    deadlines: Mapping[str, datetime],
    only_units: Iterable[Unit],
    verb: str,
    by: User | None,
    at: datetime,
) -> Period:
    """Keep a period with what belongs to it; `by` is None for the clock. The acts that call this ask who may."""
    for due_at in deadlines.values():
        if due_at <= period.opens_at:
            raise ValidationError({"due_at": _("Hạn nộp của một cấp rơi vào trước ngày mở.")})
    period.full_clean()
    period.save()
    period.deadlines.all().delete()
    PeriodDeadline.objects.bulk_create(
        PeriodDeadline(period=period, level=level, due_at=due_at) for level, due_at in deadlines.items()
    )
    units = list(only_units)
    period.only_units.set(units)
    record(
        act=f"reporting.period.{verb}",
        subject=f"reporting.period:{period.pk}",
        actor=by.username if by else MACHINE,
        at=at,
        name=period.name,
        data_from=period.data_from,
        data_to=period.data_to,
        opens_at=period.opens_at,
        due_at=period.due_at,
        asks_estimate=period.asks_estimate,
        deadlines={level: due_at.isoformat() for level, due_at in deadlines.items()},
        only_units=[unit.code for unit in units],
    )
    return period


@transaction.atomic
def open_period(*, period: Period, by: User | None, at: datetime) -> Period:
    """Ask every unit in force for its report: one duty each, due by its level, and tell its people once.

    Opening twice does nothing twice. `by` is None when the schedule opens it.
    """
    if by is not None:
        require(can_manage_periods(by))
    period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if period.opened_at is not None:
        return period
    period.opened_at = at
    period.save(update_fields=["opened_at"])
    duties = _ask(period, at)
    desks.start(duties=duties, at=at)
    record(
        act="reporting.period.open",
        subject=f"reporting.period:{period.pk}",
        actor=by.username if by else MACHINE,
        at=at,
        units=len(duties),
    )
    notify_all(letters=_letters(duties, at), by=by, at=at)
    return period


def open_due_periods(*, by: User | None, at: datetime) -> list[Period]:
    """Open every period whose time has come; a schedule missed for days is caught up by one call."""
    return [open_period(period=period, by=by, at=at) for period in Period.objects.to_open(at).order_by("due_at", "pk")]


@transaction.atomic
def close_period(*, period: Period, by: User, at: datetime) -> Period:
    """Freeze the period: nothing is sent, returned or accepted in it any more, unless it is opened again by unit and
    item (`actions.reopening`). What its report tells is kept from here on, whatever the plan and units become.

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
    facts, tasks = gathered(period)
    FrozenReport.objects.create(period=period, tasks=tasks, facts=facts_as_data(facts), frozen_at=at)
    record(act="reporting.period.close", subject=f"reporting.period:{period.pk}", actor=by.username, at=at)
    return period


def _ask(period: Period, at: datetime) -> list[Duty]:
    """A duty for each unit asked, with the due moment of its level: those that report, and who answers for an
    unfinished task of the plan whether or not it reports as a rule."""
    on = localdate(at)
    chosen = period.only_units.in_force(on)
    asked = answering_units(period.plan, roles=[Assignment.Role.LEAD], on=on)
    units = list(chosen if period.only_units.exists() else asked)
    due = dict(period.deadlines.values_list("level", "due_at"))
    return Duty.objects.bulk_create(
        [Duty(period=period, unit=unit, due_at=due.get(unit.kind, period.due_at)) for unit in units], batch_size=200
    )


def _letters(duties: list[Duty], at: datetime) -> list[Letter]:
    """One for each unit with its own last good day; a person who works for two units is told once."""
    people = people_by_unit([duty.unit_id for duty in duties], on=localdate(at))
    sentence = gettext_noop("Kỳ báo cáo “{name}” đã mở. Ngày cuối nộp đúng hạn: {day}.")
    return [
        Letter(
            kind=Kind.PERIOD_OPENED,
            to=people[duty.unit_id],
            sentence=Sentence.of(sentence, name=duty.period.name, day=f"{duty.last_good_day:%d/%m/%Y}"),
            url=reverse("reporting:duty-detail", args=[duty.pk]),
            about=f"reporting.duty:{duty.pk}",
            key=f"reporting.period:{duty.period_id}:open",
        )
        for duty in duties
        if people[duty.unit_id]
    ]
