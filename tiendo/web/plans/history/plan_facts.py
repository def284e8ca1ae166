"""What the plan and the task's own ledgers tell of its history."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from itertools import pairwise

from django.utils.timezone import localdate, make_aware

from tiendo.orgs.models import Succession, Unit
from tiendo.orgs.succession import Link
from tiendo.plans.models import Assignment, DeadlineLine, FieldSource, Handover, PlanVersion, Task, TaskTerms
from tiendo.plans.timeline import Act, Fact, deadline_change, terms_change, turns
from tiendo.web.plans.source import lines_url, passage_of


def plan_facts(task: Task) -> Iterator[Fact]:
    """Versions, deadlines and units, in a fixed number of queries."""
    yield _set(task)
    yield from _versions(task)
    yield from _deadlines(task)
    charged = list(Assignment.objects.filter(task=task).select_related("unit", "group").order_by("pk"))
    yield from _assignments(task, charged)
    yield from _turns(task, charged)


def _set(task: Task) -> Fact:
    version = task.item.version
    passage = passage_of(task.item)
    paper = ", ".join(filter(None, (str(task.item.document), task.item.path, passage.words)))
    return Fact(
        "set", version.created_at, task.followed_from, paper=paper, url=passage.url, acts=(_version_act(task, version),)
    )


def _version_act(task: Task, version: PlanVersion) -> Act:
    return (f"plans.plan:{task.plan.code}", "plans.version.create")


def _versions(task: Task) -> Iterator[Fact]:
    """Each version that says something else of the task than the one before."""
    kept = TaskTerms.objects.filter(task=task).select_related("version__document").defer("version__document__lines")
    said: dict[int | None, set[str]] = {}
    for document, field in FieldSource.objects.filter(task=task).values_list("document_id", "field"):
        said.setdefault(document, set()).add(field)
    for before, after in pairwise(kept.order_by("version__number")):
        version = after.version
        found = terms_change(before.terms, after.terms, said.get(version.document_id, ()))
        if found is None:
            continue
        what, values = found
        paper, url = str(version.document), lines_url(version.document_id, {})
        acts = (_version_act(task, version),)
        yield Fact(what, version.created_at, version.in_force_from, values, paper=paper, url=url, acts=acts)


def _deadlines(task: Task) -> Iterator[Fact]:
    was: date | None = None
    version = _version_act(task, task.item.version)
    rows = DeadlineLine.objects.filter(task=task).select_related("recorded_by", "extension_request")
    for line in rows.order_by("number"):
        what, values = deadline_change(line.number == 1, line.kind, was, line.due_on)
        asked = getattr(line, "extension_request", None)
        granted = (f"reporting.extension:{asked.pk if asked else 0}", "reporting.extension.grant")
        acts = ((f"plans.task:{task.code}", "plans.task.set_deadline"), granted, version)
        note = line.reason if line.number > 1 else ""
        by = line.recorded_by.username
        yield Fact(what, line.recorded_at, localdate(line.recorded_at), values, by, note, line.source, acts=acts)
        was = line.due_on


def _assignments(task: Task, charged: list[Assignment]) -> Iterator[Fact]:
    own, version = f"plans.task:{task.code}", _version_act(task, task.item.version)
    given = ((own, "plans.task.assign_unit"), (own, "plans.task.assign_group"))
    for row in charged:
        values = {"unit": row.words, "role": row.role}
        began, began_on = row.started_at, localdate(row.started_at)
        yield Fact("unit_given", began, began_on, values, acts=(*given, version))
        if row.ended_at:
            acts = ((own, "plans.task.unassign_unit"), *given, version)
            yield Fact("unit_ended", row.ended_at, localdate(row.ended_at), values, acts=acts)


def _turns(task: Task, charged: list[Assignment]) -> Iterator[Fact]:
    """When the answer for a part passed to another unit: by succession, or by a handover of this task."""
    successions = {row.predecessor_id: row for row in Succession.objects.standing().filter(is_default=True)}
    handed = list(Handover.objects.standing().filter(task=task).select_related("change", "recorded_by"))
    defaults = {pk: Link(pk, row.successor_id, row.effective_on) for pk, row in successions.items()}
    own = [Link(row.predecessor_id, row.successor_id, row.change.effective_on) for row in handed]
    by_pair = {(row.predecessor_id, row.successor_id): row for row in handed}
    found = [turn for unit in {row.unit_id for row in charged if row.unit_id} for turn in turns(unit, defaults, own)]
    names = Unit.objects.in_bulk({pk for turn in found for pk in (turn.was, turn.now)}) if found else {}
    for turn in found:
        pair = (turn.link.predecessor, turn.link.successor)
        values = {"was": names[turn.was].name, "unit": names[turn.now].name}
        if turn.link in own:
            yield _handed(by_pair[pair], values)
        else:
            yield _succeeded(successions[pair[0]], values)


def _handed(row: Handover, values: Mapping[str, str]) -> Fact:
    by, on = row.recorded_by.username, row.change.effective_on
    acts = ((f"plans.task:{row.task.code}", "plans.task.hand_over"),)
    return Fact("unit_handed", row.recorded_at, on, values, by, paper=row.source, acts=acts)


def _succeeded(row: Succession, values: Mapping[str, str]) -> Fact:
    at = midnight(row.effective_on)
    return Fact("unit_succeeded", at, row.effective_on, {**values, "how": row.kind}, paper=row.decision)


def midnight(day: date) -> datetime:
    """The moment at which a day begins here."""
    return make_aware(datetime.combine(day, time()))
