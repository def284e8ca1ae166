"""The passports and units of a copy as `indicators` reads them, and as small tables for the stages."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tiendo.indicators.figures import Rule
from tiendo.indicators.measures import dimension_of, factor_of
from tiendo.indicators.reaching import Move, Place, Places, Reach
from tiendo.indicators.rollups import Policy
from tiendo.indicators.spans import MONTHS, Span, parts_of, span_of, wholes_of
from tiendo.indicators.states import Direction, Frequency, Measure, Rollup
from tiendo.ui.formats import as_decimal
from tiendo.warehouse.engine import Connection

PASSPORT = (
    "indicator_id", "code", "unit_code", "frequency", "direction", "measure", "expression", "over_units", "over_time",
    "weight_id", "numerator_id", "denominator_id", "source_id", "measured_kinds", "slices", "checks",
)  # fmt: skip
TABLES: Mapping[str, Mapping[str, str]] = {
    "rules": {
        "indicator_id": "BIGINT", "level": "INTEGER", "months": "INTEGER", "direction": "VARCHAR", "measure": "VARCHAR",
        "is_formula": "BOOLEAN", "is_ratio": "BOOLEAN", "over_units": "VARCHAR", "over_time": "VARCHAR",
        "weight_id": "BIGINT", "numerator_id": "BIGINT", "denominator_id": "BIGINT", "source_id": "BIGINT",
        "needs_all": "BOOLEAN", "has_kinds": "BOOLEAN", "scale_up": "HUGEINT", "scale_down": "HUGEINT",
    },
    "rule_kinds": {"indicator_id": "BIGINT", "kind": "VARCHAR"},
    "rule_slices": {"indicator_id": "BIGINT", "slice": "VARCHAR"},
    "members": {"whole_id": "BIGINT", "unit_id": "BIGINT", "kind": "VARCHAR", "valid_from": "DATE", "valid_to": "DATE"},
    "periods": {"period": "VARCHAR", "months": "INTEGER", "last_day": "DATE"},
    "period_parts": {"whole": "VARCHAR", "part": "VARCHAR", "months": "INTEGER", "place": "INTEGER"},
}  # fmt: skip


def prepare_rules(connection: Connection) -> int:
    """The small tables of `TABLES`, from the copy that the connection reads; how many levels there are.

    Raises ValueError, with a sentence, when formulas of the copy go round in a circle.
    """
    rules, places = rules_of(connection), places_of(connection)
    reach = Reach(rules, places)
    levels = levels_of(reach)
    spans = _spans(connection)
    put(connection, "rules", [_rule_row(rule, levels[pk]) for pk, rule in rules.items()])
    put(connection, "rule_kinds", [(pk, kind) for pk, rule in rules.items() for kind in sorted(rule.kinds)])
    put(connection, "rule_slices", [(pk, part) for pk, rule in rules.items() for part in ("", *sorted(rule.slices))])
    put(
        connection,
        "members",
        [
            (whole, place.pk, place.kind, place.valid_from, place.valid_to)
            for whole, members in places.members.items()
            for place in members
        ],
    )
    put(connection, "periods", [(span.code, MONTHS[span.frequency], span.last_day) for span in spans])
    put(connection, "period_parts", [part for span in spans for part in _parts(span)])
    return max(levels.values(), default=-1) + 1


def rules_of(connection: Connection) -> dict[int, Rule]:
    """As `indicators.figures_reading.rules` reads them from the working database."""
    columns = ", ".join(PASSPORT)
    asked = (
        f"SELECT {columns} FROM passports JOIN indicators ON indicators.id = indicator_id WHERE is_current ORDER BY 1"  # noqa: S608
    )
    rows = [dict(zip(PASSPORT, row, strict=True)) for row in connection.execute(asked).fetchall()]
    units = {row["indicator_id"]: row["unit_code"] for row in rows}
    return {row["indicator_id"]: _rule(row, units) for row in rows}


def places_of(connection: Connection) -> Places:
    """Every unit with the whole it belongs to; one whose making was undone belongs to none."""
    rows = connection.execute(
        "SELECT id, code, kind, parent_id, valid_from, valid_to FROM units WHERE withdrawn_at IS NULL ORDER BY id"
    ).fetchall()
    moves = connection.execute("SELECT unit_id, parent_id, valid_from FROM placements WHERE undone_at IS NULL")
    return Places((Place(*row) for row in rows), (Move(*row) for row in moves.fetchall()))


def levels_of(reach: Reach) -> dict[int, int]:
    """Of each indicator, how many others stand before it: what it is made of has a lower level."""
    levels: dict[int, int] = {}
    for pk in sorted(reach.rules, key=reach.rank.__getitem__):
        rule = reach.rules[pk]
        needed = [*reach.sides(rule), *([rule.weight] if rule.weight else [])]
        levels[pk] = 1 + max((levels[each] for each in needed if each in levels), default=-1)
    return levels


def put(connection: Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """Make one of the small tables and fill it, a column at a time."""
    columns = TABLES[table]
    connection.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    if rows:
        lists = ", ".join(f"unnest(CAST(? AS {kind}[]))" for kind in columns.values())
        connection.execute(f"INSERT INTO {table} SELECT {lists}", [list(column) for column in zip(*rows, strict=True)])


def _rule(row: Mapping[str, Any], units: Mapping[int, str]) -> Rule:
    checks = json.loads(row["checks"])
    return Rule(
        indicator=row["indicator_id"],
        code=row["code"],
        unit_code=row["unit_code"],
        frequency=Frequency(row["frequency"]),
        direction=Direction(row["direction"]),
        measure=Measure(row["measure"]),
        expression=row["expression"],
        over_units=Rollup(row["over_units"]),
        over_time=Rollup(row["over_time"]),
        weight=row["weight_id"],
        numerator=row["numerator_id"],
        denominator=row["denominator_id"],
        kinds=frozenset(json.loads(row["measured_kinds"])),
        slices=frozenset(f"{each['code']}={value}" for each in json.loads(row["slices"]) for value in each["values"]),
        source=row["source_id"],
        tolerance=as_decimal(checks.get("tolerance_percent")) or Decimal(0),
        policy=Policy.ALL if checks.get("parts") == Policy.ALL.value else Policy.PARTIAL,
        scale=_scale(row, units),
    )


def _scale(row: Mapping[str, Any], units: Mapping[int, str]) -> Decimal:
    over, under = (units.get(row[side] or 0) for side in ("numerator_id", "denominator_id"))
    if over is None or under is None or dimension_of(over) / dimension_of(under) != dimension_of(row["unit_code"]):
        return Decimal(1)
    return factor_of(over) / factor_of(under) / factor_of(row["unit_code"])


def _rule_row(rule: Rule, level: int) -> tuple[object, ...]:
    scale = Fraction(rule.scale)
    return (
        rule.indicator, level, MONTHS[rule.frequency], rule.direction.value, rule.measure.value,
        bool(rule.expression), rule.is_ratio, rule.over_units.value, rule.over_time.value,
        rule.weight, rule.numerator, rule.denominator, rule.source,
        rule.policy is Policy.ALL, bool(rule.kinds), scale.numerator, scale.denominator,
    )  # fmt: skip


def _spans(connection: Connection) -> list[Span]:
    """Every period that has a line or a figure, and the longer ones it is part of."""
    asked = "SELECT DISTINCT period FROM observations UNION SELECT DISTINCT period FROM figures"
    codes = {code for (code,) in connection.execute(asked).fetchall()}
    spans = {span for code in codes for span in (span_of(code), *wholes_of(code))}
    return sorted(spans, key=lambda span: (span.last_day, MONTHS[span.frequency]))


def _parts(whole: Span) -> Iterable[tuple[str, str, int, int]]:
    """Every shorter period of it, whether anything is known of that one or not."""
    return (
        (whole.code, part.code, MONTHS[each], place)
        for each in Frequency
        for place, part in enumerate(parts_of(whole.code, each))
    )
