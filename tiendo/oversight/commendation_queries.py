"""The register of commendations, for readers and the unit commended (R045)."""

from django.db.models import QuerySet

from tiendo.accounts.models import User
from tiendo.oversight.models import Commendation, Pilot, PilotRecord


def commendations_visible_to(user: User) -> QuerySet[Commendation]:
    """A unit sees its own; who steers or inspects sees all."""
    rows = Commendation.objects.select_related("plan", "unit")
    if not user.access.reads_everything:
        rows = rows.filter(unit_id__in=user.access.held_unit_ids)
    return rows


def pilots_visible_to(user: User) -> QuerySet[Pilot]:
    """With what each row shows."""
    return Pilot.objects.visible_to(user).select_related("plan", "unit", "supervisor", "task")


def records_of(pilot: Pilot) -> QuerySet[PilotRecord]:
    return pilot.records.select_related("recorded_by", "file").order_by("happened_on", "pk")
