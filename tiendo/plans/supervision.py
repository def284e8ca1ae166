"""Which one agency supervises a task: its own, or else that of its branch; and what has none (R007, ADR 0023).

An agency supervises nothing it takes part in: a task of the branch that its agency leads, helps with or performs
counts as without one until it gets its own.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tiendo.orgs.models import Unit
from tiendo.orgs.queries import links, units_held_by
from tiendo.plans.holding import holding
from tiendo.plans.models import Assignment, GroupSupervision, Plan, Task, TaskGroup, TaskQuerySet

APART = (Assignment.Role.LEAD, Assignment.Role.COORDINATING, Assignment.Role.PERFORMING)


@dataclass(frozen=True)
class Supervisor:
    """Who supervises: the unit the paper names, the one answering that day, and whether for the whole branch."""

    named: Unit
    answering: Unit
    of_branch: bool


@dataclass(frozen=True)
class Branch:
    """A branch with its agency, and its counted tasks: all, those without any agency, those its agency works on."""

    group: TaskGroup
    supervision: GroupSupervision | None
    supervisor: Supervisor | None
    total: int
    without: int
    clashing: int


def supervised_by(tasks: TaskQuerySet, unit_ids: Collection[int], *, on: date) -> TaskQuerySet:
    """Those the units supervise, by themselves or with their branch; the ids are of units whose duties are held."""
    held = frozenset(unit_ids)
    own = Task.objects.of_units(held, Assignment.Role.SUPERVISING)
    whole = Q(Exists(_branches().filter(unit_id__in=held))) & ~Q(Exists(_own()))
    return tasks.filter(Q(pk__in=own.values("pk")) | (whole & ~clashing(on)))


def unsupervised(tasks: TaskQuerySet, *, on: date) -> TaskQuerySet:
    """Counted tasks without one agency that stands apart from those who carry them out."""
    return tasks.counted().filter(~Q(Exists(_own())), ~Q(Exists(_branches())) | clashing(on))


def clashing(on: date) -> Q:
    """Tasks the agency of their branch takes part in, itself or for a unit it answers for."""
    rows = GroupSupervision.objects.filter(ended_at=None).order_by().values_list("unit_id", "group_id")
    groups, known, answering = dict[int, list[int]](), links(), holding(on=on)
    for unit, group in rows:
        groups.setdefault(answering.of_unit(unit), []).append(group)
    parts = Assignment.objects.in_force().filter(role__in=APART)
    moved, found = answering.moved(parts), Q(pk__in=[])
    for unit, branches in groups.items():
        held = units_held_by(frozenset({unit}), on=on, known=known)
        given = [pk for pk, holder in moved.items() if holder == unit]
        its = parts.filter((Q(unit_id__in=held) & ~Q(pk__in=list(moved))) | Q(pk__in=given))
        found |= Q(group_id__in=branches) & Q(Exists(its.filter(task=OuterRef("pk"))))
    return found


def supervisors_of(tasks: Iterable[Task], *, on: date) -> dict[int, Supervisor]:
    """Task id → who supervises it that day; a task without one is absent. A constant number of queries."""
    wanted = {task.pk: task.group_id for task in tasks}
    own = Assignment.objects.in_force().filter(task__in=wanted, role=Assignment.Role.SUPERVISING, unit__isnull=False)
    named = {row.task_id: row.unit for row in own.select_related("unit").order_by() if row.unit}
    agencies = {row.group_id: row.unit for row in _open(wanted.values())}
    clash = set(Task.objects.filter(clashing(on), pk__in=wanted).values_list("pk", flat=True)) if agencies else set()
    whole = {pk: agencies[group] for pk, group in wanted.items() if group in agencies and pk not in clash}
    known = holding(on=on)
    true = {pk: known.of_part(pk, unit.pk) for pk, unit in (whole | named).items()}
    units = Unit.objects.in_bulk(set(true.values()))
    return {pk: Supervisor(unit, units[true[pk]], of_branch=pk not in named) for pk, unit in (whole | named).items()}


def branches(plan: Plan, tasks: TaskQuerySet, *, on: date) -> list[Branch]:
    """Every branch of the plan in its order, counted over the tasks given. A constant number of queries."""
    groups = list(plan.groups.all())
    agencies = {row.group_id: row for row in _open(group.pk for group in groups)}
    answering = _answering({row.unit for row in agencies.values()}, on)
    counted = tasks.filter(plan=plan).counted()
    total, without = _by_group(counted), _by_group(unsupervised(counted, on=on))
    clash = _by_group(counted.filter(clashing(on)).filter(~Exists(_own())))
    return [
        Branch(
            group=group,
            supervision=(row := agencies.get(group.pk)),
            supervisor=Supervisor(row.unit, answering[row.unit_id], of_branch=True) if row else None,
            total=total.get(group.pk, 0),
            without=without.get(group.pk, 0),
            clashing=clash.get(group.pk, 0),
        )
        for group in groups
    ]


def _by_group(tasks: TaskQuerySet) -> dict[int | None, int]:
    return dict(tasks.order_by().values_list("group").annotate(n=Count("pk")))


def _open(groups: Iterable[int | None]) -> Iterable[GroupSupervision]:
    return GroupSupervision.objects.filter(group__in=set(groups) - {None}, ended_at=None).select_related("unit")


def _own() -> QuerySet[Assignment]:
    role = Assignment.Role.SUPERVISING
    return Assignment.objects.in_force().filter(task=OuterRef("pk"), role=role, unit__isnull=False)


def _branches() -> QuerySet[GroupSupervision]:
    return GroupSupervision.objects.filter(group=OuterRef("group"), ended_at=None)


def _answering(units: set[Unit], on: date) -> dict[int, Unit]:
    """Unit id → the unit answering for it that day."""
    known = holding(on=on)
    true = {unit.pk: known.of_unit(unit.pk) for unit in units}
    found = Unit.objects.in_bulk(set(true.values()))
    return {pk: found[holder] for pk, holder in true.items()}
