"""The sample's indicators: passports from the annex, a path to 2030, values that come as estimates and become official.

Some are silent, some are red, one is told differently by two sources, and training is told commune by commune.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from tiendo.config.sample.story import HERE, SET_UP_ON, at
from tiendo.config.sample.world import Agenda, World
from tiendo.indicators import actions
from tiendo.indicators.actions.delivering import deliver_rows
from tiendo.indicators.actions.observing import accept_observations
from tiendo.indicators.actions.sources import add_source
from tiendo.indicators.actions.taking import terms_for
from tiendo.indicators.actions.terms import Terms
from tiendo.indicators.aims import Aim
from tiendo.indicators.delivery import Row as Cell
from tiendo.indicators.models import Batch, Observation, Passport, Programme, Source
from tiendo.indicators.rows import Row
from tiendo.indicators.spans import Span, spans
from tiendo.indicators.states import Comparator, Frequency, Purpose
from tiendo.indicators.taking import rows_of
from tiendo.orgs.models import UnitKind
from tiendo.plans.models import Plan

BEGUN, LAST = date(2025, 1, 1), date(2026, 9, 30)
PAPER = "Phụ lục I kèm theo Kế hoạch số 68/KH-UBND ngày 20/02/2025 (minh họa)"
OWN, STATISTICS = "bao-cao-nganh", "thong-ke"
TRAINED, STAFF, SHARE = "KH68.CB-A", "KH68.CB-B", "35"
COVERED = "10"  # told differently by two sources
DEFAULT_OWNER = "so-kh-cn"
PROGRAMMES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "kinh-te-xa-hoi-so": ("Chương trình kinh tế số, xã hội số (minh họa)", "so-kh-cn", ("17", "18", "24", "25")),
    "chinh-phu-so": ("Chương trình chính phủ số (minh họa)", "vp-ubnd-tinh", ("1", "2", "3", "4", "6")),
}
SILENT = {("kinh-te-xa-hoi-so", "2026-Q2")}  # a period nobody published


@dataclass(frozen=True)
class Told:
    """A line of the file: how often, where it started in 2024, and the values of each period, first to last."""

    number: str
    frequency: Frequency
    baseline: Decimal
    values: tuple[tuple[Decimal, ...], ...]


@dataclass(frozen=True)
class Value:
    """One value on its way into the ledger; by default of the whole province."""

    indicator: str
    period: str
    status: str
    value: Decimal
    unit: str = "ubnd-tinh"


def schedule(world: World, agenda: Agenda, plan: Plan, *, now: datetime) -> None:
    """Put everything on the agenda: passports a month after the house was set up, values as their periods end."""
    begin = at(SET_UP_ON + timedelta(days=26), 9)
    agenda.add(begin, partial(_define, world, plan))
    arriving: dict[datetime, list[Value]] = defaultdict(list)
    for told in lines():
        for span, values in zip(_spans(told.frequency), told.values, strict=False):
            for moment, status, value in _arrivals(span, values, begin):
                arriving[moment].append(Value(f"{plan.code}.PL-I.{told.number}", span.code, status, value))
    for span in _spans(Frequency.QUARTER)[3:]:
        arriving[max(begin, at(span.last_day + timedelta(days=18), 10))] += _training(world, span)
    for moment in sorted(moment for moment in arriving if moment < now):
        agenda.add(moment, partial(_tell, world, arriving[moment]))
    _schedule_programmes(world, agenda, plan, now)


def lines() -> list[Told]:
    """The file's lines."""
    with (HERE / "measures.csv").open(encoding="utf-8", newline="") as source:
        return [_told(row) for row in csv.DictReader(source)]


def _told(row: Mapping[str, str]) -> Told:
    each = [tuple(Decimal(part) for part in cell.split(">") if part) for cell in row["values"].split(";")]
    return Told(row["number"], Frequency(row["frequency"]), Decimal(row["baseline"]), tuple(each))


def _spans(frequency: Frequency) -> list[Span]:
    """Periods with values: quarters up to the autumn of 2026, and the year 2025."""
    last = date(2025, 12, 31) if frequency is Frequency.YEAR else LAST
    return spans(frequency, BEGUN, last)


