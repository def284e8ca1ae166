"""The reply clock: stopped and resumed with a reason, and the word to those above when no answer came (R021)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import must_hold, require
from tiendo.audit.record import record
from tiendo.oversight.difficulty_moving import locked, pass_on, said
from tiendo.oversight.difficulty_queries import overdue_replies
from tiendo.oversight.difficulty_telling import tell_overdue
from tiendo.oversight.difficulty_workflow import Act, IllegalMove
from tiendo.oversight.models import ClockStop, Difficulty


@transaction.atomic
def stop_reply_clock(*, difficulty: Difficulty, reason: str, by: User, at: datetime) -> Difficulty:
    """The coordinator lets the clock stand still, for a stated reason; raw days run on beside it."""
    difficulty = locked(difficulty, Act.STOP, by)
    reason = said(reason, _("Hãy ghi lý do tạm dừng."))
    if ClockStop.objects.filter(difficulty=difficulty, resumed_at=None).exists():
        raise IllegalMove(_("Hạn trả lời đang tạm dừng."))
    ClockStop.objects.create(difficulty=difficulty, reason=reason, stopped_at=at, stopped_by=by)
    return pass_on(difficulty, Act.STOP, by=by, at=at, note=reason)


@transaction.atomic
def resume_reply_clock(*, difficulty: Difficulty, by: User, at: datetime) -> Difficulty:
    """The clock runs again; the last good day has moved by the working days in between."""
    difficulty = locked(difficulty, Act.RESUME, by)
    if not ClockStop.objects.filter(difficulty=difficulty, resumed_at=None).update(resumed_at=at, resumed_by=by):
        raise IllegalMove(_("Hạn trả lời không tạm dừng."))
    return pass_on(difficulty, Act.RESUME, by=by, at=at)


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
