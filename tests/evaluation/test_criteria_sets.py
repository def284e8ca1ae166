"""A set of criteria from draft to force: who may, what is refused and by which names, what each version keeps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.evaluation.contents import FIGURE, QUALITY, REPORTS, TASKS, make_content
from tests.factories import NOON, World, make_item, make_plan
from tests.factories.indicators import make_indicator
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.evaluation.actions.criteria import (
    Changed,
    draft_set,
    drop_draft,
    edit_set,
    link_criterion,
    propose_set,
    put_in_force,
    take_back_set,
    unlink_criterion,
)
from tiendo.evaluation.criteria import Band, Content, Measure, Reading, TaskWeights, data_of
from tiendo.evaluation.models import CriteriaSet
from tiendo.evaluation.sets import changes, faults_of_set, hash_of
from tiendo.evaluation.shaping import Misfit
from tiendo.evaluation.shipped import preset
from tiendo.plans.models import Plan, PlanItem

pytestmark = pytest.mark.django_db
FORCE: dict[str, Any] = {"decision": "12/QĐ-UBND ngày 05/01/2026", "in_force_from": date(2026, 1, 5)}


@pytest.fixture
def plan(world: World) -> Plan:
    return make_plan(world.province)


@pytest.fixture
def item(plan: Plan) -> PlanItem:
    return make_item(plan.version, "I.1", "Mục tiêu đến năm 2030")


def small(**changed: Any) -> Content:
    weights = {"task_weights": TaskWeights({"low": Decimal(1)}, "low", {})}
    return replace(make_content(TASKS, REPORTS), **(weights | changed))


def drafted(plan: Plan, world: World, content: Content | None = None, **more: Any) -> CriteriaSet:
    return draft_set(plan=plan, code="bo-1", content=content or small(), by=world.chi, at=NOON, **more)


def linked(criteria: CriteriaSet, item: PlanItem, by: User) -> CriteriaSet:
    for each in criteria.content["criteria"]:
        link_criterion(criteria=criteria, criterion=each["code"], item=item, by=by, at=NOON)
    criteria.refresh_from_db()
    return criteria


def in_force(plan: Plan, item: PlanItem, world: World) -> CriteriaSet:
    criteria = linked(drafted(plan, world), item, world.chi)
    propose_set(criteria=criteria, by=world.chi, at=NOON)
    return put_in_force(criteria=criteria, by=world.decision_maker, at=NOON, **FORCE)


def test_a_draft_begins_from_a_shipped_set(plan: Plan, world: World) -> None:
    made = drafted(plan, world, preset("366-qd-tw"))
    assert (made.number, made.status, made.title) == (1, "draft", preset("366-qd-tw").title)
    assert made.content == data_of(preset("366-qd-tw"))
    assert Event.objects.filter(act="evaluation.criteria_set.draft").count() == 1


def test_it_goes_from_draft_to_force_by_another_persons_decision(plan: Plan, item: PlanItem, world: World) -> None:
    made = in_force(plan, item, world)
    assert (made.status, made.decided_by, made.decision) == ("in_force", world.decision_maker, FORCE["decision"])
    assert made.sha256 == hash_of(made)


def test_the_next_version_retires_the_former_and_keeps_its_words(plan: Plan, item: PlanItem, world: World) -> None:
    first = in_force(plan, item, world)
    was = (first.content, first.sha256)
    heavier = replace(TASKS, weight=Decimal(70))
    content = small(criteria=(heavier, REPORTS), total=Decimal(80))
    second = drafted(plan, world, content, former=first)
    assert (second.number, second.links.count()) == (2, 2)
    propose_set(criteria=second, by=world.chi, at=NOON)
    put_in_force(criteria=second, by=world.decision_maker, at=NOON, **FORCE)
    first.refresh_from_db()
    assert (first.status, first.content, first.sha256) == ("retired", *was)
    assert [str(each) for each in CriteriaSet.objects.in_force()] == ["bo-1 v2"]
    assert Event.objects.filter(act="evaluation.criteria_set.retire").count() == 1


def test_every_criterion_without_a_link_is_named(plan: Plan, item: PlanItem, world: World) -> None:
    criteria = drafted(plan, world, make_content(TASKS, REPORTS, QUALITY, task_weights=small().task_weights))
    link_criterion(criteria=criteria, criterion="bao-cao", item=item, by=world.chi, at=NOON)
    with pytest.raises(Misfit) as refusal:
        propose_set(criteria=criteria, by=world.chi, at=NOON)
    unlinked = [fault for fault in refusal.value.faults if "chưa gắn" in fault]
    assert len(unlinked) == 2
    assert "nhiem-vu" in unlinked[0]
    assert "chi-dao" in unlinked[1]


def test_an_unlinked_set_cannot_come_into_force_either(plan: Plan, item: PlanItem, world: World) -> None:
    """The link is taken away behind the proposal's back: the decision asks again."""
    criteria = linked(drafted(plan, world), item, world.chi)
    propose_set(criteria=criteria, by=world.chi, at=NOON)
    criteria.links.filter(criterion="bao-cao").delete()
    before = Event.objects.count()
    with pytest.raises(Misfit, match="bao-cao"):
        put_in_force(criteria=criteria, by=world.decision_maker, at=NOON, **FORCE)
    criteria.refresh_from_db()
    assert (criteria.status, criteria.decision, Event.objects.count()) == ("proposed", "", before)


