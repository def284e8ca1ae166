"""What the unit inspected must not learn early, by whatever way: the hub, a task's history, the log."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import NOON, TODAY, World, make_user
from tests.factories.inspecting import make_checkpoint, make_finding, make_inspection
from tests.oversight.seeing import seen, some_key
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.oversight.actions import finding as writing
from tiendo.oversight.actions import inspecting
from tiendo.oversight.inspection_workflow import State
from tiendo.oversight.models import Finding, Inspection
from tiendo.plans.models import GroupSupervision, Plan, Task
from tiendo.web.oversight.waiting import inspections_coming, waiting_for
from tiendo.web.plans.history.gathering import history_of

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=3)}


def anew(person: User) -> User:
    return User.objects.get(pk=person.pk)


def logged() -> str:
    return json.dumps(list(Event.objects.values_list("detail", flat=True)), ensure_ascii=False)


def test_the_hub_does_not_count_a_surprise_that_was_decided_but_has_not_begun(plan: Plan, world: World) -> None:
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector, state=State.ANNOUNCED)
    assert not inspections_coming(anew(world.binh)).exists()
    assert waiting_for(anew(world.binh)) == []
    assert inspections_coming(anew(world.inspector)).get() == made
    Inspection.objects.update(state=State.UNDER_WAY)
    assert inspections_coming(anew(world.binh)).get() == made


def test_a_tasks_history_tells_the_unit_of_findings_only_after_the_conclusion(
    plan: Plan, world: World, task: Task
) -> None:
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector, tasks=(task,))
    by = {"by": world.inspector, "at": NOON}
    found = writing.record_finding(inspection=made, draft_key=some_key(), seen=seen("Trạm chưa lắp", task=task), **by)  # type: ignore[arg-type]

    def told(person: User) -> str:
        return " ".join(line.words + line.note for line in history_of(task, anew(person)))

    assert found.text not in told(world.an)
    assert found.text not in told(world.binh)
    assert found.text in told(world.chi)
    inspecting.conclude_inspection(inspection=made, conclusion="Đã xem.", number="9/KL", **by)  # type: ignore[arg-type]
    assert found.text in told(world.an)


def test_the_log_names_a_surprise_only_when_it_begins(plan: Plan, world: World, task: Task) -> None:
    """The coordinator reads the whole log, and may work in the unit inspected."""
    by = {"by": world.inspector, "at": NOON}
    words = {"title": "Kiểm tra trạm phát sóng", "scope": "Tại chỗ"}
    made = inspecting.plan_inspection(plan=plan, unit=world.unit_a, tasks=[task], **words, **DAYS, **by)  # type: ignore[arg-type]
    inspecting.change_inspection(inspection=made, tasks=[task], **words, **DAYS, **by)  # type: ignore[arg-type]
    inspecting.name_team(inspection=made, user=world.inspector, is_leader=True, **by)  # type: ignore[arg-type]
    inspecting.announce_inspection(inspection=made, decision="21/QĐ-TTr", **by)  # type: ignore[arg-type]
    for secret in (made.title, world.unit_a.code, task.code):
        assert secret not in logged()
    inspecting.begin_inspection(inspection=made, **by)  # type: ignore[arg-type]
    for told in (made.title, world.unit_a.code, task.code):
        assert told in logged()


def test_the_log_tells_what_was_found_by_the_conclusion_and_not_before(plan: Plan, world: World) -> None:
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector)
    point = make_checkpoint(made)
    by = {"by": world.inspector, "at": NOON}
    writing.record_finding(inspection=made, draft_key=some_key(), seen=seen("Trạm chưa lắp"), **by)  # type: ignore[arg-type]
    writing.answer_checklist(inspection=made, answers={point.pk: ("bad", "Không có")}, **by)  # type: ignore[arg-type]
    assert "Trạm chưa lắp" not in logged()
    assert '"bad"' not in logged()
    inspecting.conclude_inspection(inspection=made, conclusion="Đã xem.", number="9/KL", **by)  # type: ignore[arg-type]
    assert '"bad"' in logged()


@pytest.mark.parametrize("moment", [datetime(1, 1, 1, tzinfo=UTC), NOON + timedelta(days=900)])
def test_a_wrong_clock_in_the_field_dates_a_finding_as_now(plan: Plan, world: World, moment: datetime) -> None:
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector)
    given = {"draft_key": some_key(), "seen": seen(at=moment), "by": world.inspector, "at": NOON}
    writing.record_finding(inspection=made, **given)  # type: ignore[arg-type]
    assert Finding.objects.get().seen_at == NOON


def test_findings_of_a_task_stay_with_those_who_may_read_them(plan: Plan, world: World, task: Task) -> None:
    """Also one whose inspection does not name the task."""
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector)
    make_finding(made, by=world.inspector, task=task, text="Số liệu không khớp")
    assert "Số liệu không khớp" not in " ".join(line.note for line in history_of(task, anew(world.an)))


def test_an_inspector_of_the_unit_does_not_hear_that_somebody_asks_for_a_surprise_there(
    plan: Plan, world: World, task: Task
) -> None:
    GroupSupervision.objects.create(
        group=task.group, unit=world.unit_b, source="QĐ 1", started_at=NOON, started_by=world.chi
    )
    inside = make_user("thanh-tra-so", world.unit_a, Role.INSPECTOR)
    words = {"title": "Kiểm tra trạm phát sóng", "scope": "Tại chỗ", "by": world.dung, "at": NOON}
    inspecting.plan_inspection(plan=plan, unit=world.unit_a, **words, **DAYS)  # type: ignore[arg-type]
    told = Notice.objects.filter(kind="inspection.moved").values_list("user__username", flat=True)
    assert list(told) == [world.inspector.username]
    assert not Inspection.objects.visible_to(anew(inside)).exists()
