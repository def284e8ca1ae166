"""The public history of one task, frozen with the release: what happened, on which day, by which paper (R061). Pure.

A line keeps codes and names, never a sentence: `plans.timeline.told` says it in the reader's language. Whoever gives a
name of `plans.timeline.WHATS` another meaning changes what old releases say.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tiendo.plans.timeline import Turn, deadline_change, terms_change

Row = Mapping[str, Any]
Record = dict[str, Any]
Clean = Callable[[str | None], str | None]


@dataclass(frozen=True)
class Passing:
    """The answer for a part of the task passes on: the turn, the names, how (a kind of succession, "" for a handover
    of this task alone), and the paper."""

    turn: Turn
    was: str
    now: str
    how: str
    source: str


@dataclass
class Past:
    """What only the history reads of one task: every assignment, ended ones too; passings; terms; commendations."""

    charged: list[Row] = field(default_factory=list)
    passings: list[Passing] = field(default_factory=list)
    terms: list[Row] = field(default_factory=list)  # of each version, oldest first
    praise: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Tools:
    """How a moment becomes a day, how free text and papers are made fit for everybody, how a report is named."""

    day_of: Callable[[datetime], date]
    clean: Clean
    paper_named: Callable[[str], str | None]
    cited: Callable[[Row, str], Record]
    report: Callable[[Row], Record]


@dataclass(frozen=True)
class Told:
    """The rows of a task that the record tells anyway."""

    task: Row
    ledger: Iterable[Row]
    reports: Iterable[Row]  # accepted ones, oldest first
    money: Iterable[Row]


def timeline(told: Told, past: Past, tools: Tools) -> list[Record]:
    """Every line, oldest first: {on, what, values, document, source, report}."""
    lines = [
        line(told.task["followed_from"], "set", document=tools.cited(told.task, "item__document")),
        *deadlines(told.ledger, tools),
        *units(past.charged, tools),
        *(passing_line(each, tools) for each in past.passings),
        *versions(past.terms, tools),
        *states(told.reports, tools),
        *money(told.money, tools),
        *(praised(row, tools) for row in past.praise),
    ]
    return sorted(lines, key=lambda each: str(each["on"]))


def line(on: date, what: str, values: Mapping[str, str] | None = None, **more: object) -> Record:
    told = {"on": on.isoformat(), "what": what, "values": dict(values or {})}
    return {**told, "document": None, "source": None, "report": None, **more}


def deadlines(ledger: Iterable[Row], tools: Tools) -> Iterator[Record]:
    was: date | None = None
    for row in ledger:
        what, values = deadline_change(row["number"] == 1, row["kind"], was, row["due_on"])
        yield line(tools.day_of(row["recorded_at"]), what, values, source=tools.paper_named(row["source"]))
        was = row["due_on"]


def units(charged: Iterable[Row], tools: Tools) -> Iterator[Record]:
    for row in charged:
        name = row["unit__name"] or tools.clean(row["printed"]) or row["group__name"] or ""
        values = {"unit": name, "role": row["role"]}
        yield line(tools.day_of(row["started_at"]), "unit_given", values)
        if row["ended_at"] is not None:
            yield line(tools.day_of(row["ended_at"]), "unit_ended", values)


def passing_line(each: Passing, tools: Tools) -> Record:
    values = {"was": each.was, "unit": each.now}
    source = tools.paper_named(each.source)
    if not each.how:
        return line(each.turn.on, "unit_handed", values, source=source)
    return line(each.turn.on, "unit_succeeded", {**values, "how": each.how}, source=source)


def versions(terms: Iterable[Row], tools: Tools) -> Iterator[Record]:
    """Each version of the plan that says something else of the task than the one before."""
    for before, after in pairwise(terms):
        found = terms_change(before["terms"], after["terms"], after["said"])
        if found is not None:
            what, values = found
            document = tools.cited(after, "version__document")
            yield line(after["version__in_force_from"], what, values, document=document)


def states(reports: Iterable[Row], tools: Tools) -> Iterator[Record]:
    """What each accepted report said of state and percent; the day of completion beside it."""
    before = "not_started"
    for row in reports:
        if row["state"] is None and row["percent"] is None:
            continue
        now = row["state"] or before
        percent = {} if row["percent"] is None else {"percent": plain(row["percent"])}
        what = "state_percent" if percent else "state"
        yield line(tools.day_of(row["decided_at"]), what, {"state": now, **percent}, report=tools.report(row))
        if now == "completed" != before and row["completed_on"] is not None:
            day = row["completed_on"]
            yield line(day, "completed", {"day": day.isoformat()}, report=tools.report(row))
        before = now


def money(rows: Iterable[Row], tools: Tools) -> Iterator[Record]:
    for row in rows:
        values = {"year": str(row["year"]), "amount": plain(row["amount"])}
        yield line(
            tools.day_of(row["decided_at"]), f"money_{row['kind']}", values, source=tools.paper_named(row["document"])
        )


def praised(row: Row, tools: Tools) -> Record:
    values = {"unit": row["unit__name"], "form": tools.clean(row["form"]) or ""}
    return line(row["decided_on"], "commended", values, source=tools.paper_named(row["decision"]))


def plain(value: Decimal) -> str:
    """Decimal text without idle zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
