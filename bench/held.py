"""What the storm acknowledged, held against what the database holds."""

from typing import Any

from bench.storm import Storm
from tiendo.audit.queries import find_break
from tiendo.reporting.models import Duty, Entry, Period, Submission


def held_against(storm: Storm, period: Period) -> dict[str, Any]:
    """Words lost, entries submitted twice or never, reports whose sending was acknowledged and is not there."""
    entries = Entry.objects.filter(duty__period=period).values_list("duty", "task__code", "result")
    stored = {(duty, code): result for duty, code, result in entries}
    lost = [key for key, words in storm.saved.items() if stored.get(key) != words]
    sent = set(Duty.objects.filter(period=period).exclude(sent_at=None).values_list("pk", flat=True))
    rows = Submission.objects.filter(entry__duty__period=period)
    of_entry = list(rows.values_list("entry", flat=True))
    broken = find_break()
    return {
        "stored": len(stored),
        "lost": len(lost) + len(storm.sent - sent),
        "doubled": len(of_entry) - len(set(of_entry)),
        "submitted": len(of_entry),
        "sent": len(sent),
        "break": str(broken) if broken else None,
    }
