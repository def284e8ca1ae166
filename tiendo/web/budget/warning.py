"""What of money a leader or finance should see first, on the overview."""

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds
from tiendo.budget.queries import share_table
from tiendo.web.budget.share import share_warning


def money_warning(user: User) -> str:
    """The warning of the 3 % rule for those who decide, steer or keep the money; empty when there is none."""
    if not holds(user, Role.DECISION_MAKER, Role.COORDINATOR, Role.FINANCE):
        return ""
    return share_warning(share_table(user))
