"""Plans come in by versions; what a later version brings stands beside what was there."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import World, make_document
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.plans import actions
from tiendo.plans.models import Annex, Plan, PlanVersion, Task, TaskGroup
from tiendo.plans.queries import tasks_by_path, tree
from tiendo.plans.structure import Charged, Due, NewAnnex, NewGroup, NewItem, NewTask, Unsound, VersionContent

FIRST = VersionContent(
    items=(
        NewItem("III", "section", "Nhiệm vụ", {"lines": [1, 1]}),
        NewItem("III#1", "bullet", "Phủ sóng 5G", {"lines": [2, 2]}, parent="III"),
    ),
    tasks=(
        NewTask(
            item="III#1",
            title="Phủ sóng 5G",
            description="Phủ sóng 5G đến các xã",
            group="III",
            due=Due(raw="năm 2026", kind="period_end", on=date(2026, 12, 31)),
            charged=(Charged("lead", "so-xay-dung", "Sở XD"), Charged("coordinating", None, "các cơ quan liên quan")),
            quotes={"lead": "Sở XD"},
        ),
    ),
    groups=(NewGroup("III", "Nhiệm vụ", "Nhiệm vụ"),),
    annexes=(NewAnnex("Phụ lục I", ("III",)),),
)


def make_version(plan: Plan, content: VersionContent, by: User, at: datetime) -> PlanVersion:
    return actions.create_version(
        plan=plan, document=make_document(), content=content, in_force_from=date(2026, 1, 1), by=by, at=at
    )


@pytest.fixture
def empty(world: World, now: datetime) -> Plan:
    return actions.create_plan(code="kh-57", title="Kế hoạch 57", owner=world.province, by=world.chi, at=now)


def test_a_version_brings_items_tasks_groups_and_missing_annexes(world: World, empty: Plan, now: datetime) -> None:
    version = make_version(empty, FIRST, world.chi, now)
    task = Task.objects.get()
    assert (task.code, task.due_on, task.original_due_on) == ("kh-57-001", date(2026, 12, 31), date(2026, 12, 31))
    assert {(a.role, a.unit, a.printed) for a in task.assignments.all()} == {
        ("lead", world.unit_a, "Sở XD"),
        ("coordinating", None, "các cơ quan liên quan"),
    }
    assert task.deadline_lines.get().raw == "năm 2026"
    assert task.sources.get().quote == "Sở XD"
    assert Annex.objects.get().document is None
    assert Event.objects.last().detail["version"] == version.number == 1  # type: ignore[union-attr]


def test_the_next_version_keeps_items_and_tasks_and_adds_its_own(world: World, empty: Plan, now: datetime) -> None:
    make_version(empty, FIRST, world.chi, now)
    more = VersionContent(
        items=(NewItem("PL1.1", "task_row", "Số hóa", {"table": 1, "row": 2}, parent="III"),),
        tasks=(NewTask("PL1.1", "Số hóa", "Số hóa hồ sơ", group="III"),),
    )
    second = make_version(empty, more, world.chi, now)
    assert [item.path for item in tree(second)] == ["III", "III#1", "PL1.1"]
    assert set(Task.objects.values_list("code", flat=True)) == {"kh-57-001", "kh-57-002"}
    assert set(tasks_by_path(Task.objects.all(), second)) == {"III#1", "PL1.1"}
    assert TaskGroup.objects.count() == 1


def test_unsound_content_writes_nothing(world: World, empty: Plan, now: datetime) -> None:
    before = Event.objects.count()
    orphan = VersionContent(items=(NewItem("IV#1", "bullet", "Lạc", {"lines": [9, 9]}, parent="IV"),))
    with pytest.raises(Unsound):
        make_version(empty, orphan, world.chi, now)
    assert not PlanVersion.objects.exists()
    assert Event.objects.count() == before


@pytest.mark.parametrize("part", ["officer", "head", "decision_maker", "administrator", "other_unit", "inspector"])
def test_only_the_coordinator_brings_a_plan_in(world: World, now: datetime, part: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.create_plan(code="kh", title="KH", owner=world.province, by=world.people[part], at=now)
    assert not Plan.objects.exists()
    assert not Event.objects.exists()
