"""The figures of a consolidated report, and the accepted records behind each of them. Pure.

A task without an accepted record is counted by its deadline alone and named as "chưa có báo cáo": silence is shown,
never filled in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from gettext import gettext as _

from tiendo.calendars.deadlines import Cell, cell
from tiendo.plans.states import WorkState


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
    """One task as the accepted records tell it; `record` is None when no report on it was accepted."""

    code: str
    title: str
    group: str
    lead: str | None
    product: str | None
    due_on: date | None
    state: WorkState
    percent: Decimal | None
    completed_on: date | None
    result: str
    difficulty: str
    money_used: Decimal | None
    record: Record | None

    def cell_on(self, on: date) -> Cell:
        return cell(self.due_on, on=on, done_on=self.completed_on)


@dataclass(frozen=True)
class DutyLine:
    """How one unit met the period."""

    unit: str
    is_sent: bool
    is_late: bool
    nothing_new: bool


@dataclass(frozen=True)
class ReportFacts:
    """Everything a period's report is made from, cut off on the day `on`."""

    plan_title: str
    period_name: str
    data_from: date
    on: date
    lines: tuple[TaskLine, ...]
    duties: tuple[DutyLine, ...]

    @property
    def counted(self) -> tuple[TaskLine, ...]:
        """All but the cancelled."""
        return tuple(line for line in self.lines if line.state != WorkState.CANCELLED)

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(line.record for line in self.lines if line.record)

    @property
    def groups(self) -> dict[str, tuple[TaskLine, ...]]:
        """Counted lines by group, in the plan's order."""
        found: dict[str, list[TaskLine]] = {}
        for line in self.counted:
            found.setdefault(line.group, []).append(line)
        return {group: tuple(lines) for group, lines in found.items()}


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
    """Every figure of the report by its key: total, the four cells, without a report, money."""
    counted = facts.counted
    found = [_count("total", _("Tổng số nhiệm vụ"), counted, lambda line: True)]
    for each in Cell:
        found.append(_count(each.value, each.label, counted, lambda line, each=each: line.cell_on(facts.on) == each))  # type: ignore[misc]
    found.append(_count("without_report", _("Chưa có báo cáo được tiếp nhận"), counted, lambda line: not line.record))
    found.append(money(counted))
    return {figure.key: figure for figure in found}


def money(lines: Iterable[TaskLine]) -> Figure:
    """Money spent as accepted, over the lines that give it."""
    given = tuple(line for line in lines if line.money_used is not None)
    total = sum((line.money_used for line in given if line.money_used is not None), Decimal(0))
    return Figure("money_used", _("Kinh phí đã sử dụng (đồng)"), total, given)


def share(part: Figure | int, whole: int) -> Decimal | None:
    """Percent with one decimal, rounded down so that 99,96 is not shown as 100; None without a whole."""
    number = part if isinstance(part, int) else int(part.value)
    if whole == 0:
        return None
    return (Decimal(number * 1000) / whole).quantize(Decimal(1), rounding="ROUND_FLOOR") / 10


def _count(key: str, label: str, lines: tuple[TaskLine, ...], belongs: Callable[[TaskLine], bool]) -> Figure:
    chosen = tuple(line for line in lines if belongs(line))
    return Figure(key, label, Decimal(len(chosen)), chosen)
