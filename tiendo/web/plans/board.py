"""Everything the overview shows, worked out in a constant number of queries (R020, R085)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.oversight.difficulty_queries import Overdue, overdue
from tiendo.oversight.models import Difficulty
from tiendo.plans.counting import UnitCount, by_lead, most_overdue
from tiendo.plans.detailing import in_main_plans, main_plans
from tiendo.plans.holding import Holding, holding
from tiendo.plans.models import ItemKind, Plan, PlanItem, PlanQuerySet, Task
from tiendo.plans.queries import GroupCount, Overview, by_group
from tiendo.reporting.models import Duty
from tiendo.reporting.queries import latest_accepted
from tiendo.web.plans.aims_board import Aims, aims
from tiendo.web.plans.kept import Keeper, scope_of
from tiendo.web.plans.lists import overview
from tiendo.web.plans.numbers import Number, cells, concerns

RED_ROWS = 5
UNANSWERED_ROWS = 8


@dataclass(frozen=True)
class RedTask:
    """An overdue task: who answers for it, since when it is late, and why by the unit's last accepted word."""

    task: Task
    unit: Unit | None
    head: str | None
    days_late: int
    why: str


@dataclass(frozen=True)
class Counted:
    """What stays the same until something official happens or the day ends."""

    numbers: Overview
    cells: list[Number]
    concerns: list[Number]
    red: list[RedTask]
    groups: list[GroupCount]
    units: list[UnitCount]
    measured: list[Plan]
    aims: Aims | None

    @cached_property
    def tables(self) -> SafeString:
        """Rates, groups and units as they stand on the page: nearly all the work of writing it, done once."""
        return render_to_string("web/plans/overview_tables.html", {"counted": self})


@dataclass(frozen=True)
class Board:
    on: date
    at: datetime
    counted: Counted
    missing: list[Duty]
    unanswered: Overdue  # difficulties whose authority has not answered in time


KEPT: Keeper[Counted] = Keeper()


def board_for(user: User, *, at: datetime) -> Board:
    """The overview of the tasks this person may see."""
    on = localdate(at)
    late = Duty.objects.visible_to(user).missing().filter(due_at__lte=at, period__closed_at=None)
    return Board(
        on=on,
        at=at,
        counted=KEPT.get((scope_of(user), on, get_language()), lambda: _count(user, on)),
        missing=list(late.select_related("unit", "period").order_by("due_at", "unit__sort_key")),
        unanswered=overdue(Difficulty.objects.visible_to(user), at=at, show=UNANSWERED_ROWS),
    )


def _count(user: User, on: date) -> Counted:
    tasks = in_main_plans(Task.objects.visible_to(user))
    known = holding(on=on)
    numbers = overview(tasks, on=on)
    units = by_lead(tasks, on=on, known=known)
    by_id = {count.unit.pk: count.unit for count in units}
    return Counted(
        numbers=numbers,
        cells=cells(numbers),
        concerns=concerns(numbers),
        red=_red(list(most_overdue(tasks, on=on, limit=RED_ROWS)), by_id, known),
        groups=by_group(tasks, on=on),
        units=units,
        measured=list(_with_indicators(main_plans(Plan.objects.visible_to(user)))),
        aims=aims(user, on=on),
    )


def _with_indicators(plans: PlanQuerySet) -> PlanQuerySet:
    """Plans that set targets, each with `first_indicator`, the place on its page where they begin."""
    rows = PlanItem.objects.filter(version__plan=OuterRef("pk"), kind=ItemKind.INDICATOR_ROW)
    first = Subquery(rows.order_by("-version__number", "position").values("path")[:1])
    return plans.annotate(first_indicator=first).filter(first_indicator__isnull=False)


def _red(tasks: list[Task], units: dict[int, Unit], known: Holding) -> list[RedTask]:
    words = latest_accepted(Task.objects.filter(pk__in=[task.pk for task in tasks]))
    return [
        RedTask(
            task=task,
            unit=units.get(_answering(task, known) or 0),
            head=task.head_name,  # type: ignore[attr-defined]
            days_late=(known.on - task.due_on).days if task.due_on else 0,
            why=words[task.pk].difficulty if task.pk in words else "",
        )
        for task in tasks
    ]


def _answering(task: Task, known: Holding) -> int | None:
    lead: int | None = task.lead_id  # type: ignore[attr-defined]
    return known.of_part(task.pk, lead) if lead else None
