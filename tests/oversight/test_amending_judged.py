"""Each report and score is judged by the version in force at its time: what an amendment changes, it changes from its
day on and for no day before (R026)."""

from datetime import date, timedelta

import pytest

from tests.factories import (
    NOON,
    TODAY,
    World,
    make_card,
    make_criteria,
    make_cycle,
    make_duty,
    make_entry,
    make_period,
    make_submission,
    make_task,
)
from tests.factories.amending import LATER, make_amendment, make_line, submit
from tiendo.evaluation.content import CardOf, TaskOf
from tiendo.evaluation.gathering import gather
from tiendo.evaluation.models import Cycle
from tiendo.oversight.actions import amending
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.models import Amendment
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.plans.terms import version_in_force
from tiendo.reporting.actions import close_period
from tiendo.reporting.models import Period
from tiendo.reporting.papers.consolidation import ReportFacts, TaskLine
from tiendo.reporting.papers.gathering import facts_of

DECIDED_AT = NOON + timedelta(hours=3)
CLOSED_AT = NOON + timedelta(days=14)
NEXT_HALF = {"data_from": date(2026, 7, 1), "data_to": date(2027, 1, 1)}
LAST_DAY = date(2026, 6, 30)  # of the data of the period that is open


def bring_in(amendment: Amendment, world: World) -> None:
    """Decided and in force today, the day after the last of the half-year."""
    amending.decide_amendment(
        amendment=submit(amendment, world),
        number="200/QĐ-UBND",
        issued_on=TODAY,
        in_force_from=TODAY,
        by=world.decision_maker,
        at=DECIDED_AT,
    )


@pytest.fixture
def overdue(world: World, plan: Plan) -> Task:
    """Due on the last day but ten of the half-year, and not done."""
    return make_task(plan, by=world.chi, lead=world.unit_a, due_on=LAST_DAY - timedelta(days=10), title="Quá hạn")


@pytest.fixture
def gone(world: World, plan: Plan) -> Task:
    return make_task(plan, by=world.chi, lead=world.unit_a, title="Sẽ thôi")


def amend(world: World, plan: Plan, task: Task, overdue: Task, gone: Task) -> None:
    """One of each kind."""
    amendment = make_amendment(plan, world)
    make_line(amendment, world, Change.EXTEND, overdue, due=LATER)
    make_line(amendment, world, Change.CHANGE, task, title="Phủ sóng 5G toàn tỉnh", product="Bản đồ")
    make_line(amendment, world, Change.TRANSFER, task, lead=[{"unit": world.unit_b.code, "printed": None}])
    make_line(amendment, world, Change.DROP, gone)
    make_line(
        amendment,
        world,
        Change.ADD,
        None,
        title="Kho dữ liệu dùng chung",
        description="Xây dựng kho dữ liệu dùng chung",
        group="III.1.1",
        due=LATER,
        lead=[{"unit": world.unit_b.code, "printed": None}],
    )
    bring_in(amendment, world)


def closed(period: Period, world: World) -> ReportFacts:
    close_period(period=period, by=world.chi, at=CLOSED_AT)
    period.refresh_from_db()
    return facts_of(period)


def by_title(facts: ReportFacts) -> dict[str, TaskLine]:
    return {line.title: line for line in facts.lines}


def test_a_report_closed_before_is_made_again_with_the_same_figures_and_facts(
    world: World, plan: Plan, task: Task, overdue: Task, gone: Task
) -> None:
    period = make_period(plan)
    make_submission(make_entry(make_duty(period, world.unit_a), task), by=world.binh, accepted_by=world.chi)
    close_period(period=period, by=world.chi, at=NOON + timedelta(hours=1))
    period.refresh_from_db()
    before = facts_of(period)
    amend(world, plan, task, overdue, gone)
    assert facts_of(period) == before
    assert [line.code for line in facts_of(period, corrected=True).lines] == [line.code for line in before.lines]


def test_a_report_whose_last_day_lies_before_reads_the_version_of_that_day_though_it_is_closed_after(
    world: World, plan: Plan, task: Task, overdue: Task, gone: Task
) -> None:
    period = make_period(plan)
    make_submission(make_entry(make_duty(period, world.unit_a), task), by=world.binh, accepted_by=world.chi)
    before = facts_of(period)
    amend(world, plan, task, overdue, gone)
    assert facts_of(period) == before
    after = closed(period, world)
    assert (after.lines, after.directives) == (before.lines, before.directives)
    assert by_title(after)["Quá hạn"].due_on == overdue.due_on


