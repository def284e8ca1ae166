"""Tags: loaded, named, retired, put on tasks and taken off; totals by tag (R053)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, make_task
from tests.factories.registering import make_tag, put_tag_on
from tiendo.audit.models import Event
from tiendo.plans.actions.tags import add_tag, load_tags, put_tag, rename_tag, retire_tag, take_tag
from tiendo.plans.models import Tag, Task, TaskTag
from tiendo.plans.tag_list import shipped_tags
from tiendo.plans.tag_queries import by_tag, tags_of
from tiendo.plans.tags import tagged

pytestmark = pytest.mark.django_db
OTHERS = ["an", "binh", "dung", "decision_maker", "finance", "inspector", "administrator"]


def test_the_shipped_list_is_whole():
    kinds = {tag.kind for tag in shipped_tags()}
    assert kinds == set(Tag.Kind.values)
    assert len({tag.code for tag in shipped_tags()}) == len(shipped_tags())
    assert "du-an-cntt" in {tag.code for tag in shipped_tags()}


def test_loading_twice_adds_nothing_and_keeps_names_given(world):
    make_tag(name="CNTT của tỉnh")
    assert len(load_tags(by=world.chi, at=NOON)) == len(shipped_tags()) - 1
    assert load_tags(by=world.chi, at=NOON) == []
    assert Tag.objects.get(code="du-an-cntt").name == "CNTT của tỉnh"


def test_a_tag_of_ones_own_is_renamed_and_retired(world, task):
    tag = add_tag(kind="project", name="Đường truyền số liệu", by=world.chi, at=NOON)
    assert tag.code == "duong-truyen-so-lieu"
    with pytest.raises(PermissionDenied, match="Đã có"):
        add_tag(kind="project", name="Đường truyền số liệu", by=world.chi, at=NOON)
    assert rename_tag(tag=tag, name="Đường truyền", by=world.chi, at=NOON).code == tag.code
    tag = retire_tag(tag=tag, by=world.chi, at=NOON)
    with pytest.raises(PermissionDenied, match="không còn dùng"):
        put_tag(task=task, tag=tag, by=world.chi, at=NOON)
    assert retire_tag(tag=tag, by=world.chi, at=NOON).retired_at is None


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_coordinator_keeps_tags(world, task, who):
    tag, events, by = make_tag(), Event.objects.count(), getattr(world, who)
    acts = (
        lambda: load_tags(by=by, at=NOON),
        lambda: add_tag(kind="field", name="Y tế", by=by, at=NOON),
        lambda: rename_tag(tag=tag, name="Khác", by=by, at=NOON),
        lambda: retire_tag(tag=tag, by=by, at=NOON),
        lambda: put_tag(task=task, tag=tag, by=by, at=NOON),
        lambda: take_tag(task=task, tag=tag, by=by, at=NOON),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert (Tag.objects.count(), TaskTag.objects.count(), Event.objects.count()) == (1, 0, events)


def test_a_tag_stands_once_and_taken_off_keeps_who_put_it(world, task):
    tag = make_tag()
    first = put_tag(task=task, tag=tag, by=world.chi, at=NOON)
    assert put_tag(task=task, tag=tag, by=world.chi, at=NOON) == first
    take_tag(task=task, tag=tag, by=world.chi, at=NOON)
    take_tag(task=task, tag=tag, by=world.chi, at=NOON)
    assert tags_of(task) == []
    assert [row.put_by for row in TaskTag.objects.all()] == [world.chi]
    acts = Event.objects.filter(subject=f"plans.task:{task.code}").values_list("act", flat=True)
    assert list(acts) == ["plans.task.put_tag", "plans.task.take_tag"]


def test_totals_are_those_of_the_lists_behind_them(world, plan):
    make_tag("khong-dung", kind="field", name="Không dùng")
    done, late, other = (
        make_task(plan, by=world.chi, lead=world.unit_a, **more)
        for more in (
            {"state": "completed", "completed_on": date(2026, 5, 1)},
            {"due_on": date(2026, 6, 1)},
            {},
        )
    )
    gone = make_task(plan, by=world.chi, state="cancelled")
    for task in (done, late, gone):
        put_tag_on(task, world)
    put_tag_on(other, world).delete()
    rows = {row.tag.code: row for row in by_tag(Task.objects.all(), on=date(2026, 7, 1))}
    row = rows["du-an-cntt"]
    assert (row.total, row.finished, row.overdue) == (2, 1, 1)
    assert row.total == tagged(Task.objects.counted(), "du-an-cntt").count()
    assert rows["khong-dung"].total == 0
