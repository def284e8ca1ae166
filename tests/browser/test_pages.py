"""Every page of the road on a phone and on a desk: nothing sticks out, everybody can use it, no browser complains."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.visitor import DESK, PHONE, Visitor, visiting

pytestmark = pytest.mark.browser

PAPER = Path(__file__).parent.parent / "documents" / "ke-hoach-nho.txt"
FIRST_ROW = "main tbody a"

# Who looks, where they begin, and which links they follow from there (selectors of Playwright; folded ones too).
PUBLIC: list[tuple[str, str, tuple[str, ...]]] = [
    ("", "/", ()),
    ("", "/tim/?q=so", ()),
    ("", "/tim/?q=khongcogihet", ()),
    ("", "/ke-hoach/", ()),
    ("", "/", ("section[aria-labelledby=groups] tbody a",)),
    ("", "/co-quan/", ()),
    ("", "/co-quan/so-y-te/", ()),
    ("", "/nhiem-vu/", ()),
    ("", "/nhiem-vu/KH68-001/", ()),
    ("", "/nhiem-vu/KH68-060/", ()),
    ("", "/du-lieu/", ()),
    ("", "/dot-cong-bo/", ()),
    ("", "/dot-cong-bo/1/", ()),
    ("", "/kiem-chung/", ()),
    ("", "/lam-viec/dang-nhap/", ()),
    ("", "/chi-tieu/", ()),
    ("", "/chi-tieu/KH68.PL-I.10/", ()),
    ("", "/kinh-phi/", ()),
    ("", "/danh-gia/", ()),
    ("", "/danh-gia/", (FIRST_ROW,)),
]
SIGNED_IN: list[tuple[str, str, tuple[str, ...]]] = [
    ("can-bo.bum-to", "/lam-viec/", ()),
    ("can-bo.bum-to", "/lam-viec/", ("main a.button:has-text('Nhập báo cáo')",)),
    ("can-bo.bum-to", "/lam-viec/", ("main a.button:has-text('Nhập báo cáo')", "main a:has-text('Nhập bằng Excel')")),
    ("dau-moi", "/lam-viec/bao-cao/ganh-nang/", ()),
    ("dau-moi", "/lam-viec/bao-cao/ganh-nang/", (FIRST_ROW,)),
    ("can-bo.bum-to", "/lam-viec/", ("main a.button:has-text('Nhập báo cáo')", "main a.button:has-text('nội dung')")),
    ("thu-truong.bum-to", "/lam-viec/", ()),
    ("thu-truong.bum-to", "/lam-viec/", ("main a.button:has-text('phê duyệt')",)),
    ("thu-truong.bum-to", "/lam-viec/nhiem-vu/", (FIRST_ROW,)),
    ("dau-moi", "/lam-viec/", ()),
    ("dau-moi", "/lam-viec/", ("main a.button:has-text('Xem')",)),
    ("dau-moi", "/lam-viec/nhap/", ()),
    ("dau-moi", "/lam-viec/nhap/", (f"{FIRST_ROW}:text('{PAPER.name}')",)),
    ("dau-moi", "/lam-viec/nhap/", (f"{FIRST_ROW}:text('{PAPER.name}')", "main a:text-is('Sửa') >> nth=0")),
    ("dau-moi", "/lam-viec/nhap/", (f"{FIRST_ROW}:text('{PAPER.name}')", "text=Sang bước chấp nhận")),
    ("dau-moi", "/lam-viec/nhap/", (f"{FIRST_ROW}:text('{PAPER.name}')", "text=Bỏ lần nhập này")),
    ("dau-moi", "/lam-viec/ke-hoach/", ()),
    ("dau-moi", "/lam-viec/ke-hoach/KH68/", ()),
    ("dau-moi", "/lam-viec/nhiem-vu/", ()),
    ("dau-moi", "/lam-viec/nhiem-vu/?q=zzz", ()),
    ("dau-moi", "/lam-viec/nhiem-vu/thieu-6-ro/", ()),
    ("dau-moi", "/lam-viec/nhiem-vu/KH68-024/", ()),
    ("dau-moi", "/lam-viec/nhiem-vu/KH68-024/", ("text=Mở đúng chỗ trong văn bản",)),
    ("dau-moi", "/lam-viec/nhiem-vu/KH68-024/giao/", ()),
    ("dau-moi", "/lam-viec/nhiem-vu/KH68-024/thoi-han/", ()),
    ("dau-moi", "/lam-viec/bao-cao/", ()),
    ("dau-moi", "/lam-viec/bao-cao/ky-moi/", ()),
    ("dau-moi", "/lam-viec/bao-cao/", ("main tbody tr:has-text('Đang mở') a >> nth=0",)),
    (
        "dau-moi",
        "/lam-viec/bao-cao/",
        ("main tbody tr:has-text('Đã khóa') a >> nth=0", "section:has(h2:text('tổng hợp')) h3 a >> nth=0"),
    ),
    ("dau-moi", "/lam-viec/bao-cao/lich/ap-dung/", ()),
    ("dau-moi", "/lam-viec/bao-cao/chuong-trinh/", ()),
    ("dau-moi", "/lam-viec/bao-cao/dung-han/", ()),
    ("dau-moi", "/lam-viec/bao-cao/giao-ban/", ()),
    ("dau-moi", "/lam-viec/bao-cao/trung-uong/", ()),
    ("dau-moi", "/lam-viec/bao-cao/mau/", ()),
    ("dau-moi", "/lam-viec/ke-hoach-hanh-dong/", ()),
    ("dau-moi", "/lam-viec/gia-han/", ()),
    ("dau-moi", "/lam-viec/can-bo-dau-moi/", ()),
    ("dau-moi", "/lam-viec/co-quan/lich-lam-viec/", ()),
    ("dau-moi", "/lam-viec/cong-bo/", ()),
    ("lanh-dao", "/lam-viec/", ()),
    ("lanh-dao", "/lam-viec/tong-quan/", ()),
    ("lanh-dao", "/lam-viec/cong-bo/", ("main tbody tr:has-text('Chờ') a",)),
    ("dau-moi", "/lam-viec/co-quan/", ()),
    ("dau-moi", "/lam-viec/co-quan/so-y-te/", ()),
    ("thanh-tra", "/lam-viec/nhat-ky/", ()),
    ("quan-tri", "/lam-viec/nguoi-dung/", ()),
    ("thu-truong.bum-to", "/lam-viec/thong-bao/", ()),
    ("thu-truong.bum-to", "/lam-viec/thong-bao/cach-nhan/", ()),
    ("thu-truong.bum-to", "/lam-viec/thong-bao/lich/", ()),
    ("quan-tri", "/lam-viec/thong-bao/gui-di/", ()),
    ("quan-tri", "/lam-viec/thong-bao/dia-chi-nhan/", ()),
    ("quan-tri", "/lam-viec/thong-bao/dia-chi-nhan/them/", ()),
    ("lanh-dao", "/lam-viec/chi-tieu/", ()),
    ("lanh-dao", "/lam-viec/chi-tieu/", ("main .stats a:has-text('Chưa đạt')",)),
    ("dau-moi", "/lam-viec/chi-tieu/KH68.PL-I.10/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/KH68.PL-I.10/ho-so/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/KH68.PL-I.10/muc-tieu/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/KH68.PL-I.10/gan/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/lap/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/nhan/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/nhan/KH68/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/duoi-nguong/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/chuong-trinh/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/chuong-trinh/", ("main a[href*='/chuong-trinh/chinh-phu-so/']",)),
    ("can-bo.cong-an", "/lam-viec/chi-tieu/so-lieu/", ()),
    ("can-bo.cong-an", "/lam-viec/chi-tieu/so-lieu/", ("main tbody a.button",)),
    ("can-bo.cong-an", "/lam-viec/chi-tieu/so-lieu/so-cai/KH68.PL-I.23/ubnd-tinh/2026-Q2/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/so-lieu/xac-nhan/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/so-lieu/lan-gui/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/so-lieu/lan-gui/", (FIRST_ROW,)),
    ("dau-moi", "/lam-viec/chi-tieu/so-lieu/nguon/", ()),
    ("dau-moi", "/lam-viec/chi-tieu/so-lieu/nguon/", (FIRST_ROW,)),
    ("dau-moi", "/lam-viec/chi-tieu/so-lieu/nguon/them/", ()),
    ("can-bo.vhttdl", "/lam-viec/kinh-phi/nhap/", ()),
    ("can-bo.vhttdl", "/lam-viec/kinh-phi/nhap/", ("main tbody a:has-text('Nhập số')",)),
    ("lanh-dao", "/lam-viec/kinh-phi/", ()),
    ("tai-chinh", "/lam-viec/kinh-phi/cho-xac-nhan/", ()),
    ("tai-chinh", "/lam-viec/kinh-phi/cho-xac-nhan/", ("main tbody a:has-text('Trả lại')",)),
    ("tai-chinh", "/lam-viec/kinh-phi/ty-le/", ()),
    ("dau-moi", "/lam-viec/danh-gia/tieu-chi/", ()),
    ("dau-moi", "/lam-viec/danh-gia/tieu-chi/1/", ()),
    ("dau-moi", "/lam-viec/danh-gia/tieu-chi/soan/", ()),
    ("dau-moi", "/lam-viec/danh-gia/mo-dot/", ()),
    ("dau-moi", "/lam-viec/danh-gia/2/", ()),
    ("dau-moi", "/lam-viec/danh-gia/2/", (FIRST_ROW,)),
    ("lanh-dao", "/lam-viec/danh-gia/1/", ()),
    ("lanh-dao", "/lam-viec/danh-gia/1/so-sanh/", ()),
    ("dau-moi", "/lam-viec/danh-gia/so-lieu/1/", ()),
    ("lanh-dao", "/lam-viec/danh-gia/kiem-tra/1/", ()),
    ("lanh-dao", "/lam-viec/danh-gia/kiem-tra/1/", ("section[aria-labelledby=claims] tbody a",)),
]


class People:
    """A browser for each person, kept for the module: signing in is not what is tested here."""

    def __init__(self, browser: Browser, address: str, stack: ExitStack) -> None:
        self._browser, self._address, self._stack = browser, address, stack
        self._known: dict[str, Visitor] = {}

    def __getitem__(self, name: str) -> Visitor:
        if name not in self._known:
            self._known[name] = self._stack.enter_context(visiting(self._browser, self._address, name))
        return self._known[name]


@pytest.fixture(scope="module")
def people(chromium: Browser, address: str) -> Iterator[People]:
    """Everybody, in a house where a paper waits to be accepted."""
    with ExitStack() as stack:
        known = People(chromium, address, stack)
        page = known["dau-moi"].go("/lam-viec/nhap/")
        page.get_by_label("Tệp văn bản").set_input_files(PAPER)
        page.get_by_role("button", name="Đọc tệp").click()
        page.locator("#source").wait_for()  # the worker has read it
        yield known


def faults(page: Page, size: dict[str, int]) -> list[str]:
    """What is wrong with the open page on a screen of that size."""
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{size['width']}: {wide} px wide"] if wide > size["width"] else []
    for rule in Axe().run(page).response["violations"]:
        nodes = [node["html"][:160] for node in rule["nodes"][:3]]
        found.append(f"{size['width']}: {rule['id']} {nodes}")
    return found


@pytest.mark.parametrize(("who", "path", "steps"), [*PUBLIC, *SIGNED_IN])
def test_page_is_whole(people: People, who: str, path: str, steps: tuple[str, ...]) -> None:
    visitor = people[who]
    page = visitor.go(path)
    for step in steps:
        page.goto(page.locator(step).first.get_attribute("href") or "")
    page.get_by_role("heading", level=1).wait_for()
    found = [*faults(page, DESK), *faults(page, PHONE)]
    page.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})
    assert found == []
    assert visitor.complaints == []
