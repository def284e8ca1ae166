"""The rows a snapshot is made of, each kind asked for once however many units and tasks there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from tiendo.calendars.periods import due_moment
from tiendo.evaluation.claims import reliabilities
from tiendo.evaluation.content import FailedCheck, ReliabilityOf
from tiendo.evaluation.figures import Figures, figures_read
from tiendo.evaluation.models import AuditedClaim, Cycle, Judgement
from tiendo.evaluation.shaping import shaped
from tiendo.evaluation.silence import unanswered
from tiendo.evaluation.states import Finding, Subject, Voice
from tiendo.indicators.models import TaskTie
from tiendo.orgs.queries import renamed
from tiendo.oversight.models import Difficulty
from tiendo.plans.holding import Holding, holding
from tiendo.plans.models import Assignment, Charge, DeadlineLine, FieldSource, Task
from tiendo.plans.queries import paths_in
from tiendo.plans.states import WorkState
from tiendo.reporting.models import Duty, Submission
from tiendo.reporting.papers.gathering_versions import Later, later_than

Row = TypeVar("Row", Charge, DeadlineLine, FieldSource)
ROLES = (Assignment.Role.LEAD, Assignment.Role.COORDINATING)


@dataclass(frozen=True)
class Part:
    """A unit's role in a task and the days it was held; `until` to-exclusive, None while it lasts."""

    task_id: int
    role: str
    since: date
    until: date | None

    def held_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Excuse:
    """A difficulty whose decision confirms an objective cause; `since` it was told, `until` it stood in the way."""

    pk: int
    since: date
    until: date | None

    def stood_on(self, day: date) -> bool:
        """Told by then, and not removed before: nobody is excused afterwards, nor for what was long out of the way."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Rows:
    """Everything, by what it is looked up by."""

    tasks: dict[int, Task]
    later: Later
    paths: dict[int, str]
    parts: dict[int, list[Part]]
    charges: dict[int, list[Charge]]
    reports: dict[int, list[Submission]]
    lines: dict[int, list[DeadlineLine]]
    cancelled: dict[int, list[FieldSource]]
    ties: dict[int, list[str]]
    figures: Figures
    checks: dict[int, list[FailedCheck]]
    duties: dict[int, list[Duty]]
    unanswered: dict[int, list[Duty]]
    excuses: dict[int, list[Excuse]]
    judgements: dict[int, list[Judgement]]
    reliability: dict[int, ReliabilityOf]


def load(cycle: Cycle, indicators: Iterable[str], *, at: datetime) -> Rows:
    """All rows of the cycle in a constant number of queries; `indicators` are the codes the criteria read.

    Each part counts for the unit that answers for it on the last day, by what was known when the cycle was opened and
    its cards were made: a change of units recorded since moves nothing off a card, its successor answers for that card.
    """
    version = cycle.plan_version
    paths = paths_in(version)
    every = Task.objects.filter(plan=version.plan_id).select_related("item").defer("folded").order_by("code")
    tasks = {task.pk: task for task in every if (task.item.origin_id or task.item_id) in paths}
    ties = _ties(cycle, tasks)
    read = {*indicators, *(code for codes in ties.values() for code in codes)}
    last_day = cycle.data_to - timedelta(days=1)
    known = holding(on=last_day, known_at=cycle.opened_at)
    named, owed = _parts(cycle, tasks), list(_duties(cycle))
    parts, duties = _held(named, known), _owed(owed, known)
    return Rows(
        tasks=tasks,
        later=later_than(version.plan, last_day),
        paths={task.pk: paths[task.item.origin_id or task.item_id] for task in tasks.values()},
        parts=parts | _of_ended(cycle, named, known),
        charges=_by_task(Charge.objects.filter(task__in=tasks, kind=Charge.Kind.HEAD).order_by("valid_from", "pk")),
        reports=_reports(cycle, tasks),
        lines=_by_task(DeadlineLine.objects.filter(task__in=tasks).order_by("number")),
        cancelled=_by_task(_cancellations(tasks)),
        ties=ties,
        figures=figures_read(cycle, read, at=at),
        checks=_failed_checks(cycle, tasks),
        duties=_of_heads(cycle, owed, known) if cycle.subject == Subject.HEAD else duties,
        unanswered=unanswered(cycle, _led(parts, duties, at)),
        excuses=_excuses(tasks),
        judgements=_judgements(cycle),
        reliability=_reliability(cycle, known),
    )


def _by_task(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.task_id].append(row)
    return found


def _parts(cycle: Cycle, tasks: dict[int, Task]) -> list[tuple[int, Part]]:
    """Each part with the unit named. The first units named hold theirs since the task is followed, however late it was
    entered."""
    begin, end = due_moment(cycle.data_from - timedelta(days=1)), due_moment(cycle.data_to - timedelta(days=1))
    rows = Assignment.objects.filter(task__in=tasks, role__in=ROLES, unit__isnull=False)
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__gt=begin)).order_by("task", "started_at", "pk")
    found: list[tuple[int, Part]] = []
    first: dict[tuple[int, str], datetime] = {}
    for row in rows:
        entered = first.setdefault((row.task_id, row.role), row.started_at)
        followed = tasks[row.task_id].followed_from
        since = min(followed, localdate(row.started_at)) if row.started_at == entered else localdate(row.started_at)
        if due_moment(since - timedelta(days=1)) >= end:
            continue
        until = localdate(row.ended_at) if row.ended_at else None
        found.append((row.unit_id or 0, Part(row.task_id, row.role, since, until)))
    return found


def _held(named: Iterable[tuple[int, Part]], known: Holding) -> dict[int, list[Part]]:
    """Unit that answers on the day → its parts."""
    found: dict[int, list[Part]] = defaultdict(list)
    for unit, part in named:
        found[known.of_part(part.task_id, unit)].append(part)
    return found


def _of_ended(cycle: Cycle, named: Collection[tuple[int, Part]], known: Holding) -> dict[int, list[Part]]:
    """Unit that passed to another before the last day, and whose head is judged → what it answered for to its end."""
    judged = set(cycle.scorecards.exclude(head=None).values_list("unit_id", flat=True)) & known.defaults.keys()
    ends = {unit: known.defaults[unit].effective_on for unit in judged if known.of_unit(unit) != unit}
    last = {unit: Holding(end - timedelta(days=1), known.defaults, known.own) for unit, end in ends.items()}
    return {unit: _held(named, then)[unit] for unit, then in last.items()}


def _led(parts: dict[int, list[Part]], duties: dict[int, list[Duty]], at: datetime) -> Iterator[tuple[int, list[Duty]]]:
    """Each task with the reports past due that its lead owed while it led."""
    for unit, held in parts.items():
        late = [duty for duty in duties.get(unit, ()) if duty.is_past_due(at)]
        for part in held:
            if part.role == Assignment.Role.LEAD:
                yield part.task_id, [duty for duty in late if part.held_on(duty.last_good_day)]


def _reports(cycle: Cycle, tasks: dict[int, Task]) -> dict[int, list[Submission]]:
    """Accepted reports of periods whose data end within the cycle's, oldest first."""
    rows = Submission.objects.filter(
        verdict=Submission.Verdict.ACCEPTED, entry__task__in=tasks, entry__duty__period__data_to__lte=cycle.data_to
    )
    found: dict[int, list[Submission]] = defaultdict(list)
    for row in rows.select_related("entry__duty__period").order_by("entry__duty__period__due_at", "decided_at", "pk"):
        found[row.entry.task_id].append(row)
    return found


