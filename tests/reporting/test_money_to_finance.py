"""An accepted report's money waits for finance in the ledger: typed once, owed twice."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World, make_funding, make_money, make_task
from tiendo.audit.models import Event
from tiendo.audit.queries import find_break
from tiendo.budget.actions import confirm_lines
from tiendo.budget.models import MoneyLine
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry
from tiendo.reporting.rules import Values

SPENT = Values(
    state=WorkState.IN_PROGRESS,
    percent=Decimal(50),
    result="Đã lắp 6 trạm",
    money_used=Decimal(300),
    money_allocated=Decimal(800),
)


def send(world: World, duty: Duty, task: Task, now: datetime, values: Values = SPENT) -> Entry:
    entry = Entry.objects.filter(duty=duty, task=task).first()
    revision = entry.revision if entry else 0
    actions.save_draft(duty=duty, task=task, values=values, revision=revision, by=world.an, at=now)
    actions.send_duty(duty=duty, by=world.binh, at=now)
    return Entry.objects.get(duty=duty, task=task)


def lines() -> list[tuple[str, Decimal, str, int]]:
    return list(MoneyLine.objects.order_by("kind", "number").values_list("kind", "amount", "state", "number"))


def test_accepting_a_report_enters_its_money_for_finance(world: World, duty: Duty, task: Task, now: datetime) -> None:
    entry = send(world, duty, task, now)
    assert lines() == []
    actions.accept_entry(entry=entry, by=world.chi, at=now)
    assert lines() == [("allocated", 800, "entered", 1), ("disbursed", 300, "entered", 1)]
    line = MoneyLine.objects.get(kind="disbursed")
    assert line.taken_from == f"reporting.submission:{entry.submissions.get().pk}"
    assert (line.unit, line.year, line.as_of, line.entered_by) == (world.unit_a, 2026, date(2026, 6, 30), world.binh)
    assert line.source.code == "chua-phan"
    assert find_break() is None


def test_it_is_official_only_once_finance_confirms(world: World, duty: Duty, task: Task, now: datetime) -> None:
    actions.accept_entry(entry=send(world, duty, task, now), by=world.chi, at=now)
    assert not MoneyLine.objects.current().exists()
    confirm_lines(ids=[MoneyLine.objects.get(kind="disbursed").pk], by=world.finance, at=now)
    assert MoneyLine.objects.current().get().amount == 300


@pytest.mark.parametrize("confirmed", [True, False])
def test_what_the_ledger_holds_already_is_not_entered_again(
    world: World, duty: Duty, task: Task, now: datetime, confirmed: bool
) -> None:
    by = world.finance if confirmed else None
    sources = [make_funding(), make_funding("trung-uong", "Ngân sách trung ương")]
    for source, amount in zip(sources, (100, 200), strict=True):
        make_money(task, world.unit_a, by=world.an, amount=amount, source=source, confirmed_by=by)
    actions.accept_entry(entry=send(world, duty, task, now), by=world.chi, at=now)
    assert [kind for kind, *_ in lines()].count("disbursed") == 2
    assert not MoneyLine.objects.filter(kind="disbursed", source__code="chua-phan").exists()


def test_a_report_that_says_another_number_than_the_ledger_waits_beside_it(
    world: World, duty: Duty, task: Task, now: datetime
) -> None:
    make_money(task, world.unit_a, by=world.an, amount=250, confirmed_by=world.finance)
    actions.accept_entry(entry=send(world, duty, task, now), by=world.chi, at=now)
    assert MoneyLine.objects.current().get().amount == 250
    assert MoneyLine.objects.waiting().get(kind="disbursed").amount == 300


def test_a_report_without_money_enters_nothing(world: World, duty: Duty, task: Task, now: datetime) -> None:
    silent = replace(SPENT, money_used=None, money_allocated=None)
    actions.accept_entry(entry=send(world, duty, task, now, silent), by=world.chi, at=now)
    assert lines() == []
    assert not Event.objects.filter(act__startswith="budget.").exists()


def test_a_returned_report_enters_nothing(world: World, duty: Duty, task: Task, now: datetime) -> None:
    actions.return_entry(entry=send(world, duty, task, now), reason="Thiếu", by=world.chi, at=now)
    assert lines() == []


def test_accepting_ten_costs_no_more_queries_than_two(world: World, plan: Plan, duty: Duty, now: datetime) -> None:
    counts = []
    for many in (2, 8):
        tasks = [make_task(plan, by=world.chi, lead=world.unit_a) for _ in range(many)]
        for task in tasks:
            actions.save_draft(duty=duty, task=task, values=SPENT, revision=0, by=world.an, at=now)
        actions.send_duty(duty=duty, by=world.binh, at=now)
        waiting = Entry.objects.filter(duty=duty, task__in=tasks)
        with CaptureQueriesContext(connection) as queries:
            actions.accept_entries(duty=duty, seen={entry.pk: 1 for entry in waiting}, by=world.chi, at=now)
        counts.append(len(queries))
    assert MoneyLine.objects.count() == 20
    assert counts[1] <= counts[0]
