"""A release said again without one task or indicator: worked out from frozen rows, so that nothing newer slips in."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from tiendo.publication import reading
from tiendo.publication.counting import rates
from tiendo.publication.indicator_records import without_mention, without_objective
from tiendo.publication.indicator_records import without_task as untied
from tiendo.publication.indicator_rows import counts_of, indicator_row
from tiendo.publication.models import Release
from tiendo.publication.records import Record
from tiendo.publication.snapshot import Snapshot, count_rows, group_of, in_force, unit_counts


def without_task(release: Release, code: str) -> Snapshot:
    """The snapshot the release would have been had the task been kept from the public then."""
    everything = frozen_rows(release.tasks.order_by("position"))
    taken = next(row for row in everything if row["code"] == code)
    stay = (row for row in everything if row is not taken)
    tasks = [{**row, "position": place} for place, row in enumerate(stay, 1)]
    return Snapshot(
        summary=summary_without(release.summary, tasks),
        items=items_without(frozen_rows(release.items.order_by("position")), taken, tasks),
        units=units_without(release, taken, tasks),
        tasks=tasks,
        indicators=[without_tie(row, code) for row in frozen_rows(release.indicators.order_by("position"))],
    )


def without_tie(row: Record, code: str) -> Record:
    """An indicator's row that no longer names the task."""
    return {**row, "data": untied(row["data"], code)}


def without_indicator(release: Release, code: str) -> Snapshot:
    """The snapshot the release would have been had the indicator been kept from the public then."""
    stay = [row for row in frozen_rows(release.indicators.order_by("position")) if row["code"] != code]
    rows = [indicator_row(without_mention(row["data"], code), place) for place, row in enumerate(stay, 1)]
    kept_back = release.summary["indicators"]["not_public"] + 1
    programmes = [without_objective(each, code) for each in release.summary["programmes"]]
    indicators = {**counts_of(rows), "not_public": kept_back}
    return Snapshot(
        summary={**release.summary, "indicators": indicators, "programmes": programmes},
        items=frozen_rows(release.items.order_by("position")),
        units=frozen_rows(release.units.order_by("sort_key", "pk")),
        tasks=frozen_rows(release.tasks.order_by("position")),
        indicators=rows,
    )


def frozen_rows(rows: QuerySet[Any]) -> list[Record]:
    """Published rows as the keyword arguments that make the same rows again."""
    names = [field.attname for field in rows.model._meta.concrete_fields if field.name not in {"id", "release"}]
    return list(rows.values(*names))


def summary_without(summary: Record, tasks: list[Record]) -> Record:
    """Counted again over the tasks that stay; one more is kept from the public."""
    counts = count_rows(tasks)
    groups = [group_of(group, tasks) for group in summary["groups"]]
    numbers = {"counts": counts, "rates": rates(counts), "groups": groups}
    return {**summary, **numbers, "not_public": summary["not_public"] + 1}


def items_without(items: list[Record], taken: Record, tasks: list[Record]) -> list[Record]:
    """Without the passage that only this task came from; what hung under it moves up."""
    path = taken["item_path"]
    if any(task["item_path"] == path for task in tasks):
        return items
    parents = {item["path"]: item["parent_path"] for item in items}
    above = parents.get(path)
    stay = [item for item in items if item["path"] != path]
    return [{**item, "parent_path": above} if item["parent_path"] == path else item for item in stay]


def units_without(release: Release, taken: Record, tasks: list[Record]) -> list[Record]:
    """Counted again; a unit that was there only because the task named it goes with the task."""
    on = timezone.localdate(release.data_as_of)
    report = {row["code"] for row in reading.units().values() if row["reports"] and in_force(row, on)}
    named = {code for name in ("unit_codes", "shared_codes") for code in taken[name].split("|")}
    rows = frozen_rows(release.units.order_by("sort_key", "pk"))
    units = [{**row, "counts": unit_counts(row["code"], tasks)} for row in rows]
    return [row for row in units if has_tasks(row) or row["code"] in report or row["code"] not in named]


def has_tasks(unit: Record) -> bool:
    return bool(unit["counts"]["charged"] or unit["counts"]["shared"])
