"""The facts of a report as plain data that keeps, and back again without a change. Pure."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tiendo.indicators.states import State
from tiendo.plans.states import WorkState
from tiendo.reporting.papers.consolidation import DutyLine, MeasureLine, ObstacleLine, Record, ReportFacts, TaskLine
from tiendo.reporting.papers.pictures import series_from_data

_DAYS = frozenset({"data_from", "on", "due_on", "original_due_on", "completed_on"})
_MOMENTS = frozenset({"sent_at", "accepted_at", "first_sent_at"})
_NUMBERS = frozenset({"percent", "money_used", "money_allocated", "percent_estimate", "value", "progress"})


def facts_as_data(facts: ReportFacts) -> dict[str, Any]:
    """Only text, whole numbers, truths, lists and maps: days and moments in ISO form, numbers as they are written."""
    data: dict[str, Any] = _plain(asdict(facts))
    return data


def facts_from_data(data: Mapping[str, Any]) -> ReportFacts:
    """What `facts_as_data` was given."""
    given = _read(data)
    return ReportFacts(
        **given
        | {
            "lines": tuple(_line(each) for each in data["lines"]),
            "duties": tuple(DutyLine(**_read(each)) for each in data["duties"]),
            "directives": _dated(data["directives"]),
            "measures": tuple(_measure(each) for each in data.get("measures", ())),
            "charts": tuple(series_from_data(each) for each in data.get("charts", ())),
            "obstacles": _obstacles(data.get("obstacles")),
        }
    )


def _line(data: Mapping[str, Any]) -> TaskLine:
    return TaskLine(**_read(data) | {"state": WorkState(data["state"]), "record": _record(data["record"])})


def _measure(data: Mapping[str, Any]) -> MeasureLine:
    return MeasureLine(**_read(data) | {"state": State(data["state"]), "levels": tuple(data.get("levels", ()))})


def _obstacles(rows: list[Mapping[str, Any]] | None) -> tuple[ObstacleLine, ...] | None:
    return None if rows is None else tuple(ObstacleLine(**each) for each in rows)


def _record(data: Mapping[str, Any] | None) -> Record | None:
    if data is None:
        return None
    more = {"evidence": tuple(data["evidence"]), "documents": _dated(data["documents"])}
    return Record(**_read(data) | more)


def _dated(pairs: list[list[Any]]) -> tuple[tuple[str, date | None], ...]:
    return tuple((words, date.fromisoformat(day) if day else None) for words, day in pairs)


def _read(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in data.items()}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DAYS:
        return date.fromisoformat(value)
    if name in _MOMENTS:
        return datetime.fromisoformat(value)
    return Decimal(value) if name in _NUMBERS else value


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    if isinstance(value, WorkState | State):
        return value.value
    return str(value) if isinstance(value, Decimal) else value
