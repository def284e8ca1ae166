"""From stored rows to what has moved under an issued report: its figures made again, and the acts that differ.

A closed period is read as it stood when it closed, but for corrections accepted afterwards: they are what can move a
figure then.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tiendo.plans.models import DeadlineLine
from tiendo.reporting.models import Duty, IssuedReport, Submission, Urging
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.gathering import facts_of
from tiendo.reporting.papers.staleness import Act, Cause, Staleness, differing, touched
from tiendo.reporting.papers.staleness import staleness as tied
from tiendo.reporting.queries import coordinating_unit


def staleness(issued: IssuedReport, at: datetime) -> Staleness:
    """Which figures of the report would differ if it were made anew at this moment, since when, and by which acts."""
    pairs = differing(issued.figures, figures(facts_of(issued.period, corrected=True)))
    names = {name for frozen, now in pairs for name in touched(frozen, now)}
    acts = _acts(issued, names) if names else ()
    return tied(pairs, acts, issued_at=issued.issued_at, asked_at=at)


def _acts(issued: IssuedReport, names: Collection[str]) -> Iterator[Act]:
    yield from _acceptances(issued, names)
    if issued.period.closed_at is None or issued.period.closed_at > issued.issued_at:
        yield from _plan_changes(issued, names)
    yield from _about_units(issued, names)


def _acceptances(issued: IssuedReport, codes: Collection[str]) -> Iterator[Act]:
    rows = Submission.objects.filter(
        verdict=Submission.Verdict.ACCEPTED,
        decided_at__gt=issued.issued_at,
        entry__task__plan=issued.period.plan_id,
        entry__duty__period__due_at__lte=issued.period.due_at,
    ).select_related("entry__task", "decided_by")
    for row in rows:
        if row.entry.task.code in codes and row.decided_at and row.decided_by:
            by = row.decided_by.full_name
            yield Act(row.decided_at, row.entry.task.code, Cause.ACCEPTED, by, row.entry.duty_id)


def _plan_changes(issued: IssuedReport, codes: Collection[str]) -> Iterator[Act]:
    """Deadlines recorded after the issuing, until the period closed; a task's first one came with the task."""
    within = Q(recorded_at__gt=issued.issued_at, task__plan=issued.period.plan_id)
    if issued.period.closed_at is not None:
        within &= Q(recorded_at__lte=issued.period.closed_at)
    for line in DeadlineLine.objects.filter(within).select_related("task", "recorded_by"):
        if line.task.code in codes:
            cause = Cause.NEW_TASK if line.number == 1 else Cause.DEADLINE
            yield Act(line.recorded_at, line.task.code, cause, line.recorded_by.full_name)


def _about_units(issued: IssuedReport, names: Collection[str]) -> Iterator[Act]:
    """Reports first sent, and units urged, after the issuing."""
    duties = Duty.objects.filter(period=issued.period, first_sent_at__gt=issued.issued_at)
    for duty in duties.select_related("unit", "sent_by"):
        if duty.unit.name in names and duty.first_sent_at and duty.sent_by:
            yield Act(duty.first_sent_at, duty.unit.name, Cause.SENT, duty.sent_by.full_name, duty.pk)
    urgings = Urging.objects.filter(duty__period=issued.period, sent_at__gt=issued.issued_at)
    for row in urgings.select_related("unit", "sent_by"):
        if row.unit.name in names:
            yield Act(row.sent_at, row.unit.name, Cause.URGED, row.sent_by.full_name, row.duty_id)


@dataclass(frozen=True)
class Verification:
    """What anybody holding the code of an issued report may know of it: no figure, no person, no unit but the agency.

    `stale_since` is None while no figure has moved.
    """

    report: str
    number: int
    agency: str
    issued_at: datetime
    seal: str
    docx: str
    pdf: str
    asked_at: datetime
    stale_since: datetime | None


def find_verification(code: str, at: datetime) -> Verification | None:
    """The report with this code and whether its data have moved; None when there is none."""
    rows = IssuedReport.objects.select_related("period__plan__owner", "docx", "pdf")
    issued = rows.filter(code=code).exclude(seal="").first() if code else None
    if issued is None:
        return None
    return Verification(
        report=issued.period.name,
        number=issued.number,
        agency=coordinating_unit(issued.period, issued.issued_at).name,
        issued_at=issued.issued_at,
        seal=issued.seal,
        docx=issued.docx.sha256,
        pdf=issued.pdf.sha256,
        asked_at=at,
        stale_since=staleness(issued, at).since,
    )
