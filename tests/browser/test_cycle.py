"""The report cycle in one house, chapter by chapter: officer, head, coordinating agency, coordinator, decision-maker.

Each chapter goes on from the one before. Every page on the way is looked at on a phone and on a desk.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.visitor import DESK, PHONE, Visitor, visiting

pytestmark = pytest.mark.browser

SIZES = {"360": PHONE, "1280": DESK}
SEEN_ON = {"360": "trên điện thoại", "1280": "trên máy tính"}  # a number typed into the prose would need its source
UNITS = {"360": ("bum-to", "UBND xã Bum Tở"), "1280": ("vhttdl", "Sở Văn hóa, Thể thao và Du lịch")}
PLAIN_UNIT = ("thu-lum", "UBND xã Thu Lũm")
PUSHED_BACK = "Ghi rõ số hộ đã nghiệm thu."
SOON = 4_000  # milliseconds within which an open control room shows what came in
ROOM = "/lam-viec/bao-cao/ky/3/"
QUEUE = "/lam-viec/bao-cao/cho-tiep-nhan/"


class People:
    """A browser for each person, kept for the module: signing in is not what is tested here."""

    def __init__(self, browser: Browser, address: str, stack: ExitStack) -> None:
        self._browser, self._address, self._stack = browser, address, stack
        self._known: dict[str, Visitor] = {}

    def at(self, name: str, size: str, **options: Any) -> Page:
        """That person's page on a screen of that size."""
        if name not in self._known:
            self._known[name] = self._stack.enter_context(visiting(self._browser, self._address, name, **options))
        page = self._known[name].page
        page.set_viewport_size({"width": SIZES[size]["width"], "height": SIZES[size]["height"]})
        return page


@pytest.fixture(scope="module")
def people(chromium: Browser, address: str) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(chromium, address, stack)


def whole(page: Page) -> None:
    """The open page is clean, and no wider than the screen it is on."""
    found = [f"{rule['id']} {rule['nodes'][0]['html'][:160]}" for rule in Axe().run(page).response["violations"]]
    size = page.viewport_size or DESK
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > size["width"]:
        found.append(f"{wide} px wide")
    assert found == [], page.url


def said(page: Page, words: str) -> None:
    """The message above the page."""
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def open_report(page: Page) -> None:
    """From "Việc của tôi" to the unit's report of the open period."""
    page.goto("/lam-viec/")
    page.locator("main h3 a[href*='/bao-cao/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Báo cáo của")


def fill(page: Page) -> None:
    """Whatever the report still asks for, task by task."""
    open_report(page)
    missing = page.locator("[aria-labelledby=next-act] li a[href*='/nhiem-vu/']")
    for address in [link.get_attribute("href") or "" for link in missing.all()]:
        page.goto(address)
        page.get_by_label("Trạng thái thực hiện").select_option("in_progress")
        page.get_by_label("Tỷ lệ hoàn thành").fill("62")
        page.get_by_label("Kết quả trong kỳ").fill("Đã nghiệm thu đợt một, đang bàn giao đợt hai.")
        page.get_by_role("button", name="Lưu và quay lại báo cáo").click()
        said(page, "Đã lưu nội dung báo cáo")


def forward(page: Page) -> None:
    open_report(page)
    page.get_by_role("button", name=re.compile("^Trình")).click()
    expect(page.get_by_role("heading", name="Đang trình duyệt")).to_be_visible()


def before_the_head(page: Page) -> None:
    page.goto("/lam-viec/")
    section = page.locator("section", has=page.get_by_role("heading", name="Báo cáo chờ bạn phê duyệt"))
    section.get_by_role("link", name="Xem để phê duyệt").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Báo cáo của")


def push_back(page: Page) -> None:
    page.get_by_text("Chuyển lại để sửa").click()
    page.get_by_label("Cần sửa gì").fill(PUSHED_BACK)
    page.get_by_role("button", name="Chuyển lại cho cán bộ").click()
    page.wait_for_load_state()


def row_of(page: Page, unit: str) -> Locator:
    return page.locator("#room tbody tr", has_text=unit)


@pytest.mark.parametrize("size", SIZES)
def test_a_report_goes_up_comes_back_and_is_sent(people: People, size: str) -> None:
    """The officer lays it before the head, who pushes it back with words, then signs; the control room sees it come."""
    slug, unit = UNITS[size]
    officer, head = people.at(f"can-bo.{slug}", size), people.at(f"thu-truong.{slug}", size)
    fill(officer)
    whole(officer)
    forward(officer)
    before_the_head(head)
    whole(head)
    head.get_by_role("link", name="Xem lại những gì thay đổi").click()
    expect(head.get_by_role("heading", level=1)).to_have_text("Xem lại trước khi ký")
    whole(head)
    head.get_by_role("link", name="Tới báo cáo để phê duyệt và gửi").click()
    push_back(head)
    open_report(officer)
    expect(officer.locator("main")).to_contain_text(PUSHED_BACK)
    forward(officer)
    room = watch(people.at("dau-moi", size), unit)
    before_the_head(head)
    head.get_by_role("button", name="Phê duyệt và gửi").click()
    expect(head.get_by_text("chờ cơ quan đầu mối tiếp nhận").first).to_be_visible()
    arrives(room, unit)


