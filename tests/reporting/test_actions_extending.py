"""A unit asks for more time, the coordinator advises, the decision-maker decides; the ledger keeps everything."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import TODAY, World, make_task, make_user
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.models import ExtensionRequest
from tiendo.reporting.workflow import IllegalMove

LATER = date(2027, 3, 31)
REASON = "Mưa lũ làm chậm thi công"


@pytest.fixture
def asked(world: World, task: Task, now: datetime) -> ExtensionRequest:
    return actions.ask_extension(task=task, due_on=LATER, reason=REASON, by=world.binh, at=now)


def grant(world: World, request: ExtensionRequest, now: datetime) -> ExtensionRequest:
    return actions.grant_extension(request=request, decision="QĐ 12/QĐ-UBND", by=world.decision_maker, at=now)


def test_a_granted_request_writes_the_ledger_and_keeps_the_original_date(
    world: World, task: Task, asked: ExtensionRequest, now: datetime
) -> None:
    original = task.original_due_on
    granted = grant(world, asked, now)
    task.refresh_from_db()
    assert (task.due_on, task.original_due_on) == (LATER, original)
    assert granted.line is not None
    assert (granted.line.number, granted.line.reason, granted.line.source) == (2, REASON, "QĐ 12/QĐ-UBND")
    assert [line.due_on for line in task.deadline_lines.all()] == [original, LATER]
    acts = list(Event.objects.values_list("act", flat=True))
    assert acts.count("plans.task.set_deadline") == acts.count("reporting.extension.grant") == 1


def test_a_refused_request_is_kept_and_moves_nothing(
    world: World, task: Task, asked: ExtensionRequest, now: datetime
) -> None:
    before = task.due_on
    actions.refuse_extension(request=asked, decision="Còn đủ thời gian", by=world.decision_maker, at=now)
    task.refresh_from_db()
    asked.refresh_from_db()
    assert (task.due_on, asked.verdict, asked.decision, asked.line) == (before, "refused", "Còn đủ thời gian", None)
    again = actions.ask_extension(task=task, due_on=LATER, reason=REASON, by=world.binh, at=now)
    assert again.verdict == "waiting"  # a refusal is no granted extension


def test_no_more_are_granted_than_the_setting_allows(
    world: World, task: Task, asked: ExtensionRequest, now: datetime, settings: pytest.FixtureRequest
) -> None:
    grant(world, asked, now)
    with pytest.raises(IllegalMove, match=r"đủ số lần.*sửa đổi kế hoạch"):
        actions.ask_extension(task=task, due_on=date(2027, 9, 30), reason=REASON, by=world.binh, at=now)
    settings.TIENDO_MAX_EXTENSIONS = 2  # type: ignore[attr-defined]
    second = actions.ask_extension(task=task, due_on=date(2027, 9, 30), reason=REASON, by=world.binh, at=now)
    settings.TIENDO_MAX_EXTENSIONS = 1  # type: ignore[attr-defined]
    with pytest.raises(IllegalMove, match=r"đủ số lần.*sửa đổi kế hoạch"):  # counted again when it is granted
        grant(world, second, now)
    task.refresh_from_db()
    assert task.due_on == LATER


def test_one_request_waits_at_a_time(world: World, task: Task, asked: ExtensionRequest, now: datetime) -> None:
    with pytest.raises(IllegalMove, match="chờ quyết định"):
        actions.ask_extension(task=task, due_on=LATER, reason=REASON, by=world.binh, at=now)
    actions.withdraw_extension(request=asked, by=world.binh, at=now)
    assert actions.ask_extension(task=task, due_on=LATER, reason=REASON, by=world.binh, at=now).verdict == "waiting"


def test_a_request_is_decided_once(world: World, asked: ExtensionRequest, now: datetime) -> None:
    grant(world, asked, now)
    events = Event.objects.count()
    for act in (actions.grant_extension, actions.refuse_extension):
        with pytest.raises(IllegalMove, match="đã được xử lý"):
            act(request=asked, decision="Lần nữa", by=world.decision_maker, at=now)
    assert Event.objects.count() == events


@pytest.mark.parametrize("who", ["officer", "coordinator", "decision_maker", "finance", "inspector", "other_unit"])
def test_only_the_head_of_the_lead_unit_asks(world: World, task: Task, who: str, now: datetime) -> None:
    with pytest.raises(PermissionDenied, match="thủ trưởng"):
        actions.ask_extension(task=task, due_on=LATER, reason=REASON, by=world.people[who], at=now)
    assert not ExtensionRequest.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("who", ["officer", "head", "coordinator", "finance", "inspector", "other_unit"])
def test_only_the_decision_maker_decides(world: World, asked: ExtensionRequest, who: str, now: datetime) -> None:
    events = Event.objects.count()
    for act in (actions.grant_extension, actions.refuse_extension):
        with pytest.raises(PermissionDenied):
            act(request=asked, decision="QĐ 1", by=world.people[who], at=now)
    asked.refresh_from_db()
    assert (asked.verdict, Event.objects.count()) == ("waiting", events)


def test_nobody_decides_on_their_own_request(world: World, task: Task, asked: ExtensionRequest, now: datetime) -> None:
    ExtensionRequest.objects.filter(pk=asked.pk).update(asked_by=world.decision_maker)
    with pytest.raises(PermissionDenied, match="người khác"):
        grant(world, asked, now)


@pytest.mark.parametrize("due_on", [date(2026, 12, 31), date(2026, 12, 30), TODAY])
def test_the_day_asked_for_is_after_the_present_deadline(world: World, task: Task, due_on: date, now: datetime) -> None:
    with pytest.raises(PermissionDenied, match="sau thời hạn hiện tại"):
        actions.ask_extension(task=task, due_on=due_on, reason=REASON, by=world.binh, at=now)


def test_every_word_is_needed(world: World, task: Task, asked: ExtensionRequest, now: datetime) -> None:
    refused: list[Callable[[], object]] = [
        lambda: actions.grant_extension(request=asked, decision=" ", by=world.decision_maker, at=now),
        lambda: actions.refuse_extension(request=asked, decision="", by=world.decision_maker, at=now),
        lambda: actions.advise_extension(request=asked, opinion=" ", by=world.chi, at=now),
    ]
    for act in refused:
        with pytest.raises(PermissionDenied, match="Hãy ghi"):
            act()
    actions.withdraw_extension(request=asked, by=world.binh, at=now)
    with pytest.raises(PermissionDenied, match="lý do"):
        actions.ask_extension(task=task, due_on=LATER, reason=" ", by=world.binh, at=now)


@pytest.mark.parametrize("state", [WorkState.COMPLETED, WorkState.CANCELLED])
def test_a_task_that_has_ended_is_not_extended(world: World, plan: Plan, state: WorkState, now: datetime) -> None:
    ended = make_task(plan, by=world.chi, lead=world.unit_a, state=state)
    with pytest.raises(PermissionDenied, match="đã kết thúc"):
        actions.ask_extension(task=ended, due_on=LATER, reason=REASON, by=world.binh, at=now)


def test_a_task_ended_while_the_request_waits_is_not_extended(
    world: World, task: Task, asked: ExtensionRequest, now: datetime
) -> None:
    Task.objects.filter(pk=task.pk).update(state=WorkState.CANCELLED)
    with pytest.raises(IllegalMove, match="đã kết thúc"):
        grant(world, asked, now)


def test_a_deadline_that_passes_while_the_request_waits_has_passed(
    world: World, task: Task, asked: ExtensionRequest
) -> None:
    day_after = date(2027, 1, 1)
    assert Task.objects.open_overdue(day_after).get() == task
    later = datetime.fromisoformat("2027-01-05T05:00:00+00:00")
    grant(world, asked, later)
    assert not Task.objects.open_overdue(day_after + timedelta(days=4)).exists()


def test_a_day_that_has_passed_meanwhile_is_not_granted(world: World, task: Task, asked: ExtensionRequest) -> None:
    last = datetime(LATER.year, LATER.month, LATER.day, 5, tzinfo=UTC)
    with pytest.raises(IllegalMove, match="đã qua"):
        grant(world, asked, last + timedelta(days=1))
    task.refresh_from_db()
    assert task.due_on != LATER
    grant(world, asked, last)


def test_the_coordinators_opinion_stands_beside_the_request(
    world: World, asked: ExtensionRequest, now: datetime
) -> None:
    actions.advise_extension(request=asked, opinion="Lý do xác đáng", by=world.chi, at=now)
    asked.refresh_from_db()
    assert (asked.opinion, asked.opinion_by, asked.verdict) == ("Lý do xác đáng", world.chi, "waiting")
    with pytest.raises(PermissionDenied):
        actions.advise_extension(request=asked, opinion="Xin đồng ý", by=world.binh, at=now)


def test_those_concerned_are_told(world: World, asked: ExtensionRequest, now: datetime) -> None:
    def told(kind: str) -> set[User]:
        return {notice.user for notice in Notice.objects.filter(kind=kind)}

    assert told("extension.asked") == {world.decision_maker, world.chi}
    grant(world, asked, now)
    assert told("extension.decided") == {world.an, world.binh, world.chi}
    assert not Notice.objects.filter(user=world.dung).exists()


def test_another_unit_sees_nothing_of_the_request(world: World, asked: ExtensionRequest) -> None:
    assert not ExtensionRequest.objects.visible_to(world.dung).exists()
    other = make_user("truong-b", world.unit_b, Role.HEAD)
    with pytest.raises(PermissionDenied):
        actions.withdraw_extension(request=asked, by=other, at=asked.asked_at)
