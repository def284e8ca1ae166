"""What has happened to the tasks since the lines of a draft were written, and lines that contradict. Pure.

Nothing is decided over a change the coordinator has not seen: a conflict is settled by writing the line anew, by
confirming it over what the task says now, or by taking it out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _
from typing import Any

from tiendo.oversight.amendment_wants import Change
from tiendo.plans.differences import same

Terms = Mapping[str, Any]


class Trouble(StrEnum):
    CHANGED = "changed"
    ALREADY = "already"
    DROPPED = "dropped"
    COMPLETED = "completed"
    TWICE = "twice"
    WAITING = "waiting"


TROUBLE_WORDS: dict[Trouble, str] = {
    Trouble.CHANGED: _("nhiệm vụ đã thay đổi sau khi dòng này được viết"),
    Trouble.ALREADY: _("nhiệm vụ đã nói như vậy rồi"),
    Trouble.DROPPED: _("nhiệm vụ đã thôi thực hiện"),
    Trouble.COMPLETED: _("nhiệm vụ đã hoàn thành"),
    Trouble.TWICE: _("dòng khác của dự thảo cũng sửa điều này"),
    Trouble.WAITING: _("một quyết định đang chờ hiệu lực cũng sửa điều này"),
}


@dataclass(frozen=True)
class Line:
    """A standing line of the draft. `task` is the task's code; None for one to add."""

    pk: int
    kind: Change
    task: str | None
    wanted: Terms
    base: Terms


@dataclass(frozen=True)
class Now:
    """What a task says now, and whether it is completed."""

    terms: Terms
    completed: bool = False


@dataclass(frozen=True)
class Conflict:
    """One thing to settle in a line; `field` is None where it concerns the whole line."""

    line: int
    trouble: Trouble
    field: str | None = None
    base: Any = None
    now: Any = None


def find_conflicts(lines: Iterable[Line], tasks: Mapping[str, Now], waiting: Iterable[Line] = ()) -> list[Conflict]:
    """All that must be settled before a decision, in the order of the lines.

    `waiting`: lines decided before whose day has not come; whichever came into force last would undo the other.
    """
    lines, waiting = list(lines), list(waiting)
    twice = _written_twice(lines)
    found: list[Conflict] = []
    for line in lines:
        found += [Conflict(line.pk, Trouble.TWICE, field) for field in twice.get(line.pk, ())]
        if line.task is not None:
            found += [Conflict(line.pk, Trouble.WAITING, field) for field in _shared(line, waiting)]
            found += _with_task(line, tasks[line.task])
    return found


def confirmable(conflict: Conflict) -> bool:
    """Whether confirming the line over what the task says now settles it."""
    return conflict.trouble == Trouble.CHANGED


def _with_task(line: Line, now: Now) -> list[Conflict]:
    if now.terms.get("dropped"):
        return [Conflict(line.pk, Trouble.DROPPED)]
    if now.completed and (line.kind != Change.CHANGE or "due" in line.wanted):
        return [Conflict(line.pk, Trouble.COMPLETED)]
    return [each for field in line.wanted if (each := _in_field(line, field, now.terms.get(field)))]


def _in_field(line: Line, field: str, now: Any) -> Conflict | None:
    was = line.base.get(field)
    if same(field, now, line.wanted[field]):
        return Conflict(line.pk, Trouble.ALREADY, field, was, now)
    return None if same(field, was, now) else Conflict(line.pk, Trouble.CHANGED, field, was, now)


def _written_twice(lines: list[Line]) -> dict[int, list[str | None]]:
    """Line → the fields that another line of the same task writes too; None where a line drops the task."""
    found: dict[int, list[str | None]] = {}
    for line in lines:
        if shared := _shared(line, [other for other in lines if other.pk != line.pk]):
            found[line.pk] = shared
    return found


def _shared(line: Line, others: Iterable[Line]) -> list[str | None]:
    """The fields of the line that others on its task write too; None where either drops the task."""
    same_task = [other for other in others if line.task and other.task == line.task]
    if same_task and Change.DROP in (line.kind, *(other.kind for other in same_task)):
        return [None]
    return [field for field in line.wanted if any(field in other.wanted for other in same_task)]
