"""Programmes and plans in force that touch this one, and what their review found (R015)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.oversight.models import RelatedProgramme
from tiendo.oversight.register_rules import can_keep_registers, can_review_related
from tiendo.plans.models import Plan


@transaction.atomic
def add_related(
    *,
    plan: Plan,
    number: str,
    title: str,
    reviewer: Unit,
    due_on: date,
    by: User,
    at: datetime,
    issued_on: date | None = None,
) -> RelatedProgramme:
    """Put a programme in the register and say who reviews it, by the end of which day."""
    require(can_keep_registers(by))
    if not number.strip() or not title.strip():
        require(no(_("Hãy ghi số, ký hiệu và tên chương trình, kế hoạch.")))
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if RelatedProgramme.objects.filter(plan=plan, number=number.strip()).exists():
        require(no(_("Văn bản này đã có trong sổ.")))
    made = RelatedProgramme.objects.create(
        plan=plan,
        number=number.strip(),
        title=title.strip(),
        issued_on=issued_on,
        reviewer=reviewer,
        due_on=due_on,
        recorded_by=by,
        recorded_at=at,
    )
    detail = {"plan": plan.code, "number": made.number, "title": made.title, "unit": reviewer.code, "due_on": due_on}
    subject = f"oversight.related_programme:{made.pk}"
    record(act="oversight.related_programme.add", subject=subject, actor=by.username, at=at, **detail)
    return made


@transaction.atomic
def review_related(
    *,
    programme: RelatedProgramme,
    outcome: str,
    reason: str,
    by: User,
    at: datetime,
    replaced_by: str = "",
) -> RelatedProgramme:
    """Say what the review found: keep, amend, replace. Said again, the first day counts and the log keeps both.

    Raises ValueError for another outcome.
    """
    programme = RelatedProgramme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    require(can_review_related(by, programme))
    outcome = RelatedProgramme.Outcome(outcome)
    if outcome != RelatedProgramme.Outcome.KEEP and not reason.strip():
        require(no(_("Hãy ghi lý do, đề xuất khi cần sửa đổi hoặc thay thế.")))
    was = programme.outcome
    programme.outcome, programme.reason, programme.replaced_by = outcome, reason.strip(), replaced_by.strip()
    programme.reviewed_by, programme.reviewed_at = by, programme.reviewed_at or at
    programme.save(update_fields=["outcome", "reason", "replaced_by", "reviewed_by", "reviewed_at"])
    detail = {"was": was, "now": str(outcome), "reason": programme.reason, "replaced_by": programme.replaced_by}
    subject = f"oversight.related_programme:{programme.pk}"
    record(act="oversight.related_programme.review", subject=subject, actor=by.username, at=at, **detail)
    return programme
