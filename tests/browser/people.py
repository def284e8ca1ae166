"""Everybody of a story, each in a browser of their own; and what every page on the way must be."""

from contextlib import ExitStack
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.visitor import DESK, PHONE, Visitor, visiting

SIZES = {"360": PHONE, "1280": DESK}


class People:
    """A browser for each person, kept for the module: signing in is not what is tested here."""

    def __init__(self, browser: Browser, address: str, stack: ExitStack) -> None:
        self._browser, self._address, self._stack = browser, address, stack
        self._known: dict[str, Visitor] = {}

    def at(self, name: str, size: str, **options: Any) -> Page:
        """That person's page on a screen of that size; the name "" is anybody's."""
        if name not in self._known:
            self._known[name] = self._stack.enter_context(visiting(self._browser, self._address, name, **options))
        page = self._known[name].page
        page.set_viewport_size({"width": SIZES[size]["width"], "height": SIZES[size]["height"]})
        return page

    def pardon(self, name: str, words: str) -> None:
        """A refused form is no fault of the page, though the browser notes the answer's status: exactly one such."""
        complaints = self._known[name].complaints
        noted = [each for each in complaints if words in each]
        assert len(noted) == 1, complaints
        complaints.remove(noted[0])


def whole(page: Page) -> None:
    """The open page is clean, and no wider than a phone or a desk; it is left as wide as it was."""
    was, found = page.viewport_size or DESK, []
    for name, size in SIZES.items():
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        violations = Axe().run(page).response["violations"]
        found += [f"{name}: {rule['id']} {rule['nodes'][0]['html'][:160]}" for rule in violations]
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{name}: {wide} px wide"] if wide > size["width"] else []
    page.set_viewport_size(was)
    assert found == [], f"{page.url}: {found}"


def said(page: Page, words: str) -> None:
    """The message above the page."""
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def by_keyboard(page: Page, name: str, *, most: int = 120) -> None:
    """Tab on until what has that name (its text, label or value) is focused."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name in str(page.evaluate(NAMED)):
            return
    raise AssertionError(f"the keyboard does not reach {name!r} on {page.url}")


NAMED = """() => { const on = document.activeElement; return [on.textContent, on.getAttribute("aria-label"), on.value,
  ...[...(on.labels || [])].map((label) => label.textContent)].filter(Boolean).join(" | "); }"""
