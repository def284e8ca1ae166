"""Catalogues and targets of plans become indicators; taken or imported again they lose and double nothing."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import NOON, World, make_item
from tiendo.audit.models import Event
from tiendo.indicators.actions.taking import Taken, take_catalogue, take_proposals, take_row, terms_for
from tiendo.indicators.models import Indicator, Passport, TargetLine
from tiendo.indicators.taking import Change, Proposal, gone, proposals
from tiendo.intake.extraction.target_cells import parse_target
from tiendo.plans.models import Plan, PlanItem, PlanVersion, Task, TaskIndicator

pytestmark = pytest.mark.django_db


def read(text: str) -> Sequence[dict[str, Any]]:
    return parse_target(text)["parts"]  # type: ignore[return-value]


def details(raw: str, **more: object) -> dict[str, object]:
    return {"unit_text": "%", "target": parse_target(raw), "horizon": "2030", "lead": []} | more


def annex(version: PlanVersion, path: str, text: str, raw: str, **fields: object) -> PlanItem:
    return make_item(version, path, text, kind="indicator_row", number=path[-1], details=details(raw), **fields)


def again(plan: Plan) -> PlanVersion:
    """The next version of the plan, with nothing in it yet."""
    number = plan.version.number + 1
    return PlanVersion.objects.create(
        plan=plan, number=number, document=plan.version.document, in_force_from=date(2026, 6, 1), created_at=NOON
    )


def all_of(plan: Plan) -> list[Proposal]:
    return proposals(plan, read)


def taken(plan: Plan, world: World) -> Taken:
    return take_proposals(plan=plan, chosen=all_of(plan), by=world.chi, at=NOON)


def test_a_row_of_an_annex_becomes_an_indicator_with_its_end(world: World, plan: Plan) -> None:
    item = annex(plan.version, "PL-I.1", "Hồ sơ nộp trực tuyến", "phấn đấu ≥ 80")
    assert taken(plan, world) == Taken(new=1)
    indicator = Indicator.objects.get()
    passport, line = Passport.objects.get(), TargetLine.objects.get()
    assert (indicator.code, indicator.item, indicator.plan) == ("kh-57.PL-I.1", item, plan)
    assert (passport.name, passport.firmness) == ("Hồ sơ nộp trực tuyến", "aspirational")
    assert (line.value, line.due_on, line.plan_version) == (Decimal(80), date(2030, 12, 31), plan.version)
    assert indicator.objective_ties.get().item == item


def test_taking_again_writes_nothing(world: World, plan: Plan) -> None:
    annex(plan.version, "PL-I.1", "Hồ sơ nộp trực tuyến", "≥ 80")
    taken(plan, world)
    before = Event.objects.count()
    assert taken(plan, world) == Taken(same=1)
    assert (Indicator.objects.count(), TargetLine.objects.count(), Event.objects.count()) == (1, 1, before)


def test_an_annex_imported_again_changes_only_what_it_says_anew(world: World, plan: Plan) -> None:
    first = annex(plan.version, "PL-I.1", "Hồ sơ nộp trực tuyến", "≥ 80")
    same = annex(plan.version, "PL-I.2", "Hồ sơ được số hóa", "100")
    taken(plan, world)
    version = again(plan)
    annex(version, "PL-I.1", "Điểm đọc sách", "≥ 10")
    annex(version, "PL-I.2", "Hồ sơ nộp trực tuyến", "≥ 85", origin=first)
    annex(version, "PL-I.3", "Hồ sơ được số hóa", "100", origin=same)
    changes = [(each.row.path, each.change) for each in all_of(plan)]
    assert changes == [("PL-I.1", Change.NEW), ("PL-I.2", Change.TARGET), ("PL-I.3", Change.SAME)]
    assert taken(plan, world) == Taken(1, 1, 1)
    assert sorted(Indicator.objects.values_list("code", flat=True)) == ["kh-57.PL-I.1", "kh-57.PL-I.1b", "kh-57.PL-I.2"]
    lines = TargetLine.objects.filter(indicator__code="kh-57.PL-I.1").order_by("number")
    assert [(line.number, line.value, line.plan_version_id) for line in lines] == [
        (1, 80, first.version_id),
        (2, 85, version.pk),
    ]
    assert taken(plan, world) == Taken(same=3)


def test_a_row_the_plan_no_longer_has_is_named_and_kept(world: World, plan: Plan) -> None:
    first = annex(plan.version, "PL-I.1", "Hồ sơ nộp trực tuyến", "≥ 80")
    annex(plan.version, "PL-I.2", "Hồ sơ được số hóa", "100")
    taken(plan, world)
    assert not gone(plan).exists()
    annex(again(plan), "PL-I.1", "Hồ sơ nộp trực tuyến", "≥ 80", origin=first)
    assert [indicator.code for indicator in gone(plan)] == ["kh-57.PL-I.2"]


def test_several_targets_of_one_clause_are_told_apart_and_stay_so(world: World, plan: Plan) -> None:
    targets = [
        {"measure": "hồ sơ số hóa", "amount": "100%", "firm": True, "horizon": "2030"},
        {"measure": "hồ sơ nộp trực tuyến", "amount": "≥ 80%", "firm": False, "horizon": "2030"},
    ]
    make_item(plan.version, "III.1#2", "…", details={"targets": targets})
    chosen = all_of(plan)[1:]
    take_proposals(plan=plan, chosen=chosen, by=world.chi, at=NOON)
    assert [each.change for each in all_of(plan)] == [Change.NEW, Change.SAME]
    taken(plan, world)
    assert sorted(Indicator.objects.values_list("code", flat=True)) == ["kh-57.III.1.2", "kh-57.III.1.2_2"]


def test_tasks_linked_to_the_row_are_tied(world: World, plan: Plan, task: Task) -> None:
    item = annex(plan.version, "PL-I.1", "Hồ sơ nộp trực tuyến", "≥ 80")
    TaskIndicator.objects.create(task=task, item=item, recorded_by=world.chi, recorded_at=NOON)
    taken(plan, world)
    assert Indicator.objects.get().task_ties.get().task == task


def test_a_row_that_is_not_whole_is_not_taken_in_silence(world: World, plan: Plan) -> None:
    annex(plan.version, "PL-I.1", "Hồ sơ nộp trực tuyến", "≥ 80")
    annex(plan.version, "PL-I.2", "Chính quyền phục vụ", "Tốt")
    with pytest.raises(ValidationError):
        taken(plan, world)
    assert (Indicator.objects.count(), Event.objects.count()) == (0, 0)


def test_the_unit_named_alone_answers(world: World, plan: Plan) -> None:
    lead = [{"text": "Sở Y tế", "unit": world.unit_b.code}]
    make_item(plan.version, "PL-I.1", "Hồ sơ", kind="indicator_row", details=details("≥ 80", lead=lead))
    make_item(plan.version, "PL-I.2", "Trạm", kind="indicator_row", details=details("≥ 80", lead=lead * 2))
    assert [terms_for(each.row).owner for each in all_of(plan)] == [world.unit_b, None]


def test_a_catalogue_is_taken_once(world: World) -> None:
    assert take_catalogue(name="lai-chau", by=world.chi, at=NOON) == Taken(new=10)
    before = (Indicator.objects.count(), TargetLine.objects.count(), Event.objects.count())
    assert take_catalogue(name="lai-chau", by=world.chi, at=NOON) == Taken(same=10)
    assert (Indicator.objects.count(), TargetLine.objects.count(), Event.objects.count()) == before
    ratio = Passport.objects.get(indicator__code="LC57-07")
    assert (ratio.numerator, ratio.over_units) == (Indicator.objects.get(code="LC57-07A"), "ratio")


def test_the_catalogue_of_the_resolution_can_be_taken_whole(world: World) -> None:
    assert take_catalogue(name="nq-03", by=world.chi, at=NOON) == Taken(new=44)
    rank = Indicator.objects.get(code="NQ03-01")
    assert rank.catalogue == "NQ 03/NQ-CP, mục tiêu 2030"
    assert sorted(rank.targets.values_list("category", "comparator", "value")) == [
        ("thế giới", "le", 50),
        ("Đông Nam Á", "le", 3),
    ]
    assert rank.document_ties.get().document.number == "03/NQ-CP"


@pytest.mark.parametrize("person", ["officer", "head", "decision_maker", "inspector", "other_unit"])
def test_only_the_coordinator_takes(world: World, plan: Plan, person: str) -> None:
    annex(plan.version, "PL-I.1", "Hồ sơ nộp trực tuyến", "≥ 80")
    by, [one] = world.people[person], all_of(plan)
    with pytest.raises(PermissionDenied):
        take_proposals(plan=plan, chosen=[one], by=by, at=NOON)
    with pytest.raises(PermissionDenied):
        take_row(plan=plan, row=one.row, terms=terms_for(one.row), by=by, at=NOON)
    with pytest.raises(PermissionDenied):
        take_catalogue(name="nq-03", by=by, at=NOON)
    assert (Indicator.objects.count(), Event.objects.count()) == (0, 0)
