"""How one figure is made: from lines of the ledger, by a formula, or from its parts; and how it is judged. Pure.

A `Cell` is one place of the table of figures. `Rule` is what a passport in force says of computing. What is entered
wins over what would be rolled up; what has a formula is never entered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from gettext import gettext as _
from typing import Any, NamedTuple

from tiendo.indicators.courses import Line, course_of, lines_for
from tiendo.indicators.formulas import compute, read_formula
from tiendo.indicators.progress import LARGEST, Judgement, judge
from tiendo.indicators.rollups import NAMED, Part, Policy, Rolled, roll_up
from tiendo.indicators.spans import parts_of, span_of
from tiendo.indicators.states import Direction, Frequency, Measure, Origin, Rollup, State, Status
from tiendo.ui.formats import number_text
from tiendo.ui.sentences import Sentence

FINALITY = [Status.ESTIMATE, Status.OFFICIAL, Status.REVISED]


class Cell(NamedTuple):
    """An indicator for a unit, a period and a slice, by their numbers and codes."""

    indicator_id: int
    unit_id: int
    period: str
    slice: str = ""


@dataclass(frozen=True)
class Rule:
    """What the passport in force of an indicator says of computing its figures."""

    indicator: int
    code: str
    unit_code: str
    frequency: Frequency
    direction: Direction = Direction.UP
    measure: Measure = Measure.NUMBER
    expression: str = ""
    over_units: Rollup = Rollup.NONE
    over_time: Rollup = Rollup.LAST
    weight: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    kinds: frozenset[str] = frozenset()
    slices: frozenset[str] = frozenset()
    source: int | None = None
    tolerance: Decimal = Decimal(0)
    policy: Policy = Policy.PARTIAL
    scale: Decimal = Decimal(1)  # of a quotient of the numerator's unit and the denominator's in this one's

    @property
    def is_ratio(self) -> bool:
        return self.numerator is not None and self.denominator is not None and not self.expression


@dataclass(frozen=True)
class Observed:
    """A current line of the ledger; `reason` says why it has no value, `is_excused` that there is none to have."""

    pk: int
    source: int
    source_name: str
    status: Status
    value: Decimal | None
    reason: Sentence | None = None
    is_excused: bool = False


@dataclass(frozen=True)
class Known:
    """A figure as others are made from it."""

    value: Decimal | None
    status: Status
    is_excused: bool = False
    is_unfinished: bool = False  # made of fewer parts than there must be


@dataclass(frozen=True)
class Made:
    """A figure before it is judged: a value, or the sentence why there is none; `unfinished` says what it lacks."""

    origin: Origin
    status: Status
    value: Decimal | None
    no_value: Sentence | None = None
    made_from: Mapping[str, Any] = field(default_factory=dict)
    flags: tuple[Sentence, ...] = ()
    is_excused: bool = False
    unfinished: Sentence | None = None

    @property
    def known(self) -> Known:
        return Known(self.value, self.status, self.is_excused, self.unfinished is not None)


Find = Callable[[Cell], Known | None]


@dataclass(frozen=True)
class World:
    """What figures are made in: codes and units of measure of indicators, lines of the ledger, parts of wholes.

    `parts(cell, rule)` gives number and code of each unit whose figures make the cell's, none for a unit measured.
    """

    ids: Mapping[str, int]
    units: Mapping[str, str]
    lines: Mapping[Cell, Sequence[Observed]]
    parts: Callable[[Cell, Rule], Mapping[int, str]]
    find: Find


def entered(lines: Sequence[Observed], rule: Rule) -> Made | None:
    """What sources gave: the passport's source wins, then the most final line, then the newest; others are compared."""
    if not lines:
        return None
    ranked = sorted(lines, key=lambda each: (each.source != rule.source, -FINALITY.index(each.status), -each.pk))
    chosen, *others = ranked
    return Made(
        Origin.ENTERED,
        chosen.status,
        chosen.value,
        chosen.reason if chosen.value is None else None,
        {"observations": [each.pk for each in ranked]},
        tuple(_contradiction(other) for other in others if differ(chosen.value, other.value, rule.tolerance)),
        chosen.is_excused,
    )


