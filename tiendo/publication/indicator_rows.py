"""Indicators and programmes of a release as rows of the published tables, and their numbers for the first page."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from tiendo.indicators.states import State
from tiendo.plans.finding import index_text
from tiendo.plans.models import Plan
from tiendo.publication import indicator_reading as reading
from tiendo.publication.indicator_records import decimal, indicator_record, programme_record
from tiendo.publication.records import Record, Setting


def indicator_rows(plan: Plan, setting: Setting) -> list[Record]:
    """The columns lists need, and the whole record as `data`."""
    hidden = reading.hidden_codes()
    records = [indicator_record(parts, setting, hidden) for parts in reading.indicators_with_parts(plan)]
    return [indicator_row(record, place) for place, record in enumerate(records, 1)]


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
    return {
        "indicators": {**counts_of(rows), "not_public": reading.hidden_indicators(plan)},
        "programmes": programme_records(plan, setting, {row["code"] for row in rows}, on=on),
    }


def counts_of(rows: Iterable[Record]) -> dict[str, Any]:
    """Total and number in each state, silence included."""
    states = Counter(row["state"] for row in rows)
    return {"total": states.total(), "states": {state.value: states[state.value] for state in State}}


def programme_records(plan: Plan, setting: Setting, public: set[str], *, on: date) -> list[Record]:
    """Programmes of the plan in the order of their codes."""
    return [programme_record(row, told, setting, public, on=on) for row, told in reading.programmes(plan)]
