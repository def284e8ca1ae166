"""A meeting with a direction of two items, one closed and one late, and a leader's own word of yesterday."""

from datetime import datetime, timedelta
from functools import partial

from django.utils.timezone import localdate

from tiendo.config.sample.world import Agenda, World
from tiendo.orgs.models import Unit
from tiendo.oversight.actions import directing
from tiendo.oversight.actions import following_up as acts
from tiendo.oversight.actions.directing import Item
from tiendo.oversight.actions.following_up_clock import escalate_follow_ups
from tiendo.oversight.models import FollowUp, Meeting
from tiendo.plans.models import Plan, Task
from tiendo.reporting.queries import find_answering_lead

MEETING = "Họp giao ban chuyển đổi số quý (minh họa)"
CHAIR = "Chủ tịch UBND tỉnh"
LATE, DONE, NEW = "15", "21", "6"  # numbers of tasks whose leads are asked


def schedule(world: World, agenda: Agenda, plan: Plan, *, now: datetime) -> None:
    """Sixteen days ago the meeting; one item is closed within eleven days, the other is late since four."""
    agenda.add(now - timedelta(days=16), partial(_meet, world, agenda, plan))
    agenda.add(now - timedelta(days=3, hours=2), _escalate)
    agenda.add(now - timedelta(days=1, hours=4), partial(_direct, world, plan))


def _escalate(at: datetime) -> None:
    escalate_follow_ups(by=None, at=at)


def _meet(world: World, agenda: Agenda, plan: Plan, at: datetime) -> None:
    day = localdate(at)
    meeting = directing.register_meeting(
        plan=plan,
        level=Meeting.Level.PROVINCE,
        held_on=day,
        title=MEETING,
        chaired_by=CHAIR,
        conclusion="Thông báo số 118/TB-UBND (minh họa)",
        by=world.coordinator,
        at=at,
    )
    late, done = _task(plan, LATE), _task(plan, DONE)
    direction = directing.give_direction(
        plan=plan,
        meeting=meeting,
        text="Các cơ quan chủ trì tập trung xử lý nhiệm vụ chậm, báo cáo rõ nguyên nhân và ngày hoàn thành.",
        given_by=CHAIR,
        given_on=day,
        paper=meeting.conclusion,
        items=[
            Item(
                _lead(late, at), "Báo cáo nguyên nhân chậm và cam kết ngày hoàn thành", day + timedelta(days=12), late
            ),
            Item(_lead(done, at), "Trình phương án bố trí nhân lực cho nhiệm vụ", day + timedelta(days=10), done),
        ],
        by=world.coordinator,
        at=at + timedelta(minutes=20),
    )
    item = direction.follow_ups.get(task=done)
    agenda.add(at + timedelta(days=5), partial(_note, world, item))
    agenda.add(at + timedelta(days=9), partial(_report, world, item))
    agenda.add(at + timedelta(days=11), partial(_close, world, item))


def _note(world: World, item: FollowUp, at: datetime) -> None:
    acts.note_follow_up(follow_up=item, note="Đã rà soát vị trí việc làm.", by=world.head(item.unit.code), at=at)


def _report(world: World, item: FollowUp, at: datetime) -> None:
    note = "Đã trình phương án, bố trí 03 công chức chuyên trách."
    acts.report_follow_up(follow_up=item, note=note, by=world.head(item.unit.code), at=at)


def _close(world: World, item: FollowUp, at: datetime) -> None:
    acts.close_follow_up(follow_up=item, note="Đã nhận tờ trình.", by=world.coordinator, at=at)


def _direct(world: World, plan: Plan, at: datetime) -> None:
    """The leader writes it himself; it is neither late nor reported yet."""
    task = _task(plan, NEW)
    day = localdate(at) + timedelta(days=9)
    item = Item(_lead(task, at), "Làm việc với các xã, thống nhất lịch triển khai", day, task)
    directing.give_direction(
        plan=plan,
        text="Không để nhiệm vụ này chậm sang quý sau.",
        given_by=f"Phó {CHAIR} {world.leader.full_name}",
        given_on=localdate(at),
        items=[item],
        by=world.leader,
        at=at,
    )


def _task(plan: Plan, number: str) -> Task:
    return plan.tasks.get(number=number)


def _lead(task: Task, at: datetime) -> Unit:
    lead = find_answering_lead(task, on=localdate(at))
    assert lead is not None
    return lead