def test_faults_of_the_content_are_named_too(plan: Plan, item: PlanItem, world: World) -> None:
    wrong = small(total=Decimal(99), task_weights=TaskWeights({"low": Decimal(1)}, "low", {"IX.9": "low"}))
    criteria = linked(drafted(plan, world, wrong), item, world.chi)
    with pytest.raises(Misfit) as refusal:
        propose_set(criteria=criteria, by=world.chi, at=NOON)
    assert any("Tổng trọng số" in fault for fault in refusal.value.faults)
    assert any("không có mục IX.9" in fault for fault in refusal.value.faults)


@pytest.mark.parametrize(
    ("direction", "named"), [("down", "ngược chiều"), ("up", ""), (None, "không có chỉ tiêu mã kts")]
)
def test_points_must_go_with_the_indicators_direction(
    plan: Plan, world: World, direction: str | None, named: str
) -> None:
    if direction:
        make_indicator("kts", by=world.chi, direction=direction)
    rising = replace(FIGURE, measure=Measure(Reading.FIGURE_VALUE, "kts"))
    found = [fault for fault in faults_of_set(drafted(plan, world, make_content(rising))) if "kinh-te-so" in fault]
    said = " ".join(fault for fault in found if "chưa gắn" not in fault)
    assert named in said if named else not said


def test_a_saved_draft_says_its_faults_and_loses_links_of_criteria_gone(
    plan: Plan, item: PlanItem, world: World
) -> None:
    criteria = linked(drafted(plan, world), item, world.chi)
    saved = edit_set(criteria=criteria, content=small(criteria=(TASKS,)), sha256=criteria.sha256, by=world.chi, at=NOON)
    assert [link.criterion for link in saved.links.all()] == ["nhiem-vu"]
    assert any("Tổng trọng số" in fault for fault in faults_of_set(saved))


def test_two_people_editing_at_once_one_is_told(plan: Plan, world: World) -> None:
    criteria = drafted(plan, world)
    began = criteria.sha256
    edit_set(criteria=criteria, content=small(title="Một"), sha256=began, by=world.chi, at=NOON)
    with pytest.raises(Changed, match="vừa sửa"):
        edit_set(criteria=criteria, content=small(title="Hai"), sha256=began, by=world.chi, at=NOON)
    criteria.refresh_from_db()
    assert criteria.title == "Một"


def test_a_link_counts_once_and_can_be_taken_away(plan: Plan, item: PlanItem, world: World) -> None:
    criteria = linked(drafted(plan, world), item, world.chi)
    before = criteria.sha256
    link = link_criterion(criteria=criteria, criterion="bao-cao", item=item, by=world.chi, at=NOON)
    criteria.refresh_from_db()
    assert (criteria.links.count(), criteria.sha256) == (2, before)
    assert unlink_criterion(link=link, by=world.chi, at=NOON).sha256 != before


def test_a_proposed_set_is_fixed_until_it_is_taken_back(plan: Plan, item: PlanItem, world: World) -> None:
    criteria = propose_set(criteria=linked(drafted(plan, world), item, world.chi), by=world.chi, at=NOON)
    with pytest.raises(PermissionDenied, match="đã trình"):
        edit_set(criteria=criteria, content=small(), sha256=criteria.sha256, by=world.chi, at=NOON)
    take_back_set(criteria=criteria, reason="Sửa trọng số", by=world.decision_maker, at=NOON)
    edit_set(criteria=criteria, content=small(title="Sửa"), sha256=criteria.sha256, by=world.chi, at=NOON)


def test_a_draft_is_thrown_away_and_the_log_keeps_it(plan: Plan, item: PlanItem, world: World) -> None:
    draft = linked(drafted(plan, world), item, world.chi)
    name, sha256 = str(draft), draft.sha256
    drop_draft(criteria=draft, by=world.chi, at=NOON)
    assert not CriteriaSet.objects.exists()
    event = Event.objects.get(act="evaluation.criteria_set.drop_draft")
    assert (event.detail["set"], event.detail["was"]) == (name, sha256)
    drafted(plan, world)


