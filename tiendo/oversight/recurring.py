"""The same obstacle told by several units in nearly the same words (R046)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch

from tiendo.accounts.models import User
from tiendo.analysis.likeness import alike_groups
from tiendo.calendars.working_days import OfficeCalendar
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import office_calendar
from tiendo.orgs.words import fold
from tiendo.oversight.difficulty_queries import told_in_reports
from tiendo.oversight.models import Difficulty
from tiendo.plans.models import Task
from tiendo.reporting.models import Submission


@dataclass(frozen=True)
class Obstacle:
    """One unit's words: registered (`difficulty`), or told in a report and not registered (`submission`)."""

    text: str
    folded: str
    unit: Unit
    since: datetime
    difficulty: Difficulty | None = None
    submission: Submission | None = None

    @property
    def tasks(self) -> frozenset[int]:
        """Ids of the tasks it holds up."""
        if self.difficulty is not None:
            return frozenset(task.pk for task in self.difficulty.tasks.all())
        return frozenset({self.submission.entry.task_id}) if self.submission else frozenset()


@dataclass(frozen=True)
class Member:
    """An obstacle of a group: how alike to the first one in percent, and exact working days since it was told."""

    obstacle: Obstacle
    alike: int
    age: Decimal


@dataclass(frozen=True)
class Recurring:
    """Near-duplicates of two and more units, the oldest first: it speaks for all."""

    members: tuple[Member, ...]
    units: tuple[Unit, ...]
    task_count: int

    @property
    def first(self) -> Member:
        return self.members[0]

    @property
    def oldest_age(self) -> Decimal:
        return max(member.age for member in self.members)


def recurring_obstacles(user: User, *, at: datetime) -> list[Recurring]:
    """Groups of alike obstacles across units among those that stand, of the most units first.

    Only what the person may see is compared, so a unit finds its own words again, and not another's.
    """
    obstacles, calendar = _standing(user), office_calendar()
    groups = alike_groups([each.folded for each in obstacles])
    found = []
    for group in groups:
        found_there = [(obstacles[pk], alike) for pk, alike in group.members]
        members = tuple(Member(each, alike, _age(each, calendar, at)) for each, alike in found_there)
        units = {member.obstacle.unit.pk: member.obstacle.unit for member in members}
        if len(units) > 1:
            tasks = frozenset[int]().union(*(member.obstacle.tasks for member in members))
            found.append(Recurring(members, tuple(units.values()), len(tasks)))
    return sorted(found, key=lambda each: (-len(each.units), -len(each.members), -each.oldest_age))


def _standing(user: User) -> list[Obstacle]:
    """Registered ones and those told in reports only, the oldest first; in three queries."""
    rows = Difficulty.objects.visible_to(user).standing().filter(sent_at__isnull=False)
    registered = [
        Obstacle(row.title, row.folded, row.unit, row.sent_at or row.written_at, difficulty=row)
        for row in rows.select_related("unit").prefetch_related(Prefetch("tasks", queryset=Task.objects.only("pk")))
    ]
    told = [
        Obstacle(row.difficulty or "", fold(row.difficulty or ""), row.entry.duty.unit, row.submitted_at, None, row)
        for row in told_in_reports(user)
    ]
    return sorted([*registered, *told], key=lambda each: (each.since, each.unit.pk))


def _age(obstacle: Obstacle, calendar: OfficeCalendar, at: datetime) -> Decimal:
    return calendar.elapsed(min(obstacle.since, at), at)
