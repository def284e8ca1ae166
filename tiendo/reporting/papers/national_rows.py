"""What stands to be copied to the national system: each task's newest accepted report, and what was copied before."""

from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _

from django.conf import settings

from tiendo.plans.models import Plan, Task
from tiendo.plans.states import STATE_WORDS, WorkState
from tiendo.reporting.models import Evidence, NationalEntry, Submission
from tiendo.reporting.papers.gathering import evidence_facts
from tiendo.reporting.papers.national import Limits, NationalState, national_state, text_block
from tiendo.reporting.queries import latest_accepted


@dataclass(frozen=True)
class NationalRow:
    """A task with its block; `last` is the copying that stands, of this submission or of an older one."""

    task: Task
    submission: Submission
    text: str
    state: NationalState
    last: NationalEntry | None


def limits() -> Limits:
    return Limits(**settings.TIENDO_NATIONAL_LIMITS)


def national_rows(plan: Plan) -> list[NationalRow]:
    """In the plan's order, in a constant number of queries."""
    tasks = Task.objects.filter(plan=plan)
    newest = latest_accepted(tasks)
    copied = _copied(plan)
    evidence = Evidence.objects.in_bulk({pk for row in newest.values() for pk in row.evidence_ids})
    return [
        _row(task, newest[task.pk], copied.get(task.pk, []), evidence)
        for task in tasks.order_by("group__position", "position")
        if task.pk in newest
    ]


def block_of(submission: Submission, evidence: Iterable[Evidence]) -> str:
    """The text to copy for an accepted report."""
    words, _documents = evidence_facts(list(evidence))
    return text_block(
        title=submission.entry.task.title,
        state=_(STATE_WORDS[WorkState(submission.state)]) if submission.state else "",
        percent=submission.percent,
        result=submission.result,
        documents=words,
        limits=limits(),
    )


def _copied(plan: Plan) -> dict[int, list[NationalEntry]]:
    """Task id → what was copied of it and stands, the newest first."""
    rows = NationalEntry.objects.filter(submission__entry__task__plan=plan, undone_at=None)
    found: dict[int, list[NationalEntry]] = {}
    for row in rows.select_related("submission__entry", "entered_by"):
        found.setdefault(row.submission.entry.task_id, []).append(row)
    return found


def _row(task: Task, submission: Submission, copied: list[NationalEntry], evidence: dict[int, Evidence]) -> NationalRow:
    backing = [evidence[pk] for pk in submission.evidence_ids if pk in evidence]
    state = national_state(submission.pk, [row.submission_id for row in copied])
    return NationalRow(task, submission, block_of(submission, backing), state, copied[0] if copied else None)
