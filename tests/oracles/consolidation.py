"""The figures of a period's report counted one task at a time, with nothing shared with the code under test."""

from datetime import timedelta
from decimal import Decimal

from tiendo.plans.models import Task
from tiendo.reporting.models import Period, Submission

Counted = tuple[Decimal, set[str], set[int]]


def figures_of(period: Period) -> dict[str, Counted]:
    """Key → value, codes of the tasks counted, ids of the submissions behind."""
    last_day = period.data_to - timedelta(days=1)
    found: dict[str, Counted] = {}
    for task in Task.objects.filter(plan=period.plan).order_by("pk"):
        told = _newest(task, period)
        for key, amount in _counts(task, told, period, last_day).items():
            value, codes, ids = found.setdefault(key, (Decimal(0), set(), set()))
            codes.add(task.code)
            if told is not None:
                ids.add(told.pk)
            found[key] = (value + amount, codes, ids)
    return found


def _newest(task: Task, period: Period) -> Submission | None:
    best = None
    for row in Submission.objects.filter(entry__task=task):
        if row.verdict != "accepted" or row.entry.duty.period.due_at > period.due_at:
            continue
        if best is None or row.entry.duty.period.due_at > best.entry.duty.period.due_at:
            best = row
    return best


def _counts(task: Task, told: Submission | None, period: Period, last_day: object) -> dict[str, Decimal]:
    if told is not None and told.state == "cancelled":
        return {}
    one = Decimal(1)
    found = {"total": one, _cell(task, told, last_day): one}
    if told is None:
        found["without_report"] = one
    if "done" not in _cell(task, told, last_day) and (told is None or told.entry.duty.period_id != period.pk):
        found["not_reported"] = one
    same_year = told is not None and told.entry.duty.period.data_to.year == period.data_to.year
    if told is not None and same_year and told.money_used is not None:
        found["money_used"] = told.money_used
    return found


def _cell(task: Task, told: Submission | None, last_day: object) -> str:
    finished = told.completed_on if told is not None else None
    if finished is not None and finished > last_day:  # type: ignore[operator]
        finished = None
    if finished is not None:
        late = task.due_on is not None and finished > task.due_on
        return "done_late" if late else "done_on_time"
    late = task.due_on is not None and last_day > task.due_on  # type: ignore[operator]
    return "open_overdue" if late else "open_in_time"
