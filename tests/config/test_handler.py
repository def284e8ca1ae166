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


async def ask(application: PooledHandler, address: str) -> tuple[int, bytes]:
    """Status and body."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": address,
        "headers": [(b"host", b"testserver")],
        "query_string": b"",
    }
    spoken: Any = ApplicationCommunicator(application, scope)
    await spoken.send_input({"type": "http.request", "body": b"", "more_body": False})
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
