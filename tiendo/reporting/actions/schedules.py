"""Schedules: a template put in force for a plan, from which the clock makes each next period ahead of its time."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.orgs.models import UnitKind
from tiendo.plans.models import Plan
from tiendo.reporting.actions.periods import store_period
from tiendo.reporting.coming import coming_of, reading
from tiendo.reporting.models import Period, Schedule
from tiendo.reporting.period_templates import TEMPLATES, Coming, most_days_earlier
from tiendo.reporting.permissions import can_manage_periods
from tiendo.reporting.workflow import IllegalMove


@transaction.atomic
def start_schedule(
    *,
    plan: Plan,
    template: str,
    started_on: date,
    by: User,
    at: datetime,
    asks_estimate: bool = False,
    commune_days: int = 0,
) -> Schedule:
    """Put a template in force for a plan; the first periods are made at once.

    Raises ValidationError for an unknown template, a day already past (units would be late at once), communes asked
    before there is time to report, or a template in force for the plan already.
    """
    require(can_manage_periods(by))
    _must_fit(plan, template, started_on, commune_days, at)
    schedule = _stored(
        plan=plan,
        template=template,
        asks_estimate=asks_estimate,
        commune_days=commune_days,
        started_on=started_on,
        started_by=by,
    )
    _record("start", schedule, by, at, started_on=started_on, commune_days=commune_days, asks_estimate=asks_estimate)
    make_periods(schedule=schedule, by=by, at=at)
    return schedule


@transaction.atomic
def end_schedule(*, schedule: Schedule, by: User, at: datetime) -> Schedule:
    """No more periods are made; those made and not yet opened are taken away, those that opened stay as they are.

    Raises IllegalMove when it has ended already.
    """
    require(can_manage_periods(by))
    schedule = _locked(schedule)
    if schedule.ended_at is not None:
        raise IllegalMove(_("Lịch kỳ này đã thôi áp dụng."))
    schedule.ended_at, schedule.ended_by = at, by
    schedule.save(update_fields=["ended_at", "ended_by"])
    coming = schedule.periods.select_for_update().filter(opened_at=None)
    names = [period.name for period in coming]
    coming.delete()
    _record("end", schedule, by, at, dropped=names)
    return schedule


def make_due_periods(*, by: User | None, at: datetime) -> list[Period]:
    """Make what every schedule still lacks: each period whose window has opened, and the next one ahead of it.

    A clock that slept for days makes all it missed; asked twice, or by two workers, it makes nothing twice.
    """
    made: list[Period] = []
    for schedule in Schedule.objects.filter(ended_at=None).select_related("plan").order_by("pk"):
        # Looked at before anything is locked: most minutes there is nothing to make.
        if _lacking(schedule, at):
            made += make_periods(schedule=schedule, by=by, at=at)
    return made


@transaction.atomic
def make_periods(*, schedule: Schedule, by: User | None, at: datetime) -> list[Period]:
    """The same for one schedule, under its lock. `by` is None when the clock makes them."""
    if by is not None:
        require(can_manage_periods(by))
    schedule = _locked(schedule)
    if schedule.ended_at is not None:
        return []
    return [_make(schedule, coming, by, at) for coming in _lacking(schedule, at)]


def _must_fit(plan: Plan, template: str, started_on: date, commune_days: int, at: datetime) -> None:
    if template not in TEMPLATES:
        raise ValidationError({"template": _("Không có mẫu kỳ này.")})
    if started_on < localdate(at):
        raise ValidationError({"started_on": _("Hãy chọn từ hôm nay trở đi, để không đơn vị nào bị tính muộn ngay.")})
    most = most_days_earlier(template, reading=reading())
    if -commune_days > most:
        words = _("Với mẫu kỳ này, cấp xã nộp sớm hơn hạn chung nhiều nhất %(days)d ngày làm việc.")
        raise ValidationError({"commune_days": words % {"days": most}})
    if Schedule.objects.filter(plan=plan, template=template, ended_at=None).exists():
        raise ValidationError({"template": _("Kế hoạch này đang áp dụng mẫu kỳ này rồi.")})


def _stored(**values: Any) -> Schedule:
    """Of several put in force at once, the database takes one."""
    try:
        with transaction.atomic():
            return Schedule.objects.create(**values)
    except IntegrityError as error:
        raise ValidationError({"template": _("Kế hoạch này đang áp dụng mẫu kỳ này rồi.")}) from error


def _lacking(schedule: Schedule, at: datetime) -> list[Coming]:
    known = set(schedule.periods.values_list("slot", flat=True))
    return [coming for coming in coming_of(schedule, until=localdate(at)) if coming.slot not in known]


def _make(schedule: Schedule, coming: Coming, by: User | None, at: datetime) -> Period:
    """The period; one of the same name that somebody set by hand is taken into the schedule as it stands."""
    same = Period.objects.select_for_update(of=("self",)).filter(plan=schedule.plan_id, name=coming.name).first()
    if same is not None and (same.schedule is None or same.schedule.ended_at is not None):
        same.schedule, same.slot = schedule, coming.slot
        same.save(update_fields=["schedule", "slot"])
        _record("adopt", schedule, by, at, period=same.pk, name=same.name)
        return same
    period = Period(
        plan=schedule.plan,
        name=coming.name if same is None else f"{coming.name} ({TEMPLATES[schedule.template].words.lower()})",
        data_from=coming.data_from,
        data_to=coming.data_to,
        opens_at=make_aware(datetime.combine(coming.opens_on, time())),
        due_at=coming.due_at,
        due_text=coming.due_text,
        asks_estimate=schedule.asks_estimate,
        schedule=schedule,
        slot=coming.slot,
    )
    deadlines = {UnitKind.COMMUNE.value: coming.commune_due_at} if schedule.commune_days else {}
    return store_period(period=period, deadlines=deadlines, only_units=(), verb="create", by=by, at=at)


def _locked(schedule: Schedule) -> Schedule:
    return Schedule.objects.select_for_update(of=("self",)).select_related("plan").get(pk=schedule.pk)


def _record(verb: str, schedule: Schedule, by: User | None, at: datetime, **detail: object) -> None:
    record(
        act=f"reporting.schedule.{verb}",
        subject=f"reporting.schedule:{schedule.pk}",
        actor=by.username if by else MACHINE,
        at=at,
        plan=schedule.plan.code,
        template=schedule.template,
        **detail,
    )
