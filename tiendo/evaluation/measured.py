"""Which period of an indicator a score reads: fixed by the passport and by days, never by what was delivered. Pure.

The period that was due last speaks, though nothing came for it: whoever keeps a value back must not be judged by an
older, better one. What adds up over time speaks by its longest period due, which is the year once a year is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from tiendo.indicators.presence import Schedule, periods_due
from tiendo.indicators.spans import MONTHS, Span, parts_of
from tiendo.indicators.states import Frequency, Rollup


@dataclass(frozen=True)
class Measured:
    """What the passport in force says of when, how and for which kinds of units values are owed."""

    schedule: Schedule
    over_time: Rollup
    kinds: tuple[str, ...]


def period_read(measured: Measured, *, until: date, on: date) -> Span | None:
    """The period ended before `until` that is due last on the day of judging, `on`, or at `until` if that is later.

    Judged while its days still run, what is to come is missed by nobody: the period due last that day is read. None
    when no period was due yet.
    """
    morrow = on + timedelta(days=1)
    day = on if until > morrow else max(until, on)
    schedule, until = measured.schedule, min(until, morrow)
    due = [
        span
        for frequency in _frequencies(measured)
        for span in periods_due(Schedule(frequency, schedule.lag_days, schedule.first_period), day)
        if span.last_day < until
    ]
    return max(due, key=lambda span: (MONTHS[span.frequency], span.last_day), default=None)


def parts_owed(measured: Measured, span: Span, missing: Collection[str]) -> list[Span]:
    """Of the shorter periods a sum over time is made of those that lack and were owed. A sum of some is no sum."""
    first = measured.schedule.first.first_day
    parts = parts_of(span.code, measured.schedule.frequency)
    return [part for part in parts if part.code in missing and part.first_day >= first]


def _frequencies(measured: Measured) -> list[Frequency]:
    own = measured.schedule.frequency
    if measured.over_time is not Rollup.SUM:
        return [own]
    return [frequency for frequency, months in MONTHS.items() if months >= MONTHS[own]]
