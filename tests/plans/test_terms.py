"""Each version keeps what it says; later versions and later acts change nothing of it."""

import importlib
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World, make_document, make_group, make_item, make_task
from tiendo.plans.actions import amend_task, drop_task, set_field
from tiendo.plans.actions.terms import keep_terms
from tiendo.plans.comparisons import compare_versions
from tiendo.plans.differences import Kind
from tiendo.plans.models import Plan, PlanVersion, Task, TaskTerms
from tiendo.plans.structure import Due, NewTask
from tiendo.plans.terms import terms_now, terms_of, version_on


def make_next(plan: Plan, at: datetime, start: date) -> PlanVersion:
    return PlanVersion.objects.create(
        plan=plan, number=plan.version.number + 1, document=make_document(), in_force_from=start, created_at=at
    )


def test_a_version_keeps_the_words_of_its_tasks(world: World, plan: Plan, task: Task, now: datetime) -> None:
    keep_terms(version=plan.version)
    assert terms_of(plan.version) == {
        task.code: {
            "number": "1",
            "title": "Phủ sóng 5G tại trung tâm các xã",
            "description": "Phủ sóng 5G tại trung tâm các xã",
            "product": "Báo cáo kết quả",
            "authority": "UBND tỉnh",
            "group": "III.1.1",
            "due": {"raw": "31/12/2026", "kind": "moment", "on": "2026-12-31"},
            "lead": [{"unit": "so-xay-dung", "printed": "Sở Xây dựng"}],
            "coordinating": [],
            "performing": [],
            "dropped": False,
        }
    }


def test_what_is_done_later_leaves_the_words_of_a_version(world: World, plan: Plan, task: Task, now: datetime) -> None:
    keep_terms(version=plan.version)
    first, kept = plan.version, terms_of(plan.version)
    set_field(task=task, field="product", value="Trạm", source="CV 1", by=world.chi, at=now)
    second = make_next(plan, now, date(2026, 9, 1))
    given = {"document": second.document, "by": world.chi, "at": now}
    new = NewTask("x", task.title, task.description, due=Due("năm 2027", "period_end", date(2027, 12, 31)))
    amend_task(task=task, new=new, fields=["due"], **given)  # type: ignore[arg-type]
    keep_terms(version=second)
    assert terms_of(first) == kept
    assert terms_of(second)[task.code]["due"]["on"] == "2027-12-31"
    with pytest.raises(ValueError, match="no longer the newest"):
        keep_terms(version=first)
    assert terms_of(first) == kept


def test_keeping_twice_keeps_the_last_words(world: World, plan: Plan, task: Task, now: datetime) -> None:
    keep_terms(version=plan.version)
    drop_task(task=task, reason="thôi", document=plan.version.document, by=world.chi, at=now)
    assert keep_terms(version=plan.version) == 1
    assert terms_of(plan.version)[task.code]["dropped"] is True


def test_keeping_costs_the_same_for_any_number_of_tasks(world: World, plan: Plan, task: Task) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            keep_terms(version=plan.version)
        return len(queries)

    keep_terms(version=plan.version)
    few = count()
    for _ in range(3):
        make_task(plan, by=world.chi, lead=world.unit_b, coordinating=[world.unit_a])
    assert count() == few


def test_the_version_in_force_on_a_day(plan: Plan, now: datetime) -> None:
    first = plan.version
    later = make_next(plan, now, date(2026, 9, 1))
    assert version_on(plan, first.in_force_from - timedelta(days=1)) is None
    assert version_on(plan, first.in_force_from) == first
    assert version_on(plan, date(2026, 8, 31)) == first
    assert version_on(plan, date(2026, 9, 1)) == later


def test_a_version_entered_late_does_not_change_the_days_before(plan: Plan, now: datetime) -> None:
    first = plan.version
    late = make_next(plan, now, date(2026, 5, 1))
    assert version_on(plan, date(2026, 6, 30)) == first
    assert version_on(plan, date(2026, 7, 1)) == late


def test_terms_on_a_day(plan: Plan, task: Task, now: datetime) -> None:
    keep_terms(version=plan.version)
    second = make_next(plan, now, date(2026, 9, 1))
    Task.objects.filter(pk=task.pk).update(title="Tên mới")
    keep_terms(version=second)
    versions = [version_on(plan, day) for day in (date(2026, 8, 31), date(2026, 9, 1))]
    titles = [terms_of(version)[task.code]["title"] for version in versions if version]
    assert titles == ["Phủ sóng 5G tại trung tâm các xã", "Tên mới"]


def test_the_newest_version_of_plans_from_before_gets_its_words(world: World, plan: Plan, task: Task) -> None:
    """What the migration writes is what the house would."""
    migration = importlib.import_module("tiendo.plans.migrations.0007_terms_of_newest")
    migration.keep_terms(apps, None)
    assert list(TaskTerms.objects.values_list("version", "task")) == [(plan.version.pk, task.pk)]
    assert terms_of(plan.version) == {task.code: terms_now([task])[task.pk]}


def test_two_versions_side_by_side(world: World, plan: Plan, task: Task, now: datetime) -> None:
    make_item(plan.version, "IV", "Tổ chức thực hiện")
    first = plan.version
    keep_terms(version=first)
    second = make_next(plan, now, date(2026, 9, 1))
    make_group(plan, "III.2", "Dữ liệu")
    added = make_task(plan, by=world.chi, title="Dữ liệu mở", group=plan.groups.get(code="III.2"))
    drop_task(task=task, reason="thôi", document=second.document, by=world.chi, at=now)
    keep_terms(version=second)
    found = compare_versions(first, second)
    assert [(g.title, [(x.code, x.kind) for x in g.lines]) for g in found.groups] == [
        ("Nâng cao nhận thức", [(task.code, Kind.DROPPED)]),
        ("Dữ liệu", [(added.code, Kind.ADDED)]),
    ]
    assert found.counts == {Kind.ADDED: 1, Kind.DROPPED: 1}
    assert [(piece.path, piece.kind) for piece in found.pieces] == [("IV", Kind.DROPPED)]
    assert found.known


def test_a_version_from_before_terms_were_kept_says_so(plan: Plan, task: Task, now: datetime) -> None:
    first = plan.version
    second = make_next(plan, now, date(2026, 9, 1))
    keep_terms(version=second)
    found = compare_versions(first, second)
    assert not found.known
    assert not found.groups
