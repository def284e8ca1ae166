"""From stored rows to the facts of a period's report: accepted submissions up to that period, and nothing else.

What a report tells is kept as it stood when its period closed (`FrozenReport`): amendments, new names, deadlines and
leads of afterwards, and what later periods say, change nothing. That is what lets the same paper be made again years
later. A period closed before that was kept is read from the rows as they stood, with the titles and names of today.
The words are those of an official paper, which is in Vietnamese whatever the language of the person who issues it.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from gettext import gettext as _
from pathlib import PurePath

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.utils.timezone import localdate

from tiendo.orgs.models import Unit, UnitKind
from tiendo.plans.as_at import stopped
from tiendo.plans.holding import Holding, holding
from tiendo.plans.models import Assignment, DeadlineLine, Task, TaskQuerySet
from tiendo.plans.states import WorkState
from tiendo.reporting.models import Duty, DutyQuerySet, Evidence, FrozenReport, Period, Stay, Submission
from tiendo.reporting.papers.consolidation import (
    DutyLine,
    Record,
    ReportFacts,
    TaskLine,
    marked,
    marked_duties,
    marked_measures,
    placed,
)
from tiendo.reporting.papers.freezing import facts_from_data
from tiendo.reporting.papers.gathering_money import with_confirmed_money
from tiendo.reporting.papers.gathering_versions import Later, later_than
from tiendo.reporting.papers.measures import measure_charts, measure_lines
from tiendo.reporting.papers.obstacles import obstacle_lines
from tiendo.reporting.prefilling import year_of
from tiendo.reporting.queries import latest_accepted, values_of


def facts_of(period: Period, *, corrected: bool = False) -> ReportFacts:
    """The facts as the accepted records of this and earlier periods tell them, judged on the last day of data.

    `corrected` takes in what was accepted after the period closed, which an official report never does.
    """
    kept = FrozenReport.objects.filter(period=period).first() if period.closed_at else None
    if kept is None:
        return gathered(period, corrected=corrected)[0]
    facts = facts_from_data(kept.facts)
    return _corrected(period, facts, kept.tasks) if corrected else facts


def gathered(period: Period, *, corrected: bool = False) -> tuple[ReportFacts, list[int]]:
    """The facts read from the rows, and the id of each line's task."""
    on = period.data_to - timedelta(days=1)
    rows = _accepted(Task.objects.filter(plan=period.plan_id), period, corrected=corrected)
    evidence = evidence_of(rows.values())
    known = answering(on, known_at=period.closed_at)
    later = later_than(period.plan, on)
    tasks = list(_tasks(period, later))
    gone = stopped(period.plan, on)
    lines = [_line(task, rows.get(task.pk), period, evidence, known, later) for task in tasks]
    told = [
        replace(line, state=WorkState.CANCELLED) if task.pk in gone else line
        for task, line in zip(tasks, lines, strict=True)
    ]
    confirmed = _with_money(told, [task.pk for task in tasks], period, corrected=corrected)
    numbered = marked(placed(confirmed), on=on)
    duties = marked_duties(_duties(period), after=_records(numbered))
    measures = measure_lines(period, on=on)
    facts = ReportFacts(
        plan_title=period.plan.title,
        period_name=period.name,
        data_from=period.data_from,
        on=on,
        lines=numbered,
        duties=duties,
        directives=_directives(period),
        asks_estimate=period.asks_estimate,
        measures=marked_measures(measures, after=_records(numbered) + len(duties)),
        charts=measure_charts(measures, on=on),
        obstacles=obstacle_lines(period),
    )
    return facts, [task.pk for task in tasks]


def _corrected(period: Period, facts: ReportFacts, tasks: Sequence[int]) -> ReportFacts:
    """What was kept at the closing, with each task as told by what has been accepted for it since."""
    rows = _accepted(Task.objects.filter(pk__in=tasks), period, corrected=True)
    evidence = evidence_of(rows.values())
    lines = [_anew(line, rows.get(task), period, evidence) for task, line in zip(tasks, facts.lines, strict=True)]
    numbered = marked(placed(_with_money(lines, tasks, period, corrected=True)), on=facts.on)
    return replace(facts, lines=numbered, duties=marked_duties(facts.duties, after=_records(numbered)))


