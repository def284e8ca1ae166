"""The figures of a consolidated report, and the accepted records behind each of them. Pure.

A task without an accepted record is counted by its deadline alone and named as "chưa có báo cáo": silence is shown,
never filled in.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from gettext import gettext as _
from itertools import count

from tiendo.calendars.deadlines import Cell, cell
from tiendo.plans.states import WorkState

DONE = frozenset({Cell.DONE_ON_TIME, Cell.DONE_LATE})


@dataclass(frozen=True)
class Record:
    """An accepted submission; `mark` is the number by which the report refers to it."""

    mark: int
    submission: int
    task_code: str
    unit: str
    period: str
    number: int
    sent_at: datetime
    sent_by: str
    accepted_at: datetime
    accepted_by: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class TaskLine:
    """One task as the accepted records tell it; `record` is None when no report on it was accepted.

    `is_new` when the record belongs to the period reported on, and not to an earlier one.
    """

    code: str
    title: str
    group: str
    lead: str | None
    product: str | None
    due_on: date | None
    state: WorkState = WorkState.NOT_STARTED
    percent: Decimal | None = None
    completed_on: date | None = None
    result: str = ""
    difficulty: str = ""
    money_used: Decimal | None = None
    record: Record | None = None
    is_new: bool = False

    def cell_on(self, on: date) -> Cell:
        return cell(self.due_on, on=on, done_on=self.completed_on)

    def is_done(self, on: date) -> bool:
        return self.cell_on(on) in DONE


@dataclass(frozen=True)
class DutyLine:
    """How one unit met the period."""

    unit: str
    is_commune: bool
    first_sent_at: datetime | None
    is_late: bool
    nothing_new: bool
    accepted_at: datetime | None

    @property
    def is_sent(self) -> bool:
        return self.first_sent_at is not None


@dataclass(frozen=True)
class ReportFacts:
    """Everything a period's report is made from, cut off on the day `on`."""

    plan_title: str
    period_name: str
    data_from: date
    on: date
    lines: tuple[TaskLine, ...]
    duties: tuple[DutyLine, ...]
    urgings: int = 0

    @property
    def counted(self) -> tuple[TaskLine, ...]:
        """All but the cancelled."""
        return tuple(line for line in self.lines if line.state != WorkState.CANCELLED)

    @property
    def records(self) -> tuple[Record, ...]:
        """In the order of their marks."""
        found = [line.record for line in self.lines if line.record]
        return tuple(sorted(found, key=lambda record: record.mark))

    @property
    def groups(self) -> dict[str, tuple[TaskLine, ...]]:
        """Counted lines by group, in the plan's order."""
        found: dict[str, list[TaskLine]] = {}
        for line in self.counted:
            found.setdefault(line.group, []).append(line)
        return {group: tuple(lines) for group, lines in found.items()}


def marked(lines: Sequence[TaskLine], *, on: date) -> tuple[TaskLine, ...]:
    """The lines in their order, with their records numbered from 1.

    Numbers run cell by cell and, within a cell, those with money first: so the records behind each figure are a few
    ranges ("[1–22]") and not a long list.
    """
    order = {each: place for place, each in enumerate(Cell)}
    told = [line for line in lines if line.record]
    told.sort(key=lambda line: (order[line.cell_on(on)], line.money_used is None))
    numbers = dict(zip((line.code for line in told), count(1), strict=False))
    return tuple(
        replace(line, record=replace(line.record, mark=numbers[line.code])) if line.record else line for line in lines
    )


@dataclass(frozen=True)
class Figure:
    """A number of the report with the lines it counts and the records those rest on. Money in đồng."""

    key: str
    label: str
    value: Decimal
    lines: tuple[TaskLine, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(line.record for line in self.lines if line.record)

    @property
    def marks(self) -> tuple[int, ...]:
        return tuple(record.mark for record in self.records)


def figures(facts: ReportFacts) -> dict[str, Figure]:
    """Every figure of the report by its key: total, the four cells, what was not reported, money."""
    counted, on = facts.counted, facts.on
    found = [counting("total", _("Tổng số nhiệm vụ"), counted, lambda line: True)]
    for each in Cell:
        found.append(counting(each.value, each.label, counted, lambda line, each=each: line.cell_on(on) == each))  # type: ignore[misc]
    silent = _("Chưa hoàn thành và không có báo cáo được tiếp nhận trong kỳ")
    found.append(
        counting("not_reported", silent, counted, lambda line: not line.is_new and line.cell_on(on) not in DONE)
    )
    never = _("Chưa từng có báo cáo được tiếp nhận")
    found.append(counting("without_report", never, counted, lambda line: not line.record))
    found.append(money(counted))
    return {figure.key: figure for figure in found}


def counting(key: str, label: str, lines: Iterable[TaskLine], belongs: Callable[[TaskLine], bool]) -> Figure:
    """How many of the lines belong."""
    chosen = tuple(line for line in lines if belongs(line))
    return Figure(key, label, Decimal(len(chosen)), chosen)


def money(lines: Iterable[TaskLine]) -> Figure:
    """Money spent as accepted, over the lines that give it."""
    given = tuple(line for line in lines if line.money_used is not None)
    total = sum((line.money_used for line in given if line.money_used is not None), Decimal(0))
    return Figure("money_used", _("Kinh phí đã sử dụng (đồng)"), total, given)


def share(part: int, whole: int) -> Decimal | None:
    """Percent with one decimal, rounded down so that 99,96 is not shown as 100; None without a whole."""
    if whole == 0:
        return None
    return (Decimal(part * 1000) / whole).quantize(Decimal(1), rounding="ROUND_FLOOR") / 10
