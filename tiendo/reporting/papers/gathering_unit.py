"""From a unit's entries, or from what it sent, to the facts of its own report."""

from datetime import timedelta

from django.db.models import Prefetch

from tiendo.plans.models import DeadlineLine, Task
from tiendo.plans.states import WorkState
from tiendo.reporting.models import Duty, Entry, Evidence, Submission
from tiendo.reporting.papers.consolidation import Record, ReportFacts, TaskLine, placed
from tiendo.reporting.papers.gathering import evidence_facts
from tiendo.reporting.queries import values_of


def unit_facts(duty: Duty, *, drafts: bool) -> ReportFacts:
    """The unit's tasks as its drafts tell them, or as it last sent them: submissions never change, so the same sending
    always gives the same facts."""
    sent = Submission.objects.select_related("submitted_by", "decided_by").order_by("number")
    entries = duty.entries.exclude(revision=0).prefetch_related(Prefetch("submissions", sent, to_attr="all_sent"))
    rows: dict[int, Entry | Submission] = {}
    for entry in entries:
        shown = entry if drafts else _last_sent(entry, duty)
        if shown is not None:
            rows[entry.task_id] = shown
    backing = _backing(rows, drafts=drafts)
    tasks = Task.objects.filter(pk__in=rows).select_related("group").order_by("group__position", "position")
    deadlines = _deadlines(duty, rows)
    lines = [_line(task, rows[task.pk], duty, backing, deadlines.get(task.pk)) for task in tasks]
    period = duty.period
    return ReportFacts(
        plan_title=period.plan.title,
        period_name=period.name,
        data_from=period.data_from,
        on=period.data_to - timedelta(days=1),
        lines=placed(lines),
        duties=(),
        asks_estimate=period.asks_estimate,
    )


def _last_sent(entry: Entry, duty: Duty) -> Submission | None:
    """Of that sending or of one before it; what is sent later changes nothing."""
    if duty.sent_at is None:
        return None
    rows: list[Submission] = [row for row in entry.all_sent if row.submitted_at <= duty.sent_at]  # type: ignore[attr-defined]
    return rows[-1] if rows else None


def _deadlines(duty: Duty, rows: dict[int, Entry | Submission]) -> dict[int, DeadlineLine]:
    """The deadline of each task as it stood when the report was sent, or as it stands."""
    lines = DeadlineLine.objects.filter(task__in=rows).order_by("number")
    if duty.sent_at is not None:
        lines = lines.filter(recorded_at__lte=duty.sent_at)
    return {line.task_id: line for line in lines}


def _backing(rows: dict[int, Entry | Submission], *, drafts: bool) -> dict[int, list[Evidence]]:
    """Task id → the evidence that stands now for drafts, or the evidence that was sent."""
    if drafts:
        found = Evidence.objects.filter(entry__in=[row.pk for row in rows.values()], removed_at=None)
        by_entry: dict[int, list[Evidence]] = {}
        for each in found.order_by("pk"):
            by_entry.setdefault(each.entry_id, []).append(each)
        return {task: by_entry.get(row.pk, []) for task, row in rows.items()}
    named = {task: row.evidence_ids for task, row in rows.items() if isinstance(row, Submission)}
    known = Evidence.objects.in_bulk({pk for ids in named.values() for pk in ids})
    return {task: [known[pk] for pk in ids if pk in known] for task, ids in named.items()}


def _line(
    task: Task,
    row: Entry | Submission,
    duty: Duty,
    backing: dict[int, list[Evidence]],
    deadline: DeadlineLine | None,
) -> TaskLine:
    values = values_of(row)
    return TaskLine(
        code=task.code,
        title=task.title,
        group=task.group.short_title if task.group else "",
        group_code=task.group.code if task.group else "",
        lead=duty.unit.name,
        product=task.product,
        due_on=deadline.due_on if deadline else None,
        original_due_on=task.original_due_on,
        state=values.state or WorkState.NOT_STARTED,
        percent=values.percent,
        completed_on=values.completed_on,
        result=values.result,
        difficulty=values.difficulty,
        money_used=values.money_used,
        money_allocated=values.money_allocated,
        percent_estimate=values.percent_estimate,
        record=_record(task, row, duty, backing.get(task.pk, [])),
        is_new=True,
    )


def _record(task: Task, row: Entry | Submission, duty: Duty, backing: list[Evidence]) -> Record:
    """What was sent, or the draft (submission 0), with its evidence; accepted only once somebody has."""
    words, documents = evidence_facts(backing)
    sent = row if isinstance(row, Submission) else None
    accepted = sent is not None and sent.verdict == Submission.Verdict.ACCEPTED
    return Record(
        mark=0,
        submission=sent.pk if sent else 0,
        task_code=task.code,
        unit=duty.unit.name,
        period=duty.period.name,
        number=sent.number if sent else 0,
        sent_at=sent.submitted_at if sent else None,
        sent_by=sent.submitted_by.full_name if sent else "",
        accepted_at=sent.decided_at if sent and accepted else None,
        accepted_by=sent.decided_by.full_name if sent and accepted and sent.decided_by else "",
        evidence=words,
        documents=documents,
    )
