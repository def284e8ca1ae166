"""One thread for one request, a bounded number at once, and asynchronous views on the event loop all the same."""

import asyncio
import threading
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from tiendo.config import handler
from tiendo.config.handler import PooledHandler

seen: dict[str, list[Any]] = {"threads": [], "busy": []}
busy = 0
lock = threading.Lock()


def marking(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware that notes its thread."""

    def middleware(request: HttpRequest) -> HttpResponse:
        seen["threads"].append(threading.current_thread().name)
        return get_response(request)

    return middleware


def plain(request: HttpRequest) -> HttpResponse:
    """Notes its thread and how many are at work with it."""
    global busy
    seen["threads"].append(threading.current_thread().name)
    with lock:
        busy += 1
        seen["busy"].append(busy)
    time.sleep(0.05)
    with lock:
        busy -= 1
    return HttpResponse("ok")


async def streamed(request: HttpRequest) -> StreamingHttpResponse:
    loop = asyncio.get_running_loop()

    async def parts() -> Any:
        yield "the same loop" if asyncio.get_running_loop() is loop else "another loop"

    return StreamingHttpResponse(parts())


def broken(request: HttpRequest) -> HttpResponse:
    raise LookupError("no such thing")


urls = ModuleType("urls")
urls.urlpatterns = [path("plain/", plain), path("streamed/", streamed), path("broken/", broken)]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _own_pages(settings: Any) -> None:
    settings.ROOT_URLCONF = urls
    settings.MIDDLEWARE = [f"{__name__}.marking", f"{__name__}.marking"]
    for notes in seen.values():
        notes.clear()


async def ask(
    application: PooledHandler, address: str, query: bytes = b"", sent: tuple[bytes, ...] = (b"",)
) -> tuple[int, bytes]:
    """Status and body of the answer to a body sent in those pieces."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": address,
        "headers": [(b"host", b"testserver")],
        "query_string": query,
    }
    spoken: Any = ApplicationCommunicator(application, scope)
    for number, piece in enumerate(sent, 1):
        await spoken.send_input({"type": "http.request", "body": piece, "more_body": number < len(sent)})
    status, body = (await spoken.receive_output())["status"], b""
    while (part := await spoken.receive_output()).get("more_body"):
        body += part["body"]
    await spoken.wait()
    return status, body + part.get("body", b"")


def test_a_request_stays_in_one_thread_of_the_pool() -> None:
    assert asyncio.run(ask(PooledHandler(), "/plain/")) == (200, b"ok")
    assert len(seen["threads"]) == 3
    assert len(set(seen["threads"])) == 1
    assert seen["threads"][0].startswith("tiendo-request")


def test_a_bounded_number_works_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handler, "AT_ONCE", 3)

    async def many() -> list[tuple[int, bytes]]:
        application = PooledHandler()
        return await asyncio.gather(*(ask(application, "/plain/") for _ in range(12)))

    assert asyncio.run(many()) == [(200, b"ok")] * 12
    assert max(seen["busy"]) == 3


def test_an_asynchronous_view_streams_on_the_loop_it_was_called_in() -> None:
    assert asyncio.run(ask(PooledHandler(), "/streamed/")) == (200, b"the same loop")


def test_a_broken_view_is_answered(caplog: pytest.LogCaptureFixture) -> None:
    status, _body = asyncio.run(ask(PooledHandler(), "/broken/"))
    assert status == 500
    assert "no such thing" in caplog.text


def test_a_body_longer_than_any_upload_is_cut_off_before_it_is_kept(settings: Any) -> None:
    settings.TIENDO_MAX_UPLOAD_BYTES = 1000
    most = 1000 * handler.ROOM_FOR
    assert asyncio.run(ask(PooledHandler(), "/plain/", sent=(b"x" * most,)))[0] == 200
    seen["threads"].clear()
    assert asyncio.run(ask(PooledHandler(), "/plain/", sent=(b"x" * most, b"x", b"x")))[0] == 413
    assert not seen["threads"]


@pytest.mark.parametrize(("pieces", "heard"), [(1, 1), (4, 4), (9, 9), (90, 12)])
def test_who_sends_too_much_is_heard_out_within_bounds(pieces: int, heard: int) -> None:
    """Kept are 2,000 letters, thrown away at most 10,000 more: a browser shows an answer only when it could send."""
    taken = 0

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": b"x" * 1000, "more_body": taken < pieces}

    async def all_of_it() -> None:
        body = handler._Bounded(receive, 2000)
        while (await body.receive()).get("more_body"):
            pass
        if body.is_too_long:
            await body.hear_out(10_000)

    asyncio.run(all_of_it())
    assert taken == heard


@pytest.mark.parametrize(("address", "query"), [("/plain/\0", b""), ("/plain/", b"q=a%00b")])
def test_a_nul_in_an_address_is_refused(address: str, query: bytes) -> None:
    assert asyncio.run(ask(PooledHandler(), address, query))[0] == 400
    assert not seen["threads"]
