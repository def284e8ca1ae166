"""The year 2025 read back in a browser: each page is right for its day, on a phone and on a desk."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.house import prepare, serving
from tests.browser.people import People, whole
from tiendo.config.story_2025.script import COORDINATOR, PLAN_CODE

pytestmark = pytest.mark.browser

PLAN, TREE = f"/lam-viec/ke-hoach/{PLAN_CODE}/tai-ngay/", "/lam-viec/co-quan/theo-ngay/"
# Day → who answers for tasks 1, 11 and 10 that day, and a unit that stands and one that does not.
DAYS = [
    (
        "2025-02-28",
        ("Sở Thông tin và Truyền thông", "huyện Than Uyên", "Sở Y tế"),
        "Sở Thông tin và Truyền thông",
        "Sở Nông nghiệp và Môi trường",
    ),
    (
        "2025-03-01",
        ("Sở Khoa học và Công nghệ", "huyện Than Uyên", "Sở Y tế"),
        "Sở Nông nghiệp và Môi trường",
        "Sở Thông tin và Truyền thông",
    ),
    ("2025-07-01", ("Sở Khoa học và Công nghệ", "xã Khoen On", "Sở Y tế"), "UBND xã Khoen On", "UBND huyện Than Uyên"),
    (
        "2025-09-15",
        ("Sở Khoa học và Công nghệ", "xã Khoen On", "Sở Khoa học và Công nghệ"),
        "Sở Khoa học và Công nghệ",
        "Sở Giao thông vận tải",
    ),
]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the command has played the year."""
    return prepare(tmp_path_factory.mktemp("year") / "home", "story_2025")


@pytest.fixture(scope="module")
def people(chromium: Browser, played: Path) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(chromium, stack.enter_context(serving(played)), stack)


@pytest.mark.parametrize(("day", "answering", "stands", "gone"), DAYS)
def test_the_plan_and_the_units_of_a_day(
    people: People, day: str, answering: tuple[str, str, str], stands: str, gone: str
) -> None:
    page = people.at(COORDINATOR, "1280")
    page.goto(f"{PLAN}?ngay={day}")
    for number, unit in zip((1, 11, 10), answering, strict=True):
        row = page.locator("main tr", has=page.locator(f'a[href$="{PLAN_CODE}-{number:03d}/"]'))
        expect(row).to_contain_text(unit)
    whole(page)
    page.goto(f"{TREE}?ngay={day}")
    standing = page.locator("section[aria-labelledby=tree] a:not(ul.muted a)")  # the ended ones are listed apart
    expect(standing.filter(has_text=re.compile(f"^{stands}$"))).to_have_count(1)
    expect(standing.filter(has_text=re.compile(f"^{gone}$"))).to_have_count(0)
    whole(page)


@pytest.mark.parametrize(("number", "period"), [(1, "6 tháng đầu năm 2025"), (2, "11 tháng năm 2025")])
def test_each_issued_report_opens(people: People, number: int, period: str) -> None:
    """What stands in them is compared with a table made by hand in tests/config/test_story_2025.py."""
    page = people.at(COORDINATOR, "360")
    page.goto(f"/lam-viec/bao-cao/tong-hop/{number}/")
    expect(page.get_by_role("main")).to_contain_text(period)
    whole(page)


def test_the_history_of_a_task_tells_its_year(people: People) -> None:
    """Given in February, handed on in July: every line on its day, and its act opens."""
    page = people.at(COORDINATOR, "360")
    page.goto(f"/lam-viec/nhiem-vu/{PLAN_CODE}-011/")
    expect(page.locator(".timeline").last).to_contain_text("20")
    page.get_by_role("link", name="Xem cả").click()
    history = page.get_by_role("main")
    expect(history).to_contain_text("chuyển nhiệm vụ này cho UBND xã Khoen On")
    expect(history).to_contain_text("Công văn số 2150/UBND-TH")
    whole(page)
    page.get_by_role("link", name="Báo cáo").first.click()
    expect(page.locator("main nav.tabs a[aria-current]")).to_contain_text("Báo cáo")
    page.locator(".timeline").get_by_role("link", name="của nhật ký").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    whole(page)


def test_what_the_amendment_changed_stands_in_the_history_of_its_task(people: People) -> None:
    page = people.at(COORDINATOR, "1280")
    page.goto(f"/lam-viec/nhiem-vu/{PLAN_CODE}-004/lich-su/")
    expect(page.get_by_role("main")).to_contain_text("Thời hạn đổi từ 30/09/2025 thành 30/06/2026")
    expect(page.get_by_role("main")).to_contain_text("Kế hoạch sửa đổi: Thời hạn")
    page.goto(f"/lam-viec/nhiem-vu/{PLAN_CODE}-007/lich-su/")
    expect(page.get_by_role("main")).to_contain_text("Kế hoạch thôi giao nhiệm vụ này")
    whole(page)
