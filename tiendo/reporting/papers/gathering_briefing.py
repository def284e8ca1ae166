"""From stored rows to a briefing as at a past day: what was known at its end, and nothing learnt since.

The tasks, leads, deadlines and accepted reports are those of the end of the day. A group's or unit's name is today's.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from gettext import gettext as _

from django.db.models import F, Prefetch, Q
from django.utils.timezone import localdate

from tiendo.calendars.periods import VIETNAM, vietnam_date
from tiendo.orgs.models import Unit, UnitKind
from tiendo.plans.models import Assignment, Charge, DeadlineLine, Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting.models import Duty, Submission, Urging
from tiendo.reporting.papers.briefing import BriefingFacts, Late, OpenUrging
from tiendo.reporting.papers.consolidation import TaskLine
from tiendo.reporting.papers.gathering import answering, evidence_of, told_by
from tiendo.reporting.queries import accepted


@dataclass(frozen=True)
class Scope:
    """What the meeting is about: the whole plan, one group, one unit (with those `below` it), or one level of unit."""

    plan: Plan
    group: str = ""
    unit: Unit | None = None
    level: str = ""
    below: frozenset[int] = frozenset()

    @property
    def words(self) -> str:
        """How the paper names it, in Vietnamese."""
        if self.unit:
            return self.unit.name
        if self.level:
            return dict(_LEVELS).get(self.level, self.level)
        if self.group:
            return next((each.short_title for each in self.plan.groups.all() if each.code == self.group), self.group)
        return self.plan.title


_LEVELS = ((UnitKind.DEPARTMENT.value, _("các sở, ban, ngành")), (UnitKind.COMMUNE.value, _("UBND các xã, phường")))


def end_of(day: date) -> datetime:
    """The first moment after the day in Vietnam."""
    return datetime.combine(day + timedelta(days=1), time(), VIETNAM)


def briefing_facts(scope: Scope, *, on: date, since: date) -> BriefingFacts:
    """In a number of queries that does not grow with the tasks."""
    lines = _lines(scope, on)
    return BriefingFacts(
        scope=scope.words,
        on=on,
        since=since,
        lines=lines,
        before=_lines(scope, since),
        answering=_heads([line.code for line in lines], on),
        late=_late(scope, on),
        urgings=_urgings(scope, on),
    )


def _lines(scope: Scope, on: date) -> tuple[TaskLine, ...]:
    """The tasks in scope as known at the end of the day, the cancelled left out."""
    until = end_of(on)
    tasks = _tasks(scope, on)
    told = _newest(tasks, until)
    evidence, known = evidence_of(told.values()), answering(on)
    found = []
    for task in tasks:
        leads: list[Assignment] = task.leads  # type: ignore[attr-defined]
        deadlines: list[DeadlineLine] = task.deadlines  # type: ignore[attr-defined]
        lead = leads[-1] if leads else None
        unit = known.of_lead(lead) if lead else None
        if not _in_scope(scope, unit):
            continue
        line = TaskLine(
            code=task.code,
            title=task.title,
            group=task.group.short_title if task.group else "",
            lead=known.lead_name(lead) if lead else None,
            product=task.product,
            due_on=deadlines[-1].due_on if deadlines else None,
            group_code=task.group.code if task.group else "",
        )
        row = told.get(task.pk)
        line = told_by(line, row, evidence) if row else line
        if line.state != WorkState.CANCELLED:
            found.append(line)
    return tuple(found)


def _tasks(scope: Scope, on: date) -> list[Task]:
    until = end_of(on)
    tasks = Task.objects.filter(plan=scope.plan, followed_from__lte=on)
    if scope.group:
        tasks = tasks.filter(group__code=scope.group)
    leads = Assignment.objects.filter(role=Assignment.Role.LEAD, started_at__lt=until).select_related("unit", "group")
    leads = leads.filter(Q(ended_at=None) | Q(ended_at__gte=until)).order_by("started_at")
    deadlines = DeadlineLine.objects.filter(recorded_at__lt=until).order_by("number")
    return list(
        tasks.select_related("group")
        .order_by("group__position", "position")
        .prefetch_related(
            Prefetch("assignments", queryset=leads, to_attr="leads"),
            Prefetch("deadline_lines", queryset=deadlines, to_attr="deadlines"),
        )
    )


def _newest(tasks: list[Task], until: datetime) -> dict[int, Submission]:
    """Task id → the submission of the latest period that had been accepted by then."""
    found: dict[int, Submission] = {}
    for row in accepted().filter(entry__task__in=tasks, decided_at__lt=until):
        found.setdefault(row.entry.task_id, row)
    return found


def _in_scope(scope: Scope, unit: Unit | None) -> bool:
    if scope.unit is not None:
        return unit is not None and unit.pk in scope.below | {scope.unit.pk}
    return not scope.level or (unit is not None and unit.kind == scope.level)


def _heads(codes: list[str], on: date) -> dict[str, str]:
    rows = Charge.objects.filter(task__code__in=codes, kind=Charge.Kind.HEAD, valid_from__lte=on)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=on)).order_by("valid_from")
    return dict(rows.values_list("task__code", "user__full_name"))


def _late(scope: Scope, on: date) -> tuple[Late, ...]:
    """Reports due by the end of the day, in periods not closed then, that had not been sent."""
    until = end_of(on)
    rows = Duty.objects.filter(period__plan=scope.plan, period__opened_at__lt=until, due_at__lt=until)
    rows = rows.filter(Q(first_sent_at=None) | Q(first_sent_at__gte=until))
    rows = rows.filter(Q(period__closed_at=None) | Q(period__closed_at__gte=until))
    chosen = rows.select_related("unit", "period").order_by("due_at", "unit__sort_key")
    return tuple(
        Late(row.unit.name, row.period.name, vietnam_date(row.due_at)) for row in chosen if _in_scope(scope, row.unit)
    )


def _urgings(scope: Scope, on: date) -> tuple[OpenUrging, ...]:
    """Urgings of the plan neither confirmed by the end of the day nor answered by sending the report; none about a
    report of a period closed by then, which cannot be sent any more."""
    until = end_of(on)
    rows = Urging.objects.filter(Q(duty__period__plan=scope.plan) | Q(task__plan=scope.plan), sent_at__lt=until)
    rows = rows.filter(Q(seen_at=None) | Q(seen_at__gte=until))
    rows = rows.exclude(duty__sent_at__gte=F("sent_at"), duty__sent_at__lt=until)
    rows = rows.exclude(duty__period__closed_at__lt=until)
    chosen = rows.select_related("unit", "duty__period", "task").order_by("sent_at")
    return tuple(
        OpenUrging(row.unit.name, _about(row), localdate(row.sent_at)) for row in chosen if _in_scope(scope, row.unit)
    )


def _about(row: Urging) -> str:
    if row.task is not None:
        return _("nhiệm vụ %s") % row.task.title
    return _("báo cáo %s") % row.duty.period.name if row.duty else ""


def at_the_end_of(scope: Scope, on: date) -> Scope:
    """The same scope with its unit as it answers on the day: a successor for one that was merged before."""
    if scope.unit is None:
        return scope
    return replace(scope, unit=answering(on).of_unit(scope.unit))
