"""The whole road in one story: a paper comes in, is assigned, reported, returned, accepted, summed up and published."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.visitor import Visitor, visiting

pytestmark = pytest.mark.browser

PAPER = Path(__file__).parent.parent / "documents" / "ke-hoach-nho.txt"
CODE, PERIOD, RELEASE = "KH12", "Tháng đầu của thư viện số", "Tiến độ thư viện số, tháng đầu"
UNIT = "Sở Văn hóa, Thể thao và Du lịch"
POINTS, BOOKS = "Lắp điểm đọc số tại 20 xã", "Kho sách nói"
ORDER = "Công văn số 120/UBND-TH (minh họa)"
IN_PROSE = "tổ chức thực hiện"  # what the prose charges a unit with, besides the annex
REASON = "Chưa nêu số đầu sách đã thu âm."
SOON = 2_000  # milliseconds within which an open overview shows what was accepted


@dataclass
class Town:
    """Everybody on the road, each in a browser of their own."""

    browser: Browser
    address: str
    stack: ExitStack
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Page:
        if name not in self.visitors:
            self.visitors[name] = self.stack.enter_context(visiting(self.browser, self.address, name))
        return self.visitors[name].page


@pytest.fixture
def town(chromium: Browser, address: str) -> Iterator[Town]:
    with ExitStack() as stack:
        yield Town(chromium, address, stack)


def test_the_whole_road(town: Town, tmp_path: Path) -> None:
    coordinator, officer, head = town["dau-moi"], town["can-bo.vhttdl"], town["thu-truong.vhttdl"]
    import_and_accept(coordinator)
    assign(coordinator, BOOKS, on=localdate() + timedelta(days=90))
    put_off(coordinator, POINTS, on=localdate() + timedelta(days=60))
    open_period(coordinator)
    write_points(officer)
    write_books(officer, "Đang thu âm.")
    send(head)
    return_books(coordinator)
    mend_books(officer)
    send(head)
    accepted_shows_at_once(town, coordinator)
    consolidate(coordinator, tmp_path)
    publish(coordinator, town["lanh-dao"])
    anybody_finds_it(town)


def import_and_accept(page: Page) -> None:
    """Step 2: the source beside the proposals; one is taken, one left out, then the rest is taken."""
    page.goto("/lam-viec/nhap/")
    page.get_by_label("Tệp văn bản").set_input_files(PAPER)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PAPER.name)
    expect(page.locator("#source")).to_contain_text("Phát triển mạng lưới thư viện số ở cơ sở")
    page.get_by_role("link", name="Nhiệm vụ").last.click()
    expect(page.locator(".proposal", has_text=BOOKS)).to_contain_text("không có trong văn bản")
    decide(page, BOOKS, "Chấp nhận")
    decide(page, IN_PROSE, "Bỏ")
    page.get_by_role("link", name="Sang bước chấp nhận").click()
    page.get_by_label("Mã kế hoạch").fill(CODE)
    page.get_by_role("button", name="Chấp nhận tất cả").click()
    page.goto(f"/lam-viec/nhiem-vu/?plan={CODE}")
    expect(page.get_by_role("link", name=POINTS)).to_be_visible()


def decide(page: Page, title: str, act: str) -> None:
    """One proposal, in place: the page stays."""
    button = page.locator(".proposal", has_text=title).get_by_role("button", name=act)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def assign(page: Page, title: str, *, on: date) -> None:
    """Step 3: what the paper leaves open is settled, each time with the paper it rests on."""
    open_task(page, title)
    page.get_by_role("link", name="Giao cơ quan chủ trì").or_(
        page.get_by_role("link", name="Đổi cơ quan chủ trì")
    ).click()
    page.get_by_label("Cơ quan, đơn vị").select_option(label=UNIT)
    page.get_by_label("Căn cứ").fill(ORDER)
    page.get_by_role("button", name="Ghi").click()
    set_deadline(page, on, "Văn bản chưa ghi thời hạn.")
    expect(page.locator("main")).to_contain_text(UNIT)


def put_off(page: Page, title: str, *, on: date) -> None:
    open_task(page, title)
    set_deadline(page, on, "Thiết bị về chậm.")
    ledger = page.locator("section", has=page.get_by_role("heading", name="Sổ thời hạn"))
    expect(ledger.get_by_role("listitem")).to_have_count(2)
    expect(ledger).to_contain_text("Thiết bị về chậm.")


def set_deadline(page: Page, on: date, reason: str) -> None:
    page.get_by_role("link", name="Ghi thay đổi thời hạn").click()
    page.get_by_label("Loại thời hạn").select_option(index=0)
    page.get_by_label("Ngày cuối còn trong hạn").fill(on.isoformat())
    page.get_by_label("Lý do thay đổi").fill(reason)
    page.get_by_label("Căn cứ").fill(ORDER)
    page.get_by_role("button", name="Ghi").click()
    expect(page.locator("main")).to_contain_text(f"{on:%d/%m/%Y}")


def open_task(page: Page, title: str) -> None:
    page.goto(f"/lam-viec/nhiem-vu/?plan={CODE}")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def open_period(page: Page) -> None:
    """Step 5 begins: every unit that reports owes one."""
    today = localdate()
    page.goto("/lam-viec/bao-cao/ky-moi/")
    page.get_by_label("Kế hoạch", exact=True).select_option(label=re_option(page, "thư viện số"))
    page.get_by_label("Tên kỳ").fill(PERIOD)
    page.get_by_label("Số liệu từ ngày").fill((today - timedelta(days=30)).isoformat())
    page.get_by_label("Số liệu đến trước ngày").fill((today + timedelta(days=1)).isoformat())
    page.get_by_label("Mở nhập từ ngày").fill(today.isoformat())
    page.get_by_label("Ngày cuối nộp đúng hạn").fill((today + timedelta(days=9)).isoformat())
    page.get_by_label("Hạn ghi trong văn bản").fill(f"trước ngày {today + timedelta(days=10):%d/%m/%Y}")
    page.get_by_role("button", name="Đặt kỳ báo cáo").click()
    page.goto("/lam-viec/bao-cao/")
    page.get_by_role("link", name=PERIOD, exact=True).click()
    page.get_by_role("button", name="Mở kỳ ngay").click()
    expect(page.get_by_role("heading", name="Đơn vị phải báo cáo")).to_be_visible()


def re_option(page: Page, words: str) -> str:
    """The whole label of the option that holds these words."""
    return page.locator("option", has_text=words).first.inner_text()


def open_report(page: Page) -> None:
    page.goto("/lam-viec/")
    page.get_by_role("link", name=PERIOD).first.click()


def open_entry(page: Page, title: str) -> None:
    open_report(page)
    line = page.locator("li", has=page.locator("summary", has_text=title)).last
    line.get_by_role("link", name=re.compile("^(Nhập|Sửa) nội dung")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def write_points(page: Page) -> None:
    """What is typed stays without any button, also through a reload; a completion brings its evidence."""
    open_entry(page, POINTS)
    page.get_by_label("Trạng thái thực hiện").select_option("completed")
    page.get_by_label("Tỷ lệ hoàn thành").fill("100")
    page.get_by_label("Ngày hoàn thành").fill(localdate().isoformat())
    page.get_by_label("Kết quả").fill("Đã lắp đủ 20 điểm đọc số.")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Đã lưu lúc")
    page.reload()
    expect(page.get_by_label("Kết quả")).to_have_value("Đã lắp đủ 20 điểm đọc số.")
    page.get_by_label("Tệp minh chứng").set_input_files(PAPER)
    page.get_by_role("button", name="Thêm minh chứng").click()
    expect(page.get_by_role("link", name=PAPER.name)).to_be_visible()
    page.get_by_role("button", name="Lưu và quay lại báo cáo").click()


def write_books(page: Page, result: str) -> None:
    open_entry(page, BOOKS)
    page.get_by_label("Trạng thái thực hiện").select_option("in_progress")
    page.get_by_label("Tỷ lệ hoàn thành").fill("35,5")
    page.get_by_label("Kết quả").fill(result)
    page.get_by_role("button", name="Lưu và quay lại báo cáo").click()
    expect(page.get_by_text(result).first).to_be_visible()


def send(page: Page) -> None:
    """The head signs for the unit."""
    open_report(page)
    page.get_by_role("button", name="Phê duyệt và gửi").click()
    expect(page.get_by_text("chờ cơ quan đầu mối tiếp nhận").first).to_be_visible()


def line_of(page: Page, title: str) -> Locator:
    """One task in a report, unfolded."""
    line = page.locator("li:has(> details.line)", has=page.locator("summary", has_text=title))
    details = line.locator("details.line")
    if details.get_attribute("open") is None:
        details.locator("summary").first.click()
    return line


def open_waiting(page: Page) -> None:
    page.goto("/lam-viec/")
    page.locator("tr", has_text=PERIOD).get_by_role("link", name=f"Xem {UNIT}").click()


def return_books(page: Page) -> None:
    open_waiting(page)
    line = line_of(page, BOOKS)
    line.get_by_text("Trả lại để bổ sung").click()
    line.get_by_label("Lý do trả lại").fill(REASON)
    line.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_role("status")).to_contain_text("Đã trả lại nhiệm vụ")


def mend_books(page: Page) -> None:
    open_entry(page, BOOKS)
    expect(page.get_by_text(REASON).first).to_be_visible()
    page.get_by_label("Kết quả").fill("Đã thu âm 140 đầu sách.")
    page.get_by_role("button", name="Lưu và quay lại báo cáo").click()


def finished(page: Page) -> int:
    """The first of the four official cells."""
    cell = page.locator("#board .stat", has_text="Hoàn thành đúng hạn")
    return int(cell.locator("b").inner_text().replace(".", ""))


def accepted_shows_at_once(town: Town, coordinator: Page) -> None:
    """Step 4: an overview that is open shows it by itself; without scripts a reload does."""
    leader = town["lanh-dao"]
    leader.goto("/lam-viec/tong-quan/")
    before = finished(leader)
    leader.evaluate("window.stayed = true")
    open_waiting(coordinator)
    coordinator.get_by_role("button", name="Tiếp nhận tất cả").click(no_wait_after=True)
    shown = leader.locator("#board .stat", has_text="Hoàn thành đúng hạn").locator("b")
    expect(shown).to_have_text(str(before + 1), timeout=SOON)
    assert leader.evaluate("window.stayed")
    with visiting(town.browser, town.address, "lanh-dao", scripts=False) as plain:
        plain.go("/lam-viec/tong-quan/")
        assert finished(plain.page) == before + 1


def consolidate(page: Page, folder: Path) -> None:
    """Step 6: one report from what was accepted, as DOCX and as PDF."""
    page.goto("/lam-viec/bao-cao/")
    page.get_by_role("link", name=PERIOD, exact=True).click()
    page.get_by_role("link", name="Báo cáo tổng hợp", exact=True).click()
    page.get_by_role("link", name="Lập báo cáo", exact=True).click()
    page.get_by_label("Tôi đã xem những gì còn thiếu").check()
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("bản số 1")
    for words, start in (("Tải DOCX", b"PK"), ("Tải PDF", b"%PDF")):
        with page.expect_download() as download:
            page.get_by_role("link", name=words).click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        assert file.read_bytes().startswith(start)


def publish(coordinator: Page, leader: Page) -> None:
    """Step 7: one proposes, another decides."""
    coordinator.goto("/lam-viec/cong-bo/de-xuat/")
    coordinator.get_by_label("Kế hoạch", exact=True).select_option(label=re_option(coordinator, "thư viện số"))
    coordinator.get_by_label("Tên đợt công bố").fill(RELEASE)
    coordinator.get_by_role("button", name="Chụp số liệu và đề xuất").click()
    leader.goto("/lam-viec/")
    leader.get_by_role("link", name=RELEASE).click()
    leader.get_by_role("button", name="Phê duyệt công bố").click()
    expect(leader.get_by_role("link", name="Xem trên trang công khai")).to_be_visible()


def anybody_finds_it(town: Town) -> None:
    """First page, search, task: three steps without signing in."""
    with visiting(town.browser, town.address) as visitor:
        page = visitor.go("/")
        page.get_by_label("Tìm nhiệm vụ, cơ quan").fill("diem doc so")
        page.keyboard.press("Enter")
        page.get_by_role("link", name=POINTS).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(POINTS)
        expect(page.locator("main")).to_contain_text("Đã lắp đủ 20 điểm đọc số.")
