"""What each row that arrives means here: its indicator, its unit, what the ledger says already, what the checks say.

A constant number of queries for any number of rows. Nothing is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from tiendo.accounts.models import User
from tiendo.indicators.checking import Cell, Checked, Rules, brief, check, is_blank
from tiendo.indicators.delivery import Row
from tiendo.indicators.models import Observation, Passport, Source
from tiendo.indicators.models.observations import ObservationQuerySet
from tiendo.indicators.permissions import can_record_value
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Frequency, Measure, Standing, Status
from tiendo.orgs.models import Unit
from tiendo.ui.sentences import Sentence

YEARS_BACK = 3  # how far back the last value is looked for
Key = tuple[int, int, str, str]  # indicator, unit, period, slice


@dataclass(frozen=True)
class Line:
    """A line of the ledger, as far as the next one is concerned."""

    number: int
    status: Status
    standing: Standing
    value: Decimal | None
    no_value: str | None


@dataclass(frozen=True)
class Arrived:
    """A row and what it becomes: unchanged, put aside with its errors, or the next `number` of its cell."""

    row: Row
    errors: tuple[str, ...] = ()
    is_unchanged: bool = False
    passport: Passport | None = None
    unit: Unit | None = None
    checked: Checked | None = None
    number: int = 0

    @property
    def is_taken(self) -> bool:
        return not self.errors and not self.is_unchanged


@dataclass
class Known:
    """What the ledger and the lists say about the rows of one delivery."""

    passports: Mapping[str, Passport]
    units: Mapping[str, Unit]
    lines: Mapping[Key, Sequence[Line]]
    last: Mapping[tuple[int, int, str], Sequence[tuple[date, Decimal]]]
    seen: dict[Key, int] = field(default_factory=dict)


def rules_of(passport: Passport) -> Rules:
    """What the passport asks of a value."""
    limits = {name: passport.checks.get(name) for name in ("low", "high", "jump_percent")}
    return Rules(
        code=passport.indicator.code,
        measure=Measure(passport.measure),
        decimals=passport.decimals,
        frequency=Frequency(passport.frequency),
        first_period=passport.first_period,
        levels=frozenset(int(each["level"]) for each in passport.levels),
        slices={each["code"]: each["values"] for each in passport.slices},
        measured_kinds=passport.measured_kinds,
        is_computed=bool(passport.expression),
        retired_on=passport.indicator.retired_on,
        **{name: Decimal(limit) for name, limit in limits.items() if limit not in (None, "")},
    )


def arrive(rows: Sequence[Row], *, source: Source, by: User, on: date) -> list[Arrived]:
    """Each row in its order; of two rows for one cell the first counts."""
    known = _known(rows, source, on)
    return [_arrive(row, known, by, on) for row in rows]


def _known(rows: Sequence[Row], source: Source, on: date) -> Known:
    codes, unit_codes = {row.indicator for row in rows}, {row.unit for row in rows}
    found = Passport.objects.in_force().filter(indicator__code__in=codes).select_related("indicator")
    passports = {passport.indicator.code: passport for passport in found}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=unit_codes)}
    lines = Observation.objects.filter(
        indicator__in=[passport.indicator_id for passport in passports.values()],
        unit__in=[unit.pk for unit in units.values()],
        source=source,
    )
    return Known(passports, units, _lines(lines.filter(period__in={row.period for row in rows})), _last(lines, on))


def _lines(lines: ObservationQuerySet) -> Mapping[Key, list[Line]]:
    found: dict[Key, list[Line]] = defaultdict(list)
    columns = ("indicator", "unit", "period", "slice", "number", "status", "standing", "value", "no_value")
    for indicator, unit, period, part, *told in lines.order_by("number").values_list(*columns):
        number, status, standing, value, no_value = told
        line = Line(number, Status(status), Standing(standing), value, no_value)
        found[indicator, unit, period, part].append(line)
    return found


def _last(lines: ObservationQuerySet, on: date) -> Mapping[tuple[int, int, str], list[tuple[date, Decimal]]]:
    """Accepted values by cell line, oldest period first."""
    since = date(on.year - YEARS_BACK, 1, 1)
    current = lines.current().filter(period_end__gte=since).order_by("period_end")
    found: dict[tuple[int, int, str], list[tuple[date, Decimal]]] = defaultdict(list)
    for indicator, unit, part, day, value in current.values_list("indicator", "unit", "slice", "period_end", "value"):
        if value is not None:
            found[indicator, unit, part].append((day, value))
    return found


def _arrive(row: Row, known: Known, by: User, on: date) -> Arrived:
    passport, unit = known.passports.get(row.indicator), known.units.get(row.unit)
    if passport is None or unit is None:
        return Arrived(row, tuple(_strange(row, passport, unit)))
    arrived = Arrived(row, passport=passport, unit=unit)
    if is_blank(row.given):
        return replace(arrived, is_unchanged=True)
    if not (may := can_record_value(by, passport, unit.pk)):
        return replace(arrived, errors=(may.reason,))
    key = (passport.indicator_id, unit.pk, row.period, row.slice)
    if key in known.seen:
        return replace(arrived, errors=(Sentence.of(_("Trùng với dòng {row}."), row=known.seen[key]),))
    known.seen[key] = row.number
    return _in_cell(arrived, rules_of(passport), unit.kind, known, key, on)


def _strange(row: Row, passport: Passport | None, unit: Unit | None) -> Iterable[str]:
    if passport is None:
        yield Sentence.of(_("Không có chỉ tiêu mã “{code}”."), code=brief(row.indicator))
    if unit is None:
        yield Sentence.of(_("Không có đơn vị mã “{code}”."), code=brief(row.unit))


def _in_cell(arrived: Arrived, rules: Rules, kind: str, known: Known, key: Key, on: date) -> Arrived:
    given, lines = arrived.row.given, known.lines.get(key, ())
    statuses = {each: [line.status for line in lines if line.standing is each] for each in Standing}
    last = _last_up_to(given.period, known.last.get((key[0], key[1], key[3]), ()))
    cell = Cell(statuses[Standing.ACCEPTED], statuses[Standing.PENDING], last)
    checked = check(given, rules, kind, cell, on=on)
    if _says_the_same(checked, lines):
        return replace(arrived, checked=checked, is_unchanged=True)
    number = max((line.number for line in lines), default=0) + 1
    return replace(arrived, checked=checked, errors=checked.errors, number=number)


def _says_the_same(checked: Checked, lines: Sequence[Line]) -> bool:
    """Whether the newest line that was not returned says this already; such a row is no error, only no news."""
    standing = [line for line in lines if line.standing is not Standing.RETURNED]
    if not standing or (checked.value is None and checked.no_value is None):
        return False
    newest = standing[-1]
    return (newest.status, newest.value, newest.no_value) == (checked.status, checked.value, checked.no_value)


def _last_up_to(period: str, values: Sequence[tuple[date, Decimal]]) -> Decimal | None:
    try:
        end = span_of(period).last_day
    except ValueError:
        return None
    return next((value for day, value in reversed(values) if day <= end), None)
