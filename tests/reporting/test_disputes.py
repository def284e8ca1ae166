"""Nobody closes a task over a dispute, whichever report it was raised in; who made the claim does not end it."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import World, make_duty, make_period, make_plan, make_task, make_user
from tests.reporting.test_actions_parts import DONE, HALF, answer, send
from tiendo.accounts.models import Post, Role, User
from tiendo.audit.models import Event
from tiendo.plans.actions import tie_twins
from tiendo.plans.models import Plan, Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Part
from tiendo.reporting.papers.gaps import gaps_of
from tiendo.reporting.parts import PartAct
from tiendo.reporting.reviewing import items, queue
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import IllegalMove


@pytest.fixture
def task(world: World, plan: Plan) -> Task:
    """Led by unit A; unit B helps."""
    return make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b])


@pytest.fixture
def later(world: World, plan: Plan, duty: Duty, now: datetime) -> Duty:
    return make_duty(make_period(plan, due_at=now + timedelta(days=40)), world.unit_a)


def refused(world: World, entry: Entry, now: datetime) -> None:
    events = Event.objects.count()
    with pytest.raises(IllegalMove, match="hãy xử lý ý kiến trước"):
        actions.accept_entry(entry=entry, by=world.chi, at=now)
    entry.refresh_from_db()
    assert (entry.status, Event.objects.count()) == ("submitted", events)


@pytest.mark.parametrize("first", [DONE, HALF], ids=["claimed-done", "in-progress"])
def test_a_dispute_bars_the_claim_in_the_next_report_until_it_is_ended(
    world: World, duty: Duty, later: Duty, task: Task, now: datetime, first: Values
) -> None:
    entry = send(world, duty, task, now, first)
    part = answer(world, entry, PartAct.DISPUTE, now)
    if first == HALF:
        actions.accept_entry(entry=entry, by=world.chi, at=now)
    actions.close_period(period=duty.period, by=world.chi, at=now)
    claim = send(world, later, task, now, DONE)
    refused(world, claim, now)
    row = queue(world.chi, at=now).get(entry=claim)
    assert (row.is_disputed, row.is_clean, items([row])[0].is_disputed) == (True, False, True)  # type: ignore[attr-defined]
    assert gaps_of(later.period).disputed == 1
    actions.settle_dispute(part=part, reason="Đã thống nhất", by=world.chi, at=now)
    actions.accept_entry(entry=claim, by=world.chi, at=now)
    task.refresh_from_db()
    assert task.state == "completed"


def test_a_dispute_bars_the_claim_on_the_twin(world: World, duty: Duty, task: Task, now: datetime) -> None:
    other = make_plan(world.province, code="kh-06", title="Đề án 06")
    twin = make_task(other, by=world.chi, lead=world.unit_a)
    tie_twins(first=task, second=twin, score=96, by=world.chi, at=now)
    reports = make_duty(make_period(other), world.unit_a)
    part = answer(world, send(world, duty, task, now, DONE), PartAct.DISPUTE, now)
    actions.send_duty(duty=reports, by=world.binh, at=now)
    filled = Entry.objects.get(duty=reports)
    refused(world, filled, now)
    actions.withdraw_dispute(part=part, by=world.dung, at=now)
    actions.accept_entry(entry=filled, by=world.chi, at=now)


def test_who_disputes_lets_go_after_the_closing_too(world: World, duty: Duty, task: Task, now: datetime) -> None:
    part = answer(world, send(world, duty, task, now), PartAct.DISPUTE, now)
    actions.close_period(period=duty.period, by=world.chi, at=now)
    with pytest.raises(PermissionDenied):
        actions.withdraw_dispute(part=part, by=world.an, at=now)
    assert actions.withdraw_dispute(part=part, by=world.dung, at=now).state == "confirmed"


@pytest.mark.parametrize("did", ["sent", "wrote"])
def test_who_sent_or_wrote_the_claim_does_not_settle(
    world: World, duty: Duty, task: Task, now: datetime, did: str
) -> None:
    vy = make_user("vy", world.coordinator_unit, Role.COORDINATOR)
    role = Role.HEAD if did == "sent" else Role.OFFICER
    Post.objects.create(user=vy, unit=world.unit_a, role=role, title="Kiêm nhiệm", valid_from=date(2025, 1, 1))
    vy = User.objects.get(pk=vy.pk)
    writer, sender = (world.an, vy) if did == "sent" else (vy, world.binh)
    actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=writer, at=now)
    actions.save_draft(duty=duty, task=task, values=HALF, revision=1, by=world.an, at=now)
    actions.send_duty(duty=duty, by=sender, at=now)
    part = answer(world, Entry.objects.get(), PartAct.DISPUTE, now)
    with pytest.raises(PermissionDenied, match="soạn hoặc gửi"):
        actions.settle_dispute(part=part, reason="Bỏ qua", by=vy, at=now)
    with pytest.raises(PermissionDenied, match=r"đã (soạn hoặc )?gửi"):
        actions.accept_entry(entry=part.entry, by=vy, at=now)
    assert Part.objects.get().state == "disputed"
