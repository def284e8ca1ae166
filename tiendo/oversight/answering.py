"""Which unit answers today for a matter about tasks: where they were handed to one unit, that one (R024).

Else the successor of the unit itself, as for all its work; so too where a difficulty is about tasks that went different
ways.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from tiendo.plans.holding import Holding, handed_over


def answering_unit(unit_id: int, task_ids: Collection[int | None], *, on: date) -> int:
    """The unit to which the tasks went apart from their unit; else the unit itself, whose successor is asked."""
    tasks = [task for task in task_ids if task is not None]
    known = handed_over(on=on) if tasks else None
    return _apart(known, unit_id, tasks) or unit_id if known else unit_id


def of_tasks(unit_ids: frozenset[int], rows: "QuerySet[Any]") -> Q:
    """The condition for rows with a unit and several tasks for which any of the units (held ones) answers today."""
    named = Q(unit_id__in=unit_ids)
    known = handed_over(on=localdate()) if unit_ids else None
    if known is None:
        return named
    touched = rows.filter(tasks__in=known.own).values("pk")
    pairs: dict[tuple[int, int], list[int]] = {}
    for pk, unit, task in rows.filter(pk__in=touched).order_by().values_list("pk", "unit_id", "tasks"):
        pairs.setdefault((pk, unit), []).append(task)
    moved = {pk: holder for (pk, unit), tasks in pairs.items() if (holder := _apart(known, unit, tasks))}
    given = [pk for pk, holder in moved.items() if holder in unit_ids]
    return (named & ~Q(pk__in=list(moved))) | Q(pk__in=given)


def _apart(known: Holding, unit_id: int, tasks: Iterable[int]) -> int | None:
    holders = {known.of_part(task, unit_id) for task in tasks}
    [holder] = holders if len(holders) == 1 else [None]
    return None if holder == known.of_unit(unit_id) else holder
