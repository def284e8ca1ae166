"""Reads about plans and tasks: what lists, pages, exports and reports count, each counted in one place."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tiendo.accounts.models import User
from tiendo.orgs.models import Succession, Unit, UnitQuerySet
from tiendo.orgs.queries import units_held_by
from tiendo.plans.clarity import Clarity, Known, lacks
from tiendo.plans.holding import holding
from tiendo.plans.models import (
    Annex,
    Assignment,
    Charge,
    DeadlineLine,
    Document,
    FieldSource,
    HigherDocument,
    Mandate,
    Milestone,
    Plan,
    PlanItem,
    PlanVersion,
    Task,
    TaskQuerySet,
    TaskTwin,
)
from tiendo.plans.rates import share
from tiendo.plans.workplan import Gap, WorkLine, gaps

CELLS = ("done_on_time", "done_late", "open_in_time", "open_overdue")
CONCERNS = ("due_soon", "without_lead", "unanswered", "without_report", "stale", "unclear")


def in_list(tasks: TaskQuerySet, name: str, *, on: date) -> TaskQuerySet:
    """The tasks behind one number of the overview, by the number's name. Raises KeyError for another name."""
    lists = {
        "done_on_time": lambda: tasks.done_on_time(),
        "done_late": lambda: tasks.done_late(),
        "open_in_time": lambda: tasks.open_in_time(on),
        "open_overdue": lambda: tasks.open_overdue(on),
        "due_soon": lambda: tasks.due_soon(on),
        "without_lead": lambda: tasks.without_lead(),
        "unanswered": lambda: unanswered(tasks, on=on),
        "without_report": lambda: tasks.without_report(),
        "stale": lambda: tasks.stale(on),
        "unclear": lambda: unclear(tasks.counted()),
        "counted": lambda: tasks.counted(),
        "finished": lambda: tasks.filter(state="completed"),
        "unfinished": lambda: tasks.unfinished(),
    }
    return lists[name]()


@dataclass(frozen=True)
class Overview:
    """The numbers of one screen; `counts` has every name of CELLS and CONCERNS."""

    on: date
    total: int
    cancelled: int
    counts: dict[str, int]

    @property
    def finished(self) -> int:
        return self.counts["done_on_time"] + self.counts["done_late"]

    @property
    def unfinished(self) -> int:
        return self.counts["open_in_time"] + self.counts["open_overdue"]

    @property
    def rate_of_all(self) -> Decimal | None:
        """Completed ÷ all, in percent; None while there is no task (domain §4, rate a)."""
        return share(self.finished, self.total)

    @property
    def rate_of_due(self) -> Decimal | None:
        """Completed ÷ (completed + unfinished overdue), in percent; None while both are 0 (domain §4, rate b)."""
        return share(self.finished, self.finished + self.counts["open_overdue"])


def overview(tasks: TaskQuerySet, *, on: date, also: Mapping[str, TaskQuerySet] | None = None) -> Overview:
    """Every number in one aggregate over the tasks given (already narrowed by `visible_to`).

    Each number is counted by the very filter its list uses, as a membership test on the same rows; `also` brings
    lists that only a room above can make, by the names their numbers get in `counts`.
    """
    lists = {name: in_list(Task.objects.all(), name, on=on) for name in CONCERNS} | dict(also or {})
    numbers: dict[str, Any] = {name: Count("pk", filter=Q(pk__in=rows.values("pk"))) for name, rows in lists.items()}
    return _counted(tasks, on, numbers)


def count_cells(tasks: TaskQuerySet, *, on: date) -> Overview:
    """The four cells alone, where nobody asks for the concerns."""
    return _counted(tasks, on, {})


def _counted(tasks: TaskQuerySet, on: date, more: dict[str, Any]) -> Overview:
    counts = tasks.with_cell(on).aggregate(
        **{cell: Count("pk", filter=Q(cell=cell)) for cell in CELLS},
        **more,
        cancelled=Count("pk", filter=Q(state="cancelled")),
    )
    cancelled = counts.pop("cancelled")
    return Overview(on=on, total=sum(counts[cell] for cell in CELLS), cancelled=cancelled, counts=counts)


