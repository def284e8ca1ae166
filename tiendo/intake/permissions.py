from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no
from tiendo.intake.models import LOOKS, Import
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan


def can_import(user: User, source: Import | None = None) -> Decision:
    """Documents come in through the coordinator; a unit's own plan also through the people of the unit (R013)."""
    if source is not None and source.unit_id is not None and source.unit_id in own_unit_ids(user):
        return YES
    return must_hold(user, Role.COORDINATOR)


def can_receive(user: User, unit: Unit | None, plan: Plan | None) -> Decision:
    """A new file: of the province by the coordinator; of a unit's own plan, perhaps a change to it, by its people."""
    if unit is None:
        return must_hold(user, Role.COORDINATOR)
    if not holds(user, Role.COORDINATOR) and unit.pk not in own_unit_ids(user):
        return no(_("Kế hoạch của đơn vị do cán bộ, thủ trưởng của chính đơn vị hoặc cơ quan đầu mối nhập."))
    if plan is not None and (plan.under_id is None or plan.owner_id != unit.pk):
        return no(_("Đơn vị chỉ nhập được bản sửa đổi của kế hoạch do chính mình ban hành."))
    return YES


def can_bring_in(user: User) -> Decision:
    """Whether there is anything this person may upload."""
    return YES if own_unit_ids(user) else must_hold(user, Role.COORDINATOR)


def can_accept(user: User, source: Import) -> Decision:
    """The coordinator; of a unit's own plan its head too, never an officer alone."""
    if source.unit_id is None or source.unit_id not in own_unit_ids(user):
        return must_hold(user, Role.COORDINATOR)
    if holds(user, Role.COORDINATOR) or source.unit_id in user.access.headed_unit_ids:
        return YES
    return no(_("Kế hoạch của đơn vị do thủ trưởng đơn vị chấp nhận."))


def can_ask_acceptance(user: User, source: Import) -> Decision:
    """Who reviews a unit's own plan and may not accept it says when it is ready."""
    if source.unit_id is None or not can_import(user, source):
        return no(_("Chỉ người đối chiếu kế hoạch của chính đơn vị trình thủ trưởng chấp nhận."))
    if can_accept(user, source):
        return no(_("Bạn chấp nhận được kế hoạch này, không phải trình ai."))
    return YES


def can_see_imports(user: User) -> Decision:
    """What came in is open to those who steer and inspect, to a unit what is its own."""
    if holds(user, *LOOKS) or own_unit_ids(user):
        return YES
    return no(_("Việc nhập văn bản dành cho cơ quan đầu mối và các đơn vị; người quyết định và thanh tra được xem."))


def own_unit_ids(user: User) -> frozenset[int]:
    """The units whose own plans the person may bring in; an enterprise makes none."""
    return frozenset() if user.access.is_enterprise else user.access.held_unit_ids
