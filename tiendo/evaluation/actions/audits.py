"""Audits of claims: freeze the frame, draw by a published seed, look, conclude, publish.

The frame and where the seed will come from are fixed before anybody knows the seed; after that nothing can be chosen.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import YES, Decision, no, require
from tiendo.audit.chain import canonical
from tiendo.audit.record import record
from tiendo.evaluation.claim_rules import can_audit_claims, can_check_claim, can_publish_audit
from tiendo.evaluation.claims import claims_made, framed_before, framed_claims, rates, seed_of
from tiendo.evaluation.models import AuditedClaim, ClaimAudit
from tiendo.evaluation.sampling import Design, draw, frame_data
from tiendo.evaluation.states import Finding
from tiendo.plans.files import inspect_file
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import store_file
from tiendo.reporting.models import Submission


@transaction.atomic
def frame_audit(
    *, plan: Plan, title: str, first: date, until: date, seed_source: str, design: Design, by: User, at: datetime
) -> ClaimAudit:
    """Freeze every claim from `first` up to but not including `until`, and say where the seed will come from.

    A claim stands in one frame only and one audit of a plan runs at a time: no second draw mends what a first one told.

    Raises PermissionDenied with a sentence when there is no claim, no source, or the days are the wrong way round.
    """
    require(can_audit_claims(by))
    plan = Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    if not title.strip() or not seed_source.strip():
        require(no(_("Hãy ghi tên đợt kiểm tra và nguồn của số rút thăm trước khi biết số đó.")))
    if until <= first:
        require(no(_("Ngày cuối phải sau ngày đầu.")))
    if ClaimAudit.objects.filter(plan=plan, concluded_at=None).exists():
        require(no(_("Kế hoạch đang có một đợt kiểm tra chưa kết luận; hãy làm xong đợt đó trước.")))
    before = framed_before(plan)
    claims = [claim for claim, _report in claims_made(plan, first=first, until=until) if claim.claim not in before]
    if not claims:
        require(no(_("Không có báo cáo hoàn thành nào chưa kiểm tra trong khoảng thời gian này.")))
    stored = store_file(canonical(frame_data(claims, design)), extension="json", media_type="application/json", at=at)
    audit = ClaimAudit.objects.create(
        plan=plan,
        title=title.strip(),
        year=first.year,
        claimed_from=first,
        claimed_to=until,
        frame=stored,
        frame_sha256=stored.sha256,
        frame_size=len(claims),
        design=design.as_data(),
        seed_source=seed_source.strip(),
        framed_by=by,
        framed_at=at,
    )
    _record("frame", audit, by, at, frame=stored.sha256, claims=len(claims), seed_source=audit.seed_source)
    return audit


@transaction.atomic
def draw_audit(*, audit: ClaimAudit, seed: str, by: User, at: datetime) -> ClaimAudit:
    """Draw by the seed now known. Done once: a second seed would be a choice."""
    audit = _locked(audit)
    require(can_audit_claims(by))
    if not seed.strip():
        require(no(_("Hãy ghi số rút thăm đúng như nguồn đã công bố.")))
    if audit.drawn_at:
        require(no(_("Đợt này đã rút thăm; không rút lại được.")))
    chosen = draw(framed_claims(audit), Design.of(audit.design), seed=seed_of(audit, seed.strip()))
    claims = _claims_named({each.claim.claim for each in chosen})
    AuditedClaim.objects.bulk_create(
        AuditedClaim(
            audit=audit,
            task_id=claims[each.claim.claim].entry.task_id,
            unit_id=claims[each.claim.claim].entry.duty.unit_id,
            place=each.place,
            stratum=each.claim.unit,
            drawn=each.drawn,
            risk=each.claim.risk(audit.design["risks"]),
            claim=each.claim.claim,
        )
        for each in chosen
    )
    audit.seed, audit.drawn_by, audit.drawn_at = seed.strip(), by, at
    audit.save(update_fields=["seed", "drawn_by", "drawn_at"])
    _record("draw", audit, by, at, seed=audit.seed, drawn=[each.place for each in chosen])
    return audit


@transaction.atomic
def assign_checker(*, claim: AuditedClaim, checker: User, by: User, at: datetime) -> AuditedClaim:
    """Name who looks at a drawn claim: somebody who had no part in it."""
    claim = AuditedClaim.objects.select_for_update().get(pk=claim.pk)
    require(can_audit_claims(by))
    require(can_check_claim(checker, claim))
    claim.checker = checker
    claim.save(update_fields=["checker"])
    name = checker.username
    record(act="evaluation.audited_claim.assign", actor=by.username, at=at, checker=name, **_named(claim))
    return claim


def record_finding(
    *,
    claim: AuditedClaim,
    finding: Finding,
    text: str,
    by: User,
    at: datetime,
    data: bytes | None = None,
    name: str = "",
) -> AuditedClaim:
    """What was seen on the spot, with a photo or paper. It may be said again until the audit is concluded.

    The log keeps each word. Raises `files.RefusedFile` with a sentence for a file that is not what its name says.
    """
    require(can_check_claim(by, claim))
    kind = inspect_file(data, name) if data is not None else None
    with transaction.atomic():
        claim = AuditedClaim.objects.select_for_update(of=("self",)).select_related("audit").get(pk=claim.pk)
        require(_may_find(claim, text, by))
        claim.finding, claim.finding_text, claim.found_by, claim.found_at = finding, text.strip(), by, at
        if data is not None and kind is not None:
            claim.evidence = store_file(data, extension=kind.extension, media_type=kind.media_type, at=at)
            claim.evidence_name = name
        claim.save(update_fields=["finding", "finding_text", "found_by", "found_at", "evidence", "evidence_name"])
        said = {"finding": Finding(finding).value, "text": claim.finding_text, "file": name}
        record(act="evaluation.audited_claim.find", actor=by.username, at=at, **said, **_named(claim))
    return claim


@transaction.atomic
def conclude_audit(*, audit: ClaimAudit, by: User, at: datetime) -> ClaimAudit:
    """Work out the rates once every drawn claim has its finding."""
    audit = _locked(audit)
    require(can_audit_claims(by))
    looks = list(audit.claims.order_by("place"))
    if not looks or audit.concluded_at:
        require(no(_("Đợt kiểm tra chưa rút thăm hoặc đã kết luận.")))
    if waiting := [look.task.code for look in looks if look.finding is None]:
        require(no(_("Còn nhiệm vụ chưa có kết quả kiểm tra: %(codes)s.") % {"codes": ", ".join(waiting[:10])}))
    audit.result, audit.concluded_by, audit.concluded_at = rates(audit, looks), by, at
    audit.save(update_fields=["result", "concluded_by", "concluded_at"])
    _record("conclude", audit, by, at, result=audit.result["all"])
    return audit


@transaction.atomic
def publish_audit(*, audit: ClaimAudit, by: User, at: datetime) -> ClaimAudit:
    """Make the result known; the decision is another's than the conclusion."""
    audit = _locked(audit)
    require(can_publish_audit(by, audit))
    audit.published_at = at
    audit.save(update_fields=["published_at"])
    _record("publish", audit, by, at)
    return audit


