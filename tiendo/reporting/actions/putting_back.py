"""What was opened again and not sent again stands as it was accepted: draft and status are put back.

Called by the acts that send, or end a reopening, under the lock of the report; they record it.
"""

from collections.abc import Iterable

from tiendo.reporting.models import VALUE_FIELDS, Entry, Submission
from tiendo.reporting.queries import values_of
from tiendo.reporting.workflow import Act, EntryStatus, after


def put_back(entries: Iterable[Entry], *, only_unchanged: bool = False) -> list[Entry]:
    """Put back those with an accepted word and none waiting, to the newest accepted; the entries put back.

    With `only_unchanged` a draft that says something new is left alone: the unit is about to send it.
    """
    waiting = [entry for entry in entries if entry.status == EntryStatus.RETURNED]
    accepted = Submission.objects.filter(entry__in=waiting, verdict=Submission.Verdict.ACCEPTED).order_by("number")
    last = {row.entry_id: row for row in accepted}
    found = []
    for entry in waiting:
        row = last.get(entry.pk)
        if row is not None and (not only_unchanged or _same(entry, row)):
            _restore(entry, row)
            found.append(entry)
    return found


def _same(entry: Entry, row: Submission) -> bool:
    backing = entry.evidence.filter(removed_at=None).values_list("pk", flat=True)
    return values_of(entry) == values_of(row) and set(backing) == set(row.evidence_ids)


def _restore(entry: Entry, row: Submission) -> None:
    entry.status = after(EntryStatus(entry.status), Act.PUT_BACK).value
    for name in VALUE_FIELDS:
        setattr(entry, name, getattr(row, name))
    entry.writer_ids = []
    entry.revision += 1  # a page still open over the unsent words is told that they are gone
    entry.save(update_fields=["status", "revision", "writer_ids", *VALUE_FIELDS])
    kept = entry.evidence.filter(pk__in=row.evidence_ids)
    entry.evidence.filter(removed_at=None).exclude(pk__in=row.evidence_ids).update(removed_at=row.decided_at)
    kept.update(removed_at=None)