def _cancellations(tasks: dict[int, Task]) -> Iterable[FieldSource]:
    stopped = [pk for pk, task in tasks.items() if task.state == WorkState.CANCELLED]
    rows = FieldSource.objects.filter(task__in=stopped, field="state").select_related("document")
    return rows.defer("document__lines").order_by("pk")


def _ties(cycle: Cycle, tasks: dict[int, Task]) -> dict[int, list[str]]:
    """Indicators tied on a day of the data: one that tells badly is not got rid of by untying it before the end. A tie
    taken back on the day it was made was a slip of the hand."""
    begin = due_moment(cycle.data_from - timedelta(days=1))
    rows = TaskTie.objects.filter(task__in=tasks).filter(Q(ended_at=None) | Q(ended_at__gt=begin))
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.select_related("indicator").order_by("indicator__code", "pk"):
        slip = row.ended_at is not None and localdate(row.ended_at) == localdate(row.recorded_at)
        if not slip and row.indicator.code not in found[row.task_id]:
            found[row.task_id].append(row.indicator.code)
    return found


def _failed_checks(cycle: Cycle, tasks: dict[int, Task]) -> dict[int, list[FailedCheck]]:
    """What concluded audits of the year's claims found not to be as reported."""
    rows = AuditedClaim.objects.filter(
        task__in=tasks,
        finding__in=[Finding.PARTLY, Finding.REFUTED],
        audit__year=cycle.year,
        audit__concluded_at__isnull=False,
    )
    found: dict[int, list[FailedCheck]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.task_id].append(FailedCheck(id=f"evaluation.claim:{row.pk}", what=row.finding_text))
    return found


