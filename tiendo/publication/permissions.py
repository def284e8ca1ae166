from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no
from tiendo.publication.models import Release


def can_propose_release(user: User) -> Decision:
    """The coordinating agency prepares what is published."""
    return must_hold(user, Role.COORDINATOR)


def can_decide_release(user: User, release: Release) -> Decision:
    """The decision-maker, and never the one who proposed."""
    decision = must_hold(user, Role.DECISION_MAKER)
    if not decision:
        return decision
    if release.proposed_by_id == user.pk:
        return no(_("Bạn là người đề xuất đợt công bố này; người khác phải phê duyệt."))
    return YES


def can_read_sealed_file(user: User, release: Release) -> Decision:
    """What is public is everybody's; of a withdrawn release the proof stays with those who decide and inspect."""
    if release.status == Release.Status.APPROVED:
        return YES
    if release.status != Release.Status.WITHDRAWN:
        return no(_("Đợt này chưa được công bố nên chưa có bản niêm phong."))
    if holds(user, Role.DECISION_MAKER) or holds(user, Role.INSPECTOR):
        return YES
    return no(_("Bản niêm phong của đợt đã rút chỉ người có thẩm quyền phê duyệt và thanh tra được tải."))