def _arrivals(span: Span, values: tuple[Decimal, ...], begin: datetime) -> Iterator[tuple[datetime, str, Decimal]]:
    """When each value of a period comes: an estimate soon, the official one ten weeks after, a revision in summer."""
    known = ("official",) if len(values) == 1 else ("estimate", "official", "revised")
    for place, (status, value) in enumerate(zip(known, values, strict=False)):
        moment = at(span.last_day + timedelta(days=(20, 70, 170)[place]), 9 + place)
        yield max(moment, begin + timedelta(days=1 + place)), status, value


def _define(world: World, plan: Plan, at: datetime) -> None:
    """Sources, then the rows of the annex with their passports, points and the three indicators of training."""
    by = world.coordinator
    add_source(code=OWN, name="Báo cáo của cơ quan chủ trì", kind=Source.Kind.REPORT, by=by, at=at)
    add_source(code=STATISTICS, name="Thống kê tỉnh", kind=Source.Kind.STATISTICS, by=by, at=at)
    told = {each.number: each for each in lines()}
    for row in _annex_rows(plan):
        number = row.path.rpartition(".")[2]
        if number in told:
            _define_one(world, plan, row, told[number], at)
        elif number == SHARE:
            _define_training(world, plan, row, at)


def _annex_rows(plan: Plan) -> list[Row]:
    """Rows of the annex alone; what the prose says stays a proposal for whoever tries the sample."""
    return [row for row in rows_of(plan, lambda text: ()) if row.path.startswith("PL-I.") and row.is_ready]


def _define_one(world: World, plan: Plan, row: Row, told: Told, at: datetime) -> None:
    terms = terms_for(row)
    staffed = terms.owner is not None and world.has_head(terms.owner.code)
    owner = terms.owner if staffed else world.units[DEFAULT_OWNER]
    terms = replace(
        terms,
        frequency=told.frequency.value,
        first_period=_spans(told.frequency)[0].code,
        decimals=max(terms.decimals, *(_places(each) for values in told.values for each in (told.baseline, *values))),
        lag_days=25 if told.frequency is Frequency.QUARTER else 80,
        source=Source.objects.get(code=OWN),
        owner=owner,
        checks={"low": "0", "tolerance_percent": "5"},
        definition=f"Số liệu minh họa: {row.name.lower()}, tính cho toàn tỉnh.",
    )
    indicator = actions.take_row(plan=plan, row=row, terms=terms, by=world.coordinator, at=at)
    aims = [
        Aim(Purpose.BASELINE, date(2024, 12, 31), told.baseline),
        *_path(row.aims[0], told.baseline, terms.decimals),
    ]
    actions.set_targets(indicator=indicator, aims=aims, rests_on=PAPER, by=world.coordinator, at=at)


