from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, must_hold, no
from tiendo.plans.models import Assignment, Task


def can_make_version(user: User) -> Decision:
    """Plans come in and change through the coordinator."""
    return must_hold(user, Role.COORDINATOR)


def can_assign_task(user: User) -> Decision:
    """Units, deadline, product and authority of a task are set by the coordinator, with the paper they rest on."""
    return must_hold(user, Role.COORDINATOR)


def can_hide_task(user: User) -> Decision:
    """Keeping a task from the public is the decision-maker's to say."""
    return must_hold(user, Role.DECISION_MAKER)


def can_charge_head(user: User) -> Decision:
    return must_hold(user, Role.COORDINATOR)


def can_charge_officer(user: User, task: Task) -> Decision:
    """The head of the lead unit gives the task to one of the unit's people (R018)."""
    leads = Assignment.objects.in_force().filter(task=task, role=Assignment.Role.LEAD)
    if leads.filter(unit_id__in=user.access.headed_unit_ids).exists():
        return YES
    return no(_("Chỉ thủ trưởng cơ quan chủ trì mới giao nhiệm vụ này cho cán bộ của đơn vị."))


def can_plan_work(user: User, task: Task) -> Decision:
    """People of the lead unit say when and by which steps they carry the task out (R028)."""
    leads = Assignment.objects.in_force().filter(task=task, role=Assignment.Role.LEAD)
    if leads.filter(unit_id__in=user.access.held_unit_ids).exists():
        return YES
    return no(_("Chỉ người của cơ quan chủ trì mới lập kế hoạch thực hiện nhiệm vụ này."))
