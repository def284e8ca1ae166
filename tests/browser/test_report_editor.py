"""The officer at the editor of one task: on phone and desk, over a broken link, beside a colleague, without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.visitor import DESK, PHONE, Visitor, visiting
from tiendo.config.sample.story import PASSWORD

pytestmark = pytest.mark.browser

ON_PHONE, AT_DESK = "xay-dung", "vhttdl"  # units that owe two tasks and have not sent them
PAPER = Path(__file__).parent.parent / "documents" / "ke-hoach-nho.txt"
STATUS = "[data-autosave-status]"


def open_entry(page: Page, number: int = 0) -> None:
    """From "Việc của tôi" to one task of the report."""
    page.goto("/lam-viec/")
    page.get_by_role("link", name="Nhập báo cáo").first.click()
    links = page.locator("main li a.button[href*='/nhiem-vu/']")
    addresses = sorted(link.get_attribute("href") or "" for link in links.all())
    page.goto(addresses[number])
    expect(page.get_by_label("Trạng thái thực hiện")).to_be_visible()


def result(page: Page) -> Locator:
    return page.get_by_label("Kết quả trong kỳ")


def saved(page: Page) -> None:
    expect(page.locator(STATUS)).to_contain_text("Đã lưu lúc")


def type_and_wait(page: Page, field: Locator, text: str) -> None:
    """Type, and wait until the server has answered."""
    with page.expect_response(re.compile("/luu/$")) as answer:
        field.fill(text)
    assert answer.value.ok


def drop(page: Page, *files: tuple[str, str]) -> None:
    """Files let go anywhere on the page."""
    page.evaluate(
        """(files) => {
          const data = new DataTransfer();
          for (const [name, text] of files) data.items.add(new File([text], name, { type: "text/plain" }));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        files,
    )


def faults(page: Page) -> list[str]:
    found = [f"{rule['id']} {rule['nodes'][0]['html'][:160]}" for rule in Axe().run(page).response["violations"]]
    size = page.viewport_size or DESK
    if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
        found.append("wider than the screen")
    return found


@pytest.fixture(params=[(ON_PHONE, PHONE), (AT_DESK, DESK)], ids=["360", "1280"])
def place(request: pytest.FixtureRequest) -> tuple[str, dict[str, int]]:
    """A unit and the screen its officer has."""
    found: tuple[str, dict[str, int]] = request.param
    return found


@pytest.fixture
def officer(place: tuple[str, dict[str, int]], chromium: Browser, address: str) -> Iterator[Visitor]:
    options: dict[str, Any] = {"viewport": place[1]}
    with visiting(chromium, address, f"can-bo.{place[0]}", **options) as visitor:
        yield visitor


def test_the_whole_path_of_an_officer(officer: Visitor) -> None:
    """What does not apply is folded away, wrong words are said at their field, evidence is dropped, keys move on."""
    page = officer.page
    open_entry(page)
    first = page.url
    page.get_by_label("Ngày hoàn thành").fill("", force=True)
    page.get_by_label("Trạng thái thực hiện").select_option("in_progress")
    expect(page.get_by_label("Ngày hoàn thành")).to_be_hidden()
    type_and_wait(page, page.get_by_label("Tỷ lệ hoàn thành"), "bốn mươi")
    expect(page.locator("[data-row=percent]")).to_contain_text("Hãy ghi một số")
    expect(page.get_by_label("Tỷ lệ hoàn thành")).to_have_attribute("aria-invalid", "true")
    type_and_wait(page, result(page), "Đã lắp 6 trạm.")
    expect(page.locator(STATUS)).to_contain_text("trừ mục được đánh dấu")
    type_and_wait(page, page.get_by_label("Tỷ lệ hoàn thành"), "40")
    saved(page)
    expect(page.locator("[data-row=percent] .errorlist")).to_be_hidden()
    page.get_by_label("Trạng thái thực hiện").select_option("completed")
    expect(page.get_by_label("Ngày hoàn thành")).to_be_visible()
    expect(page.locator("[data-hints=evidence]")).to_contain_text("Hoàn thành cần minh chứng")
    drop(page, ("bien-ban.txt", "Biên bản nghiệm thu"), ("la.exe", "MZ"))
    expect(page.get_by_role("link", name="bien-ban.txt")).to_be_visible()
    expect(page.locator(".uploads .refused")).to_contain_text("la.exe")
    assert faults(page) == []
    page.get_by_label("Trạng thái thực hiện").select_option("in_progress")
    page.keyboard.press("Control+s")
    saved(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != first)
    expect(page.get_by_role("status").filter(has_text="Đã lưu nội dung báo cáo")).to_be_visible()
    forget(officer, "422")


def forget(visitor: Visitor, *codes: str) -> None:
    """Chromium complains of every answer that is not 200; these are the ones that were meant."""
    visitor.complaints = [line for line in visitor.complaints if not any(f"status of {code}" in line for code in codes)]


