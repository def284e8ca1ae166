from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, must_hold, no
from tiendo.plans.models import Task
from tiendo.plans.states import WorkState
from tiendo.reporting.models import Duty, Entry, Evidence, Period, Submission


def can_manage_periods(user: User) -> Decision:
    """Periods are set, opened and closed by the coordinator."""
    return must_hold(user, Role.COORDINATOR)


def can_urge(user: User) -> Decision:
    return must_hold(user, Role.COORDINATOR)


def can_urge_task(user: User, task: Task) -> Decision:
    """What a decision has stopped, nobody is urged about."""
    allowed = can_urge(user)
    if allowed and task.state == WorkState.CANCELLED:
        return no(_("Nhiệm vụ đã dừng nên không đôn đốc nữa."))
    return allowed


def can_consolidate(user: User) -> Decision:
    return must_hold(user, Role.COORDINATOR)


def can_draft_entry(user: User, duty: Duty) -> Decision:
    """People of the unit write its report while the period is open."""
    if duty.unit_id not in user.access.held_unit_ids:
        return no(_("Chỉ cán bộ và thủ trưởng của đơn vị mới nhập báo cáo của đơn vị."))
    return _period_open(duty.period)


def can_send_duty(user: User, duty: Duty) -> Decision:
    """Nothing leaves the unit without its head, or a recorded delegate (R018)."""
    if duty.unit_id not in user.access.headed_unit_ids:
        return no(_("Báo cáo phải được thủ trưởng đơn vị hoặc người được ủy quyền phê duyệt và gửi."))
    return _period_open(duty.period)


def can_review_duty(user: User, duty: Duty) -> Decision:
    """The coordinator accepts or returns; never the one who sent."""
    allowed = must_hold(user, Role.COORDINATOR)
    if not allowed:
        return allowed
    if duty.sent_by_id == user.pk:
        return no(_("Bạn đã gửi báo cáo này; người khác của cơ quan đầu mối phải tiếp nhận."))
    return _period_open(duty.period)


def can_review_entry(user: User, entry: Entry, submission: Submission) -> Decision:
    """As for the duty, and never the one who wrote or sent the entry."""
    allowed = can_review_duty(user, entry.duty)
    if not allowed:
        return allowed
    if user.pk in (submission.submitted_by_id, submission.drafted_by_id):
        return no(_("Bạn đã soạn hoặc gửi nội dung này; người khác phải tiếp nhận."))
    return YES


def can_read_issued(user: User) -> Decision:
    """The consolidated report names every unit's work: for those who read everything."""
    if user.access.reads_everything:
        return YES
    return no(_("Báo cáo tổng hợp dành cho cơ quan đầu mối, lãnh đạo và thanh tra."))


def can_open_evidence(user: User, evidence: Evidence) -> Decision:
    """The unit opens what it attached; a reader of everything only what the head has sent (R018)."""
    entry = evidence.entry
    if entry.duty.unit_id in user.access.held_unit_ids:
        return YES
    sent = entry.submissions.values_list("evidence_ids", flat=True)
    if user.access.reads_everything and any(evidence.pk in ids for ids in sent):
        return YES
    return no(_("Minh chứng này chưa được đơn vị gửi."))


def _period_open(period: Period) -> Decision:
    if period.opened_at is None:
        return no(_("Kỳ báo cáo này chưa mở."))
    if period.closed_at is not None:
        return no(_("Kỳ báo cáo này đã khóa số liệu."))
    return YES
