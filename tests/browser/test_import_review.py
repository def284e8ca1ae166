"""Reviewing an import with the keyboard alone: a tab is closed midway, and everything is there again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_pages import faults
from tests.browser.visitor import DESK, PHONE, Visitor, visiting

pytestmark = pytest.mark.browser

PAPER = Path(__file__).parent.parent / "documents" / "ke-hoach-nho.txt"
SOFTWARE = "Chọn phần mềm mở"
TYPED = "Chọn phần mềm mở cho thư viện số"


@pytest.fixture(scope="module")
def coordinator(chromium: Browser, address: str) -> Iterator[Visitor]:
    with visiting(chromium, address, "dau-moi") as visitor:
        yield visitor


@pytest.fixture(scope="module")
def review(coordinator: Visitor) -> str:
    """The address of a review whose file the worker has just read; the upload goes by keyboard too."""
    page = coordinator.go("/lam-viec/nhap/")
    page.get_by_label("Tệp văn bản").set_input_files(PAPER)
    page.get_by_role("button", name="Đọc tệp").focus()
    page.keyboard.press("Enter")
    page.locator("#source").wait_for()
    return page.url.split("?")[0]


@pytest.fixture
def tasks(coordinator: Visitor, review: str) -> Page:
    page = coordinator.go(f"{review}?loai=task")
    page.locator(".proposal").first.focus()
    return page


def card(page: Page, words: str) -> Locator:
    return page.locator("#list .proposal", has=page.locator("h3", has_text=words))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_moving_lights_the_passage_and_marks_its_words(tasks: Page) -> None:
    press(tasks, "j")
    expect(tasks.locator("#list .proposal").nth(1)).to_be_focused()
    press(tasks, "k", "ArrowDown", "ArrowUp")
    expect(card(tasks, SOFTWARE)).to_be_focused()
    expect(tasks.locator("#source .cited").first).to_contain_text(SOFTWARE)
    expect(tasks.locator("#source mark")).to_have_text("định kỳ hàng quý")
    expect(tasks.locator("#source .cited").first).to_be_in_viewport()


def test_deciding_goes_on_to_the_next_and_can_be_taken_back(tasks: Page) -> None:
    waiting = int(tasks.locator("#waiting b").inner_text())
    press(tasks, "Enter")
    expect(card(tasks, SOFTWARE).get_by_role("button", name="Chấp nhận")).to_have_attribute("aria-pressed", "true")
    expect(tasks.locator("#list .proposal").nth(1)).to_be_focused()
    expect(tasks.locator("#said")).to_contain_text("Đã chấp nhận")
    press(tasks, "x")
    expect(tasks.locator("#waiting b")).to_have_text(str(waiting - 2))
    press(tasks, "k", "u", "k", "u")
    expect(tasks.locator("#waiting b")).to_have_text(str(waiting))
    expect(card(tasks, SOFTWARE)).to_be_focused()


def test_a_closed_tab_loses_nothing(coordinator: Visitor, tasks: Page, review: str) -> None:
    press(tasks, "e")
    field = tasks.get_by_label("Tên ngắn của nhiệm vụ")
    expect(field).to_be_focused()
    press(tasks, "Control+a")
    tasks.keyboard.type(TYPED)
    tasks.close()
    page = coordinator.page = coordinator.context.new_page()
    page.goto(f"{review}?loai=task")
    reminder = page.locator("#kept").get_by_role("link", name=SOFTWARE)
    reminder.focus()
    press(page, "Enter")
    page.get_by_role("button", name="Lấy lại").focus()
    press(page, "Enter")
    expect(page.get_by_label("Tên ngắn của nhiệm vụ")).to_have_value(TYPED)
    press(page, "Control+Enter")
    expect(card(page, TYPED)).to_contain_text("Đã sửa")
    page.reload()
    expect(card(page, TYPED)).to_be_visible()
    expect(page.locator("#kept")).to_be_hidden()


def test_an_error_stands_beside_its_field_and_escape_gives_up(tasks: Page) -> None:
    press(tasks, "j", "e")
    tasks.get_by_label("Sản phẩm").fill("Đề án")
    press(tasks, "Control+Enter")
    expect(tasks.locator(".is-editing .field-error")).to_contain_text("Hãy ghi căn cứ")
    press(tasks, "Escape")
    expect(tasks.locator(".is-editing")).to_have_count(0)
    expect(tasks.locator("#list .proposal").nth(1)).to_be_focused()
    tasks.evaluate("localStorage.clear()")  # what was typed is kept for the next time, not for the next test


SEND_ON_SIGHT = """() => {
  const seen = new MutationObserver(() => {
    const form = document.querySelector(".is-editing form");
    if (!form) return;
    seen.disconnect();
    form.elements.product.value = "Đề án";
    form.requestSubmit();
  });
  seen.observe(document.getElementById("list"), { childList: true, subtree: true });
}"""


def test_a_form_answers_from_the_instant_it_stands_there(tasks: Page) -> None:
    """However slow the machine: no moment between a form's being seen and its being alive."""
    tasks.evaluate(SEND_ON_SIGHT)
    press(tasks, "j", "e")
    expect(tasks.locator(".is-editing .field-error")).to_contain_text("Hãy ghi căn cứ")
    press(tasks, "Escape")
    expect(tasks.locator(".is-editing")).to_have_count(0)


