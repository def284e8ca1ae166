"""Who proposes, consolidates and decides; the tables of `amendment_workflow` say which party may do what when.

In the plan of the province the coordinator consolidates and the decision-maker decides. A department's or a commune's
own plan changes by the same steps inside the unit: its officers consolidate, its head decides.
"""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, no
from tiendo.orgs.models import Unit, UnitKind
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.amendment_workflow import (
    AmendmentAct,
    AmendmentState,
    Party,
    ProposalAct,
    ProposalState,
    amendment_move,
    may_amend,
    may_propose,
    proposal_move,
)
from tiendo.oversight.answering import answering_unit
from tiendo.oversight.models import Amendment, Proposal
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState

STEERING_OWNERS = frozenset({UnitKind.COMMITTEE.value, UnitKind.NATIONAL.value})

_OF_UNIT = gettext_lazy("Việc này dành cho người của đơn vị đề nghị.")
_OF_HEAD = gettext_lazy("Chỉ thủ trưởng đơn vị đề nghị mới ký gửi hoặc rút đề nghị.")
_OF_COORDINATOR = gettext_lazy("Việc này dành cho cơ quan đầu mối của kế hoạch.")
_OF_DECIDER = gettext_lazy("Chỉ người có thẩm quyền quyết định kế hoạch mới làm việc này.")


def is_own_plan(plan: Plan) -> bool:
    """Whether it is the plan of one agency or commune, which that unit itself amends."""
    return plan.owner.kind not in STEERING_OWNERS


def steering_parties(user: User, plan: Plan) -> frozenset[Party]:
    """What the person is to drafts of the plan."""
    access = user.access
    if is_own_plan(plan):
        heads = plan.owner_id in access.headed_unit_ids
        held = {
            Party.COORDINATOR: plan.owner_id in access.held_unit_ids and not heads,
            Party.DECISION_MAKER: heads,
        }
    else:
        held = {
            Party.COORDINATOR: holds(user, Role.COORDINATOR),
            Party.DECISION_MAKER: holds(user, Role.DECISION_MAKER),
        }
    return frozenset(party for party, is_one in held.items() if is_one)


def proposal_parties(user: User, proposal: Proposal) -> frozenset[Party]:
    """What the person is to the proposal."""
    unit = answering_unit(proposal.unit_id, [proposal.task_id], on=localdate())
    works, heads = unit in user.access.held_unit_ids, unit in user.access.headed_unit_ids
    own = {party for party, is_one in ((Party.OFFICER, works), (Party.HEAD, heads)) if is_one}
    return steering_parties(user, proposal.plan) | own


def can_write_proposal(user: User, plan: Plan, unit: Unit, kind: Change, task: Task | None) -> Decision:
    """People of a unit propose for it: anything to add; of a task only who leads it or helps with it."""
    if answering_unit(unit.pk, [task.pk if task else None], on=localdate()) not in user.access.held_unit_ids:
        return no(_("Bạn chỉ đề nghị được cho đơn vị của mình."))
    if task is None:
        return YES
    if task.plan_id != plan.pk or not Task.objects.filter(pk=task.pk).of_units(user.access.held_unit_ids).exists():
        return no(_("Chỉ cơ quan chủ trì hoặc phối hợp của nhiệm vụ mới đề nghị sửa đổi nhiệm vụ ấy."))
    if task.state == WorkState.CANCELLED:
        return no(_("Nhiệm vụ này đã thôi thực hiện."))
    if task.state == WorkState.COMPLETED and kind != Change.CHANGE:
        return no(_("Nhiệm vụ đã hoàn thành nên không gia hạn, chuyển hoặc thôi thực hiện nữa."))
    return YES


def can_propose_for(user: User, task: Task) -> Decision:
    """Whether the person finds a way to propose a change of the task on its page."""
    if task.state == WorkState.CANCELLED:
        return no(_("Nhiệm vụ này đã thôi thực hiện."))
    if Task.objects.filter(pk=task.pk).of_units(user.access.held_unit_ids, "lead", "coordinating").exists():
        return YES
    return no(_("Chỉ cơ quan chủ trì hoặc phối hợp của nhiệm vụ mới đề nghị sửa đổi nhiệm vụ ấy."))


def can_move_proposal(user: User, proposal: Proposal, act: ProposalAct) -> Decision:
    """Whether the person may do the act now; raises IllegalMove to who may do it in another state."""
    own = proposal_parties(user, proposal)
    if not may_propose(act, own):
        return no(str(_refusal(act)))
    move = proposal_move(ProposalState(proposal.state), act)
    return YES if move.by & own else no(str(_OF_HEAD))


def can_draft_amendment(user: User, plan: Plan) -> Decision:
    """Who consolidates in this plan."""
    return YES if Party.COORDINATOR in steering_parties(user, plan) else no(str(_OF_COORDINATOR))


def can_move_amendment(user: User, amendment: Amendment, act: AmendmentAct) -> Decision:
    """Whether the person may do the act now; raises IllegalMove to who may do it in another state."""
    own = steering_parties(user, amendment.plan)
    if not may_amend(act, own):
        deciding = act in (AmendmentAct.RETURN, AmendmentAct.DECIDE, AmendmentAct.REFUSE)
        return no(str(_OF_DECIDER if deciding else _OF_COORDINATOR))
    amendment_move(AmendmentState(amendment.state), act)
    if act == AmendmentAct.DECIDE and amendment.submitted_by_id == user.pk:
        return no(_("Bạn đã trình dự thảo này; người khác có thẩm quyền phải quyết định."))
    return YES


def _refusal(act: ProposalAct) -> object:
    if act in (ProposalAct.RETURN, ProposalAct.REFUSE, ProposalAct.TAKE, ProposalAct.PUT_BACK):
        return _OF_COORDINATOR
    if act in (ProposalAct.DECIDE, ProposalAct.DENY):
        return _OF_DECIDER
    return _OF_UNIT if act == ProposalAct.WRITE else _OF_HEAD
