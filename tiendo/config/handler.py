"""How a request reaches its view: whole, in one thread of a small pool."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

AT_ONCE = 16

ROOM_FOR = 3  # uploads at their limit: a file somewhat too large still gets its sentence from the form
HEARD_OUT = 20  # uploads at their limit: what is thrown away unread, so that the browser comes to hear the answer
TOO_LONG = "Nội dung gửi lên quá lớn. / The request is too large.\n"
BAD_ADDRESS = "Địa chỉ không hợp lệ. / The address is not valid.\n"


class _Bounded:
    """What is received, until it is too long: then as if the sender had gone away."""

    def __init__(self, receive: Any, most: int) -> None:
        self._receive = receive
        self._left = most
        self.is_too_long = False
        self._is_more = False

    async def receive(self) -> Any:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.is_too_long, self._is_more = True, message.get("more_body", False)
            return {"type": "http.disconnect"}
        return message

    async def hear_out(self, most: int) -> None:
        """Let the sender finish, keeping nothing: a browser shows an answer only when it could send all."""
        while self._is_more and self._left > -most:
            message = await self._receive()
            self._left -= len(message.get("body", b""))
            self._is_more = message["type"] == "http.request" and message.get("more_body", False)


async def _refuse(send: Any, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})


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

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """What no page should have to bear is refused at the door.

        Django keeps a whole body on disk before it asks who sends it, so one that is too long is cut off here; and a
        NUL in an address, which PostgreSQL cannot even be asked about, is nobody's honest question.
        """
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            await _refuse(send, 400, BAD_ADDRESS)
            return
        body = _Bounded(receive, ROOM_FOR * settings.TIENDO_MAX_UPLOAD_BYTES)
        await super().handle(scope, body.receive, send)
        if body.is_too_long:
            await body.hear_out(HEARD_OUT * settings.TIENDO_MAX_UPLOAD_BYTES)
            await _refuse(send, 413, TOO_LONG)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await self._in_pool(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            # Django closes in a thread of its own choosing; ours gives a pooled connection back here.
            close_old_connections()
