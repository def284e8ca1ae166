""" "Việc của tôi": the few things each person has to do now; what lies elsewhere asks for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import links, units_held_by
from tiendo.plans.detailing import in_main_plans
from tiendo.plans.models import Task, TaskQuerySet
from tiendo.plans.queries import for_list, openable, without_workplan
from tiendo.publication.models import Release, ReleaseQuerySet
from tiendo.reporting.models import Duty, ExtensionRequest, Part, Reopening, Stay
from tiendo.reporting.models.review import ExtensionQuerySet
from tiendo.reporting.parts import PartState
from tiendo.reporting.queries import duties_of, open_reopenings_of, urgings_for, waiting_for_review, with_progress
from tiendo.reporting.reviewing import kind_counts, queue
from tiendo.reporting.routing import stays_waiting_for
from tiendo.reporting.workflow import Desk, DutyState
from tiendo.web.oversight.waiting import waiting_for
from tiendo.web.reporting.errands import errands_of
from tiendo.web.requests import SignedInRequest

SHOWN = 8
SHOWN_WAITING = 40


@dataclass(frozen=True)
class OwedReport:
    """A report a unit of the reader owes, as it stands and where it lies."""

    duty: Duty
    state: DutyState
    stay: Stay | None
    reopening: Reopening | None

    @property
    def is_mine(self) -> bool:
        """It lies with the unit's officers, who write it; on any other desk somebody else acts."""
        return self.stay is not None and self.stay.desk == Desk.OFFICER


@require_GET
def my_work(request: SignedInRequest) -> HttpResponse:
    user, now = request.user, timezone.now()
    today = timezone.localdate(now)
    own = _own_tasks(user)
    owed, urgings = _owed(user, now), list(urgings_for(user))
    context = {
        "urgings": urgings,
        "seen_tasks": openable(user, (urging.task.code for urging in urgings if urging.task)),
        "to_sign": list(stays_waiting_for(user)[:SHOWN_WAITING]),
        "owed": [report for report in owed if report.is_mine],
        "elsewhere": [report for report in owed if not report.is_mine],
        "parts": _parts(user),
        "overdue": for_list(own.open_overdue(today)).order_by("due_on")[:SHOWN],
        "due_soon": for_list(own.due_soon(today)).order_by("due_on")[:SHOWN],
        "unplanned": without_workplan(in_main_plans(Task.objects.of_units(user.access.held_unit_ids, "lead"))).count()
        if user.access.held_unit_ids
        else 0,
        "shared": _shared(user, today),
        "piles": waiting_for(user),
        "errands": errands_of(user, on=today),
        "is_head": bool(user.access.headed_unit_ids),
        "today": today,
        **(_coordinating(user, now) if holds(user, Role.COORDINATOR) else {}),
        **({"releases": _releases()} if holds(user, Role.DECISION_MAKER) else {}),
        **({"extensions": _extensions()} if holds(user, Role.COORDINATOR, Role.DECISION_MAKER) else {}),
    }
    return render(request, "web/reporting/my_work.html", context)


def _own_tasks(user: User) -> TaskQuerySet:
    held = user.access.held_unit_ids
    return Task.objects.of_units(held) if held else Task.objects.none()


def _shared(user: User, on: date) -> list[tuple[Unit, int]]:
    """Units the reader works in that take part in unfinished tasks through groups, each with how many."""
    own = user.access.unit_ids & user.access.held_unit_ids
    if not own:
        return []
    tasks, known = in_main_plans(Task.objects.unfinished()), links()
    held = {unit: units_held_by(frozenset({unit.pk}), on=on, known=known) for unit in Unit.objects.filter(pk__in=own)}
    counts = {unit: tasks.shared_with(ids, on=on).count() for unit, ids in held.items()}
    return [(unit, count) for unit, count in counts.items() if count]


def _owed(user: User, at: datetime) -> Sequence[OwedReport]:
    duties = list(with_progress(duties_of(user, at=at)).prefetch_related("reminders"))
    stays = {stay.duty_id: stay for stay in Stay.objects.open().filter(duty__in=duties).select_related("unit", "user")}
    again = open_reopenings_of(duties, at=at)
    return [OwedReport(duty, duty.state(at), stays.get(duty.pk), again.get(duty.pk)) for duty in duties]


def _parts(user: User) -> int:
    """How many parts wait for a word of the reader's units."""
    held = user.access.held_unit_ids
    return Part.objects.filter(unit_id__in=held, state=PartState.ASKED).count() if held else 0


def _coordinating(user: User, at: datetime) -> dict[str, object]:
    return {
        "waiting": with_progress(waiting_for_review(user, at=at))[:SHOWN_WAITING],
        "kinds": kind_counts(queue(user, at=at)),
        "advises": True,
        "disputes": Part.objects.disputed().select_related("entry__task", "entry__duty", "unit")[:SHOWN],
    }


def _releases() -> ReleaseQuerySet:
    return Release.objects.filter(status=Release.Status.PROPOSED)


def _extensions() -> ExtensionQuerySet:
    """What the decision-maker decides, and the coordinator has a word on."""
    return ExtensionRequest.objects.waiting().select_related("task", "unit").order_by("asked_at")[:SHOWN]
