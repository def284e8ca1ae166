"""What an accepted report says of money becomes a line that waits for finance: one entry, two obligations (R023)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from tiendo.accounts.models import User
from tiendo.audit.record import record_all
from tiendo.budget.actions.entering import entered_facts
from tiendo.budget.actions.sources import ensure_sources
from tiendo.budget.ledger import Wanted, is_new, lines_of_tasks, lock_tasks, newest_of, write_lines
from tiendo.budget.models import FundingSource, MoneyKind, MoneyLine
from tiendo.budget.shipped import UNSPLIT


@dataclass(frozen=True)
class Reported:
    """What one accepted report says of one task's money; None is not said. `said_by` signed it for the unit."""

    task_id: int
    unit_id: int
    year: int
    as_of: date
    used: Decimal | None
    allocated: Decimal | None
    origin: str
    said_by: User

    @property
    def amounts(self) -> dict[str, Decimal]:
        told = {MoneyKind.ALLOCATED.value: self.allocated, MoneyKind.DISBURSED.value: self.used}
        return {kind: amount for kind, amount in told.items() if amount is not None}


@transaction.atomic
def enter_reported_money(*, reports: Iterable[Reported], by: User, at: datetime) -> list[MoneyLine]:
    """Lines "chưa phân theo nguồn" for the amounts that the ledger does not hold already; `by` accepted the report.

    Nothing is asked of `by`: whoever may accept the report has been asked. A constant number of queries.
    """
    told = [each for each in reports if each.amounts]
    if not told:
        return []
    tasks = lock_tasks(each.task_id for each in told)
    source = _unsplit(at)
    lines = lines_of_tasks(tasks, {each.year for each in told})
    newest, held = newest_of(lines), _held(lines, source)
    wanted = [
        _wanted(each, kind, amount, source)
        for each in told
        for kind, amount in each.amounts.items()
        if held.get((each.task_id, each.unit_id, each.year, kind)) != amount
    ]
    fresh = [each for each in wanted if is_new(each, newest.get(each.cell))]
    written = write_lines(fresh, newest, at=at)
    record_all(entered_facts(written, tasks), actor=by.username, at=at)
    return written


def _wanted(report: Reported, kind: str, amount: Decimal, source: FundingSource) -> Wanted:
    return Wanted(
        report.task_id,
        source.pk,
        report.unit_id,
        report.year,
        kind,
        amount,
        report.as_of,
        report.said_by,
        taken_from=report.origin,
    )


def _unsplit(at: datetime) -> FundingSource:
    found = FundingSource.objects.filter(code=UNSPLIT).first()
    return found or next(each for each in ensure_sources(by=None, at=at) if each.code == UNSPLIT)


def _held(lines: Sequence[MoneyLine], unsplit: FundingSource) -> Mapping[tuple[int, int, int, str], Decimal]:
    """What the unit has entered source by source, added up: a report that says the same adds nothing."""
    sums: dict[tuple[int, int, int, str], Decimal] = {}
    for line in newest_of(lines).values():
        if line.source_id != unsplit.pk and line.state != MoneyLine.State.RETURNED:
            key = (line.task_id, line.unit_id, line.year, line.kind)
            sums[key] = sums.get(key, Decimal(0)) + line.amount
    return sums
