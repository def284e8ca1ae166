"""Figures of the stages are those of the pure modules: chosen lines, ratios, wholes, longer periods, judged."""

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import Phase, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.oracles.figures import all_figures
from tiendo.indicators.courses import Line, Threshold
from tiendo.indicators.figures import Cell, Observed
from tiendo.indicators.reaching import Reach
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Comparator, Purpose, Status
from tiendo.ui.sentences import Sentence
from tiendo.warehouse.figures import recompute
from tiendo.warehouse.rules import places_of, rules_of
from tiendo.warehouse.tables import TABLES

EXAMPLES = 25  # each goes through all stages
WHOLE, COMMUNES, INDICATORS = 1, (2, 3, 4), (1, 2, 3, 4)
PERIODS = ("2025-Q1", "2025-Q2", "2025-Q4", "2025-H1", "2025", "2026-Q1", "2025-M02")
DAYS = tuple(date(year, month, 30) for year in (2024, 2025, 2026) for month in (6, 12))
SLICES = ("", "gioi=nam")
Row = tuple[object, ...]

amounts = st.one_of(
    st.integers(-3, 12).map(Decimal), st.decimals(-20, 200, places=6), st.decimals(-(10**8), 10**8, places=3)
)


@dataclass
class Rows:
    """A small database as rows by table, each a dictionary of columns; what is not named is null."""

    tables: dict[str, list[dict[str, object]]] = field(default_factory=dict)

    def add(self, table: str, **columns: object) -> None:
        self.tables.setdefault(table, []).append(columns)


@st.composite
def worlds(draw: st.DrawFn) -> Rows:
    rows = Rows()
    several = draw(st.booleans())
    rows.add("units", id=WHOLE, code="tinh", kind="committee")
    if several:
        rows.add("units", id=9, code="tinh-khac", kind="committee")
    for unit in COMMUNES:
        begun = draw(st.sampled_from([None, date(2025, 5, 1)]))
        parent = draw(st.sampled_from([WHOLE, 9 if several else None]))
        kind = draw(st.sampled_from(["commune", "commune", "department"]))
        rows.add("units", id=unit, code=f"xa-{unit}", kind=kind, parent_id=parent, valid_from=begun)
    for pk in INDICATORS:
        add_indicator(draw, rows, pk)
    places = st.tuples(
        st.sampled_from(INDICATORS),
        st.sampled_from((WHOLE, *COMMUNES)),
        st.sampled_from(PERIODS),
        st.sampled_from(SLICES),
        st.sampled_from([1, 2]),
    )
    for number, place in enumerate(draw(st.lists(places, unique=True, max_size=30))):
        add_observation(draw, rows, number, *place)
    return rows


def add_indicator(draw: st.DrawFn, rows: Rows, pk: int) -> None:
    """It may need indicators before it, so nothing goes in a circle."""
    before = [None, *range(1, pk)]
    rows.add("indicators", id=pk, code=f"CT{pk}")
    over, under = draw(st.sampled_from(before)), draw(st.sampled_from(before))
    ratio = over is not None and under is not None
    ways = ["none", "sum", "mean", "weighted", "last", "max", "min"]
    rows.add(
        "passports",
        id=pk,
        indicator_id=pk,
        is_current=True,
        unit_code=draw(st.sampled_from(["percent", "person"])),
        frequency="quarter",
        direction=draw(st.sampled_from(["up", "down", "within"])),
        measure="number",
        expression="",
        over_units=draw(st.sampled_from([*ways, "ratio", "ratio"] if ratio else ways)),
        over_time=draw(st.sampled_from(ways)),
        weight_id=draw(st.sampled_from(before)),
        numerator_id=over if ratio else None,
        denominator_id=under if ratio else None,
        source_id=draw(st.sampled_from([None, 1])),
        measured_kinds=json.dumps(draw(st.sampled_from([["commune"], ["commune", "department"], []]))),
        slices=json.dumps(draw(st.sampled_from([[], [{"code": "gioi", "values": ["nam", "nữ"]}]]))),
        checks=json.dumps(draw(st.sampled_from([{}, {"parts": "all"}]))),
    )
    for number in range(draw(st.integers(0, 4))):
        add_target(draw, rows, pk, number)


