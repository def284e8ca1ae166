"""What an indicator serves."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, World, make_indicator, make_item
from tiendo.audit.models import Event
from tiendo.indicators.actions.ties import end_tie, tie_document, tie_objective, tie_task
from tiendo.indicators.models import DocumentTie, Indicator, ObjectiveTie, TaskTie
from tiendo.plans.models import HigherDocument, Plan, PlanVersion, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(world: World) -> Indicator:
    return make_indicator(by=world.chi)


def test_each_tie_is_made_once(world: World, indicator: Indicator, task: Task) -> None:
    for _time in range(2):
        tie_task(indicator=indicator, task=task, by=world.chi, at=NOON)
        tie_objective(indicator=indicator, item=task.item, by=world.chi, at=NOON)
        tie_document(indicator=indicator, number="03/NQ-CP", by=world.chi, at=NOON)
    assert [model.objects.count() for model in (TaskTie, ObjectiveTie, DocumentTie)] == [1, 1, 1]
    assert Event.objects.filter(act="indicators.indicator.tie").count() == 3


def test_a_document_is_known_by_its_number_however_it_is_written(world: World, indicator: Indicator) -> None:
    tie_document(indicator=indicator, number="03/NQ-CP", by=world.chi, at=NOON)
    tie_document(indicator=indicator, number="Số 03-NQ/CP", by=world.chi, at=NOON)
    assert (HigherDocument.objects.count(), DocumentTie.objects.count()) == (1, 1)


def test_a_clause_is_one_through_all_versions(world: World, indicator: Indicator, plan: Plan) -> None:
    first = make_item(plan.version, "III.2#1", "Phủ sóng 5G")
    second = PlanVersion.objects.create(
        plan=plan, number=2, document=plan.version.document, in_force_from="2026-01-01", created_at=NOON
    )
    moved = make_item(second, "III.2#2", "Phủ sóng 5G", origin=first)
    tie_objective(indicator=indicator, item=first, by=world.chi, at=NOON)
    tie_objective(indicator=indicator, item=moved, by=world.chi, at=NOON)
    assert ObjectiveTie.objects.count() == 1


def test_an_ended_tie_stays_as_history_and_may_be_made_again(world: World, indicator: Indicator, task: Task) -> None:
    tie = tie_task(indicator=indicator, task=task, by=world.chi, at=NOON)
    for _time in range(2):
        end_tie(tie=tie, by=world.chi, at=NOON)
    tie_task(indicator=indicator, task=task, by=world.chi, at=NOON)
    assert list(TaskTie.objects.order_by("pk").values_list("ended_at", flat=True)) == [NOON, None]
    event = Event.objects.get(act="indicators.indicator.untie")
    assert event.detail == {"task": task.code}


def test_a_document_needs_a_number(world: World, indicator: Indicator) -> None:
    with pytest.raises(PermissionDenied):
        tie_document(indicator=indicator, number=" . ", by=world.chi, at=NOON)


@pytest.mark.parametrize("person", ["officer", "head", "decision_maker", "inspector", "other_unit"])
def test_only_the_coordinator_ties(world: World, indicator: Indicator, task: Task, person: str) -> None:
    tie = TaskTie.objects.create(indicator=indicator, task=task, recorded_by=world.chi, recorded_at=NOON)
    by, at = world.people[person], NOON
    with pytest.raises(PermissionDenied):
        tie_task(indicator=indicator, task=task, by=by, at=at)
    with pytest.raises(PermissionDenied):
        tie_objective(indicator=indicator, item=task.item, by=by, at=at)
    with pytest.raises(PermissionDenied):
        tie_document(indicator=indicator, number="1/NQ", by=by, at=at)
    with pytest.raises(PermissionDenied):
        end_tie(tie=tie, by=by, at=at)
    tie.refresh_from_db()
    assert (tie.ended_at, ObjectiveTie.objects.count(), Event.objects.count()) == (None, 0, 0)
