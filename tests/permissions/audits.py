"""Audits of claims at their stages: a frame waiting for its seed, claims drawn and found, and one concluded."""

import struct
import zlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import NOON, World, make_duty, make_entry, make_period, make_plan, make_submission, make_task
from tiendo.evaluation.actions import audits
from tiendo.evaluation.models import AuditedClaim, ClaimAudit
from tiendo.evaluation.sampling import Design
from tiendo.evaluation.states import Finding
from tiendo.plans.models import Plan

DONE = {"state": "completed", "completed_on": date(2026, 5, 20)}


@dataclass(frozen=True)
class Audits:
    """One waits for its seed, one has a claim given to Dũng, one can be concluded, one published."""

    plan: Plan
    framed: ClaimAudit
    drawn: ClaimAudit
    found: ClaimAudit
    concluded: ClaimAudit
    published: ClaimAudit
    claim: AuditedClaim


def set_audits(world: World) -> Audits:
    plans = [_claimed(world, f"kh-55{number}") for number in range(5)]
    titles = ("một", "hai", "ba", "bốn", "năm")
    framed, drawn, found, concluded, published = (
        _framed(plan, world, title) for plan, title in zip(plans, titles, strict=True)
    )
    for audit in (drawn, found, concluded, published):
        audits.draw_audit(audit=audit, seed="84213", by=world.chi, at=NOON)
        audits.assign_checker(claim=audit.claims.get(), checker=world.dung, by=world.chi, at=NOON)
    for audit in (found, concluded, published):
        looked = {"finding": Finding.CONFIRMED, "text": "Đã xem tại chỗ.", "data": photo(), "name": "anh.png"}
        audits.record_finding(claim=audit.claims.get(), by=world.dung, at=NOON, **looked)  # type: ignore[arg-type]
    for audit in (concluded, published):
        audits.conclude_audit(audit=audit, by=world.chi, at=NOON)
    audits.publish_audit(audit=published, by=world.decision_maker, at=NOON)
    return Audits(_claimed(world, "kh-559"), framed, drawn, found, concluded, published, drawn.claims.get())


def _claimed(world: World, code: str) -> Plan:
    """A plan one task of which unit A reported as done."""
    plan = make_plan(world.province, code)
    task = make_task(plan, by=world.chi, lead=world.unit_a, **DONE)  # type: ignore[arg-type]
    entry = make_entry(make_duty(make_period(plan), world.unit_a), task, saved_by=world.an, percent=100, **DONE)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    return plan


def _framed(plan: Plan, world: World, title: str) -> ClaimAudit:
    days = {"first": date(2026, 1, 1), "until": date(2027, 1, 1)}
    words = {"title": f"Đợt {title}", "seed_source": "Xổ số ngày 15/01/2027"}
    return audits.frame_audit(plan=plan, design=Design(), by=world.chi, at=NOON, **words, **days)  # type: ignore[arg-type]


def photo() -> bytes:
    """The smallest picture there is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def audit_places(stage: Audits) -> dict[str, tuple[Any, ...]]:
    return {
        "evaluation:audit-detail": (stage.drawn.pk,),
        "evaluation:audit-draw": (stage.framed.pk,),
        "evaluation:audit-conclude": (stage.found.pk,),
        "evaluation:audit-publish": (stage.concluded.pk,),
        "evaluation:audit-frame-file": (stage.drawn.pk,),
        "evaluation:claim-check": (stage.claim.pk,),
        "evaluation:claim-assign": (stage.claim.pk,),
        "portal:claim-audit": (stage.published.pk,),
        "portal:claim-audit#unpublished": (stage.concluded.pk,),
        "portal:claim-audit-frame": (stage.published.pk,),
        "evaluation:claim-file": (stage.found.claims.get().pk,),
    }


def typed_in_audits(stage: Audits) -> dict[str, dict[str, Any]]:
    days = {"first": "2026-01-01", "until": "2027-01-01", "margin": "10", "confidence": "0.95", "by_risk": "5"}
    words = {"title": "Đợt mới", "seed_source": "Xổ số ngày 20/01/2027"}
    return {
        "evaluation:audit-frame": {"plan": stage.plan.pk, **days, **words},
        "evaluation:audit-draw": {"seed": "84213"},
        "evaluation:claim-assign": {"checker": "dung"},
        "evaluation:claim-check": {
            "finding": "refuted",
            "text": "Chưa có công trình.",
            "file": SimpleUploadedFile("anh.png", photo()),
        },
    }