def add_target(draw: st.DrawFn, rows: Rows, indicator: int, number: int) -> None:
    """Points of the same day, purpose, unit and category twice do not occur."""
    purpose = draw(st.sampled_from(list(Purpose)))
    comparator = draw(st.sampled_from(list(Comparator))) if purpose is not Purpose.BASELINE else Comparator.AT_LEAST
    value = draw(amounts)
    column: dict[str, object] = {
        "indicator_id": indicator,
        "unit_id": draw(st.sampled_from([None, None, WHOLE, COMMUNES[0]])),
        "purpose": purpose.value,
        "due_on": draw(st.sampled_from(DAYS)),
        "category": draw(st.sampled_from(["", "", "nam", "gioi=nam"])),
    }
    if any(column.items() <= other.items() for other in rows.tables.get("targets", ())):
        return
    upper = value + 5 if comparator is Comparator.BETWEEN else None
    rows.add(
        "targets",
        id=10 * indicator + number,
        is_current=True,
        is_withdrawn=False,
        comparator=comparator.value,
        value=value,
        upper=upper,
        **column,
    )


def add_observation(
    draw: st.DrawFn, rows: Rows, number: int, indicator: int, unit: int, period: str, part: str, source: int
) -> None:
    value = draw(st.none() | amounts | amounts)
    why = None if value is not None else draw(st.sampled_from(["not_measured", "not_applicable"]))
    status = draw(st.sampled_from(list(Status)))
    rows.add(
        "observations",
        id=number,
        indicator_id=indicator,
        unit_id=unit,
        period=period,
        slice=part,
        period_end=span_of(period).last_day,
        source_id=source,
        number=1,
        status=status.value,
        value=value,
        no_value=why,
        is_current=True,
    )


def filled(rows: Rows) -> duckdb.DuckDBPyConnection:
    """The tables of a copy with these rows."""
    connection = duckdb.connect()
    for table in TABLES:
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
        connection.execute(f"CREATE TABLE {table.name} ({columns})")
        for row in rows.tables.get(table.name, ()):
            marks = ", ".join("?" for _ in row)
            connection.execute(f"INSERT INTO {table.name} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    return connection


def staged(rows: Rows) -> dict[Cell, Row]:
    connection = filled(rows)
    recompute(connection)
    columns = "origin, finality, value, state, progress, distance, target_id"
    asked = f"SELECT indicator_id, unit_id, period, slice, {columns} FROM judged"
    found = connection.execute(asked).fetchall()
    assert len({row[:4] for row in found}) == len(found)
    return {Cell(*row[:4]): row[4:] for row in found}


def expected(rows: Rows, *, straight: bool) -> dict[Cell, Row]:
    connection = filled(rows)
    reach = Reach(rules_of(connection), places_of(connection))
    observed: dict[Cell, list[Observed]] = {}
    for row in rows.tables.get("observations", ()):
        observed.setdefault(cell_of(row), []).append(line_of(row))
    lines: dict[int, list[Line]] = {}
    for row in sorted(rows.tables.get("targets", ()), key=lambda row: (row["due_on"], row["id"])):
        lines.setdefault(int(str(row["indicator_id"])), []).append(target_of(row))
    found = all_figures(reach, observed, lines, straight=straight)
    finality = list(Status)
    return {
        cell: (
            made.origin.value, finality.index(made.status), made.value, told.state.value, told.progress, told.distance,
            told.target.key if told.target else None,
        )
        for cell, (made, told) in found.items()
    }  # fmt: skip


def cell_of(row: dict[str, object]) -> Cell:
    return Cell(*(row[name] for name in ("indicator_id", "unit_id", "period", "slice")))  # type: ignore[arg-type]


def line_of(row: dict[str, object]) -> Observed:
    reason = Sentence("không") if row["no_value"] else None
    excused = row["no_value"] == "not_applicable"
    return Observed(row["id"], row["source_id"], "", Status(str(row["status"])), row["value"], reason, excused)  # type: ignore[arg-type]


def target_of(row: dict[str, object]) -> Line:
    threshold = Threshold(Comparator(str(row["comparator"])), row["value"], row["upper"])  # type: ignore[arg-type]
    place = row["due_on"], threshold, row["category"], row["unit_id"]
    return Line(row["id"], Purpose(str(row["purpose"])), *place)  # type: ignore[arg-type]


@pytest.mark.parametrize("line", [False, True], ids=["milestones", "straight line"])
def test_the_stages_make_the_figures_of_the_pure_modules(line: bool, settings: object) -> None:
    settings.TIENDO_STRAIGHT_PATH = line  # type: ignore[attr-defined]

    @trying(max_examples=EXAMPLES, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    @given(worlds())
    def same(rows: Rows) -> None:
        assert staged(rows) == expected(rows, straight=line)

    same()
