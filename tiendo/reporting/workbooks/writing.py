"""A unit's report as a workbook to fill in offline, and hidden beside it what each cell said. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tiendo.papers.workbook import Sheet, SheetColumn, Shown, Value, render_workbook
from tiendo.plans.states import REPORTABLE, STATE_WORDS, WorkState
from tiendo.reporting.rules import Values
from tiendo.reporting.workbooks.shape import (
    ASKED,
    ESTIMATE,
    GUIDANCE,
    MARKS,
    ORIGINALS,
    REPORT,
    SCHEMA,
    STATES,
    Column,
    columns,
    fingerprint,
    guidance,
    mark_of,
)

BEFORE = "before_"


@dataclass(frozen=True)
class TaskSheetRow:
    """One task of the report. `now` is what the editor would show; `before` what was accepted last, if anything.

    `revision` is that of the stored entry, 0 while nothing was saved; a `locked` row cannot be changed.
    """

    code: str
    title: str
    product: str
    due: str
    standing: str
    now: Values
    before: Values | None
    documents: str = ""
    revision: int = 0
    locked: bool = False


@dataclass(frozen=True)
class ReportSheets:
    """Everything the workbook holds. `due` and `day` are as a reader writes them."""

    duty: int
    unit_code: str
    unit: str
    period: str
    due: str
    day: str
    rows: Sequence[TaskSheetRow]
    asks_estimate: bool = False
    illustrative: str = ""


def write_report(report: ReportSheets, *, made_at: datetime) -> bytes:
    """The workbook. Equal input gives equal bytes."""
    states = [STATE_WORDS[state] for state in REPORTABLE]
    title = f"{report.unit} – {report.period}"
    return render_workbook(list(_sheets(report)), made_at=made_at, title=title, lists={STATES: states})


def _sheets(report: ReportSheets) -> Iterator[Sheet]:
    shape = columns(asks_estimate=report.asks_estimate)
    yield Sheet(
        REPORT,
        tuple(column.on_paper() for column in shape),
        [[_cell(row, column) for column in shape] for row in report.rows],
        note=report.illustrative,
        fills_in=True,
        locked_rows=frozenset(place for place, row in enumerate(report.rows) if row.locked),
        frozen_columns=2,
    )
    about = guidance(report.unit, report.period, report.due, report.day, asks_estimate=report.asks_estimate)
    yield Sheet(GUIDANCE, (SheetColumn("Mục", 36), SheetColumn("Hướng dẫn", 100)), list(about))
    originals = list(_originals(report))
    facts = [("schema", SCHEMA), ("duty", str(report.duty)), ("unit_code", report.unit_code)]
    facts += [("unit", report.unit), ("period", report.period)]
    facts.append(("fingerprint", fingerprint(facts, originals)))
    yield Sheet(MARKS, (SheetColumn("key"), SheetColumn("value")), facts, shown=Shown.FOR_PROGRAMS)
    names = ("code", "revision", "field", "mark")
    yield Sheet(ORIGINALS, tuple(map(SheetColumn, names)), originals, shown=Shown.FOR_PROGRAMS)


def _cell(row: TaskSheetRow, column: Column) -> Value:
    if column.field.startswith(BEFORE):
        return _shown(getattr(row.before, column.field.removeprefix(BEFORE)) if row.before else None)
    if hasattr(row, column.field):
        return getattr(row, column.field) or None
    return _shown(getattr(row.now, column.field, None))


def _shown(value: Value) -> Value:
    return STATE_WORDS[value] if isinstance(value, WorkState) else value or (value if value == 0 else None)


def _originals(report: ReportSheets) -> Iterator[tuple[str, str, str, str]]:
    """What each cell said when the workbook was made: a later save of a colleague is then no edit of this person."""
    for row in report.rows:
        yield row.code, str(row.revision), "", ""
        for column in (*ASKED, ESTIMATE):
            if mark := mark_of(getattr(row.now, column.field)):
                yield row.code, str(row.revision), column.field, mark
