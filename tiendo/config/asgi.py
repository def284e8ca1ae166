"""The ASGI application: pages, API and the open event streams in one process."""

import asyncio
import os
import warnings
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiendo.config.settings")
# WhiteNoise hands out files as plain iterators; Django reads them whole, which is right for files this small.
warnings.filterwarnings("ignore", "StreamingHttpResponse must consume synchronous iterators")

AT_ONCE = 16

Scope = dict[str, Any]
Channel = Callable[..., Awaitable[Any]]
Application = Callable[[Scope, Channel, Channel], Awaitable[None]]


class InTurn:
    """Lets a bounded number of requests work at once; the others wait in the order they came.

    Each request works in a thread of its own. Two hundred of them fighting for SQLite's one writer are many times
    slower than sixteen, and some would wait past its patience. Event streams only listen, so they do not count.
    """

    def __init__(self, application: Application, at_once: int) -> None:
        self._application = application
        self._places = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Channel, send: Channel) -> None:
        if scope["type"] != "http" or _is_stream(scope):
            await self._application(scope, receive, send)
            return
        async with self._places:
            await self._application(scope, receive, send)


def _is_stream(scope: Scope) -> bool:
    """A browser that opens an event stream says so in its Accept header."""
    return any(name == b"accept" and b"text/event-stream" in value for name, value in scope["headers"])


application = InTurn(get_asgi_application(), AT_ONCE)
