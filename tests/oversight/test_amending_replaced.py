"""What somebody changed between a decision and its day: written over as decided, kept, and told (R025, R026, R061)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from tests.factories import NOON, TODAY, World, make_task
from tests.factories.amending import decide, make_amendment, make_line, submit
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.oversight.actions import amending
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.models import Amendment, ReplacedValue
from tiendo.oversight.replaced_queries import replaced_between, waiting_changes
from tiendo.plans.actions import assign_unit, set_deadline, set_field, unassign_unit
from tiendo.plans.models import Assignment, Plan, Task
from tiendo.plans.structure import Due

ClientOf = Callable[[User], Client]
DAY = TODAY + timedelta(days=10)
THEN = NOON + timedelta(days=10)
MEANWHILE = NOON + timedelta(days=3)


@pytest.fixture
def waiting(world: World, plan: Plan, task: Task) -> Amendment:
    """Decided today, in force in ten days: another product and another helper."""
    amendment = make_amendment(plan, world)
    helper = [{"unit": world.finance_unit.code, "printed": None}]
    make_line(amendment, world, Change.CHANGE, task, product="Đề án", coordinating=helper)
    return decide(submit(amendment, world), world, start=DAY)


def by_hand(world: World, task: Task, value: str = "Bản đồ") -> None:
    set_field(task=task, field="product", value=value, source="CV 12", by=world.chi, at=MEANWHILE)


def test_the_decided_value_takes_its_place_and_the_replaced_one_is_kept(
    world: World, plan: Plan, task: Task, waiting: Amendment
) -> None:
    by_hand(world, task)
    amending.bring_into_force(at=THEN)
    task.refresh_from_db()
    kept = ReplacedValue.objects.get()
    assert task.product == "Đề án"
    assert (kept.field, kept.was, kept.source, kept.changed_by) == ("product", "Bản đồ", "CV 12", world.chi)
    assert (kept.changed_at, kept.replaced_at) == (MEANWHILE, THEN)
    event = Event.objects.get(act="oversight.amendment.replace_value")
    assert (event.subject, event.detail["was"], event.detail["now"]) == (f"plans.task:{task.code}", "Bản đồ", "Đề án")


def replaced_notices() -> QuerySet[Notice]:
    return Notice.objects.filter(key__contains=":replaced:")


def test_who_changed_it_the_unit_and_the_coordinator_are_told_which_value(
    world: World, task: Task, waiting: Amendment
) -> None:
    by_hand(world, task)
    amending.bring_into_force(at=THEN)
    told = replaced_notices()
    assert {"an", "binh", "chi"} <= set(told.values_list("user__username", flat=True))
    assert "dung" not in set(told.values_list("user__username", flat=True))
    assert "“Bản đồ” → “Đề án”" in told.filter(user=world.chi).get().body


def test_nothing_is_told_where_nobody_changed_it_or_both_say_the_same(
    world: World, task: Task, waiting: Amendment
) -> None:
    by_hand(world, task, "Đề án")
    set_field(task=task, field="authority", value="Chủ tịch", source="CV 1", by=world.chi, at=MEANWHILE)
    amending.bring_into_force(at=THEN)
    assert not ReplacedValue.objects.exists()
    assert not replaced_notices().exists()


def test_a_helper_named_or_let_go_meanwhile_is_told_too(world: World, task: Task, waiting: Amendment) -> None:
    role = Assignment.Role.COORDINATING
    part = assign_unit(task=task, unit=world.unit_b, role=role, source="CV 3", by=world.chi, at=MEANWHILE)
    amending.bring_into_force(at=THEN)
    kept = ReplacedValue.objects.get()
    assert (kept.was, kept.source) == ([{"unit": world.unit_b.code, "printed": None}], "CV 3")
    part.refresh_from_db()
    assert part.ended_at == THEN


def test_of_a_helper_let_go_the_paper_is_known(world: World, plan: Plan, task: Task) -> None:
    role = Assignment.Role.COORDINATING
    part = assign_unit(task=task, unit=world.unit_b, role=role, source="CV 3", by=world.chi, at=NOON)
    amendment = make_amendment(plan, world)
    make_line(amendment, world, Change.CHANGE, task, coordinating=[{"unit": world.finance_unit.code, "printed": None}])
    decide(submit(amendment, world), world, start=DAY)
    unassign_unit(assignment=part, source="CV 4", by=world.chi, at=MEANWHILE)
    amending.bring_into_force(at=THEN)
    kept = ReplacedValue.objects.get()
    assert (kept.was, kept.source, kept.changed_by) == ([], "CV 4", world.chi)


def test_an_earlier_day_written_meanwhile_is_replaced_by_the_decided_one(world: World, plan: Plan, task: Task) -> None:
    amendment = make_amendment(plan, world)
    make_line(amendment, world, Change.EXTEND, task, due={"raw": None, "kind": "moment", "on": "2027-06-30"})
    decide(submit(amendment, world), world, start=DAY)
    sooner = Due("30/09/2026", "moment", date(2026, 9, 30))
    set_deadline(task=task, due=sooner, reason="Cần sớm", source="CV 5", by=world.chi, at=MEANWHILE)
    amending.bring_into_force(at=THEN)
    task.refresh_from_db()
    assert task.due_on == date(2027, 6, 30)
    kept = ReplacedValue.objects.get()
    assert (kept.was["on"], kept.source, kept.changed_by) == ("2026-09-30", "CV 5", world.chi)


def test_the_page_and_the_paper_of_differences_say_so(
    world: World, plan: Plan, task: Task, waiting: Amendment, client_of: ClientOf
) -> None:
    by_hand(world, task)
    amending.bring_into_force(at=THEN)
    client: Client = client_of(world.an)
    page = client.get(reverse("plans:plan-differences", args=[plan.code])).content.decode()
    assert "Sửa sau ngày quyết định, đã được thay" in page
    assert f"Bản đồ ({world.chi.full_name} sửa ngày" in page
    assert client.get(reverse("plans:plan-differences-file", args=[plan.code]) + "?tu=1&den=2").status_code == 200
    history = client.get(reverse("plans:task-history", args=[task.code])).content.decode()
    assert "được thay theo quyết định" in history
    assert "Bản đồ" in history


def test_the_number_of_questions_does_not_grow(
    world: World, plan: Plan, task: Task, waiting: Amendment, django_assert_max_num_queries: object
) -> None:
    by_hand(world, task)
    amending.bring_into_force(at=THEN)
    first, second = plan.versions.order_by("number")
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        (group,) = replaced_between(second, first)
    assert [change.field for line in group.lines for change in line.changes] == ["product"]
    assert replaced_between(second, second) == []


def test_who_edits_by_hand_while_a_decision_waits_is_warned(
    world: World, task: Task, waiting: Amendment, client_of: ClientOf
) -> None:
    client = client_of(world.chi)
    for url in (
        reverse("plans:task-field", args=[task.code, "product"]),
        reverse("plans:task-assign", args=[task.code]),
    ):
        assert "123/QĐ-UBND" in client.get(url).content.decode(), url
    for url in (
        reverse("plans:task-field", args=[task.code, "authority"]),
        reverse("plans:task-deadline", args=[task.code]),
    ):
        assert "123/QĐ-UBND" not in client.get(url).content.decode(), url
    amending.bring_into_force(at=THEN)
    assert waiting_changes(task, ("product",)) == []


def test_another_task_of_the_plan_is_left_as_it_was_changed(
    world: World, plan: Plan, task: Task, waiting: Amendment
) -> None:
    other = make_task(plan, by=world.chi, lead=world.unit_a, title="Việc khác")
    by_hand(world, other)
    amending.bring_into_force(at=THEN)
    other.refresh_from_db()
    assert (other.product, ReplacedValue.objects.count()) == ("Bản đồ", 0)
