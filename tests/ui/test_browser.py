"""The gallery in a real browser: content policy, accessibility, narrow screens, autosave, live parts."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.ui.conftest import Served, wait_for

pytestmark = pytest.mark.browser

RESULT = "textarea[name=result]"
STATUS = "[data-autosave-status]"
OFFER = "[data-autosave-offer]"
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, input, select, textarea')]
  .filter((part) => part.type !== 'hidden')
  .filter((part) => part.checkVisibility() && !part.closest('.skip'))
  .filter((part) => part.getBoundingClientRect().height < 24 || part.getBoundingClientRect().width < 24)
  .map((part) => part.outerHTML)"""


@pytest.fixture
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    """The gallery open on a phone; the test fails when the browser complained."""
    complaints: list[str] = []
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    page.goto(served.address)
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_wider_than_the_screen_and_targets_are_large(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    found = Axe().run(page)
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found.response["violations"]] == []


def test_icons_are_drawn_under_the_policy(page: Page) -> None:
    box = "document.querySelector('.chip use').getBBox().width"
    page.wait_for_function(f"{box} > 0")
    assert page.evaluate(box) > 0


def test_menu_opens_without_script(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(served.address)
    link = page.locator(".fold a", has_text="Báo cáo")
    expect(link).not_to_be_visible()
    page.locator(".fold summary").click()
    expect(link).to_be_visible()
    context.close()


def test_first_tab_reaches_the_skip_link(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_autosave_sends_what_was_typed_and_says_so(page: Page, served: Served) -> None:
    page.fill(RESULT, "Đã nghiệm thu 12 trạm.")
    expect(page.locator(STATUS)).to_contain_text("Đã lưu lúc", timeout=8000)
    assert served.saved[-1]["result"] == ["Đã nghiệm thu 12 trạm."]
    assert page.input_value("input[name=version]") == "2"
    assert page.evaluate("localStorage.getItem('tiendo:gallery')") is None


def test_autosave_keeps_what_the_server_did_not_take(page: Page, served: Served) -> None:
    served.status = 503
    page.fill(RESULT, "Chưa lên được máy chủ.")
    expect(page.locator(STATUS)).to_contain_text("vẫn giữ trên máy này", timeout=8000)
    page.reload()
    expect(page.locator(OFFER)).to_be_visible()
    served.status = 200
    page.locator("[data-restore]").click()
    expect(page.locator(RESULT)).to_have_value("Chưa lên được máy chủ.")
    expect(page.locator(STATUS)).to_contain_text("Đã lưu lúc", timeout=8000)
    page.reload()
    expect(page.locator(OFFER)).not_to_be_visible()


def test_autosave_after_the_session_ended_keeps_the_words(page: Page, served: Served) -> None:
    served.status = 403
    page.fill(RESULT, "Gõ sau khi hết phiên.")
    expect(page.locator(STATUS)).to_contain_text("Phiên làm việc đã hết", timeout=8000)
    page.fill(RESULT, "Gõ sau khi hết phiên, rồi gõ thêm.")
    page.reload()
    page.locator("[data-restore]").click()
    expect(page.locator(RESULT)).to_have_value("Gõ sau khi hết phiên, rồi gõ thêm.")


def test_autosave_sends_when_the_page_is_left(page: Page, served: Served) -> None:
    page.fill(RESULT, "Đóng trang ngay.")
    page.goto("about:blank")
    assert wait_for(lambda: served.saved and served.saved[-1]["result"] == ["Đóng trang ngay."])


def test_a_discarded_copy_is_offered_no_more(page: Page, served: Served) -> None:
    served.status = 503
    page.fill(RESULT, "Bỏ đi.")
    expect(page.locator(STATUS)).to_contain_text("vẫn giữ", timeout=8000)
    page.reload()
    page.locator("[data-discard]").click()
    page.reload()
    expect(page.locator(OFFER)).not_to_be_visible()


def test_live_part_is_asked_for_again_within_two_seconds(page: Page, served: Served) -> None:
    page.wait_for_function("window.htmx")
    served.changed.set()
    expect(page.locator("#live")).to_have_text("refreshed", timeout=2000)
    assert served.refreshed == 1
