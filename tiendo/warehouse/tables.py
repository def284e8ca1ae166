"""Which tables the analytical copy holds, with which columns, and how each is read so that both databases agree. Pure.

A decimal is DECIMAL(24, 6) in the copy whatever the database keeps: it is cast here, once, and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Vendor(StrEnum):
    """The two databases a copy can be made from, as Django names them."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Kind(StrEnum):
    """The type of a column of the copy, as DuckDB writes it."""

    WHOLE = "BIGINT"
    TEXT = "VARCHAR"
    DAY = "DATE"
    FLAG = "BOOLEAN"
    AMOUNT = "DECIMAL(24, 6)"


# SQLite keeps a decimal as binary floating point with 15 significant digits. Below a thousand million the scaled
# number has at most 15 of them and the direct cast rounds to the digit written; above, the shortest text that gives
# the same floating point number is that digit string. The text is fifty times slower, so only the few go through it.
_SQLITE_AMOUNT = (
    "CASE WHEN abs({name}) < 1e9 THEN CAST({name} AS DECIMAL(24, 6)) "
    "ELSE CAST(CAST({name} AS VARCHAR) AS DECIMAL(24, 6)) END"
)


@dataclass(frozen=True)
class Table:
    """One table of the copy: its name there, the table of the database, and the columns by name."""

    name: str
    source: str
    columns: Mapping[str, Kind]

    def selection(self, vendor: Vendor, schema: str) -> str:
        """The SELECT that reads it from the attached database."""
        read = ", ".join(f"{_expression(name, kind, vendor)} AS {name}" for name, kind in self.columns.items())
        return f"SELECT {read} FROM {schema}.{self.source}"  # noqa: S608 – names from this module alone


def _expression(name: str, kind: Kind, vendor: Vendor) -> str:
    if kind is Kind.AMOUNT and vendor is Vendor.SQLITE:
        return _SQLITE_AMOUNT.format(name=name)
    return f"CAST({name} AS {kind})"


OBSERVATIONS = Table(
    "observations",
    "indicators_observation",
    {
        "id": Kind.WHOLE,
        "indicator_id": Kind.WHOLE,
        "unit_id": Kind.WHOLE,
        "period": Kind.TEXT,
        "period_end": Kind.DAY,
        "slice": Kind.TEXT,
        "source_id": Kind.WHOLE,
        "number": Kind.WHOLE,
        "status": Kind.TEXT,
        "value": Kind.AMOUNT,
        "no_value": Kind.TEXT,
        "is_current": Kind.FLAG,
    },
)
FIGURES = Table(
    "figures",
    "indicators_figure",
    {
        "id": Kind.WHOLE,
        "indicator_id": Kind.WHOLE,
        "unit_id": Kind.WHOLE,
        "period": Kind.TEXT,
        "period_end": Kind.DAY,
        "slice": Kind.TEXT,
        "origin": Kind.TEXT,
        "status": Kind.TEXT,
        "value": Kind.AMOUNT,
        "target_id": Kind.WHOLE,
        "state": Kind.TEXT,
        "progress": Kind.AMOUNT,
        "distance": Kind.AMOUNT,
    },
)
TARGETS = Table(
    "targets",
    "indicators_targetline",
    {
        "id": Kind.WHOLE,
        "indicator_id": Kind.WHOLE,
        "unit_id": Kind.WHOLE,
        "purpose": Kind.TEXT,
        "due_on": Kind.DAY,
        "category": Kind.TEXT,
        "is_current": Kind.FLAG,
        "is_withdrawn": Kind.FLAG,
        "comparator": Kind.TEXT,
        "value": Kind.AMOUNT,
        "upper": Kind.AMOUNT,
        "full_value": Kind.AMOUNT,
    },
)
PASSPORTS = Table(
    "passports",
    "indicators_passport",
    {
        "id": Kind.WHOLE,
        "indicator_id": Kind.WHOLE,
        "number": Kind.WHOLE,
        "is_current": Kind.FLAG,
        "measure": Kind.TEXT,
        "direction": Kind.TEXT,
        "expression": Kind.TEXT,
        "unit_code": Kind.TEXT,
        "slices": Kind.TEXT,
        "source_id": Kind.WHOLE,
        "frequency": Kind.TEXT,
        "over_units": Kind.TEXT,
        "over_time": Kind.TEXT,
        "weight_id": Kind.WHOLE,
        "numerator_id": Kind.WHOLE,
        "denominator_id": Kind.WHOLE,
        "measured_kinds": Kind.TEXT,
        "checks": Kind.TEXT,
    },
)
INDICATORS = Table("indicators", "indicators_indicator", {"id": Kind.WHOLE, "code": Kind.TEXT, "retired_on": Kind.DAY})
UNITS = Table(
    "units",
    "orgs_unit",
    {
        "id": Kind.WHOLE,
        "code": Kind.TEXT,
        "kind": Kind.TEXT,
        "parent_id": Kind.WHOLE,
        "valid_from": Kind.DAY,
        "valid_to": Kind.DAY,
        "withdrawn_at": Kind.TEXT,
    },
)
PLACEMENTS = Table(
    "placements",
    "orgs_placement",
    {"unit_id": Kind.WHOLE, "parent_id": Kind.WHOLE, "valid_from": Kind.DAY, "undone_at": Kind.TEXT},
)
SOURCES = Table("sources", "indicators_source", {"id": Kind.WHOLE, "code": Kind.TEXT})
TABLES = (OBSERVATIONS, FIGURES, TARGETS, PASSPORTS, INDICATORS, UNITS, PLACEMENTS, SOURCES)
