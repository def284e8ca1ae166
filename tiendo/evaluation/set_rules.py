"""Who may draft, propose and put into force a set of criteria."""

from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no
from tiendo.evaluation.models import CriteriaSet
from tiendo.evaluation.states import SetStatus


def can_draft_set(user: User) -> Decision:
    """The coordinator drafts."""
    return must_hold(user, Role.COORDINATOR)


def can_edit_set(user: User, criteria: CriteriaSet) -> Decision:
    """The coordinator, while it is a draft; from the day it is proposed its words are fixed."""
    if not (allowed := can_draft_set(user)):
        return allowed
    if criteria.status != SetStatus.DRAFT:
        return no(_("Bộ tiêu chí đã trình nên không sửa được; hãy rút về hoặc soạn phiên bản mới."))
    return YES


def can_take_back_set(user: User, criteria: CriteriaSet) -> Decision:
    """The coordinator takes a proposal back; whoever would decide on it returns it."""
    if not holds(user, Role.DECISION_MAKER) and not (allowed := must_hold(user, Role.COORDINATOR)):
        return allowed
    return YES if criteria.status == SetStatus.PROPOSED else no(_("Bộ tiêu chí này không ở bước chờ ban hành."))


def can_put_in_force(user: User, criteria: CriteriaSet) -> Decision:
    """The decision-maker, never who drafted it."""
    if not (allowed := must_hold(user, Role.DECISION_MAKER)):
        return allowed
    if criteria.status != SetStatus.PROPOSED:
        return no(_("Bộ tiêu chí này không ở bước chờ ban hành."))
    if criteria.made_by_id == user.pk:
        return no(_("Bạn đã soạn bộ tiêu chí này; người khác có thẩm quyền phải ban hành."))
    return YES
