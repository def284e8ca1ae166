"""Words of documents taken in before, in which groups are recognised now."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import NOON, World, make_plan, make_task
from tests.factories.groups import make_unit_group
from tests.intake.conftest import Accept, Read
from tiendo.audit.models import Event
from tiendo.plans.models import Assignment, Plan

WORDS = {
    "các sở, ban, ngành tỉnh": "cac-so-ban-nganh",
    "Các sở, ban, ngành liên quan": "cac-so-ban-nganh",
    "các sở, ban, ngành và Hội Nhà báo": None,
    "Hội Nhà báo": None,
}


@pytest.fixture
def parts(world: World) -> list[Assignment]:
    make_unit_group(world.unit_a, code="cac-so-ban-nganh")
    plan = make_plan(world.province)
    tasks = [make_task(plan, by=world.chi) for _ in WORDS]
    return [
        Assignment.objects.create(task=task, printed=words, role="coordinating", started_at=NOON)
        for task, words in zip(tasks, WORDS, strict=True)
    ]


def test_words_that_are_a_groups_name_and_nothing_else_become_its_part(world: World, parts: list[Assignment]) -> None:
    out = StringIO()
    for _ in range(2):
        call_command("recognise_groups", by="chi", stdout=out)
    found = {part.printed: part.group.code if part.group else None for part in Assignment.objects.all()}
    assert found == WORDS
    assert Event.objects.filter(act="plans.task.recognise_group", actor="chi").count() == 2
    assert out.getvalue().splitlines()[1].endswith(" 0 phần việc được giao.")


@pytest.mark.parametrize("name", ["dung", "nobody"])
def test_nobody_else_recognises_groups(world: World, parts: list[Assignment], name: str) -> None:
    with pytest.raises(CommandError):
        call_command("recognise_groups", by=name)
    assert not Assignment.objects.filter(group__isnull=False).exists()
    assert not Event.objects.exists()


def test_an_accepted_annex_gives_its_tasks_to_groups_or_to_whom_a_person_says(
    sample_plan: Plan, read: Read, accept: Accept
) -> None:
    source = read("phu-luc-2.docx", sample_plan.annexes.get(label="Phụ lục II"))
    for number, code in (("11", "ubnd-cac-xa-phuong"), ("36", None)):
        proposal = next(each for each in source.proposals.filter(kind="task") if each.value["number"] == number)
        proposal.edited = proposal.value | {"coordinating": [{"text": "Các sở, ban, ngành", "unit": code}]}
        proposal.save(update_fields=["edited"])
    accept(source)
    parts = Assignment.objects.filter(role="coordinating", unit=None, task__number__in=["3", "11", "35", "36"])
    found = [(part.task.number, part.group and part.group.code, part.printed) for part in parts.order_by("pk")]
    assert found == [
        ("3", "cac-so-ban-nganh", "Các sở, ban, ngành"),
        ("11", "ubnd-cac-xa-phuong", "Các sở, ban, ngành"),
        ("35", "cac-so-ban-nganh", "Các sở, ban, ngành"),
        ("35", "ubnd-cac-xa-phuong", "UBND các xã, phường"),
        ("36", None, "Các sở, ban, ngành"),
    ]