def watch(page: Page, unit: str) -> Page:
    """An open control room with one unit ticked."""
    page.goto(ROOM)
    expect(row_of(page, unit)).to_contain_text("Đang mở")
    row_of(page, PLAIN_UNIT[1]).get_by_role("checkbox").check()
    page.evaluate("window.stayed = true")
    return page


def arrives(page: Page, unit: str) -> None:
    """The row changes by itself, what was ticked stays ticked."""
    expect(row_of(page, unit)).to_contain_text("Đã nộp", timeout=SOON)
    expect(row_of(page, PLAIN_UNIT[1]).get_by_role("checkbox")).to_be_checked()
    assert page.evaluate("window.stayed")
    whole(page)


def test_a_coordinating_agency_answers_its_part_on_a_phone(people: People) -> None:
    page = people.at("thu-truong.bhxh", "360")
    page.goto("/lam-viec/")
    page.get_by_role("link", name="Xem và trả lời").click()
    whole(page)
    part = page.locator("main li[id^=p]").first
    part.get_by_text("Bổ sung hoặc không thống nhất").click()
    part.get_by_label("Ý kiến của đơn vị").fill("Số thẻ đã liên thông chưa khớp dữ liệu bảo hiểm.")
    part.get_by_role("button", name="Không thống nhất").click()
    expect(page.get_by_text("Số thẻ đã liên thông chưa khớp").first).to_be_visible()
    whole(page)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_the_queue_by_keyboard(people: People) -> None:
    """j and k move, r opens the return and a reason chip is enough, a accepts."""
    page = people.at("dau-moi", "1280")
    page.goto(QUEUE)
    whole(page)
    page.keyboard.press("j")
    first = focused(page)
    page.keyboard.press("j")
    assert focused(page) not in ("", first)
    page.keyboard.press("k")
    assert focused(page) == first
    page.keyboard.press("r")
    item = page.locator(f"#{first}")
    chip = item.get_by_role("checkbox").first
    expect(chip).to_be_focused()
    page.keyboard.press("Space")
    item.get_by_role("button", name="Trả lại").press("Enter")
    said(page, "Đã trả lại")
    expect(page.locator(f"#{first}")).to_have_count(0)
    accept_with_a_key(page)


def accept_with_a_key(page: Page) -> None:
    item = page.locator(".review-item", has_not_text="không thống nhất").first
    number = item.get_attribute("id") or ""
    item.focus()
    page.keyboard.press("a")
    said(page, "Đã tiếp nhận")
    expect(page.locator(f"#{number}")).to_have_count(0)