def _duties(cycle: Cycle) -> QuerySet[Duty]:
    rows = Duty.objects.filter(
        period__plan=cycle.plan_version.plan_id,
        period__opened_at__isnull=False,
        period__data_to__gt=cycle.data_from,
        period__data_to__lte=cycle.data_to,
    )
    return rows.select_related("period").order_by("due_at", "pk")


def _owed(owed: Iterable[Duty], known: Holding) -> dict[int, list[Duty]]:
    """Unit that answers on the day → its reports."""
    found: dict[int, list[Duty]] = defaultdict(list)
    for duty in owed:
        found[known.of_unit(duty.unit_id)].append(duty)
    return found


def _of_heads(cycle: Cycle, owed: Iterable[Duty], known: Holding) -> dict[int, list[Duty]]:
    """A report is that of the head whose unit answered for it on its last good day, under the unit's latest name."""
    bodies, found = renamed(on=known.on, known_at=cycle.opened_at), defaultdict[int, list[Duty]](list)
    for duty in owed:
        then = Holding(min(duty.last_good_day, known.on), known.defaults, known.own).of_unit(duty.unit_id)
        found[bodies.get(then, then)].append(duty)
    return found


def _excuses(tasks: dict[int, Task]) -> dict[int, list[Excuse]]:
    """Task id → decisions that an objective cause makes it late, the oldest first."""
    found: dict[int, list[Excuse]] = defaultdict(list)
    rows = Difficulty.objects.filter(excuses=True, tasks__in=tasks, sent_at__isnull=False).order_by("pk")
    for pk, task, sent_at, ended_at in rows.values_list("pk", "tasks", "sent_at", "ended_at"):
        found[task].append(Excuse(pk, localdate(sent_at), localdate(ended_at) if ended_at else None))
    return found


def _judgements(cycle: Cycle) -> dict[int, list[Judgement]]:
    """Words in force; of a unit only once it sent them."""
    rows = Judgement.objects.current().filter(scorecard__cycle=cycle)
    rows = rows.exclude(voice=Voice.SELF, scorecard__submitted_at=None).order_by("pk")
    found: dict[int, list[Judgement]] = defaultdict(list)
    for row in rows:
        found[row.scorecard_id].append(row)
    return found


def _reliability(cycle: Cycle, known: Holding) -> dict[int, ReliabilityOf]:
    names = ("checked", "confirmed", "rate", "low", "high", "confidence")
    told = reliabilities(cycle.plan_version.plan, cycle.year, answering=known.of_unit)
    return {unit: shaped(ReliabilityOf, {name: found[name] for name in names}) for unit, found in told.items()}
