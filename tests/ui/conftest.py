"""A small server for the gallery under the real content policy, and a browser to look at it."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, sync_playwright

from tests.ui import gallery

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def policy() -> str:
    """The Content-Security-Policy of the settings as a header."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


@dataclass
class Served:
    """A running server: what was saved on it, how it answers, how often the live part was asked for."""

    address: str = ""
    page: str = ""
    status: int = 200
    saved: list[dict[str, list[str]]] = field(default_factory=list)
    refreshed: int = 0
    changed: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)


def handler_of(served: Served) -> type[BaseHTTPRequestHandler]:
    """A request handler bound to one server's state."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Quiet."""

        def answer(self, body: bytes, content_type: str, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Security-Policy", policy())
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            if self.path.startswith("/static/"):
                found = str(finders.find(self.path.removeprefix("/static/")))
                self.answer(Path(found).read_bytes(), TYPES[Path(found).suffix])
            elif self.path == "/live":
                self.stream()
            elif self.path == "/part":
                served.refreshed += 1
                self.answer(b"<p>refreshed</p>", "text/html; charset=utf-8")
            else:
                self.answer(served.page.encode(), "text/html; charset=utf-8")

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            if served.status == 200:
                served.saved.append(form_values(self.rfile.read(length), self.headers["Content-Type"]))
            self.answer(json.dumps({"version": 2}).encode(), "application/json", served.status)

        def stream(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self.wfile.write(b": open\n\n")
            while not served.closing.is_set():
                if served.changed.wait(0.05):
                    served.changed.clear()
                    self.wfile.write(b"event: changed\ndata: 1\n\n")
                    return

    return Handler


def form_values(body: bytes, content_type: str) -> dict[str, list[str]]:
    """The fields of a posted form, however the browser packed them."""
    if "boundary=" not in content_type:
        return parse_qs(body.decode())
    values: dict[str, list[str]] = {}
    for part in body.split(b"--" + content_type.split("boundary=")[1].encode())[1:-1]:
        head, _, value = part.decode().strip("\r\n").partition("\r\n\r\n")
        values.setdefault(head.split('name="')[1].split('"')[0], []).append(value)
    return values


@pytest.fixture
def served() -> Iterator[Served]:
    """The gallery on this machine."""
    state = Served(page=gallery.rendered())
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(state))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.address = f"http://127.0.0.1:{server.server_port}/"
    yield state
    state.closing.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, closed with the module: its event loop must not run in a test that uses the database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS.split())
        yield browser
        browser.close()


def wait_for(condition: Callable[[], object], seconds: float = 8) -> bool:
    """Whether the condition comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
