"""What a face shows of one indicator for one unit, and what is red and why. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from tiendo.indicators.states import Firmness, Presence, State, Status
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Goal:
    """The line a value is held against, as papers print it."""

    text: str
    due_on: date
    firmness: Firmness


@dataclass(frozen=True)
class Reading:
    """The newest figure of an indicator for a unit, and whether the figure due last is there.

    `period` is that of the figure, "" without one; `awaited` is the period that is missing, or comes next, with its
    last good day. Numbers are in the indicator's unit of measure, progress in percent.
    """

    indicator: int
    code: str
    name: str
    measure: str
    decimals: int
    unit: int
    unit_name: str
    presence: Presence
    awaited: str
    awaited_on: date
    firmness: Firmness
    slice: str = ""
    period: str = ""
    value: Decimal | None = None
    no_value: Sentence | None = None
    status: Status | None = None
    state: State = State.NO_DATA
    progress: Decimal | None = None
    not_computable: Sentence | None = None
    distance: Decimal | None = None
    goal: Goal | None = None
    flags: tuple[Sentence, ...] = ()


class Alarm(IntEnum):
    """Why a reading is on the list a leader reads first; the smaller, the higher it stands."""

    MISSED = 1  # a firm target whose day has come
    MISSING = 2  # a figure that should be there
    BEHIND = 3  # a firm target whose day is still ahead, and no milestone holds
    ASPIRED = 4  # not met, but the text only strives for it


def alarm_of(reading: Reading, on: date) -> Alarm | None:
    """Why this reading needs a look on that day, if it does. What is missing hides no missed target."""
    if reading.state is State.NOT_MET:
        if reading.firmness is Firmness.ASPIRATIONAL:
            return Alarm.MISSING if reading.presence is Presence.MISSING else Alarm.ASPIRED
        if reading.goal is not None and reading.goal.due_on <= on:
            return Alarm.MISSED
    if reading.presence is Presence.MISSING:
        return Alarm.MISSING
    return Alarm.BEHIND if reading.state is State.NOT_MET else None


@dataclass(frozen=True)
class Overview:
    """How many indicators stand where, and those that need a look, most pressing first."""

    states: Mapping[State, int]
    presences: Mapping[Presence, int]
    alarms: tuple[tuple[Alarm, Reading], ...]

    @property
    def total(self) -> int:
        return sum(self.presences.values())

    def of(self, alarm: Alarm) -> list[Reading]:
        """The readings under one alarm."""
        return [reading for found, reading in self.alarms if found is alarm]


def overview_of(readings: Iterable[Reading], on: date) -> Overview:
    """Counts and alarms; under one alarm the furthest from its end first, then by code."""
    rows = list(readings)
    alarms = [(alarm, reading) for reading in rows if (alarm := alarm_of(reading, on)) is not None]
    alarms.sort(key=lambda row: (row[0], row[1].progress is None, row[1].progress or Decimal(0), row[1].code))
    states = Counter(reading.state for reading in rows)
    presences = Counter(reading.presence for reading in rows)
    return Overview(
        {state: states[state] for state in State}, {each: presences[each] for each in Presence}, tuple(alarms)
    )


def below(readings: Iterable[Reading]) -> list[Reading]:
    """Units that have not reached the threshold, lowest progress first, then those without a figure (R040, R078)."""
    short = [each for each in readings if each.state is State.NOT_MET or each.presence is Presence.MISSING]
    return sorted(
        short,
        key=lambda each: (each.value is None, each.progress is None, each.progress or Decimal(0), each.unit_name),
    )