def test_what_was_proposed_is_not_thrown_away(plan: Plan, item: PlanItem, world: World) -> None:
    criteria = propose_set(criteria=linked(drafted(plan, world), item, world.chi), by=world.chi, at=NOON)
    with pytest.raises(PermissionDenied, match="đã trình"):
        drop_draft(criteria=criteria, by=world.chi, at=NOON)
    assert CriteriaSet.objects.filter(pk=criteria.pk).exists()
    assert not Event.objects.filter(act="evaluation.criteria_set.drop_draft").exists()


def test_the_maker_never_decides(plan: Plan, item: PlanItem, world: World) -> None:
    criteria = propose_set(criteria=linked(drafted(plan, world), item, world.chi), by=world.chi, at=NOON)
    CriteriaSet.objects.filter(pk=criteria.pk).update(made_by=world.decision_maker)
    with pytest.raises(PermissionDenied, match="Bạn đã soạn"):
        put_in_force(criteria=criteria, by=world.decision_maker, at=NOON, **FORCE)


def test_one_draft_of_a_code_and_one_plan_for_a_code(plan: Plan, world: World) -> None:
    drafted(plan, world)
    with pytest.raises(PermissionDenied, match="đang có một bản"):
        drafted(plan, world)
    with pytest.raises(PermissionDenied, match="kế hoạch khác"):
        drafted(make_plan(world.province, "kh-khac"), world)


ACTS: dict[str, Callable[[CriteriaSet, PlanItem, User], object]] = {
    "draft": lambda criteria, _item, by: draft_set(plan=criteria.plan, code="moi", content=small(), by=by, at=NOON),
    "edit": lambda criteria, _item, by: edit_set(
        criteria=criteria, content=small(), sha256=criteria.sha256, by=by, at=NOON
    ),
    "link": lambda criteria, item, by: link_criterion(
        criteria=criteria, criterion="bao-cao", item=item, by=by, at=NOON
    ),
    "unlink": lambda criteria, _item, by: unlink_criterion(link=criteria.links.all()[0], by=by, at=NOON),
    "propose": lambda criteria, _item, by: propose_set(criteria=criteria, by=by, at=NOON),
    "take back": lambda criteria, _item, by: take_back_set(criteria=criteria, reason="x", by=by, at=NOON),
    "drop": lambda criteria, _item, by: drop_draft(criteria=criteria, by=by, at=NOON),
    "put in force": lambda criteria, _item, by: put_in_force(criteria=criteria, by=by, at=NOON, **FORCE),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", ["an", "binh", "dung", "inspector", "administrator"])
def test_nobody_else_writes_anything(plan: Plan, item: PlanItem, world: World, act: str, person: str) -> None:
    """Nor does the coordinator decide."""
    criteria = linked(drafted(plan, world), item, world.chi)
    before = (list(CriteriaSet.objects.values()), Event.objects.count(), criteria.links.count())
    for by in [getattr(world, person)] + ([world.chi] if act == "put in force" else []):
        with pytest.raises(PermissionDenied):
            ACTS[act](criteria, item, by)
    assert (list(CriteriaSet.objects.values()), Event.objects.count(), criteria.links.count()) == before


@pytest.mark.parametrize("person", ["an", "binh", "dung", "chi"])
def test_units_read_sets_in_force_and_no_drafts(plan: Plan, item: PlanItem, world: World, person: str) -> None:
    first = in_force(plan, item, world)
    draft = drafted(plan, world, former=first)
    seen = set(CriteriaSet.objects.visible_to(getattr(world, person)))
    assert seen == ({first, draft} if person == "chi" else {first})


def test_what_changed_between_versions_is_said_in_the_sets_own_words() -> None:
    was = make_content(TASKS, FIGURE, REPORTS)
    bands = (Band(None, Decimal(60), Decimal(0)), Band(Decimal(60), None, Decimal(10)))
    now = replace(was, criteria=(TASKS, replace(FIGURE, bands=bands), QUALITY), decimals=1)
    found = {each.title: each for each in changes(was, now)}
    assert set(found) == {"Kinh tế số", "Chỉ đạo", "Báo cáo", "Cách tính chung"}
    assert "dưới 60 %: 0 điểm." in found["Kinh tế số"].come
    assert "dưới 50 %: 0 điểm." in found["Kinh tế số"].gone
    assert found["Báo cáo"].come == ()
    assert changes(was, was) == []
