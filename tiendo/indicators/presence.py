"""Whether a figure is there, not yet due, or missing: never two states for three. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from tiendo.indicators.spans import Span, next_span, span_of, span_on, spans
from tiendo.indicators.states import Frequency, Presence


@dataclass(frozen=True)
class Schedule:
    """When figures are owed: how often, how many days after a period ends, and from which period on."""

    frequency: Frequency
    lag_days: int
    first_period: str

    @property
    def first(self) -> Span:
        """The first period owed, in the frequency of the schedule, also where the frequency was changed since."""
        return span_on(span_of(self.first_period).first_day, self.frequency)


def due_day(schedule: Schedule, span: Span) -> date:
    """The last day on which the figure of a period is not late."""
    return span.last_day + timedelta(days=schedule.lag_days)


def presence_of(schedule: Schedule, period: str, on: date, *, has_value: bool) -> Presence:
    """The state of one period's figure on a day: on its due day it is not yet missing, the day after it is.

    A period before the first one, or of another frequency than the one owed, is owed by nobody.
    """
    if has_value:
        return Presence.VALUE
    span = span_of(period)
    owed = span.frequency is schedule.frequency and span.first_day >= schedule.first.first_day
    return Presence.MISSING if owed and on > due_day(schedule, span) else Presence.NOT_YET_DUE


def periods_due(schedule: Schedule, on: date) -> list[Span]:
    """Every period whose figure must be there on a day, oldest first."""
    begun = spans(schedule.frequency, schedule.first.first_day, on)
    return [span for span in begun if due_day(schedule, span) < on]


def next_update(schedule: Schedule, on: date) -> tuple[Span, date]:
    """The period whose figure is awaited next, and its last good day; on that day it is still this one."""
    span = schedule.first
    behind = on - timedelta(days=schedule.lag_days)
    if behind > span.last_day:
        span = span_on(behind, schedule.frequency)
    while due_day(schedule, span) < on:
        span = next_span(span)
    return span, due_day(schedule, span)
