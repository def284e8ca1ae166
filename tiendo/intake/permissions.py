from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import Decision, must_hold


def can_import(user: User) -> Decision:
    """Documents come in, and are accepted, through the coordinator."""
    return must_hold(user, Role.COORDINATOR)
