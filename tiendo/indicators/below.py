"""Units below the threshold of an indicator measured unit by unit, with what the value is made of (R040, R078)."""

from dataclasses import dataclass
from datetime import date

from tiendo.indicators.models import Figure, Indicator, Passport, TargetLine
from tiendo.indicators.models.observations import FigureQuerySet
from tiendo.indicators.newest import spoken_frequency
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Purpose, State
from tiendo.orgs.models import Unit, UnitKind

REACHED = (State.MET.value, State.EXCEEDED.value)


@dataclass(frozen=True)
class Short:
    """A unit that does not reach the threshold, or has said nothing: its figure and the two numbers of its ratio."""

    unit: Unit
    figure: Figure | None
    numerator: Figure | None
    denominator: Figure | None


@dataclass(frozen=True)
class Below:
    """Of one period: the threshold, how many units reach it, and those that do not, silent ones among them."""

    passport: Passport
    target: TargetLine
    period: str
    reached: int
    short: tuple[Short, ...]

    @property
    def silent(self) -> int:
        return sum(1 for each in self.short if each.figure is None or each.figure.value is None)


def measured_by_unit() -> list[Passport]:
    """Passports in force whose values are told unit by unit and held to an end that every unit must reach."""
    held = TargetLine.objects.in_force().filter(unit=None, purpose=Purpose.FINAL, category="").values("indicator")
    rows = Passport.objects.in_force().filter(indicator__in=held, indicator__retired_on=None)
    rows = rows.select_related("indicator", "numerator", "denominator", "owner")
    return [row for row in rows.order_by("indicator__position", "indicator__code") if row.measured_kinds]


def periods(passport: Passport, figures: FigureQuerySet) -> list[str]:
    """Periods whose figures are held against a target and for which any unit has one, newest first."""
    rows = figures.filter(indicator=passport.indicator_id, slice="", unit__kind__in=passport.measured_kinds)
    known = rows.order_by("-period_end", "period").values_list("period", flat=True).distinct()
    told = spoken_frequency(passport.frequency, passport.over_time)
    return [period for period in known if span_of(period).frequency is told]


def below(passport: Passport, figures: FigureQuerySet, units: list[Unit], period: str) -> Below:
    """Which of the units reach the end in the period; a unit that said nothing does not reach it."""
    target = _end(passport.indicator)
    parts = [each for each in (passport.indicator, passport.numerator, passport.denominator) if each is not None]
    rows = figures.filter(indicator__in=parts, unit__in=units, period=period, slice="")
    found = {(row.indicator_id, row.unit_id): row for row in rows}

    def of(indicator_id: int | None, unit: Unit) -> Figure | None:
        return found.get((indicator_id or 0, unit.pk))

    lines = [
        Short(unit, of(passport.indicator_id, unit), of(passport.numerator_id, unit), of(passport.denominator_id, unit))
        for unit in units
    ]
    short = [line for line in lines if line.figure is None or line.figure.state not in REACHED]
    return Below(passport, target, period, len(lines) - len(short), tuple(sorted(short, key=_worst_first)))


def units_of(passport: Passport, visible: frozenset[int] | None, *, on: date) -> list[Unit]:
    """Units measured that were in force on the day; `visible` keeps to some of them, None is all."""
    rows = Unit.objects.in_force(on).filter(kind__in=passport.measured_kinds).exclude(kind=UnitKind.COMMITTEE)
    return list(rows if visible is None else rows.filter(pk__in=visible))


def _end(indicator: Indicator) -> TargetLine:
    lines = indicator.targets.in_force().filter(unit=None, purpose=Purpose.FINAL, category="")
    return lines.latest("due_on")


def _worst_first(line: Short) -> tuple[bool, object, str]:
    silent = line.figure is None or line.figure.value is None
    return silent, 0 if line.figure is None or line.figure.value is None else line.figure.value, line.unit.sort_key
