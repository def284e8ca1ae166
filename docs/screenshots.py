"""Takes the pictures of the how-to pages: the sample in a folder of its own, really served, seen in Chromium.

A picture is a step of somebody's work: who looks, where they begin, what they click, and what of the page is shown.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.house import prepare, serving
from tests.browser.visitor import PHONE, start_chromium, visiting

PICTURES = Path(__file__).resolve().parent / "huong-dan" / "anh"
WIDE = 1100
MOST_BYTES = 150_000


@dataclass(frozen=True)
class Picture:
    """One picture: its name, who looks, what they do to come there, how much of the page is shown."""

    name: str
    who: str
    way: Callable[[Page], None]
    height: int = 760
    width: int = WIDE


def my_work(page: Page) -> None:
    page.goto("/lam-viec/")


def report(page: Page) -> None:
    my_work(page)
    page.get_by_role("link", name="Nhập báo cáo").first.click()


def entry(page: Page) -> None:
    report(page)
    page.goto(page.locator("details.line a.button").first.get_attribute("href") or "")
    page.get_by_label("Kết quả trong kỳ").fill("Đã nghiệm thu đợt 1; đang hoàn thiện hồ sơ đợt 2.")
    page.get_by_text("Đã lưu lúc").wait_for()


def by_excel(page: Page) -> None:
    report(page)
    page.get_by_role("link", name="Nhập bằng Excel").click()


def signing(page: Page) -> None:
    my_work(page)
    page.get_by_role("link", name="Xem để phê duyệt và gửi").first.click()


def changes(page: Page) -> None:
    signing(page)
    page.get_by_role("link", name="Xem lại những gì thay đổi").click()
    page.get_by_role("heading", name="Xem lại trước khi ký").wait_for()


def parts(page: Page) -> None:
    my_work(page)
    page.get_by_role("link", name="Xem và trả lời").click()
    page.get_by_text("Bổ sung hoặc không thống nhất").first.click()


def letters(page: Page) -> None:
    page.goto("/lam-viec/thong-bao/")
    page.get_by_role("link", name="Cách nhận thư").click()


def new_period(page: Page) -> None:
    page.goto("/lam-viec/bao-cao/ky-moi/")
    page.locator("a[href='?mau=0']").click()
    page.wait_for_url("**/?mau=0")


def period(page: Page) -> None:
    page.goto("/lam-viec/bao-cao/")
    page.locator("main tbody tr", has_text="Đang mở").locator("a").first.click()


def review(page: Page) -> None:
    my_work(page)
    page.get_by_role("link", name="Mở hàng chờ").click()
    page.locator(".review-item").first.wait_for()


def consolidated(page: Page) -> None:
    page.goto("/lam-viec/bao-cao/")
    page.locator("main tbody tr", has_text="Đã khóa").locator("a").last.click()
    page.get_by_role("link", name="Bản số").first.click()
    page.locator("details.disclosure:has(li a) summary").first.click()


def wording(page: Page) -> None:
    period(page)
    page.get_by_role("link", name="Báo cáo tổng hợp", exact=True).click()
    page.get_by_role("link", name="Sửa lời văn").first.click()
    page.get_by_label("Lời văn").wait_for()


ANNEX = Path(__file__).resolve().parent.parent / "tests" / "documents" / "phu-luc-chung.docx"


def bring_in(page: Page) -> None:
    page.goto("/lam-viec/nhap/")
    page.locator("input[type=file]").set_input_files(ANNEX)


def compared(page: Page) -> None:
    bring_in(page)
    page.locator("main form button").last.click()
    page.locator("#source").wait_for()
    page.get_by_role("link", name="Nhiệm vụ").last.click()
    page.locator("#list li").first.wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")


def overview(page: Page) -> None:
    page.goto("/lam-viec/tong-quan/")


def decision(page: Page) -> None:
    my_work(page)
    page.locator("section", has=page.get_by_role("heading", name="chờ phê duyệt")).locator("h3 a").first.click()


def portal(page: Page) -> None:
    page.goto("/")


def public_task(page: Page) -> None:
    page.goto("/tim/?q=cua+khau")
    page.locator("main tbody a").first.click()


ALL = [
    Picture("can-bo-1", "can-bo.xay-dung", my_work, height=820),
    Picture("can-bo-2", "can-bo.xay-dung", report, height=1000),
    Picture("can-bo-3", "can-bo.xay-dung", entry, height=1000),
    Picture("can-bo-4", "can-bo.xay-dung", by_excel, height=900),
    Picture("thu-truong-1", "thu-truong.bum-to", my_work),
    Picture("thu-truong-2", "thu-truong.bum-to", signing),
    Picture("thu-truong-3", "thu-truong.vhttdl", changes, height=900),
    Picture("dau-moi-1", "dau-moi", new_period, height=900),
    Picture("dau-moi-2", "dau-moi", period, height=1000),
    Picture("dau-moi-3", "dau-moi", review, height=1280),
    Picture("dau-moi-4", "dau-moi", consolidated),
    Picture("dau-moi-5", "dau-moi", wording, height=800),
    Picture("phoi-hop-1", "can-bo.bhxh", parts, height=900, width=PHONE["width"]),
    Picture("thong-bao-1", "can-bo.xay-dung", letters, height=900),
    Picture("nhap-van-ban-1", "dau-moi", bring_in, height=820),
    Picture("nhap-van-ban-2", "dau-moi", compared, height=760),
    Picture("lanh-dao-1", "lanh-dao", overview, height=900),
    Picture("lanh-dao-2", "lanh-dao", decision, height=1000),
    Picture("nguoi-dan-1", "", portal, height=900, width=PHONE["width"]),
    Picture("nguoi-dan-2", "", public_task, height=900, width=PHONE["width"]),
]


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Save the picture; one that grew heavy stops the command."""
    size = {"width": picture.width, "height": picture.height}
    with visiting(browser, address, picture.who, viewport=size) as visitor:
        picture.way(visitor.page)
        visitor.page.get_by_role("heading", level=1).wait_for()
        data = visitor.page.screenshot(animations="disabled")
    if len(data) > MOST_BYTES:
        raise SystemExit(f"{picture.name}: {len(data)} bytes, more than {MOST_BYTES}; show less of the page")
    (PICTURES / f"{picture.name}.png").write_bytes(data)
    print(f"  {picture.name} {len(data) // 1000} kB")


def main() -> None:
    """All pictures, or those named on the command line."""
    named = set(sys.argv[1:])
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(prepare(Path(folder) / "home")) as address,
        sync_playwright() as playwright,
    ):
        browser = start_chromium(playwright)
        for picture in ALL:
            if not named or picture.name in named:
                take(browser, address, picture)
        browser.close()


if __name__ == "__main__":
    main()
