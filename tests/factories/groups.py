"""Groups of units, and tasks given to them."""

from datetime import date

from tests.factories.clock import NOON
from tiendo.orgs.models import GroupMembership, Unit, UnitGroup
from tiendo.orgs.words import fold
from tiendo.plans.models import Assignment, Task


def make_unit_group(*members: Unit, code: str = "cac-so", name: str = "Các sở, ban, ngành") -> UnitGroup:
    """A group to which these units have always belonged."""
    group = UnitGroup.objects.create(code=code, name=name, folded=fold(name))
    for unit in members:
        join(group, unit)
    return group


def join(group: UnitGroup, unit: Unit, since: date | None = None, until: date | None = None) -> GroupMembership:
    """The unit belongs from the day on, to the day before `until`."""
    return GroupMembership.objects.create(group=group, unit=unit, valid_from=since, valid_to=until)


def give_to(group: UnitGroup, task: Task, role: str = "coordinating", printed: str | None = None) -> Assignment:
    """The task is the group's, under the words of the document."""
    return Assignment.objects.create(
        task=task, group=group, role=role, printed=printed or group.name.lower(), started_at=NOON
    )
