"""Reads about imports and their proposals."""

from django.db.models import Count, Q, QuerySet

from tiendo.accounts.models import User
from tiendo.intake.accepting import Accepted
from tiendo.intake.models import Import, ImportQuerySet, Proposal
from tiendo.plans.models import Annex


def imports_for_list(user: User) -> ImportQuerySet:
    """Imports the user may see, with how many proposals each has and how many wait."""
    return (
        Import.objects.visible_to(user)
        .select_related("plan", "version", "annex", "uploaded_by")
        .annotate(total=Count("proposals"), pending=Count("proposals", filter=Q(proposals__decision="pending")))
    )


def find_import_of(sha256: str) -> Import | None:
    """The import of a file with this content that was not discarded."""
    return Import.objects.filter(file__sha256=sha256).exclude(status=Import.Status.DISCARDED).first()


def proposals_for_page(source: Import, *, kind: str | None = None, unsure: bool = False) -> QuerySet[Proposal]:
    proposals = source.proposals.select_related("decided_by")
    if kind:
        proposals = proposals.filter(kind=kind)
    return proposals.filter(sure=False) if unsure else proposals


def accepted_of(source: Import) -> list[Accepted]:
    """What was accepted, as edited or as printed, in the reading's order."""
    rows = source.proposals.filter(decision=Proposal.Decision.ACCEPTED).order_by("position")
    return [Accepted(row.kind, row.key, row.edited or row.printed, row.where) for row in rows]


def missing_annexes() -> QuerySet[Annex]:
    return Annex.objects.filter(document=None).select_related("plan")
