"""Where work piles up: tasks without progress, causes and desks that hold many tasks, each with its age (R046)."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from tiendo.accounts.models import User
from tiendo.calendars.working_days import OfficeCalendar
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import office_calendar
from tiendo.oversight.models import Difficulty, DifficultyQuerySet, DifficultyStay
from tiendo.plans.holding import answering_for
from tiendo.plans.models import Assignment, Plan, Task

SHOWN = 10


@dataclass(frozen=True)
class StaleTask:
    """An unfinished task without an accepted word since `since`, its lead unit, and the working days gone by."""

    task: Task
    unit: Unit | None
    since: date
    age: int


@dataclass(frozen=True)
class Pile:
    """What one cause or one desk holds: how many tasks and difficulties, and the exact working days of the oldest."""

    key: str
    name: str
    tasks: int
    difficulties: int
    age: Decimal


@dataclass(frozen=True)
class Lead:
    """A unit that leads tasks without progress: how many, and the working days of the oldest."""

    unit: Unit
    tasks: int
    age: int


@dataclass(frozen=True)
class Bottlenecks:
    """All of it, each list the largest first; `stale_count` counts the stale tasks beyond those shown."""

    stale: list[StaleTask]
    stale_count: int
    leads: list[Lead]
    causes: list[Pile]
    authorities: list[Pile]
    desks: list[Pile]


def bottlenecks(user: User, *, at: datetime, plan: Plan | None = None) -> Bottlenecks:
    """What holds up the tasks this person sees, of one plan where one is given; in a constant number of queries."""
    on, calendar = localdate(at), office_calendar()
    stale = _stale(user, plan, on, calendar)
    rows = Difficulty.objects.visible_to(user).standing()
    rows = rows.filter(plan=plan) if plan else rows
    stays = list(
        DifficultyStay.objects.filter(left_at=None, difficulty__in=rows)
        .select_related("difficulty", "unit")
        .order_by("arrived_at", "pk")
    )
    held = _tasks_held(rows)
    ages = {stay.pk: calendar.elapsed(stay.arrived_at, at) for stay in stays}
    told = {stay.pk: calendar.elapsed(stay.difficulty.sent_at or stay.arrived_at, at) for stay in stays}
    at_authorities = [stay for stay in stays if stay.desk == DifficultyStay.Desk.AUTHORITY]
    return Bottlenecks(
        stale=stale[:SHOWN],
        stale_count=len(stale),
        leads=_leads(stale),
        causes=_piles(stays, held, told, lambda stay: (stay.difficulty.kind, stay.difficulty.get_kind_display())),
        authorities=_piles(at_authorities, held, ages, _unit_of),
        desks=_piles(stays, held, ages, lambda stay: (stay.desk, stay.get_desk_display())),
    )


def _stale(user: User, plan: Plan | None, on: date, calendar: OfficeCalendar) -> list[StaleTask]:
    """The oldest first."""
    tasks = Task.objects.visible_to(user).stale(on)
    tasks = tasks.filter(plan=plan) if plan else tasks
    rows = list(tasks.order_by(Coalesce("last_accepted_on", "followed_from"), "pk"))
    units, known = _answering(rows, on), dict[date, int]()
    for row in rows:
        known.setdefault(_last_word(row), calendar.between(_last_word(row), on))
    return [StaleTask(row, units.get(row.pk), _last_word(row), known[_last_word(row)]) for row in rows]


def _last_word(task: Task) -> date:
    return task.last_accepted_on or task.followed_from


def _answering(tasks: list[Task], on: date) -> dict[int, Unit]:
    """Task id → the unit that answers today for its lead part."""
    leads = Assignment.objects.in_force().filter(task__in=tasks, role=Assignment.Role.LEAD, unit__isnull=False)
    parts = dict(leads.order_by("-pk").values_list("task_id", "unit_id"))
    holders = answering_for(((task, unit) for task, unit in parts.items() if unit), on=on)
    units = Unit.objects.in_bulk(set(holders.values()))
    return {task: units[holder] for (task, _unit), holder in holders.items()}


def _leads(stale: Iterable[StaleTask]) -> list[Lead]:
    found: dict[int, list[StaleTask]] = defaultdict(list)
    for each in stale:
        if each.unit is not None:
            found[each.unit.pk].append(each)
    leads = [Lead(own[0].unit, len(own), max(each.age for each in own)) for own in found.values() if own[0].unit]
    return sorted(leads, key=lambda lead: (-lead.tasks, -lead.age, lead.unit.sort_key))[:SHOWN]


def _tasks_held(rows: DifficultyQuerySet) -> dict[int, frozenset[int]]:
    """Difficulty id → ids of the tasks it holds up."""
    found: dict[int, set[int]] = defaultdict(set)
    links = Difficulty.tasks.through.objects.filter(difficulty__in=rows)
    for difficulty, task in links.values_list("difficulty_id", "task_id"):
        found[difficulty].add(task)
    return {pk: frozenset(tasks) for pk, tasks in found.items()}


def _unit_of(stay: DifficultyStay) -> tuple[str, str]:
    return (stay.unit.code, stay.unit.name) if stay.unit else ("", "")


def _piles(
    stays: Iterable[DifficultyStay],
    held: dict[int, frozenset[int]],
    ages: dict[int, Decimal],
    named: Callable[[DifficultyStay], tuple[str, str]],
) -> list[Pile]:
    groups: dict[Hashable, list[DifficultyStay]] = defaultdict(list)
    for stay in stays:
        groups[named(stay)].append(stay)
    piles = []
    for own in groups.values():
        key, name = named(own[0])
        tasks = frozenset[int]().union(*(held.get(stay.difficulty_id, frozenset()) for stay in own))
        piles.append(Pile(key, name, len(tasks), len(own), max(ages[stay.pk] for stay in own)))
    return sorted(piles, key=lambda pile: (-pile.tasks, -pile.difficulties, -pile.age, pile.name))
