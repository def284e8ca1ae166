"""Whether the data behind an issued report have moved since: which figures would differ now, since when, by what. Pure.

The report itself never changes. A figure has moved when its value or the tasks it counts are others; since when, is
the moment of the earliest act after the issuing on a task that makes the difference.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from gettext import gettext as _
from typing import Any

from tiendo.reporting.papers.consolidation import Figure


class Cause(StrEnum):
    """What kind of act moved a figure."""

    ACCEPTED = "accepted"
    DEADLINE = "deadline"
    NEW_TASK = "new_task"
    SENT = "sent"
    URGED = "urged"


CAUSE_WORDS: dict[Cause, str] = {
    Cause.ACCEPTED: _("tiếp nhận báo cáo"),
    Cause.DEADLINE: _("đổi thời hạn"),
    Cause.NEW_TASK: _("giao nhiệm vụ mới"),
    Cause.SENT: _("đơn vị gửi báo cáo"),
    Cause.URGED: _("đôn đốc đơn vị"),
}


@dataclass(frozen=True)
class Act:
    """An act after the issuing about one task (its code) or unit (its name). `duty` is the report it belongs to."""

    at: datetime
    about: str
    cause: Cause
    by: str = ""
    duty: int | None = None

    @property
    def words(self) -> str:
        return CAUSE_WORDS[self.cause]


@dataclass(frozen=True)
class Moved:
    """A figure that would differ now. `since` is None when no stored act tells."""

    key: str
    label: str
    issued: Decimal | None
    now: Decimal | None
    acts: tuple[Act, ...]

    @property
    def since(self) -> datetime | None:
        return self.acts[0].at if self.acts else None


@dataclass(frozen=True)
class Staleness:
    """The figures that have moved, as asked at one moment; empty when none has."""

    asked_at: datetime
    issued_at: datetime
    moved: tuple[Moved, ...]

    @property
    def is_stale(self) -> bool:
        return bool(self.moved)

    @property
    def since(self) -> datetime | None:
        """The earliest moment at which a figure began to differ; the issuing itself when no act tells."""
        if not self.moved:
            return None
        return min(figure.since or self.issued_at for figure in self.moved)


Frozen = Mapping[str, Any]  # a figure as an issued report keeps it: key, label, value, tasks, units, submissions


def touched(frozen: Frozen, now: Figure) -> frozenset[str]:
    """Tasks and units that make the difference: counted then or now only, or told by another record.

    Where the same units are counted and yet the value differs (urgings), any of them may make it.
    """
    known = frozenset(frozen["submissions"])
    told = frozenset(record.task_code for record in now.records if record.submission not in known)
    changed = (_counted(frozen) ^ _counts(now)) | told
    return changed or frozenset(duty.unit for duty in now.duties)


def has_moved(frozen: Frozen, now: Figure) -> bool:
    return _value(frozen) != now.value or _counted(frozen) != _counts(now)


def _value(frozen: Frozen) -> Decimal | None:
    return None if frozen["value"] is None else Decimal(frozen["value"])


def _counted(frozen: Frozen) -> frozenset[str]:
    return frozenset(frozen["tasks"]) | frozenset(frozen.get("units", ()))


def _counts(now: Figure) -> frozenset[str]:
    return frozenset(line.code for line in now.lines) | frozenset(duty.unit for duty in now.duties)


def differing(frozen: Iterable[Frozen], now: Mapping[str, Figure]) -> list[tuple[Frozen, Figure]]:
    """The figures of the report that have moved, each with what it is now; keys unknown now are left out."""
    pairs = [(each, now[each["key"]]) for each in frozen if each["key"] in now]
    return [pair for pair in pairs if has_moved(*pair)]


def staleness(
    pairs: Sequence[tuple[Frozen, Figure]], acts: Iterable[Act], *, issued_at: datetime, asked_at: datetime
) -> Staleness:
    """Tie each moved figure to the acts on the tasks and units that make its difference."""
    about: dict[str, list[Act]] = {}
    for act in acts:
        about.setdefault(act.about, []).append(act)
    return Staleness(asked_at, issued_at, tuple(_moved(frozen, now, about) for frozen, now in pairs))


def _moved(frozen: Frozen, now: Figure, about: Mapping[str, list[Act]]) -> Moved:
    acts = [act for name in touched(frozen, now) for act in about.get(name, ())]
    acts.sort(key=lambda act: (act.at, act.about))
    return Moved(frozen["key"], frozen["label"], _value(frozen), now.value, tuple(acts))
