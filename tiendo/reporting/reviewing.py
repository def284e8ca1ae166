"""The review queue: what was sent and not yet answered, with what changed and what to look at twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields import BooleanField

from tiendo.accounts.models import User
from tiendo.plans.models import Task
from tiendo.plans.states import WorkState
from tiendo.reporting.disputes import disputed_tasks
from tiendo.reporting.flagging import Claim, flags_again, flags_of
from tiendo.reporting.flags import Flag, Severity
from tiendo.reporting.models import Duty, Entry, Evidence, Part, PartAnswer, Period, Remark, Submission
from tiendo.reporting.parts import PartState
from tiendo.reporting.queries import answerable_items, latest_accepted, values_of

Rows = QuerySet[Submission]
KINDS = ("flagged", "clean", "late", "disputed")


@dataclass(frozen=True)
class Item:
    """One item as a reviewer reads it. `shown` is what was sent, or the draft before sending; `before` what was last
    accepted on the task."""

    entry: Entry
    shown: Submission | Entry
    before: Submission | None
    flags: tuple[Flag, ...]
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[Part, ...] = ()
    remarks: tuple[Remark, ...] = ()
    earlier: tuple[Submission, ...] = ()
    is_disputed: bool = False  # in this report or another, as `disputes` counts

    @property
    def task(self) -> Task:
        return self.entry.task

    @property
    def waits_for_parts(self) -> bool:
        """Completion is claimed and a coordinating unit has neither answered nor let its time pass."""
        claimed = self.shown.state == WorkState.COMPLETED
        return claimed and any(part.state == PartState.ASKED for part in self.parts)

    @property
    def is_clean(self) -> bool:
        return not self.flags and not self.is_disputed and not self.waits_for_parts

    @property
    def warnings(self) -> int:
        return sum(1 for flag in self.flags if flag.severity == Severity.WARNING)


def queue(user: User, *, at: datetime) -> Rows:
    """What waits for an answer, may still be given one, and this user may see.

    Each row has `is_clean`, `is_late` and `is_disputed`.

    An item is clean when nothing about it is flagged, no coordinating unit disputes it, and none is still to be heard
    about a claim of completion. Flagged first, then those sent first.
    """
    waiting = Submission.objects.filter(
        answerable_items(at=at),
        verdict=Submission.Verdict.WAITING,
        entry__status="submitted",
        entry__in=Entry.objects.visible_to(user),
    )
    parts = Part.objects.filter(entry=OuterRef("entry"))
    open_claim = Q(state=WorkState.COMPLETED) & Exists(parts.filter(state=PartState.ASKED))
    rows = waiting.annotate(
        is_disputed=_truth(Q(entry__task__in=disputed_tasks())),
        is_flagged=_truth(~Q(flags=[])),
        is_late=_truth(Q(entry__duty__first_sent_at__gte=F("entry__duty__due_at"))),
    ).annotate(is_clean=_truth(Q(flags=[]) & ~Q(is_disputed=True) & ~open_claim))
    return rows.order_by("is_clean", "entry__duty__sent_at", "entry__duty__unit__sort_key", "entry__task__position")


def _truth(condition: Q | Combinable) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def of_kind(rows: Rows, kind: str) -> Rows:
    """Those of one of KINDS; all for another word."""
    names = {"flagged": {"is_clean": False}, "clean": {"is_clean": True}}
    named = names.get(kind) or ({f"is_{kind}": True} if kind in KINDS else {})
    return rows.filter(**named)


def kind_counts(rows: Rows) -> dict[str, int]:
    """How many there are in all ("") and of each kind, in one query."""
    return rows.order_by().aggregate(
        all=Count("pk"),
        flagged=Count("pk", filter=Q(is_clean=False)),
        clean=Count("pk", filter=Q(is_clean=True)),
        late=Count("pk", filter=Q(is_late=True)),
        disputed=Count("pk", filter=Q(is_disputed=True)),
    )


def for_page(rows: Rows) -> Rows:
    """With all that an item shows, in a constant number of queries."""
    answers = Prefetch("answers", queryset=PartAnswer.objects.select_related("answered_by"))
    parts = Part.objects.select_related("unit").prefetch_related(answers)
    remarks = Remark.objects.select_related("said_by", "said_for")
    earlier = Submission.objects.select_related("decided_by", "submitted_by").order_by("number")
    return rows.select_related(
        "entry__task__group", "entry__duty__period", "entry__duty__unit", "submitted_by"
    ).prefetch_related(
        Prefetch("entry__parts", queryset=parts),
        Prefetch("entry__remarks", queryset=remarks),
        Prefetch("entry__submissions", queryset=earlier),
    )


def items(rows: Sequence[Submission]) -> list[Item]:
    """What was sent, item by item, beside what was accepted before; one query for each period among them."""
    evidence = Evidence.objects.select_related("file").in_bulk({pk for row in rows for pk in row.evidence_ids})
    before = _before(rows)
    tasks = [row.entry.task_id for row in rows]
    disputed = set(disputed_tasks().filter(pk__in=tasks).values_list("pk", flat=True))
    return [_item(row, before.get(row.pk), evidence, row.entry.task_id in disputed) for row in rows]


def _item(row: Submission, before: Submission | None, evidence: Mapping[int, Evidence], is_disputed: bool) -> Item:
    return Item(
        entry=row.entry,
        shown=row,
        before=before,
        flags=flags_again(row.flags),
        evidence=tuple(evidence[pk] for pk in row.evidence_ids if pk in evidence),
        parts=tuple(row.entry.parts.all()),
        remarks=tuple(row.entry.remarks.all()),
        earlier=tuple(sent for sent in row.entry.submissions.all() if sent.number < row.number),
        is_disputed=is_disputed,
    )


def _before(rows: Iterable[Submission]) -> dict[int, Submission]:
    by_period: dict[Period, list[Submission]] = {}
    for row in rows:
        by_period.setdefault(row.entry.duty.period, []).append(row)
    found: dict[int, Submission] = {}
    for period, its in by_period.items():
        known = latest_accepted(Task.objects.filter(pk__in=[row.entry.task_id for row in its]), before=period)
        found |= {row.pk: known[row.entry.task_id] for row in its if row.entry.task_id in known}
    return found


def drafts(duty: Duty, *, on: date) -> list[Item]:
    """What the head is about to sign, item by item, flagged ones first; other units' words are not looked at."""
    begun = duty.entries.exclude(revision=0).filter(status__in=("draft", "returned"))
    present = Prefetch("evidence", queryset=Evidence.objects.filter(removed_at=None).select_related("file"))
    entries = list(begun.select_related("task__group").prefetch_related(present).order_by("task__position"))
    claims = [Claim(entry.task, values_of(entry), len(entry.evidence.all())) for entry in entries]
    flagged = flags_of(duty, claims, on=on)
    before = latest_accepted(Task.objects.filter(pk__in=[entry.task_id for entry in entries]), before=duty.period)
    found = [
        Item(entry, entry, before.get(entry.task_id), flagged[entry.task_id], tuple(entry.evidence.all()))
        for entry in entries
    ]
    return sorted(found, key=lambda item: (item.is_clean, item.task.position))
