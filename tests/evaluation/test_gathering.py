"""The facts of a cycle: as they stood at the end of its data, each head's own days, and nothing gained by silence."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    NOON,
    TODAY,
    World,
    make_card,
    make_criteria,
    make_cycle,
    make_duty,
    make_entry,
    make_evidence,
    make_figure,
    make_indicator,
    make_judgement,
    make_period,
    make_submission,
    make_task,
    make_unit,
    make_user,
)
from tests.factories.obstacles import make_obstacle
from tiendo.accounts.models import Role, User
from tiendo.evaluation.actions.snapshots import freeze
from tiendo.evaluation.content import CardOf, TaskOf
from tiendo.evaluation.exporting import exported
from tiendo.evaluation.gathering import gather
from tiendo.evaluation.models import Cycle, Snapshot
from tiendo.evaluation.scoring import score
from tiendo.indicators.models import TaskTie
from tiendo.orgs.models import Succession, Unit
from tiendo.oversight.models import Difficulty
from tiendo.plans.models import Assignment, Charge, DeadlineLine, Plan, Task
from tiendo.reporting.models import Duty
from tiendo_recompute import checked

pytestmark = pytest.mark.django_db
SPRING = {"opens_at": datetime(2026, 3, 1, tzinfo=UTC), "opened_at": datetime(2026, 3, 1, tzinfo=UTC)}
FIRST: dict[str, Any] = SPRING | {
    "data_from": date(2026, 1, 1), "data_to": date(2026, 4, 1), "due_at": datetime(2026, 4, 10, tzinfo=UTC)
}  # fmt: skip
SECOND: dict[str, Any] = SPRING | {
    "data_from": date(2026, 4, 1), "data_to": date(2026, 6, 1), "due_at": datetime(2026, 6, 10, tzinfo=UTC)
}  # fmt: skip


@pytest.fixture
def cycle(world: World, plan: Plan, task: Task) -> Cycle:
    return make_cycle(make_criteria(plan, by=world.chi, decided_by=world.decision_maker), by=world.chi)


def test_a_task_never_reported_stands_there_with_nothing(cycle: Cycle, world: World, task: Task) -> None:
    make_card(cycle, world.unit_a)
    found = _task(_one(cycle))
    assert (found.code, found.reported, found.state, found.evidence) == (task.code, None, "not_started", ())
    assert found.roles[0].role == "lead"


def test_an_accepted_report_counts_with_its_evidence(cycle: Cycle, world: World, task: Task) -> None:
    make_card(cycle, world.unit_a)
    _report(task, world, state="completed", percent=100, completed_on=date(2026, 5, 1))
    found = _task(_one(cycle))
    assert (found.reported, found.completed_on, len(found.evidence)) == (Decimal(100), date(2026, 5, 1), 1)


def test_what_was_finished_after_the_data_end_is_not_yet_finished(cycle: Cycle, world: World, task: Task) -> None:
    make_card(cycle, world.unit_a)
    _report(task, world, percent=40)
    _report(task, world, state="completed", percent=100, completed_on=date(2026, 7, 5))
    found = _task(_one(cycle))
    assert (found.state, found.reported, found.completed_on) == ("in_progress", Decimal(40), None)


def test_a_report_of_a_period_past_the_data_does_not_count(cycle: Cycle, world: World, task: Task) -> None:
    make_card(cycle, world.unit_a)
    _report(task, world, period={"data_from": date(2026, 6, 1), "data_to": date(2026, 12, 1)}, percent=90)
    assert _task(_one(cycle)).reported is None


def test_the_deadline_is_that_of_the_end_of_the_data_and_the_first_stays(
    cycle: Cycle, world: World, task: Task
) -> None:
    make_card(cycle, world.unit_a)
    after = datetime(2026, 7, 10, tzinfo=UTC)
    for number, due, at in ((2, date(2027, 3, 31), NOON), (3, date(2027, 9, 30), after)):
        DeadlineLine.objects.create(
            task=task, number=number, kind="moment", due_on=due, reason="Gia hạn", source="QĐ", recorded_by=world.chi,
            recorded_at=at,
        )  # fmt: skip
    found = _task(_one(cycle))
    assert (found.original_due, found.due) == (date(2026, 12, 31), date(2027, 3, 31))


def test_a_successor_answers_for_what_its_predecessor_was_given(cycle: Cycle, world: World, task: Task) -> None:
    new = make_unit("so-moi", "Sở Mới", parent=world.province)
    Succession.objects.create(
        predecessor=world.unit_a, successor=new, kind="merge", effective_on=date(2026, 3, 1), decision="1/QĐ"
    )
    make_card(cycle, new)
    assert _task(_one(cycle)).code == task.code


def test_a_change_of_heads_splits_the_tasks_by_date(cycle: Cycle, world: World, plan: Plan) -> None:
    """Finished in March: the first head's. Overdue since February: inherited, so not the second head's delay."""
    second = make_user("thu-truong-moi", world.unit_a, Role.HEAD, valid_from=date(2026, 4, 1))
    finished = _charged(plan, world, second, due_on=date(2026, 3, 20))
    overdue = _charged(plan, world, second, due_on=date(2026, 2, 1))
    _report(finished, world, state="completed", percent=100, completed_on=date(2026, 3, 10))
    april = date(2026, 4, 1)
    make_card(cycle, world.unit_a, head=world.binh, head_from=date(2026, 1, 1), head_to=april)
    make_card(cycle, world.unit_a, head=second, head_from=april, head_to=cycle.data_to)
    cards = {card.head: card for card in gather(cycle, at=NOON).cards}
    first, after = _codes(cards[str(world.binh)]), _codes(cards[str(second)])
    assert set(first) >= {finished.code, overdue.code}
    assert set(after) == {overdue.code}
    assert (first[overdue.code].cause, bool(after[overdue.code].cause)) == (None, True)


def test_a_head_is_judged_only_by_tasks_in_his_charge(cycle: Cycle, world: World, plan: Plan, task: Task) -> None:
    make_task(plan, by=world.chi, lead=world.unit_a, title="Việc không ai chịu trách nhiệm")
    make_card(cycle, world.unit_a, head=world.binh)
    assert list(_codes(_one(cycle))) == [task.code]


def test_an_outcome_is_read_from_the_figure_of_the_unit(cycle: Cycle, world: World, task: Task) -> None:
    make_card(cycle, world.unit_a)
    indicator = make_indicator("PS5G", by=world.chi, frequency="half", lag_days=0)
    TaskTie.objects.create(indicator=indicator, task=task, recorded_by=world.chi, recorded_at=NOON)
    half = {"period": "2026-H1", "period_end": date(2026, 6, 30)}
    make_figure(indicator, world.unit_a, 50, progress=Decimal("62.5"), not_computable=None, **half)  # type: ignore[arg-type]
    outcome = _task(_one(cycle)).outcomes[0]
    assert (outcome.indicator, outcome.period, outcome.progress) == ("PS5G", "2026-H1", Decimal("62.5"))


def test_a_tied_indicator_without_a_figure_is_said_to_have_none(cycle: Cycle, world: World, task: Task) -> None:
    make_card(cycle, world.unit_a)
    indicator = make_indicator("PS5G", by=world.chi)
    TaskTie.objects.create(indicator=indicator, task=task, recorded_by=world.chi, recorded_at=NOON)
    outcome = _task(_one(cycle)).outcomes[0]
    assert (outcome.figure, outcome.progress, outcome.state) == (None, None, "no_data")


def test_what_a_unit_wrote_and_never_sent_is_not_its_word(cycle: Cycle, world: World) -> None:
    card = make_card(cycle, world.unit_a)
    make_judgement(card, by=world.an, voice="self", level=4)
    assert _one(cycle).judgements == ()
    card.submitted_by, card.submitted_at = world.binh, NOON
    card.save()
    assert [word.voice for word in _one(cycle).judgements] == ["self"]


def test_nobody_is_named_in_the_words(cycle: Cycle, world: World) -> None:
    card = make_card(cycle, world.unit_a)
    make_judgement(card, by=world.finance)
    make_judgement(card, by=world.dung, level=2)
    assert [word.by for word in _one(cycle).judgements] == ["assessor-1", "assessor-2"]


def test_reports_are_counted_as_owed_on_time_late_and_missing(cycle: Cycle, world: World, plan: Plan) -> None:
    make_card(cycle, world.unit_a)
    past = {"opens_at": datetime(2026, 5, 1, tzinfo=UTC), "opened_at": datetime(2026, 5, 1, tzinfo=UTC)}
    due = datetime(2026, 6, 1, tzinfo=UTC)
    for sent in (datetime(2026, 5, 20, tzinfo=UTC), due, None):
        duty = make_duty(make_period(plan, None, due_at=due, data_to=date(2026, 5, 1), **past), world.unit_a)
        if sent is not None:
            duty.first_sent_at = duty.sent_at = sent
            duty.sent_by = world.binh
            duty.save()
    reports = _one(cycle).reports
    assert (reports.owed, reports.on_time, reports.late, reports.missing) == (3, 1, 1, 1)


def test_the_number_of_queries_grows_neither_with_units_nor_with_tasks(
    cycle: Cycle, world: World, plan: Plan, task: Task
) -> None:
    make_card(cycle, world.unit_a)
    _report(task, world, percent=40)
    few = _queries(cycle)
    for unit in (world.unit_b, world.finance_unit):
        make_card(cycle, unit)
        _report(make_task(plan, by=world.chi, lead=unit, head=world.binh), world, unit=unit, percent=10)
    assert _queries(cycle) == few


def test_the_separate_program_gives_the_same_scores_to_the_last_digit(cycle: Cycle, world: World, task: Task) -> None:
    """From the exported file alone."""
    for unit in (world.unit_a, world.unit_b):
        make_judgement(make_card(cycle, unit), by=world.finance)
    _report(task, world, state="completed", percent=100, completed_on=date(2026, 5, 1))
    snapshot = freeze(cycle, Snapshot.Purpose.PRELIMINARY, by=world.chi, at=NOON)
    assert snapshot.results.count() == 2
    assert checked(json.loads(exported(snapshot)))[1] == []


def test_the_same_facts_give_the_same_hash_and_the_same_ranks(cycle: Cycle, world: World, task: Task) -> None:
    make_card(cycle, world.unit_a)
    one, two = (freeze(cycle, Snapshot.Purpose.PRELIMINARY, by=world.chi, at=NOON) for _ in range(2))
    assert one.sha256 == two.sha256
    fields = ("score", "rank", "tied", "rank_low", "rank_high", "working")
    assert list(one.results.values_list(*fields)) == list(two.results.values_list(*fields))


def test_every_task_lacking_something_is_named(cycle: Cycle, world: World, plan: Plan, task: Task) -> None:
    due = make_task(plan, by=world.chi, lead=world.unit_a, due_on=date(2026, 5, 1), title="Đã đến hạn")
    make_card(cycle, world.unit_a)
    coverage = freeze(cycle, Snapshot.Purpose.PRELIMINARY, by=world.chi, at=NOON).coverage
    assert coverage["all"] == {"tasks": 1, "measure": 0, "value": 0, "report": 0, "evidence": 0}
    for name in ("measure", "value", "report", "evidence"):
        assert coverage["lacking"][name] == [[due.code, "Đã đến hạn"]]


def test_an_older_report_does_not_speak_for_one_kept_back(cycle: Cycle, world: World, task: Task) -> None:
    make_card(cycle, world.unit_a)
    _report(task, world, period=FIRST, percent=80)
    assert _task(_one(cycle)).reported == Decimal(80)
    duty = make_duty(make_period(task.plan, None, **SECOND), world.unit_a)
    silent = _task(_one(cycle))
    assert (silent.reported, silent.record, silent.state, silent.evidence) == (None, None, "not_started", ())
    _answer(duty, task, world, percent=20)
    assert _task(_one(cycle)).reported == Decimal(20)


def test_a_report_that_waits_for_an_answer_is_no_silence_and_one_sent_back_and_left_is(
    cycle: Cycle, world: World, task: Task
) -> None:
    make_card(cycle, world.unit_a)
    _report(task, world, period=FIRST, percent=80)
    duty = make_duty(make_period(task.plan, None, **SECOND), world.unit_a)
    sent = make_submission(make_entry(duty, task, saved_by=world.an, percent=20), by=world.binh)
    assert _task(_one(cycle)).reported == Decimal(80)
    sent.verdict, sent.decided_by, sent.decided_at, sent.reason = "returned", world.chi, NOON, "Chưa rõ."
    sent.save()
    assert _task(_one(cycle)).reported is None


def test_nothing_new_said_finished_work_and_a_report_not_yet_due_are_no_silence(
    cycle: Cycle, world: World, plan: Plan, task: Task
) -> None:
    make_card(cycle, world.unit_a)
    _report(task, world, period=FIRST, percent=80)
    make_duty(make_period(plan, None, **(SECOND | {"due_at": NOON + timedelta(days=1)})), world.unit_a)
    assert _task(_one(cycle)).reported == Decimal(80)
    said = {"nothing_new": True, "sent_at": NOON, "first_sent_at": NOON, "sent_by": world.binh}
    make_duty(make_period(plan, None, **SECOND), world.unit_a, **said)
    assert _task(_one(cycle)).reported == Decimal(80)
    done = make_task(plan, by=world.chi, lead=world.unit_a, title="Xong sớm")
    _report(done, world, period=FIRST, state="completed", percent=100, completed_on=date(2026, 3, 1))
    make_duty(make_period(plan, None, **SECOND), world.unit_a)
    assert {pk: each.reported for pk, each in _codes(_one(cycle)).items()} == {task.code: None, done.code: Decimal(100)}


def test_silence_after_a_task_was_handed_on_is_the_next_one_s(cycle: Cycle, world: World, task: Task) -> None:
    """Led until April by unit A, which had reported; unit B, which leads it since, keeps silent in May."""
    make_card(cycle, world.unit_a)
    make_card(cycle, world.unit_b)
    _report(task, world, period=FIRST, percent=80)
    april = datetime(2026, 4, 5, tzinfo=UTC)
    Assignment.objects.filter(task=task, role="lead").update(started_at=april - timedelta(days=90), ended_at=april)
    Assignment.objects.create(task=task, unit=world.unit_b, role="lead", started_at=april)
    make_duty(make_period(task.plan, None, **SECOND), world.unit_b)
    cards = {card.unit: _task(card).reported for card in gather(cycle, at=NOON).cards}
    assert cards == {world.unit_a.code: Decimal(80), world.unit_b.code: None}


@given(st.lists(st.integers(0, 100), min_size=2, max_size=2))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_keeping_back_the_later_report_never_raises_the_score(
    cycle: Cycle, world: World, plan: Plan, told: list[int]
) -> None:
    if not cycle.scorecards.exists():
        make_card(cycle, world.unit_a)
    due = make_task(plan, by=world.chi, lead=world.unit_a, due_on=date(2026, 5, 1))
    _report(due, world, period=FIRST, percent=told[0])
    duty = make_duty(make_period(plan, None, **SECOND), world.unit_a)
    silent = score(gather(cycle, at=NOON)).cards[0].score
    _answer(duty, due, world, percent=told[1])
    assert silent <= score(gather(cycle, at=NOON)).cards[0].score


@pytest.mark.parametrize(
    ("told_on", "removed_on", "excused"),
    [(date(2026, 4, 30), None, True), (date(2026, 5, 1), date(2026, 5, 1), True),
     (date(2026, 5, 2), None, False), (date(2026, 3, 1), date(2026, 4, 30), False)],
)  # fmt: skip
def test_a_delay_is_excused_by_a_decision_on_what_was_told_in_time_and_still_stood_in_the_way(
    cycle: Cycle, world: World, plan: Plan, told_on: date, removed_on: date | None, excused: bool
) -> None:
    due = make_task(plan, by=world.chi, lead=world.unit_a, due_on=date(2026, 5, 1))
    make_card(cycle, world.unit_a)
    found = make_obstacle("removed" if removed_on else "decided", plan, due, world)
    Difficulty.objects.filter(pk=found.pk).update(sent_at=_noon(told_on))
    if removed_on:
        Difficulty.objects.filter(pk=found.pk).update(ended_at=_noon(removed_on))
    assert _codes(_one(cycle))[due.code].cause is None
    Difficulty.objects.filter(pk=found.pk).update(excuses=True)
    assert _codes(_one(cycle))[due.code].cause == (f"oversight.difficulty:{found.pk}" if excused else None)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def _report(
    task: Task, world: World, *, unit: Unit | None = None, period: dict[str, Any] | None = None, **values: object
) -> None:
    days = period or {"data_from": date(2026, 1, 1), "data_to": date(2026, 6, 15)}
    _answer(make_duty(make_period(task.plan, None, **days), unit or world.unit_a), task, world, **values)


def _answer(duty: Duty, task: Task, world: World, **values: object) -> None:
    entry = make_entry(duty, task, saved_by=world.an, **values)
    make_evidence(entry, by=world.an)
    make_submission(entry, by=world.binh, accepted_by=world.chi)


def _charged(plan: Plan, world: World, second: User, *, due_on: date) -> Task:
    """In the first head's charge until April, then in the second's."""
    task = make_task(plan, by=world.chi, lead=world.unit_a, head=world.binh, due_on=due_on)
    task.charges.filter(kind=Charge.Kind.HEAD).update(valid_to=date(2026, 4, 1))
    Charge.objects.create(task=task, user=second, kind=Charge.Kind.HEAD, valid_from=date(2026, 4, 1))
    return task


def _one(cycle: Cycle) -> CardOf:
    return gather(cycle, at=NOON).cards[0]


def _task(card: CardOf) -> TaskOf:
    return card.tasks[0]


def _codes(card: CardOf) -> dict[str, TaskOf]:
    return {task.code: task for task in card.tasks}


def _queries(cycle: Cycle) -> int:
    with CaptureQueriesContext(connection) as captured:
        gather(cycle, at=NOON)
    return len(captured)


def test_before_the_end_of_its_data_a_cycle_is_judged_as_of_that_day(cycle: Cycle, plan: Plan, world: World) -> None:
    cycle.data_to = date(2027, 1, 1)
    cycle.save(update_fields=["data_to"])
    make_task(plan, by=world.chi, lead=world.unit_a, due_on=date(2026, 12, 31))
    make_card(cycle, world.unit_a)
    facts = gather(cycle, at=NOON)
    assert facts.cycle.data_to == TODAY + timedelta(days=1)
    (scored,) = score(facts).cards
    assert not any("chậm" in line.text for each in scored.criteria for line in each.lines)
