"""From stored rows to the facts of a period's report: accepted submissions up to that period, and nothing else."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tiendo.plans.models import Task
from tiendo.plans.queries import for_list
from tiendo.plans.states import WorkState
from tiendo.reporting.consolidation import DutyLine, Record, ReportFacts, TaskLine
from tiendo.reporting.models import Evidence, Period, Submission
from tiendo.reporting.queries import latest_accepted, values_of


def facts_of(period: Period) -> ReportFacts:
    """The facts as the accepted records of this and earlier periods tell them, judged on the last day of data.

    Later periods and later acceptances of theirs change nothing here.
    """
    on = period.data_to - timedelta(days=1)
    tasks = for_list(Task.objects.filter(plan=period.plan_id), on=on).order_by("group__position", "position")
    rows = latest_accepted(Task.objects.filter(plan=period.plan_id), until=period)
    evidence = _evidence_words(rows.values())
    return ReportFacts(
        plan_title=period.plan.title,
        period_name=period.name,
        data_from=period.data_from,
        on=on,
        lines=_lines(tasks, rows, evidence),
        duties=_duties(period),
    )


def _lines(tasks: Iterable[Task], rows: dict[int, Submission], evidence: dict[int, str]) -> tuple[TaskLine, ...]:
    found, mark = [], 0
    for task in tasks:
        row = rows.get(task.pk)
        mark += row is not None
        found.append(_line(task, row, _record(row, mark, evidence) if row else None))
    return tuple(found)


def _line(task: Task, row: Submission | None, record: Record | None) -> TaskLine:
    leads = [a.unit.name if a.unit else a.printed for a in task.lead_assignments]  # type: ignore[attr-defined]
    values = values_of(row) if row else None
    return TaskLine(
        code=task.code,
        title=task.title,
        group=task.group.short_title if task.group else _("Nhiệm vụ khác"),
        lead=leads[0] if leads else None,
        product=task.product,
        due_on=task.due_on,
        state=(values.state if values and values.state else WorkState.NOT_STARTED),
        percent=values.percent if values else None,
        completed_on=values.completed_on if values else None,
        result=values.result if values else "",
        difficulty=values.difficulty if values else "",
        money_used=values.money_used if values else None,
        record=record,
    )


def _record(row: Submission, mark: int, evidence: dict[int, str]) -> Record:
    assert row.decided_at is not None
    assert row.decided_by is not None
    return Record(
        mark=mark,
        submission=row.pk,
        task_code=row.entry.task.code,
        unit=row.entry.duty.unit.name,
        period=row.entry.duty.period.name,
        number=row.number,
        sent_at=row.submitted_at,
        sent_by=row.submitted_by.full_name,
        accepted_at=row.decided_at,
        accepted_by=row.decided_by.full_name,
        evidence=tuple(evidence[pk] for pk in row.evidence_ids if pk in evidence),
    )


def _evidence_words(rows: Iterable[Submission]) -> dict[int, str]:
    wanted = [pk for row in rows for pk in row.evidence_ids]
    return {row.pk: _words(row) for row in Evidence.objects.filter(pk__in=wanted)}


def _words(row: Evidence) -> str:
    if row.document_number:
        return f"{row.document_number} ({_day(row.document_date)})"
    return row.file_name or ""


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _duties(period: Period) -> tuple[DutyLine, ...]:
    rows = period.duties.select_related("unit", "period").order_by("unit__sort_key")
    return tuple(
        DutyLine(unit=row.unit.name, is_sent=row.sent_at is not None, is_late=row.is_late, nothing_new=row.nothing_new)
        for row in rows
    )
