"""What pictures of indicators are drawn from: figures, what they replaced, and the lines they are held against."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from tiendo.indicators.courses import Line, Threshold
from tiendo.indicators.measures import measure_of
from tiendo.indicators.models import Observation, Passport, TargetLine
from tiendo.indicators.models.observations import FigureQuerySet
from tiendo.indicators.newest import spoken_frequency
from tiendo.indicators.picturing import Drawn, Seen, Track, category_lines
from tiendo.indicators.states import Comparator, Frequency, Purpose, Rollup, Standing, State, Status
from tiendo.indicators.wording import level_names, value_words
from tiendo.orgs.models import Unit, UnitKind

Cell = tuple[int, int, str]  # indicator, unit, period
Tracks = dict[tuple[int, int], Track]


def drawn_of(passport: Passport) -> Drawn:
    """What a picture needs to know of the passport in force."""
    return Drawn(
        name=passport.name,
        unit_code=passport.unit_code,
        unit=unit_words(passport),
        frequency=Frequency(passport.frequency),
        levels=level_names(passport.levels),
    )


def unit_words(passport: Passport) -> str:
    """The unit of measure as the paper writes it, else by its own name."""
    return passport.unit_text or measure_of(passport.unit_code).name


def passport_words(passport: Passport, value: Decimal | None) -> str:
    """A value as the passport has it written (`wording`); empty for none."""
    return "" if value is None else value_words(value, unit_words(passport), level_names(passport.levels))


def tracks(passports: Collection[Passport], figures: FigureQuerySet, *, units: Collection[Unit] = ()) -> Tracks:
    """By indicator and unit, what the reader of `figures` may see of the whole, without breakdowns; three queries.

    With `units` there is a track for each of them, be it without any figure, and for no other unit.
    """
    by_id = {passport.indicator_id: passport for passport in passports}
    rows = figures.filter(indicator__in=by_id, slice="").select_related("unit").order_by("period_end", "pk")
    seen: dict[tuple[int, int], list[Seen]] = {(key, unit.pk): [] for unit in units for key in by_id}
    kinds = {unit.pk: unit.kind for unit in units}
    for row in rows.filter(unit__in=[unit.pk for unit in units]) if units else rows:
        kinds[row.unit_id] = row.unit.kind
        told = Seen(row.period, row.value, Status(row.status), State(row.state))
        seen.setdefault((row.indicator_id, row.unit_id), []).append(told)
    was, lines = replaced(by_id, kinds), target_lines(by_id)
    return {
        key: Track(
            [replace(each, former=former_of(each, was[(*key, each.period)])) for each in told],
            spoken_frequency(by_id[key[0]].frequency, by_id[key[0]].over_time),
            category_lines(lines[key[0]], unit=key[1], shared=answers_to_common(by_id[key[0]], kinds[key[1]])),
        )
        for key, told in seen.items()
    }


def whole_unit() -> Unit | None:
    """The unit whose figures speak for all: the committee above every other unit."""
    return Unit.objects.standing().filter(kind=UnitKind.COMMITTEE).order_by("parent_id", "pk").first()


def replaced(indicators: Collection[int], units: Collection[int]) -> dict[Cell, list[tuple[Decimal, Status]]]:
    """Accepted values that a later line of the same cell replaced, oldest first."""
    rows = Observation.objects.filter(
        indicator__in=indicators,
        unit__in=units,
        slice="",
        standing=Standing.ACCEPTED,
        is_current=False,
        value__isnull=False,
    )
    found: dict[Cell, list[tuple[Decimal, Status]]] = defaultdict(list)
    for indicator, unit, period, value, status in rows.order_by("number").values_list(
        "indicator", "unit", "period", "value", "status"
    ):
        if value is not None:
            found[indicator, unit, period].append((value, Status(status)))
    return found


def former_of(seen: Seen, was: Iterable[tuple[Decimal, Status]]) -> tuple[tuple[Decimal, Status], ...]:
    """Those replaced values that differ from the one that stands."""
    return tuple((value, status) for value, status in was if seen.value is not None and value != seen.value)


def target_lines(indicators: Collection[int]) -> dict[int, list[Line]]:
    """Lines of the target ledger in force, by indicator; one query."""
    found: dict[int, list[Line]] = defaultdict(list)
    for row in TargetLine.objects.in_force().filter(indicator__in=indicators).order_by("due_on", "pk"):
        if row.value is not None:
            found[row.indicator_id].append(line_of(row, row.value))
    return found


def line_of(row: TargetLine, value: Decimal) -> Line:
    """A row of the ledger as the pure modules know it."""
    threshold = Threshold(Comparator(row.comparator), value, row.upper, row.full_value)
    return Line(row.pk, Purpose(row.purpose), row.due_on, threshold, row.category, row.unit_id)


def answers_to_common(passport: Passport, kind: str) -> bool:
    """Whether lines set for every unit hold for a unit of this kind: not for the sum of what each brings."""
    summed = passport.over_units == Rollup.SUM and bool(passport.measured_kinds)
    return not (kind == UnitKind.COMMITTEE and summed)
