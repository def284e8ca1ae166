"""Somebody before a browser: signs in, looks, and notes whatever the browser complains of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

from tiendo.config.sample.story import PASSWORD

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
PATIENCE = 20_000  # milliseconds: a busy machine is no fault of the page
LOCAL = ("data:", "blob:", "about:")


def start_chromium(playwright: Playwright) -> Browser:
    """Debian's Chromium."""
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS.split())


@dataclass
class Visitor:
    """One person's browser, and what it complained of."""

    context: BrowserContext
    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def sign_in(self, username: str) -> Page:
        """Through the form, as everybody does."""
        self.go("/lam-viec/dang-nhap/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.get_by_role("button", name="Đăng xuất").wait_for()
        return self.page

    def listen(self) -> None:
        """Keep every error, every refusal of the content policy, and every request that leaves this house."""
        self.context.on("request", self._sent)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _sent(self, request: Request) -> None:
        if not request.url.startswith((self.address, *LOCAL)):
            self.complaints.append(f"request to another host: {request.url}")

    def _said(self, line: ConsoleMessage) -> None:
        if line.type in {"error", "warning"}:
            self.complaints.append(f"{line.type} on {self.page.url}: {line.text}")


@contextmanager
def visiting(
    browser: Browser, address: str, username: str = "", *, scripts: bool = True, **options: Any
) -> Iterator[Visitor]:
    """A browser of one's own, signed in when a name is given; fails at the end if the browser complained."""
    options = {"viewport": DESK, **options}
    context = browser.new_context(base_url=address, java_script_enabled=scripts, locale="vi-VN", **options)
    context.set_default_timeout(PATIENCE)
    visitor = Visitor(context, context.new_page(), address)
    visitor.listen()
    try:
        if username:
            visitor.sign_in(username)
        yield visitor
    finally:
        context.close()
    assert visitor.complaints == []
