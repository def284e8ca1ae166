"""The frozen content of a release: what `reading` may read, counted and put together for one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from tiendo.calendars.deadlines import cell, side
from tiendo.plans.finding import index_text
from tiendo.plans.holding import Holding
from tiendo.plans.models import Plan
from tiendo.plans.states import WorkState
from tiendo.publication import money, reading
from tiendo.publication.counting import NOT_COUNTED, Standing, count, rates
from tiendo.publication.indicator_rows import indicator_rows
from tiendo.publication.indicator_rows import summary_of as indicator_summary
from tiendo.publication.masking import Mask
from tiendo.publication.records import (
    Parts,
    Record,
    Row,
    Setting,
    codes_of,
    document_of,
    iso,
    shared_codes,
    task_record,
    units_of,
)
from tiendo.publication.timeline_reading import pasts
from tiendo.ui.context import is_illustrative


@dataclass(frozen=True)
class Snapshot:
    """Rows for the published tables, as keyword arguments of their models."""

    summary: Record
    items: list[Record]
    units: list[Record]
    tasks: list[Record]
    indicators: list[Record]


def take_snapshot(plan: Plan, *, at: datetime) -> Snapshot:
    """Everything the public may know of the plan at this moment. Raises PlanVersion.DoesNotExist for an empty plan."""
    on = timezone.localdate(at)
    parts = reading.tasks_with_parts(plan)
    units, known = reading.units(), reading.answering(on)
    members = reading.members(parts, known)
    past = pasts(plan, units)
    for part in parts:
        part.past = past[part.task["id"]]
    setting = Setting(
        day_of=timezone.localdate,
        clean=Mask(reading.people_names()).clean,
        documents=reading.documents(parts),
        members=lambda group, given: [unit for pk, unit in units.items() if pk in members[group, given]],
        holder=lambda task, unit: units[known.of_part(task, unit) if task else known.of_unit(unit)],
        plan_paper=document_of(reading.cited_document(plan), "document__"),
        annexes=reading.annexes(plan),
        least_count=settings.TIENDO_LEAST_COUNT,
    )
    tasks = [task_row(part, setting, on=on, position=place) for place, part in enumerate(parts, 1)]
    indicators = indicator_rows(plan, setting)
    return Snapshot(
        summary=summary_of(plan, tasks, setting, on=on) | indicator_summary(plan, indicators, setting, on=on),
        items=[item_row(row, setting) for row in reading.items(plan)],
        units=unit_rows(units, known, parts, tasks, on=on),
        tasks=tasks,
        indicators=indicators,
    )


def task_row(parts: Parts, setting: Setting, *, on: date, position: int) -> Record:
    """The columns lists need, and the whole record as `data`."""
    task = parts.task
    where_cell, where_side = standing(task, on=on)
    record = task_record(parts, setting, cell=where_cell, side=where_side)
    lead, group = record["lead"] or {}, record["group"] or {}
    return {
        "code": task["code"],
        "position": position,
        "title": record["title"],
        "folded": public_index(record, clause=setting.clean(task["item__text"])),
        "group_code": group.get("code"),
        "group_title": group.get("title"),
        "lead_code": lead.get("code"),
        "lead_name": lead.get("name"),
        "unit_codes": f"|{'|'.join(codes_of(record))}|",
        "shared_codes": f"|{'|'.join(shared_codes(record))}|",
        "cell": where_cell,
        "state": task["state"],
        "side": where_side,
        "percent": task["percent"],
        "due_on": task["due_on"],
        "due_text": record["deadline"]["raw"],
        "completed_on": task["completed_on"],
        "updated_on": day(record["progress"]["updated_on"]),
        "item_path": task["item__path"],
        "data": record,
    }


def public_index(record: Record, *, clause: str | None) -> str:
    """What a task is found by in public: all that a reader may know it by, its units and its clause included."""
    words = [record[name] for name in ("code", "description", "product")]
    group = (record["group"] or {}).get("title")
    return index_text(record["title"], *words, group, clause, *(unit["name"] for unit in units_of(record)))


def standing(task: Row, *, on: date) -> tuple[str, str]:
    """Cell and deadline side on the day; a cancelled task has neither."""
    if task["state"] == WorkState.CANCELLED:
        return NOT_COUNTED, ""
    due, done = task["due_on"], task["completed_on"]
    on = max(on, done) if done else on  # an accepted report has said that it is done
    soon = settings.TIENDO_DUE_SOON_DAYS
    return cell(due, on=on, done_on=done).value, side(due, on=on, done_on=done, soon_days=soon).value


def count_rows(tasks: Iterable[Record]) -> dict[str, int]:
    return count(
        Standing(
            cell=task["cell"],
            due_soon=task["side"] == "due_soon",
            has_lead=task["lead_name"] is not None,
            has_report=task["updated_on"] is not None,
        )
        for task in tasks
    )


def summary_of(plan: Plan, tasks: list[Record], setting: Setting, *, on: date) -> Record:
    """The numbers of the first page and what they are numbers of."""
    counts = count_rows(tasks)
    paper = reading.cited_document(plan)
    return {
        "on": iso(on),
        "plan": {"code": plan.code, "title": plan.title, "version": paper["number"]},
        "document": {**document_of(paper, "document__"), "issuer": paper["document__issuer"]},
        "counts": counts,
        "rates": rates(counts),
        "money": money.summary_of((task["data"] for task in tasks), reading.budget_shares(plan), clean=setting.clean),
        "groups": [group_of(row, tasks) for row in reading.groups(plan)],
        "not_public": reading.hidden_count(plan),
        "due_soon_days": settings.TIENDO_DUE_SOON_DAYS,
        "illustrative": is_illustrative(),
    }


def group_of(row: Row, tasks: list[Record]) -> Record:
    counts = count_rows(task for task in tasks if task["group_code"] == row["code"])
    return {**row, "counts": counts, "rates": rates(counts)}


def item_row(row: Row, setting: Setting) -> Record:
    names: dict[str, Any] = {name: row[name] for name in ("path", "position", "kind", "number")}
    return {**names, "parent_path": row["parent__path"], "text": setting.clean(row["text"])}


def unit_rows(
    units: dict[int, Row], known: Holding, parts: list[Parts], tasks: list[Record], *, on: date
) -> list[Record]:
    """Units that report or are named by a public task, each with the numbers of the tasks it leads and helps with."""
    shown = {key for key, row in units.items() if row["reports"] and in_force(row, on)}
    for named, own in reading.by_unit(parts).items():
        shown |= {named, known.of_unit(named), *(known.of_part(part.task["id"], named) for part in own)}
    sharing = {code for task in tasks for code in task["shared_codes"].split("|")}
    shown |= {key for key, row in units.items() if row["code"] in sharing}
    return [unit_row(units[key], units[known.of_unit(key)], tasks) for key in units if key in shown]


def unit_row(row: Row, holder: Row, tasks: list[Record]) -> Record:
    replaced = holder["code"] != row["code"]
    return {
        "code": row["code"],
        "name": row["name"],
        "kind": row["kind"],
        "sort_key": row["sort_key"],
        "counts": unit_counts(row["code"], tasks),
        "successor_code": holder["code"] if replaced else None,
        "successor_name": holder["name"] if replaced else None,
    }


def unit_counts(code: str, tasks: list[Record]) -> dict[str, int]:
    """The numbers of the tasks a unit leads; how many it is charged with, only helps with, and shares in a group."""
    charged = [task for task in tasks if f"|{code}|" in task["unit_codes"]]
    led = [task for task in charged if task["lead_code"] == code]
    shared = sum(f"|{code}|" in task["shared_codes"] for task in tasks)
    return {**count_rows(led), "charged": len(charged), "helps": len(charged) - len(led), "shared": shared}


def in_force(row: Row, on: date) -> bool:
    return (row["valid_from"] is None or row["valid_from"] <= on) and (row["valid_to"] is None or row["valid_to"] > on)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
