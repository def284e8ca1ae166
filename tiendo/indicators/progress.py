"""Progress, state and distance to target: the one place where they are computed. Pure.

`judge` holds one value against the lines of a target ledger. A state is judged at the period's last day, never at
today's date. Nothing is clamped; what has no meaning is "not computable" with its reason. Method: docs/reference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tiendo.indicators.states import Comparator, Direction, Measure, Purpose, State
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Threshold:
    """What a value must satisfy; both ends of a range belong to it.

    `full` is the upper level of a pair of pass and full values (R077); beyond it the target is exceeded.
    """

    comparator: Comparator
    value: Decimal
    upper: Decimal | None = None
    full: Decimal | None = None


@dataclass(frozen=True)
class Point:
    """A milestone (`Purpose.PATH`) or an end (`Purpose.FINAL`): on `due_on` the value must satisfy the threshold.

    `key` is whatever the caller knows the line by; it is handed back.
    """

    due_on: date
    threshold: Threshold
    purpose: Purpose = Purpose.FINAL
    key: int | None = None


@dataclass(frozen=True)
class Course:
    """What an indicator must do for one unit and category: which way is better, where it starts, milestones, end.

    `straight_line` measures the distance to the line drawn between milestones instead of to the milestone itself.
    """

    direction: Direction
    points: tuple[Point, ...] = ()
    baseline: Decimal | None = None
    baseline_on: date | None = None
    measure: Measure = Measure.NUMBER
    straight_line: bool = False


class Basis(StrEnum):
    """What 0 % of the progress stands for."""

    BASELINE = "baseline"
    RATIO = "ratio"


@dataclass(frozen=True)
class Judgement:
    """What a value says against its target.

    `progress` is in percent, cut to 6 decimals towards less; None exactly when `not_computable` says why.
    `target` is the line the value is held against: the milestone due last, else the next one, else the end.
    `distance` is the value less that line (less the straight line where the course asks for it), in the value's unit.
    """

    state: State
    progress: Decimal | None = None
    not_computable: Sentence | None = None
    basis: Basis | None = None
    distance: Decimal | None = None
    target: Point | None = None


def satisfies(value: Decimal, threshold: Threshold) -> bool:
    """Whether the value meets the threshold by its comparator; both ends of a range belong to it."""
    wanted = threshold.value
    match threshold.comparator:
        case Comparator.AT_LEAST:
            return value >= wanted
        case Comparator.MORE_THAN:
            return value > wanted
        case Comparator.EQUAL:
            return value == wanted
        case Comparator.AT_MOST:
            return value <= wanted
        case Comparator.LESS_THAN:
            return value < wanted
        case Comparator.BETWEEN:
            return wanted <= value <= (wanted if threshold.upper is None else threshold.upper)


def held_against(points: Sequence[Point], on: date) -> Point | None:
    """The line in force on a day: the one due last (an end before a milestone of the same day), else the next one."""
    ordered = sorted(points, key=lambda each: (each.due_on, each.purpose is Purpose.FINAL))
    due = [each for each in ordered if each.due_on <= on]
    return due[-1] if due else next(iter(ordered), None)
