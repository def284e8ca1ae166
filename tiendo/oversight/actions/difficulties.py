"""A unit writes what is in its way, its head sends it, takes it back, withdraws it, says whether it is gone (R021)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import unit_holding, units_held_by
from tiendo.orgs.words import fold
from tiendo.oversight.difficulty_moving import locked, pass_on, said
from tiendo.oversight.difficulty_permissions import can_register_difficulty, parties, raised_by
from tiendo.oversight.difficulty_queries import stamp
from tiendo.oversight.difficulty_workflow import Act, IllegalMove, Party
from tiendo.oversight.models import Difficulty
from tiendo.plans.models import Plan, Task
from tiendo.reporting.models import Submission
from tiendo.ui.stamps import CHANGED, is_older


@dataclass(frozen=True)
class Words:
    """What a difficulty says: its kind and the kind of its cause as codes of `Difficulty`, the rest in words."""

    kind: str
    cause_kind: str
    title: str
    measure: str
    cause: str = ""


@transaction.atomic
def register_difficulty(
    *,
    plan: Plan,
    unit: Unit,
    words: Words,
    by: User,
    at: datetime,
    tasks: Iterable[Task] = (),
    submission: Submission | None = None,
) -> Difficulty:
    """A new draft of the unit, perhaps from a report that told of it; its head sends it.

    Raises IllegalMove where words are missing, a task is not of the plan or not the unit's, or the report is another
    unit's.
    """
    require(can_register_difficulty(by, unit))
    _check_report(submission, unit, at)
    difficulty = Difficulty(plan=plan, unit=unit, submission=submission, written_by=by, written_at=at)
    _write(difficulty, words)
    difficulty.save()
    _record(
        "register", difficulty, _link(difficulty, tasks, at), by, at, submission=submission.pk if submission else None
    )
    return difficulty


@transaction.atomic
def write_difficulty(
    *,
    difficulty: Difficulty,
    words: Words,
    by: User,
    at: datetime,
    tasks: Iterable[Task] = (),
    seen: str | None = None,
) -> Difficulty:
    """Other words or tasks for a draft, or for one that was returned; what they were stands in the log.

    `seen` is the `difficulty_queries.stamp` of what the page showed; raises IllegalMove for an older one.
    """
    difficulty = locked(difficulty, Act.WRITE, by)
    if is_older(seen, stamp(difficulty)):
        raise IllegalMove(_(CHANGED))
    before = {"kind": difficulty.kind, "title": difficulty.title, "measure": difficulty.measure}
    _write(difficulty, words)
    difficulty.save()
    _record("write", difficulty, _link(difficulty, tasks, at), by, at, before=before)
    return difficulty


@transaction.atomic
def send_difficulty(*, difficulty: Difficulty, by: User, at: datetime) -> Difficulty:
    """The head sends it to the coordinator; from now on time is counted."""
    difficulty = locked(difficulty, Act.SEND, by)
    difficulty.sent_at = difficulty.sent_at or at
    return pass_on(difficulty, Act.SEND, by=by, at=at)


@transaction.atomic
def take_back_difficulty(*, difficulty: Difficulty, by: User, at: datetime) -> Difficulty:
    """Back to a draft, as long as the coordinator has not passed it on."""
    return pass_on(locked(difficulty, Act.TAKE_BACK, by), Act.TAKE_BACK, by=by, at=at)


@transaction.atomic
def withdraw_difficulty(*, difficulty: Difficulty, reason: str, by: User, at: datetime) -> Difficulty:
    """It stands in nobody's way any more, or never should have been written; the row stays."""
    difficulty = locked(difficulty, Act.WITHDRAW, by)
    return pass_on(difficulty, Act.WITHDRAW, by=by, at=at, note=said(reason, _("Hãy ghi lý do rút lại.")))


@transaction.atomic
def stand_difficulty(*, difficulty: Difficulty, reason: str, by: User, at: datetime) -> Difficulty:
    """The decision did not remove it: the coordinator has it again, with what still stands in the way."""
    difficulty = locked(difficulty, Act.STAND, by)
    return pass_on(difficulty, Act.STAND, by=by, at=at, note=said(reason, _("Hãy ghi còn vướng ở điểm nào.")))


@transaction.atomic
def remove_difficulty(*, difficulty: Difficulty, by: User, at: datetime, reason: str = "") -> Difficulty:
    """The head of the unit that raised it says it is gone; the coordinator may, with a reason."""
    difficulty = locked(difficulty, Act.REMOVE, by)
    if Party.HEAD not in parties(by, difficulty):
        reason = said(reason, _("Hãy ghi căn cứ để xác nhận thay đơn vị."))
    return pass_on(difficulty, Act.REMOVE, by=by, at=at, note=reason.strip())


def _write(difficulty: Difficulty, words: Words) -> None:
    difficulty.kind = Difficulty.Kind(words.kind).value
    difficulty.cause_kind = Difficulty.Cause(words.cause_kind).value
    difficulty.title = said(words.title, _("Hãy ghi khó khăn, vướng mắc."))
    difficulty.measure = said(words.measure, _("Hãy ghi đề xuất, kiến nghị."))
    difficulty.cause = words.cause.strip()
    difficulty.folded = fold(f"{difficulty.title} {difficulty.cause}")


def _link(difficulty: Difficulty, tasks: Iterable[Task], at: datetime) -> list[str]:
    """Set the tasks it holds up; their codes. Only tasks of the plan in which who answers for the unit has a part."""
    wanted = {task.pk for task in tasks}
    on = localdate(at)
    answering = Unit.objects.get(pk=raised_by(difficulty))
    units = units_held_by(frozenset({unit_holding(answering, on=on).pk}), on=on)
    held = Task.objects.filter(pk__in=wanted, plan=difficulty.plan_id).of_units(units, on=on)
    found = {task.pk: task.code for task in held.distinct()}
    if set(found) != wanted:
        raise IllegalMove(_("Chỉ gắn nhiệm vụ của kế hoạch này mà đơn vị có tham gia."))
    difficulty.tasks.set(wanted)
    return sorted(found.values())


def _check_report(submission: Submission | None, unit: Unit, at: datetime) -> None:
    if submission is None:
        return
    Submission.objects.select_for_update(of=("self",), no_key=True).get(pk=submission.pk)  # once, whoever writes it
    if submission.entry.duty.unit_id not in units_held_by(frozenset({unit.pk}), on=localdate(at)):
        raise IllegalMove(_("Báo cáo này là của đơn vị khác."))
    if Difficulty.objects.filter(submission=submission).exclude(state=Difficulty.State.WITHDRAWN).exists():
        raise IllegalMove(_("Khó khăn nêu trong báo cáo này đã có trong sổ."))


def _record(verb: str, difficulty: Difficulty, tasks: list[str], by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"oversight.difficulty.{verb}",
        subject=f"oversight.difficulty:{difficulty.pk}",
        actor=by.username,
        at=at,
        unit=difficulty.unit.code,
        kind=difficulty.kind,
        title=difficulty.title,
        tasks=tasks,
        **detail,
    )