def _with_money(lines: list[TaskLine], tasks: Sequence[int], period: Period, *, corrected: bool) -> list[TaskLine]:
    return with_confirmed_money(lines, tasks, period, confirmed_by=None if corrected else period.closed_at)


def _anew(line: TaskLine, row: Submission | None, period: Period, evidence: dict[int, Evidence]) -> TaskLine:
    if row is None or (line.record and line.record.submission == row.pk):
        return line
    return _told(line, row, period, evidence)


def _accepted(tasks: TaskQuerySet, period: Period, *, corrected: bool) -> dict[int, Submission]:
    until = copy(period)
    until.closed_at = None if corrected else period.closed_at
    return latest_accepted(tasks, until=until)


def _records(lines: Sequence[TaskLine]) -> int:
    return sum(line.record is not None for line in lines)


def _tasks(period: Period, later: Later) -> TaskQuerySet:
    """The plan's tasks in its order, each with the leads and deadlines it had when the period closed, but for what
    versions of after its last day changed."""
    tasks = Task.objects.filter(plan=period.plan_id).exclude(followed_from__in=later.days)
    leads = Assignment.objects.filter(role=Assignment.Role.LEAD).exclude(started_at__in=later.moments)
    leads = leads.select_related("unit", "group").order_by("started_at")
    deadlines = DeadlineLine.objects.exclude(recorded_at__in=later.moments).order_by("number")
    standing = Q(ended_at=None) | Q(ended_at__in=later.moments)
    if period.closed_at is None:
        leads = leads.filter(standing)
    else:
        tasks = tasks.filter(followed_from__lte=localdate(period.closed_at))
        leads = leads.filter(standing | Q(ended_at__gt=period.closed_at), started_at__lte=period.closed_at)
        deadlines = deadlines.filter(recorded_at__lte=period.closed_at)
    return (
        tasks.select_related("group")
        .order_by("group__position", "position")
        .prefetch_related(
            Prefetch("assignments", queryset=leads, to_attr="leads"),
            Prefetch("deadline_lines", queryset=deadlines, to_attr="deadlines"),
        )
    )


def _line(
    task: Task,
    row: Submission | None,
    period: Period,
    evidence: dict[int, Evidence],
    known: "Answering",
    later: Later,
) -> TaskLine:
    leads: list[Assignment] = task.leads  # type: ignore[attr-defined]
    deadlines: list[DeadlineLine] = task.deadlines  # type: ignore[attr-defined]
    group = later.group(task)
    line = TaskLine(
        code=task.code,
        title=later.word(task, "title") or task.title,
        group=group.short_title if group else _("Nhiệm vụ khác"),
        lead=known.lead_name(leads[-1]) if leads else None,
        product=later.word(task, "product"),
        due_on=deadlines[-1].due_on if deadlines else None,
        group_code=group.code if group else "",
        original_due_on=deadlines[0].due_on if deadlines else None,
    )
    return _told(line, row, period, evidence) if row else line


def _told(line: TaskLine, row: Submission, period: Period, evidence: dict[int, Evidence]) -> TaskLine:
    """The line as its accepted record tells it. Money counts from the start of the year, so an older year's is not
    carried into this one."""
    values, said_in = values_of(row), row.entry.duty.period
    same_year = year_of(said_in.data_to) == year_of(period.data_to)
    return replace(
        told_by(line, row, evidence),
        money_used=values.money_used if same_year else None,
        money_allocated=values.money_allocated if same_year else None,
        percent_estimate=values.percent_estimate if same_year else None,
        is_new=said_in.pk == period.pk,
    )


def told_by(line: TaskLine, row: Submission, evidence: dict[int, Evidence]) -> TaskLine:
    """The line with what the accepted record says of the work; money belongs to a year and is left out."""
    values = values_of(row)
    return replace(
        line,
        state=values.state or WorkState.NOT_STARTED,
        percent=values.percent,
        completed_on=values.completed_on,
        result=values.result,
        difficulty=values.difficulty,
        record=_record(row, evidence),
    )


def _record(row: Submission, evidence: dict[int, Evidence]) -> Record:
    assert row.decided_at is not None
    assert row.decided_by is not None
    words, documents = evidence_facts([evidence[pk] for pk in row.evidence_ids if pk in evidence])
    return Record(
        mark=0,
        submission=row.pk,
        task_code=row.entry.task.code,
        unit=row.entry.duty.unit.name,
        period=row.entry.duty.period.name,
        number=row.number,
        sent_at=row.submitted_at,
        sent_by=row.submitted_by.full_name,
        accepted_at=row.decided_at,
        accepted_by=row.decided_by.full_name,
        evidence=words,
        documents=documents,
    )


