"""All that oversight and changing units add to the stage, its addresses, and what is typed; one module an area."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.factories import World
from tests.permissions import (
    amending,
    directing,
    inspecting,
    obstacles,
    registering,
    reorganising,
    supervising,
    timelines,
)
from tiendo.plans.models import Plan, Task

if TYPE_CHECKING:
    from tests.permissions.stage import Stage


def set_oversight(plan: Plan, task: Task, world: World) -> None:
    amending.set_amending(plan, task, world)
    directing.set_directing(plan, task, world)
    inspecting.set_inspecting(plan, task, world)
    obstacles.set_obstacles(plan, task, world)
    registering.set_registering(plan, task, world)
    reorganising.set_reorganising(plan, task, world)
    supervising.set_supervising(plan, task, world)
    timelines.set_timelines(plan, task, world)


def oversight_places(stage: "Stage") -> dict[str, tuple[Any, ...]]:
    return {
        **amending.amending_places(stage),
        **directing.directing_places(stage),
        **inspecting.inspecting_places(stage),
        **obstacles.obstacles_places(stage),
        **registering.registering_places(stage),
        **reorganising.reorganising_places(stage),
        **supervising.supervising_places(stage),
        **timelines.timelines_places(stage),
    }


def typed_oversight(stage: "Stage") -> Mapping[str, dict[str, Any]]:
    return {
        **amending.typed_amending(stage),
        **directing.typed_directing(stage),
        **inspecting.typed_inspecting(stage),
        **obstacles.typed_obstacles(stage),
        **registering.typed_registering(stage),
        **reorganising.typed_reorganising(stage),
        **supervising.typed_supervising(stage),
        **timelines.typed_timelines(stage),
    }
