"""An indicator of one unit as a picture: its cells and its target lines become the series that charts draw. Pure.

Values are shown as they were judged elsewhere: nothing is computed here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tiendo.indicators.courses import Line, lines_for
from tiendo.indicators.newest import newest
from tiendo.indicators.spans import Span, next_span, span_of, span_on
from tiendo.indicators.states import COMPARATOR_SIGNS, STATE_WORDS, Frequency, Purpose, State, Status
from tiendo.papers.charts import Former, Goal, Look, Mark, Point, Series

RANK = "rank"
MARKS = {Status.ESTIMATE: Mark.ESTIMATE, Status.OFFICIAL: Mark.OFFICIAL, Status.REVISED: Mark.REVISED}
LOOKS = {state: Look(state.value) for state in State}
MOST_GAPS = 60  # periods without a figure that are still drawn one by one
Say = Callable[[str], str]


@dataclass(frozen=True)
class Drawn:
    """What a picture needs to know of an indicator."""

    name: str
    unit_code: str
    unit: str
    frequency: Frequency
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """The figure of one period: its value or None, what it replaced, how it was judged."""

    period: str
    value: Decimal | None
    status: Status = Status.OFFICIAL
    state: State = State.NO_DATA
    former: tuple[tuple[Decimal, Status], ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Track:
    """Figures of one unit with the lines they are held against."""

    seen: Sequence[Seen]
    frequency: Frequency  # of the figure that speaks
    lines: Sequence[Line] = field(default_factory=list)

    @property
    def last(self) -> Seen | None:
        """The figure that speaks."""
        return newest(self.seen, self.frequency, lambda each: (each.period, each.value))

    @property
    def state(self) -> State:
        """Where it stands: as the latest value was judged."""
        return self.last.state if self.last else State.NO_DATA


def series_of(drawn: Drawn, track: Track, *, title: str = "", say: Say = str) -> Series:
    """The line chart of an indicator for one unit; periods left out between two figures are shown as missing."""
    paths = [goal_of(line, drawn) for line in track.lines if line.purpose is Purpose.PATH]
    ends = sorted((line for line in track.lines if line.purpose is Purpose.FINAL), key=lambda line: line.due_on)
    goals = [goal_of(line, drawn) for line in ends]
    starts = [line for line in track.lines if line.purpose is Purpose.BASELINE]
    start = max(starts, key=lambda line: line.due_on, default=None)
    return Series(
        title=title or drawn.name,
        unit="" if drawn.unit_code == RANK or drawn.levels else drawn.unit,
        points=tuple(_point(each, say) for each in _filled(drawn, track.seen)),
        path=tuple(sorted([*paths, *goals[:-1]], key=lambda goal: goal.on)),
        final=goals[-1] if goals else None,
        baseline=_start(start, drawn, say) if start else None,
        rank=drawn.unit_code == RANK,
        level_names=drawn.levels,
        state=STATE_WORDS[track.state],
    )


def goal_of(line: Line, drawn: Drawn) -> Goal:
    """A line of the target ledger as a mark of the path."""
    sign = COMPARATOR_SIGNS[line.threshold.comparator]
    label = day_label(line.due_on, drawn.frequency)
    return Goal(line.due_on, label, line.threshold.value, sign, line.threshold.upper)


def category_lines(lines: Sequence[Line], *, unit: int, shared: bool = True) -> list[Line]:
    """The lines of the whole that one unit answers to; of an indicator with several categories, those of the first."""
    mine = lines_for(lines, unit=unit, slice="", shared=shared)
    if mine or not lines:
        return mine
    first = min((line.category for line in lines if line.purpose is Purpose.FINAL), default="")
    named = [replace(line, category="") for line in lines if line.category == first]
    return lines_for(named, unit=unit, slice="", shared=shared)


def _start(line: Line, drawn: Drawn, say: Say) -> Point:
    label = day_label(line.due_on, drawn.frequency)
    return Point(line.due_on, label, line.threshold.value)


def _point(each: Seen, say: Say) -> Point:
    span = span_of(each.period)
    former = tuple(Former(value, MARKS[status]) for value, status in each.former)
    name = say(span.name)
    return Point(span.last_day, label_of(span), each.value, MARKS[each.status], former, each.reason, name)


def _filled(drawn: Drawn, seen: Sequence[Seen]) -> list[Seen]:
    """Figures of the indicator's own frequency in order of time, with the periods nobody told anything about."""
    own = {each.period: each for each in seen if span_of(each.period).frequency is drawn.frequency}
    if not own:
        return []
    known = sorted((span_of(code) for code in own), key=lambda span: span.last_day)
    made: list[Seen] = []
    span = known[0]
    while span.first_day <= known[-1].first_day and len(made) < MOST_GAPS + len(own):
        made.append(own.get(span.code, Seen(span.code, None)))
        span = next_span(span)
    return made


def label_of(span: Span) -> str:
    """A period as short as an axis needs it: 2025, 6T1/2025, Q3/2025, T7/2025."""
    letters = {Frequency.MONTH: "T", Frequency.QUARTER: "Q", Frequency.HALF: "6T"}
    return f"{letters[span.frequency]}{span.part}/{span.year}" if span.frequency in letters else str(span.year)


def day_label(day: date, frequency: Frequency) -> str:
    """The day of a target on an axis: its year where it ends a year, else its period."""
    ends_year = (day.month, day.day) == (12, 31)
    return str(day.year) if ends_year else label_of(span_on(day, frequency))


def in_order(tracks: Mapping[str, Track], *, lower_is_better: bool = False) -> list[str]:
    """Units by their latest value, best first, those without one last; equal ones by their key."""
    best = Decimal(1) if lower_is_better else Decimal(-1)

    def place(key: str) -> tuple[bool, Decimal, str]:
        last = tracks[key].last
        value = last.value if last and last.value is not None else None
        return value is None, best * (value or Decimal(0)), key

    return sorted(tracks, key=place)
