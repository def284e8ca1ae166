"""People of an enterprise that only performs tasks meet those tasks and their own account, and nothing else (R094).

Every other address is closed to them, those yet to be written too: what they may open is named here.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.plans.models import only_performs

OPEN = frozenset(
    {
        "plans:task-list",
        "plans:task-detail",
        "reporting:my-work",
        "notices:inbox",
        "notices:inbox-read",
        "notices:notice-open",
        "notices:notice-read",
        "notices:preferences",
        "accounts:sign-in",
        "accounts:sign-out",
        "accounts:password-change",
        "set_language",
    }
)
WORK = "/lam-viec/"


class PerformersMiddleware:
    """Closes the working pages to people of enterprises that only perform; public pages stay open to everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raises PermissionDenied with a sentence."""
        match = request.resolver_match
        if match is None or match.view_name in OPEN or not request.path.startswith(WORK):
            return
        if isinstance(request.user, User) and only_performs(request.user):
            raise PermissionDenied(_("Doanh nghiệp thực hiện chỉ xem được nhiệm vụ mình thực hiện."))
