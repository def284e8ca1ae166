from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no
from tiendo.orgs.models import Unit
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
    Stay,
    Submission,
    UnitReport,
)
from tiendo.reporting.models.duties import lying_above
from tiendo.reporting.routing import writers_of
from tiendo.reporting.workflow import DESK_WORDS, Desk, DeskAct, EntryStatus, Party, may_move


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


def can_keep_unit_report(user: User, duty: Duty) -> Decision:
    """People of the unit, and the coordinator, turn what was sent into a paper; they change nothing in it."""
    if duty.unit_id in user.access.held_unit_ids:
        return YES
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
    here = _with_the_officers(duty)
    return _open_or_reopened(duty, task, at) if here else here


def can_send_duty(user: User, duty: Duty, *, at: datetime | None = None) -> Decision:
    """Nothing leaves the unit without its head, or who signs in the head's place (R018); nobody signs what they wrote.

    In the head's place: a recorded delegate, the substitute, and where the report lies there the superior.
    """
    if not _may(user, duty, DeskAct.SEND):
        return no(_("Báo cáo phải được thủ trưởng đơn vị hoặc người được ủy quyền phê duyệt và gửi."))
    if user.pk in writers_of(duty):
        return no(str(_WROTE))
    return _open_or_reopened(duty, None, at)


def can_forward_duty(user: User, duty: Duty, *, at: datetime | None = None) -> Decision:
    """People of the unit lay it before whoever approves next; an approver passes on what they did not write."""
    stay = Stay.objects.find_open(duty)
    if not may_move(_desk(stay), DeskAct.FORWARD, parties(user, duty, stay)):
        return no(_("Chỉ người đang giữ báo cáo mới trình tiếp được."))
    if stay is not None and stay.desk == Desk.APPROVER and user.pk in writers_of(duty):
        return no(str(_WROTE))
    return _open_or_reopened(duty, None, at)


def can_push_back_duty(user: User, duty: Duty, *, at: datetime | None = None) -> Decision:
    """Whoever is to approve it lets the officers correct it first."""
    if not _may(user, duty, DeskAct.PUSH_BACK):
        return no(_("Chỉ người đang xét duyệt báo cáo mới chuyển lại để sửa được."))
    return _open_or_reopened(duty, None, at)


def can_recall_duty(user: User, duty: Duty, *, at: datetime | None = None) -> Decision:
    """People of the unit take it back as long as nobody above has passed it on."""
    if not _may(user, duty, DeskAct.RECALL):
        return no(_("Chỉ người của đơn vị mới rút lại được báo cáo đang trình."))
    return _open_or_reopened(duty, None, at)


def can_note_document(user: User, duty: Duty) -> Decision:
    """The unit says by which paper it sent the same report (R060), once it has sent it."""
    if duty.unit_id not in user.access.held_unit_ids:
        return no(_("Chỉ người của đơn vị mới ghi số văn bản của báo cáo."))
    if duty.sent_at is None:
        return no(_("Hãy gửi báo cáo trước, rồi ghi số văn bản."))
    return YES


def can_set_approval_steps(user: User, unit: Unit) -> Decision:
    """The unit's head says whose approval comes before his own; so may the administrator."""
    if unit.pk in user.access.headed_unit_ids or holds(user, Role.ADMINISTRATOR):
        return YES
    return no(_("Các bước duyệt do thủ trưởng đơn vị hoặc quản trị đặt."))


def can_read_inside(user: User, duty: Duty) -> bool:
    """Whether somebody sees what is being written: people of the unit, and the superior on whose desk it lies."""
    if duty.unit_id in user.access.held_unit_ids:
        return True
    return bool(user.access.signing_unit_ids) and lying_above(user).filter(pk=duty.pk).exists()


def parties(user: User, duty: Duty, stay: Stay | None) -> frozenset[Party]:
    """What the person is to the report where it lies; whoever stands in for an approver is the approver."""
    access = user.access
    approves = stay is not None and stay.desk == Desk.APPROVER and stay.user_id in _stands_for(user)
    signs_above = stay is not None and stay.desk == Desk.PARENT and stay.unit_id in access.signing_unit_ids
    held = {
        Party.PERSON: duty.unit_id in access.held_unit_ids,
        Party.APPROVER: approves,
        Party.HEAD: duty.unit_id in access.headed_unit_ids,
        Party.PARENT: signs_above,
        Party.COORDINATOR: holds(user, Role.COORDINATOR),
    }
    return frozenset(party for party, is_one in held.items() if is_one)


