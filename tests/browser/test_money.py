"""Money from the unit that spends it to the leader: entered, confirmed by finance, shown with its task, warned of."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.people import People, by_keyboard, said, whole
from tests.browser.visitor import PHONE, visiting

pytestmark = pytest.mark.browser

MONEY = "/lam-viec/kinh-phi/"
ENTERED, QUEUE, SHARE = f"{MONEY}nhap/", f"{MONEY}cho-xac-nhan/", f"{MONEY}ty-le/"
OFFICER, FINANCE = "can-bo.vhttdl", "tai-chinh"
PLANNED, SPENT, PAPER = "7.654.321.000", "1.234.567.000", "Quyết định số 77/QĐ-STC (minh họa)"
REFUSED, WHY = "Bảng kê chưa ký (minh họa)", "Bảng kê phải có chữ ký kế toán."


@pytest.fixture(scope="module")
def people(chromium: Browser, address: str) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(chromium, address, stack)


def open_entry(page: Page) -> str:
    """The first of the unit's tasks; its code."""
    page.goto(ENTERED)
    link = page.locator("main tbody").get_by_role("link", name=re.compile("^Nhập số")).first
    code = link.inner_text().removeprefix("Nhập số").strip()
    link.click()
    expect(page.locator("main .eyebrow")).to_contain_text(code)
    return code


def enter(page: Page, paper: str, **amounts: str) -> None:
    page.get_by_label("Nguồn kinh phí").select_option(label="Ngân sách địa phương")
    for label, amount in amounts.items():
        page.get_by_label(LABELS[label]).fill(amount)
    page.get_by_label("Tính đến ngày").fill(localdate().isoformat())
    page.get_by_label("Văn bản giao vốn, chứng từ").fill(paper)
    page.get_by_role("button", name="Gửi Sở Tài chính xác nhận").click()


LABELS = {"planned": "Kế hoạch vốn (đồng)", "spent": "Đã giải ngân (đồng)"}


def waiting(page: Page, paper: str) -> Locator:
    page.goto(QUEUE)
    return page.locator("main tbody tr", has_text=paper)


def test_a_unit_enters_finance_confirms_and_the_task_shows_it(people: People) -> None:
    """Typed on a phone, ticked by finance, read by the leader with its task and in the sums of the year."""
    officer, finance = people.at(OFFICER, "360"), people.at(FINANCE, "1280")
    officer.goto(ENTERED)
    whole(officer)
    code = open_entry(officer)
    whole(officer)
    enter(officer, PAPER, planned=PLANNED, spent=SPENT)
    expect(officer.locator("main table", has_text=PLANNED).first).to_contain_text("Chờ xác nhận")
    whole(officer)
    rows = waiting(finance, PAPER)
    expect(rows).to_have_count(2)
    whole(finance)
    for box in finance.locator("main tbody").get_by_role("checkbox").all():
        box.uncheck()
    for box in rows.get_by_role("checkbox").all():
        box.check()
    finance.get_by_role("button", name="Xác nhận các dòng đã chọn").click()
    expect(waiting(finance, PAPER)).to_have_count(0)
    everybody_sees(people.at("lanh-dao", "360"), code)


def everybody_sees(page: Page, code: str) -> None:
    """The task's page and the sums of the year."""
    page.goto(f"/lam-viec/nhiem-vu/{code}/")
    expect(page.locator("main")).to_contain_text(SPENT)
    whole(page)
    page.goto(MONEY)
    expect(page.locator("main")).to_contain_text("Sở VH,TT&DL")
    expect(page.locator("main h1")).to_contain_text(str(localdate().year))
    whole(page)


def test_finance_sends_a_line_back_by_keyboard_alone(people: People) -> None:
    officer, finance = people.at(OFFICER, "1280"), people.at(FINANCE, "1280")
    code = open_entry(officer)
    enter(officer, REFUSED, spent="1.300.000.000")
    expect(waiting(finance, REFUSED)).to_have_count(1)
    waiting(finance, REFUSED).get_by_role("checkbox").focus()
    by_keyboard(finance, f"Trả lại {code}")
    finance.keyboard.press("Enter")
    expect(finance.get_by_role("heading", level=1)).to_have_text("Trả lại số liệu kinh phí")
    whole(finance)
    by_keyboard(finance, "Lý do")
    finance.keyboard.type(WHY)
    finance.keyboard.press("Tab")
    finance.keyboard.press("Enter")
    said(finance, "trả lại")
    open_entry(officer)
    expect(officer.locator("main")).to_contain_text(WHY)
    whole(officer)


def test_the_share_of_the_budget_warns(people: People) -> None:
    """Below three percent and below last year: said on the share's page and on the leader's one screen."""
    page = people.at("lanh-dao", "360")
    page.goto("/lam-viec/tong-quan/")
    page.get_by_role("link", name="Xem tỷ lệ từng năm").click()
    warning = page.locator("main .message-warning")
    expect(warning).to_contain_text("thấp hơn mức tối thiểu 3 %")
    expect(warning).to_contain_text("thấp hơn năm trước")
    expect(page.locator("figure.chart-figure svg").first).to_be_visible()
    expect(page.locator("main table")).to_contain_text("Nghị quyết")
    whole(page)


def test_money_without_scripts(chromium: Browser, address: str) -> None:
    """Entered and confirmed on a phone whose browser runs no scripts."""
    options: dict[str, Any] = {"scripts": False, "viewport": PHONE}
    paper = "Quyết định số 78/QĐ-STC (minh họa)"
    with visiting(chromium, address, "can-bo.y-te", **options) as officer:
        open_entry(officer.page)
        enter(officer.page, paper, spent="640.000.000")
        expect(officer.page.locator("main table", has_text=paper).first).to_contain_text("Chờ xác nhận")
    with visiting(chromium, address, FINANCE, **options) as finance:
        waiting(finance.page, paper).get_by_role("checkbox").check()
        finance.page.get_by_role("button", name="Xác nhận các dòng đã chọn").click()
        expect(waiting(finance.page, paper)).to_have_count(0)
