"""The log as a file that anybody can check with `tiendo_verify.py`: JSON Lines, a header and one event a line.

The header says what should be there, by the head of the chain; the lines say what is there. So a log that was tampered
with in the database is still exported, and the checking program names what is wrong.
"""

import json
from typing import IO

from tiendo.audit.chain import GENESIS, iso
from tiendo.audit.models import Event
from tiendo.audit.queries import Head, head

SCHEMA = "tiendo.log/1"


def write_log(out: IO[str], *, since: int = 1) -> int:
    """Write the events from number `since` up to the head to a text file and return how many lines of events it has.

    Events written meanwhile are left out. Raises ValueError when there is no such event.
    """
    until = head()
    if not 1 <= since <= until.seq:
        raise ValueError(f"the log has events 1 to {until.seq}; it cannot be written from {since}")
    _write_line(out, _header(since, until))
    events = Event.objects.filter(seq__gte=since, seq__lte=until.seq).order_by("seq")
    written = 0
    for event in events.iterator(chunk_size=2000):
        _write_line(out, _line(event))
        written += 1
    return written


def _header(since: int, until: Head) -> dict[str, object]:
    prev = GENESIS if since == 1 else Event.objects.values_list("hash", flat=True).get(seq=since - 1)
    return {
        "schema": SCHEMA,
        "count": until.seq - since + 1,
        "first_seq": since,
        "last_seq": until.seq,
        "prev": prev,
        "head": until.hash,
    }


def _line(event: Event) -> dict[str, object]:
    return {
        "seq": event.seq,
        "at": iso(event.at),
        "actor": event.actor,
        "act": event.act,
        "subject": event.subject,
        "detail": event.detail,
        "prev": event.prev_hash,
        "hash": event.hash,
    }


def _write_line(out: IO[str], value: dict[str, object]) -> None:
    out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
