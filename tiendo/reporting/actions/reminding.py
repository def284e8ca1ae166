"""The clock reminds those on whose desk an unfinished report lies, around its last good day (R016)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import Fact, record_all
from tiendo.calendars.working_days import OfficeCalendar
from tiendo.notices.actions import notify_all
from tiendo.notices.kinds import Kind
from tiendo.notices.letters import Letter
from tiendo.orgs.queries import office_calendar
from tiendo.reporting.holding import people_holding
from tiendo.reporting.models import Duty, DutyQuerySet, Reminder, Stay
from tiendo.reporting.people import heads_by_unit
from tiendo.reporting.permissions import can_urge
from tiendo.reporting.reminders import mark_due
from tiendo.reporting.routing import superiors_above
from tiendo.ui.sentences import Sentence

WAITS = gettext_noop("Báo cáo “{period}” của {unit} đang chờ bạn: {when}.")
UNSENT = gettext_noop("{unit} chưa gửi báo cáo “{period}”, quá hạn từ sau ngày {day}.")
AHEAD = gettext_noop("hạn cuối {day}, còn {count} ngày làm việc")
TODAY = gettext_noop("hôm nay, {day}, là ngày cuối gửi đúng hạn")
LATE = gettext_noop("đã quá hạn từ sau ngày {day}")
AGAIN = gettext_noop("bị trả lại và chưa gửi lại, hạn cuối {day}")


def remind_duties(*, by: User | None, at: datetime) -> list[Reminder]:
    """Remind of every open report that still lies in a unit and whose mark has come: once for each mark, to whoever
    holds it now; a second run does nothing.

    `by` is None when the schedule reminds. A mark that was slept through is not made up for when a later one stands.
    """
    if by is not None:
        require(can_urge(by))
    on, calendar = localdate(at), office_calendar()
    sent: list[Reminder] = []
    for due_at in _due_moments():
        mark = mark_due(Duty(due_at=due_at).last_good_day, settings.TIENDO_REMIND_DAYS, on=on, calendar=calendar)
        # Looked at before anything is locked: most minutes there is nobody to remind.
        if mark is not None and _not_reminded(due_at, mark).exists():
            sent += _remind(due_at=due_at, mark=mark, calendar=calendar, by=by, at=at)
    return sent


@transaction.atomic
def _remind(*, due_at: datetime, mark: int, calendar: OfficeCalendar, by: User | None, at: datetime) -> list[Reminder]:
    locked = _not_reminded(due_at, mark).select_for_update(of=("self",)).order_by("pk")
    pks = [duty.pk for duty in locked]
    # Asked again under the lock: another clock may have reminded, or a head sent, while this one waited.
    still = _not_reminded(due_at, mark).filter(pk__in=pks).select_related("period", "unit").order_by("pk")
    duties = list(still)
    reminders = Reminder.objects.bulk_create(
        [Reminder(duty=duty, days_before=mark, sent_at=at) for duty in duties], batch_size=200
    )
    facts = [
        Fact(
            "reporting.duty.remind",
            f"reporting.duty:{duty.pk}",
            {"days_before": mark, "last_good_day": duty.last_good_day},
        )
        for duty in duties
    ]
    record_all(facts, actor=by.username if by else MACHINE, at=at)
    notify_all(letters=_letters(duties, mark, localdate(at), calendar), by=by, at=at)
    return reminders


def _letters(duties: Sequence[Duty], mark: int, on: date, calendar: OfficeCalendar) -> list[Letter]:
    """To whoever holds each report; once it is late, to those who answer for the unit too."""
    stays = list(Stay.objects.filter(duty__in=duties, left_at=None).select_related("user"))
    people = people_holding(stays, on=on)
    held = {stay.duty_id: people[stay.pk] for stay in stays}
    own = [
        Letter(
            kind=Kind.REMINDER,
            to=held.get(duty.pk, []),
            sentence=_sentence(duty, on, calendar),
            url=reverse("reporting:duty-detail", args=[duty.pk]),
            about=f"reporting.duty:{duty.pk}",
            key=f"reporting.duty:{duty.pk}:remind:{mark}",
        )
        for duty in duties
    ]
    return [*own, *_of_late(duties, held, mark, on)] if mark < 0 else own


def _of_late(duties: Sequence[Duty], held: Mapping[int, list[User]], mark: int, on: date) -> list[Letter]:
    """Of each report never sent: to the unit's heads who do not hold it themselves; at the last mark to those above."""
    late = [duty for duty in duties if duty.first_sent_at is None]
    units = {duty.unit_id: duty.unit for duty in late}
    heads = heads_by_unit(units, on=on)
    is_last = mark == min(settings.TIENDO_REMIND_DAYS)
    above = {pk: superiors_above(unit, on=on) for pk, unit in units.items()} if is_last else {}
    asked = [(duty, Kind.REMINDER, set(heads[duty.unit_id]) - set(held.get(duty.pk, []))) for duty in late]
    asked += [(duty, Kind.ESCALATED, set(above.get(duty.unit_id, []))) for duty in late]
    return [
        Letter(
            kind=kind,
            to=sorted(people, key=lambda user: user.pk),
            sentence=Sentence.of(
                UNSENT, period=duty.period.name, unit=duty.unit.name, day=f"{duty.last_good_day:%d/%m/%Y}"
            ),
            url=reverse("reporting:duty-detail", args=[duty.pk]),
            about=f"reporting.duty:{duty.pk}",
            key=f"reporting.duty:{duty.pk}:late:{mark}",
        )
        for duty, kind, people in asked
        if people
    ]


def _sentence(duty: Duty, on: date, calendar: OfficeCalendar) -> Sentence:
    last = duty.last_good_day
    day = f"{last:%d/%m/%Y}"
    if on > last:
        when = Sentence.of(AGAIN if duty.first_sent_at else LATE, day=day)
    elif on == last:
        when = Sentence.of(TODAY, day=day)
    else:
        when = Sentence.of(AHEAD, day=day, count=calendar.between(on, last))
    return Sentence.of(WAITS, period=duty.period.name, unit=duty.unit.short_name, when=when)


def _unfinished() -> DutyQuerySet:
    """Reports of open periods that lie in a unit: neither with the coordinator nor accepted."""
    lying = Stay.objects.filter(left_at=None).exclude(desk=Stay.Desk.COORDINATOR)
    return Duty.objects.filter(period__opened_at__isnull=False, period__closed_at=None, pk__in=lying.values("duty"))


def _due_moments() -> list[datetime]:
    """The due moments of unfinished reports: a few, one for each open period and level of unit."""
    return list(_unfinished().order_by("due_at").values_list("due_at", flat=True).distinct())


def _not_reminded(due_at: datetime, mark: int) -> DutyQuerySet:
    """Those due then, not yet reminded at this mark or a later one."""
    reminded = Reminder.objects.filter(days_before__lte=mark)
    return _unfinished().filter(due_at=due_at).exclude(pk__in=reminded.values("duty"))
