"""Who may frame, draw, look at and publish an audit of claims."""

from django.db.models import Q
from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, must_hold, no
from tiendo.evaluation.models import AuditedClaim, ClaimAudit
from tiendo.plans.models import Assignment
from tiendo.reporting.models import Submission


def can_audit_claims(user: User) -> Decision:
    """The coordinator frames and draws; the seed leaves nothing to choose."""
    return must_hold(user, Role.COORDINATOR)


def can_check_claim(user: User, claim: AuditedClaim) -> Decision:
    """Whoever had no part in it: of no unit charged with the task, and not who wrote, sent or accepted the claim."""
    if not user.is_active or not user.access.roles - {Role.INSPECTOR, Role.ADMINISTRATOR}:
        return no(_("Người kiểm tra phải đang giữ chức vụ trong hệ thống; thanh tra và quản trị chỉ xem."))
    own = user.access.held_unit_ids | user.access.unit_ids
    parts = Assignment.objects.filter(task=claim.task_id, unit__isnull=False)
    charged = parts.filter(Q(unit_id__in=own) | Q(pk__in=parts.answered_by(own).values("pk")))
    if claim.unit_id in own or charged.exists():
        return no(_("Người kiểm tra không được thuộc đơn vị tham gia nhiệm vụ này."))
    sent = Submission.objects.get(pk=int(claim.claim.rpartition(":")[2]))
    if user.pk in {*sent.writer_ids, sent.submitted_by_id, sent.decided_by_id, sent.drafted_by_id}:
        return no(_("Người kiểm tra không được là người đã viết, gửi hoặc tiếp nhận báo cáo này."))
    return YES


def can_publish_audit(user: User, audit: ClaimAudit) -> Decision:
    """The decision-maker, once it is concluded by another, and never twice."""
    if not (allowed := must_hold(user, Role.DECISION_MAKER)):
        return allowed
    if audit.concluded_at is None:
        return no(_("Đợt kiểm tra chưa kết luận nên chưa công bố được."))
    if audit.concluded_by_id == user.pk:
        return no(_("Bạn đã kết luận đợt kiểm tra này; người khác có thẩm quyền phải công bố."))
    return no(_("Đợt kiểm tra này đã công bố.")) if audit.published_at else YES
