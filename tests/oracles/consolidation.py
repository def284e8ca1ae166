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
        counts = _counts(task, told, period, last_day) | _new_in_period(task, told, period, last_day)
        for key, amount in counts.items():
            value, codes, ids = found.setdefault(key, (Decimal(0), set(), set()))
            codes.add(task.code)
            if told is not None:
                ids.add(told.pk)
            found[key] = (value + amount, codes, ids)
    return found


def rates_of(period: Period) -> dict[str, Decimal | None]:
    """Key → per cent, cut to one decimal, by the formula its label names; None of nothing."""
    last_day = period.data_to - timedelta(days=1)
    cells: dict[str, list[str]] = {"now": [], "first": []}
    total = 0
    for task in Task.objects.filter(plan=period.plan):
        told = _newest(task, period)
        if told is not None and told.state == "cancelled":
            continue
        total += 1
        ledger = list(task.deadline_lines.order_by("number"))
        for name, due in (("now", ledger[-1].due_on), ("first", ledger[0].due_on)) if ledger else ():
            cells[name].append("undated" if due is None else _judged(due, told, last_day))
        if not ledger:
            cells["now"].append("undated")
    done = sum(_finished(task, period, last_day) for task in Task.objects.filter(plan=period.plan))
    overdue = cells["now"].count("open_overdue")
    return {
        "rate_all": _cut(done, total),
        "rate_due": _cut(done, done + overdue),
        "on_time_rate": _on_time(cells["now"]),
        "on_time_rate_original": _on_time(cells["first"]),
    }


def _finished(task: Task, period: Period, last_day: object) -> bool:
    told = _newest(task, period)
    return told is not None and told.completed_on is not None and told.completed_on <= last_day  # type: ignore[operator]


def _judged(due: object, told: Submission | None, last_day: object) -> str:
    finished = told.completed_on if told is not None else None
    if finished is not None and finished <= last_day:  # type: ignore[operator]
        return "done_late" if finished > due else "done_on_time"  # type: ignore[operator]
    return "open_overdue" if last_day > due else "open_in_time"  # type: ignore[operator]


def _on_time(cells: list[str]) -> Decimal | None:
    judged = [cell for cell in cells if cell in ("done_on_time", "done_late", "open_overdue")]
    return _cut(judged.count("done_on_time"), len(judged))


def _cut(part: int, whole: int) -> Decimal | None:
    return Decimal(part * 1000 // whole) / 10 if whole else None


def _new_in_period(task: Task, told: Submission | None, period: Period, last_day: object) -> dict[str, Decimal]:
    """What only an accepted report of this period, or of its year, counts in; and what falls due next."""
    if told is not None and told.state == "cancelled":
        return {}
    one, found = Decimal(1), {}
    cell = _cell(task, told, last_day)
    is_new = told is not None and told.entry.duty.period_id == period.pk
    if "done" in cell:
        found["done"] = one
    if told is not None and is_new and "done" in cell:
        found["finished"] = one
    if told is not None and is_new and told.difficulty.strip():
        found["difficulties"] = one
    length = period.data_to - period.data_from
    if cell == "open_in_time" and task.due_on is not None and task.due_on < period.data_to + length:
        found["ahead"] = one
    if told is not None and is_new and told.percent_estimate is not None:
        found["estimate_told"] = one
        if told.percent_estimate == 100:
            found["estimate_done"] = one
    same_year = told is not None and _year(told.entry.duty.period) == _year(period)
    if told is not None and same_year and told.money_allocated is not None:
        found["money_allocated"] = told.money_allocated
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
    same_year = told is not None and _year(told.entry.duty.period) == _year(period)
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


def _year(period: Period) -> int:
    """In which its last day of data lies."""
    return (period.data_to - timedelta(days=1)).year
