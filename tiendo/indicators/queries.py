"""What faces read of figures: of a unit, of an indicator over its units, as a series, and what is red."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from tiendo.accounts.models import User
from tiendo.indicators.aims import aim_text
from tiendo.indicators.keeping import sentences_again
from tiendo.indicators.measures import measure_of
from tiendo.indicators.models import Figure, Indicator, Observation, Passport
from tiendo.indicators.presence import Schedule, due_day, next_update, periods_due
from tiendo.indicators.readings import Goal, Overview, Reading, below, overview_of
from tiendo.indicators.spans import Span, span_of
from tiendo.indicators.states import Firmness, Frequency, Presence, Rollup, Standing, State, Status
from tiendo.orgs.models import Unit, UnitKind
from tiendo.ui.sentences import Sentence

WHOLE = UnitKind.COMMITTEE.value


@dataclass(frozen=True)
class Revision:
    """An accepted line of the ledger behind a figure: what a source said, and when it was accepted."""

    source: str
    status: Status
    value: Decimal | None
    is_current: bool
    decided_at: datetime | None


@dataclass(frozen=True)
class SeriesPoint:
    """One period of an indicator for a unit: its figure, and the accepted lines the reader may see, oldest first."""

    period: str
    period_end: date
    value: Decimal | None
    no_value: Sentence | None
    status: Status
    state: State
    progress: Decimal | None
    not_computable: Sentence | None
    distance: Decimal | None
    goal: Goal | None
    flags: tuple[Sentence, ...]
    made_from: Mapping[str, Any]
    revisions: tuple[Revision, ...]


def passports_in_use() -> QuerySet[Passport]:
    """Passports in force of indicators not retired, in the order of their list."""
    found = Passport.objects.in_force().filter(indicator__retired_on=None).select_related("indicator")
    return found.order_by("indicator__position", "indicator__code")


def readings_of_unit(user: User, unit: Unit, *, on: date) -> list[Reading]:
    """Each indicator measured or computed for the unit, as far as this person may see its figures."""
    passports = [each for each in passports_in_use() if _sees(user, each, unit)]
    figures = _figures(user, Q(unit=unit, indicator__in=[each.indicator_id for each in passports]))
    return [reading for each in passports for reading in _readings(each, unit, figures, on)]


def readings_of_indicator(user: User, indicator: Indicator, *, on: date, period: str | None = None) -> list[Reading]:
    """The indicator for each unit measured that this person may see; of one period where it is given.

    Raises Passport.DoesNotExist for an indicator without a passport in force.
    """
    passport = passports_in_use().get(indicator=indicator)
    day = on if period is None else span_of(period).last_day
    units = Unit.objects.in_force(day).filter(kind__in=passport.measured_kinds or [WHOLE])
    seen = [unit for unit in units.order_by("sort_key", "pk") if _sees(user, passport, unit)]
    asked = Q(indicator=indicator) if period is None else Q(indicator=indicator, period=period)
    figures = _figures(user, asked)
    return [reading for unit in seen for reading in _readings(passport, unit, figures, on, period)]


def units_below(user: User, indicator: Indicator, *, on: date, period: str | None = None) -> list[Reading]:
    """Units that have not reached their target, then those whose figure is missing (R040, R078)."""
    return below(readings_of_indicator(user, indicator, on=on, period=period))


def overview(user: User, unit: Unit, *, on: date) -> Overview:
    """Where the indicators of a unit stand, and what is red and why."""
    return overview_of(readings_of_unit(user, unit, on=on), on)


def series_of(user: User, indicator: Indicator, unit: Unit, *, slice: str = "") -> list[SeriesPoint]:
    """Every figure of one indicator for one unit, oldest first, with what it replaced."""
    figures = Figure.objects.visible_to(user).filter(indicator=indicator, unit=unit, slice=slice)
    lines = Observation.objects.visible_to(user).filter(indicator=indicator, unit=unit, slice=slice)
    revisions: dict[str, dict[int, Revision]] = defaultdict(dict)
    for line in lines.filter(standing=Standing.ACCEPTED).select_related("source").order_by("decided_at", "pk"):
        revisions[line.period][line.pk] = Revision(
            line.source.name, Status(line.status), line.value, line.is_current, line.decided_at
        )
    rows = figures.select_related("target").order_by("period_end", "-period")
    return [_point(row, revisions[row.period].values()) for row in rows]


def _sees(user: User, passport: Passport, unit: Unit) -> bool:
    """As `Figure.visible_to` tells for the figure that may not be there yet."""
    access = user.access
    if access.reads_everything or not user.is_active:
        return user.is_active
    return unit.kind == WHOLE or unit.pk in access.held_unit_ids or passport.owner_id in access.held_unit_ids


Figures = dict[tuple[int, int], dict[str, list[Figure]]]


def _figures(user: User, asked: Q) -> Figures:
    """Figures by indicator and unit, then by slice, newest first; one query."""
    rows = Figure.objects.visible_to(user).filter(asked).select_related("target")
    found: Figures = defaultdict(lambda: defaultdict(list))
    for row in rows.order_by("slice", "-period_end", "period"):
        found[row.indicator_id, row.unit_id][row.slice].append(row)
    return found


def _readings(
    passport: Passport, unit: Unit, figures: Figures, on: date, period: str | None = None
) -> Iterator[Reading]:
    """The whole, and each part of a breakdown that has its own target; nothing where none is measured or made."""
    found = figures[passport.indicator_id, unit.pk]
    parts = {part: rows for part, rows in found.items() if part and any(row.target_id for row in rows)}
    rolled = unit.kind == WHOLE and (passport.over_units != Rollup.NONE or bool(passport.expression))
    measured = rolled or unit.kind in (passport.measured_kinds or [WHOLE])
    if found[""] or (measured and not parts):
        yield _reading(passport, unit, found[""], on, period)
    for part, rows in parts.items():
        yield replace(_reading(passport, unit, rows, on, period), slice=part)


def _reading(passport: Passport, unit: Unit, figures: Collection[Figure], on: date, period: str | None) -> Reading:
    schedule = Schedule(Frequency(passport.frequency), passport.lag_days, passport.first_period)
    known = {row.period for row in figures if row.value is not None}
    presence, awaited = _presence(schedule, known, on, period)
    row = _newest(passport, figures)
    goal = _goal(row)
    return Reading(
        indicator=passport.indicator_id,
        code=passport.indicator.code,
        name=passport.name,
        measure=passport.unit_text or measure_of(passport.unit_code).name,
        decimals=passport.decimals,
        unit=unit.pk,
        unit_name=unit.name,
        presence=presence,
        awaited=awaited.code,
        awaited_on=due_day(schedule, awaited),
        firmness=goal.firmness if goal else Firmness(passport.firmness),
        **(_told(row) if row else {}),
        goal=goal,
    )


def _presence(schedule: Schedule, known: Collection[str], on: date, period: str | None) -> tuple[Presence, Span]:
    """Of the period due last (or the one asked for): missing, there, or nothing due yet; and the period awaited."""
    if period is not None:
        span = span_of(period)
        late = on > due_day(schedule, span)
        return (Presence.VALUE if period in known else Presence.MISSING if late else Presence.NOT_YET_DUE), span
    due = periods_due(schedule, on)
    if due and due[-1].code not in known:
        return Presence.MISSING, due[-1]
    upcoming, _day = next_update(schedule, on)
    return (Presence.VALUE if known else Presence.NOT_YET_DUE), upcoming


def _newest(passport: Passport, figures: Iterable[Figure]) -> Figure | None:
    """The newest that holds a value; of what adds up over time the year's, which alone is held against a target."""
    wanted = Frequency.YEAR if passport.over_time == Rollup.SUM else Frequency(passport.frequency)
    fitting = [row for row in figures if span_of(row.period).frequency is wanted]
    return next((row for row in fitting if row.value is not None), next(iter(fitting), None))


def _told(row: Figure) -> dict[str, Any]:
    """What a figure says, as readings and series hold it."""
    return {
        "period": row.period,
        "value": row.value,
        "no_value": _again(row.no_value),
        "status": Status(row.status),
        "state": State(row.state),
        "progress": row.progress,
        "not_computable": _again(row.not_computable),
        "distance": row.distance,
        "flags": tuple(sentences_again(row.flags)),
    }


def _point(row: Figure, revisions: Iterable[Revision]) -> SeriesPoint:
    return SeriesPoint(
        **_told(row),
        period_end=row.period_end,
        goal=_goal(row),
        made_from=row.made_from,
        revisions=tuple(revisions),
    )


def _goal(row: Figure | None) -> Goal | None:
    line = row.target if row else None
    if line is None:
        return None
    return Goal(aim_text(line.comparator, line.value, line.upper), line.due_on, Firmness(line.firmness))


def _again(kept: Mapping[str, Any] | None) -> Sentence | None:
    return sentences_again([kept])[0] if kept else None
