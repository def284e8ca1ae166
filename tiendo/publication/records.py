"""One task's public record, put together from rows that have passed the guard. Pure.

Three groups always stand in it, empty or not (R002): progress, resources, results. Whatever a figure says, the record
says beside it where it comes from (R067): an accepted report, or a passage of a document.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tiendo.publication.money import years_of
from tiendo.publication.timelines import Past, Told, Tools, timeline

FILE_NAME = re.compile(r"\.(?:docx?|pdf|txt|xlsx?|png|jpe?g)\s*$", re.IGNORECASE)
Row = Mapping[str, Any]
Record = dict[str, Any]
Clean = Callable[[str | None], str | None]


@dataclass
class Parts:
    """Everything read of one task: its own row and the rows that hang on it."""

    task: Row
    assignments: list[Row] = field(default_factory=list)
    agencies: list[Row] = field(default_factory=list)  # the one that supervises the task's branch, if any
    ledger: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    reports: list[Row] = field(default_factory=list)  # accepted ones only, oldest first
    money: list[Row] = field(default_factory=list)  # lines confirmed by finance and not replaced
    past: Past = field(default_factory=Past)  # what only the history reads


@dataclass(frozen=True)
class Setting:
    """What is the same for every task: the day of a moment, the cleaning of free text, evidence, successors, papers."""

    day_of: Callable[[datetime], date]
    clean: Clean
    documents: Mapping[int, Row]
    holder: Callable[[int | None, int], Row]  # of which task, the unit named → the unit answering
    members: Callable[[int, date], list[Row]]  # of a group, in tasks given on the day → the units taking part
    plan_paper: Record
    annexes: Mapping[int, str]  # label of each document that is an annex of the plan
    least_count: int = 5  # of people; a smaller one of a unit is kept back (R088)


def task_record(parts: Parts, setting: Setting, *, cell: str, side: str) -> Record:
    """The whole public record of a task, JSON-ready: dates as ISO text, numbers as decimal text."""
    task = parts.task
    return {
        "code": task["code"],
        "number": task["number"],
        "title": setting.clean(task["title"]),
        "description": setting.clean(task["description"]),
        "product": setting.clean(task["product"]) or None,
        "authority": setting.clean(task["authority"]) or None,
        "group": {"code": task["group__code"], "title": task["group__title"]} if task["group__code"] else None,
        "item": {"path": task["item__path"], "where": task["item__where"]},
        "document": cited(task, "item__document", setting),
        **charged(parts.assignments, setting, agencies=parts.agencies),
        "deadline": deadline(parts, setting),
        "progress": progress(parts, setting, cell=cell, side=side),
        "resources": resources(parts, setting),
        "results": {"reports": [result(row, setting) for row in reversed(parts.reports) if told(row, setting)]},
        "history": history(parts, setting),
        "timeline": timeline(Told(task, parts.ledger, parts.reports, parts.money), parts.past, tools_of(setting)),
        "origins": origins(parts.sources, setting),
    }


def cited(row: Row, key: str, setting: Setting) -> Record:
    """The document a row points at; an annex, which has no number of its own, is cited as part of its plan."""
    annex = setting.annexes.get(row[f"{key}_id"])
    paper = setting.plan_paper if annex else document_of(row, f"{key}__")
    return {**paper, "annex": annex}


def document_of(row: Row, prefix: str) -> Record:
    """How a document is cited: kind, number, symbol, day, title."""
    return {
        "kind": row[prefix + "kind"],
        "number": row[prefix + "number"],
        "symbol": row[prefix + "symbol"],
        "issued_on": iso(row[prefix + "issued_on"]),
        "title": row[prefix + "title"],
    }


def charged(assignments: Iterable[Row], setting: Setting, *, agencies: Iterable[Row] = ()) -> Record:
    """Lead, coordinating and supervising units; a unit that has a successor is shown with it. Enterprises that
    perform the task are named where there are any, so that releases made before them keep their shape.

    A task without a supervising agency of its own has that of its branch, unless that one takes part in it.
    """
    units: dict[str, list[Record]] = {"lead": [], "coordinating": [], "supervising": [], "performing": []}
    for row in assignments:
        units[row["role"]].append(unit_of(row, setting))
    parts = {unit["code"] for each in units.values() for unit in each}
    whole = [unit_of(row, setting) for row in agencies]
    units["supervising"] = units["supervising"] or [unit for unit in whole if unit["code"] not in parts]
    lead, performing = units.pop("lead"), units.pop("performing")
    named = {"performing": performing} if performing else {}
    return {"lead": lead[0] if lead else None, **units, **named}


def unit_of(row: Row, setting: Setting) -> Record:
    """The unit that answers now, and the one the document named when it is another; or a group with its members."""
    if row.get("group_id"):
        return group_of(row, setting)
    if row["unit_id"] is None:
        return {"code": None, "name": setting.clean(row["printed"]), "named": None}
    holder = setting.holder(row.get("task_id"), row["unit_id"])
    same = holder["code"] == row["unit__code"]
    named = None if same else {"code": row["unit__code"], "name": row["unit__name"]}
    return {"code": holder["code"], "name": holder["name"], "named": named}


def group_of(row: Row, setting: Setting) -> Record:
    """A group of units under the words of the document; it has no code of its own among the units."""
    members = setting.members(row["group_id"], row["task__followed_from"])
    return {
        "code": None,
        "name": setting.clean(row["printed"]) or row["group__name"],
        "named": None,
        "group": {"code": row["group__code"], "name": row["group__name"]},
        "members": [{"code": unit["code"], "name": unit["name"]} for unit in members],
    }


def codes_of(record: Row) -> list[str]:
    """Codes of every unit charged, for lists by unit."""
    return sorted({unit["code"] for unit in units_of(record) if unit["code"]})


def charged_in(record: Row) -> list[Record]:
    """Every unit and group a task is given to."""
    charged = [record["lead"], *record["coordinating"], *record["supervising"], *record.get("performing", [])]
    return [each for each in charged if each]


def shared_codes(record: Row) -> list[str]:
    """Codes of the units charged as members of a group; one that is named itself stands among those."""
    members = {unit["code"] for each in charged_in(record) for unit in each.get("members", ())}
    return sorted(members - set(codes_of(record)))


def units_of(record: Row) -> list[Record]:
    """Every unit a task names: the one that answers now and, where it is another, the one the document named."""
    return [unit for each in charged_in(record) for unit in (each, each["named"]) if unit]


def deadline(parts: Parts, setting: Setting) -> Record:
    """The deadline in force, the first one, and every line of the ledger between them."""
    lines = [
        {
            "number": row["number"],
            "raw": setting.clean(row["raw"]),
            "kind": row["kind"],
            "due_on": iso(row["due_on"]),
            "source": paper_named(row["source"], setting),
            "recorded_on": iso(setting.day_of(row["recorded_at"])),
        }
        for row in parts.ledger
    ]
    task = parts.task
    return {
        "due_on": iso(task["due_on"]),
        "kind": task["due_kind"],
        "raw": lines[-1]["raw"] if lines else None,
        "original_due_on": iso(task["original_due_on"]),
        "ledger": lines,
    }


def paper_named(source: str, setting: Setting) -> str | None:
    """The paper a new deadline rests on; None for one read from the assigning document, named by its file inside."""
    return None if FILE_NAME.search(source) else setting.clean(source)


def progress(parts: Parts, setting: Setting, *, cell: str, side: str) -> Record:
    """State, percentage and dates, from the last accepted report; without one `origin` is None."""
    task = parts.task
    origin = report_origin(parts.reports[-1], setting) if parts.reports else None
    return {
        "state": task["state"],
        "percent": number(task["percent"]),
        "completed_on": iso(task["completed_on"]),
        "updated_on": origin["accepted_on"] if origin else iso(task["last_accepted_on"]),
        "cell": cell,
        "side": side,
        "origin": origin,
    }


def resources(parts: Parts, setting: Setting) -> Record:
    """Money as finance has confirmed it, by year and source; beside it what the latest accepted report says was used.

    Both stand where they differ (R023): the confirmed number is the official one. Empty years and None are "no figure".
    """
    said = next((row for row in reversed(parts.reports) if row["money_used"] is not None), None)
    origin = report_origin(said, setting) if said else None
    return {
        "money_used": number(said["money_used"]) if said else None,
        "period": origin["period"] if origin else None,
        "origin": origin,
        "years": years_of(parts.money, clean=setting.clean, day_of=setting.day_of),
    }


def told(row: Row, setting: Setting) -> bool:
    return bool(row["result"].strip()) or any(key in setting.documents for key in row["evidence_ids"])


def result(row: Row, setting: Setting) -> Record:
    """What a report says was achieved, and the documents it rests on: numbers and days, never file names."""
    papers = [setting.documents[key] for key in row["evidence_ids"] if key in setting.documents]
    return {
        "text": setting.clean(row["result"].strip()) or None,
        "evidence": [
            {"number": setting.clean(paper["document_number"]), "date": iso(paper["document_date"])} for paper in papers
        ],
        "origin": report_origin(row, setting),
    }


def history(parts: Parts, setting: Setting) -> list[Record]:
    """When the task began to be followed, then each change an accepted report brought, oldest first (R061)."""
    start = {"on": iso(parts.task["followed_from"]), "state": "not_started", "percent": None, "origin": None}
    steps: list[Record] = [start]
    for row in parts.reports:
        if row["state"] is None and row["percent"] is None:
            continue
        step = {"state": row["state"] or steps[-1]["state"], "percent": number(row["percent"])}
        steps.append({"on": iso(setting.day_of(row["decided_at"])), **step, "origin": report_origin(row, setting)})
    return steps


def tools_of(setting: Setting) -> Tools:
    """What the history needs of the setting."""
    return Tools(
        day_of=setting.day_of,
        clean=setting.clean,
        paper_named=lambda source: paper_named(source, setting) or None,
        cited=lambda row, key: cited(row, key, setting),
        report=lambda row: report_origin(row, setting),
    )


def origins(sources: Iterable[Row], setting: Setting) -> dict[str, Record]:
    """For each field the document or the paper it came from; the latest word on a field stands."""
    return {
        row["field"]: {
            "document": cited(row, "document", setting) if row["document_id"] else None,
            "where": row["where"] or None,
            "quote": setting.clean(row["quote"]),
            "note": paper_named(row["note"] or "", setting) or None,
            "recorded_on": iso(setting.day_of(row["recorded_at"])),
        }
        for row in sources
    }


def report_origin(row: Row, setting: Setting) -> Record:
    """Which accepted report a figure comes from."""
    return {
        "unit": row["entry__duty__unit__name"],
        "period": row["entry__duty__period__name"],
        "submission": row["number"],
        "submitted_on": iso(setting.day_of(row["submitted_at"])),
        "accepted_on": iso(setting.day_of(row["decided_at"])),
    }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def number(value: Decimal | None) -> str | None:
    """Decimal text without idle zeros: 50.00 → "50", 99.60 → "99.6"."""
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
