"""What every act on a difficulty shares: the lock, the question who may, the next desk, the record, the word."""

from datetime import datetime

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.oversight.difficulty_permissions import can_do
from tiendo.oversight.difficulty_telling import tell_act
from tiendo.oversight.difficulty_workflow import DESK_OF, STAYING, Act, Desk, IllegalMove, State, move
from tiendo.oversight.models import ClockStop, Difficulty, DifficultyStay
from tiendo.reporting.queries import coordinator_of


def locked(difficulty: Difficulty, act: Act, by: User) -> Difficulty:
    """The row under lock, once it is sure that the person may do the act now. Raises PermissionDenied, IllegalMove."""
    rows = Difficulty.objects.select_for_update(of=("self",), no_key=True)
    difficulty = rows.select_related("unit", "plan__owner", "authority").get(pk=difficulty.pk)
    require(can_do(by, difficulty, act))
    return difficulty


def pass_on(
    difficulty: Difficulty, act: Act, *, by: User | None, at: datetime, note: str = "", **detail: object
) -> Difficulty:
    """Save the difficulty where the act leads, end the stay on the old desk and begin the one on the new.

    Both at the same moment, so that the stays follow each other without a gap. A clock that stands still runs again.
    `by` is None for what the clock does.
    """
    held_by = difficulty.authority.short_name if difficulty.authority else ""
    state = move(State(difficulty.state), act).to
    difficulty.state = state.value
    if state in (State.REMOVED, State.WITHDRAWN):
        difficulty.ended_at = at
    if act is Act.STAND:
        difficulty.excuses = False  # who decides on it again says it again, of the tasks it then has
    if act in (Act.DECLINE, Act.STAND):
        difficulty.authority, difficulty.reply_due_on, difficulty.escalated_at = None, None, None
    difficulty.save()
    if act not in STAYING and by is not None:
        _move_stay(difficulty, act, by, at, note)
    said = {"reason": note} if note else {}
    record(
        act=f"oversight.difficulty.{act}",
        subject=f"oversight.difficulty:{difficulty.pk}",
        actor=by.username if by else MACHINE,
        at=at,
        unit=difficulty.unit.code,
        **said,
        **detail,
    )
    tell_act(difficulty, act, held_by, note=note, by=by, at=at)
    return difficulty


def _move_stay(difficulty: Difficulty, act: Act, by: User, at: datetime, note: str) -> None:
    here = DifficultyStay.objects.filter(difficulty=difficulty, left_at=None)
    here.update(left_at=at, act=act.value, left_by=by, note=note)
    ClockStop.objects.filter(difficulty=difficulty, resumed_at=None).update(resumed_at=at, resumed_by=by)
    desk = DESK_OF[State(difficulty.state)]
    if desk is not None:
        DifficultyStay.objects.create(
            difficulty=difficulty, desk=desk.value, unit=_unit_at(difficulty, desk, at), arrived_at=at
        )


def _unit_at(difficulty: Difficulty, desk: Desk, at: datetime) -> Unit | None:
    if desk == Desk.COORDINATOR:
        return coordinator_of(difficulty.plan, at)
    return difficulty.authority if desk == Desk.AUTHORITY else difficulty.unit


def said(words: str, otherwise: str) -> str:
    """The words without blanks around them; raises IllegalMove with the sentence where there are none."""
    if not words.strip():
        raise IllegalMove(otherwise)
    return words.strip()
