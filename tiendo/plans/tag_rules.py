"""Who keeps tags, and who names the enterprise that performs a task."""

from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no
from tiendo.plans.models import Assignment, Task


def can_tag_tasks(user: User) -> Decision:
    """Tags, and which task carries which, are kept by the coordinator, so that totals by tag mean one thing (R053)."""
    return must_hold(user, Role.COORDINATOR)


def can_name_performer(user: User, task: Task) -> Decision:
    """The head of the lead unit, or the coordinator, says which enterprise performs a task (R094)."""
    leads = Assignment.objects.in_force().filter(task=task, role=Assignment.Role.LEAD)
    if holds(user, Role.COORDINATOR) or leads.answered_by(user.access.headed_unit_ids).exists():
        return YES
    return no(_("Doanh nghiệp thực hiện do thủ trưởng cơ quan chủ trì hoặc cơ quan đầu mối ghi."))
