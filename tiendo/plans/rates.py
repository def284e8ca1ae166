"""The one rule by which a share becomes a percentage, wherever it is read: pages, papers, portal, API. Pure.

And how punctual tasks are, against the deadline first given and against the one in force.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

ONE_TENTH = Decimal("0.1")


def share(part: int, whole: int) -> Decimal | None:
    """In per cent with one decimal, cut and not rounded, so that 100 means all of it; None of nothing.

    28 of 69 is 40.5; 2999 of 3000 is 99.9.
    """
    return (Decimal(100 * part) / whole).quantize(ONE_TENTH, ROUND_DOWN) if whole else None


@dataclass(frozen=True)
class Dates:
    """One task's day of completion (None while unfinished) beside its original and its present deadline."""

    original: date | None
    current: date | None
    completed: date | None


@dataclass(frozen=True)
class Punctuality:
    """How tasks stand against one of their two deadlines. `undated` have none, `ahead` are unfinished and in time."""

    on_time: int
    late: int
    overdue: int
    ahead: int
    undated: int

    @property
    def judged(self) -> int:
        """Those whose time has come: completed, or overdue."""
        return self.on_time + self.late + self.overdue

    @property
    def rate(self) -> Decimal | None:
        """Completed on time ÷ judged, in percent; a task that stays unfinished past its deadline counts against it."""
        return share(self.on_time, self.judged)


@dataclass(frozen=True)
class BothPunctualities:
    """Against the original deadlines and against those in force now; `extended` have a later one than at first."""

    original: Punctuality
    current: Punctuality
    extended: int


def punctualities(tasks: Iterable[Dates], *, on: date) -> BothPunctualities:
    """Count the tasks against both deadlines on the day. A deadline itself is in time, the day after is not."""
    tasks = list(tasks)
    extended = sum(1 for task in tasks if task.original and task.current and task.current > task.original)
    return BothPunctualities(
        original=_against([(task.original, task.completed) for task in tasks], on),
        current=_against([(task.current, task.completed) for task in tasks], on),
        extended=extended,
    )


def _against(pairs: Iterable[tuple[date | None, date | None]], on: date) -> Punctuality:
    counts = Counter(_place(due, completed, on) for due, completed in pairs)
    return Punctuality(**{name: counts[name] for name in ("on_time", "late", "overdue", "ahead", "undated")})


def _place(due: date | None, completed: date | None, on: date) -> str:
    if due is None:
        return "undated"
    if completed is not None:
        return "on_time" if completed <= due else "late"
    return "overdue" if due < on else "ahead"
