"""The reply clock: stopped and resumed with a reason, and the word to those above when no answer came (R021)."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import must_hold, require
from tiendo.audit.record import record
from tiendo.orgs.queries import office_calendar
from tiendo.oversight.difficulty_moving import locked, pass_on, said
from tiendo.oversight.difficulty_queries import overdue_replies
from tiendo.oversight.difficulty_telling import tell_overdue
from tiendo.oversight.difficulty_workflow import Act, IllegalMove
from tiendo.oversight.models import ClockStop, Difficulty
from tiendo.ui.sentences import Sentence


@transaction.atomic
def stop_reply_clock(
    *, difficulty: Difficulty, reason: str, by: User, at: datetime, resume_by: date | None = None
) -> Difficulty:
    """The coordinator lets the clock stand still, for a stated reason, to the end of a day; raw days run on beside it.

    Without a day it is the one the office has set. Raises IllegalMove for a day past, or later than it allows.
    """
    difficulty = locked(difficulty, Act.STOP, by)
    reason = said(reason, _("Hãy ghi lý do tạm dừng."))
    if ClockStop.objects.filter(difficulty=difficulty, resumed_at=None).exists():
        raise IllegalMove(_("Hạn trả lời đang tạm dừng."))
    until = _stop_day(resume_by, localdate(at))
    ClockStop.objects.create(difficulty=difficulty, reason=reason, stopped_at=at, stopped_by=by, resume_by=until)
    return pass_on(difficulty, Act.STOP, by=by, at=at, note=reason, until=until)


def _stop_day(asked: date | None, on: date) -> date:
    calendar = office_calendar()
    last = calendar.add(on, settings.TIENDO_STOP_MOST_DAYS)
    until = asked or calendar.add(on, settings.TIENDO_STOP_DAYS)
    if until < on:
        raise IllegalMove(_("Ngày tính tiếp không được là ngày đã qua."))
    if until > last:
        raise IllegalMove(Sentence.of(gettext_noop("Chỉ tạm dừng được đến hết ngày {day}."), day=f"{last:%d/%m/%Y}"))
    return until


@transaction.atomic
def resume_reply_clock(*, difficulty: Difficulty, by: User, at: datetime) -> Difficulty:
    """The clock runs again; the last good day has moved by the working days in between."""
    difficulty = locked(difficulty, Act.RESUME, by)
    if not ClockStop.objects.filter(difficulty=difficulty, resumed_at=None).update(resumed_at=at, resumed_by=by):
        raise IllegalMove(_("Hạn trả lời không tạm dừng."))
    return pass_on(difficulty, Act.RESUME, by=by, at=at)


def resume_stopped_clocks(*, by: User | None, at: datetime) -> list[Difficulty]:
    """Let every clock run again whose day has passed, from the moment after that day; both sides are told.

    `by` is None when the clock asks. Days it slept through are made up; a second run finds none.
    """
    if by is not None:
        require(must_hold(by, Role.COORDINATOR))
    over = ClockStop.objects.filter(resumed_at=None, resume_by__lt=localdate(at)).select_related("difficulty")
    return [stop.difficulty for stop in over.order_by("pk") if _run_again(stop, by=by, at=at)]


@transaction.atomic
def _run_again(stop: ClockStop, *, by: User | None, at: datetime) -> bool:
    """Unless somebody was faster; under the lock of the difficulty, as every act."""
    rows = Difficulty.objects.select_for_update(of=("self",), no_key=True)
    difficulty = rows.select_related("unit", "plan__owner", "authority").get(pk=stop.difficulty_id)
    ended = make_aware(datetime.combine(stop.resume_by + timedelta(days=1), time()))
    if not ClockStop.objects.filter(pk=stop.pk, resumed_at=None).update(resumed_at=ended, resumed_by=by):
        return False
    pass_on(difficulty, Act.RESUME, by=by, at=at, until=stop.resume_by)
    return True


def escalate_replies(*, by: User | None, at: datetime) -> list[Difficulty]:
    """Tell those above once of each difficulty whose authority has not answered in time; those told about.

    `by` is None when the clock asks. A second run tells nobody twice; days missed are made up.
    """
    if by is not None:
        require(must_hold(by, Role.COORDINATOR))
    late = overdue_replies(Difficulty.objects.filter(escalated_at=None), at=at)
    return [line.difficulty for line in late if _escalate(line.difficulty, line.days_over, by=by, at=at)]


@transaction.atomic
def _escalate(difficulty: Difficulty, days: int, *, by: User | None, at: datetime) -> bool:
    """Unless it was answered, forwarded elsewhere or stopped meanwhile, or another clock was faster."""
    still = Difficulty.objects.filter(
        pk=difficulty.pk,
        state=Difficulty.State.FORWARDED,
        escalated_at=None,
        authority_id=difficulty.authority_id,
        reply_due_on=difficulty.reply_due_on,
    )
    if not still.update(escalated_at=at):
        return False
    difficulty.escalated_at = at
    people = tell_overdue(difficulty, days, by=by, at=at)
    record(
        act="oversight.difficulty.escalate",
        subject=f"oversight.difficulty:{difficulty.pk}",
        actor=by.username if by else MACHINE,
        at=at,
        due_on=difficulty.reply_due_on,
        days=days,
        on=localdate(at),
        people=[user.username for user in people],
    )
    return True
