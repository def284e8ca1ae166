"""What the coordinator, the leader and the heads settle on the sample's tasks besides reports."""

from datetime import datetime

from django.utils.timezone import localdate

from tiendo.config.sample.reports import overdue_on
from tiendo.config.sample.world import World
from tiendo.notices.actions import read_all_notices
from tiendo.orgs.models import Unit
from tiendo.plans import actions
from tiendo.plans.holding import part_holder
from tiendo.plans.models import Assignment, Plan, Task
from tiendo.reporting.actions import see_urging, urge_unit
from tiendo.reporting.models import Duty, Period

ORDER = "Quyết định phân công số 812/QĐ-UBND ngày 15/8/2025 (minh họa)"
# Every seventh task is left without a named head, every fifth without a named authority: the page "thiếu 6 rõ".
NO_HEAD_EACH, NO_OFFICER_EACH, NO_AUTHORITY_EACH = 7, 4, 5
AUTHORITIES = ("Chủ tịch UBND tỉnh", "UBND tỉnh", "Thủ trưởng cơ quan chủ trì", "HĐND tỉnh")
SUPERVISED = {"24": "thanh-tra-tinh", "30": "thanh-tra-tinh", "35": "thanh-tra-tinh", "53": "so-tu-phap"}
HIDDEN = ("48", "Bản đồ phục vụ phòng thủ dân sự, chỉ sử dụng nội bộ")
URGED_TASKS = ("6", "15", "21", "56")


def charge(world: World, plan: Plan, *, at: datetime) -> None:
    """Name heads, officers, deciding authorities and supervisors."""
    for task in plan.tasks.order_by("position"):
        unit = _answering_unit(task, at)
        if unit is None:
            continue
        if task.position % NO_HEAD_EACH:
            actions.charge_head(task=task, user=world.head(unit), by=world.coordinator, at=at)
        if task.position % NO_OFFICER_EACH:
            actions.charge_officer(task=task, user=world.officer(unit), by=world.head(unit), at=at)
        if task.position % NO_AUTHORITY_EACH:
            _set_authority(world, task, at)
    for number, code in SUPERVISED.items():
        task, unit_row = plan.tasks.get(number=number), world.units[code]
        role = Assignment.Role.SUPERVISING
        actions.assign_unit(task=task, unit=unit_row, role=role, source=ORDER, by=world.coordinator, at=at)


def _set_authority(world: World, task: Task, at: datetime) -> None:
    value = AUTHORITIES[task.position % len(AUTHORITIES)]
    actions.set_field(task=task, field="authority", value=value, source=ORDER, by=world.coordinator, at=at)


def _answering_unit(task: Task, at: datetime) -> str | None:
    """The unit that answers for the task and has people here; None without a lead or for one outside the list."""
    lead = task.assignments.in_force().filter(role=Assignment.Role.LEAD).select_related("unit").first()
    if lead is None or lead.unit is None:
        return None
    holder = Unit.objects.get(pk=part_holder(task.pk, lead.unit.pk, on=localdate(at)))
    return holder.code if holder.reports else None


def hide(world: World, plan: Plan, *, at: datetime) -> None:
    """Keep one task from the public, by the leader's decision."""
    number, reason = HIDDEN
    actions.hide_task(task=plan.tasks.get(number=number), reason=reason, by=world.leader, at=at)


def urge_missing(world: World, period: Period, *, at: datetime) -> None:
    """Urge whoever has sent nothing, once the day has passed."""
    for duty in Duty.objects.missing().filter(period=period).select_related("unit").order_by("unit__code"):
        message = f"Đề nghị gửi báo cáo kỳ “{period.name}”, hạn {period.due_text}."
        urge_unit(unit=duty.unit, duty=duty, message=message, by=world.coordinator, at=at)


def read_inboxes(world: World, *, at: datetime) -> None:
    """Everybody has read what came until then."""
    for user in world.users.values():
        read_all_notices(by=user, at=at)


def urge_overdue(world: World, plan: Plan, *, at: datetime) -> None:
    """Urge the leads of some overdue tasks; one of them has seen it."""
    for number in URGED_TASKS:
        task = plan.tasks.get(number=number)
        code = _answering_unit(task, at)
        if code is None or not overdue_on(task, at):
            continue
        message = f"Nhiệm vụ “{task.title}” đã quá hạn; đề nghị báo cáo nguyên nhân và ngày hoàn thành."
        urging = urge_unit(unit=world.units[code], task=task, message=message, by=world.coordinator, at=at)
        if number == URGED_TASKS[1]:
            see_urging(urging=urging, by=world.head(code), at=at)
