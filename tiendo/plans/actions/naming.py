"""Who is named for a task, by a document or by hand: units and groups the house knows, or only words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tiendo.orgs.models import Unit, UnitGroup
from tiendo.plans.models import Assignment, Task
from tiendo.plans.structure import Charged

SHARED = (Assignment.Role.COORDINATING, Assignment.Role.PERFORMING)  # parts that several may have in one task


@dataclass(frozen=True)
class Named:
    """A unit, or a group of units, or neither when nobody is known by the printed words."""

    role: str
    unit: Unit | None
    group: UnitGroup | None
    printed: str | None

    def is_part(self, part: Assignment) -> bool:
        """Whether the part names the same, however it is printed; words nobody is known by are the same words."""
        if self.unit:
            return part.unit_id == self.unit.pk
        if self.group:
            return part.group_id == self.group.pk
        return part.unit_id is None and part.group_id is None and part.printed == self.printed


def named_in(charged: Iterable[Charged]) -> list[Named]:
    """Whom each of them names, in their order; two queries."""
    asked = list(charged)
    codes = {each.unit_code for each in asked if each.unit_code}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    groups = {group.code: group for group in UnitGroup.objects.filter(code__in=codes - set(units))}
    return [
        Named(each.role, units.get(each.unit_code or ""), groups.get(each.unit_code or ""), each.printed)
        for each in asked
    ]


def begin_part(task: Task, named: Named, *, at: datetime) -> Assignment:
    """Write the part; the caller records it as its own act does."""
    return Assignment.objects.create(
        task=task, unit=named.unit, group=named.group, role=named.role, printed=named.printed, started_at=at
    )


def put_in_charge(task: Task, role: Assignment.Role, *, at: datetime, **named: Any) -> Assignment:
    """The part in force of the unit or group; a new lead or supervisor takes the place of the former one."""
    in_force = Assignment.objects.in_force().filter(task=task, role=role)
    if role not in SHARED:
        in_force.exclude(**named).update(ended_at=at)
    return in_force.filter(**named).first() or Assignment.objects.create(task=task, role=role, started_at=at, **named)
