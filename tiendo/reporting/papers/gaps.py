"""What a consolidated report would still lack if it were issued now."""

from dataclasses import dataclass
from typing import Any

from tiendo.reporting.models import Entry, Period
from tiendo.reporting.workflow import EntryStatus


@dataclass(frozen=True)
class Gaps:
    """Units that have not sent, by name; items waiting for a decision; items returned and not sent again."""

    units: tuple[str, ...]
    waiting: int
    returned: int

    def __bool__(self) -> bool:
        return bool(self.units or self.waiting or self.returned)

    def as_json(self) -> dict[str, Any]:
        return {"units": list(self.units), "waiting": self.waiting, "returned": self.returned} if self else {}


def gaps_of(period: Period) -> Gaps:
    """Counted as they stand now, in three queries."""
    units = period.duties.filter(first_sent_at=None).order_by("unit__sort_key").values_list("unit__name", flat=True)
    entries = Entry.objects.filter(duty__period=period)
    return Gaps(
        units=tuple(units),
        waiting=entries.filter(status=EntryStatus.SUBMITTED).count(),
        returned=entries.filter(status=EntryStatus.RETURNED).count(),
    )
