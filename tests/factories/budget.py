"""Funding sources, lines of the money ledger, and sums of the budget."""

from datetime import date
from decimal import Decimal

from tests.factories.clock import NOON
from tiendo.accounts.models import User
from tiendo.budget.models import FundingSource, MoneyLine, SpendingLine
from tiendo.orgs.models import Unit
from tiendo.plans.models import Task


def make_funding(code: str = "dia-phuong", name: str = "Ngân sách địa phương", **fields: object) -> FundingSource:
    """The source of that code; made when it is not there."""
    values = {"name": name, "position": FundingSource.objects.count() + 1} | fields
    return FundingSource.objects.get_or_create(code=code, defaults=values)[0]


def make_money(
    task: Task,
    unit: Unit,
    *,
    by: User,
    kind: str = "disbursed",
    amount: int = 1_000_000_000,
    source: FundingSource | None = None,
    confirmed_by: User | None = None,
    **fields: object,
) -> MoneyLine:
    """The next line of a cell; with `confirmed_by` it is the cell's official number."""
    source = source or make_funding()
    cell = {"task": task, "unit": unit, "source": source, "year": fields.pop("year", 2026), "kind": kind}
    lines = MoneyLine.objects.filter(**cell)
    decided: dict[str, object] = {}
    if confirmed_by is not None:
        lines.filter(is_current=True).update(is_current=False)
        decided = {"state": "confirmed", "is_current": True, "decided_by": confirmed_by, "decided_at": NOON}
    values = {"as_of": date(2026, 6, 30), "entered_by": by, "entered_at": NOON} | decided | fields
    return MoneyLine.objects.create(**cell, number=lines.count() + 1, amount=Decimal(amount), **values)


def make_spending(owner: Unit, *, by: User, year: int, item: str, amount: int, **fields: object) -> SpendingLine:
    """One sum of the budget as it stands, an estimate unless told otherwise."""
    values = {"basis": "estimate", "number": 1, "document": f"NQ {year}/NQ-HĐND"} | fields
    sums = {"owner": owner, "year": year, "item": item, "amount": Decimal(amount)}
    return SpendingLine.objects.create(**sums, recorded_by=by, recorded_at=NOON, **values)
