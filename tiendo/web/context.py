"""What every signed-in page says about its reader: the menu of pages they may open, and their unit."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tiendo.accounts.models import User
from tiendo.accounts.permissions import YES, Decision, can_see_audit
from tiendo.notices.queries import unread_count

Item = tuple[str, str, bool]


def _everybody(user: User) -> Decision:
    return YES


# The same decision offers a page and guards it.
MENU: tuple[tuple[str, object, Callable[[User], Decision]], ...] = (
    ("reporting:my-work", _("Việc của tôi"), _everybody),
    ("plans:overview", _("Tổng quan"), _everybody),
    ("plans:task-list", _("Nhiệm vụ"), _everybody),
    ("plans:plan-list", pgettext_lazy("danh mục", "Kế hoạch"), _everybody),
    ("indicators:indicator-list", _("Chỉ tiêu"), _everybody),
    ("reporting:period-list", _("Báo cáo"), _everybody),
    ("oversight:home", _("Theo dõi"), _everybody),
    ("budget:overview", _("Kinh phí"), _everybody),
    ("evaluation:cycle-list", _("Đánh giá"), _everybody),
    ("publication:release-list", _("Công bố"), _everybody),
    ("orgs:unit-list", pgettext_lazy("danh mục", "Cơ quan"), _everybody),
    ("audit:event-list", _("Nhật ký"), can_see_audit),
)
HOME = "reporting:my-work"  # every other address begins with this one


def reader(request: HttpRequest) -> dict[str, object]:
    """Context processor: `nav`, `unit_name` and `unread_notices`, worked out only where a page shows them."""
    return {
        "nav": SimpleLazyObject(lambda: _menu(request)),
        "unit_name": SimpleLazyObject(lambda: _unit_name(request)),
        "unread_notices": cache(lambda: _unread(request)),
    }


def _menu(request: HttpRequest) -> list[Item]:
    """Words, address and whether one is there; nothing for somebody not signed in."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return []
    return [_item(request, name, words) for name, words, decide in MENU if decide(user)]


def _item(request: HttpRequest, name: str, words: object) -> Item:
    url = reverse(name)
    is_here = request.path == url if name == HOME else request.path.startswith(url)
    return str(words), url, is_here or _is_below(request, name)


def _is_below(request: HttpRequest, name: str) -> bool:
    """Pages of oversight stand under prefixes of their own, and all belong to its one place in the menu."""
    match = request.resolver_match
    return name == "oversight:home" and match is not None and match.namespace == "oversight"


def _unread(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return unread_count(user) if isinstance(user, User) else 0


def _unit_name(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    post = user.main_post if isinstance(user, User) else None
    return post.unit.short_name if post else ""
