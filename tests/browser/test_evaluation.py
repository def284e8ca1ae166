"""The yearly evaluation and the audit of claims, as the people of the sample meet them."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import People, by_keyboard, said, whole
from tests.browser.visitor import PHONE, visiting

pytestmark = pytest.mark.browser

CYCLES = "/lam-viec/danh-gia/"
AUDITS = f"{CYCLES}kiem-tra/"
COORDINATOR, LEADER = "dau-moi", "lanh-dao"
OBJECTION = "Hai báo cáo nộp đúng hạn nhưng bị ghi muộn (minh họa)."
ANSWER = "Đã đối chiếu dấu giờ nộp; giữ kết quả (minh họa)."
SEEN = "Đã xem biên bản nghiệm thu tại cơ quan (minh họa)."
AUDIT = "Kiểm tra bổ sung (minh họa)"


@pytest.fixture(scope="module")
def people(chromium: Browser, address: str) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(chromium, address, stack)


def open_card(page: Page, cycle: str) -> None:
    """From the list of evaluations to one's own card."""
    page.goto(CYCLES)
    item = page.locator("main ul.cards > li", has_text=cycle)
    item.locator("a[href*='/phieu/']").first.click()
    expect(page.locator("main .eyebrow")).to_contain_text(cycle)


def assess(page: Page) -> None:
    """Each criterion that asks for a word of one's own."""
    for form in page.locator("main form[action$='/nhan-xet/']").all():
        form.get_by_role("radio").nth(2).check()
        form.get_by_label("Căn cứ, lý do").fill("Có biên bản hai lần kiểm tra (minh họa).")
        form.get_by_role("button", name="Lưu").click()


def test_a_head_assesses_himself_by_keyboard_alone(people: People) -> None:
    """The level, the reason and the sending; afterwards nothing can be changed."""
    page = people.at("thu-truong.y-te", "360")
    open_card(page, "người đứng đầu")
    whole(page)
    by_keyboard(page, "1. Chưa có")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    by_keyboard(page, "Căn cứ, lý do")
    page.keyboard.type("Có hai biên bản kiểm tra (minh họa).")
    by_keyboard(page, "Lưu")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("mức 3 – Có hai biên bản kiểm tra")
    by_keyboard(page, "Gửi tự đánh giá")
    page.keyboard.press("Enter")
    expect(page.locator("main header")).to_contain_text(re.compile("đã gửi tự đánh giá", re.IGNORECASE))
    expect(page.locator("main form[action$='/nhan-xet/']")).to_have_count(0)
    whole(page)


def test_a_head_assesses_himself_without_scripts(chromium: Browser, address: str) -> None:
    options: dict[str, Any] = {"scripts": False, "viewport": PHONE}
    with visiting(chromium, address, "thu-truong.tu-phap", **options) as head:
        open_card(head.page, "người đứng đầu")
        assess(head.page)
        head.page.get_by_role("button", name="Gửi tự đánh giá").click()
        expect(head.page.get_by_role("button", name="Gửi tự đánh giá")).to_have_count(0)


def test_the_coordinator_sees_what_is_still_awaited(people: People) -> None:
    page = people.at(COORDINATOR, "1280")
    page.goto(CYCLES)
    whole(page)
    page.get_by_role("link", name=re.compile("người đứng đầu")).first.click()
    expect(page.locator("main")).to_contain_text("Việc đang chờ")
    expect(page.locator("main tbody tr", has_text="Vừ Bích Thảo")).to_contain_text(re.compile("đã gửi", re.IGNORECASE))
    whole(page)


def test_an_objection_is_heard_and_answered(people: People) -> None:
    """The head of a department objects on a phone, the coordinator answers with a reason, the head reads it."""
    head, coordinator = people.at("thu-truong.nnmt", "360"), people.at(COORDINATOR, "1280")
    open_card(head, "các cơ quan, đơn vị năm")
    whole(head)
    head.get_by_label("Tiêu chí").select_option(index=0)
    head.get_by_label("Điều chưa thống nhất").fill(OBJECTION)
    head.get_by_role("button", name="Gửi ý kiến").click()
    said(head, "ý kiến")
    coordinator.goto(head.url)
    panel = coordinator.locator("main .panel", has_text=OBJECTION)
    panel.get_by_label("Trả lời").select_option(index=1)
    panel.get_by_label("Lý do").fill(ANSWER)
    panel.get_by_role("button", name="Trả lời").click()
    whole(coordinator)
    head.reload()
    expect(head.locator("main .panel", has_text=OBJECTION)).to_contain_text(ANSWER)
    whole(head)


