"""What the public history of tasks is built from: public fields of public tasks, through the guard."""

from collections.abc import Mapping

from tiendo.orgs.models import Succession
from tiendo.orgs.succession import Link
from tiendo.oversight.models import Commendation
from tiendo.plans.models import Assignment, FieldSource, Handover, Plan, Task, TaskTerms
from tiendo.plans.timeline import turns
from tiendo.publication.guard import public_rows
from tiendo.publication.timelines import Passing, Past, Row

DOCUMENT = ("kind", "number", "symbol", "issued_on", "title")


def pasts(plan: Plan, units: Mapping[int, Row]) -> dict[int, Past]:
    """Task id → its past, in a fixed number of queries; `units`: every unit by number, for their names."""
    tasks = Task.objects.filter(plan=plan).published()
    found: dict[int, Past] = {pk: Past() for pk in tasks.values_list("pk", flat=True)}
    for row in _charged(plan):
        found[row["task_id"]].charged.append(row)
    for row in _terms(plan):
        found[row["task_id"]].terms.append(row)
    for row in _praise(plan):
        if row["tasks"] in found:
            found[row["tasks"]].praise.append(row)
    _pass_on(found, _handovers(plan), units)
    return found


def _charged(plan: Plan) -> list[Row]:
    rows = Assignment.objects.filter(task__in=Task.objects.filter(plan=plan).published()).order_by("pk")
    names = ("unit_id", "unit__name", "group__name")
    return public_rows(rows, "task_id", "role", "printed", *names, "started_at", "ended_at")


def _terms(plan: Plan) -> list[Row]:
    rows = TaskTerms.objects.filter(task__in=Task.objects.filter(plan=plan).published())
    paper = (f"version__document__{name}" for name in DOCUMENT)
    own = ("task_id", "terms", "version__in_force_from", "version__document_id", *paper)
    said: dict[tuple[int, int], set[str]] = {}
    given = FieldSource.objects.filter(task__in=Task.objects.filter(plan=plan).published(), document__isnull=False)
    for row in public_rows(given.order_by(), "task_id", "document_id", "field"):
        said.setdefault((row["task_id"], row["document_id"]), set()).add(row["field"])
    found = public_rows(rows.order_by("task", "version__number"), *own)
    return [{**row, "said": said.get((row["task_id"], row["version__document_id"]), ())} for row in found]


def _praise(plan: Plan) -> list[Row]:
    """Commendations that name public tasks; never whom of a unit they name."""
    rows = Commendation.objects.filter(tasks__in=Task.objects.filter(plan=plan).published())
    return public_rows(
        rows.distinct().order_by("decided_on", "pk"), "tasks", "unit__name", "form", "decision", "decided_on"
    )


def _handovers(plan: Plan) -> dict[int, list[Row]]:
    rows = Handover.objects.standing().filter(task__in=Task.objects.filter(plan=plan).published()).order_by("pk")
    found: dict[int, list[Row]] = {}
    for row in public_rows(rows, "task_id", "predecessor_id", "successor_id", "change__effective_on", "source"):
        found.setdefault(row["task_id"], []).append(row)
    return found


def _pass_on(found: dict[int, Past], handed: Mapping[int, list[Row]], units: Mapping[int, Row]) -> None:
    """Who answered after whom for every part; worked out once for each unit whose tasks were not handed apart."""
    rows = public_rows(
        Succession.objects.standing().filter(is_default=True),
        *("predecessor_id", "successor_id", "effective_on", "kind", "decision"),
    )
    standing = {row["predecessor_id"]: row for row in rows}
    if not standing and not handed:
        return
    defaults = {pk: Link(pk, row["successor_id"], row["effective_on"]) for pk, row in standing.items()}
    known: dict[int, list[Passing]] = {}
    for task, past in found.items():
        own = {_link(row): row for row in handed.get(task, ())}
        for unit in {row["unit_id"]: None for row in past.charged if row["unit_id"] is not None}:
            if own:
                past.passings += _passings(unit, defaults, own, standing, units)
                continue
            if unit not in known:
                known[unit] = _passings(unit, defaults, {}, standing, units)
            past.passings += known[unit]


def _link(row: Row) -> Link:
    return Link(row["predecessor_id"], row["successor_id"], row["change__effective_on"])


def _passings(
    unit: int,
    defaults: Mapping[int, Link],
    own: Mapping[Link, Row],
    standing: Mapping[int, Row],
    units: Mapping[int, Row],
) -> list[Passing]:
    found = []
    for turn in turns(unit, defaults, own):
        row = own.get(turn.link)
        how, source = ("", row["source"]) if row else _succession(standing[turn.link.predecessor])
        found.append(Passing(turn, units[turn.was]["name"], units[turn.now]["name"], how, source))
    return found


def _succession(row: Row) -> tuple[str, str]:
    return row["kind"], row["decision"]
