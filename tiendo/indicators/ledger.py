"""The ledger as pages read it: what a unit has to enter, what waits for acceptance, the lines of a cell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds
from tiendo.indicators.models import Observation, Passport, Source
from tiendo.indicators.permissions import can_record_value
from tiendo.indicators.presence import Schedule, due_day, presence_of
from tiendo.indicators.spans import Span, span_of, spans
from tiendo.indicators.states import Frequency, Presence, Standing, Status
from tiendo.orgs.models import Unit, UnitKind

YEARS_SHOWN = 3
WHOLE = UnitKind.COMMITTEE.value
Lines = dict[tuple[int, int, str, str], list[Observation]]  # by indicator, unit, period and slice


@dataclass(frozen=True)
class EntryCell:
    """A value somebody enters: where it stands, its newest line not returned, the value of the period before."""

    passport: Passport
    unit: Unit
    span: Span
    slice: str
    due_on: date
    presence: Presence
    has_ended: bool
    line: Observation | None
    returned: Observation | None
    before: Observation | None

    @property
    def is_pending(self) -> bool:
        return self.line is not None and self.line.standing == Standing.PENDING

    @property
    def slice_name(self) -> str:
        """The part as people call it: "Giới: nữ"."""
        code, _mark, value = self.slice.partition("=")
        name = next((each.get("name") or code for each in self.passport.slices if each["code"] == code), code)
        return f"{name}: {value}" if self.slice else ""

    @property
    def shown(self) -> Observation | None:
        """The line a form is filled with; none where an estimate stands and the official value is awaited."""
        line = self.line
        awaits = line is not None and not self.is_pending and line.status == Status.ESTIMATE and self.has_ended
        return None if awaits else line

    @property
    def status(self) -> Status:
        """What the form begins with: as the line says, else an estimate while the period runs, official after."""
        if self.shown is not None:
            return Status(self.shown.status)
        return Status.OFFICIAL if self.has_ended else Status.ESTIMATE


@dataclass(frozen=True)
class PeriodDue:
    """What one unit has of one period: counts of cells for the whole, slices aside."""

    span: Span
    due_on: date
    missing: int
    due: int
    running: int
    pending: int
    returned: int
    accepted: int

    @property
    def open(self) -> int:
        return self.missing + self.due + self.running


def schedule_of(passport: Passport) -> Schedule:
    """When its figures are owed."""
    return Schedule(Frequency(passport.frequency), passport.lag_days, passport.first_period)


def entered_passports() -> QuerySet[Passport]:
    """Passports in force of indicators in use whose values are entered, not computed."""
    found = Passport.objects.in_force().filter(expression="", indicator__retired_on=None)
    return found.select_related("indicator", "owner", "source").order_by("indicator__position", "indicator__code")


def recording_units(user: User, *, on: date) -> QuerySet[Unit]:
    """Units for which this person enters values: their own, and the whole where their unit owns what is measured.

    A unit that ended lately is among them: what it still owed of periods that ended before it did, whoever answers for
    it enters under its name.
    """
    begun = Unit.objects.standing().filter(Q(valid_from=None) | Q(valid_from__lte=on))
    units = begun.filter(Q(valid_to=None) | Q(valid_to__gt=_first_shown(on))).order_by("sort_key", "pk")
    kinds = {kind for passport in entered_passports() for kind in (passport.measured_kinds or [WHOLE])}
    if holds(user, Role.COORDINATOR):
        return units.filter(kind__in=kinds)
    own = user.access.held_unit_ids
    owned = [passport for passport in entered_passports() if passport.owner_id in own]
    owned_kinds = {kind for passport in owned for kind in (passport.measured_kinds or [WHOLE])}
    return units.filter(Q(pk__in=own, kind__in=kinds) | Q(kind__in=owned_kinds))


def entry_cells(user: User, unit: Unit, *, on: date, period: str | None = None) -> list[EntryCell]:
    """Every cell of the unit this person may enter, of periods begun, oldest first; of one period with its slices."""
    measured = [each for each in entered_passports() if _is_measured(each, unit)]
    passports = [each for each in measured if can_record_value(user, each, unit.pk)]
    return _cells_of(unit, passports, _lines([unit], passports), on=on, period=period)


def missing_values(user: User, *, on: date) -> list[tuple[Unit, list[PeriodDue]]]:
    """What an officer or a head has to enter and is past its day: for each unit they answer for, and for the whole
    where theirs owns what is measured, the periods that lack values; in a constant number of queries."""
    if not holds(user, Role.OFFICER, Role.HEAD):
        return []
    passports, asked = list(entered_passports()), dict[Unit, list[Passport]]()
    for unit in _own_units(user, on):
        if own := [each for each in passports if _is_measured(each, unit) and can_record_value(user, each, unit.pk)]:
            asked[unit] = own
    lines = _lines(list(asked), passports) if asked else {}
    found = [(unit, periods_of(_cells_of(unit, own, lines, on=on), on=on)) for unit, own in asked.items()]
    lacking = [(unit, [each for each in periods if each.missing]) for unit, periods in found]
    return [(unit, periods) for unit, periods in lacking if periods]


def is_owed_by(unit: Unit, span: Span, *, on: date) -> bool:
    """Whether the unit tells of the period: it is in force on its last day, or, while it runs, as long as it stands.

    So of two that merged within a period the new one tells of it, and of those before each under its own name.
    """
    end = span.last_day if unit.valid_to is None or unit.valid_to <= on else min(span.last_day, on)
    return (unit.valid_from is None or unit.valid_from <= end) and (unit.valid_to is None or unit.valid_to > end)


def periods_of(cells: Iterable[EntryCell], *, on: date) -> list[PeriodDue]:
    """The cells by period, what is missing longest on top."""
    by_span: dict[Span, list[EntryCell]] = defaultdict(list)
    for cell in cells:
        by_span[cell.span].append(cell)
    found = [_period(span, those, on) for span, those in by_span.items()]
    return sorted(found, key=lambda each: (not each.missing, not each.due, -each.span.last_day.toordinal()))


def waiting(user: User) -> QuerySet[Observation]:
    """Lines this person could accept, oldest first; those he recorded himself are another's."""
    lines = Observation.objects.filter(standing=Standing.PENDING).exclude(recorded_by=user)
    if not holds(user, Role.COORDINATOR):
        headed = user.access.headed_unit_ids
        lines = lines.filter(indicator__passports__is_current=True, indicator__passports__owner_id__in=headed)
    return lines.select_related("indicator", "unit", "source", "recorded_by", "batch").order_by("recorded_at", "pk")


