"""What a change of some cells touches, what those cells are made of, and in which order to make them. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from tiendo.indicators.dependencies import in_order
from tiendo.indicators.figures import Cell, Rule
from tiendo.indicators.formulas import read_formula
from tiendo.indicators.spans import MONTHS, parts_of, span_of, wholes_of
from tiendo.indicators.states import Rollup

WHOLE = "committee"  # the kind of unit whose figures are those of all units under it


@dataclass(frozen=True)
class Place:
    """A unit, as far as rolling up goes; in force from `valid_from`, up to but not including `valid_to`."""

    pk: int
    code: str
    kind: str
    parent: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class Move:
    """From a day on a unit stands under another; without a day, from the beginning."""

    unit: int
    parent: int | None
    since: date | None = None


class Places:
    """Units with the whole each belongs to on a day: the nearest committee above it, or the only one there is.

    A unit never moved stands under its parent all the time; of one that was, the moves alone say where it stood when.
    """

    def __init__(self, places: Iterable[Place], moves: Iterable[Move] = ()) -> None:
        self.all = {place.pk: place for place in places}
        committees = [pk for pk, place in self.all.items() if place.kind == WHOLE]
        self._only = committees[0] if len(committees) == 1 else None
        self._moves: dict[int, list[Move]] = {}
        for move in sorted(moves, key=lambda each: each.since or date.min):
            self._moves.setdefault(move.unit, []).append(move)
        days = {move.since for own in self._moves.values() for move in own if move.since}
        self._days = [date.min, *sorted(days)]
        self._wholes = {pk: [self._above(pk, day) for day in self._days] for pk in self.all}
        self.members = self._members()

    def whole_of(self, pk: int, on: date) -> int | None:
        """The committee whose figures the unit's are part of on the day; None for a committee and an unknown unit."""
        wholes = self._wholes.get(pk)
        return wholes[bisect_right(self._days, on) - 1] if wholes else None

    def _members(self) -> dict[int, list[Place]]:
        """Under each whole its units, each with the days on which it is one of them."""
        found: dict[int, list[Place]] = {}
        for pk, wholes in self._wholes.items():
            for whole, steps in groupby(range(len(self._days)), key=wholes.__getitem__):
                among = list(steps)
                stay = self._within(self.all[pk], among[0], among[-1] + 1)
                if whole is not None and stay is not None:
                    found.setdefault(whole, []).append(stay)
        return found

    def _within(self, place: Place, first: int, after: int) -> Place | None:
        """The unit as it was between two of the days on which anything moved; None when it was not in force then."""
        start, end = place.valid_from, place.valid_to
        if first > 0:
            start = max(start or date.min, self._days[first])
        if after < len(self._days):
            end = min(end or date.max, self._days[after])
        return replace(place, valid_from=start, valid_to=end) if start is None or end is None or start < end else None

    def _above(self, pk: int, on: date) -> int | None:
        if self.all[pk].kind == WHOLE:
            return None
        seen: set[int] = set()
        above = self._parent(pk, on)
        while above in self.all and above not in seen and above is not None:
            if self.all[above].kind == WHOLE:
                return above
            seen.add(above)
            above = self._parent(above, on)
        return self._only

    def _parent(self, pk: int, on: date) -> int | None:
        moves = reversed(self._moves.get(pk, ()))
        return next((move.parent for move in moves if (move.since or date.min) <= on), self.all[pk].parent)

    def parts(self, cell: Cell, rule: Rule) -> dict[int, str]:
        """Number and code of the units measured under a whole on the last day of the period; none for another unit.

        A longer period of the whole comes from its own shorter ones, unless it is a ratio of sums or has a formula.
        """
        if rule.over_units is Rollup.NONE or cell.unit_id not in self.members:
            return {}
        span = span_of(cell.period)
        longer = MONTHS[span.frequency] > MONTHS[rule.frequency]
        if longer and rule.over_units is not Rollup.RATIO and not rule.expression:
            return {}
        on = span.last_day
        members = self.members[cell.unit_id]
        return {each.pk: each.code for each in members if each.kind in rule.kinds and each.in_force(on)}


