"""What anybody may see, without signing in: light, readable without scripts, usable by keyboard on a phone."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visitor import PHONE, Visitor, visiting

pytestmark = pytest.mark.browser

MOST_BYTES = 100_000
MOST_TABS = 40
FOCUSED = "document.activeElement.matches({selector!r})"
SEARCH, TASK_LINK = "input[type=search]", "main a[href^='/nhiem-vu/KH']"


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Visitor]:
    with visiting(chromium, address, viewport=PHONE) as visitor:
        yield visitor


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on a match."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED.format(selector=selector)):
            return
    raise AssertionError(f"{MOST_TABS} × Tab never reached {selector}")


def test_first_page_is_light(phone: Visitor) -> None:
    received: list[float] = []
    network = phone.context.new_cdp_session(phone.page)
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    network.send("Network.enable")
    phone.page.goto("/", wait_until="networkidle")
    assert len(received) >= 3  # the page, its styles, its icons
    assert sum(received) < MOST_BYTES


def test_first_page_and_a_task_read_without_scripts(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, scripts=False, viewport=PHONE) as visitor:
        page = visitor.go("/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Kế hoạch")
        expect(page.get_by_text("Hoàn thành đúng hạn").first).to_be_visible()
        page.locator(SEARCH).fill("cua khau thong minh")
        page.locator(SEARCH).press("Enter")
        page.locator(TASK_LINK).first.click()
        for part in ("Tiến độ", "Nguồn lực", "Kết quả"):
            expect(page.get_by_role("heading", name=part, exact=True)).to_be_visible()


def test_a_task_is_found_and_opened_by_keyboard_on_a_phone(phone: Visitor) -> None:
    page = phone.go("/")
    tab_to(page, SEARCH)
    page.keyboard.type("cua khau")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/tim/\?q="))
    tab_to(page, TASK_LINK)
    title = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_every_task_is_reached_in_three_steps(phone: Visitor) -> None:
    """First page → the whole plan → the task: what the plan page links is what the open data holds."""
    page = phone.go("/")
    page.get_by_role("link", name="Theo kế hoạch").click()
    linked = set(page.locator(TASK_LINK).evaluate_all("links => links.map((link) => link.pathname.split('/')[2])"))
    assert linked == open_codes(phone)


def open_codes(visitor: Visitor) -> set[str]:
    """The codes in the open list of tasks."""
    answer = visitor.context.request.get("/du-lieu/nhiem-vu.csv")
    assert answer.ok
    rows = csv.DictReader(io.StringIO(answer.text().removeprefix("\ufeff")))
    codes = {row["ma"] for row in rows}
    assert codes
    return codes