def led_by(tasks: TaskQuerySet, unit: Unit, *, on: date, known_at: datetime | None = None) -> TaskQuerySet:
    """Tasks for which the unit answers as lead on the date, its predecessors' included; by what was known then."""
    known = holding(on=on, known_at=known_at)
    return tasks.of_units(known.held_by(unit.pk), Assignment.Role.LEAD, known=known)


def unanswered(tasks: TaskQuerySet, *, on: date) -> TaskQuerySet:
    """Unfinished tasks whose lead, and whoever took over from it, is no longer in force, and nobody succeeds it."""
    taken = Succession.objects.standing().filter(predecessor=OuterRef("pk"), is_default=True, effective_on__lte=on)
    gone = Unit.objects.filter(Q(valid_to__lte=on) | Q(withdrawn_at__isnull=False)).exclude(Exists(taken))
    held = units_held_by(frozenset(gone.values_list("pk", flat=True)), on=on)
    return tasks.unfinished().of_units(held, Assignment.Role.LEAD, on=on)


def answering_units(
    plan: Plan | None = None,
    *,
    roles: Collection[str] = (Assignment.Role.LEAD, Assignment.Role.COORDINATING),
    on: date,
) -> UnitQuerySet:
    """Units that report as a rule, and those that answer that day for a unit charged with an unfinished task."""
    tasks = Task.objects.filter(plan=plan) if plan else Task.objects.all()
    charged = Assignment.objects.in_force().filter(role__in=roles, unit__isnull=False, task__in=tasks.unfinished())
    known = holding(on=on)
    parts = charged.order_by().values_list("task_id", "unit_id").distinct()
    named = {known.of_part(task, unit) for task, unit in parts if unit}
    return Unit.objects.in_force(on).filter(Q(reports=True) | Q(pk__in=named))


def for_list(tasks: TaskQuerySet) -> TaskQuerySet:
    """The rows of a task list with what each row shows, in a constant number of queries."""
    lead = Assignment.objects.in_force().filter(role=Assignment.Role.LEAD).select_related("unit", "group")
    return (
        tasks.select_related("group", "plan")
        .defer("folded")
        .prefetch_related(Prefetch("assignments", queryset=lead.order_by(), to_attr="lead_assignments"))
    )


@dataclass(frozen=True, kw_only=True)
class TaskCount:
    """How far some tasks are: those counted, those finished, those overdue and not finished."""

    total: int
    finished: int
    overdue: int

    @property
    def rate(self) -> Decimal | None:
        """Completed ÷ all, in percent."""
        return share(self.finished, self.total)


@dataclass(frozen=True, kw_only=True)
class GroupCount(TaskCount):
    pk: int
    code: str
    title: str


