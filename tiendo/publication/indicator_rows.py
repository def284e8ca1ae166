"""Indicators and programmes of a release as rows of the published tables, and their numbers for the first page."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from tiendo.indicators.dependencies import in_order
from tiendo.indicators.states import State
from tiendo.plans.finding import index_text
from tiendo.plans.models import Plan
from tiendo.publication import indicator_reading as reading
from tiendo.publication.indicator_records import decimal, indicator_record, programme_record
from tiendo.publication.keeping_back import rests_on, silent_cells, silent_periods
from tiendo.publication.records import Record, Setting


def indicator_rows(plan: Plan, setting: Setting) -> list[Record]:
    """The columns lists need, and the whole record as `data`."""
    parts = {each.passport["indicator__code"]: each for each in reading.indicators_with_parts(plan)}
    hidden, before = reading.hidden_codes(), reading.said_before([each.passport for each in parts.values()])
    needs = {code: [c for c in rests_on(each.passport) if c in parts] for code, each in parts.items()}
    records: dict[str, Record] = {}
    for code in in_order(needs):
        also = {cell for side in needs[code] for cell in silent_cells(records[side])}
        records[code] = indicator_record(parts[code], setting, hidden, before=before.get(code, {}), also=also)
    return [indicator_row(records[code], place) for place, code in enumerate(parts, 1)]


def indicator_row(record: Record, position: int) -> Record:
    """An indicator by the figure of the whole; without one it stands as having no data."""
    latest = record["latest"]
    owner = record["owner"] or {}
    return {
        "code": record["code"],
        "position": position,
        "name": record["name"],
        "folded": index_text(record["name"], record["code"], record["definition"], owner.get("name")),
        "owner_code": owner.get("code"),
        "owner_name": owner.get("name"),
        "state": latest["state"] if latest else State.NO_DATA.value,
        "period": latest["period"] if latest else None,
        "value": decimal(latest["value"]) if latest else None,
        "data": record,
    }


def summary_of(plan: Plan, rows: Iterable[Record], setting: Setting, *, on: date) -> dict[str, Any]:
    """How many indicators in each state, how many are kept from the public, and the programmes measured."""
    rows = list(rows)
    return {
        "indicators": {**counts_of(rows), "not_public": reading.hidden_indicators(plan)},
        "programmes": programme_records(plan, setting, rows, on=on),
    }


def counts_of(rows: Iterable[Record]) -> dict[str, Any]:
    """Total and number in each state, silence included."""
    states = Counter(row["state"] for row in rows)
    return {"total": states.total(), "states": {state.value: states[state.value] for state in State}}


def programme_records(plan: Plan, setting: Setting, rows: list[Record], *, on: date) -> list[Record]:
    """Programmes of the plan in the order of their codes."""
    public = {row["code"] for row in rows}
    silent = {(row["code"], period) for row in rows for period in silent_periods(row["data"])}
    return [programme_record(row, told, setting, public, silent, on=on) for row, told in reading.programmes(plan)]
