"""The head sends, the coordinator returns or accepts."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World, make_duty, make_entry, make_period, make_task, make_user
from tiendo.accounts.models import Role
from tiendo.audit.models import Event
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Submission
from tiendo.reporting.queries import content_mark
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import IllegalMove

HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")
DONE = Values(state=WorkState.COMPLETED, percent=Decimal(100), completed_on=date(2026, 6, 30), result="Xong")


@pytest.fixture
def drafted(world: World, duty: Duty, task: Task, now: datetime) -> Entry:
    return actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.an, at=now)


@pytest.fixture
def sent(world: World, drafted: Entry, now: datetime) -> Entry:
    actions.send_duty(duty=drafted.duty, by=world.binh, at=now)
    drafted.refresh_from_db()
    return drafted


def test_send_freezes_a_submission(world: World, sent: Entry, now: datetime) -> None:
    row = sent.submissions.get()
    assert (row.number, row.state, row.percent, row.drafted_by, row.submitted_by) == (
        1,
        "in_progress",
        Decimal(50),
        world.an,
        world.binh,
    )
    duty = Duty.objects.get(pk=sent.duty_id)
    assert (duty.status, duty.first_sent_at, duty.is_late) == ("submitted", now, False)


def test_an_officer_cannot_send(world: World, drafted: Entry, now: datetime) -> None:
    with pytest.raises(PermissionDenied, match="thủ trưởng"):
        actions.send_duty(duty=drafted.duty, by=world.an, at=now)
    assert not Submission.objects.exists()
    assert Event.objects.count() == 1


def test_a_recorded_delegate_may_send(world: World, drafted: Entry, now: datetime) -> None:
    deputy = make_user("pho", world.unit_a, Role.HEAD, title="Phó Giám đốc (được ủy quyền)")
    assert actions.send_duty(duty=drafted.duty, by=deputy, at=now).sent_by == deputy


def test_nobody_signs_what_was_written_after_he_looked(world: World, drafted: Entry, now: datetime) -> None:
    duty, task = drafted.duty, drafted.task
    looked = content_mark(duty)
    actions.save_draft(duty=duty, task=task, values=DONE, revision=1, by=world.an, at=now)
    with pytest.raises(IllegalMove, match="vừa được sửa"):
        actions.send_duty(duty=duty, by=world.binh, at=now, seen=looked)
    again = content_mark(duty)
    evidence = actions.add_file_evidence(duty=duty, task=task, data=b"Bien ban", name="a.txt", by=world.an, at=now)
    with pytest.raises(IllegalMove, match="vừa được sửa"):
        actions.send_duty(duty=duty, by=world.binh, at=now, seen=again)
    assert not Submission.objects.exists()
    actions.send_duty(duty=duty, by=world.binh, at=now, seen=content_mark(duty))
    assert Submission.objects.get().evidence_ids == [evidence.pk]


def test_send_names_each_task_still_to_be_written(world: World, plan: Plan, drafted: Entry, now: datetime) -> None:
    other = make_task(plan, by=world.chi, lead=world.unit_a, title="Việc thứ hai")
    with pytest.raises(actions.NotReady) as caught:
        actions.send_duty(duty=drafted.duty, by=world.binh, at=now)
    assert set(caught.value.problems) == {other.code}
    assert not Submission.objects.exists()


def test_completion_without_evidence_cannot_be_sent(world: World, duty: Duty, task: Task, now: datetime) -> None:
    actions.save_draft(duty=duty, task=task, values=DONE, revision=0, by=world.an, at=now)
    with pytest.raises(actions.NotReady) as caught:
        actions.send_duty(duty=duty, by=world.binh, at=now)
    assert "minh chứng" in caught.value.problems[task.code][0]


@pytest.mark.parametrize(("minutes", "late"), [(-1, False), (0, True), (1, True)])
def test_late_is_late_from_the_due_moment_on(world: World, drafted: Entry, minutes: int, late: bool) -> None:
    moment = drafted.duty.period.due_at + timedelta(minutes=minutes)
    assert actions.send_duty(duty=drafted.duty, by=world.binh, at=moment).is_late is late


def test_sending_again_after_a_return_does_not_make_an_early_report_late(
    world: World, sent: Entry, now: datetime
) -> None:
    actions.return_entry(entry=sent, reason="Thiếu số liệu", by=world.chi, at=now)
    after_due = sent.duty.period.due_at + timedelta(days=1)
    duty = actions.send_duty(duty=sent.duty, by=world.binh, at=after_due)
    assert not duty.is_late
    assert [row.number for row in sent.submissions.all()] == [1, 2]


def test_nothing_new_is_one_act_of_the_head(world: World, duty: Duty, task: Task, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.send_nothing_new(duty=duty, by=world.an, at=now)
    assert actions.send_nothing_new(duty=duty, by=world.binh, at=now).nothing_new
    accepted = actions.accept_duty(duty=duty, by=world.chi, at=now)
    assert (accepted.status, accepted.accepted_by) == ("accepted", world.chi)
    task.refresh_from_db()
    assert (task.state, task.last_accepted_on) == ("not_started", None)


def test_nothing_new_is_refused_once_something_was_written(world: World, drafted: Entry, now: datetime) -> None:
    with pytest.raises(PermissionDenied, match="đã nhập"):
        actions.send_nothing_new(duty=drafted.duty, by=world.binh, at=now)


def test_accept_moves_the_task_and_names_its_origin(world: World, sent: Entry, task: Task, now: datetime) -> None:
    actions.accept_entry(entry=sent, by=world.chi, at=now)
    task.refresh_from_db()
    assert (task.state, task.percent, task.last_accepted_on) == ("in_progress", Decimal(50), date(2026, 7, 1))
    moved = Event.objects.get(act="plans.task.progress")
    assert moved.detail["origin"] == f"reporting.submission:{sent.submissions.get().pk}"
    assert Duty.objects.get(pk=sent.duty_id).status == "accepted"


@pytest.mark.parametrize(
    "who", ["officer", "head", "decision_maker", "finance", "inspector", "administrator", "other_unit"]
)
def test_only_the_coordinator_accepts(world: World, sent: Entry, now: datetime, who: str) -> None:
    events = Event.objects.count()
    with pytest.raises(PermissionDenied):
        actions.accept_entry(entry=sent, by=world.people[who], at=now)
    assert sent.submissions.get().verdict == "waiting"
    assert Event.objects.count() == events


@pytest.mark.parametrize("part", ["sender", "writer"])
def test_who_sent_or_wrote_can_never_accept(world: World, plan: Plan, now: datetime, part: str) -> None:
    """The coordinator's own department reports too; its people may hold both posts."""
    unit = world.coordinator_unit
    both = make_user("hai-vai", unit, Role.COORDINATOR)
    both.posts.create(unit=unit, role=Role.HEAD, title="Giám đốc", valid_from=date(2025, 1, 1))
    head = make_user("thu-truong", unit, Role.HEAD)
    task = make_task(plan, by=world.chi, lead=unit)
    duty = make_duty(make_period(plan), unit)
    writer, sender = (head, both) if part == "sender" else (both, head)
    entry = actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=writer, at=now)
    actions.send_duty(duty=duty, by=sender, at=now)
    with pytest.raises(PermissionDenied, match="Bạn đã"):
        actions.accept_entry(entry=entry, by=both, at=now)
    assert actions.accept_entry(entry=entry, by=world.chi, at=now).status == "accepted"


