"""The figures of a consolidated report, and the accepted records behind each of them. Pure.

A task without an accepted record is counted by its deadline alone and named as "chưa có báo cáo": silence is shown,
never filled in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from gettext import gettext as _
from itertools import count

from tiendo.calendars.deadlines import Cell, cell
from tiendo.indicators.states import State
from tiendo.papers.charts import Series
from tiendo.plans.states import WorkState

DONE = frozenset({Cell.DONE_ON_TIME, Cell.DONE_LATE})


@dataclass(frozen=True)
class Record:
    """An accepted submission; `mark` is the number by which the report refers to it. In a unit's own report one that
    may wait for acceptance still, or (submission 0) a draft not sent.

    `evidence` are the words of its evidence; `documents` those papers among it that bear a number, with their day.
    """

    mark: int
    submission: int
    task_code: str
    unit: str
    period: str
    number: int
    sent_at: datetime | None
    sent_by: str
    accepted_at: datetime | None
    accepted_by: str
    evidence: tuple[str, ...]
    documents: tuple[tuple[str, date | None], ...] = ()


@dataclass(frozen=True)
class TaskLine:
    """One task as the accepted records tell it; `record` is None when no report on it was accepted.

    `money_source` names who confirmed the money; empty, it is the record's. `row` is its number in the annex of tasks,
    where a cancelled one is left out. `is_new` when the record belongs to
    the period reported on, and not to an earlier one.
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
    row: int = 0
    group_code: str = ""
    original_due_on: date | None = None
    money_allocated: Decimal | None = None
    percent_estimate: Decimal | None = None
    money_source: str = ""

    def cell_on(self, on: date) -> Cell:
        return cell(self.due_on, on=on, done_on=self.completed_on)

    def is_done(self, on: date) -> bool:
        return self.cell_on(on) in DONE

    @property
    def has_difficulty(self) -> bool:
        """A difficulty told in the period reported on."""
        return self.is_new and bool(self.difficulty.strip())


@dataclass(frozen=True)
class DutyLine:
    """How one unit met the period; `mark` is the number by which the report refers to it."""

    unit: str
    is_commune: bool
    first_sent_at: datetime | None
    is_late: bool
    nothing_new: bool
    accepted_at: datetime | None
    urgings: int = 0
    mark: int = 0

    @property
    def is_sent(self) -> bool:
        return self.first_sent_at is not None


@dataclass(frozen=True)
class MeasureLine:
    """An indicator of the plan with its last accepted figure; `value` None: none, and `without` says why.

    `target` is the milestone or end it is held against, as words; `span` the name of the time its value is for; `mark`
    the number by which the report refers to it.
    """

    code: str
    name: str
    unit_text: str
    target: str
    lead: str
    state: State
    span: str = ""
    status: str = ""
    value: Decimal | None = None
    progress: Decimal | None = None
    without: str = ""
    source: str = ""
    mark: int = 0
    is_aspirational: bool = False
    levels: tuple[str, ...] = ()

    @property
    def titled(self) -> str:
        """The name, with a mark where the target is one to strive for and binds nobody (R041)."""
        return _("%(name)s (phấn đấu)") % {"name": self.name} if self.is_aspirational else self.name


@dataclass(frozen=True)
class ObstacleLine:
    """Difficulties of one kind in the register of the plan, at the end of the time reported on.

    `standing` of them are neither removed nor withdrawn, `objective` of these from without; `raised` and `removed` were
    sent, or done away with, within the time.
    """

    kind: str
    standing: int
    objective: int
    raised: int
    removed: int

    @property
    def subjective(self) -> int:
        return self.standing - self.objective


