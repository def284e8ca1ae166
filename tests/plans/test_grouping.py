"""Tasks given to groups of units: by hand, by a document, and by words recognised afterwards."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, World, make_plan, make_task
from tests.factories.groups import give_to, make_unit_group
from tiendo.audit.models import Event
from tiendo.orgs.models import UnitGroup
from tiendo.plans import actions
from tiendo.plans.models import Assignment, Plan, Task
from tiendo.plans.structure import Charged, NewTask
from tiendo.plans.terms import terms_now

PAPER = "Công văn 120/UBND-TH"


@pytest.fixture
def plan(world: World) -> Plan:
    return make_plan(world.province)


@pytest.fixture
def group(world: World) -> UnitGroup:
    return make_unit_group(world.unit_a, world.unit_b)


@pytest.fixture
def task(world: World, plan: Plan) -> Task:
    return make_task(plan, by=world.chi, lead=world.unit_a)


def printed(task: Task, words: str | None = "các sở, ngành", role: str = "coordinating") -> Assignment:
    return Assignment.objects.create(task=task, printed=words, role=role, started_at=NOON)


def parts(task: Task, role: str = "coordinating") -> list[tuple[str | None, str | None]]:
    rows = Assignment.objects.in_force().filter(task=task, role=role).order_by("pk")
    return [(part.group.code if part.group else None, part.printed) for part in rows]


def test_a_group_is_given_a_part_by_hand(world: World, task: Task, group: UnitGroup) -> None:
    for _ in range(2):
        actions.assign_group(task=task, group=group, role="coordinating", source=PAPER, by=world.chi, at=NOON)
    assert parts(task) == [("cac-so", None)]
    assert Event.objects.filter(act="plans.task.assign_group").count() == 2
    assert task.sources.filter(field="coordinating", note=PAPER).exists()


def test_a_unit_that_leads_takes_the_place_of_the_group_that_led(world: World, task: Task, group: UnitGroup) -> None:
    actions.assign_group(task=task, group=group, role="lead", source=PAPER, by=world.chi, at=NOON)
    assert parts(task, "lead") == [("cac-so", None)]
    actions.assign_unit(task=task, unit=world.unit_b, role="lead", source=PAPER, by=world.chi, at=NOON)
    assert parts(task, "lead") == [(None, None)]


@pytest.mark.parametrize(
    ("who", "role", "source"),
    [("an", "coordinating", PAPER), ("dung", "lead", PAPER), ("chi", "supervising", PAPER), ("chi", "lead", " ")],
)
def test_a_refused_group_leaves_everything_as_it_was(
    world: World, task: Task, group: UnitGroup, who: str, role: str, source: str
) -> None:
    with pytest.raises(PermissionDenied):
        actions.assign_group(task=task, group=group, role=role, source=source, by=getattr(world, who), at=NOON)
    assert not Assignment.objects.filter(group=group).exists()
    assert not Event.objects.exists()


def test_recognised_words_stay_as_printed(world: World, task: Task, group: UnitGroup) -> None:
    words = printed(task)
    assert actions.recognise_group(assignment=words, group=group, by=world.chi, at=NOON)
    assert parts(task) == [("cac-so", "các sở, ngành")]
    event = Event.objects.get(act="plans.task.recognise_group")
    assert event.detail == {"group": "cac-so", "role": "coordinating", "printed": "các sở, ngành"}


def test_words_are_left_alone_where_the_group_has_the_part_already(world: World, task: Task, group: UnitGroup) -> None:
    give_to(group, task)
    assert not actions.recognise_group(assignment=printed(task), group=group, by=world.chi, at=NOON)
    assert not actions.recognise_group(assignment=task.assignments.get(role="lead"), group=group, by=world.chi, at=NOON)
    assert not actions.recognise_group(assignment=printed(task, role="supervising"), group=group, by=world.chi, at=NOON)
    assert not Event.objects.exists()


def test_only_the_coordinator_says_whom_words_mean(world: World, task: Task, group: UnitGroup) -> None:
    with pytest.raises(PermissionDenied):
        actions.recognise_group(assignment=printed(task), group=group, by=world.binh, at=NOON)
    assert parts(task) == [(None, "các sở, ngành")]


def test_the_terms_of_a_version_name_the_group_beside_its_words(world: World, task: Task, group: UnitGroup) -> None:
    give_to(group, task)
    actions.assign_group(task=task, group=group, role="performing", source=PAPER, by=world.chi, at=NOON)
    said = terms_now([task])[task.pk]
    assert said["coordinating"] == [{"unit": None, "printed": "các sở, ban, ngành", "group": "cac-so"}]
    assert said["performing"] == [{"unit": None, "printed": "Các sở, ban, ngành", "group": "cac-so"}]


@pytest.mark.parametrize(
    ("code", "words", "kept"),
    [("cac-so", "Các sở, ngành", True), ("cac-xa", "UBND các xã", False), (None, "các sở, ban, ngành", False)],
)
def test_a_later_document_keeps_or_ends_the_part_of_a_group(
    world: World, task: Task, group: UnitGroup, code: str | None, words: str, kept: bool
) -> None:
    make_unit_group(code="cac-xa", name="UBND các xã")
    part = give_to(group, task)
    new = NewTask(item="", title="", description="", charged=(Charged("coordinating", code, words),))
    document = task.plan.version.document
    actions.amend_task(task=task, new=new, fields={"coordinating"}, document=document, by=world.chi, at=NOON)
    part.refresh_from_db()
    assert (part.ended_at is None) is kept
    assert parts(task) == [(code, "các sở, ban, ngành" if kept else words)]