def cell_lines(user: User, *, code: str, unit: str, period: str) -> list[Observation]:
    """Every line of a cell this person may read, all sources and slices, newest first within each."""
    lines = Observation.objects.visible_to(user).filter(indicator__code=code, unit__code=unit, period=period)
    related = ("source", "recorded_by", "decided_by", "evidence", "batch", "indicator", "unit")
    return list(lines.distinct().select_related(*related).order_by("slice", "source__name", "-number"))


def last_values(lines: Sequence[Observation]) -> dict[int, Decimal]:
    """Line → the accepted value of the nearest period before, of the same indicator, unit, slice and source."""
    wanted = Observation.objects.current().filter(
        indicator__in={line.indicator_id for line in lines}, unit__in={line.unit_id for line in lines}
    )
    known: dict[tuple[object, ...], list[tuple[date, Decimal]]] = defaultdict(list)
    for row in wanted.filter(value__isnull=False).order_by("period_end"):
        if row.value is not None:
            known[_series(row)].append((row.period_end, row.value))
    found: dict[int, Decimal] = {}
    for line in lines:
        before = [value for day, value in known[_series(line)] if day < line.period_end]
        if before:
            found[line.pk] = before[-1]
    return found


def sources_for(user: User) -> QuerySet[Source]:
    """Sources in use this person may deliver from, own ones first."""
    sources = Source.objects.filter(retired_on=None)
    if not holds(user, Role.COORDINATOR):
        sources = sources.filter(Q(keeper=None) | Q(keeper__in=user.access.held_unit_ids))
    return sources.select_related("keeper").order_by("name", "pk")


