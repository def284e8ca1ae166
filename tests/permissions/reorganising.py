"""About units that change: what is put in place, where it is found, and what is typed."""

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.factories import World
from tests.factories.changing import make_change
from tiendo.orgs.models import GroupMembership, UnitChange, UnitGroup
from tiendo.plans.models import Plan, Task

if TYPE_CHECKING:
    from tests.permissions.stage import Stage

LEFT = "chi-cuc-tach-ra"


def set_reorganising(plan: Plan, task: Task, world: World) -> None:
    """A part left unit A, which goes on; unit A belongs to a group."""
    make_change("split", world.unit_a, to=(LEFT,), stays=True, on=date(2026, 1, 5))
    group = UnitGroup.objects.create(code="cac-so", name="Các sở", folded="cac so")
    GroupMembership.objects.create(group=group, unit=world.unit_a, valid_from=date(2025, 1, 1))


def reorganising_places(stage: "Stage") -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    change, membership = UnitChange.objects.get().pk, GroupMembership.objects.get().pk
    return {
        "orgs:group-detail": ("cac-so",),
        "orgs:member-add": ("cac-so",),
        "orgs:member-end": (membership,),
        "orgs:member-correct": (membership,),
        "orgs:change-detail": (change,),
        "orgs:change-tasks": (change, stage.world.unit_a.code),
        "orgs:change-undo": (change,),
    }


def typed_reorganising(stage: "Stage") -> dict[str, dict[str, Any]]:
    """What is typed, whole and right."""
    first = {"a-kind": "create", "a-effective_on": "2026-03-01", "a-decision": "QĐ 15/QĐ-UBND", "b-count": "1"}
    unit = {"b-0-name": "Trung tâm Chuyển đổi số", "b-0-code": "tt-cds", "b-0-unit_kind": "department"}
    return {
        "orgs:member-add": {"unit": stage.world.unit_b.code, "valid_from": "2025-01-01"},
        "orgs:member-end": {"on": "2026-01-01"},
        "orgs:member-correct": {"valid_from": "2025-03-01", "reason": "Nhập nhầm"},
        "orgs:change-add": {**first, **unit, "buoc": "ghi"},
        "orgs:change-tasks": {f"c-t-{stage.task.pk}-{stage.world.unit_a.pk}": LEFT, "buoc": "ghi"},
        "orgs:change-undo": {"reason": "Nhập nhầm"},
    }
