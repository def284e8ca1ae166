"""The event stream of the overview: told of official changes, of nothing else, and gone with its page."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import pytest
from asgiref.sync import async_to_sync
from django.db import DatabaseError, transaction
from django.test import AsyncClient

from tests.factories import World
from tiendo.accounts.models import User
from tiendo.audit.queries import head
from tiendo.audit.record import record
from tiendo.web.plans.live import ALIVE, CHANGED, RETRY, Watch, news_since, stream


class Log:
    """A log that grows by hand, for the clockwork that does not care what a log is."""

    def __init__(self) -> None:
        self.seq = 5
        self.looks = 0
        self.away = False

    async def read(self, seq: int) -> tuple[bool, int]:
        self.looks += 1
        if self.away:
            raise DatabaseError
        return self.seq > seq, self.seq


async def listen(watch: Watch, seen: int, count: int, heartbeat: float = 5.0) -> list[str]:
    heard = []
    async for said in stream(watch, seen, heartbeat):
        heard.append(said)
        if len(heard) == count:
            break
    return heard


def test_a_page_that_has_seen_all_hears_of_the_next_change() -> None:
    async def story() -> list[str]:
        log = Log()
        watch = Watch(log.read, every=0.01)
        page = asyncio.create_task(listen(watch, 5, 2))
        await asyncio.sleep(0.05)
        log.seq = 6
        return await asyncio.wait_for(page, 2)

    assert asyncio.run(story()) == [RETRY, CHANGED]


def test_a_page_that_missed_something_hears_at_once() -> None:
    async def story() -> tuple[list[str], list[str]]:
        watch = Watch(Log().read, every=60)
        first = asyncio.create_task(listen(watch, 4, 2))
        second = asyncio.create_task(listen(watch, 3, 2))
        return await asyncio.wait_for(first, 2), await asyncio.wait_for(second, 2)

    assert asyncio.run(story()) == ([RETRY, CHANGED], [RETRY, CHANGED])


def test_a_quiet_stream_is_kept_alive() -> None:
    assert asyncio.run(listen(Watch(Log().read, every=0.01), 5, 3, heartbeat=0.02)) == [RETRY, ALIVE, ALIVE]


def test_all_pages_share_one_poller_which_ends_with_the_last_page() -> None:
    async def story() -> tuple[int, int, bool]:
        log = Log()
        watch = Watch(log.read, every=0.02)
        pages = [asyncio.create_task(listen(watch, 5, 99)) for _ in range(20)]
        await asyncio.sleep(0.11)
        looks, listeners = log.looks, len(watch.bells)
        for page in pages:
            page.cancel()
        await asyncio.gather(*pages, return_exceptions=True)
        return looks, listeners, watch.poller is None and not watch.bells

    looks, listeners, gone = asyncio.run(story())
    assert listeners == 20
    assert looks <= 19 + 8
    assert gone


def test_a_database_that_is_away_for_a_moment_ends_no_stream() -> None:
    async def story() -> list[str]:
        log = Log()
        log.away = True
        watch = Watch(log.read, every=0.01)
        page = asyncio.create_task(listen(watch, 5, 2))
        await asyncio.sleep(0.05)
        log.away, log.seq = False, 6
        return await asyncio.wait_for(page, 2)

    assert asyncio.run(story()) == [RETRY, CHANGED]


@pytest.mark.parametrize(
    ("act", "official"),
    [
        ("plans.task.progress", True),
        ("plans.task.set_deadline", True),
        ("reporting.entry.accept", True),
        ("reporting.duty.send", True),
        ("reporting.entry.save", False),
        ("reporting.entry.submit", False),
        ("accounts.user.create", False),
    ],
)
def test_official_changes_are_news_and_drafts_are_not(db: None, now: datetime, act: str, official: bool) -> None:
    before = head().seq
    with transaction.atomic():
        last = record(act=act, subject="plans.task:kh-57-1", actor="chi", at=now)
    assert news_since(before) == (official, last.seq)
    assert news_since(last.seq) == (False, last.seq)


def test_the_stream_is_for_people_signed_in_and_is_not_buffered_or_kept(
    world: World, client_of: Callable[[User], object]
) -> None:
    async def opened() -> dict[str, str]:
        client = AsyncClient()
        await client.aforce_login(world.an)
        answer = await client.get("/lam-viec/tong-quan/su-kien/?seen=0")
        assert answer.status_code == 200
        assert answer.streaming
        answer.close()
        return dict(answer.headers)

    headers = async_to_sync(opened)()
    assert headers["Content-Type"] == "text/event-stream"
    assert headers["Cache-Control"] == "no-cache"
    assert headers["X-Accel-Buffering"] == "no"
    assert headers["Content-Encoding"] == "identity"
