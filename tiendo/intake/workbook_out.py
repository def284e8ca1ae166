"""A plan as a workbook to edit: guidance, tasks, indicators, and hidden beside them what each cell said. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tiendo.intake.workbook_shape import (
    DROP,
    DROPS,
    FORMS,
    GROUPS,
    GUIDANCE,
    INDICATORS,
    MARKS,
    ORIGINALS,
    SCHEMA,
    SPARE_ROWS,
    UNITS,
    Form,
    guidance,
)
from tiendo.papers.workbook import Sheet, SheetColumn, Shown, render_workbook


@dataclass(frozen=True)
class PlanRow:
    """One task or indicator the plan has: its code, and the words of each field as a cell shows them."""

    kind: str
    code: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class PlanSheets:
    """Everything the workbook of a plan holds. `units` and `groups` are the entries of the drop-downs."""

    plan: str
    title: str
    version: int
    rows: Sequence[PlanRow]
    units: Sequence[str]
    groups: Sequence[str]
    illustrative: bool = False


def write_plan(plan: PlanSheets, *, made_at: datetime, day: str) -> bytes:
    """The workbook; `day` is the day of `made_at` as a reader writes it. Equal input gives equal bytes."""
    lists = {UNITS: plan.units, GROUPS: plan.groups, DROPS: (DROP,)}
    return render_workbook(list(_sheets(plan, day)), made_at=made_at, title=plan.title, lists=lists)


def _sheets(plan: PlanSheets, day: str) -> Iterator[Sheet]:
    about = guidance(plan.plan, plan.title, plan.version, day, illustrative=plan.illustrative)
    yield Sheet(GUIDANCE, (SheetColumn("Mục", 34), SheetColumn("Hướng dẫn", 100)), list(about))
    for form in FORMS:
        rows = [row for row in plan.rows if row.kind == form.kind]
        if rows or form is not INDICATORS:
            yield _sheet(form, rows)
    marks = [("schema", SCHEMA), ("plan", plan.plan), ("version", str(plan.version))]
    yield Sheet(MARKS, (SheetColumn("key"), SheetColumn("value")), marks, shown=Shown.FOR_PROGRAMS)
    yield Sheet(
        ORIGINALS,
        tuple(SheetColumn(name) for name in ("kind", "code", "field", "text")),
        list(_originals(plan.rows)),
        shown=Shown.FOR_PROGRAMS,
    )


def _sheet(form: Form, rows: Sequence[PlanRow]) -> Sheet:
    cells = [[_cell(row, column.field) for column in form.columns] for row in rows]
    return Sheet(form.title, tuple(column.on_paper() for column in form.columns), cells, spare=SPARE_ROWS)


def _cell(row: PlanRow, field: str) -> str | None:
    return row.code if field == "code" else row.texts.get(field) or None


def _originals(rows: Sequence[PlanRow]) -> Iterator[tuple[str, str, str, str]]:
    """What each cell said when the workbook was made: a later change of the plan is then no edit of this person."""
    for row in rows:
        yield row.kind, row.code, "", ""
        for field, text in row.texts.items():
            if text:
                yield row.kind, row.code, field, text