def test_a_dispute_is_settled_and_clean_ones_are_taken_at_once_on_a_phone(people: People) -> None:
    page = people.at("dau-moi", "360")
    page.goto(QUEUE)
    whole(page)
    item = page.locator(".review-item", has_text="Số thẻ đã liên thông chưa khớp")
    item.get_by_text("Xử lý ý kiến").click()
    item.get_by_label("Kết luận và lý do").fill("Đã đối chiếu hai bên, số liệu của đơn vị chủ trì đúng.")
    item.get_by_role("button", name="Kết luận").click()
    expect(page.locator(".review-item summary", has_text="Xử lý ý kiến")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Tiếp nhận cả")).click()
    said(page, "Đã tiếp nhận")
    expect(page.get_by_role("button", name=re.compile("^Tiếp nhận cả"))).to_have_count(0)


def test_the_whole_way_without_scripts(chromium: Browser, address: str) -> None:
    """The officer fills, the head sends, the coordinator accepts."""
    slug, unit = PLAIN_UNIT
    options: dict[str, Any] = {"scripts": False, "viewport": PHONE}
    with visiting(chromium, address, f"can-bo.{slug}", **options) as officer:
        fill(officer.page)
        forward(officer.page)
    with visiting(chromium, address, f"thu-truong.{slug}", **options) as head:
        before_the_head(head.page)
        head.page.get_by_role("button", name="Phê duyệt và gửi").click()
        expect(head.page.get_by_text("chờ cơ quan đầu mối tiếp nhận").first).to_be_visible()
    with visiting(chromium, address, "dau-moi", **options) as coordinator:
        page = coordinator.go(ROOM)
        expect(row_of(page, unit)).to_contain_text("Đã nộp")
        row_of(page, unit).get_by_role("link", name=unit).click()
        page.get_by_role("button", name="Tiếp nhận tất cả").click()
        coordinator.go(ROOM)
        expect(row_of(page, unit)).to_contain_text("Đã tiếp nhận")


@pytest.mark.parametrize("size", SIZES)
def test_the_draft_is_worded_issued_and_looked_up(people: People, size: str) -> None:
    """A token chip goes into the prose, the report is frozen, a figure opens the records it rests on."""
    page = people.at("dau-moi", size)
    page.goto(ROOM)
    page.get_by_role("link", name="Báo cáo tổng hợp", exact=True).click()
    whole(page)
    page.get_by_role("link", name="Sửa lời văn").first.click()
    whole(page)
    word_with_a_chip(page, f"Đã rà soát {SEEN_ON[size]}: ")
    page.get_by_role("button", name="Lưu lời văn").click()
    page.goto(f"{ROOM}tong-hop/")
    whole(page)
    page.get_by_label("Tôi đã xem những gì còn thiếu").check()
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("bản số")
    figure = page.locator("main details.disclosure", has=page.locator("li a")).first
    figure.locator("summary").click()
    expect(figure.get_by_role("link").first).to_be_visible()
    expect(page.get_by_text("Số liệu đã đổi chưa?")).to_have_count(0)  # the answer has come
    whole(page)


def word_with_a_chip(page: Page, words: str) -> None:
    """The chip writes its code at the cursor; the preview says the number."""
    text = page.get_by_label("Lời văn")
    chip = page.locator(".report-chips button").first
    code = chip.get_attribute("data-insert") or "?"
    text.press("ControlOrMeta+End")
    text.press_sequentially(f"\n{words}")
    chip.click()
    expect(text).to_have_value(re.compile(f"{re.escape(words + code)}$"))
    line = page.locator("#preview").get_by_text(words).first
    expect(line).to_be_visible()
    expect(line).not_to_contain_text("{")


def test_the_period_is_closed_and_one_item_reopened(people: People) -> None:
    page = people.at("dau-moi", "1280")
    page.goto(ROOM)
    page.get_by_text("Khóa số liệu của kỳ").click()
    for box in page.locator("form[action$='/khoa/'] input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Khóa số liệu").click()
    expect(page.get_by_text("Đã khóa").first).to_be_visible()
    page.get_by_role("link", name=UNITS["1280"][1]).first.click()
    report = page.url
    page.get_by_role("link", name="Mở lại").first.click()
    whole(page)
    reopen_one(people.at("dau-moi", "360"))
    officer = people.at(f"can-bo.{UNITS['1280'][0]}", "360")
    officer.goto(report)
    expect(officer.locator("main")).to_contain_text("Đơn vị báo nhầm số hộ.")
    expect(officer.get_by_role("link", name=re.compile("^(Nhập|Sửa) nội dung"))).to_have_count(1)


def reopen_one(page: Page) -> None:
    whole(page)
    page.locator("select").first.select_option(index=1)
    page.locator("input[type=date]").fill((localdate() + timedelta(days=7)).isoformat())
    page.get_by_label("Lý do").fill("Đơn vị báo nhầm số hộ.")
    page.get_by_role("button", name="Mở lại", exact=True).click()
    expect(page.locator("main")).to_contain_text("Đơn vị báo nhầm số hộ.")
    whole(page)


def test_the_decision_maker_grants_an_extension(people: People) -> None:
    head, leader = people.at(f"thu-truong.{PLAIN_UNIT[0]}", "360"), people.at("lanh-dao", "1280")
    head.goto("/lam-viec/nhiem-vu/?unit=03439")
    head.locator("main tbody a[href*='/nhiem-vu/']").first.click()
    head.get_by_role("link", name=re.compile("gia hạn")).first.click()
    whole(head)
    asked = localdate() + timedelta(days=60)
    head.locator("input[type=date]").fill(asked.isoformat())
    head.get_by_label("Lý do").fill("Chờ mặt bằng.")
    head.get_by_role("button", name="Gửi đề nghị").click()
    leader.goto("/lam-viec/")
    section = leader.locator("section", has=leader.get_by_role("heading", name="Đề nghị gia hạn chờ quyết định"))
    section.locator("h3 a").last.click()
    whole(leader)
    leader.get_by_label("Văn bản hoặc ý kiến quyết định").fill("Công văn số 9/UBND-TH (minh họa)")
    leader.get_by_role("button", name="Đồng ý gia hạn").click()
    expect(leader.locator("main dl.facts")).to_contain_text(f"{asked:%d/%m/%Y}")
    whole(leader)
