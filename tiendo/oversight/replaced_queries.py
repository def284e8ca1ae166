"""Fields amended by hand beside a decision: those it replaced on its day, and those it is about to (R025, R026)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.oversight.amendment_workflow import AmendmentState
from tiendo.oversight.models import Amendment, AmendmentLine, ReplacedValue
from tiendo.plans.comparisons import names_for
from tiendo.plans.differences import Difference, FieldChange, GroupOfDifferences, Kind, Names, grouped, say
from tiendo.plans.models import PlanVersion, Task


def replaced_between(first: PlanVersion, second: PlanVersion) -> list[GroupOfDifferences]:
    """What decisions between the two versions replaced, task by task; a constant number of queries."""
    early, late = sorted((first.number, second.number))
    rows = ReplacedValue.objects.filter(
        line__amendment__version__plan=second.plan_id,
        line__amendment__version__number__gt=early,
        line__amendment__version__number__lte=late,
    ).select_related("line__task__group", "changed_by")
    names, by_task = names_for(second.plan), dict[Task, list[FieldChange]]()
    for row in rows.order_by("line__task__position", "pk"):
        if row.line.task is not None:
            by_task.setdefault(row.line.task, []).append(_change(row, names))
    return grouped([_difference(task, changes) for task, changes in by_task.items()], names)


@dataclass(frozen=True)
class WaitingChange:
    """A decided change that will write the field of a task on a day to come; `now` are the decided words."""

    field: str
    now: str | None
    amendment: Amendment


def waiting_changes(task: Task, fields: Collection[str]) -> list[WaitingChange]:
    """Of these fields, those that a decided amendment will write over on its day, the nearest day first."""
    lines = AmendmentLine.objects.filter(task=task, removed_at=None, amendment__state=AmendmentState.DECIDED)
    related = lines.select_related("amendment__document").defer("amendment__document__lines")
    rows = list(related.order_by("amendment__in_force_from", "pk"))
    names = names_for(task.plan) if rows else Names({}, {})
    return [
        WaitingChange(field, say(field, row.wanted[field], names), row.amendment)
        for row in rows
        for field in fields
        if field in row.wanted
    ]


def _change(row: ReplacedValue, names: Names) -> FieldChange:
    was, now = say(row.field, row.was, names), say(row.field, row.line.wanted.get(row.field), names)
    return FieldChange(row.field, " ".join(filter(None, (was or "–", _who(row)))), now)


def _who(row: ReplacedValue) -> str:
    """Who had written the replaced words, when and on which paper, in parentheses; "" where nobody says."""
    if row.changed_by is None or row.changed_at is None:
        return ""
    words = {"who": row.changed_by.full_name, "day": f"{localdate(row.changed_at):%d/%m/%Y}", "source": row.source}
    text = _("%(who)s sửa ngày %(day)s, căn cứ: %(source)s") if row.source else _("%(who)s sửa ngày %(day)s")
    return f"({text % words})"


def _difference(task: Task, changes: list[FieldChange]) -> Difference:
    group = task.group.code if task.group else None
    return Difference(task.code, task.number, task.title, group, Kind.CHANGED, tuple(changes))
