"""What was chosen becomes a version: the first of a plan, one with an annex more, or one that amends the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tiendo.accounts.models import User
from tiendo.intake.accepting import build
from tiendo.intake.choosing import Offered
from tiendo.intake.models import Import, Proposal
from tiendo.intake.queries import attached_as, known_to
from tiendo.intake.revising import Revision, revise
from tiendo.intake.standing import base_of, known_anew
from tiendo.plans.actions import amend_task, create_version, drop_task, link_indicator, tie_twins
from tiendo.plans.actions.terms import keep_terms
from tiendo.plans.models import Document, Plan, PlanVersion, Task
from tiendo.plans.queries import paths_in
from tiendo.plans.structure import VersionContent


@dataclass(frozen=True)
class Given:
    """Under what a version is made: its plan, the paper it rests on, from when it counts, by whom and when."""

    plan: Plan
    document: Document
    start: date
    reason: str
    by: User
    at: datetime


@dataclass(frozen=True)
class Made:
    """The version, the task each proposal made or goes on from (by key), and the path of each indicator (by key)."""

    version: PlanVersion
    tasks: Mapping[str, Task]
    indicators: Mapping[str, str]


def begin(source: Import, chosen: Sequence[Offered], given: Given) -> Made:
    """Everything chosen is added to the plan."""
    built = build(chosen, known_to(given.plan, source), attached_as(source.annex))
    version = _version(built.content, given)
    return Made(version, dict(zip(built.tasks, _new_tasks(version), strict=True)), _indicators(built.paths))


def amend(source: Import, chosen: Sequence[Offered], given: Given) -> Made:
    """The next version: what goes on, what is added, what falls away; tasks that go on keep all that was reported."""
    base = base_of(source)
    revision = revise(chosen, base, known_anew(base, source), attached_as(source.annex))
    version = _version(revision.content, given)
    fresh = _new_tasks(version)
    there = given.plan.tasks.select_related("item").in_bulk(_codes(revision), field_name="code")
    _amend_tasks(revision, version, there, given)
    for code in revision.dropped:
        drop_task(task=there[code], reason=given.reason, document=given.document, by=given.by, at=given.at)
    keep_terms(version=version)
    tasks = {key: fresh[made] if isinstance(made, int) else there[made] for key, made in revision.made.items()}
    return Made(version, tasks, _indicators(revision.paths))


def tie(source: Import, made: Made, given: Given) -> None:
    """The twins a person confirmed, and the indicators tasks were linked to."""
    rows = source.proposals.filter(kind=Proposal.Kind.TASK, key__in=made.tasks)
    items = {item.path: item for item in made.version.items.filter(kind="indicator_row")}
    for row in rows:
        task = made.tasks[row.key]
        for twin in (each for each in row.twins if each.get("confirmed")):
            other = _twin(twin, made)
            if other and other.pk != task.pk:
                tie_twins(first=task, second=other, score=twin["score"], by=given.by, at=given.at)
        for link in row.links:
            if item := items.get(made.indicators.get(link, link)):
                link_indicator(task=task, item=item, by=given.by, at=given.at)


def _amend_tasks(revision: Revision, version: PlanVersion, there: Mapping[str, Task], given: Given) -> None:
    """What changed in the tasks that go on; one that only stands elsewhere now points there."""
    items = {item.path: item for item in version.items.all()}
    paths = paths_in(version)
    for change in revision.changes:
        was = there[change.code]
        stands = paths.get(was.item.origin_id or was.item_id)
        if change.fields or stands != change.path:
            amend_task(
                task=was,
                new=change.new,
                fields=change.fields,
                document=given.document,
                item=items[change.path],
                by=given.by,
                at=given.at,
            )


def _twin(twin: Mapping[str, Any], made: Made) -> Task | None:
    if twin["task"]:
        return Task.objects.filter(code=twin["task"]).first()
    return made.tasks.get(twin["proposal"])


def _indicators(paths: Mapping[tuple[str, str], str]) -> dict[str, str]:
    return {key: path for (kind, key), path in paths.items() if kind == "indicator"}


def _version(content: VersionContent, given: Given) -> PlanVersion:
    return create_version(
        plan=given.plan, document=given.document, content=content, in_force_from=given.start, by=given.by, at=given.at
    )


def _new_tasks(version: PlanVersion) -> list[Task]:
    """The tasks that came with the version, in the order of its content."""
    return list(version.plan.tasks.filter(item__version=version).order_by("position"))


def _codes(revision: Revision) -> list[str]:
    return [*(change.code for change in revision.changes), *revision.dropped]