_WROTE = gettext_lazy(
    "Bạn đã soạn nội dung sắp gửi nên không tự phê duyệt; thủ trưởng khác, người thay hoặc cấp trên sẽ ký."
)


def _stands_for(user: User) -> set[int]:
    return {user.pk, *(post.user_id for post in user.posts_today)}


def _may(user: User, duty: Duty, act: DeskAct) -> bool:
    stay = Stay.objects.find_open(duty)
    return may_move(_desk(stay), act, parties(user, duty, stay))


def _desk(stay: Stay | None) -> Desk | None:
    return Desk(stay.desk) if stay else None


def _with_the_officers(duty: Duty) -> Decision:
    """While it lies before somebody to be approved nobody changes it, or they would sign what they have not seen.

    Reports read in a list by `models.desks.with_desks` bring their desk with them.
    """
    known: list[Stay] | None = getattr(duty, "open_stays", None)
    stay = Stay.objects.find_open(duty) if known is None else next(iter(known), None)
    if stay is None or stay.desk in (Desk.OFFICER, Desk.COORDINATOR):
        return YES
    holder = stay.user.full_name if stay.user else _(DESK_WORDS[Desk(stay.desk)])
    return no(_("Báo cáo đang trình %(holder)s nên chưa sửa được; hãy rút lại trước khi sửa.") % {"holder": holder})


def can_review(user: User) -> Decision:
    """Reading the queue of what waits, and answering it, is the coordinator's."""
    return must_hold(user, Role.COORDINATOR)


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
    if _claimed(user, submission):
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


def can_answer_part(user: User, part: Part, *, at: datetime | None = None) -> Decision:
    """Officers and heads of the coordinating unit say what they think of their own part; the answer names them."""
    allowed = can_withdraw_dispute(user, part)
    return _open_or_reopened(part.entry.duty, part.entry.task, at) if allowed else allowed


def can_settle_part(user: User, disputed_by: int | None, claim: Submission) -> Decision:
    """The coordinator settles a dispute, in a closed period too since it bars later reports; never the one who raised
    it, nor one who wrote or sent the claim."""
    allowed = must_hold(user, Role.COORDINATOR)
    if allowed and disputed_by == user.pk:
        return no(_("Bạn đã nêu ý kiến này; người khác của cơ quan đầu mối phải xử lý."))
    if allowed and _claimed(user, claim):
        return no(_("Bạn đã soạn hoặc gửi nội dung này; người khác của cơ quan đầu mối phải xử lý."))
    return allowed


def can_withdraw_dispute(user: User, part: Part) -> Decision:
    """Who disputes lets it go at any time: a dispute bars later reports after its own period was closed."""
    if part.unit_id in user.access.held_unit_ids:
        return YES
    return no(_("Chỉ người của cơ quan phối hợp được hỏi mới trả lời về phần việc này."))


def _claimed(user: User, sent: Submission) -> bool:
    return user.pk in (sent.submitted_by_id, sent.drafted_by_id, *sent.writer_ids)


def can_remark(user: User, entry: Entry, *, at: datetime | None = None) -> Decision:
    """The unit and the coordinator talk about what was sent, until it is accepted."""
    if entry.duty.unit_id not in user.access.held_unit_ids and not holds(user, Role.COORDINATOR):
        return no(_("Chỉ đơn vị báo cáo và cơ quan đầu mối trao đổi về nội dung này."))
    if entry.status == EntryStatus.ACCEPTED:
        return no(_("Nội dung này đã được tiếp nhận nên không trao đổi thêm."))
    return _open_or_reopened(entry.duty, entry.task, at)


def can_ask_extension(user: User, task: Task) -> Decision:
    """The head of the unit that leads asks to move its deadline; nothing leaves the unit without its head (R018)."""
    leads = Assignment.objects.in_force().filter(task=task, role=Assignment.Role.LEAD)
    if not leads.answered_by(user.access.headed_unit_ids).exists():
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
    """What was sent under a reopening may be answered after its time is over; the closing counts its own moment."""
    closed_at = duty.period.closed_at
    return closed_at is not None and sent_at is not None and sent_at > closed_at


def _period_open(period: Period) -> Decision:
    if period.opened_at is None:
        return no(_("Kỳ báo cáo này chưa mở."))
    if period.closed_at is not None:
        return no(_("Kỳ báo cáo này đã khóa số liệu."))
    return YES
