"""What a report costs: counted by hand on small cases, read from rows and the log, and quick for a whole province."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    NOON,
    World,
    make_duty,
    make_entry,
    make_period,
    make_submission,
    make_task,
)
from tiendo.accounts.models import User
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.actions import save_draft
from tiendo.reporting.burden import Burden, Fields, Told, asked_fields, minutes, together, weigh
from tiendo.reporting.burden_keeping import keep_burdens, known_burdens
from tiendo.reporting.burden_reading import burdens_of
from tiendo.reporting.models import Duty, Period, Reminder, Urging
from tiendo.reporting.rules import Values


@pytest.fixture
def record_act() -> Callable[..., None]:
    """Puts one event into the log."""

    def put(act: str, subject: str, by: User) -> None:
        with transaction.atomic():
            record(act=act, subject=subject, actor=by.username, at=NOON)

    return put


ASKED = asked_fields(asks_estimate=False)
START = Values(state=WorkState.IN_PROGRESS, percent=Decimal(40))
CLOSED = NOON + timedelta(days=20)
MOMENT = datetime(2026, 7, 1, 1, tzinfo=UTC)


def after(*seconds: int, person: str = "an") -> list[tuple[str, datetime]]:
    return [(person, MOMENT + timedelta(seconds=each)) for each in seconds]


def test_the_estimate_is_asked_only_where_the_period_wants_it():
    assert len(asked_fields(asks_estimate=True)) == len(ASKED) + 1 == 8


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        (Told(START), Fields(7, 2, 0, 0)),
        (Told(START, START), Fields(7, 2, 0, 0)),
        (Told(START, Values(WorkState.IN_PROGRESS, Decimal(50), result="Mới")), Fields(7, 1, 2, 0)),
        (Told(Values(), Values(result="Như cũ"), [Values(result="Như  cũ ")]), Fields(7, 0, 1, 1)),
        (Told(Values(), Values(money_used=Decimal(0))), Fields(7, 0, 1, 0)),
        (Told(START, Values(percent=Decimal(9), result="Chép"), is_copy=True), Fields(7, 2, 0, 0)),
        (Told(START, Values()), Fields(7, 0, 0, 0)),
    ],
    ids=["not begun", "kept", "changed", "typed again", "zero is a value", "filled from another", "emptied"],
)
def test_fields_of_one_task(told: Told, fields: Fields):
    assert weigh([told], ASKED) == fields


def test_fields_add_up_and_an_empty_report_has_no_share():
    assert weigh([Told(START), Told(START, START)], ASKED) == Fields(14, 4, 0, 0)
    assert (Fields(14, 7).filled_share, Fields().filled_share) == (Decimal(50), None)


@pytest.mark.parametrize(
    ("events", "spent"),
    [
        ([], 0),
        (after(0), 1),
        (after(0, 300), 6),  # five minutes apart still belong together
        (after(0, 301), 2),
        (after(600, 0, 240), 6),  # 0–4 and one minute; 10 and one minute
        (after(0, 60) + after(0, 60, person="binh"), 4),
        (after(0, 0, 0), 1),
    ],
)
def test_minutes_at_work(events: list[tuple[str, datetime]], spent: int):
    assert minutes(events) == spent


def test_several_reports_as_one():
    one = Burden("a", "A", "Quý I", 2, Fields(14, 4, 3, 1), 11, 1, 2, 3)
    both = together([one, one], period="Quý I")
    assert (both.tasks, both.fields, both.minutes, both.returns) == (4, Fields(28, 8, 6, 2), 22, 6)
    assert (both.minutes_per_task, together([]).minutes_per_task) == (Decimal("5.5"), None)


def test_read_from_rows_and_from_the_log(world: World, plan: Plan, duty: Duty, task: Task):
    make_task(plan, by=world.chi, lead=world.unit_a, title="Chưa ai nhập")
    save_draft(
        duty=duty,
        task=task,
        values=Values(WorkState.NOT_STARTED, result="Một"),
        revision=0,
        by=world.an,
        at=NOON,
    )
    values = Values(WorkState.NOT_STARTED, result="Hai", difficulty="Thiếu vốn")
    save_draft(duty=duty, task=task, values=values, revision=1, by=world.an, at=NOON + timedelta(minutes=4))
    Reminder.objects.create(duty=duty, days_before=3, sent_at=NOON)
    for _time in range(2):
        Urging.objects.create(unit=world.unit_a, duty=duty, message="Gửi", sent_by=world.chi, sent_at=NOON)
    (burden,) = burdens_of(duty.period)
    assert (burden.tasks, burden.fields) == (2, Fields(14, 2, 2, 0))  # the state of both stood there
    assert (burden.minutes, burden.reminders, burden.urgings, burden.returns) == (5, 1, 2, 0)


def test_what_was_accepted_last_is_filled_and_typing_it_again_counts(world: World, plan: Plan, duty: Duty, task: Task):
    earlier = make_period(plan, due_at=NOON - timedelta(days=100), opens_at=NOON - timedelta(days=130))
    before = make_entry(make_duty(earlier, world.unit_a), task, saved_by=world.an, difficulty="Thiếu vốn")
    make_submission(before, by=world.binh, accepted_by=world.chi)
    make_entry(duty, task, saved_by=world.an, difficulty="Thiếu vốn")
    (burden,) = burdens_of(duty.period)
    assert burden.fields == Fields(7, 3, 1, 1)  # state, percentage, difficulty stood there; the result is the old one


def test_the_same_figure_in_another_report_of_the_same_days_is_typed_again(
    world: World, plan: Plan, duty: Duty, task: Task
):
    other = make_duty(make_period(plan, due_at=duty.period.due_at + timedelta(days=30)), world.unit_a)
    apart = make_period(
        plan, data_from=date(2027, 1, 1), data_to=date(2027, 7, 1), due_at=duty.period.due_at + timedelta(days=300)
    )
    make_entry(make_duty(apart, world.unit_a), task, saved_by=world.an, money_used=Decimal(9))
    make_entry(other, task, saved_by=world.an, percent=None, result="Khác", money_used=Decimal(5))
    make_entry(duty, task, saved_by=world.an, percent=None, result="Riêng", money_used=Decimal(5))
    (burden,) = burdens_of(duty.period)
    assert (burden.fields.typed, burden.fields.again) == (3, 2)  # state and money; the result is of its own


def test_a_coordinators_acts_are_not_the_units_minutes(
    world: World, duty: Duty, task: Task, record_act: Callable[..., None]
):
    entry = make_entry(duty, task, saved_by=world.an)
    record_act("reporting.entry.accept", f"reporting.entry:{entry.pk}", world.chi)
    assert burdens_of(duty.period)[0].minutes == 0
    record_act("reporting.entry.save", f"reporting.entry:{entry.pk}", world.an)
    assert burdens_of(duty.period)[0].minutes == 1


def test_as_many_queries_for_three_units_as_for_one(world: World, plan: Plan, duty: Duty, task: Task):
    make_entry(duty, task, saved_by=world.an)
    with CaptureQueriesContext(connection) as one:
        burdens_of(duty.period)
    for unit in (world.unit_b, world.finance_unit):
        more = make_task(plan, by=world.chi, lead=unit)
        make_entry(make_duty(duty.period, unit), more, saved_by=world.an)
    with CaptureQueriesContext(connection) as three:
        assert len(burdens_of(duty.period)) == 3
    assert len(three) == len(one)


@pytest.fixture
def cost(world: World, duty: Duty, task: Task) -> Period:
    """A closed period in which unit A wrote once and sent."""
    values = Values(WorkState.NOT_STARTED, result="Một")
    save_draft(duty=duty, task=task, values=values, revision=0, by=world.an, at=NOON)
    actions.send_duty(duty=duty, by=world.binh, at=NOON + timedelta(hours=1))
    actions.accept_duty(duty=duty, by=world.chi, at=NOON + timedelta(hours=2))
    actions.close_period(period=duty.period, by=world.chi, at=CLOSED)
    return Period.objects.get(pk=duty.period_id)


def test_a_closed_period_is_counted_once_and_an_open_one_when_asked(world: World, plan: Plan, cost: Period, task: Task):
    make_duty(make_period(plan), world.unit_b)
    assert keep_burdens(at=CLOSED - timedelta(days=1)) == []
    assert keep_burdens(at=CLOSED) == [cost]
    assert keep_burdens(at=CLOSED + timedelta(days=9)) == []
    before = burdens_of(cost)
    Task.objects.filter(pk=task.pk).update(title="Đổi tên")
    Unit.objects.filter(pk=world.unit_a.pk).update(name="Sở mang tên mới")
    with CaptureQueriesContext(connection) as queries:
        assert known_burdens([cost]) == {cost.pk: before}
    assert len(queries) == 1
    assert burdens_of(cost) != before


def test_what_was_opened_again_is_counted_again_once_it_is_over(world: World, duty: Duty, task: Task, cost: Period):
    keep_burdens(at=CLOSED)
    (before,) = known_burdens([cost])[cost.pk]
    at = CLOSED + timedelta(days=1)
    until = at + timedelta(days=3)
    actions.reopen(duty=duty, task=None, until=until, reason="Sai số", by=world.chi, at=at)
    values = Values(WorkState.NOT_STARTED, result="Hai")
    save_draft(duty=duty, task=task, values=values, revision=1, by=world.an, at=at + timedelta(hours=1))
    (during,) = known_burdens([cost])[cost.pk]
    assert during.minutes > before.minutes
    assert keep_burdens(at=at + timedelta(days=2)) == []
    actions.end_lapsed_reopenings(by=None, at=until)
    assert keep_burdens(at=until + timedelta(hours=1)) == [cost]
    assert keep_burdens(at=until + timedelta(hours=2)) == []
    with CaptureQueriesContext(connection) as queries:
        (again,) = known_burdens([cost])[cost.pk]
    assert len(queries) == 1
    assert again.minutes == during.minutes


def test_the_answer_to_a_correction_is_counted_too(world: World, duty: Duty, task: Task, cost: Period):
    at = CLOSED + timedelta(days=1)
    until = at + timedelta(days=1)
    actions.reopen(duty=duty, task=None, until=until, reason="Sai số", by=world.chi, at=at)
    values = Values(WorkState.NOT_STARTED, result="Hai")
    save_draft(duty=duty, task=task, values=values, revision=1, by=world.an, at=at)
    actions.send_duty(duty=duty, by=world.binh, at=at)
    actions.end_lapsed_reopenings(by=None, at=until)
    assert keep_burdens(at=until + timedelta(hours=1)) == [cost]
    actions.accept_duty(duty=Duty.objects.get(pk=duty.pk), by=world.chi, at=until + timedelta(days=2))
    assert keep_burdens(at=until + timedelta(days=3)) == [cost]
