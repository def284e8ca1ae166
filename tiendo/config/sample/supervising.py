"""Which agency supervises each branch of the sample's plan; one is left without."""

from datetime import datetime, timedelta
from functools import partial

from tiendo.config.sample.world import Agenda, World
from tiendo.plans.actions import supervise_branch
from tiendo.plans.models import Plan

PAPER = "Quyết định phân công giám sát số 815/QĐ-UBND (minh họa)"
AGENCIES = ("thanh-tra-tinh", "so-noi-vu", "so-tai-chinh", "so-tu-phap")


def schedule(world: World, agenda: Agenda, plan: Plan, *, now: datetime) -> None:
    """Decided two months ago for every branch but the last."""
    agenda.add(now - timedelta(days=60), partial(_supervise, world, plan))


def _supervise(world: World, plan: Plan, at: datetime) -> None:
    groups = list(plan.groups.order_by("position"))
    for number, group in enumerate(groups[:-1]):
        unit = world.units[AGENCIES[number % len(AGENCIES)]]
        supervise_branch(group=group, unit=unit, source=PAPER, by=world.coordinator, at=at)
