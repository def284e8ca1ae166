from datetime import datetime

from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no
from tiendo.plans.models import Assignment, Task
from tiendo.plans.states import WorkState
from tiendo.reporting.models import (
    Duty,
    Entry,
    Evidence,
    ExtensionRequest,
    IssuedReport,
    Part,
    Period,
    Submission,
    UnitReport,
)
from tiendo.reporting.workflow import EntryStatus


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


def can_write_report(user: User, period: Period) -> Decision:
    """The coordinator edits the words of the consolidated report from the opening of the period on."""
    allowed = can_consolidate(user)
    if allowed and period.opened_at is None:
        return no(_("Kỳ báo cáo này chưa mở."))
    return allowed


def can_keep_templates(user: User) -> Decision:
    """The template of the consolidated report is the coordinator's."""
    return must_hold(user, Role.COORDINATOR)


def can_note_national(user: User) -> Decision:
    """Copying to the national system is the coordinator's work."""
    return must_hold(user, Role.COORDINATOR)


def can_draft_entry(user: User, duty: Duty, task: Task | None = None, *, at: datetime | None = None) -> Decision:
    """People of the unit write its report while the period is open, or what of it was opened again.

    `task` None asks whether anything may be written; without `at` a closed period is closed, reopened or not.
    """
    if duty.unit_id not in user.access.held_unit_ids:
        return no(_("Chỉ cán bộ và thủ trưởng của đơn vị mới nhập báo cáo của đơn vị."))
    return _open_or_reopened(duty, task, at)


def can_send_duty(user: User, duty: Duty, *, at: datetime | None = None) -> Decision:
    """Nothing leaves the unit without its head, or a recorded delegate (R018)."""
    if duty.unit_id not in user.access.headed_unit_ids:
        return no(_("Báo cáo phải được thủ trưởng đơn vị hoặc người được ủy quyền phê duyệt và gửi."))
    return _open_or_reopened(duty, None, at)


def can_review_duty(user: User, duty: Duty, *, at: datetime | None = None) -> Decision:
    """The coordinator accepts or returns; never the one who sent."""
    allowed = must_hold(user, Role.COORDINATOR)
    if not allowed:
        return allowed
    if duty.sent_by_id == user.pk:
        return no(_("Bạn đã gửi báo cáo này; người khác của cơ quan đầu mối phải tiếp nhận."))
    if _sent_after_closing(duty, duty.sent_at):
        return YES
    return _open_or_reopened(duty, None, at)


def can_review_entry(user: User, entry: Entry, submission: Submission, *, at: datetime | None = None) -> Decision:
    """As for the duty, and never the one who wrote or sent the entry; in a closed period, only what was opened again
    or sent after the closing."""
    allowed = can_review_duty(user, entry.duty, at=at)
    if not allowed:
        return allowed
    if user.pk in (submission.submitted_by_id, submission.drafted_by_id):
        return no(_("Bạn đã soạn hoặc gửi nội dung này; người khác phải tiếp nhận."))
    if _sent_after_closing(entry.duty, submission.submitted_at):
        return YES
    return _open_or_reopened(entry.duty, entry.task, at)


def can_reopen(user: User) -> Decision:
    """The coordinator opens a report, or one task of it, again after the period was closed."""
    return must_hold(user, Role.COORDINATOR)


def can_keep_programme(user: User) -> Decision:
    """The Party committee's work programme is entered by the coordinator."""
    return must_hold(user, Role.COORDINATOR)


def can_read_issued(user: User) -> Decision:
    """The consolidated report names every unit's work: for those who read everything."""
    if user.access.reads_everything:
        return YES
    return no(_("Báo cáo tổng hợp dành cho cơ quan đầu mối, lãnh đạo và thanh tra."))


def can_bring_signed(user: User, paper: IssuedReport | UnitReport) -> Decision:
    """A signed consolidated report is brought back by the coordinator, a unit's own by its head (R050)."""
    if isinstance(paper, IssuedReport):
        return can_consolidate(user)
    if paper.duty.unit_id in user.access.headed_unit_ids:
        return YES
    return no(_("Bản ký của đơn vị do thủ trưởng đơn vị hoặc người được ủy quyền đưa lên."))


