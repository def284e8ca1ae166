"""What a period's report tells of the register of difficulties: kinds, causes and counts (R021, R085)."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils.timezone import make_aware
from django.utils.translation import override

from tiendo.oversight.models import Difficulty
from tiendo.reporting.models import Period
from tiendo.reporting.papers.consolidation import ObstacleLine


def obstacle_lines(period: Period) -> list[ObstacleLine]:
    """Every kind of which something stood, came or went, as it was when the period's data ended; one query.

    What was sent, removed or withdrawn on a later day changes nothing, so an early and a late report say the same.
    """
    start, end = _midnight(period.data_from), _midnight(period.data_to)
    sent = Difficulty.objects.filter(plan=period.plan_id, sent_at__lt=end).exclude(state=Difficulty.State.DRAFT)
    standing = Q(ended_at=None) | Q(ended_at__gte=end)
    counts = {
        "standing": Count("pk", filter=standing),
        "objective": Count("pk", filter=standing & Q(cause_kind=Difficulty.Cause.OBJECTIVE)),
        "raised": Count("pk", filter=Q(sent_at__gte=start)),
        "removed": Count("pk", filter=Q(state=Difficulty.State.REMOVED, ended_at__gte=start, ended_at__lt=end)),
    }
    rows = {row["kind"]: row for row in sent.order_by().values("kind").annotate(**counts)}
    with override(settings.LANGUAGE_CODE):
        return [_line(str(kind.label), rows[kind]) for kind in Difficulty.Kind if _says(rows.get(kind))]


def _says(row: Mapping[str, Any] | None) -> bool:
    return row is not None and any(row[name] for name in ("standing", "raised", "removed"))


def _line(label: str, row: Mapping[str, Any]) -> ObstacleLine:
    return ObstacleLine(label, row["standing"], row["objective"], row["raised"], row["removed"])


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
