"""About histories of tasks: what is put in place, where it is found, and what is typed."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from tests.factories import NOON, World
from tiendo.audit.models import Event
from tiendo.audit.record import record
from tiendo.plans.models import Plan, Task

if TYPE_CHECKING:
    from tests.permissions.stage import Stage

TOLD = "plans.task.set_start"


def set_timelines(plan: Plan, task: Task, world: World) -> None:
    """One act on the task stands in the log."""
    with transaction.atomic():
        record(act=TOLD, subject=f"plans.task:{task.code}", actor=world.chi.username, at=NOON)


def timelines_places(stage: "Stage") -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    code = stage.task.code
    told = Event.objects.filter(subject=f"plans.task:{code}", act=TOLD).earliest("seq")
    return {"plans:task-history": (code,), "plans:task-act-record": (code, told.seq)}


def typed_timelines(stage: "Stage") -> dict[str, dict[str, Any]]:
    """Nothing is typed here."""
    return {}
