"""Words of documents taken in before: those that name a group the house knows now become the group's part."""

from datetime import datetime

from django.db import transaction

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.intake.directory import directory_of_units
from tiendo.orgs.models import UnitGroup
from tiendo.plans.actions import recognise_group
from tiendo.plans.models import Assignment
from tiendo.plans.permissions import can_assign_task


@transaction.atomic
def recognise_groups(*, by: User, at: datetime) -> int:
    """Let every part in force whose words are a group's name, and nothing else, mean the group; how many did.

    Words that could mean more than the group stay words: a person says whom they mean.
    """
    require(can_assign_task(by))
    directory, groups = directory_of_units(), {group.code: group for group in UnitGroup.objects.all()}
    parts = Assignment.objects.in_force().filter(unit=None, group=None, printed__isnull=False)
    found = 0
    for part in parts.select_related("task").order_by("task", "pk"):
        named = directory.split(part.printed or "")
        group = groups.get(named[0].unit or "") if len(named) == 1 else None
        found += bool(group and recognise_group(assignment=part, group=group, by=by, at=at))
    return found