def test_a_file_is_chosen_with_the_keyboard_and_sent_again_over_a_broken_link(officer: Visitor) -> None:
    page = officer.page
    open_entry(page)
    page.get_by_text("Thêm minh chứng").first.click()
    broken: list[Route] = []

    def break_once(route: Route) -> None:
        broken.append(route)
        route.abort("connectionreset")

    page.route("**/minh-chung/", break_once, times=1)
    page.get_by_label("Tệp minh chứng").set_input_files(PAPER)
    row = page.locator(".uploads .refused")
    expect(row).to_contain_text("Đường truyền gián đoạn")
    row.get_by_role("button", name="Gửi lại").press("Enter")
    expect(page.get_by_role("link", name=PAPER.name).first).to_be_visible()
    assert len(broken) == 1
    officer.complaints = [line for line in officer.complaints if "ERR_CONNECTION_RESET" not in line]


def test_a_link_that_is_down_is_told_and_caught_up(officer: Visitor) -> None:
    page = officer.page
    open_entry(page)
    page.route("**/luu/", lambda route: route.abort("internetdisconnected"))
    result(page).fill("Gõ khi mất mạng.")
    expect(page.locator(STATUS)).to_contain_text("vẫn giữ trên máy này")
    page.unroute("**/luu/")
    saved(page)
    page.reload()
    expect(result(page)).to_have_value("Gõ khi mất mạng.")
    officer.complaints = [line for line in officer.complaints if "ERR_INTERNET_DISCONNECTED" not in line]


def test_when_the_session_ends_while_typing_nothing_is_lost(
    officer: Visitor, place: tuple[str, dict[str, int]]
) -> None:
    """The words stay in this browser and are there again after signing in, without asking for them."""
    page = officer.page
    open_entry(page)
    here = page.url
    officer.context.clear_cookies(name="sessionid")
    result(page).fill("Gõ sau khi hết phiên.")
    expect(page.locator(STATUS)).to_contain_text("Phiên làm việc đã hết")
    page.get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_label("Tên đăng nhập").fill(f"can-bo.{place[0]}")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(here)
    expect(result(page)).to_have_value("Gõ sau khi hết phiên.")
    saved(page)
    officer.complaints = [line for line in officer.complaints if "403" not in line]


def test_two_people_at_once_choose_field_by_field(
    chromium: Browser, address: str, officer: Visitor, place: tuple[str, dict[str, int]]
) -> None:
    mine = officer.page
    with visiting(chromium, address, f"thu-truong.{place[0]}") as other:
        open_entry(mine, 1)
        type_and_wait(mine, result(mine), "Đã khảo sát.")
        theirs = other.page
        theirs.goto(mine.url)
        type_and_wait(theirs, result(theirs), "Đã khảo sát 5 xã.")
        type_and_wait(theirs, theirs.get_by_label("Khó khăn"), "Thiếu vốn.")
        mine.get_by_label("Tỷ lệ hoàn thành").fill("35")
        result(mine).fill("Đã khảo sát 9 xã.")
        panel = mine.locator(".clash")
        expect(panel).to_contain_text("Đã khảo sát 5 xã.")
        expect(mine.get_by_label("Khó khăn")).to_have_value("Thiếu vốn.")
        expect(result(mine)).to_have_value("Đã khảo sát 9 xã.")
        assert faults(mine) == []
        panel.get_by_label("Bản của bạn").click()
        saved(mine)
        theirs.reload()
        expect(result(theirs)).to_have_value("Đã khảo sát 9 xã.")
        expect(theirs.get_by_label("Tỷ lệ hoàn thành")).to_have_value("35")
        clear(theirs)
    forget(officer, "409")


def clear(page: Page) -> None:
    """Leave the task as it was found, for whoever comes next."""
    for label in ("Kết quả trong kỳ", "Khó khăn", "Tỷ lệ hoàn thành"):
        type_and_wait(page, page.get_by_label(label), "")


def test_without_scripts_everything_is_there(chromium: Browser, address: str) -> None:
    options: dict[str, Any] = {"scripts": False, "viewport": PHONE}
    with visiting(chromium, address, f"can-bo.{ON_PHONE}", **options) as visitor:
        page = visitor.page
        open_entry(page)
        page.get_by_label("Trạng thái thực hiện").select_option("completed")
        page.get_by_label("Tỷ lệ hoàn thành").fill("100")
        page.get_by_label("Ngày hoàn thành").fill("2026-03-01")
        result(page).fill("Không cần script.")
        page.get_by_role("button", name="Lưu và sang nhiệm vụ kế tiếp").click()
        expect(page.get_by_text("Đã lưu nội dung báo cáo")).to_be_visible()
        page.get_by_role("link", name="Trước").click()
        expect(result(page)).to_have_value("Không cần script.")
        page.get_by_label("Tệp minh chứng").set_input_files(PAPER)
        page.get_by_role("button", name="Thêm minh chứng").click()
        expect(page.get_by_role("link", name=PAPER.name).first).to_be_visible()
