"""What the overview counts per lead unit, and the tasks that burn, with who and since when (R085)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When

from tiendo.orgs.models import Unit
from tiendo.plans.holding import Holding
from tiendo.plans.models import Assignment, Charge, TaskQuerySet
from tiendo.plans.rates import share

NUMBERS = ("total", "finished", "overdue")


class Finishing:
    """What follows from how many tasks there are and how many of them are finished."""

    total: int
    finished: int

    @property
    def unfinished(self) -> int:
        return self.total - self.finished

    @property
    def rate(self) -> Decimal | None:
        """Completed ÷ all, in percent."""
        return share(self.finished, self.total)


@dataclass(frozen=True)
class UnitCount(Finishing):
    """Counted tasks that a unit answers for as lead, its predecessors' included."""

    unit: Unit
    total: int
    finished: int
    overdue: int


def by_lead(tasks: TaskQuerySet, *, on: date, known: Holding) -> list[UnitCount]:
    """One row a unit answering as lead that day, the most overdue first, then by name; `known` is of the day."""
    sums: dict[int, Counter[str]] = {}
    for row in _lead_rows(tasks, on, known):
        unit = known.of_unit(row["lead_unit"])
        sums.setdefault(unit, Counter()).update({name: row[name] for name in NUMBERS})
    units = Unit.objects.in_bulk(sums)
    counts = [UnitCount(units[pk], **{name: each[name] for name in NUMBERS}) for pk, each in sums.items()]
    return sorted(counts, key=lambda count: (-count.overdue, -count.unfinished, count.unit.sort_key))


def _lead_rows(tasks: TaskQuerySet, on: date, known: Holding) -> list[dict[str, Any]]:
    """Sums by the unit named; those of a task handed over already by the unit that answers for it."""
    leads = Q(assignments__role=Assignment.Role.LEAD, assignments__ended_at=None, assignments__unit__isnull=False)
    rows = (
        tasks.counted()
        .with_cell(on)
        .filter(leads)
        .order_by()
        .annotate(lead_unit=_lead_unit(known))
        .values("lead_unit")
        .annotate(
            total=Count("pk"),
            finished=Count("pk", filter=Q(cell__in=["done_on_time", "done_late"])),
            overdue=Count("pk", filter=Q(cell="open_overdue")),
        )
    )
    return [dict(row) for row in rows]


def _lead_unit(known: Holding) -> Case | F:
    own = known.moved(Assignment.objects.in_force().filter(role=Assignment.Role.LEAD))
    takers: dict[int, list[int]] = {}
    for part, holder in own.items():
        takers.setdefault(holder, []).append(part)
    named = F("assignments__unit")
    handed = [When(assignments__pk__in=parts, then=Value(holder)) for holder, parts in takers.items()]
    return Case(*handed, default=named, output_field=models.BigIntegerField()) if handed else named


def most_overdue(tasks: TaskQuerySet, *, on: date, limit: int) -> TaskQuerySet:
    """The longest overdue, each annotated with `lead_id` and the accountable head's name `head_name`, in one query."""
    lead = Assignment.objects.in_force().filter(task=OuterRef("pk"), role=Assignment.Role.LEAD, unit__isnull=False)
    head = Charge.objects.filter(task=OuterRef("pk"), kind=Charge.Kind.HEAD, valid_to=None)
    return (
        tasks.open_overdue(on)
        .annotate(lead_id=Subquery(lead.values("unit")[:1]), head_name=Subquery(head.values("user__full_name")[:1]))
        .order_by("due_on", "plan", "position")[:limit]
    )
