from datetime import date

from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, must_hold, no
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import unit_holding, units_held_by
from tiendo.plans.models import Assignment, Plan, Task


def can_make_version(user: User, plan: Plan | None = None) -> Decision:
    """Plans come in and change through the coordinator; a unit's own plan under another also through its head."""
    if plan is not None and plan.under_id is not None and plan.owner_id in user.access.headed_unit_ids:
        return YES
    return must_hold(user, Role.COORDINATOR)


def can_assign_task(user: User) -> Decision:
    """Units, deadline, product and authority of a task are set by the coordinator, with the paper they rest on."""
    return must_hold(user, Role.COORDINATOR)


def can_supervise(unit: Unit, task: Task, *, on: date) -> Decision:
    """A supervising agency stands apart: it neither leads nor helps with nor performs what it supervises (R007)."""
    answering = unit_holding(unit, on=on).pk
    parts = Assignment.objects.in_force().filter(task=task).exclude(role=Assignment.Role.SUPERVISING)
    if parts.answered_by(units_held_by(frozenset({answering}), on=on), on=on).exists():
        return no(_("Cơ quan này tham gia thực hiện nhiệm vụ nên không giám sát nhiệm vụ được."))
    return YES


def can_take_part(unit: Unit, task: Task, *, on: date) -> Decision:
    """Who supervises a task is given no other part in it."""
    answering = unit_holding(unit, on=on).pk
    own = Assignment.objects.in_force().filter(task=task, role=Assignment.Role.SUPERVISING)
    if own.answered_by(units_held_by(frozenset({answering}), on=on), on=on).exists():
        return no(_("Cơ quan này đang giám sát nhiệm vụ; hãy giao cơ quan giám sát khác trước."))
    return YES


def can_hide_task(user: User) -> Decision:
    """Keeping a task from the public is the decision-maker's to say."""
    return must_hold(user, Role.DECISION_MAKER)


def can_charge_head(user: User) -> Decision:
    return must_hold(user, Role.COORDINATOR)


def can_charge_officer(user: User, task: Task) -> Decision:
    """The head of the lead unit gives the task to one of the unit's people (R018)."""
    leads = Assignment.objects.in_force().filter(task=task, role=Assignment.Role.LEAD)
    if leads.answered_by(user.access.headed_unit_ids).exists():
        return YES
    return no(_("Chỉ thủ trưởng cơ quan chủ trì mới giao nhiệm vụ này cho cán bộ của đơn vị."))


def can_plan_work(user: User, task: Task) -> Decision:
    """People of the lead unit say when and by which steps they carry the task out (R028)."""
    leads = Assignment.objects.in_force().filter(task=task, role=Assignment.Role.LEAD)
    if leads.answered_by(user.access.held_unit_ids).exists():
        return YES
    return no(_("Chỉ người của cơ quan chủ trì mới lập kế hoạch thực hiện nhiệm vụ này."))
