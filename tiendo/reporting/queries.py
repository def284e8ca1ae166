"""Reads about periods, duties, entries and what was accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.utils.timezone import localdate

from tiendo.accounts.models import Post, Role, User
from tiendo.orgs.models import Unit
from tiendo.plans.holding import part_holder
from tiendo.plans.models import Assignment, Plan, Task, TaskQuerySet
from tiendo.plans.states import WorkState
from tiendo.reporting.models import (
    VALUE_FIELDS,
    Duty,
    DutyQuerySet,
    Entry,
    Evidence,
    IssuedReport,
    Part,
    PartAnswer,
    Period,
    Remark,
    Reminder,
    Reopening,
    Submission,
    TrustAnchor,
    Urging,
)
from tiendo.reporting.papers.consolidation import Measure
from tiendo.reporting.papers.words import amount_words
from tiendo.reporting.rules import Values
from tiendo.reporting.shifting import tasks_of as tasks_of

NEWEST = ("-entry__duty__period__due_at", "-decided_at", "-pk")


def tasks_to_report(duty: Duty) -> TaskQuerySet:
    """Those not finished before the period, and any the unit has begun an entry on, though a decision has since given
    the task to another unit: what was typed stays in sight, and goes with the report it was typed for."""
    led = tasks_of(duty)
    open_ones = led.exclude(state__in=[WorkState.COMPLETED, WorkState.CANCELLED])
    own, begun = led.filter(entries__duty=duty), Entry.objects.filter(duty=duty).exclude(revision=0)
    wanted = Q(pk__in=open_ones.values("pk")) | Q(pk__in=own.values("pk")) | Q(pk__in=begun.values("task"))
    return Task.objects.filter(wanted)


def values_of(row: Entry | Submission) -> Values:
    """The values of a draft or a submission."""
    given = {name: getattr(row, name) for name in VALUE_FIELDS}
    given["state"] = WorkState(row.state) if row.state else None
    return Values(**given)


def accepted(plan: Plan | None = None) -> QuerySet[Submission]:
    """Accepted submissions, newest period first: the only values that official outputs read."""
    rows = Submission.objects.filter(verdict=Submission.Verdict.ACCEPTED).select_related(
        "entry__duty__period", "entry__duty__unit", "entry__task", "submitted_by", "decided_by"
    )
    if plan is not None:
        rows = rows.filter(entry__task__plan=plan)
    return rows.order_by(*NEWEST)


def latest_accepted(
    tasks: TaskQuerySet, *, before: Period | None = None, until: Period | None = None
) -> dict[int, Submission]:
    """Task id → its newest accepted submission; only of periods due before one, or up to and with one, when given.

    Once the period given as `until` is closed, what was accepted after its closing is left out.
    """
    return {row.entry.task_id: row for row in newest_accepted(tasks, before=before, until=until)}


def newest_accepted(
    tasks: TaskQuerySet, *, before: Period | None = None, until: Period | None = None
) -> QuerySet[Submission]:
    """The rows of `latest_accepted`, picked in the database: those of earlier periods never leave it."""
    rows = accepted().filter(entry__task__in=tasks)
    if until is not None:
        rows = rows.filter(entry__duty__period__due_at__lte=until.due_at)
        if until.closed_at is not None:
            rows = rows.filter(decided_at__lte=until.closed_at)
    if before is not None:
        rows = rows.filter(entry__duty__period__due_at__lt=before.due_at)
    place = Window(RowNumber(), partition_by="entry__task", order_by=list(NEWEST))
    return rows.annotate(place=place).filter(place=1)


def with_newer_acceptance(duty: Duty, task_ids: Iterable[int]) -> set[int]:
    """Which of the tasks have already had an accepted word in a period due later than the report's."""
    later = Submission.objects.filter(
        verdict=Submission.Verdict.ACCEPTED,
        entry__task__in=list(task_ids),
        entry__duty__period__due_at__gt=duty.period.due_at,
    )
    return set(later.order_by().values_list("entry__task_id", flat=True))


def current_periods(plan: Plan | None = None) -> QuerySet[Period]:
    """Open periods, the one due first on top."""
    periods = Period.objects.exclude(opened_at=None).filter(closed_at=None)
    return (periods.filter(plan=plan) if plan else periods).select_related("plan").order_by("due_at")


def duties_of(user: User, *, at: datetime) -> DutyQuerySet:
    """The reports the user's own units owe in open periods or may correct in closed ones, whatever else the user may
    read; the one due first on top."""
    reopened = Q(pk__in=Reopening.objects.open(at).values("duty"))
    return (
        Duty.objects.filter(unit_id__in=user.access.held_unit_ids, period__opened_at__isnull=False)
        .filter(Q(period__closed_at=None) | reopened)
        .select_related("period__plan", "unit")
        .order_by("due_at", "unit__sort_key")
    )


def with_progress(duties: DutyQuerySet) -> DutyQuerySet:
    """Annotated with how many entries were begun, wait, were returned, were accepted."""
    begun = ~Q(entries__revision=0)
    return duties.annotate(
        begun=Count("entries", filter=begun),
        waiting=Count("entries", filter=Q(entries__status="submitted")),
        returned=Count("entries", filter=Q(entries__status="returned")),
        accepted_count=Count("entries", filter=Q(entries__status="accepted")),
    )


def entries_for_page(duty: Duty) -> QuerySet[Entry]:
    """The entries of a report with task, evidence (removed ones too, as what was sent names them) and submissions."""
    rows = duty.entries.select_related("task__group", "saved_by", "filled_from__duty__period", "filled_from__task")
    return rows.prefetch_related(
        Prefetch("evidence", queryset=Evidence.objects.select_related("file"), to_attr="all_evidence"),
        Prefetch("submissions", queryset=Submission.objects.select_related("submitted_by", "decided_by")),
        Prefetch("parts", queryset=Part.objects.select_related("unit").prefetch_related(_answers())),
        Prefetch("remarks", queryset=Remark.objects.select_related("said_by", "said_for")),
    )