def _may_find(claim: AuditedClaim, text: str, by: User) -> Decision:
    if claim.checker_id != by.pk:
        return no(_("Nhiệm vụ này được giao cho người khác kiểm tra."))
    if claim.audit.concluded_at:
        return no(_("Đợt kiểm tra đã kết luận."))
    return YES if text.strip() else no(_("Hãy ghi điều đã thấy khi kiểm tra."))


def _claims_named(names: set[str]) -> dict[str, Submission]:
    ids = [int(name.rpartition(":")[2]) for name in names]
    rows = Submission.objects.filter(pk__in=ids).select_related("entry__duty")
    return {f"reporting.submission:{row.pk}": row for row in rows}


def _locked(audit: ClaimAudit) -> ClaimAudit:
    return ClaimAudit.objects.select_for_update(of=("self",)).select_related("frame").get(pk=audit.pk)


def _record(verb: str, audit: ClaimAudit, by: User, at: datetime, **detail: object) -> None:
    subject = f"evaluation.claim_audit:{audit.pk}"
    record(act=f"evaluation.claim_audit.{verb}", subject=subject, actor=by.username, at=at, title=audit.title, **detail)


def _named(claim: AuditedClaim) -> dict[str, str]:
    """What the log names the claim by."""
    task = Task.objects.only("code").get(pk=claim.task_id)
    return {"subject": f"evaluation.audited_claim:{claim.pk}", "task": task.code}
