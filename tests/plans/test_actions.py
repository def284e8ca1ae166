"""Acts on tasks: who may, what is written, what the log says, and that a refusal leaves nothing behind."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.forms.models import model_to_dict
from pytest_django import DjangoAssertNumQueries

from tests.factories import TODAY, World, make_task, move_task
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.plans import actions
from tiendo.plans.models import Assignment, Charge, DeadlineLine, FieldSource, Plan, Task
from tiendo.plans.states import WorkState
from tiendo.plans.structure import Due

JANUARY = date(2027, 1, 31)
DUE = Due(raw="tháng 01/2027", kind="period_end", on=JANUARY)
Act = Callable[[World, Task, User, datetime], object]

ACTS: dict[str, tuple[str, Act]] = {
    "assign_unit": (
        "coordinator",
        lambda w, task, by, at: actions.assign_unit(task=task, unit=w.unit_b, role="lead", source="CV 1", by=by, at=at),
    ),
    "unassign_unit": (
        "coordinator",
        lambda w, task, by, at: actions.unassign_unit(assignment=task.assignments.get(), source="CV 2", by=by, at=at),
    ),
    "set_deadline": (
        "coordinator",
        lambda w, task, by, at: actions.set_deadline(task=task, due=DUE, reason="Mưa lũ", source="CV 3", by=by, at=at),
    ),
    "set_field": (
        "coordinator",
        lambda w, task, by, at: actions.set_field(
            task=task, field="product", value="Bản đồ số", source="CV 4", by=by, at=at
        ),
    ),
    "charge_head": (
        "coordinator",
        lambda w, task, by, at: actions.charge_head(task=task, user=w.binh, by=by, at=at),
    ),
    "charge_officer": (
        "head",
        lambda w, task, by, at: actions.charge_officer(task=task, user=w.an, by=by, at=at),
    ),
    "hide": (
        "decision_maker",
        lambda w, task, by, at: actions.hide_task(task=task, reason="Bí mật kinh doanh", by=by, at=at),
    ),
    "show": ("decision_maker", lambda w, task, by, at: actions.show_task(task=task, by=by, at=at)),
}


@pytest.fixture
def bare(world: World, plan: Plan) -> Task:
    """Led by unit A, nobody charged yet."""
    return make_task(plan, by=world.chi, lead=world.unit_a)


def state_of(task: Task) -> tuple[object, ...]:
    fresh = Task.objects.get(pk=task.pk)
    return (
        model_to_dict(fresh),
        list(fresh.assignments.values()),
        list(fresh.charges.values()),
        list(fresh.deadline_lines.values()),
        list(fresh.sources.values()),
    )


@pytest.mark.parametrize("name", ACTS)
def test_the_act_is_recorded_with_its_actor_and_task(world: World, bare: Task, now: datetime, name: str) -> None:
    part, act = ACTS[name]
    act(world, bare, world.people[part], now)
    event = Event.objects.get()
    assert (event.act, event.subject) == (f"plans.task.{name}", f"plans.task:{bare.code}")
    assert (event.actor, event.at) == (world.people[part].username, now)


@pytest.mark.parametrize("name", ACTS)
def test_everybody_else_is_refused_and_nothing_is_written(world: World, bare: Task, now: datetime, name: str) -> None:
    part, act = ACTS[name]
    before = state_of(bare)
    for other, person in world.people.items():
        if other != part:
            with pytest.raises(PermissionDenied):
                act(world, bare, person, now)
    assert state_of(bare) == before
    assert not Event.objects.exists()


def test_a_new_lead_takes_the_place_of_the_former_one(world: World, bare: Task, now: datetime) -> None:
    actions.assign_unit(task=bare, unit=world.unit_b, role="lead", source="CV 1", by=world.chi, at=now)
    assert [(a.unit, a.ended_at) for a in bare.assignments.order_by("pk")] == [
        (world.unit_a, now),
        (world.unit_b, None),
    ]
    assert FieldSource.objects.get(task=bare, field="lead").note == "CV 1"


def test_coordinating_units_stand_side_by_side_and_once(world: World, bare: Task, now: datetime) -> None:
    for unit in (world.unit_b, world.finance_unit, world.unit_b):
        actions.assign_unit(task=bare, unit=unit, role="coordinating", source="CV 1", by=world.chi, at=now)
    helping = Assignment.objects.in_force().filter(task=bare, role="coordinating")
    assert {a.unit for a in helping} == {world.unit_b, world.finance_unit}
    assert helping.count() == 2


def test_a_role_nobody_knows_is_a_mistake_of_the_caller(world: World, bare: Task, now: datetime) -> None:
    with pytest.raises(ValueError, match="boss"):
        actions.assign_unit(task=bare, unit=world.unit_b, role="boss", source="CV 1", by=world.chi, at=now)
    assert not Event.objects.exists()


@pytest.mark.parametrize("name", ["assign_unit", "unassign_unit", "set_deadline", "set_field"])
@pytest.mark.parametrize("blank", ["", "  "])
def test_an_act_without_its_paper_is_refused(world: World, bare: Task, now: datetime, name: str, blank: str) -> None:
    before = state_of(bare)
    calls: dict[str, Callable[[], object]] = {
        "assign_unit": lambda: actions.assign_unit(
            task=bare, unit=world.unit_b, role="lead", source=blank, by=world.chi, at=now
        ),
        "unassign_unit": lambda: actions.unassign_unit(
            assignment=bare.assignments.get(), source=blank, by=world.chi, at=now
        ),
        "set_deadline": lambda: actions.set_deadline(
            task=bare, due=DUE, reason="Lũ", source=blank, by=world.chi, at=now
        ),
        "set_field": lambda: actions.set_field(
            task=bare, field="product", value="X", source=blank, by=world.chi, at=now
        ),
    }
    with pytest.raises(PermissionDenied, match="căn cứ"):
        calls[name]()
    assert state_of(bare) == before
    assert not Event.objects.exists()


def test_a_part_that_has_ended_is_not_ended_again(world: World, bare: Task, now: datetime) -> None:
    part = bare.assignments.get()
    for _ in range(2):
        actions.unassign_unit(assignment=part, source="CV 2", by=world.chi, at=now)
    assert Event.objects.count() == 1


def test_the_ledger_keeps_every_line_and_the_task_the_last(world: World, bare: Task, now: datetime) -> None:
    actions.set_deadline(task=bare, due=DUE, reason="Mưa lũ", source="CV 3", by=world.chi, at=now)
    bare.refresh_from_db()
    assert [(line.number, line.due_on, line.reason) for line in bare.deadline_lines.all()] == [
        (1, date(2026, 12, 31), "Theo văn bản"),
        (2, JANUARY, "Mưa lũ"),
    ]
    assert (bare.due_on, bare.due_kind, bare.original_due_on) == (JANUARY, "period_end", date(2026, 12, 31))
    assert Event.objects.get().detail["was"] == "2026-12-31"


def test_a_deadline_moves_only_with_a_reason(world: World, bare: Task, now: datetime) -> None:
    with pytest.raises(PermissionDenied, match="lý do"):
        actions.set_deadline(task=bare, due=DUE, reason=" ", source="CV 3", by=world.chi, at=now)
    assert DeadlineLine.objects.count() == 1


def test_a_field_filled_by_hand_is_found_and_names_its_source(world: World, bare: Task, now: datetime) -> None:
    ACTS["set_field"][1](world, bare, world.chi, now)
    bare.refresh_from_db()
    assert bare.product == "Bản đồ số"
    assert "ban do so" in bare.folded
    assert FieldSource.objects.get(task=bare, field="product").note == "CV 4"
    with pytest.raises(ValueError, match="state"):
        actions.set_field(task=bare, field="state", value="completed", source="CV", by=world.chi, at=now)
    with pytest.raises(PermissionDenied, match="tên và nội dung"):
        actions.set_field(task=bare, field="title", value=" ", source="CV", by=world.chi, at=now)


def test_a_change_of_head_splits_the_time(world: World, bare: Task, now: datetime) -> None:
    second = world.people["head"]
    actions.charge_head(task=bare, user=second, by=world.chi, at=now)
    actions.charge_head(task=bare, user=second, by=world.chi, at=now)
    assert Event.objects.count() == 1
    with pytest.raises(PermissionDenied, match="thủ trưởng"):
        actions.charge_head(task=bare, user=world.an, by=world.chi, at=now)
    assert [(c.user, c.valid_from, c.valid_to) for c in Charge.objects.filter(task=bare)] == [(second, TODAY, None)]


def test_a_head_charges_only_people_of_the_unit(world: World, bare: Task, now: datetime) -> None:
    with pytest.raises(PermissionDenied, match="trong đơn vị"):
        actions.charge_officer(task=bare, user=world.dung, by=world.binh, at=now)
    assert not Charge.objects.exists()
    assert not Event.objects.exists()


def test_hiding_needs_a_reason_and_takes_the_task_out_of_the_public(world: World, bare: Task, now: datetime) -> None:
    with pytest.raises(PermissionDenied, match="lý do"):
        actions.hide_task(task=bare, reason=" ", by=world.decision_maker, at=now)
    ACTS["hide"][1](world, bare, world.decision_maker, now)
    assert not Task.objects.published().exists()
    ACTS["show"][1](world, bare, world.decision_maker, now)
    assert Task.objects.published().get() == bare


def test_progress_is_whole_or_not_at_all(world: World, bare: Task) -> None:
    move_task(bare, WorkState.COMPLETED, percent=Decimal(100), completed_on=TODAY, by=world.chi)
    bare.refresh_from_db()
    assert (bare.state, bare.percent) == ("completed", Decimal(100))
    assert bare.completed_on == bare.last_accepted_on == TODAY
    with pytest.raises(IntegrityError):
        move_task(bare, WorkState.COMPLETED, by=world.chi)


def test_progress_of_many_tasks_is_as_of_one_in_few_queries(
    world: World, plan: Plan, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    tasks = [make_task(plan, by=world.chi, lead=world.unit_a) for _ in range(5)]
    Task.objects.filter(pk=tasks[0].pk).update(state=WorkState.CANCELLED)
    half = [actions.Progress(task.pk, WorkState.IN_PROGRESS, Decimal(50), None, f"x:{task.pk}") for task in tasks]
    with django_assert_max_num_queries(10):
        actions.record_progress_of_all(progress=half, by=world.chi, at=now)
    states = [Task.objects.get(pk=task.pk).state for task in tasks]
    assert states == ["cancelled", *["in_progress"] * 4]  # what a decision stopped, no report sets going again
    events = Event.objects.filter(act="plans.task.progress")
    assert [event.subject for event in events] == [f"plans.task:{task.code}" for task in tasks]
    assert events[1].detail["was"] == {"state": "not_started", "percent": None}


def test_a_granted_deadline_is_a_new_line_and_the_original_stays(world: World, task: Task, now: datetime) -> None:
    first = task.original_due_on
    line = actions.grant_deadline(
        task=task, due_on=JANUARY, reason="Mưa lũ", source="QĐ 5", by=world.decision_maker, at=now
    )
    task.refresh_from_db()
    assert (line.number, line.due_on, line.reason, line.source) == (2, JANUARY, "Mưa lũ", "QĐ 5")
    assert (task.due_on, task.original_due_on) == (JANUARY, first)
    assert Event.objects.get().detail["was"] == str(first)
