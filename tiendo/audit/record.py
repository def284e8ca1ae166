"""The one way into the log."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connections, router, transaction

from tiendo.audit.chain import event_hash, iso, plain
from tiendo.audit.models import ChainHead, Event

_ACT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){2}")
_SUBJECT = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*:\S.*")


class BrokenLog(Exception):
    """The log holds events but has lost its head: writing on would hide what happened."""


def record(*, act: str, subject: str, actor: str, at: datetime, **detail: object) -> Event:
    """Append one event in the caller's transaction, so that the act and its record stand or fall together.

    `act` is room.noun.act, `subject` is room.noun:id. Detail takes text, whole numbers, booleans, None, Decimal,
    dates, aware times, and lists and dicts of them. Writers queue on the head until the first one commits; call it
    after the act's own rows are locked and written.

    Raises TransactionManagementError outside a transaction, TypeError for floats and unknown values, ValueError for
    an act or subject of another form.
    """
    return record_all([Fact(act, subject, detail)], actor=actor, at=at)[0]


@dataclass(frozen=True)
class Fact:
    """One of several things done in one act; the parts are those of `record`."""

    act: str
    subject: str
    detail: Mapping[str, object] = field(default_factory=dict)


def record_all(facts: Iterable[Fact], *, actor: str, at: datetime) -> list[Event]:
    """As `record`, for everything one person did at one moment: the same events, in a constant number of queries."""
    given = [(fact, {name: plain(value) for name, value in fact.detail.items()}) for fact in facts]
    _require_transaction()
    for fact, _detail in given:
        _require_form(fact.act, fact.subject, actor)
    if not given:
        return []
    head = _locked_head()
    seq, last, events = head.seq, head.hash, list[Event]()
    for fact, detail in given:
        seq, before = seq + 1, last
        last = event_hash(before, seq, iso(at), actor, fact.act, fact.subject, detail)
        named = {"seq": seq, "at": at, "actor": actor, "act": fact.act, "subject": fact.subject}
        events.append(Event(**named, detail=detail, prev_hash=before, hash=last))
    Event.objects.bulk_create(events, batch_size=500)
    ChainHead.objects.filter(pk=head.pk).update(seq=seq, hash=last)
    return events


def _require_transaction() -> None:
    if not connections[router.db_for_write(Event)].in_atomic_block:
        raise transaction.TransactionManagementError(
            "record() writes in the transaction of the act it records; call it inside transaction.atomic"
        )


def _require_form(act: str, subject: str, actor: str) -> None:
    if not _ACT.fullmatch(act):
        raise ValueError(f"an act reads room.noun.act, not {act!r}")
    if not _SUBJECT.fullmatch(subject):
        raise ValueError(f"a subject reads room.noun:id, not {subject!r}")
    if not actor:
        raise ValueError("an event names its actor")


def _locked_head() -> ChainHead:
    heads = ChainHead.objects.select_for_update()
    head = heads.first()
    if head is None:
        # A new or emptied database: whoever comes second waits here, then locks the row the first one made.
        ChainHead.objects.bulk_create([ChainHead()], ignore_conflicts=True)
        head = heads.get()
    # Asked under the lock, so that another writer's first event is not taken for a lost head.
    if head.seq == 0 and Event.objects.exists():
        raise BrokenLog("the log holds events but has lost its head")
    return head
