"""Numbers of the overview kept until the log tells of something new, so that many readers cost one count.

The log is the measure, since every act is recorded in its own transaction: the same head means the same numbers.
Drafts are recorded too but change no official number.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.audit.queries import Head, head

T = TypeVar("T")
DRAFTS = ("reporting.entry.save", "reporting.entry.add_evidence", "reporting.entry.remove_evidence")


def scope_of(user: User) -> Hashable:
    """What decides which tasks a person sees: people of one scope see the same."""
    return "all" if user.access.reads_everything else user.access.held_unit_ids


@dataclass
class _Kept(Generic[T]):
    value: T
    head: Head


class Keeper(Generic[T]):
    """The most recent values by key, each valid while nothing but drafts was recorded since it was worked out."""

    def __init__(self, most: int = 128) -> None:
        self.most = most
        self.kept: OrderedDict[Hashable, _Kept[T]] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """The kept value, or a new one. The head is read before the value is worked out, so it is never too new."""
        now = head()
        with self.lock:
            known = self.kept.get(key)
        if known is not None and _still_true(known.head, now):
            known.head = now
            return known.value
        value = work_out()
        if now.seq:
            self._keep(key, _Kept(value, now))
        return value

    def _keep(self, key: Hashable, kept: _Kept[T]) -> None:
        with self.lock:
            self.kept[key] = kept
            self.kept.move_to_end(key)
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)


def _still_true(then: Head, now: Head) -> bool:
    if then == now:
        return True
    if now.seq <= then.seq:
        return False
    # The same number with another hash is another log: a restored copy, or a new home.
    since = Event.objects.filter(seq__gt=then.seq, seq__lte=now.seq).exclude(act__in=DRAFTS)
    return Event.objects.filter(seq=then.seq, hash=then.hash).exists() and not since.exists()
