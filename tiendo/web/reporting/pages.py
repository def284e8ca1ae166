"""What the pages of a report show, gathered once."""

from collections.abc import Sequence
from dataclasses import dataclass

from tiendo.plans.models import Task
from tiendo.reporting.models import Duty, Entry, Evidence, Submission
from tiendo.reporting.queries import entries_for_page, latest_accepted, tasks_to_report
from tiendo.reporting.workflow import EntryStatus


@dataclass(frozen=True)
class ReportLine:
    """A task in a unit's report: its entry if begun, what was last sent, what was accepted before."""

    task: Task
    entry: Entry | None
    sent: Sequence[Submission]
    before: Submission | None
    evidence: Sequence[Evidence]

    @property
    def last_sent(self) -> Submission | None:
        return self.sent[-1] if self.sent else None

    @property
    def is_waiting(self) -> bool:
        return self.entry is not None and self.entry.status == EntryStatus.SUBMITTED

    @property
    def is_writable(self) -> bool:
        return self.entry is None or self.entry.status in (EntryStatus.DRAFT, EntryStatus.RETURNED)

    @property
    def returned_for(self) -> str | None:
        """The reason of the last return, while it is not sent again."""
        if self.entry is None or self.entry.status != EntryStatus.RETURNED or self.last_sent is None:
            return None
        return self.last_sent.reason


def report_lines(duty: Duty) -> list[ReportLine]:
    """Every task the unit reports on in the period, in the plan's order, in a constant number of queries."""
    tasks = list(tasks_to_report(duty).select_related("group").order_by("position"))
    entries = {entry.task_id: entry for entry in entries_for_page(duty)}
    before = latest_accepted(Task.objects.filter(pk__in=[task.pk for task in tasks]), before=duty.period)
    return [_line(task, entries.get(task.pk), before.get(task.pk)) for task in tasks]


def report_line(duty: Duty, task: Task) -> ReportLine:
    """One of them."""
    entry = entries_for_page(duty).filter(task=task).first()
    before = latest_accepted(Task.objects.filter(pk=task.pk), before=duty.period)
    return _line(task, entry, before.get(task.pk))


def _line(task: Task, entry: Entry | None, before: Submission | None) -> ReportLine:
    if entry is None:
        return ReportLine(task, None, (), before, ())
    return ReportLine(task, entry, list(entry.submissions.all()), before, entry.shown)  # type: ignore[attr-defined]
