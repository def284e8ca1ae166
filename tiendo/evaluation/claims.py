"""Claims of completion as they stand: the frame of an audit, with the reasons that make a claim worth a look."""

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from tiendo.evaluation.models import AuditedClaim, ClaimAudit
from tiendo.evaluation.sampling import Claim, Design, Looked, frame_of, overall, reliability, strata
from tiendo.evaluation.states import Drawn, Finding
from tiendo.indicators.models import Figure, TaskTie
from tiendo.indicators.speaking import speaking
from tiendo.indicators.states import State
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.plans.storage import read_file
from tiendo.reporting.flags import Code
from tiendo.reporting.models import Part, Submission

LAST_MOMENT = timedelta(days=3)
COPIED = {Code.SAME_AS_BEFORE.value, Code.SAME_AS_OTHER.value}
OWN_REASONS = COPIED | {Code.JUMP.value, Code.NO_EVIDENCE.value}


def claims_made(plan: Plan, *, first: date, until: date) -> list[tuple[Claim, Submission]]:
    """Tasks completed from `first` up to but not including `until` by an accepted report, with that report, by code.

    A constant number of queries.
    """
    tasks = Task.objects.filter(
        plan=plan, state=WorkState.COMPLETED, completed_on__gte=first, completed_on__lt=until
    ).order_by("code")
    reports = _latest_claims(task.pk for task in tasks)
    silent = set(
        Part.objects.filter(entry__task__in=tasks, state=Part.State.SILENT).values_list("entry__task_id", flat=True)
    )
    unmet, refuted = _outcomes_not_met(tasks, until), _refuted_units()
    found = []
    for task in tasks:
        if (report := reports.get(task.pk)) is None:
            continue
        unit = report.entry.duty.unit
        reasons = {
            **_report_risks(report),
            "last_moment": _at_last_moment(task),
            "silent_partner": task.pk in silent,
            "outcome_not_met": task.pk in unmet,
            "refuted_before": unit.pk in refuted,
        }
        found.append((_claim(task, report, unit.code, reasons), report))
    return found


def public_key(task: Task) -> str:
    """What names the claim in the frame, which is published: a code, or for a task kept from the public a digest."""
    if task.not_public_reason is None:
        return task.code
    return "x" + sha256(f"{task.pk}|{task.code}|{task.not_public_reason}".encode()).hexdigest()[:12]


def _claim(task: Task, report: Submission, unit_code: str, reasons: dict[str, bool]) -> Claim:
    return Claim(
        key=public_key(task),
        unit=unit_code,
        claim=f"reporting.submission:{report.pk}",
        completed_on=str(task.completed_on),
        risks=tuple(sorted(name for name, holds in reasons.items() if holds)),
    )


def _latest_claims(task_ids: Iterable[int]) -> dict[int, Submission]:
    """Of each task the last accepted report that says it is done."""
    accepted = Submission.objects.filter(
        entry__task__in=list(task_ids), verdict=Submission.Verdict.ACCEPTED, state=WorkState.COMPLETED
    )
    rows = accepted.select_related("entry__duty__unit").order_by("decided_at", "pk")
    return {row.entry.task_id: row for row in rows}


def _report_risks(report: Submission) -> dict[str, bool]:
    codes = {flag["code"] for flag in report.flags}
    return {
        "no_evidence": not report.evidence_ids,
        "copied": bool(codes & COPIED),
        "jump": Code.JUMP.value in codes,
        "other_flag": bool(codes - OWN_REASONS),
    }


def _at_last_moment(task: Task) -> bool:
    if task.due_on is None or task.completed_on is None:
        return False
    return timedelta(0) <= task.due_on - task.completed_on <= LAST_MOMENT


def _outcomes_not_met(tasks: Iterable[Task], until: date) -> set[int]:
    """Tasks one of whose indicators, at its last figure before that day, stands below its target."""
    ties = TaskTie.objects.filter(task__in=tasks, ended_at=None)
    linked = Figure.objects.filter(indicator__in=ties.values("indicator"), slice="", period_end__lt=until)
    missed = {row.indicator_id for row in speaking(linked).values() if row.state == State.NOT_MET}
    return set(ties.filter(indicator__in=missed).values_list("task", flat=True))


def _refuted_units() -> set[int]:
    refuted = AuditedClaim.objects.filter(finding=Finding.REFUTED, audit__concluded_at__isnull=False)
    return set(refuted.values_list("unit_id", flat=True))


def claim_of(claim: AuditedClaim) -> Submission:
    """The accepted report that claims it."""
    return Submission.objects.select_related("submitted_by").get(pk=int(claim.claim.rpartition(":")[2]))


def framed_before(plan: Plan) -> set[str]:
    """Claims that stand in the frame of an earlier audit of the plan."""
    audits = ClaimAudit.objects.filter(plan=plan).select_related("frame")
    return {claim.claim for audit in audits for claim in framed_claims(audit)}


def reliabilities(
    plan: Plan, year: int, *, answering: Callable[[int], int] = lambda unit: unit
) -> dict[int, dict[str, Any]]:
    """Unit id → what all concluded audits of the year's claims say of it; units of which none was drawn are absent.

    No claim stands in two audits, so what each framed of a unit is a part of its claims, weighing as many as it framed.
    `answering` leads from the unit that made a claim to the one it counts for: parts of units that merged add up.
    """
    audits = ClaimAudit.objects.filter(plan=plan, year=year, concluded_at__isnull=False).order_by("concluded_at")
    looks: dict[int, list[Looked]] = {}
    claims: dict[int, dict[str, int]] = {}
    for audit in audits.select_related("frame").prefetch_related("claims"):
        framed = {code: len(keys) for code, keys in strata(framed_claims(audit)).items()}
        for look in audit.claims.all():
            unit, part = answering(look.unit_id), f"{audit.pk}:{look.stratum}"
            looks.setdefault(unit, []).append(Looked(part, Drawn(look.drawn), Finding(str(look.finding))))
            claims.setdefault(unit, {})[part] = framed[look.stratum]
    confidence = Decimal(audits[0].design["confidence"]) if looks else Decimal("0.95")
    told = {unit: overall(found, claims[unit], confidence=confidence) for unit, found in looks.items()}
    return {unit: found for unit, found in told.items() if found}


def framed_claims(audit: ClaimAudit) -> list[Claim]:
    """The claims as they were frozen, in order."""
    return frame_of(json.loads(read_file(audit.frame)))


def seed_of(audit: ClaimAudit, seed: str) -> str:
    """The published words and the hash of the frame: no seed draws the same from another frame."""
    return f"{seed}|{audit.frame_sha256}"


def rates(audit: ClaimAudit, looks: Iterable[AuditedClaim]) -> dict[str, Any]:
    """Of all claims and of each unit's: the share that holds, with its interval; and what the draw by risk found."""
    design = Design.of(audit.design)
    seen = [Looked(look.stratum, Drawn(look.drawn), Finding(str(look.finding))) for look in looks]
    populations = {unit: len(keys) for unit, keys in strata(framed_claims(audit)).items()}
    by_risk = [look for look in seen if look.drawn == Drawn.RISK]
    units = {
        unit: reliability((look for look in seen if look.unit == unit), population=size, confidence=design.confidence)
        for unit, size in sorted(populations.items())
    }
    refuted = sum(1 for look in by_risk if look.finding != Finding.CONFIRMED)
    return {
        "all": overall(seen, populations, confidence=design.confidence),
        "units": {unit: found for unit, found in units.items() if found},
        "risk": {"checked": len(by_risk), "not_confirmed": refuted},
    }