@pytest.mark.parametrize("size", ["360", "1280"])
def test_a_score_opens_down_to_the_record(people: People, size: str) -> None:
    """From the published board to one unit's working, from a line of it to the task it speaks of."""
    page = people.at(LEADER, size)
    page.goto(CYCLES)
    page.locator("main ul.cards > li", has_text="Đã công bố").get_by_role("link").first.click()
    page.get_by_role("link", name="Xem bảng điểm").click()
    whole(page)
    page.get_by_role("link", name="Sở KH&CN").first.click()
    expect(page.locator("main header")).to_contain_text("hạng")
    whole(page)
    record = page.locator("main section ol li a[href*='/nhiem-vu/']").first
    code = record.inner_text().split()[-1]
    record.click()
    expect(page.locator("main")).to_contain_text(code)


def test_anybody_reads_the_score_and_how_it_came_about(people: People) -> None:
    page = people.at("", "360")
    page.goto("/danh-gia/")
    whole(page)
    page.locator("main tbody").get_by_role("link").first.click()
    expect(page.locator("main header")).to_contain_text("hạng 1")
    whole(page)


def test_claims_are_framed_drawn_assigned_and_looked_at(people: People) -> None:
    """The list is settled before the number is known; who had no part in a task goes to see."""
    page = people.at(COORDINATOR, "1280")
    frame(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(AUDIT)
    whole(page)
    page.get_by_label("Số rút thăm, ghi đúng như nguồn").fill("40817")
    page.get_by_role("button", name="Rút thăm").click()
    expect(page.get_by_role("heading", name="Nhiệm vụ rút thăm")).to_be_visible()
    whole(page)
    page.locator("section[aria-labelledby=claims] tbody").get_by_role("link").first.click()
    page.wait_for_url("**/kiem-tra/nhiem-vu/*/")
    claim = page.url
    whole(page)
    page.get_by_label("Người không tham gia nhiệm vụ này").select_option(label="Bùi Hồng Diệp")
    page.get_by_role("button", name="Giao", exact=True).click()
    expect(page.locator("section[aria-labelledby=claims] tbody tr").first).to_contain_text("Bùi Hồng Diệp")
    find(people.at("thanh-tra", "360"), claim)
    page.goto(claim)
    expect(page.locator("main dl.facts").first).to_contain_text(SEEN)


def frame(page: Page) -> None:
    page.goto(AUDITS)
    whole(page)
    page.get_by_role("link", name="Lập đợt kiểm tra").click()
    whole(page)
    page.get_by_label("Kế hoạch").select_option(index=1)
    page.get_by_label("Tên đợt kiểm tra").fill(AUDIT)
    page.get_by_label("Hoàn thành từ ngày").fill((localdate() - timedelta(days=700)).isoformat())
    page.get_by_label("Đến trước ngày").fill(localdate().isoformat())
    page.get_by_label("Số rút thăm sẽ lấy từ đâu").fill("Giải đặc biệt xổ số ngày mai (minh họa)")
    page.get_by_role("button", name="Chốt danh sách").click()


def find(page: Page, claim: str) -> None:
    """The inspector, on a phone, finds the task among what was given to him."""
    page.goto(AUDITS)
    page.locator("section", has=page.get_by_role("heading", name="Giao cho tôi kiểm tra")).get_by_role(
        "link"
    ).first.click()
    assert page.url == claim
    whole(page)
    page.get_by_role("radio").or_(page.get_by_label("Kết quả")).first.press("Space")
    page.get_by_label("Điều đã thấy").fill(SEEN)
    page.get_by_role("button", name="Ghi kết quả").click()
    said(page, "Đã ghi kết quả kiểm tra")
    whole(page)