def _places(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


def _path(end: Aim, baseline: Decimal, decimals: int) -> Iterator[Aim]:
    """A milestone for each year before the end, straight from the baseline; of a range to its near side."""
    sign = Comparator.AT_LEAST if end.comparator is Comparator.BETWEEN else end.comparator
    step = Decimal(1).scaleb(-decimals)
    for year in range(2025, end.due_on.year):
        share = Decimal(year - 2024) / (end.due_on.year - 2024)
        value = (baseline + (end.value - baseline) * share).quantize(step)
        yield Aim(Purpose.PATH, date(year, 12, 31), value, sign, firmness=end.firmness)


def _define_training(world: World, plan: Plan, row: Row, at: datetime) -> None:
    """Trained, staff and their ratio, told by each commune; for the province the ratio of the sums."""
    by, owner = world.coordinator, world.units["so-noi-vu"]
    shared: dict[str, Any] = {
        "frequency": "quarter",
        "first_period": "2025-Q4",
        "measured_kinds": [UnitKind.COMMUNE.value],
        "owner": owner,
    }
    counted = Terms("", "person", unit_text="người", decimals=0, over_units="sum", **shared)
    parts = []
    for code, name in ((TRAINED, "Cán bộ cấp xã đã qua bồi dưỡng kỹ năng số"), (STAFF, "Tổng số cán bộ cấp xã")):
        terms = replace(counted, name=name, source=Source.objects.get(code=OWN))
        parts.append(
            actions.create_indicator(code=code, terms=terms, rests_on=PAPER, plan=plan, position=900, by=by, at=at)
        )
    ratio = replace(
        terms_for(row),
        **shared,
        expression=f"[{TRAINED}] / [{STAFF}] * 100",
        over_units="ratio",
        numerator=parts[0],
        denominator=parts[1],
        method="Số cán bộ đã qua bồi dưỡng chia tổng số cán bộ của từng xã, phường.",
    )
    indicator = actions.take_row(plan=plan, row=row, terms=ratio, by=by, at=at)
    start = Aim(Purpose.BASELINE, date(2024, 12, 31), Decimal(20))
    actions.set_targets(
        indicator=indicator, aims=[start, *_path(row.aims[0], start.value, 0)], rests_on=PAPER, by=by, at=at
    )


def _training(world: World, span: Span) -> Iterator[Value]:
    """Each commune's trained and staff: more of them quarter by quarter, a few communes slow, one of them silent."""
    communes = sorted(code for code, unit in world.units.items() if unit.kind == UnitKind.COMMUNE)
    quarter = _spans(Frequency.QUARTER).index(span) - 2
    for place, code in enumerate(communes):
        staff = 28 + place % 7
        trained = min(staff, staff * (18 + 14 * quarter + place * 5 % 19 + 20 * (place % 3 == 0)) // 100)
        if place != 11:
            yield Value(TRAINED, span.code, "official", Decimal(trained), code)
            yield Value(STAFF, span.code, "official", Decimal(staff), code)


def _tell(world: World, values: list[Value], at: datetime) -> None:
    """Each owner's officer records what is theirs, and the coordinator accepts all of it."""
    passports = Passport.objects.in_force().filter(indicator__code__in={each.indicator for each in values})
    owners: dict[str, str] = dict(passports.values_list("indicator__code", "owner__code"))
    by_owner: dict[str, list[Value]] = defaultdict(list)
    for each in values:
        by_owner[owners[each.indicator]].append(each)
    for owner, own in by_owner.items():
        _deliver(world, owner, OWN, own, at)
    told_twice = [each for each in values if each.indicator.endswith(f"PL-I.{COVERED}") and each.period == "2026-Q3"]
    if told_twice:
        lower = [replace(each, value=each.value - 5) for each in told_twice]
        _deliver(world, owners[lower[0].indicator], STATISTICS, lower, at)
    waiting = Observation.objects.filter(standing="pending").values_list("pk", flat=True)
    accept_observations(observations=list(waiting), by=world.coordinator, at=at, doubtful=True)


def _deliver(world: World, owner: str, source: str, values: list[Value], at: datetime) -> None:
    rows = [
        Cell(
            number,
            each.indicator,
            each.unit,
            each.period,
            each.status,
            each.value,
            note="Rà soát lại số liệu gốc" if each.status == "revised" else "",
        )
        for number, each in enumerate(values, 1)
    ]
    named = Source.objects.get(code=source)
    deliver_rows(source=named, rows=rows, form=Batch.Form.PAGE, by=world.officer(owner), at=at)


def _schedule_programmes(world: World, agenda: Agenda, plan: Plan, now: datetime) -> None:
    """Two programmes, drawn up in autumn 2025, in force from the new year, published each quarter but one."""
    drawn_up = at(date(2025, 12, 1), 9)
    if drawn_up + timedelta(days=20) < now:
        agenda.add(drawn_up, partial(_draw_up, world, plan))
    for span in spans(Frequency.QUARTER, date(2026, 1, 1), LAST):
        moment = at(span.last_day + timedelta(days=28), 15)
        for code in PROGRAMMES:
            if (code, span.code) not in SILENT and moment < now:
                agenda.add(moment, partial(_publish, world, code, span.code))


def _draw_up(world: World, plan: Plan, at: datetime) -> None:
    for code, (title, owner, numbers) in PROGRAMMES.items():
        programme = actions.create_programme(
            code=code,
            title=title,
            owner=world.units[owner],
            frequency="quarter",
            publish_days=30,
            plan=plan,
            by=world.coordinator,
            at=at,
        )
        for number in numbers:
            passport = Passport.objects.in_force().get(indicator__code=f"{plan.code}.PL-I.{number}")
            unit = passport.owner or world.units[DEFAULT_OWNER]
            actions.set_objective(
                programme=programme,
                indicator=passport.indicator,
                unit=unit,
                head=world.head(unit.code),
                by=world.coordinator,
                at=at,
            )
        paper, on = "Quyết định số 2150/QĐ-UBND ngày 20/12/2025 (minh họa)", date(2026, 1, 1)
        actions.put_in_force(programme=programme, on=on, decision=paper, by=world.leader, at=at)


def _publish(world: World, code: str, period: str, at: datetime) -> None:
    programme = Programme.objects.get(code=code)
    actions.publish_measurement(programme=programme, period=period, by=world.coordinator, at=at)
