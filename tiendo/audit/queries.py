"""Reading the log and checking it where it is stored."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from tiendo.audit.chain import GENESIS, Break, BreakKind, Entry, first_break
from tiendo.audit.models import ChainHead, Event

SUBJECTS_AT_ONCE = 500


@dataclass(frozen=True)
class Head:
    """The last event's number and hash: what a release or an issued report prints."""

    seq: int
    hash: str


def events_about(subject: str) -> QuerySet[Event]:
    """Events that name this subject, oldest first. Ask only for a subject the reader may see."""
    return Event.objects.filter(subject=subject).order_by("seq")


def events_about_all(subjects: Collection[str], *, acts: Collection[str]) -> Iterator[tuple[str, str, str, datetime]]:
    """(subject, act, actor, moment) of the events of these acts about any of the subjects, by index and in batches, so
    that a log of millions is not walked through. Ask only for subjects the reader may see."""
    known = sorted(subjects)
    for start in range(0, len(known), SUBJECTS_AT_ONCE):
        events = Event.objects.filter(subject__in=known[start : start + SUBJECTS_AT_ONCE], act__in=acts)
        yield from events.order_by().values_list("subject", "act", "actor", "at").iterator()


def events_about_any(subjects: Collection[str]) -> list[Event]:
    """Every event that names one of the subjects, oldest first. Ask only for subjects the reader may see."""
    known = sorted(subjects)
    batches = (known[start : start + SUBJECTS_AT_ONCE] for start in range(0, len(known), SUBJECTS_AT_ONCE))
    return sorted((event for batch in batches for event in Event.objects.filter(subject__in=batch)), key=_seq)


def _seq(event: Event) -> int:
    return event.seq


def head() -> Head:
    """The head of the chain now; seq 0 when nothing has been recorded."""
    row = ChainHead.objects.first()
    return Head(row.seq, row.hash) if row else Head(0, GENESIS)


def find_break() -> Break | None:
    """The first place where the stored chain fails, or None. Recomputes every hash, so it takes a while.

    The head is read first and later events are left out, so it runs while others write and takes no lock.
    """
    last = Event.objects.order_by("seq").last()
    until = head()
    if until.seq == 0 and last is not None:
        return Break(BreakKind.HEAD, last.seq)
    events = Event.objects.filter(seq__lte=until.seq).order_by("seq")
    return first_break(map(entry_of, events.iterator(chunk_size=2000)), head_seq=until.seq, head_hash=until.hash)


def entry_of(event: Event) -> Entry:
    """The event as the chain's arithmetic sees it."""
    return Entry(event.seq, event.at, event.actor, event.act, event.subject, event.detail, event.prev_hash, event.hash)