def _answers() -> Prefetch[str]:
    return Prefetch("answers", queryset=PartAnswer.objects.select_related("answered_by"))


def content_mark(duty: Duty) -> str:
    """Changes with every save, and with evidence added or taken away: what a head has seen, in a few figures."""
    saved = duty.entries.aggregate(saves=Sum("revision"))["saves"] or 0
    evidence = Evidence.objects.filter(entry__duty=duty)
    return "-".join(map(str, (saved, evidence.count(), evidence.exclude(removed_at=None).count())))


def answerable_duties(*, at: datetime) -> Q:
    """Reports that may be accepted or returned: of an open period, opened again, or sent after the closing."""
    reopened = Reopening.objects.open(at).filter(duty=OuterRef("pk"))
    return Q(period__closed_at=None) | Q(sent_at__gte=F("period__closed_at")) | Q(Exists(reopened))


def answerable_items(*, at: datetime) -> Q:
    """The same of what was sent, item by item."""
    about = Q(task=None) | Q(task=OuterRef("entry__task"))
    reopened = Reopening.objects.open(at).filter(about, duty=OuterRef("entry__duty"))
    closed_at = F("entry__duty__period__closed_at")
    return Q(entry__duty__period__closed_at=None) | Q(submitted_at__gte=closed_at) | Q(Exists(reopened))


def open_reopenings_of(duties: Iterable[Duty], *, at: datetime) -> dict[int, Reopening]:
    """Report id → the reopening in force, of several the one that ends last."""
    rows = Reopening.objects.open(at).filter(duty__in=duties).order_by("until", "pk")
    return {row.duty_id: row for row in rows}


def waiting_for_review(user: User, *, at: datetime) -> DutyQuerySet:
    """Reports sent, not yet accepted or returned, and still to be answered; the longest waiting first."""
    return (
        Duty.objects.visible_to(user)
        .filter(answerable_duties(at=at), status="submitted")
        .select_related("period", "unit")
        .order_by("sent_at")
    )


def urgings_for(user: User) -> QuerySet[Urging]:
    """What the user's units are urged about and have neither confirmed nor answered by sending the report.

    Once its period is closed a report can no longer be sent; urging for it would only stand in the way.
    """
    unseen = Urging.objects.filter(unit_id__in=user.access.held_unit_ids, seen_at=None, duty__period__closed_at=None)
    open_ones = unseen.exclude(duty__sent_at__gte=F("sent_at"))
    return open_ones.select_related("unit", "duty__period", "task", "sent_by")


def find_answering_lead(task: Task, *, on: date) -> Unit | None:
    """The unit that answers for the task on the day; None while the lead is not named, or only as text."""
    lead = task.assignments.in_force().filter(role=Assignment.Role.LEAD).select_related("unit").first()
    if lead is None or lead.unit is None:
        return None
    holder = part_holder(task.pk, lead.unit.pk, on=on)
    return lead.unit if holder == lead.unit.pk else Unit.objects.get(pk=holder)


def coordinating_unit(period: Period, at: datetime) -> Unit:
    """The unit at whose desk sent reports lie."""
    return coordinator_of(period.plan, at)


def coordinator_of(plan: Plan, at: datetime) -> Unit:
    """Where the coordinator's post is that day, else the owner of the plan."""
    posts = Post.objects.in_force(localdate(at)).filter(role=Role.COORDINATOR).select_related("unit")
    post = posts.order_by("unit__sort_key", "pk").first()
    return post.unit if post else plan.owner


def reminded_count(duties: DutyQuerySet) -> int:
    """How many of the reports were reminded ahead of their last good day."""
    return duties.filter(pk__in=Reminder.objects.values("duty")).count()


def duty_counts(duties: DutyQuerySet, *, at: datetime) -> dict[int, dict[str, int]]:
    """Period id → how many duties are in each state people see, plus `late` (sent late) and `total`."""
    found: dict[int, dict[str, int]] = {}
    for duty in duties.select_related("period"):
        counts = found.setdefault(duty.period_id, {"total": 0, "late": 0})
        state = duty.state(at).value
        counts[state] = counts.get(state, 0) + 1
        counts["total"] += 1
        counts["late"] += duty.is_late
    return found


@dataclass(frozen=True)
class FigureWithRecords:
    """A frozen figure of an issued report with the submissions, and the names of the units, it was counted from."""

    key: str
    label: str
    value: Decimal | None
    measure: Measure
    tasks: int
    records: tuple[Submission, ...]
    units: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The value as the report prints it."""
        return amount_words(self.value, self.measure)


def figures_with_records(issued: IssuedReport) -> list[FigureWithRecords]:
    """The report's figures in order, each with its records, in one query."""
    wanted = {pk for figure in issued.figures for pk in figure["submissions"]}
    rows = {row.pk: row for row in accepted().filter(pk__in=wanted)}
    return [
        FigureWithRecords(
            figure["key"],
            figure["label"],
            None if figure["value"] is None else Decimal(figure["value"]),
            Measure(figure.get("measure", Measure.DONG if figure["key"] == "money_used" else Measure.COUNT)),
            len(figure["tasks"]),
            tuple(rows[pk] for pk in figure["submissions"]),
            tuple(figure.get("units", ())),
        )
        for figure in issued.figures
    ]


def trusted_certificates() -> list[bytes]:
    """The certificates trusted now, in PEM."""
    return [anchor.pem.encode() for anchor in TrustAnchor.objects.filter(removed_at=None)]
