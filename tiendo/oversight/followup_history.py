"""How an item stood at a past moment, and what happened between two: worked out again from its steps. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tiendo.oversight.followup_workflow import MOVES, Act, State


@dataclass(frozen=True)
class Step:
    """One act on an item; `due_on` is the day it set, if it set one; `by` is empty for the clock."""

    act: Act
    at: datetime
    due_on: date | None = None
    note: str = ""
    by: str = ""


@dataclass(frozen=True)
class Standing:
    """An item as it stood: its state, the day in force then, and the day on which it was last reported or ended."""

    state: State
    due_on: date | None
    reported_at: datetime | None = None
    ended_at: datetime | None = None

    def late_days(self, on: date) -> int:
        """Days by which an item still to be done was past its day; 0 for one in time, reported or ended."""
        if self.state != State.OPEN or self.due_on is None or self.due_on >= on:
            return 0
        return (on - self.due_on).days


def standing_at(steps: Iterable[Step], until: datetime) -> Standing | None:
    """How the item stood just before `until`; None where it had not been opened by then."""
    told = [step for step in steps if step.at < until]
    if not told:
        return None
    state, due_on, reported_at, ended_at = State.OPEN, None, None, None
    for step in told:
        found = MOVES.get((state, step.act))
        state = found.to if found else state
        due_on = step.due_on or due_on
        reported_at = step.at if step.act == Act.REPORT else reported_at
        ended_at = step.at if state in (State.CLOSED, State.CANCELLED) else None
    return Standing(state, due_on, reported_at, ended_at)


def between(steps: Iterable[Step], since: datetime, until: datetime) -> Sequence[Step]:
    """What was done about the item after `since` and before `until`; its opening is no news."""
    return [step for step in steps if since <= step.at < until and step.act != Act.OPEN]