def differ(one: Decimal | None, other: Decimal | None, tolerance: Decimal) -> bool:
    """Whether two values lie further apart than so many percent of the first; a value and none always do."""
    if one is None or other is None:
        return one is not other
    return abs(one - other) * 100 > tolerance * abs(one)


def computed(cell: Cell, rule: Rule, ids: Mapping[str, int], units: Mapping[str, str], find: Find) -> Made | None:
    """By the formula over the same unit, period and slice; nothing where no input has a figure."""
    codes = read_formula(rule.expression).codes
    inputs = {code: find(cell._replace(indicator_id=ids[code])) if code in ids else None for code in codes}
    there = [each for each in inputs.values() if each is not None]
    if not there:
        return None
    outcome = compute(
        rule.expression, {code: each.value if each else None for code, each in inputs.items()}, units, rule.unit_code
    )
    lacking = [code for code, each in inputs.items() if each is None or each.value is None]
    made_from = {"codes": list(codes), "missing": lacking}
    unfinished = _of_unfinished() if outcome.value is not None and any(each.is_unfinished for each in there) else None
    return Made(Origin.COMPUTED, least_final(there), outcome.value, outcome.reason, made_from, unfinished=unfinished)


def least_final(known: Sequence[Known]) -> Status:
    """The status of what is made of these: an estimate as long as one of the values is one."""
    return min((each.status for each in known if each.value is not None), key=FINALITY.index, default=Status.ESTIMATE)


def over_units(cell: Cell, rule: Rule, units: Mapping[int, str], find: Find) -> Made | None:
    """From the units measured, by code; a unit where nothing of the kind occurs is no part."""
    keys = {code: Cell(cell.indicator_id, unit, cell.period, cell.slice) for unit, code in units.items()}
    return _rolled(rule, rule.over_units, keys, find)


def over_time(cell: Cell, rule: Rule, find: Find) -> Made | None:
    """From the shorter periods of the frequency in which the indicator is measured."""
    if rule.over_time is Rollup.NONE:
        return None
    keys = {part.code: cell._replace(period=part.code) for part in parts_of(cell.period, rule.frequency)}
    return _rolled(rule, rule.over_time, keys, find, last_tells=rule.over_time is Rollup.LAST)


def of_sides(cell: Cell, rule: Rule, find: Find) -> Made | None:
    """A ratio of one unit and period: its numerator's figure over its denominator's; for parts the passport knows."""
    if cell.slice and cell.slice not in rule.slices:
        return None
    return _rolled(rule, Rollup.RATIO, {cell.period: cell}, find, Origin.COMPUTED)


def made(cell: Cell, rule: Rule, world: World) -> Made | None:
    """The figure of a cell, or None where nothing is known of it."""
    parts = world.parts(cell, rule)
    if rule.expression:
        whole = over_units(cell, rule, parts, world.find) if parts else None
        return whole or computed(cell, rule, world.ids, world.units, world.find)
    rolled = over_units(cell, rule, parts, world.find) if parts else None
    if rolled is None:
        rolled = of_sides(cell, rule, world.find) if rule.is_ratio else over_time(cell, rule, world.find)
    given = entered(world.lines.get(cell, ()), rule)
    if given is None or rolled is None:
        return given or rolled
    if differ(given.value, rolled.value, rule.tolerance) and rolled.value is not None:
        flag = Sentence.of(_("Gộp từ các phần cho {value}."), value=number_text(rolled.value))
        return replace(given, flags=(*given.flags, flag))
    return given