@dataclass
class Reach:
    """Follows the rules from cell to cell."""

    rules: Mapping[int, Rule]
    places: Places
    ids: dict[str, int] = field(init=False)
    rank: dict[int, int] = field(init=False)
    users: dict[int, list[Rule]] = field(init=False)
    weighed: dict[int, list[Rule]] = field(init=False)

    def __post_init__(self) -> None:
        """Raises ValueError, with a sentence, when a formula goes round in a circle."""
        self.ids = {rule.code: pk for pk, rule in self.rules.items()}
        codes = {pk: rule.code for pk, rule in self.rules.items()}
        needs = {
            rule.code: [codes[pk] for pk in (*self.sides(rule), rule.weight) if pk in codes and pk is not None]
            for rule in self.rules.values()
        }
        self.rank = {self.ids[code]: place for place, code in enumerate(in_order(needs))}
        self.users, self.weighed = {}, {}
        for rule in self.rules.values():
            for side in self.sides(rule):
                self.users.setdefault(side, []).append(rule)
            if rule.weight is not None and Rollup.WEIGHTED in {rule.over_units, rule.over_time}:
                self.weighed.setdefault(rule.weight, []).append(rule)

    def sides(self, rule: Rule) -> list[int]:
        """The indicators a figure is computed from in its own cell: of a formula, or both sides of a ratio."""
        if rule.expression:
            return [self.ids[code] for code in read_formula(rule.expression).codes if code in self.ids]
        return [side for side in (rule.numerator, rule.denominator) if side is not None]

    def touched(self, cells: Iterable[Cell], *, within: int | None = None) -> set[Cell]:
        """The cells and everything made of them; with `within`, of that indicator only."""
        waiting = [cell for cell in cells if cell.indicator_id in self.rules]
        seen = set(waiting)
        while waiting:
            for cell in self._made_of(waiting.pop()):
                if cell not in seen and within in {None, cell.indicator_id}:
                    seen.add(cell)
                    waiting.append(cell)
        return seen

    def _made_of(self, cell: Cell) -> Iterator[Cell]:
        rule = self.rules[cell.indicator_id]
        whole = self.places.whole_of(cell.unit_id, span_of(cell.period).last_day)
        if whole is not None and rule.over_units is not Rollup.NONE and self._kind(cell) in rule.kinds:
            yield cell._replace(unit_id=whole)
        if self._rolls_over_time(rule) and span_of(cell.period).frequency is rule.frequency:
            yield from (cell._replace(period=span.code) for span in wholes_of(cell.period))
        for user in self.users.get(rule.indicator, ()):
            if not cell.slice or cell.slice in user.slices:
                yield cell._replace(indicator_id=user.indicator)
        if not cell.slice:
            yield from self._weighed_by(cell, whole)

    def _weighed_by(self, cell: Cell, whole: int | None) -> Iterator[Cell]:
        """A weight that changed moves the whole of every slice it weighs, over units and over time."""
        for user in self.weighed.get(cell.indicator_id, ()):
            for part in ("", *sorted(user.slices)):
                if whole is not None and user.over_units is Rollup.WEIGHTED:
                    yield Cell(user.indicator, whole, cell.period, part)
                if user.over_time is Rollup.WEIGHTED and span_of(cell.period).frequency is user.frequency:
                    for span in wholes_of(cell.period):
                        yield Cell(user.indicator, cell.unit_id, span.code, part)

    def _kind(self, cell: Cell) -> str:
        place = self.places.all.get(cell.unit_id)
        return place.kind if place else ""

    def _rolls_over_time(self, rule: Rule) -> bool:
        return not rule.expression and not rule.is_ratio and rule.over_time is not Rollup.NONE

    def inputs(self, cell: Cell) -> Iterator[Cell]:
        """Every cell that may have a say in this one."""
        rule = self.rules[cell.indicator_id]
        sides = self.sides(rule)
        yield from _beside(cell, sides)
        for unit in self.places.parts(cell, rule):
            yield from self._of_part(cell._replace(unit_id=unit), rule, rule.over_units, sides)
        if self._rolls_over_time(rule):
            for span in parts_of(cell.period, rule.frequency):
                yield from self._of_part(cell._replace(period=span.code), rule, rule.over_time, sides)

    def _of_part(self, part: Cell, rule: Rule, how: Rollup, sides: list[int]) -> Iterator[Cell]:
        """What tells a part: its own figure and its weight, or of a ratio both sides and nothing of its own."""
        if how is Rollup.RATIO:
            yield from _beside(part, sides)
            return
        yield part
        if how is Rollup.WEIGHTED and rule.weight is not None:
            yield Cell(rule.weight, part.unit_id, part.period)

    def ordered(self, cells: Iterable[Cell]) -> list[Cell]:
        """What others are made of first: by indicator, shorter periods before longer, units before the whole."""
        return sorted(
            cells,
            key=lambda cell: (
                self.rank[cell.indicator_id],
                MONTHS[span_of(cell.period).frequency],
                cell.unit_id in self.places.members,
                cell,
            ),
        )


def _beside(cell: Cell, indicators: Iterable[int]) -> Iterator[Cell]:
    """The same place in the table of other indicators."""
    return (Cell(each, cell.unit_id, cell.period, cell.slice) for each in indicators)
