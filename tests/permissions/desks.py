"""A report laid before the head, a step of approval, and a person away: what the acts on desks are asked for with."""

from datetime import date
from typing import Any

from tests.factories import NOON, World, make_duty, make_entry, make_period
from tiendo.accounts.actions import record_absence
from tiendo.accounts.models import Absence
from tiendo.plans.models import Plan, Task
from tiendo.reporting.actions import add_approval_step
from tiendo.reporting.actions.desks import move
from tiendo.reporting.models import ApprovalStep, Duty, Stay


def set_desks(plan: Plan, task: Task, world: World) -> None:
    """Unit A wants Bình's approval as a step, has one report at its head, and An is away for a week to come."""
    add_approval_step(unit=world.unit_a, approver=world.binh, title="Kiểm tra", by=world.binh, at=NOON)
    duty = make_duty(make_period(plan), world.unit_a)
    make_entry(duty, task, saved_by=world.an)
    move(duty=duty, desk=Stay.Desk.HEAD, outcome=Stay.Outcome.FORWARDED, by=world.an, at=NOON)
    week = {"first_day": date(2027, 1, 4), "last_day": date(2027, 1, 8), "reason": "Nghỉ phép"}
    record_absence(user=world.an, by=world.an, at=NOON, **week)  # type: ignore[arg-type]


def desk_places(ready: Duty, waiting: Duty, unit: str) -> dict[str, tuple[Any, ...]]:
    """The addresses of these acts; `ready` is written and not sent, `waiting` is sent."""
    laid = Stay.objects.open().get(desk=Stay.Desk.HEAD).duty_id
    return {
        "reporting:duty-forward": (ready.pk,),
        "reporting:duty-push-back": (laid,),
        "reporting:duty-recall": (laid,),
        "reporting:duty-document": (waiting.pk,),
        "reporting:step-list": (unit,),
        "reporting:step-end": (unit, ApprovalStep.objects.get().pk),
        "accounts:absence-add": ("an",),
        "accounts:absence-end": ("an", Absence.objects.get().pk),
    }
