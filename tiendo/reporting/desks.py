"""How long a report, and each item of it, lay on whose desk. Pure: stays in, spans of time and working days out.

A report lies on one desk at any moment while its period runs and it is not accepted. An item lies with the coordinator
from being sent to being decided; otherwise where the report lies inside the unit, with the officers while the rest of
it is with the coordinator. Once accepted an item lies nowhere, until it is sent again after a reopening.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from tiendo.calendars.working_days import OfficeCalendar
from tiendo.reporting.workflow import Desk


@dataclass(frozen=True)
class Lying:
    """One stay of a report; `left_at` is None while it lies there."""

    desk: Desk
    arrived_at: datetime
    left_at: datetime | None


@dataclass(frozen=True)
class Sent:
    """One time an item was sent, and what became of it."""

    submitted_at: datetime
    decided_at: datetime | None
    is_accepted: bool


@dataclass(frozen=True)
class Span:
    """On this desk from `start` up to but not including `end`."""

    desk: Desk
    start: datetime
    end: datetime


def spans(stays: Iterable[Lying], *, until: datetime) -> list[Span]:
    """The stays up to a moment, in order; what began later or lasted no time is left out."""
    cut = [Span(stay.desk, stay.arrived_at, min(stay.left_at or until, until)) for stay in stays]
    return joined(sorted((span for span in cut if span.start < span.end), key=lambda span: span.start))


def item_stays(stays: Iterable[Lying], submissions: Sequence[Sent], *, until: datetime) -> list[Span]:
    """Where one item of the report lay, from its first day up to a moment; without gap or overlap between rests."""
    whole = spans(stays, until=until)
    submissions = sorted(submissions, key=lambda sent: sent.submitted_at)
    waiting = [(sent.submitted_at, sent.decided_at or until) for sent in submissions]
    resting = _rests(whole, submissions, until)
    edges = {moment for pair in (*waiting, *resting) for moment in pair}
    found = []
    for span in whole:
        moments = sorted({span.start, span.end, *(edge for edge in edges if span.start < edge < span.end)})
        for start, end in pairwise(moments):
            if _within(start, waiting):
                found.append(Span(Desk.COORDINATOR, start, end))
            elif not _within(start, resting):
                found.append(Span(_inside(span.desk), start, end))
    return joined(found)


def days_by_desk(found: Iterable[Span], calendar: OfficeCalendar) -> dict[Desk, Decimal]:
    """Working days on each desk it lay on; together they are the working days of the whole time."""
    days: dict[Desk, Decimal] = {}
    for span in found:
        days[span.desk] = days.get(span.desk, Decimal(0)) + calendar.elapsed(span.start, span.end)
    return days


def runs(found: Sequence[Span]) -> list[tuple[datetime, datetime]]:
    """The times without a gap that the spans make up: from opening to acceptance, from reopening to closing."""
    made: list[tuple[datetime, datetime]] = []
    for span in found:
        if made and made[-1][1] == span.start:
            made[-1] = (made[-1][0], span.end)
        else:
            made.append((span.start, span.end))
    return made


def joined(found: Sequence[Span]) -> list[Span]:
    """Neighbours on one desk made one."""
    made: list[Span] = []
    for span in found:
        if made and made[-1].desk == span.desk and made[-1].end == span.start:
            made[-1] = Span(span.desk, made[-1].start, span.end)
        else:
            made.append(span)
    return made


def _rests(whole: Sequence[Span], submissions: Sequence[Sent], until: datetime) -> list[tuple[datetime, datetime]]:
    """From each acceptance to the reopening before the item was sent again, or to the end."""
    found = []
    for number, sent in enumerate(submissions):
        if not sent.is_accepted or sent.decided_at is None:
            continue
        end = until
        if number + 1 < len(submissions):
            again = submissions[number + 1].submitted_at
            end = max((start for start, _end in runs(whole) if sent.decided_at <= start <= again), default=again)
        found.append((sent.decided_at, max(end, sent.decided_at)))
    return found


def _inside(desk: Desk) -> Desk:
    return Desk.OFFICER if desk == Desk.COORDINATOR else desk


def _within(moment: datetime, times: Iterable[tuple[datetime, datetime]]) -> bool:
    return any(start <= moment < end for start, end in times)