def _first_shown(on: date) -> date:
    return date(on.year - YEARS_SHOWN, 1, 1)


def _series(line: Observation) -> tuple[object, ...]:
    return line.indicator_id, line.unit_id, line.slice, line.source_id


def _is_measured(passport: Passport, unit: Unit) -> bool:
    return unit.kind in (passport.measured_kinds or [WHOLE])


def _own_units(user: User, on: date) -> QuerySet[Unit]:
    """Units the person answers for, and the whole; those without a value to enter fall out by themselves."""
    begun = Unit.objects.standing().filter(Q(valid_from=None) | Q(valid_from__lte=on))
    lasting = begun.filter(Q(valid_to=None) | Q(valid_to__gt=_first_shown(on)))
    return lasting.filter(Q(pk__in=user.access.held_unit_ids) | Q(kind=WHOLE)).order_by("sort_key", "pk")


def _cells_of(
    unit: Unit, passports: Sequence[Passport], lines: Lines, *, on: date, period: str | None = None
) -> list[EntryCell]:
    cells = []
    for passport in passports:
        schedule = schedule_of(passport)
        first = max(schedule.first.first_day, _first_shown(on))
        for span in spans(schedule.frequency, first, on):
            told = (passport.indicator_id, unit.pk, span.code, "") in lines
            if period in (None, span.code) and (told or is_owed_by(unit, span, on=on)):
                parts = [""] if period is None else ["", *_parts(passport)]
                cells += [_cell(passport, unit, span, part, schedule, lines, on) for part in parts]
    return cells


def _parts(passport: Passport) -> list[str]:
    return [f"{each['code']}={value}" for each in passport.slices for value in each["values"]]


def _lines(units: Sequence[Unit], passports: Sequence[Passport]) -> Lines:
    """Lines of the units by indicator, unit, period and slice, oldest first."""
    found: Lines = defaultdict(list)
    wanted = Observation.objects.filter(unit__in=units, indicator__in=[each.indicator_id for each in passports])
    for line in wanted.select_related("source").order_by("recorded_at", "pk"):
        found[line.indicator_id, line.unit_id, line.period, line.slice].append(line)
    return found


def _cell(
    passport: Passport,
    unit: Unit,
    span: Span,
    part: str,
    schedule: Schedule,
    lines: Lines,
    on: date,
) -> EntryCell:
    own = lines.get((passport.indicator_id, unit.pk, span.code, part), [])
    standing = [line for line in own if line.standing != Standing.RETURNED]
    has_value = any(line.standing == Standing.ACCEPTED for line in standing)
    back = own[-1] if own and own[-1].standing == Standing.RETURNED else None
    earlier = lines.get((passport.indicator_id, unit.pk, _before(span), part), [])
    before = [line for line in earlier if line.is_current]
    return EntryCell(
        passport,
        unit,
        span,
        part,
        due_day(schedule, span),
        presence_of(schedule, span.code, on, has_value=has_value),
        span.last_day < on,
        standing[-1] if standing else None,
        back,
        before[-1] if before else None,
    )


def _before(span: Span) -> str:
    return spans(span.frequency, span.first_day - timedelta(days=1), span.first_day - timedelta(days=1))[0].code


def _period(span: Span, cells: Sequence[EntryCell], on: date) -> PeriodDue:
    free = [cell for cell in cells if cell.line is None]
    ended = span.last_day < on
    return PeriodDue(
        span=span,
        due_on=max(cell.due_on for cell in cells),
        missing=sum(cell.presence is Presence.MISSING for cell in free),
        due=sum(cell.presence is Presence.NOT_YET_DUE and ended for cell in free),
        running=sum(cell.presence is Presence.NOT_YET_DUE and not ended for cell in free),
        pending=sum(cell.is_pending for cell in cells),
        returned=sum(cell.returned is not None for cell in free),
        accepted=sum(cell.presence is Presence.VALUE for cell in cells),
    )


def span_or_none(code: str) -> Span | None:
    """The period a code of an address names."""
    try:
        return span_of(code)
    except ValueError:
        return None
