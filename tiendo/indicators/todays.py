"""The past of units of today: what those they are made of said then, and what that makes of the unit as it is now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tiendo.indicators.figures import Cell, Rule
from tiendo.indicators.figures_reading import known, rules
from tiendo.indicators.joined import Joined, joined
from tiendo.indicators.models import Passport
from tiendo.indicators.models.observations import FigureQuerySet
from tiendo.indicators.picturing import Seen
from tiendo.indicators.spans import span_of
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import links
from tiendo.orgs.succession import Link, roots


@dataclass(frozen=True)
class Past:
    """One period of one unit of today: each unit of then with its value, and the same as one body."""

    unit: Unit
    period: str
    then: tuple[tuple[Unit, Decimal | None], ...]
    today: Joined

    @property
    def seen(self) -> Seen:
        """As pictures draw it: not judged, since no target was set for this body then."""
        return Seen(self.period, self.today.value, self.today.status)


@dataclass(frozen=True)
class _Made:
    """Of which units one is made in a period: number → name."""

    whole: Mapping[int, str]
    divided: Mapping[int, str]

    @property
    def all(self) -> list[int]:
        return sorted({*self.whole, *self.divided})


def pasts(passport: Passport, units: Collection[Unit], figures: FigureQuerySet, *, on: date) -> list[Past]:
    """Periods in which the unit of today was another body, or several; newest first. One query while no unit changed.

    `figures` are those the reader may see: of a period none of which is seen, nothing is told.
    """
    every = links()
    ancient = {unit.pk: roots(unit.pk, date.min, on, every) for unit in units if every}
    changed = {pk: found.whole | found.divided for pk, found in ancient.items() if found.divided or found.whole != {pk}}
    if not changed:
        return []
    places = Unit.objects.standing().in_bulk(set().union(*changed.values()))
    rows = figures.filter(indicator=passport.indicator_id, slice="", unit__in=places)
    values = {(row.unit_id, row.period): row.value for row in rows}
    periods = sorted(
        {period for _unit, period in values}, key=lambda code: (span_of(code).last_day, code), reverse=True
    )
    of_whom = {
        (pk, period): made
        for pk in changed
        for period in periods
        if (made := _made(pk, span_of(period).last_day, on, every, places)).all not in ([], [pk]) or made.divided
    }
    found = _joined(passport, of_whom)
    by_pk = {unit.pk: unit for unit in units}
    return [
        Past(
            by_pk[pk],
            period,
            tuple((places[each], values.get((each, period))) for each in of_whom[pk, period].all),
            told,
        )
        for (pk, period), told in sorted(found.items(), key=lambda each: periods.index(each[0][1]))
    ]


def with_pasts(seen: Sequence[Seen], found: Collection[Past]) -> list[Seen]:
    """The way of a unit as it is today: what it said itself, but for the periods in which it was another body."""
    before = {each.period: each.seen for each in found}
    kept = [before.pop(each.period, each) for each in seen]
    return sorted([*before.values(), *kept], key=lambda each: span_of(each.period).last_day)


def _made(unit: int, since: date, on: date, every: Sequence[Link], places: Mapping[int, Unit]) -> _Made:
    """Those in force on the day; a unit without links after it is made of itself alone."""
    found = roots(unit, since, on, every)
    alive = {pk: place.short_name for pk, place in places.items() if _in_force(place, since)}
    return _Made(
        {pk: alive[pk] for pk in found.whole if pk in alive}, {pk: alive[pk] for pk in found.divided if pk in alive}
    )


def _in_force(unit: Unit, on: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= on) and (unit.valid_to is None or unit.valid_to > on)


def _joined(passport: Passport, of_whom: Mapping[tuple[int, str], _Made]) -> dict[tuple[int, str], Joined]:
    """Each joined by the rule of the passport in force."""
    rule = rules()[passport.indicator_id]
    cells = {cell for (_unit, period), made in of_whom.items() for pk in made.all for cell in _beside(rule, pk, period)}
    figures = known(cells)
    told = {
        (unit, period): joined(Cell(rule.indicator, unit, period), rule, made.whole, made.divided, figures.get)
        for (unit, period), made in of_whom.items()
    }
    return {key: each for key, each in told.items() if each is not None}


def _beside(rule: Rule, unit: int, period: str) -> list[Cell]:
    sides = (rule.indicator, rule.weight, rule.numerator, rule.denominator)
    return [Cell(side, unit, period) for side in sides if side is not None]
