"""What an indicator must do: where it starts, the milestones on its way, where it must end. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from tiendo.indicators.states import Comparator, Direction, Measure, Purpose

STEP = Decimal("0.000001")  # what the database keeps
DIGITS = 60  # two values of 24 digits are divided without a rounding that could make 100 of less


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


def held_against(points: Sequence[Point], on: date) -> Point | None:
    """The line in force on a day: the one due last (an end before a milestone of the same day), else the next one."""
    ordered = in_order(points)
    due = [each for each in ordered if each.due_on <= on]
    return due[-1] if due else next(iter(ordered), None)


def end_of(points: Sequence[Point], on: date) -> Point | None:
    """The end that a day leads to: the first one not past, else the last; without ends the last milestone is it."""
    ordered = in_order(points)
    ends = [each for each in ordered if each.purpose is Purpose.FINAL] or ordered[-1:]
    return next((each for each in ends if each.due_on >= on), ends[-1] if ends else None)


def in_order(points: Sequence[Point]) -> list[Point]:
    return sorted(points, key=lambda each: (each.due_on, each.purpose is Purpose.FINAL))


def side_of(threshold: Threshold, direction: Direction) -> int:
    """1 when more is asked for, -1 when less is, 0 when one value or a stretch is."""
    match threshold.comparator:
        case Comparator.AT_LEAST | Comparator.MORE_THAN:
            return 1
        case Comparator.AT_MOST | Comparator.LESS_THAN:
            return -1
        case Comparator.BETWEEN:
            return {Direction.UP: 1, Direction.DOWN: -1, Direction.WITHIN: 0}[direction]
        case Comparator.EQUAL:
            return 0


def edge_of(threshold: Threshold, side: int) -> Decimal:
    """Where the asked-for side of a threshold begins."""
    return threshold.upper if side < 0 and threshold.upper is not None else threshold.value


def height_of_line(on: date, course: Course, side: int) -> Decimal:
    """The height that day of the line through baseline, milestones and end; level before the first, after the last."""
    stops = {each.due_on: edge_of(each.threshold, side) for each in in_order(course.points)}
    if course.baseline is not None and course.baseline_on is not None:
        stops = {course.baseline_on: course.baseline} | stops
    before, after = [day for day in stops if day <= on], [day for day in stops if day > on]
    if not before or not after:
        return stops[max(before) if before else min(after)]
    start, stop = max(before), min(after)
    with localcontext(prec=DIGITS):
        rise = (stops[stop] - stops[start]) * (on - start).days / (stop - start).days
        return (stops[start] + rise).quantize(STEP, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Line:
    """A line of the target ledger in force; `unit` None is every unit measured, `category` "" the only one."""

    key: int
    purpose: Purpose
    due_on: date
    threshold: Threshold
    category: str = ""
    unit: int | None = None


def lines_for(lines: Sequence[Line], *, unit: int, slice: str, shared: bool) -> list[Line]:
    """The lines that one figure is held against.

    The whole (`slice` "") answers to lines without category, the slice "linh-vuc=AI" to those of the category "AI".
    A unit's own lines of one purpose stand instead of the common ones of that purpose; with `shared` False the
    common ones do not hold for it, as for the sum of all units where each unit has its own share to bring.
    """
    categories = {slice, slice.rpartition("=")[2]} if slice else {""}
    fitting = [each for each in lines if each.category in categories]
    own = [each for each in fitting if each.unit == unit]
    told = {each.purpose for each in own}
    return own + [each for each in fitting if shared and each.unit is None and each.purpose not in told]


def course_of(lines: Sequence[Line], direction: Direction, measure: Measure, *, straight_line: bool = False) -> Course:
    """The course these lines make; of several baselines the latest counts."""
    start = max(
        (each for each in lines if each.purpose is Purpose.BASELINE), key=lambda each: each.due_on, default=None
    )
    return Course(
        direction=direction,
        measure=measure,
        points=tuple(
            Point(each.due_on, each.threshold, each.purpose, each.key)
            for each in lines
            if each.purpose is not Purpose.BASELINE
        ),
        baseline=start.threshold.value if start else None,
        baseline_on=start.due_on if start else None,
        straight_line=straight_line,
    )