def test_return_needs_a_reason_and_keeps_what_was_sent(world: World, sent: Entry, now: datetime) -> None:
    with pytest.raises(PermissionDenied, match="lý do"):
        actions.return_entry(entry=sent, reason=" ", by=world.chi, at=now)
    actions.return_entry(entry=sent, reason="Thiếu số liệu", by=world.chi, at=now)
    row = sent.submissions.get()
    assert (row.verdict, row.reason, row.result) == ("returned", "Thiếu số liệu", "Đã lắp 6 trạm")
    assert Duty.objects.get(pk=sent.duty_id).status == "returned"


def test_one_of_two_reviewers_wins_and_the_other_is_told(world: World, sent: Entry, now: datetime) -> None:
    actions.accept_entry(entry=sent, by=world.chi, at=now)
    with pytest.raises(IllegalMove, match="Đã tiếp nhận"):
        actions.return_entry(entry=sent, reason="Muộn", by=world.chi, at=now)
    assert sent.submissions.get().verdict == "accepted"


def test_an_older_period_accepted_afterwards_does_not_move_the_task_back(
    world: World, plan: Plan, task: Task, now: datetime
) -> None:
    def report(percent: int, due_at: datetime) -> Entry:
        period = make_period(plan, due_at=due_at)
        duty = make_duty(period, world.unit_a)
        values = Values(state=WorkState.IN_PROGRESS, percent=Decimal(percent), result="…")
        entry = actions.save_draft(duty=duty, task=task, values=values, revision=0, by=world.an, at=now)
        actions.send_duty(duty=duty, by=world.binh, at=now)
        return entry

    older, newer = report(30, now + timedelta(days=1)), report(60, now + timedelta(days=200))
    actions.accept_entry(entry=newer, by=world.chi, at=now)
    actions.accept_entry(entry=older, by=world.chi, at=now)
    task.refresh_from_db()
    assert task.percent == 60


def test_a_closed_period_takes_nothing_more(world: World, sent: Entry, now: datetime) -> None:
    closed = now + timedelta(minutes=1)
    actions.close_period(period=sent.duty.period, by=world.chi, at=closed)
    with pytest.raises(PermissionDenied, match="khóa số liệu"):
        actions.accept_entry(entry=sent, by=world.chi, at=closed)


@pytest.mark.parametrize("act", ["send", "forward"])
def test_sending_and_forwarding_ask_as_many_queries_for_forty_entries_as_for_three(
    world: World, plan: Plan, now: datetime, act: str
) -> None:
    counts = []
    for number in (2, 3, 40):
        while plan.tasks.count() < number:
            make_task(plan, by=world.chi, lead=world.unit_a, title=f"Việc {plan.tasks.count()}")
        duty = make_duty(make_period(plan), world.unit_a)
        for task in plan.tasks.all():
            written = f"Đã lắp {task.pk} trạm"
            make_entry(duty, task, saved_by=world.an, result=written, writer_ids=[world.an.pk])
        with CaptureQueriesContext(connection) as taken:
            if act == "send":
                actions.send_duty(duty=duty, by=world.binh, at=now, seen=content_mark(duty))
            else:
                actions.forward_duty(duty=duty, by=world.an, at=now)
        counts.append(len(taken))
    assert counts[1] == counts[2]
    assert counts[2] < 75
    assert Submission.objects.filter(entry__duty=duty).count() == (40 if act == "send" else 0)
