"""What is counted of a source for its quality, and which way the estimates it brought lean.

Looked at are periods that ended within the last `DAYS`; a constant number of queries for any number of units.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Min, Sum
from django.utils import timezone

from tiendo.accounts.models import User
from tiendo.indicators.bias import Bias, Pair, bias_of
from tiendo.indicators.figures import differ
from tiendo.indicators.ledger import WHOLE, entered_passports, is_owed_by, schedule_of
from tiendo.indicators.models import Batch, Observation, Passport, Source
from tiendo.indicators.presence import due_day, periods_due
from tiendo.indicators.quality import Counts, Quality, quality_of
from tiendo.indicators.spans import Span
from tiendo.indicators.states import Standing, Status
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import links
from tiendo.orgs.succession import Link, holder_on

DAYS = 730
Key = tuple[int, int, str, str]  # indicator, unit, period, slice


@dataclass(frozen=True)
class UnitBias:
    """The lean of one unit's estimates of one indicator."""

    indicator: str
    name: str
    unit: str
    pairs: tuple[Pair, ...]
    bias: Bias


def qualities(sources: Sequence[Source], *, on: date) -> dict[int, Quality]:
    """Source → its score."""
    since = on - timedelta(days=DAYS)
    passports = list(entered_passports())
    units, answering = list(Unit.objects.standing().order_by("pk")), links()
    arrivals, rows, compared = _arrivals(since), _rows(since), _compared(since, passports)
    found = {}
    for source in sources:
        due = dict(_expected(source, passports, units, answering, on, since))
        first = {key: arrivals[source.pk, key] for key in due if (source.pk, key) in arrivals}
        on_time = sum(timezone.localdate(moment) <= due[key] for key, moment in first.items())
        found[source.pk] = quality_of(
            Counts(len(due), len(first), on_time, *rows.get(source.pk, (0, 0)), *compared.get(source.pk, (0, 0)))
        )
    return found


def biases(source: Source, user: User) -> list[UnitBias]:
    """Unit and indicator → the lean of the estimates this source brought, as far as the person may read them."""
    seen = Observation.objects.visible_to(user).filter(standing=Standing.ACCEPTED, value__isnull=False).distinct()
    estimates = _by_cell(seen.filter(source=source, status=Status.ESTIMATE).order_by("number"))
    first = seen.filter(status=Status.OFFICIAL, indicator__in={key[0] for key in estimates})
    officials = _by_cell(first.order_by("-decided_at", "-pk"))  # the last one written over a cell is its first
    pairs: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for key, estimate in sorted(estimates.items()):
        if official := officials.get(key):
            pairs[key[0], key[1]].append(Pair(key[2], _value(estimate), _value(official)))
    return _named(pairs)


def _expected(
    source: Source,
    passports: Sequence[Passport],
    units: Sequence[Unit],
    answering: Sequence[Link],
    on: date,
    since: date,
) -> Iterator[tuple[Key, date]]:
    """Each cell this source must fill, with the last good day: of units in force on the last day of the period."""
    for passport in passports:
        measured = [unit for unit in units if unit.kind in (passport.measured_kinds or [WHOLE])]
        schedule = schedule_of(passport)
        for span in periods_due(schedule, on) if measured else ():
            if span.last_day >= since and (places := _filled(source, passport, measured, answering, span)):
                for unit in places:
                    yield (passport.indicator_id, unit.pk, span.code, ""), due_day(schedule, span)


def _filled(
    source: Source, passport: Passport, measured: Sequence[Unit], answering: Sequence[Link], span: Span
) -> list[Unit]:
    """For which of the units: the source its passport names tells of all; where none is named, the report of the unit
    measured tells of itself, that of whoever answered for the owner of the whole."""
    there = [unit for unit in measured if is_owed_by(unit, span, on=span.last_day)]
    if passport.source_id is not None:
        return there if passport.source_id == source.pk else []
    if source.kind != Source.Kind.REPORT or source.keeper_id is None:
        return []
    if passport.measured_kinds:
        return [unit for unit in there if unit.pk == source.keeper_id]
    owner = passport.owner_id and holder_on(passport.owner_id, span.last_day, answering)
    return there if owner == source.keeper_id else []


def _arrivals(since: date) -> dict[tuple[int, Key], datetime]:
    """(source, cell) → when its first line that was not returned was recorded."""
    lines = Observation.objects.filter(period_end__gte=since, slice="").exclude(standing=Standing.RETURNED)
    told = lines.order_by().values_list("source", "indicator", "unit", "period").annotate(first=Min("recorded_at"))
    return {(source, (indicator, unit, period, "")): first for source, indicator, unit, period, first in told}


def _rows(since: date) -> dict[int, tuple[int, int]]:
    """Source → rows delivered, and rows put aside."""
    batches = Batch.objects.filter(received_at__date__gte=since).order_by().values_list("source")
    return {pk: (rows, aside) for pk, rows, aside in batches.annotate(Sum("row_count"), Sum("aside_count"))}


def _compared(since: date, passports: Sequence[Passport]) -> dict[int, tuple[int, int]]:
    """Source → cells another source speaks of too, and in how many of them all agree."""
    tolerance = {each.indicator_id: Decimal(each.checks.get("tolerance_percent") or 0) for each in passports}
    cells: dict[Key, list[Observation]] = defaultdict(list)
    for line in Observation.objects.current().filter(period_end__gte=since, value__isnull=False).order_by():
        cells[_key(line)].append(line)
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for (indicator, *_rest), lines in cells.items():
        for line in lines if len(lines) > 1 else ():
            others = [other for other in lines if other is not line]
            apart = any(differ(line.value, other.value, tolerance.get(indicator, Decimal(0))) for other in others)
            counts[line.source_id][0] += 1
            counts[line.source_id][1] += not apart
    return {source: (compared, agreeing) for source, (compared, agreeing) in counts.items()}


def _by_cell(lines: Iterable[Observation]) -> dict[Key, Observation]:
    return {_key(line): line for line in lines}


def _key(line: Observation) -> Key:
    return line.indicator_id, line.unit_id, line.period, line.slice


def _value(line: Observation) -> Decimal:
    return line.value if line.value is not None else Decimal(0)


def _named(pairs: Mapping[tuple[int, int], list[Pair]]) -> list[UnitBias]:
    passports = Passport.objects.in_force().filter(indicator__in={indicator for indicator, _unit in pairs})
    names = {each.indicator_id: (each.indicator.code, each.name) for each in passports.select_related("indicator")}
    units = dict(Unit.objects.filter(pk__in={unit for _indicator, unit in pairs}).values_list("pk", "short_name"))
    return [
        UnitBias(*names.get(indicator, ("", "")), units[unit], tuple(each), bias_of(each))
        for (indicator, unit), each in pairs.items()
    ]
