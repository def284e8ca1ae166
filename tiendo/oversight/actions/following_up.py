"""One thing a unit must do, from the word that asked for it to the second person who closes it (R008, R021, R039)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.oversight.followup_permissions import can_ask, can_follow_up
from tiendo.oversight.followup_telling import tell_step
from tiendo.oversight.followup_workflow import MOVES, Act, IllegalMove, State
from tiendo.oversight.models import Difficulty, Direction, Finding, FollowUp, FollowUpStep, Inspection
from tiendo.plans.files import inspect_file
from tiendo.plans.models import Plan, StoredFile, Task
from tiendo.plans.storage import store_file
from tiendo.reporting.actions.evidence import EVIDENCE_TYPES


@transaction.atomic
def open_follow_up(
    *,
    plan: Plan,
    text: str,
    unit: Unit,
    due_on: date,
    by: User,
    at: datetime,
    task: Task | None = None,
    direction: Direction | None = None,
    inspection: Inspection | None = None,
    finding: Finding | None = None,
    difficulty: Difficulty | None = None,
) -> FollowUp:
    """Give a unit something to do by the end of a day, from exactly one of a direction, an inspection (perhaps one of
    its findings) or a difficulty's decision; its people are told. Raises IllegalMove where the day is already past."""
    require(can_ask(by, unit, inspection=inspection, difficulty=difficulty))
    text = _said(text, _("Hãy ghi việc phải làm."))
    if due_on < (direction.given_on if direction else localdate(at)):
        raise IllegalMove(_("Hạn phải sau ngày giao việc."))
    follow_up = FollowUp.objects.create(
        plan=plan,
        text=text,
        unit=unit,
        due_on=due_on,
        task=task,
        direction=direction,
        inspection=inspection,
        finding=finding,
        difficulty=difficulty,
        made_by=by,
        made_at=at,
    )
    _step(follow_up, Act.OPEN, by=by, at=at, due_on=due_on, text=text, unit=unit.code, task=task.code if task else None)
    return follow_up


@transaction.atomic
def note_follow_up(
    *, follow_up: FollowUp, note: str, by: User, at: datetime, data: bytes = b"", name: str = ""
) -> FollowUp:
    """Somebody of the unit says how far it is, perhaps with a file; the item stays open. Raises RefusedFile."""
    follow_up = _locked(follow_up, Act.NOTE, by)
    note = _said(note, _("Hãy ghi tiến độ."))
    return _moved(follow_up, Act.NOTE, by=by, at=at, note=note, file=_stored(data, name, at))


@transaction.atomic
def report_follow_up(
    *, follow_up: FollowUp, note: str, by: User, at: datetime, data: bytes = b"", name: str = ""
) -> FollowUp:
    """The head of the unit says that it is done, and what came of it; those who asked are told. Raises RefusedFile."""
    follow_up = _locked(follow_up, Act.REPORT, by)
    note = _said(note, _("Hãy ghi kết quả."))
    return _moved(follow_up, Act.REPORT, by=by, at=at, note=note, file=_stored(data, name, at))


@transaction.atomic
def return_follow_up(*, follow_up: FollowUp, reason: str, by: User, at: datetime) -> FollowUp:
    """It is not done yet: the unit goes on, and reads why."""
    follow_up = _locked(follow_up, Act.RETURN, by)
    return _moved(follow_up, Act.RETURN, by=by, at=at, note=_said(reason, _("Hãy ghi lý do trả lại.")))


@transaction.atomic
def close_follow_up(*, follow_up: FollowUp, by: User, at: datetime, note: str = "") -> FollowUp:
    """A second person, who neither reported it nor works in the unit, confirms that it is done."""
    follow_up = _locked(follow_up, Act.CLOSE, by)
    return _moved(follow_up, Act.CLOSE, by=by, at=at, note=note.strip())


@transaction.atomic
def extend_follow_up(*, follow_up: FollowUp, due_on: date, reason: str, by: User, at: datetime) -> FollowUp:
    """A later day, which escalates anew when it passes. Raises IllegalMove for a day not after the one that stands."""
    follow_up = _locked(follow_up, Act.EXTEND, by)
    reason = _said(reason, _("Hãy ghi lý do gia hạn."))
    if due_on <= follow_up.due_on:
        raise IllegalMove(_("Hạn mới phải sau hạn đang có."))
    if due_on < localdate(at):
        raise IllegalMove(_("Hạn mới không được là ngày đã qua."))
    follow_up.due_on, follow_up.escalated_at = due_on, None
    return _moved(follow_up, Act.EXTEND, by=by, at=at, note=reason, due_on=due_on)


@transaction.atomic
def cancel_follow_up(*, follow_up: FollowUp, reason: str, by: User, at: datetime) -> FollowUp:
    """It need not be done any more; why stands with it."""
    follow_up = _locked(follow_up, Act.CANCEL, by)
    return _moved(follow_up, Act.CANCEL, by=by, at=at, note=_said(reason, _("Hãy ghi lý do thôi theo dõi.")))


def _locked(follow_up: FollowUp, act: Act, by: User) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",), no_key=True)
    follow_up = rows.select_related("unit", "made_by", "inspection", "difficulty").get(pk=follow_up.pk)
    require(can_follow_up(by, follow_up, act))
    return follow_up


def _moved(
    follow_up: FollowUp,
    act: Act,
    *,
    by: User,
    at: datetime,
    note: str,
    due_on: date | None = None,
    file: StoredFile | None = None,
) -> FollowUp:
    state = MOVES[State(follow_up.state), act].to
    follow_up.state = state.value
    follow_up.ended_at = at if state in (State.CLOSED, State.CANCELLED) else None
    follow_up.save(update_fields=["state", "ended_at", "due_on", "escalated_at"])
    _step(follow_up, act, by=by, at=at, note=note, due_on=due_on, file=file, unit=follow_up.unit.code)
    return follow_up


def _step(
    follow_up: FollowUp,
    act: Act,
    *,
    by: User,
    at: datetime,
    note: str = "",
    due_on: date | None = None,
    file: StoredFile | None = None,
    **detail: object,
) -> None:
    step = FollowUpStep.objects.create(
        follow_up=follow_up, act=act.value, note=note, file=file, due_on=due_on, by=by, at=at
    )
    said = {"reason": note} if note else {}
    record(
        act=f"oversight.followup.{act}",
        subject=f"oversight.followup:{follow_up.pk}",
        actor=by.username,
        at=at,
        due_on=due_on,
        **said,
        **detail,
    )
    tell_step(step, by=by, at=at)


def _stored(data: bytes, name: str, at: datetime) -> StoredFile | None:
    if not data:
        return None
    kind = inspect_file(data, name, allowed=EVIDENCE_TYPES)
    return store_file(data, extension=kind.extension, media_type=kind.media_type, at=at)


def _said(words: str, otherwise: str) -> str:
    if not words.strip():
        require(no(otherwise))
    return words.strip()
