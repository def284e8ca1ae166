"""What is still undone in a period: what its report would lack if issued now, and what closing it would cut off."""

from dataclasses import asdict, dataclass
from typing import Any

from tiendo.reporting.disputes import disputed_tasks
from tiendo.reporting.models import Entry, Part, Period
from tiendo.reporting.parts import PartState
from tiendo.reporting.workflow import EntryStatus


@dataclass(frozen=True)
class Gaps:
    """Units that have not sent, by name; items waiting for a decision; items returned and not sent again; items
    over whose task a dispute stands; coordinating units still to be heard."""

    units: tuple[str, ...]
    waiting: int
    returned: int
    disputed: int = 0
    unheard: int = 0

    def __bool__(self) -> bool:
        return bool(self.units or self.waiting or self.returned or self.disputed or self.unheard)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"units": list(self.units)} if self else {}


def gaps_of(period: Period) -> Gaps:
    """Counted as they stand now, in five queries."""
    units = period.duties.filter(first_sent_at=None).order_by("unit__sort_key").values_list("unit__name", flat=True)
    parts = Part.objects.filter(entry__duty__period=period)
    entries = Entry.objects.filter(duty__period=period)
    return Gaps(
        units=tuple(units),
        waiting=entries.filter(status=EntryStatus.SUBMITTED).count(),
        returned=entries.filter(status=EntryStatus.RETURNED).count(),
        disputed=entries.exclude(status=EntryStatus.DRAFT).filter(task__in=disputed_tasks()).count(),
        unheard=parts.filter(state=PartState.ASKED).count(),
    )