def judged(cell: Cell, rule: Rule, made: Made, lines: Sequence[Line], *, is_whole: bool, line: bool) -> Judgement:
    """The figure held against the lines of its indicator at its period's end.

    What adds up over time is judged by the year: a quarter of it is no year's target missed. Of what adds up over
    units each brings its own share, so the common lines do not hold for the sum. While parts are missing nothing is
    judged: the part that comes last could undo what the others promise.
    """
    if made.unfinished is not None:
        return Judgement(State.NO_DATA, not_computable=made.unfinished)
    span = span_of(cell.period)
    if rule.over_time is Rollup.SUM and span.frequency is not Frequency.YEAR:
        state = State.NO_DATA if made.value is None else State.NO_TARGET
        return Judgement(state, not_computable=Sentence.of(_("Số cộng dồn chỉ so với mục tiêu khi tính cả năm.")))
    shared = not (is_whole and rule.over_units is Rollup.SUM)
    fitting = lines_for(lines, unit=cell.unit_id, slice=cell.slice, shared=shared)
    course = course_of(fitting, rule.direction, rule.measure, straight_line=line)
    found = judge(made.value, span.last_day, course)
    too_far = found.distance is not None and abs(found.distance) >= LARGEST
    return replace(found, distance=None) if too_far else found


def _rolled(
    rule: Rule,
    how: Rollup,
    keys: Mapping[str, Cell],
    find: Find,
    origin: Origin = Origin.ROLLED_UP,
    *,
    last_tells: bool = False,
) -> Made | None:
    """From the parts that are known; nothing where none is. Parts to which the indicator does not apply are none.

    With `last_tells` the whole is finished as soon as its last part is.
    """
    found = {key: _part(key, cell, rule, how, find) for key, cell in keys.items()}
    used = [each for part, known in found.values() if part for each in known]
    if not used:
        return None
    parts = [(part, known) for part, known in found.values() if part]
    rolled = roll_up(how, [part for part, _known in parts], rule.policy, rule.scale)
    told = _told(rolled, least_final(used), origin)
    return replace(told, unfinished=_unfinished(rolled, parts, last_tells=last_tells))


def _unfinished(rolled: Rolled, parts: Sequence[tuple[Part, list[Known]]], *, last_tells: bool) -> Sentence | None:
    """Why the value is not yet that of the whole: parts are missing, or unfinished themselves."""
    if rolled.value is None:
        return None
    lacks = parts[-1][0].value is None if last_tells else rolled.is_partial
    if lacks:
        return rolled.note
    decisive = parts[-1:] if last_tells else parts
    return _of_unfinished() if any(each.is_unfinished for _part, known in decisive for each in known) else None


def _of_unfinished() -> Sentence:
    return Sentence.of(_("Có phần được gộp mà chính nó chưa đủ số liệu."))


def _part(key: str, cell: Cell, rule: Rule, how: Rollup, find: Find) -> tuple[Part | None, list[Known]]:
    """A part with the figures it was told by; None for one that has none to have. A weight alone tells nothing."""
    if how is Rollup.RATIO:
        over, under = (_beside(cell, side, cell.slice, find) for side in (rule.numerator, rule.denominator))
        known, part = (over, under), Part(key, numerator=_value(over), denominator=_value(under))
    else:
        own = find(cell)
        weight = _beside(cell, rule.weight, "", find) if how is Rollup.WEIGHTED else None
        known, part = (own, weight if own else None), Part(key, _value(own), _value(weight))
    there = [each for each in known if each]
    if any(each.is_excused for each in there):
        return None, []
    return part, there


def _beside(cell: Cell, indicator: int | None, part: str, find: Find) -> Known | None:
    return None if indicator is None else find(Cell(indicator, cell.unit_id, cell.period, part))


def _value(known: Known | None) -> Decimal | None:
    return known.value if known else None


def _told(rolled: Rolled, status: Status, origin: Origin) -> Made:
    """With how many parts of how many, and the first of those that are missing."""
    missing = [*rolled.missing[:NAMED], *(["…"] if len(rolled.missing) > NAMED else [])]
    made_from = {"parts": rolled.counted, "expected": rolled.expected, "missing": missing}
    flags = (rolled.note,) if rolled.note and rolled.value is not None else ()
    return Made(origin, status, rolled.value, rolled.reason, made_from, flags)


def _contradiction(other: Observed) -> Sentence:
    if other.value is None:
        return Sentence.of(_("Nguồn “{source}” không có giá trị cho ô này."), source=other.source_name)
    return Sentence.of(_("Nguồn “{source}” ghi {value}."), source=other.source_name, value=number_text(other.value))
