"""Decisions that speak: yes, or no with a reason a person can act on."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User


@dataclass(frozen=True)
class Decision:
    """Truthy when allowed; otherwise `reason` says why not and what would help."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)


def no(reason: str) -> Decision:
    return Decision(False, reason)


def require(decision: Decision) -> None:
    """Raises PermissionDenied with the decision's reason."""
    if not decision:
        raise PermissionDenied(decision.reason)


def holds(user: User, *roles: Role) -> bool:
    return bool(user.access.roles & set(roles))


def must_hold(user: User, role: Role) -> Decision:
    """Yes for a holder of the role; otherwise a sentence that names it."""
    if holds(user, role):
        return YES
    return no(_("Việc này dành cho vai trò “%(role)s”.") % {"role": role.label})


def can_administer(user: User) -> Decision:
    """Units, people and posts are kept by the administrator."""
    return must_hold(user, Role.ADMINISTRATOR)


def can_reorganise(user: User) -> Decision:
    """Units are created, renamed, merged, split and ended by whoever keeps them, or by the coordinator, by a paper."""
    if holds(user, Role.COORDINATOR, Role.ADMINISTRATOR):
        return YES
    return no(_("Việc sắp xếp đơn vị do cơ quan đầu mối hoặc quản trị ghi theo văn bản quyết định."))


def can_keep_office_days(user: User) -> Decision:
    """Days off and days worked instead are entered by whoever sets the deadlines, or by the administrator."""
    if holds(user, Role.COORDINATOR, Role.ADMINISTRATOR):
        return YES
    return no(_("Lịch làm việc do cơ quan đầu mối hoặc quản trị ghi theo văn bản."))


def can_see_focal_officers(user: User) -> Decision:
    """Who is the named officer of which unit: for those who steer, inspect, or keep the accounts."""
    if user.access.reads_everything or holds(user, Role.ADMINISTRATOR):
        return YES
    return no(_("Danh sách cán bộ đầu mối dành cho cơ quan đầu mối, lãnh đạo, thanh tra và quản trị."))


def can_record_absence(user: User, person: User) -> Decision:
    """One's own absence; a head that of their people; the administrator anybody's."""
    if user.pk == person.pk or holds(user, Role.ADMINISTRATOR):
        return YES
    if user.access.headed_unit_ids & {post.unit_id for post in person.posts_today}:
        return YES
    return no(_("Chỉ người vắng mặt, thủ trưởng của họ hoặc quản trị mới ghi việc vắng mặt."))


def can_stand_in(user: User, person: User, substitute: User) -> Decision:
    """A colleague of the same unit; the administrator, with a paper in hand, may name anybody."""
    if not substitute.is_active:
        return no(_("Tài khoản của người thay đã khóa; hãy chọn người khác."))
    own = {post.unit_id for post in person.posts_today if post.user_id == person.pk}
    if holds(user, Role.ADMINISTRATOR) or own & {post.unit_id for post in substitute.posts_today}:
        return YES
    return no(_("Người thay phải cùng đơn vị; khác đơn vị thì nhờ quản trị ghi theo văn bản."))


def can_see_audit(user: User) -> Decision:
    if holds(user, Role.COORDINATOR, Role.INSPECTOR, Role.ADMINISTRATOR, Role.DECISION_MAKER):
        return YES
    return no(_("Nhật ký toàn hệ thống dành cho cơ quan đầu mối, thanh tra và quản trị."))