@dataclass(frozen=True)
class ReportFacts:
    """Everything a period's report is made from, cut off on the day `on`.

    `directives` are the papers by which the plan was set or changed within the time reported on: (words, day).
    `obstacles` is None where nobody was asked for the register of difficulties. `charts` are the few indicators that
    are drawn, as they stood.
    """

    plan_title: str
    period_name: str
    data_from: date
    on: date
    lines: tuple[TaskLine, ...]
    duties: tuple[DutyLine, ...]
    directives: tuple[tuple[str, date | None], ...] = ()
    asks_estimate: bool = False
    measures: tuple[MeasureLine, ...] = ()
    obstacles: tuple[ObstacleLine, ...] | None = None
    charts: tuple[Series, ...] = ()

    @property
    def next_until(self) -> date:
        """The end of the next period: a time as long as the one reported on."""
        return self.on + (self.on - self.data_from) + timedelta(days=1)

    @cached_property
    def counted(self) -> tuple[TaskLine, ...]:
        """All but the cancelled."""
        return tuple(line for line in self.lines if line.state != WorkState.CANCELLED)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """In the order of their marks."""
        found = [line.record for line in self.lines if line.record]
        return tuple(sorted(found, key=lambda record: record.mark))

    @cached_property
    def groups(self) -> dict[str, tuple[TaskLine, ...]]:
        """Counted lines by group, in the plan's order."""
        return by_group(self.counted)


def by_group(lines: Iterable[TaskLine]) -> dict[str, tuple[TaskLine, ...]]:
    """The lines group by group, both in the order in which they come."""
    found: dict[str, list[TaskLine]] = {}
    for line in lines:
        found.setdefault(line.group, []).append(line)
    return {group: tuple(of_group) for group, of_group in found.items()}


def placed(lines: Sequence[TaskLine]) -> tuple[TaskLine, ...]:
    """The lines in their order, with the numbers of their rows in the annex: by group, the cancelled left out."""
    groups = by_group(line for line in lines if line.state != WorkState.CANCELLED).values()
    rows = {line.code: row for row, line in enumerate((line for group in groups for line in group), 1)}
    return tuple(replace(line, row=rows.get(line.code, 0)) for line in lines)


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


def marked_duties(duties: Iterable[DutyLine], *, after: int) -> tuple[DutyLine, ...]:
    """The units numbered on from the last record, so that a number means one thing in the whole paper.

    First those in time, then the late, then who has not sent, and in each those with something to say: so the units
    behind each figure, too, are a few ranges.
    """
    ordered = sorted(duties, key=lambda duty: (not duty.is_sent, duty.is_late, duty.nothing_new))
    return tuple(replace(duty, mark=mark) for mark, duty in enumerate(ordered, after + 1))


def marked_measures(measures: Iterable[MeasureLine], *, after: int) -> tuple[MeasureLine, ...]:
    """The indicators numbered on from the last unit, the red ones first, then by how well they stand."""
    order = [State.NOT_MET, State.NO_DATA, State.ON_TRACK, State.MET, State.EXCEEDED, State.NO_TARGET]
    ordered = sorted(measures, key=lambda line: order.index(line.state))
    return tuple(replace(line, mark=mark) for mark, line in enumerate(ordered, after + 1))


class Measure(StrEnum):
    """What a figure counts; `value` is in đồng or in per cent, cut to one decimal."""

    COUNT = "count"
    PERCENT = "percent"
    DONG = "dong"


@dataclass(frozen=True)
class Figure:
    """A number of the report with the tasks, units or indicators it counts, and the records those rest on.

    `value` is None where it cannot be computed (a rate of nothing).
    """

    key: str
    label: str
    value: Decimal | None
    lines: tuple[TaskLine, ...] = ()
    duties: tuple[DutyLine, ...] = ()
    measure: Measure = Measure.COUNT
    measures: tuple[MeasureLine, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(line.record for line in self.lines if line.record)

    @property
    def marks(self) -> tuple[int, ...]:
        """Numbers by which the paper refers to what stands behind: records, units or indicators in their annexes."""
        behind: Iterable[Record | DutyLine | MeasureLine] = (*self.records, *self.duties, *self.measures)
        return tuple(each.mark for each in behind)
