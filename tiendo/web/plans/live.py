"""Open overviews hear within two seconds that something official changed.

One poller in each process reads the head of the log every second and wakes all open streams. It runs only while
somebody listens, and neither it nor a stream keeps a database connection between two looks.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.db import DatabaseError, connections
from django.db.models import Q

from tiendo.audit.models import Event
from tiendo.audit.queries import head

# What changes an official number. Drafts are not among them.
OFFICIAL = (
    Q(act__startswith="plans.task.")
    | Q(act__startswith="reporting.duty.")
    | Q(act__startswith="indicators.target.")
    | Q(act__startswith="indicators.passport.")
    | Q(
        act__in=[
            "budget.money.confirm",
            "budget.spending.record",
            "indicators.observation.accept",
            "plans.version.create",
            "reporting.entry.accept",
            "reporting.entry.return",
            "reporting.period.open",
            "reporting.period.close",
        ]
    )
)
EVERY = 1.0
HEARTBEAT = 15.0
RETRY = "retry: 3000\n\n"
CHANGED = "event: changed\ndata: 1\n\n"
ALIVE = ": .\n\n"

log = logging.getLogger(__name__)
Read = Callable[[int], Awaitable[tuple[bool, int]]]


def news_since(seq: int) -> tuple[bool, int]:
    """Whether anything official happened after that event, and the number of the last event of any kind."""
    last = head().seq
    if last == seq:
        return False, last
    return Event.objects.filter(OFFICIAL, seq__gt=seq, seq__lte=last).exists(), last


def _look(seq: int) -> tuple[bool, int]:
    try:
        return news_since(seq)
    finally:
        connections.close_all()


async def look(seq: int) -> tuple[bool, int]:
    """`news_since` in a thread of its own, which gives its connection back."""
    return await sync_to_async(_look, thread_sensitive=False)(seq)


class Watch:
    """Wakes the listeners of one event loop."""

    def __init__(self, read: Read = look, every: float = EVERY) -> None:
        self.read = read
        self.every = every
        self.bells: set[asyncio.Event] = set()
        self.poller: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def listening(self, seen: int) -> AsyncIterator[asyncio.Event]:
        """A bell that rings for every official change after event `seen`."""
        bell = asyncio.Event()
        self.bells.add(bell)
        try:
            if self.poller is None:
                self.poller = asyncio.create_task(self._poll(seen))
            elif (await self.read(seen))[0]:
                bell.set()
            yield bell
        finally:
            self.bells.discard(bell)
            if not self.bells and self.poller is not None:
                self.poller.cancel()
                self.poller = None

    async def _poll(self, last: int) -> None:
        while True:
            try:
                changed, last = await self.read(last)
            except DatabaseError:
                log.exception("the overview cannot look at the log; trying again")
            else:
                if changed:
                    self._ring()
            await asyncio.sleep(self.every)

    def _ring(self) -> None:
        for bell in self.bells:
            bell.set()


_watches: "WeakKeyDictionary[asyncio.AbstractEventLoop, Watch]" = WeakKeyDictionary()


def watch() -> Watch:
    """The one of the running loop."""
    return _watches.setdefault(asyncio.get_running_loop(), Watch())


async def stream(watch: Watch, seen: int, heartbeat: float = HEARTBEAT) -> AsyncIterator[str]:
    """Server-sent events for one page that shows what was official up to event `seen`; ends when the page goes."""
    async with watch.listening(seen) as bell:
        yield RETRY
        while True:
            try:
                await asyncio.wait_for(bell.wait(), heartbeat)
            except TimeoutError:
                yield ALIVE
            else:
                bell.clear()
                yield CHANGED
