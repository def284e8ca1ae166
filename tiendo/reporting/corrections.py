"""What was opened again after a period was closed, and what was corrected there: read, never written, here."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from tiendo.plans.models import Task
from tiendo.reporting.models import Duty, Period, Reopening, Submission
from tiendo.reporting.queries import accepted, values_of
from tiendo.reporting.rules import Values

VALUE_WORDS: dict[str, str] = {
    "state": _("trạng thái"),
    "percent": _("tỷ lệ hoàn thành (%)"),
    "completed_on": _("ngày hoàn thành"),
    "result": _("kết quả"),
    "difficulty": _("khó khăn, vướng mắc"),
    "money_used": _("kinh phí đã sử dụng (đồng)"),
    "money_allocated": _("kinh phí được giao (đồng)"),
    "percent_estimate": _("ước đến 31/12 (%)"),
}


@dataclass(frozen=True)
class Change:
    """One value before and after a correction; `words` is the Vietnamese message naming it."""

    name: str
    words: str
    before: object
    after: object


@dataclass(frozen=True)
class Correction:
    """A submission accepted after its period was closed; `before` is what the closing counted, None for nothing."""

    submission: Submission
    before: Submission | None
    changes: tuple[Change, ...]

    @property
    def task(self) -> Task:
        return self.submission.entry.task


def corrections(period: Period) -> list[Correction]:
    """What was accepted after the closing and differs from what it counted, the task's last word alone, in order of
    acceptance. The frozen report never takes it in; it is listed beside the report."""
    if period.closed_at is None:
        return []
    rows = accepted().filter(entry__duty__period=period).order_by("decided_at", "pk")
    counted = {row.entry_id: row for row in rows.filter(decided_at__lte=period.closed_at)}
    later = {row.entry_id: row for row in rows.filter(decided_at__gt=period.closed_at)}
    found = [_correction(row, counted.get(entry)) for entry, row in later.items()]
    return sorted((each for each in found if each.changes), key=lambda each: (each.submission.decided_at, each.task.pk))


def reopenings(period: Period) -> QuerySet[Reopening]:
    """Every reopening of the period with what it is about, newest first."""
    return Reopening.objects.filter(duty__period=period).select_related("duty__unit", "task", "opened_by", "ended_by")


def open_reopenings(*, at: datetime) -> QuerySet[Reopening]:
    """Those in force, the one that ends first on top."""
    rows = Reopening.objects.open(at).select_related("duty__unit", "duty__period", "task", "opened_by")
    return rows.order_by("until", "pk")


def reopened_tasks(duty: Duty, *, at: datetime) -> frozenset[int] | None:
    """Ids of the tasks which alone may be written and sent; None where that is every task of the report."""
    if duty.period.closed_at is None:
        return None
    tasks = set(duty.reopenings.open(at).values_list("task_id", flat=True))
    return None if None in tasks else frozenset(task for task in tasks if task is not None)


def _correction(row: Submission, before: Submission | None) -> Correction:
    old, new = values_of(before) if before else Values(), values_of(row)
    changes = [
        Change(name, words, getattr(old, name), getattr(new, name))
        for name, words in VALUE_WORDS.items()
        if getattr(old, name) != getattr(new, name)
    ]
    backing = set(before.evidence_ids) if before else set()
    if backing != set(row.evidence_ids):
        changes.append(Change("evidence", _("số minh chứng"), len(backing), len(row.evidence_ids)))
    return Correction(row, before, tuple(changes))
