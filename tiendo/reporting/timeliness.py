"""How punctual units are, period by period. Pure.

A report is judged once its due moment has passed or it was sent: on time when first sent before that moment, late from
that moment on, missing while nothing was sent. One not yet due and not yet sent is not judged and counts nowhere; one
that is missing counts as not on time, so silence never makes a rate better.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from tiendo.calendars.periods import is_late
from tiendo.plans.rates import share


class Turn(StrEnum):
    """How one report was sent; the values are the names of chips."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "no_report"
    PENDING = "pending"


def turn(first_sent_at: datetime | None, due_at: datetime, *, at: datetime) -> Turn:
    """How the report stands at the moment `at`. At the due moment itself it is late."""
    if first_sent_at is not None:
        return Turn.LATE if is_late(first_sent_at, due_at) else Turn.ON_TIME
    return Turn.MISSING if is_late(at, due_at) else Turn.PENDING


@dataclass(frozen=True)
class Tally:
    """How many reports were on time, late, missing, and how many are not judged yet."""

    on_time: int
    late: int
    missing: int
    pending: int = 0

    @property
    def judged(self) -> int:
        return self.on_time + self.late + self.missing

    @property
    def rate(self) -> Decimal | None:
        """On time out of all judged, in per cent as everywhere; None while none was judged."""
        return share(self.on_time, self.judged)


def tally(turns: Iterable[Turn]) -> Tally:
    """The turns counted."""
    known = list(turns)
    return Tally(*(known.count(each) for each in (Turn.ON_TIME, Turn.LATE, Turn.MISSING, Turn.PENDING)))


def trend(rates: Sequence[Decimal | None]) -> Decimal | None:
    """The last rate less the one before it, in percentage points; None when either is not known."""
    known = rates[-2:]
    if len(known) < 2 or known[0] is None or known[1] is None:
        return None
    return known[1] - known[0]
