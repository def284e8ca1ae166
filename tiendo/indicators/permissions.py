"""Who may do what with indicators and their values."""

from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no
from tiendo.indicators.models import Observation, Passport, PutAside, Source


def can_record_value(user: User, passport: Passport, unit_id: int) -> Decision:
    """An officer or the head of the unit measured or of the indicator's owner, or the coordinator."""
    mine = user.access.held_unit_ids
    if (
        holds(user, Role.COORDINATOR)
        or unit_id in mine
        or (passport.owner_id is not None and passport.owner_id in mine)
    ):
        return YES
    return no(_("Chỉ đơn vị được đo, đơn vị chủ trì chỉ tiêu hoặc cơ quan đầu mối mới ghi số liệu này."))


def can_accept_value(user: User, passport: Passport, observation: Observation) -> Decision:
    """The coordinator, or the head of the unit that owns the indicator; never whoever recorded the value."""
    if not (holds(user, Role.COORDINATOR) or passport.owner_id in user.access.headed_unit_ids):
        return no(_("Số liệu do cơ quan đầu mối hoặc thủ trưởng đơn vị chủ trì chỉ tiêu xác nhận."))
    if observation.recorded_by_id == user.pk:
        return no(_("Bạn đã ghi số liệu này nên người khác phải xác nhận."))
    return YES


def can_open_queue(user: User) -> Decision:
    """Whoever could accept some value has a queue of them."""
    if holds(user, Role.COORDINATOR) or user.access.headed_unit_ids:
        return YES
    return no(_("Số liệu do cơ quan đầu mối hoặc thủ trưởng đơn vị chủ trì chỉ tiêu xác nhận."))


def can_deliver(user: User) -> Decision:
    """Values come from officers and heads of units, and from the coordinator."""
    if holds(user, Role.OFFICER, Role.HEAD, Role.COORDINATOR):
        return YES
    return no(_("Số liệu do cán bộ, thủ trưởng đơn vị hoặc cơ quan đầu mối ghi."))


def can_deliver_from(user: User, source: Source) -> Decision:
    """A source kept by nobody in particular is open to whoever records values; others to their keeper's people."""
    if source.retired_on is not None:
        return no(_("Nguồn này đã thôi dùng; hãy chọn nguồn khác."))
    if source.keeper_id is None or source.keeper_id in user.access.held_unit_ids or holds(user, Role.COORDINATOR):
        return can_deliver(user)
    return no(_("Nguồn này do đơn vị khác giữ; hãy chọn nguồn của đơn vị bạn."))


def can_resolve_aside(user: User, aside: PutAside) -> Decision:
    """Whoever delivered the row, or the coordinator."""
    if aside.batch.received_from_id == user.pk or holds(user, Role.COORDINATOR):
        return YES
    return no(_("Dòng này do người gửi hoặc cơ quan đầu mối xử lý."))


def can_keep_sources(user: User) -> Decision:
    """The list of sources is kept by the coordinator."""
    return YES if holds(user, Role.COORDINATOR) else no(_("Danh mục nguồn số liệu do cơ quan đầu mối giữ."))


def can_see_sources(user: User) -> Decision:
    """How good a source is concerns whoever steers or inspects, and whoever records values."""
    if user.access.reads_everything or holds(user, Role.OFFICER, Role.HEAD):
        return YES
    return no(_("Trang này dành cho người ghi số liệu, cơ quan đầu mối, lãnh đạo và thanh tra."))


def can_define_indicators(user: User) -> Decision:
    """What is measured, and how, is set down by the coordinator, as the signed papers say."""
    return must_hold(user, Role.COORDINATOR)


def can_set_targets(user: User) -> Decision:
    """Baselines, milestones and ends are entered by the coordinator, with the paper each rests on."""
    return must_hold(user, Role.COORDINATOR)


def can_publish_measurement(user: User) -> Decision:
    """A period's results of a programme are published by the coordinator; they are numbered and never changed."""
    return must_hold(user, Role.COORDINATOR)


def can_put_programme_in_force(user: User) -> Decision:
    """A programme binds units and heads, so the decision-maker puts it into force, and ends it."""
    return must_hold(user, Role.DECISION_MAKER)
