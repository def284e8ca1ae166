"""How long a report lay on whose desk: stays in, spans of time and working days out.

A report lies on one desk at any moment while its period runs and it is not accepted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tiendo.calendars.working_days import OfficeCalendar
from tiendo.reporting.workflow import Desk


@dataclass(frozen=True)
class Lying:
    """One stay of a report; `left_at` is None while it lies there."""

    desk: Desk
    arrived_at: datetime
    left_at: datetime | None


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
