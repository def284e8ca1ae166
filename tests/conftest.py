"""What every test gets: a small province to act in, no way out to the network, warnings as errors."""

import gc
import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests.factories import (
    NOON,
    World,
    make_duty,
    make_period,
    make_plan,
    make_task,
    make_world,
)
from tiendo.accounts.models import User
from tiendo.plans.models import Plan, Task
from tiendo.reporting.models import Duty, Period

# The same examples on every machine and day, however fast, so that a change is judged by what it
# changed; `make fuzz` is for luck.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis.settings.load_profile("suite")

DATABASE = {"db", "transactional_db", "django_db_setup"}


class NetworkUsed(OSError):
    """A test tried to leave this machine. An OSError, so that libraries close the socket they had opened."""


def _is_here(address: Any) -> bool:
    """Unix sockets, loopback addresses and the name of this machine."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def connect_here(self: socket.socket, address: Any) -> Any:
        if not _is_here(address):
            raise NetworkUsed(f"tests stay on this machine; refused: {address!r}")
        return connect(self, address)

    return connect_here


def pytest_configure(config: pytest.Config) -> None:
    """Close the network and compile the English catalogue before anything is imported by a test."""
    socket.socket.connect = _guarded(socket.socket.connect)  # type: ignore[method-assign]
    socket.socket.connect_ex = _guarded(socket.socket.connect_ex)  # type: ignore[method-assign]
    _compile(Path(__file__).parent.parent / "tiendo/locale/en/LC_MESSAGES/django.po")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks a database: the rest would say again what it said on SQLite. Slow tests go first,
    so that no worker is left alone with one at the end."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        config.hook.pytest_deselected(items=[item for item in items if not _asks_a_database(item)])
        items[:] = [item for item in items if _asks_a_database(item)]
    items.sort(key=lambda item: item.get_closest_marker("slow") is None or _empties(item))


def pytest_collection_finish() -> None:
    """What stands now stands to the end: twelve thousand tests need not be looked through at each rubbish collection,
    which took a seventh of the time."""
    gc.collect()
    gc.freeze()


def _empties(item: pytest.Item) -> bool:
    """Whether the test leaves the tables empty behind it: pytest-django puts such tests last."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ())


def _asks_a_database(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", "both"))
    return marked or not DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


def _compile(source: Path) -> None:
    """As scripts/setup.sh does, for whoever changed a message after that; safe with several workers at once."""
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        return
    own = source.with_suffix(f".{os.getpid()}.mo")
    with source.open("rb") as read, own.open("wb") as written:
        write_mo(written, read_po(read, locale="en"))
    own.replace(compiled)


@pytest.fixture(autouse=True)
def _vietnamese_again() -> Iterator[None]:
    """A request in English leaves its language behind in the thread; the next request sets its own, a test may not."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def now() -> datetime:
    """The moment the tests take place: noon in Vietnam, 1 July 2026."""
    return NOON


@pytest.fixture
def world(db: None) -> World:
    """Two departments, the coordinator, the committee, and everyone who plays a part; see `World`."""
    return make_world()


@pytest.fixture
def plan(world: World) -> Plan:
    """A plan of the province with one version and one group, no task yet."""
    return make_plan(world.province)


@pytest.fixture
def task(world: World, plan: Plan) -> Task:
    """A task led by unit A, due at the end of 2026, answered for by Bình and worked on by An."""
    return make_task(plan, by=world.chi, lead=world.unit_a, head=world.binh, officer=world.an)


@pytest.fixture
def period(plan: Plan) -> Period:
    """A period open at NOON and due two weeks after."""
    return make_period(plan)


@pytest.fixture
def duty(world: World, period: Period) -> Duty:
    """Unit A owes a report for the period."""
    return make_duty(period, world.unit_a)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which the given person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
