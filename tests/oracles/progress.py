"""Progress the slow and obvious way: fractions, one written-out case after another, no shared helper."""

from datetime import date
from fractions import Fraction

from tiendo.indicators.courses import Course, Point
from tiendo.indicators.states import Comparator, Direction, Purpose, State


def state_by_hand(value: Fraction, on: date, course: Course) -> State:
    """The state of a value against courses whose ends compare by ≥ > = ≤ < and whose milestones do too."""
    if not course.points:
        return State.NO_TARGET
    ends = [point for point in course.points if point.purpose is Purpose.FINAL]
    milestones = [point for point in course.points if point.purpose is Purpose.PATH]
    end = _end(ends or [max(milestones, key=lambda point: point.due_on)], on)
    wanted = Fraction(end.threshold.value)
    if _meets(value, end):
        better = {Comparator.AT_LEAST: value > wanted, Comparator.AT_MOST: value < wanted}
        return State.EXCEEDED if better.get(end.threshold.comparator, False) else State.MET
    due = sorted(
        (point for point in course.points if point.due_on <= on),
        key=lambda point: (point.due_on, point.purpose is Purpose.FINAL),
    )
    if due:
        return State.ON_TRACK if due[-1] is not end and _at_least_as_good(value, due[-1], course) else State.NOT_MET
    if not milestones or course.baseline is None:
        return State.NOT_MET
    start = Fraction(course.baseline)
    first = min(course.points, key=lambda point: (point.due_on, point.purpose is Purpose.FINAL))
    return State.NOT_MET if _further_back(value, start, first) else State.ON_TRACK


def progress_by_hand(value: Fraction, on: date, course: Course) -> Fraction | None:
    """Percent of the way to an end that compares by ≥ or ≤ from a baseline that has not reached it yet."""
    ends = [point for point in course.points if point.purpose is Purpose.FINAL]
    wanted = Fraction(_end(ends or [max(course.points, key=lambda point: point.due_on)], on).threshold.value)
    if course.baseline is None:
        return 100 * value / wanted if course.direction is Direction.UP and wanted > 0 else None
    start = Fraction(course.baseline)
    travelled = {Direction.UP: value - start, Direction.DOWN: start - value}[course.direction]
    whole = {Direction.UP: wanted - start, Direction.DOWN: start - wanted}[course.direction]
    return 100 * travelled / whole if whole > 0 else None


def _end(ends: list[Point], on: date) -> Point:
    ahead = [point for point in ends if point.due_on >= on]
    return min(ahead, key=lambda point: point.due_on) if ahead else max(ends, key=lambda point: point.due_on)


def _meets(value: Fraction, point: Point) -> bool:
    wanted = Fraction(point.threshold.value)
    if point.threshold.comparator is Comparator.AT_LEAST:
        return value >= wanted
    if point.threshold.comparator is Comparator.MORE_THAN:
        return value > wanted
    if point.threshold.comparator is Comparator.AT_MOST:
        return value <= wanted
    if point.threshold.comparator is Comparator.LESS_THAN:
        return value < wanted
    return value == wanted


def _at_least_as_good(value: Fraction, point: Point, course: Course) -> bool:
    if point.threshold.comparator is Comparator.EQUAL:
        wanted = Fraction(point.threshold.value)
        if course.direction is Direction.UP:
            return value >= wanted
        if course.direction is Direction.DOWN:
            return value <= wanted
    return _meets(value, point)


def _further_back(value: Fraction, start: Fraction, towards: Point) -> bool:
    if towards.threshold.comparator in {Comparator.AT_LEAST, Comparator.MORE_THAN}:
        return value < start
    if towards.threshold.comparator in {Comparator.AT_MOST, Comparator.LESS_THAN}:
        return value > start
    wanted = Fraction(towards.threshold.value)
    return abs(value - wanted) > abs(start - wanted)
