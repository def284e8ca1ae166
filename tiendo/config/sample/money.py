"""The sample's money: units enter, finance confirms most and returns one, and the share of the budget falls below 3 %.

Years are told from the one of `now`: this one and the one before. Amounts of the file are in million đồng.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from django.utils.timezone import localdate

from tiendo.budget import actions
from tiendo.budget.models import FundingSource, MoneyKind, MoneyLine, SpendingLine
from tiendo.budget.queries import waiting_for
from tiendo.config.sample.story import HERE, SET_UP_ON, at
from tiendo.config.sample.world import Agenda, World
from tiendo.plans.holding import part_holder
from tiendo.plans.models import Assignment, Plan

FINANCE = "tai-chinh"
MILLION, BILLION = 10**6, 10**9
GIVEN = (MoneyKind.PLANNED, MoneyKind.ALLOCATED)
# (years before this one, basis, all local spending, of it science and the like), in billion đồng: 3,2 % and 2,8 %.
BUDGETS = (
    (1, SpendingLine.Basis.ESTIMATE, 11_250, 360),
    (1, SpendingLine.Basis.SETTLED, 11_480, 368),
    (0, SpendingLine.Basis.ESTIMATE, 12_500, 350),
)


@dataclass(frozen=True)
class Row:
    """One source of one task in one year, as the file tells it; an amount that is missing is not known."""

    task: str
    year: int
    source: str
    amounts: dict[str, Decimal]
    document: str
    returned: str


def schedule(world: World, agenda: Agenda, plan: Plan, *, now: datetime) -> None:
    """Put the money on the agenda: given at the start of a year, spent at its end or ten days before `now`."""
    agenda.add(at(SET_UP_ON + timedelta(days=23), 9), _ensure)
    for row in rows(localdate(now).year):
        given, spent, as_of = _moments(row.year, now)
        agenda.add(given, partial(_enter, world, agenda, plan, row, GIVEN, localdate(given)))
        if MoneyKind.DISBURSED in row.amounts:
            agenda.add(spent, partial(_enter, world, agenda, plan, row, (MoneyKind.DISBURSED,), as_of))
    for back, basis, total, science in BUDGETS:
        agenda.add(now - timedelta(days=12), partial(_record, world, localdate(now).year - back, basis, total, science))


def confirm_reported(world: World, *, at: datetime) -> None:
    """Finance confirms what accepted reports brought; where sources are told already it stays to be looked at."""
    finance = world.users[FINANCE]
    told = waiting_for(finance, on=localdate(at)).exclude(taken_from="").values_list("pk", flat=True)
    actions.confirm_lines(ids=list(told), by=finance, at=at)


def rows(this_year: int) -> list[Row]:
    """The file's lines, years as numbers."""
    with (HERE / "money.csv").open(encoding="utf-8", newline="") as source:
        return [_row(row, this_year) for row in csv.DictReader(source)]


def _row(row: dict[str, str], this_year: int) -> Row:
    amounts = {kind: Decimal(row[kind]) * MILLION for kind in MoneyKind.values if row[kind]}
    named = (row["task"], this_year + int(row["year"]), row["source"])
    return Row(*named, amounts, row["document"], row["returned"])


def _moments(year: int, now: datetime) -> tuple[datetime, datetime, date]:
    """When the year's plan is entered, when its spending is, and up to which day that counts."""
    known_from = at(SET_UP_ON + timedelta(days=24), 9)
    given = max(known_from, min(at(date(year, 2, 10), 9), now - timedelta(days=11)))
    if year < localdate(now).year:
        return given, at(date(year + 1, 1, 20), 9), date(year, 12, 31)
    spent = now - timedelta(days=8)
    return given, spent, max(date(year, 1, 1), localdate(spent) - timedelta(days=2))


def _ensure(at: datetime) -> None:
    actions.ensure_sources(by=None, at=at)


def _enter(world: World, agenda: Agenda, plan: Plan, row: Row, kinds: Iterable[str], as_of: date, at: datetime) -> None:
    """The officer of the unit that answers enters the amounts; finance looks at them a day later."""
    task = plan.tasks.get(number=row.task)
    unit = task.assignments.in_force().select_related("unit").get(role=Assignment.Role.LEAD).unit
    assert unit is not None
    holder = part_holder(task.pk, unit.pk, on=localdate(at))
    code = next(each.code for each in world.units.values() if each.pk == holder)
    lines = actions.enter_money(
        task=task,
        unit=unit,
        source=FundingSource.objects.get(code=row.source),
        year=row.year,
        amounts={kind: row.amounts[kind] for kind in kinds if kind in row.amounts},
        as_of=as_of,
        document=row.document,
        by=world.officer(code),
        at=at,
    )
    agenda.add(at + timedelta(days=1), partial(_decide, world, row, [line.pk for line in lines]))


def _decide(world: World, row: Row, ids: list[int], at: datetime) -> None:
    finance = world.users[FINANCE]
    spent = MoneyLine.objects.filter(pk__in=ids, kind=MoneyKind.DISBURSED).first()
    if row.returned and spent:
        actions.return_money(line=spent, reason=row.returned, by=finance, at=at)
    else:
        actions.confirm_lines(ids=ids, by=finance, at=at)


def _record(world: World, year: int, basis: str, total: int, science: int, at: datetime) -> None:
    paper = "Nghị quyết dự toán" if basis == SpendingLine.Basis.ESTIMATE else "Nghị quyết phê chuẩn quyết toán"
    for item, amount in ((SpendingLine.Item.TOTAL, total), (SpendingLine.Item.SCIENCE, science)):
        actions.record_spending(
            owner=world.units["ubnd-tinh"],
            year=year,
            item=item,
            basis=basis,
            amount=Decimal(amount) * BILLION,
            document=f"{paper} năm {year} của HĐND tỉnh (minh họa)",
            by=world.users[FINANCE],
            at=at,
        )
