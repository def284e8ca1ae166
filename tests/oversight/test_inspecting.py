"""Inspections: who is told and sees what when, the team, the papers, findings sent twice, what a conclusion closes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import (
    NOON,
    TODAY,
    World,
    make_duty,
    make_entry,
    make_period,
    make_submission,
    make_task,
    make_user,
)
from tests.factories.inspecting import make_checkpoint, make_finding, make_inspection, make_programme
from tests.factories.reorganising import make_succession
from tests.oversight.seeing import seen, some_key
from tests.permissions.audits import photo
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.oversight.actions import finding as writing
from tiendo.oversight.actions import inspecting
from tiendo.oversight.actions.following_up import close_follow_up, report_follow_up
from tiendo.oversight.actions.register_papers import Paper
from tiendo.oversight.inspection_permissions import supervises
from tiendo.oversight.inspection_workflow import IllegalMove, State
from tiendo.oversight.models import Finding, FindingFile, FollowUp, Inspection
from tiendo.plans import actions as plans
from tiendo.plans.files import RefusedFile
from tiendo.plans.models import Plan, Task

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=3)}
WORDS = {"title": "Kiểm tra việc phủ sóng", "scope": "Kết quả sáu tháng"}


def told(person: User) -> int:
    return Notice.objects.filter(user=person, kind="inspection.moved").count()


def sees(person: User, inspection: Inspection) -> bool:
    return Inspection.objects.visible_to(User.objects.get(pk=person.pk)).filter(pk=inspection.pk).exists()


def planned(plan: Plan, world: World, *, surprise: bool) -> Inspection:
    """By the inspector, who leads it."""
    programme = None if surprise else make_programme(plan, by=world.inspector)
    by = {"by": world.inspector, "at": NOON}
    made = inspecting.plan_inspection(plan=plan, unit=world.unit_a, programme=programme, **WORDS, **DAYS, **by)  # type: ignore[arg-type]
    inspecting.name_team(inspection=made, user=world.inspector, is_leader=True, **by)  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize("surprise", [True, False])
def test_the_unit_learns_of_a_scheduled_one_by_the_decision_and_of_a_surprise_when_it_begins(
    plan: Plan, world: World, surprise: bool
) -> None:
    made, by = planned(plan, world, surprise=surprise), {"by": world.inspector, "at": NOON}
    assert (sees(world.binh, made), told(world.binh)) == (False, 0)
    inspecting.announce_inspection(inspection=made, decision="21/QĐ-TTr", **by)  # type: ignore[arg-type]
    knows = not surprise
    assert (sees(world.binh, made), told(world.binh) > 0) == (knows, knows)
    inspecting.begin_inspection(inspection=made, **by)  # type: ignore[arg-type]
    assert (sees(world.binh, made), told(world.binh) > 0) == (True, True)
    assert not sees(world.dung, made)


def test_a_surprise_at_the_coordinators_is_not_seen_by_the_coordinator(plan: Plan, world: World) -> None:
    """Though the coordinator reads everything."""
    made = make_inspection(plan, world.coordinator_unit, by=world.inspector, state=State.ANNOUNCED)
    assert not sees(world.chi, made)
    assert sees(world.decision_maker, made)
    Inspection.objects.update(state=State.UNDER_WAY)
    assert sees(world.chi, made)
    assert not Finding.objects.visible_to(world.chi).filter(pk=make_finding(made, by=world.inspector).pk).exists()


def test_findings_are_the_units_to_read_once_it_is_concluded(plan: Plan, world: World) -> None:
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector, members=(world.dung,))
    finding = make_finding(made, by=world.dung)

    def readers() -> set[str]:
        return {name for name, who in world.people.items() if finding in Finding.objects.visible_to(who)}

    always = {"coordinator", "decision_maker", "finance", "inspector", "other_unit"}
    assert readers() == always
    Inspection.objects.update(state=State.CONCLUDED, conclusion="Đúng", concluded_at=NOON)
    assert readers() == always | {"officer", "head"}


def test_nobody_inspects_the_own_unit(plan: Plan, world: World) -> None:
    made = planned(plan, world, surprise=True)
    with pytest.raises(PermissionDenied, match="không vào đoàn"):
        inspecting.name_team(inspection=made, user=world.an, is_leader=False, by=world.inspector, at=NOON)
    with pytest.raises(PermissionDenied, match="đơn vị của chính mình"):
        inspecting.plan_inspection(plan=plan, unit=world.inspection_unit, by=world.inspector, at=NOON, **WORDS, **DAYS)  # type: ignore[arg-type]
    assert made.team.count() == 1


def test_there_is_one_leader_and_a_decision_needs_one(plan: Plan, world: World) -> None:
    made, by = planned(plan, world, surprise=True), {"by": world.inspector, "at": NOON}
    inspecting.name_team(inspection=made, user=world.dung, is_leader=True, **by)  # type: ignore[arg-type]
    assert list(made.team.filter(is_leader=True).values_list("user", flat=True)) == [world.dung.pk]
    inspecting.end_team_member(member=made.team.get(user=world.dung), **by)  # type: ignore[arg-type]
    with pytest.raises(IllegalMove, match="trưởng đoàn"):
        inspecting.announce_inspection(inspection=made, decision="21/QĐ-TTr", **by)  # type: ignore[arg-type]
    inspecting.name_team(inspection=made, user=world.inspector, is_leader=True, **by)  # type: ignore[arg-type]
    inspecting.announce_inspection(inspection=made, decision="21/QĐ-TTr", **by)  # type: ignore[arg-type]
    with pytest.raises(IllegalMove, match="trưởng đoàn khác"):
        inspecting.end_team_member(member=made.team.get(user=world.inspector), **by)  # type: ignore[arg-type]


def test_who_supervises_asks_for_the_successor_of_a_unit_that_merged(plan: Plan, task: Task, world: World) -> None:
    """The task names the unit before; the one that took over leads it now, and either may be named."""
    plans.assign_unit(task=task, unit=world.unit_b, role="supervising", source="QĐ 1", by=world.chi, at=NOON)
    make_succession(world.unit_a, world.finance_unit)
    assert supervises(world.dung, world.finance_unit, plan, on=TODAY)
    assert supervises(world.dung, world.unit_a, plan, on=TODAY)
    assert not supervises(world.dung, world.coordinator_unit, plan, on=TODAY)


def test_a_supervising_agency_asks_and_inspection_decides(plan: Plan, task: Task, world: World) -> None:
    given = {"plan": plan, "unit": world.unit_a, **WORDS, **DAYS, "tasks": [task]}
    with pytest.raises(PermissionDenied):
        inspecting.plan_inspection(**given, by=world.dung, at=NOON)  # type: ignore[arg-type]
    plans.assign_unit(task=task, unit=world.unit_b, role="supervising", source="QĐ 1", by=world.chi, at=NOON)
    asked = inspecting.plan_inspection(**given, by=world.dung, at=NOON)  # type: ignore[arg-type]
    assert (told(world.inspector), told(world.binh), sees(world.dung, asked)) == (1, 0, True)
    with pytest.raises(PermissionDenied):
        inspecting.announce_inspection(inspection=asked, decision="1/QĐ", by=world.dung, at=NOON)
    inspecting.name_team(inspection=asked, user=world.dung, is_leader=True, by=world.inspector, at=NOON)
    inspecting.announce_inspection(inspection=asked, decision="1/QĐ", by=world.inspector, at=NOON)
    inspecting.begin_inspection(inspection=asked, by=world.dung, at=NOON)
    assert told(world.binh) == 1


def test_it_does_not_begin_before_its_day(plan: Plan, world: World) -> None:
    late = make_inspection(
        plan, world.unit_a, by=world.inspector, leader=world.dung, state=State.ANNOUNCED, starts_on=date(2026, 7, 2)
    )
    with pytest.raises(IllegalMove, match="Chưa đến ngày"):
        inspecting.begin_inspection(inspection=late, by=world.dung, at=NOON)
    assert inspecting.begin_inspection(inspection=late, by=world.dung, at=NOON + timedelta(days=1)).state == "under_way"


def test_a_finding_and_a_photo_sent_twice_are_written_once(plan: Plan, world: World) -> None:
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.dung)
    key, picture = some_key(), some_key()
    for _twice in range(2):
        found = writing.record_finding(inspection=made, draft_key=key, seen=seen(), by=world.dung, at=NOON)
        writing.add_finding_file(
            finding=found, draft_key=picture, paper=Paper(photo(), "anh.png"), by=world.dung, at=NOON
        )
    assert (Finding.objects.count(), FindingFile.objects.count()) == (1, 1)
    assert Event.objects.filter(act__startswith="oversight.finding").count() == 2
    Inspection.objects.update(state=State.CONCLUDED, conclusion="Đúng", concluded_at=NOON)
    again = writing.record_finding(inspection=made, draft_key=key, seen=seen("khác"), by=world.dung, at=NOON)
    assert again.text == "Trạm chưa lắp thiết bị."


def test_anothers_key_opens_nothing(plan: Plan, world: World) -> None:
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.dung, members=(world.finance,))
    finding = make_finding(made, by=world.dung)
    with pytest.raises(PermissionDenied):
        writing.record_finding(inspection=made, draft_key=finding.draft_key, seen=seen(), by=world.finance, at=NOON)
    with pytest.raises(PermissionDenied):
        writing.add_finding_file(
            finding=finding, draft_key=some_key(), paper=Paper(photo(), "a.png"), by=world.finance, at=NOON
        )
    with pytest.raises(RefusedFile):
        writing.add_finding_file(
            finding=finding, draft_key=some_key(), paper=Paper(b"<html>", "a.png"), by=world.dung, at=NOON
        )
    assert not FindingFile.objects.exists()


def test_a_finding_stands_beside_what_was_reported(plan: Plan, task: Task, world: World) -> None:
    entry = make_entry(make_duty(make_period(plan), world.unit_a), task, saved_by=world.an, percent=80)
    sent = make_submission(entry, by=world.binh)
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector, tasks=(task,))
    with pytest.raises(IllegalMove, match="số liệu"):
        writing.record_finding(
            inspection=made, draft_key=some_key(), seen=seen(contradicts=True), by=world.inspector, at=NOON
        )
    about = seen("Mới đạt 30 %.", submission=sent, contradicts=True)
    found = writing.record_finding(inspection=made, draft_key=some_key(), seen=about, by=world.inspector, at=NOON)
    assert (found.task, found.submission.percent) == (task, 80)  # type: ignore[union-attr]
    sent.refresh_from_db()
    task.refresh_from_db()
    assert (sent.percent, sent.verdict, task.percent) == (80, "waiting", None)


def test_words_written_tomorrow_were_seen_now(plan: Plan, world: World) -> None:
    """A phone whose clock goes ahead."""
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.dung)
    ahead = seen(at=NOON + timedelta(days=1))
    assert (
        writing.record_finding(inspection=made, draft_key=some_key(), seen=ahead, by=world.dung, at=NOON).seen_at
        == NOON
    )


def test_a_member_withdraws_the_own_and_the_leader_any(plan: Plan, world: World) -> None:
    made = make_inspection(
        plan, world.unit_a, by=world.inspector, leader=world.chi, members=(world.dung, world.finance)
    )
    first, second = make_finding(made, by=world.dung), make_finding(made, by=world.dung)
    with pytest.raises(PermissionDenied, match="trưởng đoàn rút"):
        writing.withdraw_finding(finding=first, reason="Nhầm", by=world.finance, at=NOON)
    writing.withdraw_finding(finding=first, reason="Nhầm xã", by=world.dung, at=NOON)
    writing.withdraw_finding(finding=second, reason="Trùng", by=world.chi, at=NOON)
    assert [row.withdrawn_because for row in Finding.objects.order_by("pk")] == ["Nhầm xã", "Trùng"]
    with pytest.raises(IllegalMove):
        writing.withdraw_finding(finding=first, reason="Lần nữa", by=world.dung, at=NOON)


def test_lines_answered_stay_and_the_rest_is_written_anew(plan: Plan, world: World) -> None:
    made, by = (
        make_inspection(plan, world.unit_a, by=world.inspector, leader=world.dung),
        {"by": world.dung, "at": NOON},
    )
    first, _second = writing.write_checklist(inspection=made, lines=["Một", "Hai"], **by)  # type: ignore[arg-type]
    with pytest.raises(IllegalMove, match="ghi chú"):
        writing.answer_checklist(inspection=made, answers={first.pk: ("bad", " ")}, **by)  # type: ignore[arg-type]
    writing.answer_checklist(inspection=made, answers={first.pk: ("bad", "Không có")}, **by)  # type: ignore[arg-type]
    points = writing.write_checklist(inspection=made, lines=["Một", "Ba"], **by)  # type: ignore[arg-type]
    assert [(point.text, point.answer) for point in points] == [("Một", "bad"), ("Ba", "")]
    with pytest.raises(IllegalMove, match="chưa trả lời"):
        inspecting.conclude_inspection(inspection=made, conclusion="Đúng", number="1/KL", **by)  # type: ignore[arg-type]


def test_what_it_asks_for_is_closed_by_a_second_person(plan: Plan, task: Task, world: World) -> None:
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector, members=(world.dung,))
    make_checkpoint(made, answer="good", answered_by=world.dung, answered_at=NOON)
    finding = make_finding(made, by=world.dung, task=task)
    by = {"by": world.inspector, "at": NOON}
    asked = {"text": "Lắp thiết bị", "unit": world.unit_a, "due_on": TODAY + timedelta(days=30)}
    with pytest.raises(IllegalMove):
        inspecting.recommend(inspection=made, **asked, **by)  # type: ignore[arg-type]
    inspecting.conclude_inspection(inspection=made, conclusion="Thiếu thiết bị", number="9/KL", **by)  # type: ignore[arg-type]
    item = inspecting.recommend(inspection=made, finding=finding, **asked, **by)  # type: ignore[arg-type]
    assert (item.task, item.finding, item.direction) == (task, finding, None)
    report_follow_up(follow_up=item, note="Đã lắp", by=world.binh, at=NOON)
    with pytest.raises(PermissionDenied):
        close_follow_up(follow_up=item, by=world.binh, at=NOON)
    assert close_follow_up(follow_up=item, by=world.dung, at=NOON).state == FollowUp.State.CLOSED


def test_a_withdrawn_finding_asks_for_nothing(plan: Plan, world: World) -> None:
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector, state=State.CONCLUDED)
    gone = make_finding(made, by=world.inspector, withdrawn_at=NOON, withdrawn_because="Nhầm")
    asked = {"text": "Lắp thiết bị", "unit": world.unit_a, "due_on": TODAY}
    with pytest.raises(IllegalMove):
        inspecting.recommend(inspection=made, finding=gone, **asked, by=world.inspector, at=NOON)  # type: ignore[arg-type]
    assert not FollowUp.objects.exists()


def test_a_programme_is_recorded_once_by_its_decision(plan: Plan, world: World) -> None:
    given = {"plan": plan, "year": 2027, "title": "Chương trình", "decision": "1/QĐ", "at": NOON}
    with pytest.raises(PermissionDenied):
        inspecting.record_programme(**given, by=world.chi)  # type: ignore[arg-type]
    inspecting.record_programme(**given, by=world.inspector)  # type: ignore[arg-type]
    with pytest.raises(IllegalMove):
        inspecting.record_programme(**given, by=world.inspector)  # type: ignore[arg-type]
    assert Event.objects.filter(act="oversight.programme.record").count() == 1


def test_who_left_the_team_sees_it_no_more(plan: Plan, world: World) -> None:
    made = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector, members=(world.dung,))
    assert sees(world.dung, made)
    inspecting.end_team_member(member=made.team.get(user=world.dung), by=world.inspector, at=NOON)
    assert not sees(world.dung, made)
    with pytest.raises(PermissionDenied):
        writing.record_finding(inspection=made, draft_key=some_key(), seen=seen(), by=world.dung, at=NOON)
    helper = make_user("phu-ta", world.unit_b, Role.HEAD)
    other = make_task(plan, by=world.chi, lead=world.unit_b)
    assert not sees(helper, made)
    assert other in Task.objects.visible_to(helper)
