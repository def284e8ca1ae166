from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import Decision, must_hold


def can_keep_endpoints(user: User) -> Decision:
    """Addresses of other programs, and whether letters arrive, are the administrator's to keep."""
    return must_hold(user, Role.ADMINISTRATOR)
