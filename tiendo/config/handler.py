"""How a request reaches its view: whole, in one thread of a small pool."""

from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

AT_ONCE = 16


class PooledHandler(ASGIHandler):
    """Django's handler, with middleware and view run together in a thread that is kept, as its connection is.

    Left to itself Django makes a thread and a connection for each request and crosses between the event loop and
    that thread at every middleware, which costs more than an empty page does. A bounded number works at once and the
    others wait in the order they came: two hundred threads fighting for SQLite's one writer are many times slower
    than sixteen. What is streamed after the view has answered (events, long files) holds no place in the pool.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """Everything synchronous; asynchronous views still run on the event loop."""
        super().load_middleware(is_async=False)
        pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="tiendo-request")
        self._in_pool = sync_to_async(self._answer, thread_sensitive=False, executor=pool)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await self._in_pool(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            # Django closes in a thread of its own choosing; ours gives a pooled connection back here.
            close_old_connections()
