"""What a release is built from: public fields of public tasks and of accepted reports, and nothing else.

Every row passes `guard.public_rows`. Three filters stand here and nowhere else: tasks that may be named in public,
submissions that were accepted, money that finance confirmed; what is drafted, returned or waits is never read.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models.functions import Coalesce

from tiendo.accounts.models import User
from tiendo.budget.models import MoneyLine, SpendingLine
from tiendo.budget.queries import SUMS, year_sums
from tiendo.budget.share import Share, shares
from tiendo.orgs.models import Unit
from tiendo.plans.holding import Holding, holding
from tiendo.plans.joining import Given, members_of
from tiendo.plans.models import (
    Annex,
    Assignment,
    DeadlineLine,
    FieldSource,
    GroupSupervision,
    Plan,
    PlanItem,
    PlanVersion,
    Task,
    TaskGroup,
    TaskQuerySet,
)
from tiendo.plans.queries import paths_in
from tiendo.publication.guard import public_rows
from tiendo.publication.records import Parts, Row
from tiendo.reporting.models import Evidence, Submission

DOCUMENT = ("document__kind", "document__number", "document__symbol", "document__issued_on", "document__title")


def tasks_with_parts(plan: Plan) -> list[Parts]:
    """Every public task of the plan with all that hangs on it, in a fixed number of queries."""
    tasks = Task.objects.filter(plan=plan).published()
    parts = {row["id"]: Parts(row) for row in task_rows(plan)}
    hanging: dict[str, list[Row]] = {
        "assignments": public_rows(
            Assignment.objects.in_force().filter(task__in=tasks).order_by("pk"),
            *("task_id", "role", "printed", "unit_id", "unit__code", "unit__name"),
            *("group_id", "group__code", "group__name", "task__followed_from"),
        ),
        "ledger": public_rows(
            DeadlineLine.objects.filter(task__in=tasks).order_by("number"),
            *("task_id", "number", "raw", "kind", "due_on", "source", "recorded_at"),
        ),
        "sources": public_rows(
            FieldSource.objects.filter(task__in=tasks).order_by("pk"),
            *("task_id", "field", "document_id", *DOCUMENT, "where", "quote", "note", "recorded_at"),
        ),
        "reports": accepted_reports(plan),
        "money": confirmed_money(plan),
    }
    for name, rows in hanging.items():
        for row in rows:
            getattr(parts[row["entry__task_id" if name == "reports" else "task_id"]], name).append(row)
    _add_agencies(plan, parts.values())
    return list(parts.values())


def _add_agencies(plan: Plan, parts: Iterable[Parts]) -> None:
    """Each task gets the row of the agency that supervises its branch."""
    rows = public_rows(
        GroupSupervision.objects.filter(group__plan=plan, ended_at=None),
        *("group__code", "unit_id", "unit__code", "unit__name"),
    )
    agencies = {row["group__code"]: row for row in rows}
    for part in parts:
        if agency := agencies.get(part.task["group__code"]):
            part.agencies.append(agency)


def cited_document(plan: Plan) -> Row:
    """The paper that set the plan, as it is cited, and the number of the latest version.

    It is the latest version's that is no annex: an annex has no symbol and no day of its own.
    Raises PlanVersion.DoesNotExist when there is none.
    """
    version = plan.versions.filter(document__annexes=None).order_by("number").last() or plan.version
    cited = public_rows(PlanVersion.objects.filter(pk=version.pk), *DOCUMENT, "document__issuer")[0]
    return {**cited, "number": plan.version.number}


def annexes(plan: Plan) -> dict[int, str]:
    """Label of each document attached to the plan as an annex."""
    attached = public_rows(Annex.objects.filter(plan=plan, document__isnull=False), "document_id", "label")
    return {row["document_id"]: row["label"] for row in attached}


def task_rows(plan: Plan) -> list[Row]:
    own = "id code number title description product authority position followed_from state percent completed_on"
    dates = "last_accepted_on due_on due_kind original_due_on"
    along = "group__code group__title group__position item_id item__origin_id item__path item__text item__where"
    paper = (f"item__{name}" for name in (*DOCUMENT, "version__number"))
    tasks = Task.objects.filter(plan=plan).published().order_by("position", "pk")
    rows = public_rows(tasks, *own.split(), *dates.split(), *along.split(), "item__document_id", *paper)
    paths = paths_in(plan.version)
    return [{**row, "item__path": _path_now(row, paths)} for row in rows]


def _path_now(row: Row, paths: dict[int, str]) -> str:
    """Where the task stands in the latest version, whose paths are its own; "v1/III.1#3" when it no longer does."""
    path = paths.get(row["item__origin_id"] or row["item_id"])
    return path or f"v{row['item__version__number']}/{row['item__path']}"


def accepted_reports(plan: Plan) -> list[Row]:
    """Accepted submissions about public tasks, oldest acceptance first."""
    accepted = Submission.objects.filter(
        verdict=Submission.Verdict.ACCEPTED,
        entry__task__in=Task.objects.filter(plan=plan).published(),
    ).order_by("decided_at", "pk")
    own = "number state percent completed_on result money_used evidence_ids submitted_at decided_at"
    along = "entry__task_id entry__duty__unit__name entry__duty__period__name"
    return public_rows(accepted, *own.split(), *along.split())


def confirmed_money(plan: Plan) -> list[Row]:
    """Money of public tasks that finance has confirmed; a line that waits, was returned or replaced is never read."""
    lines = MoneyLine.objects.current().filter(task__in=Task.objects.filter(plan=plan).published())
    own = "task_id year kind amount as_of document decided_at"
    along = "source__code source__name unit__code unit__name"
    ordered = lines.order_by("year", "source__position", "source__code", "unit__sort_key", "unit__code", "kind")
    return public_rows(ordered, *own.split(), *along.split())


def budget_shares(plan: Plan) -> list[Share]:
    """The share of the plan's owner's budget, every year on each basis."""
    lines = SpendingLine.objects.filter(owner=plan.owner_id, is_current=True)
    return shares(year_sums(public_rows(lines, *SUMS)))


def documents(parts: list[Parts]) -> dict[int, Row]:
    """Evidence of the given reports that is a document with a number: never a file."""
    wanted = {key for part in parts for report in part.reports for key in report["evidence_ids"]}
    papers = Evidence.objects.filter(document_number__isnull=False)
    if len(wanted) < 500:
        papers = papers.filter(pk__in=wanted)
    rows = public_rows(papers, "id", "document_number", "document_date")
    return {row["id"]: row for row in rows if row["id"] in wanted}


def units() -> dict[int, Row]:
    fields = ("id", "code", "name", "kind", "sort_key", "valid_from", "valid_to", "reports")
    return {row["id"]: row for row in public_rows(Unit.objects.standing().order_by("sort_key", "pk"), *fields)}


def answering(on: date) -> Holding:
    """Who answers on the day, for units and for their parts in tasks."""
    return holding(on=on)


def members(parts: Iterable[Parts], known: Holding) -> dict[Given, frozenset[int]]:
    """The units that take part on the day in what these tasks give to groups, by group and the day it was given."""
    rows = (row for part in parts for row in part.assignments if row["group_id"])
    return members_of({(row["group_id"], row["task__followed_from"]) for row in rows}, on=known.on, known=known)


def groups(plan: Plan) -> list[Row]:
    rows = TaskGroup.objects.filter(plan=plan).order_by("position", "pk")
    return public_rows(rows, "code", "title", "short_title")


def items(plan: Plan) -> list[Row]:
    """The plan's text in reading order, without any passage that only assigns tasks kept from the public."""
    version = plan.version
    hidden = Task.objects.filter(plan=plan).exclude(not_public_reason=None)
    secret = _paths_of(hidden, version) - _paths_of(Task.objects.filter(plan=plan).published(), version)
    rows = public_rows(
        PlanItem.objects.filter(version=version).order_by("position"),
        *("path", "parent__path", "position", "kind", "number", "text"),
    )
    parents = {row["path"]: row["parent__path"] for row in rows}
    return [
        {**row, "parent__path": open_parent(row["path"], parents, secret)} for row in rows if row["path"] not in secret
    ]


def _paths_of(tasks: TaskQuerySet, version: PlanVersion) -> set[str]:
    """Where tasks stand in the version; those that it no longer has stand nowhere."""
    paths = paths_in(version)
    firsts = tasks.values_list(Coalesce("item__origin", "item"), flat=True)
    return {paths[first] for first in firsts if first in paths}


def open_parent(path: str, parents: dict[str, str | None], secret: set[str]) -> str | None:
    """The nearest branch above that may be shown."""
    above = parents[path]
    while above is not None and above in secret:
        above = parents[above]
    return above


def hidden_count(plan: Plan) -> int:
    """How many tasks are kept from the public: a number, and nothing more of them."""
    return Task.objects.filter(plan=plan).exclude(not_public_reason=None).count()


def people_names() -> list[str]:
    """Names to take out of free text; they go into the mask and nowhere else."""
    return list(User.objects.values_list("full_name", flat=True))


def by_unit(parts: list[Parts]) -> dict[int, list[Parts]]:
    """Tasks of each unit named in an assignment."""
    charged: dict[int, list[Parts]] = defaultdict(list)
    for part in parts:
        for unit in {row["unit_id"] for row in part.assignments if row["unit_id"] is not None}:
            charged[unit].append(part)
    return charged