def can_open_evidence(user: User, evidence: Evidence) -> Decision:
    """The unit opens what it attached; a reader of everything only what the head has sent (R018)."""
    entry = evidence.entry
    if entry.duty.unit_id in user.access.held_unit_ids:
        return YES
    sent = entry.submissions.values_list("evidence_ids", flat=True)
    if user.access.reads_everything and any(evidence.pk in ids for ids in sent):
        return YES
    return no(_("Minh chứng này chưa được đơn vị gửi."))


def can_answer_part(user: User, part: Part) -> Decision:
    """Officers and heads of the coordinating unit say what they think of their own part; the answer names them."""
    if part.unit_id not in user.access.held_unit_ids:
        return no(_("Chỉ người của cơ quan phối hợp được hỏi mới trả lời về phần việc này."))
    return _period_open(part.entry.duty.period)


def can_settle_part(user: User, part: Part, disputed_by: int | None) -> Decision:
    """The coordinator settles a dispute; never the one who raised it."""
    allowed = must_hold(user, Role.COORDINATOR)
    if allowed and disputed_by == user.pk:
        return no(_("Bạn đã nêu ý kiến này; người khác của cơ quan đầu mối phải xử lý."))
    return _period_open(part.entry.duty.period) if allowed else allowed


def can_remark(user: User, entry: Entry) -> Decision:
    """The unit and the coordinator talk about what was sent, until it is accepted."""
    if entry.duty.unit_id not in user.access.held_unit_ids and not holds(user, Role.COORDINATOR):
        return no(_("Chỉ đơn vị báo cáo và cơ quan đầu mối trao đổi về nội dung này."))
    if entry.status == EntryStatus.ACCEPTED:
        return no(_("Nội dung này đã được tiếp nhận nên không trao đổi thêm."))
    return _period_open(entry.duty.period)


def can_ask_extension(user: User, task: Task) -> Decision:
    """The head of the unit that leads asks to move its deadline; nothing leaves the unit without its head (R018)."""
    leads = Assignment.objects.in_force().filter(task=task, role=Assignment.Role.LEAD)
    if not leads.filter(unit_id__in=user.access.headed_unit_ids).exists():
        return no(_("Chỉ thủ trưởng cơ quan chủ trì mới đề nghị gia hạn nhiệm vụ này."))
    if task.state in (WorkState.COMPLETED, WorkState.CANCELLED):
        return no(_("Nhiệm vụ đã kết thúc nên không gia hạn nữa."))
    if task.due_on is None:
        return no(_("Nhiệm vụ này không có ngày hết hạn để gia hạn."))
    return YES


def can_advise_extension(user: User) -> Decision:
    return must_hold(user, Role.COORDINATOR)


def can_decide_extension(user: User, request: ExtensionRequest | None = None) -> Decision:
    """The decision-maker says yes or no; never the one who asked."""
    allowed = must_hold(user, Role.DECISION_MAKER)
    if allowed and request is not None and request.asked_by_id == user.pk:
        return no(_("Bạn đã đề nghị gia hạn; người khác có thẩm quyền phải quyết định."))
    return allowed


def _open_or_reopened(duty: Duty, task: Task | None, at: datetime | None) -> Decision:
    """The period is open, or a reopening in force covers the task (any of the report, for None)."""
    allowed = _period_open(duty.period)
    if allowed or duty.period.closed_at is None or at is None:
        return allowed
    if duty.reopenings.open(at).covering(task).exists():
        return YES
    return no(_("Kỳ báo cáo này đã khóa số liệu; nội dung này chưa được mở lại.")) if task else allowed


def _sent_after_closing(duty: Duty, sent_at: datetime | None) -> bool:
    """What was sent under a reopening may be answered after its time is over."""
    closed_at = duty.period.closed_at
    return closed_at is not None and sent_at is not None and sent_at >= closed_at


def _period_open(period: Period) -> Decision:
    if period.opened_at is None:
        return no(_("Kỳ báo cáo này chưa mở."))
    if period.closed_at is not None:
        return no(_("Kỳ báo cáo này đã khóa số liệu."))
    return YES
