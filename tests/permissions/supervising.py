"""About supervision of branches and tasks: what is put in place, where it is found, and what is typed."""

from typing import TYPE_CHECKING, Any

from tests.factories import NOON, World
from tiendo.plans.models import GroupSupervision, Plan, Task

if TYPE_CHECKING:
    from tests.permissions.stage import Stage


def set_supervising(plan: Plan, task: Task, world: World) -> None:
    """Inspection supervises the first branch."""
    given = {"source": "12/QĐ-UBND", "started_at": NOON, "started_by": world.chi}
    GroupSupervision.objects.create(group=plan.groups.get(), unit=world.inspection_unit, **given)


def supervising_places(stage: "Stage") -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    return {
        "oversight:branch-supervise": (stage.plan.groups.get().pk,),
        "oversight:branch-end": (GroupSupervision.objects.get().pk,),
    }


def typed_supervising(stage: "Stage") -> dict[str, dict[str, Any]]:
    """What is typed, whole and right."""
    return {
        "oversight:branch-supervise": {"unit": stage.world.unit_b.pk, "source": "13/QĐ-UBND"},
        "oversight:branch-end": {"source": "14/QĐ-UBND"},
    }
