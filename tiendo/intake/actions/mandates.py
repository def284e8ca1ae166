"""What the accepted words say is carried out becomes mandates of the plan and of its tasks (R027)."""

from tiendo.intake.actions.versions import Given, Made
from tiendo.intake.carrying import Carried, carried_out, known_references, plan_words
from tiendo.intake.models import Import
from tiendo.plans.actions import carry_out
from tiendo.plans.actions.mandates import Named
from tiendo.plans.models import Task


def keep_mandates(source: Import, made: Made, given: Given) -> None:
    """Each document that the plan's head or a task's own words say is carried out, once."""
    reading = source.reading or {}
    known = known_references(reading)
    if source.annex is None:
        for words in plan_words(reading, source.lines):
            for carried in carried_out(words, known):
                _keep(carried, given, None)
    for task in made.tasks.values():
        for carried in carried_out(task.description, known):
            _keep(carried, given, task)


def _keep(carried: Carried, given: Given, task: Task | None) -> None:
    named = Named(kind=carried.kind, issuer=carried.issuer, issued_on=carried.issued_on)
    carry_out(
        number=carried.number, plan=given.plan, task=task, named=named, quote=carried.quote, by=given.by, at=given.at
    )
