"""What a version of a plan says now, thing by thing, in the shape of the proposals that would print it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tiendo.intake.accepting import Known
from tiendo.intake.amending import PROSE, Standing
from tiendo.intake.models import Import, Proposal
from tiendo.intake.proposing import task_sections
from tiendo.intake.queries import titles_of
from tiendo.intake.revising import Base, Piece
from tiendo.plans.models import Assignment, DeadlineLine, FieldSource, ItemKind, PlanItem, PlanVersion, Task
from tiendo.plans.queries import paths_in
from tiendo.plans.states import WorkState

ROWS = (ItemKind.TASK_ROW, ItemKind.INDICATOR_ROW)


def standing_of(version: PlanVersion) -> list[Standing]:
    """Sections and items in reading order, then indicators, then the tasks that are followed; a few queries in all."""
    items = list(version.items.select_related("parent").order_by("position"))
    prose = [_prose(item) for item in items if item.kind not in ROWS]
    indicators = [_indicator(item) for item in items if item.kind == ItemKind.INDICATOR_ROW]
    return [*prose, *indicators, *_tasks(version, {item.path: item for item in items})]


def base_of(source: Import) -> Base:
    """The version that an import amends; the import speaks of the things its proposals were compared with."""
    assert source.base is not None
    version = source.base
    standing = {(each.kind, each.ref): each for each in standing_of(version)}
    named = source.proposals.exclude(current_ref="").values_list("kind", "current_ref")
    held = {standing[ref].path for ref in named if ref in standing and not standing[ref].value.get("item")}
    pieces = [
        Piece(item.path, item.parent.path if item.parent else None, item.kind, item.text, item.path in held)
        for item in version.items.select_related("parent").order_by("position")
    ]
    is_workbook = source.form == Import.Form.WORKBOOK
    return Base(pieces, standing, titles_of(version.plan) | _headings(source), exact=is_workbook)


def known_anew(base: Base, source: Import) -> Known:
    """What the plan has beside what the file says anew; of headings those of the file, and those it does not touch."""
    assert source.base is not None
    untouched = {piece.path: piece.text for piece in base.pieces if piece.kind == "section" and not piece.is_held}
    return Known(
        groups=dict(source.base.plan.groups.values_list("code", "title")),
        headings=task_sections(untouched | _headings(source)),
        paths=frozenset(piece.path for piece in base.pieces),
    )


def _headings(source: Import) -> dict[str, str]:
    sections = source.proposals.filter(kind=Proposal.Kind.SECTION).exclude(change=Proposal.Change.REMOVED)
    return {row.key: str(row.value["title"]) for row in sections}


def _prose(item: PlanItem) -> Standing:
    if item.kind == ItemKind.SECTION:
        value = {"id": item.path, "number": item.number, "level": item.details.get("level"), "title": item.text}
        kind = "section"
    else:
        above = item.parent.path if item.parent else None
        value, kind = {"id": item.path, "section": above, "kind": item.kind, "text": item.text}, "item"
    said = {"text": item.details["printed"]} if "printed" in item.details else {"text": item.text}
    return Standing(kind, item.path, value, said, path=item.path)


def _indicator(item: PlanItem) -> Standing:
    names = ("number", "group", "unit_text", "target", "horizon", "lead")
    details = {"number": item.number} | item.details
    value = {"name": item.text} | {name: details.get(name) for name in names}
    return Standing("indicator", item.path, value, {}, path=item.path)


def _tasks(version: PlanVersion, items: dict[str, PlanItem]) -> Iterator[Standing]:
    paths = paths_in(version)
    tasks = list(
        version.plan.tasks.exclude(state=WorkState.CANCELLED).select_related("group", "item").order_by("position")
    )
    charged, dues, said = _charged(tasks), _dues(tasks), _said(tasks)
    for task in tasks:
        path = paths.get(task.item.origin_id or task.item_id)
        item = items.get(path or "")
        in_prose = path if item and item.kind != ItemKind.TASK_ROW else None
        quotes = {name: words for name, words in said[task.pk].items() if words}
        value = {
            "item": in_prose,
            "number": task.number,
            "title": task.title,
            "description": task.description,
            "group": task.group.code if task.group else None,
            "lead": charged[task.pk]["lead"],
            "coordinating": charged[task.pk]["coordinating"],
            "product": task.product,
            "due": dues.get(task.pk),
            "quotes": quotes,
        }
        yield Standing("task", task.code, value, said[task.pk], path=path)


def _charged(tasks: Iterable[Task]) -> dict[int, dict[str, list[dict[str, Any]]]]:
    found: dict[int, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    parts = Assignment.objects.in_force().filter(task__in=[task.pk for task in tasks]).select_related("unit", "group")
    for part in parts.order_by("task", "role", "pk"):
        known = part.unit or part.group
        text = part.printed or (known.name if known else "")
        found[part.task_id][part.role].append({"text": text, "unit": known.code if known else None})
    return found


def _dues(tasks: Iterable[Task]) -> dict[int, dict[str, Any]]:
    """The last line of each ledger, as a reading gives a due; without those that say nothing."""
    found: dict[int, dict[str, Any]] = {}
    for line in DeadlineLine.objects.filter(task__in=[task.pk for task in tasks]).order_by("task", "number"):
        found[line.task_id] = {
            "raw": line.raw,
            "kind": line.kind,
            "on": line.due_on.isoformat() if line.due_on else None,
            "from": line.starts_on.isoformat() if line.starts_on else None,
            "rrule": line.rrule,
            "before": line.is_before,
        }
    return {pk: due for pk, due in found.items() if due["kind"] != DeadlineLine.Kind.MISSING}


def _said(tasks: Iterable[Task]) -> dict[int, dict[str, str | None]]:
    """The exact words a document gave last for each field of PROSE; None for a field that no document gave."""
    found: dict[int, dict[str, str | None]] = defaultdict(lambda: dict.fromkeys(PROSE))
    sources = FieldSource.objects.filter(task__in=[task.pk for task in tasks], document__isnull=False, field__in=PROSE)
    for source in sources.order_by("pk").values_list("task", "field", "quote"):
        task, name, quote = source
        found[task][name] = quote
    return found
