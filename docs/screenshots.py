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
    page.get_by_label("Kết quả").fill("Đã nghiệm thu đợt 1; đang hoàn thiện hồ sơ đợt 2.")
    page.get_by_text("Đã lưu lúc").wait_for()


def signing(page: Page) -> None:
    my_work(page)
    page.get_by_role("link", name="Xem để phê duyệt và gửi").first.click()


def new_period(page: Page) -> None:
    page.goto("/lam-viec/bao-cao/ky-moi/")
    page.locator("a[href='?mau=0']").click()
    page.wait_for_url("**/?mau=0")


def period(page: Page) -> None:
    page.goto("/lam-viec/bao-cao/")
    page.locator("main tbody a").first.click()


def review(page: Page) -> None:
    my_work(page)
    section = page.locator("section", has=page.get_by_role("heading", name="Báo cáo chờ tiếp nhận"))
    section.get_by_role("link", name="Xem").first.click()


def consolidated(page: Page) -> None:
    page.goto("/lam-viec/bao-cao/")
    page.locator("main tbody a").nth(1).click()
    page.get_by_role("link", name="Bản số").first.click()
    page.locator("details.disclosure summary").first.click()


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
    Picture("thu-truong-1", "thu-truong.bum-to", my_work),
    Picture("thu-truong-2", "thu-truong.bum-to", signing),
    Picture("dau-moi-1", "dau-moi", new_period, height=900),
    Picture("dau-moi-2", "dau-moi", period, height=1000),
    Picture("dau-moi-3", "dau-moi", review, height=1280),
    Picture("dau-moi-4", "dau-moi", consolidated),
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
