"""The plan is amended once, by what a unit asked for; another unit's proposal waits at the coordinator."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from django.utils.timezone import localdate

from tiendo.config.sample.occasions import ASKED, EXTENDED
from tiendo.config.sample.world import Agenda, World
from tiendo.oversight.actions.amending import decide_amendment
from tiendo.oversight.actions.amending_drafts import start_amendment, submit_amendment, take_proposal
from tiendo.oversight.actions.amending_proposals import send_proposal, write_proposal
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.models import Amendment, Proposal
from tiendo.plans.models import Assignment, AssignmentQuerySet, Plan, Task

TITLE = "Điều chỉnh, bổ sung Kế hoạch lần thứ nhất (minh họa)"
LATER = timedelta(days=92)
WISHING = "so-y-te"


def schedule(world: World, agenda: Agenda, plan: Plan, *, now: datetime) -> None:
    """Eleven weeks ago a unit asks for a later day, within two weeks it is decided; four days ago another asks."""
    agenda.add(now - timedelta(days=77, hours=1), partial(_ask_for_later_day, world, agenda, plan))
    agenda.add(now - timedelta(days=4, hours=1), partial(_ask_for_other_product, world, agenda, plan))


def _ask_for_later_day(world: World, agenda: Agenda, plan: Plan, at: datetime) -> None:
    """Of the task whose day is farthest off: nothing that is late is made timely."""
    leads = _leads(plan).filter(task__due_on__gt=localdate(at), task__due_kind="moment")
    heads = [person.unit for person in world.people if world.has_head(person.unit)]
    lead = leads.filter(unit__code__in=heads).order_by("-task__due_on", "task__position").first()
    if lead is None or lead.unit is None or lead.task.due_on is None:
        return
    day = lead.task.due_on + LATER
    wanted = {"due": {"raw": f"{day:%d/%m/%Y}", "kind": "moment", "on": day.isoformat()}}
    why = "Nhà thầu bàn giao thiết bị chậm hơn hợp đồng (minh họa)."
    proposal = _write(world, agenda, lead, Change.EXTEND, wanted, why, at)
    agenda.add(at + timedelta(days=3), partial(_draft, world, agenda, proposal))


def _ask_for_other_product(world: World, agenda: Agenda, plan: Plan, at: datetime) -> None:
    lead = _leads(plan).filter(unit__code=WISHING).order_by("task__position").first()
    if lead is not None:
        wanted = {"product": "Báo cáo kết quả và tài liệu hướng dẫn sử dụng"}
        why = "Sản phẩm cần có tài liệu để các xã tự triển khai (minh họa)."
        _write(world, agenda, lead, Change.CHANGE, wanted, why, at)


def _leads(plan: Plan) -> AssignmentQuerySet:
    """Units that lead an unfinished task, without the tasks whose deadlines the sample moves otherwise."""
    rows = Assignment.objects.in_force().filter(role=Assignment.Role.LEAD, task__plan=plan, unit__isnull=False)
    rows = rows.filter(task__in=Task.objects.unfinished()).exclude(task__number__in=[EXTENDED, ASKED])
    return rows.select_related("task__plan", "unit")


def _write(
    world: World, agenda: Agenda, lead: Assignment, kind: Change, wanted: Mapping[str, object], why: str, at: datetime
) -> Proposal:
    """The officer writes it; the head signs it an hour later."""
    assert lead.unit is not None
    proposal = write_proposal(
        plan=lead.task.plan,
        unit=lead.unit,
        kind=kind,
        task=lead.task,
        wanted=wanted,
        reason=why,
        by=world.officer(lead.unit.code),
        at=at,
    )
    agenda.add(at + timedelta(hours=1), partial(_send, world, proposal))
    return proposal


def _send(world: World, proposal: Proposal, at: datetime) -> None:
    send_proposal(proposal=proposal, by=world.head(proposal.unit.code), at=at)


def _draft(world: World, agenda: Agenda, proposal: Proposal, at: datetime) -> None:
    amendment = start_amendment(plan=proposal.plan, title=TITLE, by=world.coordinator, at=at)
    take_proposal(amendment=amendment, proposal=proposal, by=world.coordinator, at=at)
    agenda.add(at + timedelta(days=2), partial(_submit, world, agenda, amendment))


def _submit(world: World, agenda: Agenda, amendment: Amendment, at: datetime) -> None:
    submit_amendment(amendment=amendment, by=world.coordinator, at=at)
    agenda.add(at + timedelta(days=4), partial(_decide, world, amendment))


def _decide(world: World, amendment: Amendment, at: datetime) -> None:
    """In force from the day it was signed."""
    day = localdate(at)
    decide_amendment(
        amendment=amendment,
        number="1568/QĐ-UBND (minh họa)",
        issued_on=day,
        in_force_from=day,
        by=world.leader,
        at=at,
    )
