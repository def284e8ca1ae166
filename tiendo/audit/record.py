"""The one way into the log."""

import re
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
    _require_transaction()
    _require_form(act, subject, actor)
    stored = {name: plain(value) for name, value in detail.items()}
    head = _locked_head()
    seq = head.seq + 1
    own_hash = event_hash(head.hash, seq, iso(at), actor, act, subject, stored)
    event = Event.objects.create(
        seq=seq, at=at, actor=actor, act=act, subject=subject, detail=stored, prev_hash=head.hash, hash=own_hash
    )
    ChainHead.objects.filter(pk=head.pk).update(seq=seq, hash=own_hash)
    return event


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
