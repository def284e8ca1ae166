"""Progress, state and distance to target: the one place where they are computed. Pure.

`judge` holds one value against the lines of a target ledger. A state is judged at the period's last day, never at
today's date. Nothing is clamped; what has no meaning is "not computable" with its reason. The method, with worked
examples: docs/reference/progress.md.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal, localcontext
from enum import StrEnum
from gettext import gettext as _

from tiendo.indicators.courses import (
    DIGITS,
    STEP,
    Course,
    Point,
    Threshold,
    edge_of,
    end_of,
    height_of_line,
    held_against,
    side_of,
)
from tiendo.indicators.states import Comparator, Direction, Measure, Purpose, State
from tiendo.ui.sentences import Sentence

LARGEST = Decimal(10) ** 18
HUNDRED = Decimal(100)


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


def judge(value: Decimal | None, on: date, course: Course) -> Judgement:
    """What a value says against the course of its indicator at the last day `on` of its period.

    The end is reached: met, or exceeded. Not yet, but the milestone due last is held: on track; with no milestone due
    yet the value must not be worse than the baseline, and without milestones there is nothing to be on track of.
    """
    held, end = held_against(course.points, on), end_of(course.points, on)
    if value is None:
        return Judgement(State.NO_DATA, not_computable=Sentence.of(_("Chưa có số liệu.")), target=held)
    if held is None or end is None:
        return Judgement(State.NO_TARGET, not_computable=Sentence.of(_("Chưa đặt mục tiêu.")))
    way = _way(value, end.threshold, course)
    return Judgement(
        state=_state(value, on, course, held, end),
        progress=None if isinstance(way, Sentence) else way[0],
        not_computable=way if isinstance(way, Sentence) else None,
        basis=None if isinstance(way, Sentence) else way[1],
        distance=_distance(value, on, course, held),
        target=held,
    )


def reach(value: Decimal, threshold: Threshold, direction: Direction) -> State:
    """NOT_MET, MET or EXCEEDED, by the comparator alone; both ends of a range belong to it.

    Beyond a range is exceeded on the good side and not met on the other; "=" knows only equal; a strict sign asks for
    more without saying how much, so nothing exceeds it but the full value of a pair.
    """
    low, high = threshold.value, threshold.value if threshold.upper is None else threshold.upper
    comparator, full = threshold.comparator, threshold.full
    side = side_of(threshold, direction)
    if side > 0:
        missed = value <= low if comparator is Comparator.MORE_THAN else value < low
        top = high if full is None else full
        beyond = value > top and (full is not None or comparator is not Comparator.MORE_THAN)
    elif side < 0:
        missed = value >= high if comparator is Comparator.LESS_THAN else value > high
        top = low if full is None else full
        beyond = value < top and (full is not None or comparator is not Comparator.LESS_THAN)
    else:
        missed, beyond = not low <= value <= high, False
    if missed:
        return State.NOT_MET
    return State.EXCEEDED if beyond else State.MET


def _state(value: Decimal, on: date, course: Course, held: Point, end: Point) -> State:
    reached = reach(value, end.threshold, course.direction)
    if reached is not State.NOT_MET:
        return reached
    if held.due_on <= on:
        on_track = held != end and _holds(value, held.threshold, course.direction)
    else:
        has_path = any(each.purpose is Purpose.PATH for each in course.points)
        on_track = has_path and course.baseline is not None and not _worse(value, course.baseline, held, course)
    return State.ON_TRACK if on_track else State.NOT_MET


def _holds(value: Decimal, milestone: Threshold, direction: Direction) -> bool:
    """At or better than a milestone: a value may be ahead of "= 5" on the way to "= 10"."""
    if reach(value, milestone, direction) is not State.NOT_MET:
        return True
    if milestone.comparator is not Comparator.EQUAL or direction is Direction.WITHIN:
        return False
    return value >= milestone.value if direction is Direction.UP else value <= milestone.value


def _worse(value: Decimal, baseline: Decimal, towards: Point, course: Course) -> bool:
    """Whether the value lies on the wrong side of where it started."""
    side = side_of(towards.threshold, course.direction)
    if side == 0:
        return abs(_gap(value, towards.threshold, 0)) > abs(_gap(baseline, towards.threshold, 0))
    return (value - baseline) * side < 0


def _gap(value: Decimal, threshold: Threshold, side: int) -> Decimal:
    """The value less the edge it must reach; 0 within a stretch."""
    if side:
        return value - edge_of(threshold, side)
    high = threshold.value if threshold.upper is None else threshold.upper
    return min(value - threshold.value, Decimal(0)) + max(value - high, Decimal(0))


def _way(value: Decimal, end: Threshold, course: Course) -> tuple[Decimal, Basis] | Sentence:
    """The percent of the way and what 0 % of it stands for, or why there is none."""
    side = side_of(end, course.direction)
    refusal = _no_way(end, course, side)
    if refusal is not None:
        return refusal
    start = Decimal(0) if course.baseline is None else course.baseline
    with localcontext(prec=DIGITS):
        left, whole = _gap(value, end, side), _gap(start, end, side)
        share = 1 - (left / whole if side else abs(left) / abs(whole))
        percent = share * HUNDRED
        if abs(percent) >= LARGEST:
            return Sentence.of(_("Mức xuất phát quá gần đích, tỷ lệ lớn tới mức không có ý nghĩa."))
        percent = percent.quantize(STEP, rounding=ROUND_FLOOR)
    if percent >= HUNDRED and reach(value, end, course.direction) is State.NOT_MET:
        percent = HUNDRED - STEP  # exactly at "lớn hơn": one step short, and never shown as 100
    return percent, Basis.RATIO if course.baseline is None else Basis.BASELINE


def _no_way(end: Threshold, course: Course, side: int) -> Sentence | None:
    """Why no percent of the way has a meaning, if none has."""
    if course.measure is Measure.LEVEL:
        return Sentence.of(_("Thang mức chỉ có thứ bậc, không chia được thành phần trăm."))
    if (course.direction, side) in {(Direction.UP, -1), (Direction.DOWN, 1)}:
        return Sentence.of(_("Dấu so sánh của đích trái với chiều tốt của chỉ tiêu."))
    if course.baseline is None:
        if course.direction is not Direction.UP:
            return Sentence.of(_("Không có mức xuất phát nên không biết đã đi được bao nhiêu."))
        if edge_of(end, side) <= 0:
            return Sentence.of(_("Đích không lớn hơn 0 mà không có mức xuất phát."))
        return None
    if _gap(course.baseline, end, side) == 0 and course.baseline in {end.value, end.upper}:
        return Sentence.of(_("Mức xuất phát bằng đích nên không có quãng đường để tính."))
    if reach(course.baseline, end, course.direction) is not State.NOT_MET:
        return Sentence.of(_("Mức xuất phát đã đạt đích nên không có quãng đường để tính."))
    return None


def _distance(value: Decimal, on: date, course: Course, held: Point) -> Decimal:
    side = side_of(held.threshold, course.direction)
    if not course.straight_line:
        return _gap(value, held.threshold, side)
    return value - height_of_line(on, course, side)