def test_a_report_whose_last_day_lies_after_reads_the_new_version(
    world: World, plan: Plan, task: Task, overdue: Task, gone: Task
) -> None:
    period = make_period(plan, **NEXT_HALF)
    amend(world, plan, task, overdue, gone)
    lines = by_title(closed(period, world))
    told = lines["Phủ sóng 5G toàn tỉnh"]
    assert (told.product, told.lead) == ("Bản đồ", world.unit_b.name)
    assert (lines["Quá hạn"].due_on, lines["Quá hạn"].original_due_on) == (date(2027, 6, 30), overdue.due_on)
    assert lines["Sẽ thôi"].state == WorkState.CANCELLED
    assert lines["Kho dữ liệu dùng chung"].due_on == date(2027, 6, 30)


def test_a_report_reads_past_every_one_of_several_later_versions(world: World, plan: Plan, task: Task) -> None:
    period = make_period(plan)
    before = facts_of(period)
    for unit, words in ((world.unit_b, "Lần một"), (world.unit_a, "Lần hai")):
        amendment = make_amendment(plan, world)
        make_line(amendment, world, Change.TRANSFER, task, lead=[{"unit": unit.code, "printed": None}])
        make_line(amendment, world, Change.CHANGE, task, title=words, group=None)
        bring_in_again(amendment, world, words)
        assert facts_of(period) == before


def bring_in_again(amendment: Amendment, world: World, number: str) -> None:
    amending.decide_amendment(
        amendment=submit(amendment, world),
        number=number,
        issued_on=TODAY,
        in_force_from=TODAY,
        by=world.decision_maker,
        at=DECIDED_AT + timedelta(hours=amendment.pk),
    )


@pytest.fixture
def cycle(world: World, plan: Plan, task: Task, overdue: Task, gone: Task) -> Cycle:
    """Its data end with the half-year."""
    criteria = make_criteria(plan, by=world.chi, decided_by=world.decision_maker)
    return make_cycle(criteria, by=world.chi, data_to=TODAY)


def tasks_of(card: CardOf) -> dict[str, TaskOf]:
    return {task.code: task for task in card.tasks}


def cards_of(cycle: Cycle, world: World) -> tuple[CardOf, CardOf]:
    """Of unit A and of unit B."""
    cards = {card.unit: card for card in gather(cycle, at=CLOSED_AT).cards}
    return cards[world.unit_a.code], cards[world.unit_b.code]


def test_a_score_of_days_before_is_gathered_from_the_version_of_those_days(
    cycle: Cycle, world: World, plan: Plan, task: Task, overdue: Task, gone: Task
) -> None:
    make_card(cycle, world.unit_a)
    make_card(cycle, world.unit_b)
    before = cards_of(cycle, world)
    amend(world, plan, task, overdue, gone)
    own, other = cards_of(cycle, world)
    assert tasks_of(own).keys() == {task.code, overdue.code, gone.code}
    assert tasks_of(own)[overdue.code].due == overdue.due_on
    assert tasks_of(own)[gone.code].state == "not_started"
    assert other.tasks == ()
    assert (own, other) == before


def test_a_score_of_days_after_is_gathered_from_the_new_version(
    cycle: Cycle, world: World, plan: Plan, task: Task, overdue: Task, gone: Task
) -> None:
    amend(world, plan, task, overdue, gone)
    assert version_in_force(plan, LAST_DAY).number == 1
    assert version_in_force(plan, TODAY).number == 2
    later = make_cycle(cycle.criteria, by=world.chi, year=2027, **NEXT_HALF)
    make_card(later, world.unit_a)
    make_card(later, world.unit_b)
    own, other = cards_of(later, world)
    added = Task.objects.get(title="Kho dữ liệu dùng chung")
    assert tasks_of(other).keys() == {task.code, added.code}
    assert tasks_of(own)[overdue.code].due == date(2027, 6, 30)
    assert tasks_of(own)[overdue.code].original_due == overdue.due_on
    (role,) = tasks_of(other)[added.code].roles
    assert role.since == TODAY
