"""Two workers at the same moment: one message, one digest, one letter."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from tests.factories import NOON, make_world
from tests.notices.test_telling import tell
from tiendo.notices.actions import deliver, gather_digests
from tiendo.notices.kinds import Kind
from tiendo.notices.models import Delivery, Notice

MORNING = NOON + timedelta(hours=20)
WORKERS = 4

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory belongs to one thread"),
]


def at_once(act: Callable[[], object]) -> None:
    """The same act by several workers, who all begin when the last one is ready."""
    ready = Barrier(WORKERS)

    def work(_number: int) -> None:
        ready.wait()
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))


def test_several_who_say_the_same_say_it_once() -> None:
    world = make_world()
    at_once(lambda: tell(world.an, world.binh, kind=Kind.URGING))
    assert Notice.objects.count() == 2
    assert Delivery.objects.count() == 2
    assert Notice.objects.exclude(mail=None).count() == 2


def test_several_who_gather_and_carry_send_one_letter_to_each() -> None:
    world = make_world()
    for key in ("1", "2"):
        tell(world.an, world.binh, key=key)
    at_once(lambda: gather_digests(by=None, at=MORNING))
    assert Delivery.objects.count() == 2
    for delivery in list(Delivery.objects.all()):
        at_once(lambda delivery=delivery: deliver(delivery=delivery, by=None, at=MORNING))  # type: ignore[misc]
    assert sorted(letter.to[0] for letter in mail.outbox) == ["an@vidu.test", "binh@vidu.test"]
    assert all("2 thông báo mới" in str(letter.subject) for letter in mail.outbox)
