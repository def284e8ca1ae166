"""Millions of accepted observations made inside the database, from numbers alone: both databases hold the same values.

Communes under provincial committees, indicators of every direction, comparator and way of rolling up, quarters, targets
for all and for some units. Indexes are taken away for the load and put back, as anybody loads so much.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import connection

from bench.generate import put
from bench.unhindered import unhindered
from tiendo.accounts.models import Post, Role, User
from tiendo.indicators.keeping import kept_sentences
from tiendo.indicators.models import Figure, Indicator, Observation, Passport, Source, TargetLine
from tiendo.indicators.spans import spans
from tiendo.indicators.states import Comparator, Frequency
from tiendo.orgs.models import Unit, UnitKind
from tiendo.ui.sentences import Sentence

FIRST = date(2025, 1, 1)
PER_PROVINCE = 103  # communes under one committee
OWN_TARGETS = 10  # one indicator in so many sets a target for each unit
ROLLUPS = ("sum", "mean", "weighted", "ratio", "max", "min", "none", "mean", "sum", "weighted")
OVER_TIME = ("last", "sum", "mean", "max", "last", "last", "min", "last")
NO_VALUE = 211  # one value in so many is missing with a reason


@dataclass(frozen=True)
class Size:
    """What is measured: one observation for each unit, indicator and period."""

    units: int = 3500
    indicators: int = 200
    periods: int = 20

    @property
    def observations(self) -> int:
        return self.units * self.indicators * self.periods


@dataclass(frozen=True)
class Loaded:
    """What the load hangs on."""

    coordinator: User
    officer: User
    communes: list[Unit]
    indicators: list[Indicator]
    source: Source


def load(size: Size, *, at: datetime) -> Loaded:
    """Everything, in an emptied database."""
    communes = _units(size)
    coordinator, officer = _people(communes[0], at)
    source = Source.objects.create(code="bao-cao", name="Báo cáo của đơn vị", kind=Source.Kind.REPORT, created_at=at)
    indicators = _indicators(size, coordinator, source, at)
    _targets(indicators, communes, coordinator, at)
    loaded = Loaded(coordinator, officer, communes, indicators, source)
    _observations(size, loaded, at)
    return loaded


def _people(unit: Unit, at: datetime) -> tuple[User, User]:
    coordinator, officer = put(User(username=name, full_name=name) for name in ("dau-moi", "can-bo"))
    since = at.date() - timedelta(days=700)
    put(
        Post(user=user, unit=unit, role=role, title=str(role.label), valid_from=since)
        for user, role in ((coordinator, Role.COORDINATOR), (officer, Role.OFFICER))
    )
    return coordinator, officer


def _units(size: Size) -> list[Unit]:
    provinces = -(-size.units // PER_PROVINCE)
    committees = put(_unit(n, UnitKind.COMMITTEE, None) for n in range(provinces))
    return put(_unit(n, UnitKind.COMMUNE, committees[n // PER_PROVINCE]) for n in range(size.units))


def _unit(n: int, kind: UnitKind, parent: Unit | None) -> Unit:
    name = f"{kind.label} {n:04}"
    return Unit(
        code=f"{kind.value}-{n}",
        name=name,
        short_name=name,
        folded=name.lower(),
        sort_key=f"{n:05}",
        kind=kind,
        parent=parent,
    )


def _indicators(size: Size, by: User, source: Source, at: datetime) -> list[Indicator]:
    indicators = put(
        Indicator(code=f"CT-{n:03}", position=n, folded=f"ct {n:03}", created_at=at) for n in range(size.indicators)
    )
    put(_passport(n, indicators, by, source, at) for n in range(size.indicators))
    return indicators


def _passport(n: int, indicators: list[Indicator], by: User, source: Source, at: datetime) -> Passport:
    """The first indicator weighs and divides for the others."""
    over_units = "sum" if n == 0 else ROLLUPS[n % len(ROLLUPS)]
    return Passport(
        indicator=indicators[n],
        number=1,
        name=f"Chỉ tiêu thử tải {n:03}",
        unit_code="percent",
        unit_text="%",
        direction="down" if n % 4 == 3 else "within" if n % 20 == 6 else "up",
        source=source,
        frequency=Frequency.QUARTER,
        first_period="2025-Q1",
        over_units=over_units,
        over_time=OVER_TIME[n % len(OVER_TIME)],
        weight=indicators[0] if over_units == "weighted" else None,
        numerator=indicators[n - 1] if over_units == "ratio" else None,
        denominator=indicators[0] if over_units == "ratio" else None,
        measured_kinds=[UnitKind.COMMUNE.value],
        rests_on="Kế hoạch thử tải",
        recorded_by=by,
        recorded_at=at,
    )


def _targets(indicators: list[Indicator], communes: list[Unit], by: User, at: datetime) -> None:
    """A baseline, a milestone each year and an end; of some indicators an end for each unit as well."""
    lines = [line for n, indicator in enumerate(indicators) for line in _road(n, indicator, by, at)]
    lines += [
        _line(indicator, "final", date(2030, 12, 31), _end(n) + Decimal(place % 7), n, by, at, unit=unit)
        for n, indicator in enumerate(indicators)
        if n % OWN_TARGETS == 1
        for place, unit in enumerate(communes)
    ]
    put(lines)


def _road(n: int, indicator: Indicator, by: User, at: datetime) -> Iterator[TargetLine]:
    start, end = Decimal(50), _end(n)
    if n % 6:
        yield _line(indicator, "baseline", date(2024, 12, 31), start, n, by, at)
    for year in range(2025, 2030):
        yield _line(indicator, "path", date(year, 12, 31), start + (end - start) * (year - 2024) / 6, n, by, at)
    yield _line(indicator, "final", date(2030, 12, 31), end, n, by, at)


def _end(n: int) -> Decimal:
    """Down for every fourth."""
    return Decimal(20 + n % 9) if n % 4 == 3 else Decimal(70 + n % 23)


def _line(
    indicator: Indicator, purpose: str, due_on: date, value: Decimal, n: int, by: User, at: datetime, **more: Unit
) -> TargetLine:
    comparator = (
        (Comparator.AT_MOST, Comparator.LESS_THAN) if n % 4 == 3 else (Comparator.AT_LEAST, Comparator.MORE_THAN)
    )
    within = n % 20 == 6 and purpose != "baseline"
    return TargetLine(
        indicator=indicator,
        purpose=purpose,
        due_on=due_on,
        number=1,
        comparator=Comparator.BETWEEN if within else comparator[n % 5 == 4],
        value=value.quantize(Decimal("0.000001")),
        upper=value + 5 if within else None,
        rests_on="Kế hoạch thử tải",
        recorded_by=by,
        recorded_at=at,
        **more,
    )


def _observations(size: Size, loaded: Loaded, at: datetime) -> None:
    """One statement for all; the hash spreads values over 0 to 100 with four decimals."""
    periods = spans(Frequency.QUARTER, FIRST, date(FIRST.year + -(-size.periods // 4), 12, 31))[: size.periods]
    listed = ", ".join(f"({n}, '{span.code}', '{span.last_day}')" for n, span in enumerate(periods))
    u, i = f"(u.id - {loaded.communes[0].pk})", f"(i.id - {loaded.indicators[0].pk})"
    mixed = f"(({u} * 7919 + {i} * 104729 + p.n * 15485863 + {u} * {i} * 31 + {u} * p.n * 17) % 1000003)"
    gone = f"{mixed} % {NO_VALUE} = 0"
    moment = f"'{connection.ops.adapt_datetimefield_value(at)}'"
    columns = {
        "indicator_id": "i.id",
        "unit_id": "u.id",
        "period": "p.code",
        "period_end": "CAST(p.last AS date)" if connection.vendor == "postgresql" else "p.last",
        "slice": "''",
        "source_id": str(loaded.source.pk),
        "number": "1",
        "status": f"CASE WHEN {mixed} % 5 = 0 THEN 'estimate' ELSE 'official' END",
        "value": f"CASE WHEN {gone} THEN NULL ELSE {mixed} / 10000.0 END",
        "no_value": f"CASE WHEN {gone} THEN 'not_measured' END",
        "note": "''",
        "evidence_id": "NULL",
        "evidence_name": "''",
        "batch_id": "NULL",
        "warnings": "'[]'",
        "standing": "'accepted'",
        "is_current": "true",
        "recorded_by_id": str(loaded.officer.pk),
        "recorded_at": moment,
        "decided_by_id": str(loaded.coordinator.pk),
        "decided_at": moment,
        "reason": "NULL",
    }
    asked = {field.column for field in Observation._meta.local_concrete_fields} - {"id"}
    if asked != set(columns):
        raise ValueError(f"the load does not know all columns: {sorted(asked ^ set(columns))}")
    with unhindered(Observation._meta.db_table), connection.cursor() as cursor:
        cursor.execute(
            f"WITH p(n, code, last) AS (VALUES {listed}) INSERT INTO indicators_observation ({', '.join(columns)}) "  # noqa: S608
            f"SELECT {', '.join(columns.values())} FROM indicators_indicator i CROSS JOIN orgs_unit u CROSS JOIN p "
            "WHERE u.kind = 'commune'"
        )


def _said(words: str) -> str:
    return json.dumps(kept_sentences([Sentence.of(words)])[0], ensure_ascii=False)


FIGURE = {
    "indicator_id": "indicator_id",
    "unit_id": "unit_id",
    "period": "period",
    "period_end": "period_end",
    "slice": "slice",
    "origin": "origin",
    "status": "CASE finality WHEN 0 THEN 'estimate' WHEN 1 THEN 'official' ELSE 'revised' END",
    "value": "value",
    "no_value": f"CASE WHEN value IS NULL THEN '{_said('Chưa có số liệu.')}' END",
    "target_id": "target_id",
    "state": "state",
    "progress": "progress",
    "not_computable": f"CASE WHEN progress IS NULL THEN '{_said('Chưa đặt mục tiêu.')}' END",
    "distance": "distance",
    "made_from": "'{}'",
    "flags": "'[]'",
}


def put_figures(file: Path, *, at: datetime) -> None:
    """The figures worked out through the copy, put into the working database in bulk."""
    asked = {field.column for field in Figure._meta.local_concrete_fields} - {"id", "made_at"}
    if asked != set(FIGURE):
        raise ValueError(f"the load does not know all columns: {sorted(asked ^ set(FIGURE))}")
    named = ", ".join(f"{expression} AS {name}" for name, expression in FIGURE.items())
    selection = f"SELECT {named}, TIMESTAMP '{at:%Y-%m-%d %H:%M:%S}' AS made_at FROM read_parquet('{file}')"  # noqa: S608
    columns = ", ".join([*FIGURE, "made_at"])
    with unhindered(Figure._meta.db_table):
        if connection.vendor == "postgresql":
            _copy_in(selection, columns, file.with_suffix(".csv"))
        else:
            _insert(selection, columns)


def _copy_in(selection: str, columns: str, rows: Path) -> None:
    from tiendo.warehouse.engine import Limits, connect, quoted

    with connect(None, limits=Limits(), spill=rows.parent / "spill") as engine:
        engine.execute(f"COPY ({selection}) TO {quoted(rows)} (FORMAT csv, HEADER false)")
    wanted = f"COPY indicators_figure ({columns}) FROM STDIN (FORMAT csv)"
    with rows.open("rb") as read, connection.cursor() as cursor, cursor.copy(wanted) as copied:
        while some := read.read(1 << 20):
            copied.write(some)
    rows.unlink()


def _insert(selection: str, columns: str) -> None:
    """By the other engine in a process of its own, while nobody here has the file open."""
    order = {"file": str(connection.settings_dict["NAME"]), "columns": columns, "selection": selection}
    connection.close()
    command = [sys.executable, "-m", "bench.measuring_insert"]
    subprocess.run(command, input=json.dumps(order), text=True, check=True)  # noqa: S603 – ours
