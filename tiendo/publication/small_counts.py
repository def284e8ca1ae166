"""Counts of people too small to be published, because they could point to somebody (R088). Pure.

A count below the least is kept back, and with it what could give it away. The promise is one sentence: for every small
count there is another world, in which one person is counted elsewhere, and everything published, now or in an earlier
release, reads there as it reads here. So nobody can tell by subtraction, whatever is subtracted from what.

With whom a unit is exchanged is set by their order and not by their values: who knows the rule learns nothing from it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain

from tiendo.indicators.spans import MONTHS, span_of, wholes_of
from tiendo.indicators.states import Rollup

# What counts people, and how many of them one of it is.
PEOPLE = {"person": 1, "thousand_person": 1000, "household": 1, "account": 1, "expert": 1}
Cell = tuple[str, str, str]  # unit, period, slice
Move = Mapping[Cell, int]  # by how many people each count differs in the other world


@dataclass(frozen=True)
class Told:
    """A figure as a cell of the public table: `is_whole` for the province, `is_part` of it when it sums up to it."""

    unit: str
    is_whole: bool
    period: str
    slice: str
    value: Decimal | None
    is_part: bool = True

    @property
    def cell(self) -> Cell:
        return self.unit, self.period, self.slice


def kept_back(
    figures: Sequence[Told],
    *,
    unit_code: str,
    over_units: str,
    over_time: str,
    least: Decimal | int,
    before: Mapping[Cell, Decimal | None] | None = None,
    also: Collection[Cell] = (),
) -> set[Cell]:
    """The cells whose value must not be published; none where the indicator counts no people.

    `before` is what earlier releases say, None where they kept a count back: that stays kept back, and what they
    published and is the same still hides nothing. `also` are cells to be kept back for another reason.
    """
    if unit_code not in PEOPLE:
        return set()
    before = before or {}
    people = {each.cell: each.value * PEOPLE[unit_code] for each in figures if each.value is not None}
    same = {each.cell for each in figures if each.value is not None and before.get(each.cell) == each.value}
    table = _Table(figures, people, same, over_units, over_time)
    small = {cell for cell in table.parts if 0 < people[cell] < least}
    back = small | {cell for cell in people if cell in also or before.get(cell, 0) is None}
    for cell in sorted(back):
        for move in table.ways(cell):
            back |= move.keys()
    return back


@dataclass
class _Table:
    """The counts with what sums up to what, and the ways in which one person may be counted elsewhere."""

    figures: Sequence[Told]
    people: dict[Cell, Decimal]
    same: set[Cell]
    over_units: str
    over_time: str

    @cached_property
    def wholes(self) -> list[str]:
        return sorted({each.unit for each in self.figures if each.is_whole})

    @cached_property
    def parts(self) -> set[Cell]:
        """Every cell with a value but the province's own sums."""
        return {each.cell for each in self.figures if each.cell in self.people and (not each.is_whole or each.slice)}

    @cached_property
    def of_unit(self) -> dict[str, list[tuple[str, str]]]:
        """Period and slice of every cell with a value, by unit."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for unit, period, slice in sorted(self.people):
            found[unit].append((period, slice))
        return found

    @cached_property
    def summed(self) -> set[str]:
        """Units that make up the whole."""
        if self.over_units == Rollup.NONE:
            return set()
        return {each.unit for each in self.figures if each.is_part and not each.is_whole}

    def ways(self, cell: Cell) -> list[Move]:
        """The moves that hide a count: with each neighbour, else with another unit, else at the cost of the whole."""
        unit, period, slice = cell
        beside = [] if unit in self.wholes else self._others(unit, period, slice)
        near = _neighbours(unit, [unit, *beside])
        found = [way for other in near if (way := self._first(cell, self._with(cell, other), quiet=True))]
        far = (way for other in beside if other not in near for way in self._with(cell, other))
        way = None if found else self._first(cell, far, quiet=True)
        way = way or (None if found else self._first(cell, self._alone(cell), quiet=False))
        return found or ([way] if way else [])

    def _others(self, unit: str, period: str, slice: str) -> list[str]:
        """Units a person of this one may be counted in without the whole changing."""
        if self.over_units not in {Rollup.SUM, Rollup.MEAN} or len(self.wholes) > 1 or unit not in self.summed:
            return []
        return sorted(u for u in self.summed if u != unit and (u, period, slice) in self.people)

    def _first(self, cell: Cell, moves: Iterable[Move], *, quiet: bool) -> Move | None:
        """The first possible move that touches the cell; a quiet one leaves every figure of the province."""
        for move in moves:
            heard = quiet and any(unit in self.wholes for unit, _period, _slice in move)
            if cell in move and not heard and not self.same & move.keys() and self._is_possible(move):
                return move
        return None

    def _is_possible(self, move: Move) -> bool:
        """Whether nobody is taken from where nobody is, there or, the other way round, back."""
        return any(all(self.people[cell] >= -sign * by for cell, by in move.items()) for sign in (1, -1))

    def _with(self, cell: Cell, other: str) -> Iterator[Move]:
        """A person of the unit and one of the other change their marks, or a person is counted in the other unit."""
        unit, _period, slice = cell
        for period in self._moments(cell):
            here = self._marks(unit, period, slice)
            for mark in self._kind(unit, period, slice):
                there = [*(each for each in here if each != slice), mark]
                swap = _less(self._person(unit, period, there), self._person(unit, period, here))
                back = _less(self._person(other, period, here), self._person(other, period, there))
                yield {each: by for each in swap | back if (by := swap.get(each, 0) + back.get(each, 0))}
            yield _less(self._person(other, period, here), self._person(unit, period, here))

    def _alone(self, cell: Cell) -> Iterator[Move]:
        """A person has another mark, or is not there at all; the province's figures differ too."""
        unit, _period, slice = cell
        at_home = [u for u in sorted(self.summed) if (u, *cell[1:]) in self.people] if unit in self.wholes else []
        for home in [*at_home, unit]:
            for period in self._moments((home, *cell[1:])):
                here = self._marks(home, period, slice)
                for mark in self._kind(home, period, slice):
                    there = [*(each for each in here if each != slice), mark]
                    yield _less(self._person(home, period, there), self._person(home, period, here))
                yield _less(Counter(), self._person(home, period, here))

    def _moments(self, cell: Cell) -> list[str]:
        """The shortest periods with somebody in them that the cell counts; its own when there is none."""
        unit, period, slice = cell
        inside = [p for p, s in self.of_unit[unit] if s == slice and period in self._longer(unit, p, slice)]
        found = [p for p in inside if self.people[unit, p, slice] > 0]
        shortest = min((MONTHS[span_of(each).frequency] for each in found), default=0)
        return sorted(each for each in found if MONTHS[span_of(each).frequency] == shortest) or [period]

    def _longer(self, unit: str, period: str, slice: str) -> list[str]:
        """The longer periods that count what this one counts."""
        if self.over_time == Rollup.NONE:
            return []
        longer = [span.code for span in wholes_of(period)]
        if self.over_time != Rollup.LAST:
            return longer
        own, last = span_of(period).frequency, span_of(period).last_day
        later = [p for p, s in self.of_unit[unit] if s == slice and span_of(p).frequency is own and p > period]
        return [each for each in longer if not any(last < span_of(p).last_day in span_of(each) for p in later)]

    def _marks(self, unit: str, period: str, slice: str) -> list[str]:
        """One breakdown of each kind that a person counted here may have: its own, else one that has somebody."""
        kinds: dict[str, list[str]] = {}
        moments = {period, *self._longer(unit, period, slice)}
        for p, s in self.of_unit[unit]:
            if p in moments and s and s.partition("=")[0] != slice.partition("=")[0]:
                kinds.setdefault(s.partition("=")[0], []).append(s)
        peopled = [max(found, key=lambda s: self.people.get((unit, period, s), 0) > 0) for found in kinds.values()]
        return [*([slice] if slice else []), *peopled]

    def _kind(self, unit: str, period: str, slice: str) -> list[str]:
        """The other breakdowns of the same kind."""
        kind = slice.partition("=")[0]
        found = {s for p, s in self.of_unit[unit] if p == period and s != slice}
        return sorted(s for s in found if slice and s.partition("=")[0] == kind)

    def _person(self, unit: str, period: str, marks: Iterable[str]) -> "Counter[Cell]":
        """Every count in which somebody of this unit, period and marks is one."""
        of = (unit, *self.wholes) if unit in self.summed else (unit,)
        moments = [(u, p, s) for s in ("", *marks) for u in of for p in (period, *self._longer(u, period, s))]
        return Counter(cell for cell in moments if cell in self.people)


def _neighbours(unit: str, units: Iterable[str]) -> list[str]:
    """With whom a unit is exchanged: units stand in pairs by their order, the last three together when one is over."""
    ordered = sorted(units)
    place, last = ordered.index(unit), len(ordered) - len(ordered) % 2
    start = place - place % 2
    pair = ordered[start : start + 2]
    if len(ordered) % 2 and start >= last - 2:
        pair = ordered[max(last - 2, 0) :]
    return [each for each in pair if each != unit]


def _less(one: "Counter[Cell]", other: "Counter[Cell]") -> dict[Cell, int]:
    return {cell: by for cell in chain(one, other) if (by := one[cell] - other[cell])}
