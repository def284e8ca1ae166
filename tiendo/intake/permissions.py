from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no

LOOKS = (Role.COORDINATOR, Role.DECISION_MAKER, Role.INSPECTOR)


def can_import(user: User) -> Decision:
    """Documents come in, and are accepted, through the coordinator."""
    return must_hold(user, Role.COORDINATOR)


def can_see_imports(user: User) -> Decision:
    """What came in is open to those who steer and inspect."""
    if holds(user, *LOOKS):
        return YES
    return no(_("Việc nhập văn bản dành cho cơ quan đầu mối; người quyết định và thanh tra được xem."))
