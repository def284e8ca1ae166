"""From a value on a phone to the figure that everybody sees: entered, confirmed, shown at once, drawn and mapped."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import People, by_keyboard, said, whole
from tests.browser.visitor import PHONE, visiting

pytestmark = pytest.mark.browser

LIST, DUE = "/lam-viec/chi-tieu/", "/lam-viec/chi-tieu/so-lieu/"
QUEUE, FILES = f"{DUE}xac-nhan/", f"{DUE}lan-gui/"
OFFICER, OWNER = "can-bo.cong-an", "Công an tỉnh"
ACCOUNTS = "Người trưởng thành có tài khoản định danh mức 2"  # the sample's police owe its last quarter
CODE, PERIOD = "KH68.PL-I.23", "2026-Q3"
BY_COMMUNE = "KH68.PL-I.35"
RECORDED, TAKEN = "Ghi và gửi xác nhận", "Xác nhận các dòng đã chọn"
SOON = 4_000  # milliseconds within which an open page shows what was accepted


@pytest.fixture(scope="module")
def people(chromium: Browser, address: str) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(chromium, address, stack)


def open_entry(page: Page) -> None:
    """The first period in which a value is missing."""
    page.goto(DUE)
    page.locator("main tbody tr", has_text="Thiếu").get_by_role("link", name="Nhập").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nhập số liệu quý")


def card(page: Page) -> Any:
    return page.locator("main ul.cards > li", has_text=ACCOUNTS)


def confirm(page: Page, note: str) -> None:
    """The line with that note: a clean one is ticked already, a doubtful one is looked at by itself."""
    page.goto(QUEUE)
    row = page.locator("main tbody tr", has_text=note)
    expect(row).to_contain_text(ACCOUNTS)
    alone = row.get_by_role("button", name=re.compile("^Đã xem, xác nhận"))
    (alone if alone.count() else page.get_by_role("button", name=TAKEN)).click()
    said(page, "xác nhận")
    expect(page.locator("main tbody tr", has_text=note)).to_have_count(0)


def test_a_value_typed_on_a_phone_shows_on_open_pages_once_confirmed(people: People) -> None:
    """A wrong number is told beside its field; the passport and the overview, left open, change by themselves."""
    officer, coordinator = people.at(OFFICER, "360"), people.at("dau-moi", "1280")
    open_entry(officer)
    whole(officer)
    card(officer).get_by_label(re.compile("^Giá trị")).fill("tám mươi sáu")
    officer.get_by_role("button", name=RECORDED).click()
    expect(officer.get_by_role("alert")).to_contain_text("Chưa ghi gì")
    people.pardon(OFFICER, "422")
    expect(card(officer).get_by_label(re.compile("^Giá trị"))).to_have_value("tám mươi sáu")
    whole(officer)
    card(officer).get_by_label(re.compile("^Giá trị")).fill("86,7")
    card(officer).get_by_label("Ghi chú").fill("Đã trừ tài khoản khóa.")
    officer.get_by_role("button", name=RECORDED).click()
    said(officer, "chờ xác nhận")
    passport = left_open(people.at("lanh-dao", "1280"), f"{LIST}{CODE}/")
    expect(passport.locator("#figures")).not_to_contain_text("86,7")
    coordinator.goto(QUEUE)
    whole(coordinator)
    confirm(coordinator, "Đã trừ tài khoản khóa.")
    expect(passport.locator("#figures")).to_contain_text("86,7", timeout=SOON)
    assert passport.evaluate("window.stayed")
    whole(passport)


def left_open(page: Page, path: str) -> Page:
    page.goto(path)
    page.evaluate("window.stayed = true")
    return page


def test_the_chart_has_its_table_beside(people: People) -> None:
    page = people.at("lanh-dao", "360")
    page.goto(f"{LIST}KH68.PL-I.10/")
    drawn = page.locator("figure.chart-figure")
    expect(drawn.locator("svg")).to_be_visible()
    expect(drawn.locator("figcaption")).to_contain_text("Đích 2030")
    table = page.locator("main table", has_text="Số liệu từng kỳ")
    expect(table.get_by_role("row").filter(has_text="Quý IV/2025")).to_contain_text("24")
    whole(page)


@pytest.mark.parametrize("who", ["dau-moi", "lanh-dao"])
def test_units_side_by_side_and_on_the_map(people: People, who: str) -> None:
    """From the passport to all communes, from the map to one of them."""
    page = people.at(who, "1280")
    page.goto(f"{LIST}{BY_COMMUNE}/")
    page.get_by_role("link", name="Theo đơn vị").click()
    whole(page)
    page.goto(f"{LIST}{BY_COMMUNE}/")
    page.get_by_role("link", name="Trên bản đồ").click()
    expect(page.locator("figure.chart-figure svg")).to_be_visible()
    whole(page)
    page.get_by_role("region", name="Danh sách").get_by_role("link").first.click()
    expect(page.locator("figure.chart-figure svg").first).to_be_visible()
    whole(page)


def test_a_bad_row_of_a_file_is_put_aside_and_mended(people: People, tmp_path: Path) -> None:
    """The good row waits for confirmation, the bad one says why it does not, and is taken once mended."""
    page, sheet = people.at(OFFICER, "1280"), tmp_path / "so-lieu.csv"
    rows = ("Mã chỉ tiêu;Mã đơn vị;Kỳ;Loại số liệu;Giá trị;Ghi chú", f"{CODE};ubnd-tinh;2026-Q4;ước;chưa rõ;Dòng hỏng")
    sheet.write_text("\n".join(rows), encoding="utf-8")
    page.goto(FILES)
    whole(page)
    page.get_by_label("Tệp số liệu").set_input_files(sheet)
    page.get_by_role("button", name="Gửi tệp").click()
    aside = page.locator("section", has=page.get_by_role("heading", name="Dòng để riêng"))
    expect(aside).to_contain_text("chưa rõ")
    whole(page)
    aside.get_by_role("link", name=re.compile("^Sửa và nhận")).click()
    whole(page)
    page.get_by_label("Giá trị").fill("87")
    page.get_by_role("button", name="Nhận dòng này").click()
    taken = page.locator("section", has=page.get_by_role("heading", name="Số liệu đã nhận"))
    expect(taken.get_by_role("row").filter(has_text=CODE)).to_contain_text("87")
    whole(page)


def test_the_queue_by_keyboard_alone(people: People) -> None:
    """What the file brought is confirmed without a mouse."""
    page = people.at("dau-moi", "1280")
    page.goto(QUEUE)
    row = page.locator("main tbody tr", has_text="Dòng hỏng")
    alone = row.get_by_role("button", name=re.compile("^Đã xem, xác nhận"))
    by_keyboard(page, "Đã xem, xác nhận" if alone.count() else TAKEN)
    page.keyboard.press("Enter")
    said(page, "xác nhận")
    expect(page.locator("main tbody tr", has_text="Dòng hỏng")).to_have_count(0)


def test_a_revision_without_scripts(chromium: Browser, address: str) -> None:
    """The ledger of one value: the next line is written on a phone without scripts, the former one stays to be read."""
    options: dict[str, Any] = {"scripts": False, "viewport": PHONE}
    with visiting(chromium, address, OFFICER, **options) as officer:
        page = officer.go(f"{DUE}so-cai/{CODE}/ubnd-tinh/2026-Q2/")
        lines = page.locator("main tbody tr")
        before = lines.count()
        page.get_by_label("Giá trị").fill("84,5")
        page.get_by_label("Loại số liệu").select_option("revised")
        page.get_by_label("Ghi chú").fill("Đối chiếu lại với dữ liệu dân cư.")
        page.get_by_role("button", name=RECORDED).click()
        expect(lines).to_have_count(before + 1)
        expect(lines.first).to_contain_text("84,5")
    with visiting(chromium, address, "dau-moi", **options) as coordinator:
        coordinator.go(QUEUE)
        confirm(coordinator.page, "Đối chiếu lại với dữ liệu dân cư.")
        page = coordinator.go(f"{LIST}{CODE}/")
        row = page.locator("main table", has_text="Số liệu từng kỳ").get_by_role("row", name="Quý II/2026")
        expect(row).to_contain_text("84,5")
