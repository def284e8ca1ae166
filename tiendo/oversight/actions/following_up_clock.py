"""The clock tells of things asked of a unit: once for each deadline that they are late, and, once they are reported as
done, that nobody confirms them (R019, R039)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.timezone import localdate

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.calendars.working_days import OfficeCalendar
from tiendo.orgs.queries import office_calendar
from tiendo.oversight.followup_permissions import can_direct
from tiendo.oversight.followup_telling import tell_step
from tiendo.oversight.followup_waiting import WORDS, word_due
from tiendo.oversight.followup_workflow import Act, State
from tiendo.oversight.models import FollowUp, FollowUpQuerySet, FollowUpStep


def escalate_follow_ups(*, by: User | None, at: datetime) -> list[FollowUp]:
    """Tell the unit, those above it and those who asked of each item still to be done after its last day; which ones.

    A second run tells nobody twice; days the clock slept through are made up; a new deadline is watched anew. What was
    reported lies with those who asked and is not the unit's delay. `by` is None when the clock asks.
    """
    if by is not None:
        require(can_direct(by))
    return [item for item in list(_late(at)) if _escalate(item, by=by, at=at)]


def remind_confirmers(*, by: User | None, at: datetime) -> list[FollowUp]:
    """Remind those who asked of each item that was reported as done and waits for a second person; those above them
    are told where it waits on. Which items.

    Once each, counted in working days from the report; one sent back and reported again is watched anew. `by` is None
    when the clock asks.
    """
    if by is not None:
        require(can_direct(by))
    waiting = list(_waiting(at))
    calendar = office_calendar() if waiting else OfficeCalendar()
    return [item for item in waiting if _remind(item, calendar, by=by, at=at)]


def _late(at: datetime) -> FollowUpQuerySet:
    """Looked at before anything is locked: most minutes nothing is late."""
    rows = FollowUp.objects.filter(state=State.OPEN, due_on__lt=localdate(at), escalated_at=None)
    return rows.order_by("due_on", "pk")


def _waiting(at: datetime) -> FollowUpQuerySet:
    """Reported so many days ago that working days may have run out, and not yet told to those above."""
    first = min(settings.TIENDO_CONFIRM_DAYS, settings.TIENDO_CONFIRM_ESCALATE_DAYS)
    reported = Max("steps__at", filter=Q(steps__act=Act.REPORT))
    pressed = Max("steps__at", filter=Q(steps__act=Act.PRESS))
    rows = FollowUp.objects.filter(state=State.REPORTED).annotate(reported=reported, pressed=pressed)
    unheard = Q(pressed=None) | Q(pressed__lt=F("reported"))
    return rows.filter(unheard, reported__lte=at - timedelta(days=first)).order_by("pk")


@transaction.atomic
def _escalate(item: FollowUp, *, by: User | None, at: datetime) -> bool:
    """Under the lock, so that an act of the unit, or another clock, comes before or after."""
    locked = _late(at).select_for_update(of=("self",), no_key=True).select_related("unit", "made_by")
    found = locked.filter(pk=item.pk).first()
    if found is None:
        return False
    found.escalated_at = item.escalated_at = at
    found.save(update_fields=["escalated_at"])
    _told(found, Act.ESCALATE, by=by, at=at, days=(localdate(at) - found.due_on).days)
    return True


@transaction.atomic
def _remind(item: FollowUp, calendar: OfficeCalendar, *, by: User | None, at: datetime) -> bool:
    """Under the lock, by what the item's steps say at that moment."""
    rows = FollowUp.objects.select_for_update(of=("self",), no_key=True).select_related("unit", "made_by")
    found = rows.select_related("inspection", "difficulty").filter(pk=item.pk, state=State.REPORTED).first()
    if found is None:
        return False
    steps = list(FollowUpStep.objects.filter(follow_up=found).order_by("at", "pk"))
    last = max(nth for nth, step in enumerate(steps) if step.act == Act.REPORT)
    days = calendar.between(localdate(steps[last].at) + timedelta(days=1), localdate(at) + timedelta(days=1))
    told = {Act(step.act) for step in steps[last:]} & WORDS
    limits = {"remind_after": settings.TIENDO_CONFIRM_DAYS, "press_after": settings.TIENDO_CONFIRM_ESCALATE_DAYS}
    if (act := word_due(days, told, **limits)) is None:
        return False
    _told(found, act, by=by, at=at, days=days)
    return True


def _told(item: FollowUp, act: Act, *, by: User | None, at: datetime, days: int) -> None:
    step = FollowUpStep.objects.create(follow_up=item, act=act.value, by=by, at=at)
    people = tell_step(step, by=by, at=at)
    record(
        act=f"oversight.followup.{act}",
        subject=f"oversight.followup:{item.pk}",
        actor=by.username if by else MACHINE,
        at=at,
        unit=item.unit.code,
        days=days,
        people=[user.username for user in people],
    )
