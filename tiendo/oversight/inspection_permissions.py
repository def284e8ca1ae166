"""Who plans, leads and takes part in an inspection; the table of `inspection_workflow` says who may do what when."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import unit_holding
from tiendo.oversight.inspection_workflow import Act, Party, State, may, move
from tiendo.oversight.models import Finding, Inspection, TeamMember
from tiendo.plans.models import Plan, Task
from tiendo.plans.queries import led_by
from tiendo.plans.supervision import supervised_by

_TEAM = gettext_lazy("Việc này dành cho thành viên đoàn kiểm tra.")
_LEADER = gettext_lazy("Việc này dành cho trưởng đoàn kiểm tra.")
_INSPECTOR = gettext_lazy("Việc này dành cho thanh tra, kiểm tra.")
REFUSALS = {
    **dict.fromkeys((Act.ANSWER, Act.FIND, Act.WITHDRAW), _TEAM),
    **dict.fromkeys((Act.BEGIN, Act.CONCLUDE), _LEADER),
}


def can_plan_inspections(user: User) -> Decision:
    """The year's programme is recorded by inspection, from the paper that decided it."""
    return must_hold(user, Role.INSPECTOR)


def can_inspect_by_surprise(user: User, unit: Unit, plan: Plan, *, on: date) -> Decision:
    """Inspection may inspect any unit but its own; a supervising agency asks for one of a unit whose work it
    supervises, and inspection decides."""
    if works_in(user, unit):
        return no(_("Không ai kiểm tra đơn vị của chính mình."))
    if holds(user, Role.INSPECTOR) or supervises(user, unit, plan, on=on):
        return YES
    return no(_("Kiểm tra đột xuất do thanh tra lập; cơ quan giám sát đề nghị với đơn vị mình giám sát."))


def supervises(user: User, unit: Unit, plan: Plan, *, on: date) -> bool:
    """Whether the person's agency supervises a task of the plan that the unit, or whoever took over from it, leads."""
    held = user.access.held_unit_ids
    tasks = supervised_by(Task.objects.filter(plan=plan), held, on=on) if held else Task.objects.none()
    return led_by(tasks, unit_holding(unit, on=on), on=on).exists()


def works_in(user: User, unit: Unit) -> bool:
    """In the unit itself, or in the one that answers for it."""
    access = user.access
    return unit.pk in access.held_unit_ids | access.unit_ids | access.signing_unit_ids


def can_join_team(user: User, inspection: Inspection) -> Decision:
    """Anybody with a post but those of the unit inspected."""
    if not user.is_active or not user.access.roles - {Role.ADMINISTRATOR}:
        return no(_("Thành viên đoàn phải là người đang giữ chức vụ trong hệ thống."))
    if works_in(user, inspection.unit):
        return no(_("Người của đơn vị được kiểm tra không vào đoàn kiểm tra."))
    return YES


def parties(user: User, inspection: Inspection) -> frozenset[Party]:
    """What the person is to the inspection; whoever works in the unit inspected is nothing to it."""
    if works_in(user, inspection.unit):
        return frozenset()
    member = TeamMember.objects.filter(inspection=inspection, user=user, ended_at=None).first()
    held = {
        Party.INSPECTOR: holds(user, Role.INSPECTOR),
        Party.PROPOSER: inspection.recorded_by_id == user.pk and bool(user.access.roles),
        Party.LEADER: member is not None and member.is_leader,
        Party.MEMBER: member is not None,
    }
    return frozenset(party for party, is_one in held.items() if is_one)


def can_inspect(user: User, inspection: Inspection, act: Act) -> Decision:
    """Whether the person may do the act now; raises IllegalMove to who may do it in another state."""
    own, state = parties(user, inspection), State(inspection.state)
    if not any(may(each, act, own) for each in State):
        return no(str(REFUSALS.get(act, _INSPECTOR)))
    return YES if move(state, act).by & own else no(str(REFUSALS.get(act, _INSPECTOR)))


def can_withdraw(user: User, finding: Finding) -> Decision:
    """A member withdraws the own finding, the leader any."""
    if not (allowed := can_inspect(user, finding.inspection, Act.WITHDRAW)):
        return allowed
    if finding.recorded_by_id != user.pk and Party.LEADER not in parties(user, finding.inspection):
        return no(_("Phát hiện của người khác do trưởng đoàn rút."))
    return YES
