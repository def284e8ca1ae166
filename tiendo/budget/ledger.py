"""The next line of a cell of the ledger: what is new, and how it is numbered. Writes rows and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tiendo.accounts.models import User
from tiendo.budget.models import MoneyKind, MoneyLine
from tiendo.plans.models import StoredFile, Task

Cell = tuple[int, int, int, int, str]


@dataclass(frozen=True)
class Wanted:
    """One amount to stand in the ledger; the keys name rows, `amount` is in đồng."""

    task_id: int
    source_id: int
    unit_id: int
    year: int
    kind: str
    amount: Decimal
    as_of: date
    entered_by: User
    document: str = ""
    note: str = ""
    taken_from: str = ""
    evidence: StoredFile | None = None
    evidence_name: str = ""

    @property
    def cell(self) -> Cell:
        return (self.task_id, self.source_id, self.unit_id, self.year, self.kind)


def cell_of(line: MoneyLine) -> Cell:
    return (line.task_id, line.source_id, line.unit_id, line.year, line.kind)


def lock_tasks(task_ids: Iterable[int]) -> dict[int, Task]:
    """The tasks, locked in one order: whoever numbers or decides lines of a task waits for the one before."""
    tasks = Task.objects.select_for_update(of=("self",)).filter(pk__in=set(task_ids)).order_by("pk")
    return {task.pk: task for task in tasks}


def lines_of_tasks(task_ids: Iterable[int], years: Iterable[int]) -> list[MoneyLine]:
    """Every line of the tasks in the years, the oldest first."""
    rows = MoneyLine.objects.filter(task_id__in=set(task_ids), year__in=set(years))
    return list(rows.order_by("number", "pk"))


def newest_of(lines: Iterable[MoneyLine]) -> dict[Cell, MoneyLine]:
    """The line entered last of each cell; `lines` come oldest first."""
    return {cell_of(line): line for line in lines}


def is_new(wanted: Wanted, last: MoneyLine | None) -> bool:
    """Whether it says something the cell's last line does not; what was returned may be said again.

    Of spending a later day is new even when the amount is the same: nothing was spent since.
    """
    if last is None or last.state == MoneyLine.State.RETURNED or last.amount != wanted.amount:
        return True
    return wanted.kind == MoneyKind.DISBURSED and wanted.as_of > last.as_of


def write_lines(wanted: Sequence[Wanted], newest: dict[Cell, MoneyLine], *, at: datetime) -> list[MoneyLine]:
    """The next number of each cell, waiting for finance. The caller has locked the tasks; a cell comes once."""
    lines = [
        MoneyLine(
            task_id=each.task_id,
            source_id=each.source_id,
            unit_id=each.unit_id,
            year=each.year,
            kind=each.kind,
            number=newest[each.cell].number + 1 if each.cell in newest else 1,
            amount=each.amount,
            as_of=each.as_of,
            document=each.document,
            note=each.note,
            taken_from=each.taken_from,
            evidence=each.evidence,
            evidence_name=each.evidence_name,
            entered_by=each.entered_by,
            entered_at=at,
        )
        for each in wanted
    ]
    return MoneyLine.objects.bulk_create(lines, batch_size=50)
