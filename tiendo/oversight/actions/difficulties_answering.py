"""Answers to a difficulty: the coordinator returns, forwards or decides, the authority decides or declines (R021)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.orgs.models import Unit
from tiendo.oversight.actions.following_up import open_follow_up
from tiendo.oversight.difficulty_moving import locked, pass_on, said
from tiendo.oversight.difficulty_workflow import Act, IllegalMove, State
from tiendo.oversight.models import Difficulty, FollowUp
from tiendo.plans.files import inspect_file
from tiendo.plans.models import Task
from tiendo.plans.storage import store_file
from tiendo.reporting.actions.evidence import EVIDENCE_TYPES


@dataclass(frozen=True)
class Asked:
    """What one unit must do by the end of a day to carry a decision out."""

    unit: Unit
    text: str
    due_on: date
    task: Task | None = None


@transaction.atomic
def return_difficulty(*, difficulty: Difficulty, reason: str, by: User, at: datetime) -> Difficulty:
    """Back to the unit, which adds what is missing and sends it again."""
    difficulty = locked(difficulty, Act.RETURN, by)
    return pass_on(difficulty, Act.RETURN, by=by, at=at, note=said(reason, _("Hãy ghi điều cần bổ sung.")))


@transaction.atomic
def forward_difficulty(
    *, difficulty: Difficulty, authority: Unit, reply_due_on: date, by: User, at: datetime, note: str = ""
) -> Difficulty:
    """To the authority that may decide, to be answered by the end of a day; again to another one if it was the wrong.

    Raises IllegalMove for the unit itself, or a day that is past.
    """
    difficulty = locked(difficulty, Act.FORWARD, by)
    if authority.pk == difficulty.unit_id:
        raise IllegalMove(_("Cơ quan có thẩm quyền phải khác đơn vị nêu khó khăn."))
    if reply_due_on < localdate(at):
        raise IllegalMove(_("Hạn trả lời không được là ngày đã qua."))
    difficulty.authority, difficulty.reply_due_on, difficulty.escalated_at = authority, reply_due_on, None
    given = {"authority": authority.code, "reply_due_on": reply_due_on}
    return pass_on(difficulty, Act.FORWARD, by=by, at=at, note=note.strip(), **given)


@transaction.atomic
def decline_difficulty(*, difficulty: Difficulty, reason: str, by: User, at: datetime) -> Difficulty:
    """The authority may not decide it; the coordinator finds who may."""
    difficulty = locked(difficulty, Act.DECLINE, by)
    return pass_on(
        difficulty, Act.DECLINE, by=by, at=at, note=said(reason, _("Hãy ghi vì sao không thuộc thẩm quyền."))
    )


@transaction.atomic
def decide_difficulty(
    *,
    difficulty: Difficulty,
    decision: str,
    number: str,
    by: User,
    at: datetime,
    follow_ups: Sequence[Asked] = (),
    data: bytes = b"",
    name: str = "",
    excuses: bool = False,
) -> Difficulty:
    """Record what was decided, by which paper, and what units must do; the coordinator decides within its own power.

    `excuses`: the decision also confirms that the tasks are late for an objective cause, which evaluations read.
    Raises RefusedFile for a file that is not what its name says, IllegalMove where there is nothing to excuse.
    """
    difficulty = locked(difficulty, Act.DECIDE, by)
    difficulty.excuses = excuses and _may_excuse(difficulty)
    difficulty.decision = said(decision, _("Hãy ghi nội dung quyết định."))
    difficulty.decision_number = said(number, _("Hãy ghi số, ngày văn bản quyết định."))
    difficulty.decided_by, difficulty.decided_at = by, at
    if data:
        kind = inspect_file(data, name, allowed=EVIDENCE_TYPES)
        difficulty.decision_file = store_file(data, extension=kind.extension, media_type=kind.media_type, at=at)
    else:
        difficulty.decision_file = None
    if difficulty.state == State.SENT:
        difficulty.authority, difficulty.reply_due_on = _coordinator_unit(by), localdate(at)
    difficulty = pass_on(
        difficulty,
        Act.DECIDE,
        by=by,
        at=at,
        note=f"{difficulty.decision_number}: {difficulty.decision}",
        file=difficulty.decision_file.sha256 if difficulty.decision_file else None,
        excuses=difficulty.excuses,
    )
    for asked in follow_ups:
        _open(difficulty, asked, by, at)
    return difficulty


@transaction.atomic
def follow_decision(*, difficulty: Difficulty, asked: Asked, by: User, at: datetime) -> FollowUp:
    """One more thing a unit must do to carry the decision out."""
    return _open(locked(difficulty, Act.FOLLOW, by), asked, by, at)


def _open(difficulty: Difficulty, asked: Asked, by: User, at: datetime) -> FollowUp:
    return open_follow_up(
        plan=difficulty.plan,
        text=asked.text,
        unit=asked.unit,
        due_on=asked.due_on,
        task=asked.task,
        difficulty=difficulty,
        by=by,
        at=at,
    )


def _may_excuse(difficulty: Difficulty) -> bool:
    if difficulty.cause_kind != Difficulty.Cause.OBJECTIVE or not difficulty.tasks.exists():
        raise IllegalMove(_("Chỉ xác nhận được khi đơn vị nêu nguyên nhân khách quan và khó khăn có gắn nhiệm vụ."))
    return True


def _coordinator_unit(by: User) -> Unit:
    return next(post.unit for post in by.posts_today if post.role == Role.COORDINATOR)
