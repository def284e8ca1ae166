"""About units that change: what is put in place, where it is found, and what is typed."""

from typing import TYPE_CHECKING, Any

from tests.factories import World
from tiendo.plans.models import Plan, Task

if TYPE_CHECKING:
    from tests.permissions.stage import Stage


def set_reorganising(plan: Plan, task: Task, world: World) -> None:
    """Every act is ready to be done by who may do it."""


def reorganising_places(stage: "Stage") -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    return {}


def typed_reorganising(stage: "Stage") -> dict[str, dict[str, Any]]:
    """What is typed, whole and right."""
    return {}
