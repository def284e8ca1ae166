"""An illustrative audit of claims: the frame, the seed, people of other units who went to look, and what they saw."""

from datetime import date, datetime, timedelta
from functools import partial

from tiendo.accounts.models import User
from tiendo.config.sample.world import Agenda, World
from tiendo.evaluation.actions import audits
from tiendo.evaluation.claim_rules import can_check_claim
from tiendo.evaluation.models import AuditedClaim, ClaimAudit
from tiendo.evaluation.sampling import Design
from tiendo.evaluation.states import Finding
from tiendo.plans.models import Plan

SEED = "84213"
LOOKERS = ("so-tu-phap", "so-xay-dung", "so-y-te", "so-dt-tg")
# What every sixth and every eleventh claim of the frame turns out to be; the rest holds.
HOLDS = (Finding.CONFIRMED, "Đã xem hồ sơ nghiệm thu và kết quả tại chỗ; đúng như báo cáo (minh họa).")
PARTLY = (Finding.PARTLY, "Mới bàn giao một phần; hai xã chưa dùng được (minh họa).")
WRONG = (Finding.REFUTED, "Chưa có văn bản nghiệm thu; sản phẩm còn là dự thảo (minh họa).")


def schedule(world: World, agenda: Agenda, plan: Plan, *, now: datetime) -> None:
    """Framed three weeks ago, drawn when the seed came out, looked at since, published the day before yesterday."""
    agenda.add(now - timedelta(days=21), partial(_frame, world, agenda, plan, now=now))


def _frame(world: World, agenda: Agenda, plan: Plan, at: datetime, *, now: datetime) -> None:
    audit = audits.frame_audit(
        plan=plan,
        title=f"Kiểm tra báo cáo hoàn thành năm {now.year} (minh họa)",
        first=date(now.year, 1, 1),
        until=date(now.year + 1, 1, 1),
        seed_source="Năm số cuối giải đặc biệt xổ số kiến thiết, kỳ quay tuần sau (minh họa)",
        design=Design(by_risk=3),
        by=world.coordinator,
        at=at,
    )
    agenda.add(now - timedelta(days=14), partial(_look, world, agenda, audit))
    agenda.add(now - timedelta(days=2), partial(_publish, world, audit))


def _look(world: World, agenda: Agenda, audit: ClaimAudit, at: datetime) -> None:
    audits.draw_audit(audit=audit, seed=SEED, by=world.coordinator, at=at)
    for place, claim in enumerate(audit.claims.order_by("place")):
        checker = _checker(world, claim, place)
        audits.assign_checker(claim=claim, checker=checker, by=world.coordinator, at=at)
        agenda.add(at + timedelta(days=1 + place % 8), partial(_find, claim, checker))


def _find(claim: AuditedClaim, checker: User, at: datetime) -> None:
    finding, text = _seen(claim)
    audits.record_finding(claim=claim, finding=finding, text=text, by=checker, at=at)


def _checker(world: World, claim: AuditedClaim, place: int) -> User:
    """Taken in turn; whoever had a part in the task is passed over."""
    people = [world.officer(LOOKERS[(place + turn) % len(LOOKERS)]) for turn in range(len(LOOKERS))]
    return next(person for person in people if can_check_claim(person, claim))


def _seen(claim: AuditedClaim) -> tuple[Finding, str]:
    if claim.place % 11 == 0:
        return WRONG
    return PARTLY if claim.place % 6 == 0 else HOLDS


def _publish(world: World, audit: ClaimAudit, at: datetime) -> None:
    audits.conclude_audit(audit=audit, by=world.coordinator, at=at)
    audits.publish_audit(audit=audit, by=world.leader, at=at)
