"""What a reorganisation would touch, shown before it is recorded."""

from collections.abc import Sequence
from typing import Any

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.orgs.reorganisation import Reorganisation
from tiendo.web.orgs.task_choices import BranchLine, parts_of


def preview(change: Reorganisation, branches: Sequence[BranchLine], user: User) -> dict[str, Any]:
    """For the page: units before and after by name, everything touched, and which tasks go another way."""
    codes = {*change.predecessors, *(each.code for each in change.successors), change.parent or ""}
    units = {unit.code: unit for unit in Unit.objects.standing().filter(code__in=codes)}
    before = [units[code] for code in change.predecessors]
    return {
        "change": change,
        "units_before": before,
        "takers": [(each, each.new.name if each.new else units[each.code].name) for each in change.successors],
        "parent": units.get(change.parent or ""),
        "parts": parts_of(before, change.effective_on, user),
        "apart": [line for branch in branches for line in branch.tasks if not line.to.is_default],
    }
