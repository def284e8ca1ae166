"""The consolidated report tells money as finance confirmed it, and names that source."""

from datetime import date, timedelta

from tests.factories import NOON, World, make_duty, make_entry, make_money, make_submission, make_task
from tiendo.plans.models import Plan, Task
from tiendo.reporting.models import Period
from tiendo.reporting.papers.consolidation import TaskLine
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.freezing import facts_as_data, facts_from_data
from tiendo.reporting.papers.gathering import facts_of


def told(world: World, period: Period, task: Task) -> None:
    entry = make_entry(make_duty(period, world.unit_a), task, money_used=300, money_allocated=800)
    make_submission(entry, by=world.binh, accepted_by=world.chi)


def line_of(period: Period, task: Task) -> TaskLine:
    return next(line for line in facts_of(period).lines if line.code == task.code)


def test_a_confirmed_number_stands_for_the_reported_one_and_names_its_source(
    world: World, period: Period, task: Task
) -> None:
    told(world, period, task)
    make_money(task, world.unit_a, by=world.an, amount=250, confirmed_by=world.finance)
    line = line_of(period, task)
    assert (line.money_used, line.money_allocated) == (250, 800)
    assert line.money_source == "Sở Tài chính xác nhận, tính đến 30/06/2026"
    assert figures(facts_of(period))["money_used"].value == 250


def test_what_waits_or_speaks_of_a_later_day_changes_nothing(world: World, period: Period, task: Task) -> None:
    told(world, period, task)
    make_money(task, world.unit_a, by=world.an, amount=250)
    later = {"as_of": date(2026, 7, 1), "amount": 900}
    make_money(task, world.unit_a, by=world.an, confirmed_by=world.finance, **later)  # type: ignore[arg-type]
    assert (line_of(period, task).money_used, line_of(period, task).money_source) == (300, "")


def test_what_is_confirmed_after_the_closing_belongs_to_the_corrected_report_only(
    world: World, period: Period, task: Task
) -> None:
    told(world, period, task)
    period.closed_at = NOON
    period.save()
    after = {"amount": 250, "decided_at": NOON + timedelta(days=1)}
    make_money(task, world.unit_a, by=world.an, confirmed_by=world.finance, **after)  # type: ignore[arg-type]
    assert line_of(period, task).money_used == 300
    [line] = facts_of(period, corrected=True).lines
    assert line.money_used == 250


def test_money_confirmed_of_a_task_without_report_is_counted(world: World, plan: Plan, period: Period) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    for unit, amount in ((world.unit_a, 5), (world.unit_b, 7)):
        make_money(task, unit, by=world.an, amount=amount, confirmed_by=world.finance)
    assert figures(facts_of(period))["money_used"].value == 12


def test_the_source_is_kept_with_the_facts(world: World, period: Period, task: Task) -> None:
    told(world, period, task)
    make_money(task, world.unit_a, by=world.an, confirmed_by=world.finance)
    facts = facts_of(period)
    assert facts_from_data(facts_as_data(facts)) == facts