def test_two_windows_on_one_card_lose_nothing(coordinator: Visitor, tasks: Page, review: str) -> None:
    press(tasks, "j", "j", "e")
    field = tasks.get_by_label("Tên ngắn của nhiệm vụ")
    field.fill("Tên ở cửa sổ thứ nhất")
    other = coordinator.context.new_page()
    other.goto(f"{review}?loai=task")
    other.locator(".proposal").first.focus()
    press(other, "j", "j", "e")
    other.get_by_label("Tên ngắn của nhiệm vụ").fill("Tên ở cửa sổ thứ hai")
    press(other, "Control+Enter")
    expect(card(other, "Tên ở cửa sổ thứ hai")).to_contain_text("Đã sửa")
    other.close()
    field.focus()
    press(tasks, "Control+Enter")
    expect(tasks.locator(".is-editing")).to_contain_text("Bạn đã sửa dòng này ở một cửa sổ khác")
    expect(tasks.locator(".is-editing dl")).to_contain_text("Tên ở cửa sổ thứ hai")
    expect(field).to_have_value("Tên ở cửa sổ thứ nhất")
    expect(tasks.locator(".is-editing [data-offer]")).to_be_hidden()
    tasks.get_by_role("button", name="Lưu thay bản đang lưu").click()
    expect(card(tasks, "Tên ở cửa sổ thứ nhất")).to_contain_text("Đã sửa")
    tasks.reload()
    expect(tasks.locator("#kept")).to_be_hidden()


def test_letters_can_be_switched_off_and_arrows_stay(tasks: Page) -> None:
    press(tasks, "?")
    tasks.get_by_label("Dùng phím tắt một chữ").uncheck()
    press(tasks, "Escape")
    tasks.locator(".proposal").first.focus()
    press(tasks, "j")
    expect(tasks.locator(".proposal").first).to_be_focused()
    press(tasks, "ArrowDown")
    expect(tasks.locator(".proposal").nth(1)).to_be_focused()
    tasks.evaluate("localStorage.removeItem('tiendo:letters')")


def test_searching_by_keyboard_finds_words_without_marks(tasks: Page) -> None:
    press(tasks, "/")
    expect(tasks.get_by_label("Tìm trong đề xuất")).to_be_focused()
    tasks.keyboard.type("phan mem mo")
    press(tasks, "Enter")
    expect(tasks.locator("#list .proposal")).to_have_count(1)
    expect(card(tasks, "phần mềm mở")).to_be_visible()


def test_a_task_is_split_and_put_together_again(tasks: Page) -> None:
    press(tasks, "s")
    expect(tasks.locator("fieldset.part")).to_have_count(2)
    tasks.get_by_role("button", name="Tách thành 2 nhiệm vụ").focus()
    press(tasks, "Enter")
    expect(tasks.get_by_text("Đã tách thành 2 nhiệm vụ")).to_be_visible()
    tasks.get_by_role("button", name="Hoàn lại").first.focus()
    press(tasks, "Enter")
    expect(tasks.get_by_text("Đã hoàn lại")).to_be_visible()


def test_two_tasks_are_joined_and_taken_apart(tasks: Page) -> None:
    press(tasks, "m")
    tasks.get_by_role("button", name="Gộp thành một").focus()
    press(tasks, "Enter")
    expect(tasks.get_by_text("Đã gộp thành một nhiệm vụ")).to_be_visible()
    tasks.get_by_role("button", name="Hoàn lại").first.focus()
    press(tasks, "Enter")
    expect(tasks.get_by_text("Đã hoàn lại")).to_be_visible()


def test_a_file_may_be_dropped(coordinator: Visitor) -> None:
    page = coordinator.go("/lam-viec/nhap/")
    drop = """(panel) => {
      const carried = new DataTransfer();
      carried.items.add(new File(["KE HOACH"], "moi.txt", { type: "text/plain" }));
      panel.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
    }"""
    page.locator("#upload").evaluate(drop)
    assert page.locator("#upload input[type=file]").evaluate("input => input.files[0].name") == "moi.txt"


@pytest.mark.parametrize("act", ["", "e", "?", "s", "m", "l"])
def test_every_state_of_the_review_is_for_everybody(coordinator: Visitor, tasks: Page, act: str) -> None:
    if act:
        press(tasks, act)
        state = {"e": ".is-editing form", "?": "#keys[open]"}.get(act, "form[method=post] .actions, .empty")
        tasks.locator(state).first.wait_for()
    found = [*faults(tasks, DESK), *faults(tasks, PHONE)]
    tasks.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})
    assert found == []
    assert coordinator.complaints == []


def test_a_phone_shows_one_of_the_two_at_a_time(tasks: Page) -> None:
    tasks.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    expect(tasks.locator("#source")).to_be_hidden()
    card(tasks, "phần mềm mở").locator("[data-act=show]").click()
    expect(tasks.locator("#source .cited").first).to_be_in_viewport()
    expect(tasks.locator("#list")).to_be_hidden()
    tasks.get_by_role("button", name="Đề xuất").click()
    expect(tasks.locator("#list")).to_be_visible()
    tasks.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})
