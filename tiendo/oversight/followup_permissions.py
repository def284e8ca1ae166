"""Who may ask, report and close: the table of `followup_workflow` says which party may do what in which state."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, no
from tiendo.orgs.models import Unit
from tiendo.oversight.answering import answering_unit
from tiendo.oversight.followup_workflow import Act, Party, State, may, move
from tiendo.oversight.inspection_permissions import works_in
from tiendo.oversight.models import Difficulty, FollowUp, FollowUpStep, Inspection, TeamMember

REFUSALS = {
    Act.NOTE: gettext_lazy("Chỉ người của đơn vị được giao mới ghi tiến độ."),
    Act.REPORT: gettext_lazy("Báo cáo đã xong do thủ trưởng đơn vị được giao gửi."),
    Act.ESCALATE: gettext_lazy("Việc quá hạn do hệ thống báo lên theo lịch."),
    Act.REMIND: gettext_lazy("Việc chờ xác nhận do hệ thống nhắc theo lịch."),
    Act.PRESS: gettext_lazy("Việc chờ xác nhận do hệ thống báo lên theo lịch."),
}
_ASKERS = gettext_lazy("Việc này dành cho bên giao việc; người của đơn vị được giao không tự làm.")


def can_direct(user: User) -> Decision:
    """A leader writes a direction; the coordinator records one from a paper or a meeting."""
    if holds(user, Role.COORDINATOR, Role.DECISION_MAKER):
        return YES
    return no(_("Chỉ đạo do người quyết định hoặc cơ quan đầu mối ghi."))


def can_ask(
    user: User, unit: Unit, *, inspection: Inspection | None = None, difficulty: Difficulty | None = None
) -> Decision:
    """Who may give a unit something to do: by the inspection's team or an inspector, else by those who direct; after
    a difficulty also by the head of the authority that decided it. Nobody gives it to their own unit to close it."""
    if not _asks(user, inspection, difficulty):
        return no(str(_ASKERS)) if inspection else can_direct(user)
    if unit.pk in user.access.held_unit_ids:
        return no(_("Bạn là người của đơn vị được giao; người khác phải giao và xác nhận."))
    return YES


def parties(user: User, follow_up: FollowUp) -> frozenset[Party]:
    """What the person is to the item; the unit's successor answers for it, or where its task was handed to. Whoever has
    any post in either, as its coordinator or inspector too, confirms nothing of its work."""
    access = user.access
    unit = answering_unit(follow_up.unit_id, [follow_up.task_id], on=localdate())
    held = {
        Party.OFFICER: unit in access.held_unit_ids,
        Party.HEAD: unit in access.headed_unit_ids,
        Party.ASKER: not (works_in(user, follow_up.unit) or unit in access.held_unit_ids)
        and _asks(user, follow_up.inspection, follow_up.difficulty),
    }
    return frozenset(party for party, is_one in held.items() if is_one)


def can_follow_up(user: User, follow_up: FollowUp, act: Act) -> Decision:
    """Whether the person may do the act now; raises IllegalMove to who may do it in another state."""
    own, state = parties(user, follow_up), State(follow_up.state)
    if not any(may(each, act, own) for each in State):
        return no(str(REFUSALS.get(act, _ASKERS)))
    move(state, act)
    if act == Act.CLOSE and reporter_of(follow_up) == user.pk:
        return no(_("Bạn đã báo cáo việc này; người khác phải xác nhận."))
    return YES


def reporter_of(follow_up: FollowUp) -> int | None:
    """Who last said that it is done."""
    told = FollowUpStep.objects.filter(follow_up=follow_up, act=Act.REPORT).order_by("-at", "-pk")
    return told.values_list("by_id", flat=True).first()


def _asks(user: User, inspection: Inspection | None, difficulty: Difficulty | None) -> bool:
    if inspection is not None:
        in_team = TeamMember.objects.filter(inspection=inspection, user=user, ended_at=None)
        return holds(user, Role.INSPECTOR) or in_team.exists()
    if difficulty is not None and difficulty.authority_id in user.access.headed_unit_ids:
        return True
    return holds(user, Role.COORDINATOR, Role.DECISION_MAKER)