def by_group(tasks: TaskQuerySet, *, on: date) -> list[GroupCount]:
    """Counted tasks of each group, in the plan's order."""
    rows = (
        tasks.counted()
        .with_cell(on)
        .filter(group__isnull=False)
        .order_by("group__plan", "group__position")
        .values("group_id", "group__code", "group__short_title")
        .annotate(
            total=Count("pk"),
            finished=Count("pk", filter=Q(cell__in=["done_on_time", "done_late"])),
            overdue=Count("pk", filter=Q(cell="open_overdue")),
        )
    )
    return [
        GroupCount(
            pk=row["group_id"],
            code=row["group__code"],
            title=row["group__short_title"],
            total=row["total"],
            finished=row["finished"],
            overdue=row["overdue"],
        )
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class HigherCount(TaskCount):
    """How far a higher document is carried out, and the codes of the plans that do."""

    document: HigherDocument
    plans: tuple[str, ...]


def by_higher(tasks: TaskQuerySet, *, on: date) -> list[HigherCount]:
    """Every document that plans carry out with the tasks given that do (R027), each task once, in two queries.

    A task counts for a document it names itself and for those its whole plan carries out.
    """
    rows = Mandate.objects.in_force().select_related("document", "plan").order_by("document__key", "plan__code", "pk")
    direct, whole = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    plans, documents = defaultdict[int, dict[str, None]](dict), dict[int, HigherDocument]()
    for row in rows:
        documents[row.document_id] = row.document
        plans[row.document_id][row.plan.code] = None
        (direct[row.document_id].add(row.task_id) if row.task_id else whole[row.document_id].add(row.plan_id))
    cells = list(
        tasks.counted().with_cell(on).annotate(in_cell=F("cell")).order_by().values_list("pk", "plan_id", "in_cell")
    )
    counts = {
        pk: Counter(cell for task, plan, cell in cells if task in direct[pk] or plan in whole[pk]) for pk in documents
    }
    return [
        HigherCount(
            document=document,
            plans=tuple(plans[pk]),
            total=counts[pk].total(),
            finished=counts[pk]["done_on_time"] + counts[pk]["done_late"],
            overdue=counts[pk]["open_overdue"],
        )
        for pk, document in documents.items()
    ]


def with_known(tasks: TaskQuerySet) -> TaskQuerySet:
    """Annotated with what the "6 rõ" need, for `lacks_of`."""
    lead = Assignment.objects.in_force().filter(task=OuterRef("pk"), role=Assignment.Role.LEAD, unit__isnull=False)
    charged = Charge.objects.filter(task=OuterRef("pk"), valid_to=None)
    return tasks.annotate(
        has_lead=Exists(lead),
        has_head=Exists(charged.filter(kind=Charge.Kind.HEAD)),
        has_officer=Exists(charged.filter(kind=Charge.Kind.OFFICER)),
    )


KNOWN = ("description", "has_lead", "has_officer", "has_head", "due_kind", "product", "authority")


def known_of(row: Mapping[str, object]) -> Known:
    """What is known of a task, from a row that holds KNOWN."""
    return Known(
        description=bool(row["description"]),
        lead=bool(row["has_lead"]),
        officer=bool(row["has_officer"]),
        head=bool(row["has_head"]),
        deadline=row["due_kind"] != "missing",
        product=bool(row["product"]),
        authority=bool(row["authority"]),
    )


def lacks_of(task: Task) -> tuple[Clarity, ...]:
    """Which of the six a task from `with_known` lacks."""
    return lacks(known_of({name: getattr(task, name) for name in KNOWN}))


def unclear(tasks: TaskQuerySet) -> TaskQuerySet:
    """Tasks that lack at least one of the six."""
    return with_known(tasks).filter(
        Q(has_lead=False)
        | Q(has_head=False)
        | Q(has_officer=False)
        | Q(due_kind="missing")
        | Q(product=None)
        | Q(product="")
        | Q(authority=None)
        | Q(authority="")
        | Q(description="")
    )


def with_workplan(tasks: TaskQuerySet) -> TaskQuerySet:
    """Annotated with what an action plan holds of each (R028): its milestones, how many are done, who works on it."""
    steps = Count("milestones", filter=Q(milestones__removed_at=None), distinct=True)
    done = Count("milestones", filter=Q(milestones__removed_at=None, milestones__done_on__isnull=False), distinct=True)
    officer = Charge.objects.filter(task=OuterRef("pk"), kind=Charge.Kind.OFFICER, valid_to=None)
    return tasks.annotate(steps=steps, steps_done=done, officer_name=Subquery(officer.values("user__full_name")[:1]))


def gaps_of(task: Task) -> tuple[Gap, ...]:
    """What the task's line of the action plan lacks; the task comes from `with_workplan`."""
    lasting = task.due_kind in (DeadlineLine.Kind.RECURRING, DeadlineLine.Kind.OPEN)
    return gaps(
        WorkLine(
            start=task.starts_on is not None,
            end=task.due_on is not None or lasting,
            milestones=bool(task.steps),  # type: ignore[attr-defined]
            person=bool(task.officer_name),  # type: ignore[attr-defined]
        )
    )


def without_workplan(tasks: TaskQuerySet) -> TaskQuerySet:
    """Unfinished tasks whose line of the action plan lacks something, as `gaps_of` says of each."""
    steps = Milestone.objects.in_force().filter(task=OuterRef("pk"))
    officer = Charge.objects.filter(task=OuterRef("pk"), kind=Charge.Kind.OFFICER, valid_to=None)
    endless = Q(due_on=None) & ~Q(due_kind__in=[DeadlineLine.Kind.RECURRING, DeadlineLine.Kind.OPEN])
    return tasks.unfinished().filter(Q(starts_on=None) | endless | ~Exists(steps) | ~Exists(officer))


def task_for_page(user: User, code: str) -> Task:
    """One task with all that its page shows. Raises Task.DoesNotExist also when the user may not see it."""
    tasks = with_known(Task.objects.visible_to(user)).select_related("plan", "group", "item__document", "item__version")
    # Each part is told its order: the order a table has by itself would join the task's and the plan's.
    hanging = {
        "assignments": Assignment.objects.in_force().select_related("unit", "group").order_by("role", "pk"),
        "charges": Charge.objects.select_related("user").order_by("kind", "valid_from"),
        "deadline_lines": DeadlineLine.objects.select_related("recorded_by").order_by("number"),
        "sources": FieldSource.objects.select_related("document", "recorded_by").order_by("field", "pk"),
    }
    hanging["sources"] = hanging["sources"].defer("document__lines")
    parts = [Prefetch(name, queryset=rows) for name, rows in hanging.items()]
    return tasks.defer("item__document__lines").prefetch_related(*parts).get(code=code)


def tree(version: PlanVersion) -> QuerySet[PlanItem]:
    """Every item of a version in reading order."""
    return version.items.order_by("position")


def paths_in(version: PlanVersion) -> dict[int, str]:
    """First row of an item → the path under which it stands in the version, whatever its path was before or after."""
    rows = version.items.values_list("pk", "origin_id", "path")
    return {origin or pk: path for pk, origin, path in rows}


def tasks_by_path(tasks: TaskQuerySet, version: PlanVersion) -> dict[str, list[Task]]:
    """Path in the version → the tasks that stand there. By what the item first was, for each version has its own."""
    paths, found = paths_in(version), dict[str, list[Task]]()
    for task in tasks.filter(plan=version.plan_id).select_related("item"):
        if path := paths.get(task.item.origin_id or task.item_id):
            found.setdefault(path, []).append(task)
    return found


def same_item(item: PlanItem) -> QuerySet[PlanItem]:
    """The item in every version that has it."""
    first = item.origin_id or item.pk
    return PlanItem.objects.filter(Q(pk=first) | Q(origin=first))


def indicators_of(task: Task) -> QuerySet[PlanItem]:
    """Indicators the task serves, each as the latest version that has it says it."""
    firsts = [item.origin_id or item.pk for item in PlanItem.objects.filter(task_links__task=task)]
    rows = PlanItem.objects.filter(Q(pk__in=firsts) | Q(origin__in=firsts))
    latest = (
        rows.annotate(first_row=Coalesce("origin", "pk"))
        .order_by("first_row", "-version__number")
        .values_list("first_row", "pk")
    )
    newest: dict[int, int] = {}
    for first, pk in latest:
        newest.setdefault(first, pk)
    return PlanItem.objects.filter(pk__in=newest.values()).select_related("version").order_by("position")


def mandates_of(task: Task) -> QuerySet[Mandate]:
    """What the task carries out: of its own, and with its whole plan."""
    rows = Mandate.objects.in_force().filter(Q(task=task) | Q(plan=task.plan_id, task=None))
    return rows.select_related("document", "plan").order_by("document__key", "task")


def twins_of(task: Task, *, user: User) -> QuerySet[Task]:
    """Tasks of other plans that a person has tied to this one as the same work, as far as the user may see them."""
    ties = TaskTwin.objects.filter(Q(first=task) | Q(second=task)).values_list("first", "second")
    others = {pk for pair in ties for pk in pair} - {task.pk}
    return Task.objects.visible_to(user).filter(pk__in=others).select_related("plan").order_by("due_on", "code")


def openable(user: User, codes: Iterable[str]) -> frozenset[str]:
    """Codes of those tasks whose page the person may open, in one query: a page names the others without a link."""
    if not (wanted := {code for code in codes if code}):
        return frozenset()
    return frozenset(Task.objects.visible_to(user).filter(code__in=wanted).values_list("code", flat=True))


def documents_visible_to(user: User) -> QuerySet[Document]:
    """Papers of the plans this person may read: of a version, or of an annex."""
    plans = Plan.objects.visible_to(user)
    return Document.objects.filter(
        Q(pk__in=PlanVersion.objects.filter(plan__in=plans).values("document"))
        | Q(pk__in=Annex.objects.filter(plan__in=plans, document__isnull=False).values("document"))
        | Q(pk__in=PlanItem.objects.filter(version__plan__in=plans).values("document"))
    )
