"""Who may do what in the registers."""

from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no
from tiendo.orgs.models import Unit
from tiendo.oversight.models import Pilot, RelatedProgramme
from tiendo.oversight.pilot_workflow import PilotParty, PilotStage, pilot_acts
from tiendo.plans.models import Assignment, Task


def can_keep_registers(user: User) -> Decision:
    """Calls for plans, related programmes, pilots and commendations are entered by the coordinator, from a paper."""
    return must_hold(user, Role.COORDINATOR)


def can_enter_unit_plan(user: User, unit: Unit) -> Decision:
    """The people of the unit, or of the one that answers for it today; the coordinator for anybody."""
    if holds(user, Role.COORDINATOR) or unit.pk in user.access.held_unit_ids:
        return YES
    return no(_("Kế hoạch của đơn vị do cán bộ, thủ trưởng đơn vị hoặc cơ quan đầu mối ghi vào sổ."))


def can_review_related(user: User, programme: RelatedProgramme) -> Decision:
    """The result is the reviewing unit's to say."""
    if programme.reviewer_id in user.access.held_unit_ids:
        return YES
    return no(_("Kết quả rà soát do người của cơ quan rà soát ghi."))


def can_answer_security(user: User, task: Task) -> Decision:
    """The people of the lead unit answer for the security of their project (R049)."""
    leads = Assignment.objects.in_force().filter(task=task, role=Assignment.Role.LEAD)
    if leads.answered_by(user.access.held_unit_ids).exists():
        return YES
    return no(_("Danh mục an toàn thông tin do người của cơ quan chủ trì trả lời."))


def pilot_parties(user: User, pilot: Pilot) -> frozenset[PilotParty]:
    """What the person is to the pilot."""
    access = user.access
    held = pilot.unit_id in access.held_unit_ids
    found = {
        PilotParty.OFFICER: held,
        PilotParty.HEAD: pilot.unit_id in access.headed_unit_ids,
        PilotParty.SUPERVISOR: pilot.supervisor_id in access.held_unit_ids,
        PilotParty.COORDINATOR: Role.COORDINATOR in access.roles,
    }
    return frozenset(party for party, is_so in found.items() if is_so)


def can_move_pilot(user: User, pilot: Pilot, act: str) -> Decision:
    """As the table of pilots says for the stage; at a stage where nobody may, the table itself refuses."""
    parties = pilot_parties(user, pilot)
    if any(act in pilot_acts(stage, parties) for stage in PilotStage):
        return YES
    return no(_("Việc này không dành cho bạn đối với nội dung thí điểm này."))
