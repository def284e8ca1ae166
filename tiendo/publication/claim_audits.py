"""Published audits of claims as the public reads them: rates through the guard, and the frame to draw again from."""

from collections.abc import Mapping
from typing import Any

from tiendo.evaluation.claims import framed_claims
from tiendo.evaluation.models import AuditedClaim, ClaimAudit
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file
from tiendo.publication.guard import public_rows

AUDIT = "id title claimed_from claimed_to frame_sha256 frame_size design seed seed_source framed_at drawn_at result"
CLAIM = "place stratum unit__name drawn finding task__code task__title"


def published_audits() -> list[Mapping[str, Any]]:
    """The newest first."""
    audits = ClaimAudit.objects.filter(published_at__isnull=False).order_by("-published_at", "-pk")
    return public_rows(audits, *AUDIT.split())


def find_audit(pk: int) -> Mapping[str, Any] | None:
    """One of them, or None."""
    return next((row for row in published_audits() if row["id"] == pk), None)


def claims_drawn(pk: int) -> list[dict[str, Any]]:
    """What was drawn and found, in the order of the frame; a task kept from the public has neither code nor title."""
    hidden = _hidden_codes()
    rows = public_rows(AuditedClaim.objects.filter(audit=pk).order_by("place"), *CLAIM.split())
    nameless = {"task__code": None, "task__title": None}
    return [{**row, **nameless} if row["task__code"] in hidden else dict(row) for row in rows]


def frame_file(pk: int) -> bytes | None:
    """The frozen frame byte for byte, as it was hashed; None when a task it names was since kept from the public."""
    audit = ClaimAudit.objects.select_related("frame").get(pk=pk, published_at__isnull=False)
    named = {claim.key for claim in framed_claims(audit)}
    return None if named & _hidden_codes() else read_file(audit.frame)


def _hidden_codes() -> set[str]:
    return set(Task.objects.filter(not_public_reason__isnull=False).values_list("code", flat=True))