def evidence_facts(rows: Sequence[Evidence]) -> tuple[tuple[str, ...], tuple[tuple[str, date | None], ...]]:
    """What backs a record, in words, and those papers among it that bear a number, with their day."""
    documents = tuple((row.document_number, row.document_date) for row in rows if row.document_number)
    return tuple(_words(row) for row in rows), documents


def evidence_of(rows: Iterable[Submission]) -> dict[int, Evidence]:
    return Evidence.objects.in_bulk({pk for row in rows for pk in row.evidence_ids})


def _words(row: Evidence) -> str:
    if row.document_number:
        return _("%(number)s ngày %(day)s") % {"number": row.document_number, "day": _day(row.document_date)}
    return PurePath(row.file_name or "").stem


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _directives(period: Period) -> tuple[tuple[str, date | None], ...]:
    """The papers by which the plan was set or changed in the time reported on."""
    rows = period.plan.versions.filter(
        document__issued_on__gte=period.data_from, document__issued_on__lt=period.data_to
    ).select_related("document")
    if period.closed_at is not None:
        rows = rows.filter(created_at__lte=period.closed_at)
    papers = [version.document for version in rows.order_by("number")]
    return tuple((" ".join(filter(None, (paper.number, paper.title))), paper.issued_on) for paper in papers)


@dataclass(frozen=True)
class Answering:
    """The units that answer on the day of a report, though decisions may name their predecessors."""

    known: Holding
    units: dict[int, Unit]

    def of_unit(self, unit: Unit) -> Unit:
        return self.units.get(self.known.of_unit(unit.pk), unit)

    def of_lead(self, lead: Assignment) -> Unit | None:
        if lead.unit is None:
            return None
        return self.units.get(self.known.of_part(lead.task_id, lead.unit.pk), lead.unit)

    def lead_name(self, lead: Assignment) -> str | None:
        unit = self.of_lead(lead)
        return unit.name if unit else lead.words


def answering(on: date, *, known_at: datetime | None = None) -> Answering:
    """Who answers on the day; for a period that was closed, by what was known at its closing."""
    known = holding(on=on, known_at=known_at)
    return Answering(known, Unit.objects.in_bulk(known.takers))


def _duties(period: Period) -> list[DutyLine]:
    """Each unit's report; of a closed period as it stood at the closing, whatever was opened again since."""
    moment = Q() if period.closed_at is None else Q(urgings__sent_at__lte=period.closed_at)
    rows = period.duties.select_related("unit", "period").annotate(urged=Count("urgings", filter=moment))
    return [_duty(row, period.closed_at) for row in _as_counted(rows, period).order_by("unit__sort_key")]


def _as_counted(rows: DutyQuerySet, period: Period) -> DutyQuerySet:
    """Annotated with what tells a closing from what came after it: the last acceptance and any words before it."""
    if period.closed_at is None:
        return rows
    left = Stay.objects.filter(duty=OuterRef("pk"), outcome=Stay.Outcome.ACCEPTED, left_at__lte=period.closed_at)
    words = Submission.objects.filter(entry__duty=OuterRef("pk"), submitted_at__lte=period.closed_at)
    return rows.annotate(taken_at=Subquery(left.order_by("-left_at").values("left_at")[:1]), had_words=Exists(words))


def _duty(row: Duty, closed_at: datetime | None) -> DutyLine:
    sent, taken, nothing_new = row.first_sent_at, row.accepted_at, row.nothing_new
    if closed_at is not None:
        sent = sent if sent and sent <= closed_at else None
        taken = taken if taken and taken <= closed_at else row.taken_at  # type: ignore[attr-defined]
        nothing_new = sent is not None and not row.had_words  # type: ignore[attr-defined]
    return DutyLine(
        unit=row.unit.name,
        is_commune=row.unit.kind == UnitKind.COMMUNE,
        first_sent_at=sent,
        is_late=sent is not None and row.is_late,
        nothing_new=nothing_new,
        accepted_at=taken,
        urgings=row.urged,  # type: ignore[attr-defined]
    )
