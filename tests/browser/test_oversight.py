"""What is done about the facts, by the sample's people: amendments, difficulties, directions, units that change."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.people import People, said, whole

pytestmark = pytest.mark.browser

OFFICER, HEAD, COORDINATOR, LEADER, ADMINISTRATOR = "can-bo.y-te", "thu-truong.y-te", "dau-moi", "lanh-dao", "quan-tri"
TASK = "/lam-viec/nhiem-vu/KH68-039/"  # the health department leads it, and it is not finished
WHY = "Nhà thầu bàn giao thiết bị chậm (minh họa)."
DRAFT = "Sửa đổi kế hoạch lần thử (minh họa)"
TROUBLE = "Chưa có phần mềm sổ sức khỏe dùng chung (minh họa)."
RULING = "Giao Sở Khoa học và Công nghệ cung cấp phần mềm dùng chung (minh họa)."
WORD = "Hoàn thành dứt điểm trước ngày họp sau (minh họa)."
ASKED = "Báo cáo số sổ sức khỏe đã lập (minh họa)."
DONE = "Đã lập sổ cho mười một xã (minh họa)."
OLD_NAME, NEW_NAME = "Trường Cao đẳng Lai Châu", "Trường Cao đẳng Công nghệ Lai Châu"
MENU_PAGES = (
    "/lam-viec/theo-doi/",
    "/lam-viec/sua-doi/",
    "/lam-viec/vuong-mac/",
    "/lam-viec/vuong-mac/diem-nghen/",
    "/lam-viec/chi-dao/",
    "/lam-viec/don-doc/",
    "/lam-viec/so-theo-doi/",
    "/lam-viec/co-quan/theo-ngay/",
    "/lam-viec/co-quan/sap-xep/",
    "/lam-viec/ke-hoach/KH68/tai-ngay/",
)


@pytest.fixture(scope="module")
def people(chromium: Browser, address: str) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(chromium, address, stack)


def day(days: int) -> str:
    """That many days from now, as a field for days takes it."""
    return (localdate() + timedelta(days=days)).isoformat()


def shown(days: int) -> str:
    return f"{date.fromisoformat(day(days)):%d/%m/%Y}"


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("path", MENU_PAGES)
def test_pages_of_oversight_are_whole(people: People, path: str) -> None:
    page = people.at(COORDINATOR, "1280")
    page.goto(path)
    whole(page)


def test_a_unit_asks_the_coordinator_joins_the_leader_decides(people: People) -> None:
    """Only the decision moves the deadline; then the plan has another version and the task says so."""
    officer = people.at(OFFICER, "360")
    officer.goto(TASK)
    officer.locator("summary", has_text="Sửa đổi kế hoạch").click()
    officer.get_by_role("link", name="Đề nghị sửa đổi").click()
    whole(officer)
    officer.get_by_role("link", name="Gia hạn").click()
    officer.get_by_label("Thời hạn: ngày cuối còn trong hạn").fill(day(400))
    officer.get_by_label("Lý do").fill(WHY)
    whole(officer)
    press(officer, "Ghi đề nghị")
    expect(officer.locator("main")).to_contain_text("Thủ trưởng đơn vị ký gửi")
    head = people.at(HEAD, "360")
    head.goto(officer.url)
    whole(head)
    press(head, "Ký gửi cơ quan đầu mối")
    said(head, "Đã ký gửi")
    draft = consolidate(people)
    decide(people, draft)
    officer.goto(TASK)
    expect(officer.locator("main")).to_contain_text(shown(400))
    officer.goto(draft)
    officer.get_by_role("link", name="khác phiên bản").click()
    expect(officer.locator("main")).to_contain_text("lùi")
    whole(officer)


def consolidate(people: People) -> str:
    """The coordinator's draft with the proposal in it, laid before the leader; where it stands."""
    page = people.at(COORDINATOR, "1280")
    page.goto("/lam-viec/sua-doi/")
    page.get_by_role("link", name="Lập dự thảo cho KH68").click()
    page.get_by_label("Tên dự thảo").fill(DRAFT)
    press(page, "Lập dự thảo")
    page.locator("main li", has_text=WHY).get_by_role("button", name="Đưa vào dự thảo").click()
    said(page, "Đã đưa đề nghị vào dự thảo")
    whole(page)
    press(page, "Trình quyết định")
    said(page, "Đã trình dự thảo")
    expect(page.get_by_role("button", name="Quyết định sửa đổi kế hoạch")).to_have_count(0)
    return page.url


def decide(people: People, draft: str) -> None:
    page = people.at(LEADER, "360")
    page.goto(draft)
    expect(page.locator("main")).to_contain_text(WHY)
    whole(page)
    page.get_by_label("Số, ký hiệu quyết định").fill("1024/QĐ-UBND (minh họa)")
    press(page, "Quyết định sửa đổi kế hoạch")
    said(page, "kế hoạch có phiên bản mới")
    whole(page)


def test_a_difficulty_goes_from_the_unit_to_the_leader_and_back(people: People) -> None:
    officer = people.at(OFFICER, "360")
    officer.goto(f"/lam-viec/vuong-mac/moi/?nhiem_vu={TASK.split('/')[-2]}")
    officer.get_by_label("Khó khăn, vướng mắc", exact=True).fill(TROUBLE)
    officer.get_by_label("Đề xuất, kiến nghị").fill("Tỉnh cung cấp phần mềm dùng chung (minh họa).")
    whole(officer)
    press(officer, "Lưu vào sổ")
    expect(officer.get_by_role("heading", level=1)).to_have_text(TROUBLE)
    place = officer.url
    act(people.at(HEAD, "360"), place, "Gửi")
    coordinator = people.at(COORDINATOR, "1280")
    act(coordinator, place, "Chuyển cơ quan có thẩm quyền", {"Cơ quan có thẩm quyền": "Ủy ban nhân dân tỉnh Lai Châu"})
    whole(coordinator)
    leader = people.at(LEADER, "360")
    given = {"Nội dung quyết định": RULING, "Số, ngày văn bản": "88/TB-UBND (minh họa)"}
    act(leader, place, "Ghi quyết định", given)
    whole(leader)
    head = people.at(HEAD, "360")
    act(head, place, "Xác nhận đã tháo gỡ")
    expect(head.locator("main header")).to_contain_text(re.compile("đã tháo gỡ|được tháo gỡ", re.IGNORECASE))
    expect(head.locator("main")).to_contain_text(RULING)
    whole(head)


def act(page: Page, place: str, name: str, given: dict[str, str] | None = None) -> None:
    """Open the page of one act on a difficulty, fill it in, do it."""
    page.goto(place)
    page.locator("main").get_by_role("link", name=re.compile(f"^{name}", re.IGNORECASE)).click()
    for label, value in (given or {}).items():
        bound = page.get_by_label(label, exact=True)
        if bound.evaluate("each => each.tagName") == "SELECT":
            bound.select_option(label=value)
        else:
            bound.fill(value)
    whole(page)
    page.locator("main form.panel .actions button").click()
    page.wait_for_url(f"**{place[place.index('/lam-viec') :]}")


def test_a_direction_is_reported_by_the_unit_and_closed_by_another(people: People) -> None:
    leader = people.at(LEADER, "360")
    leader.goto("/lam-viec/chi-dao/ghi/")
    leader.get_by_label("Nội dung chỉ đạo").fill(WORD)
    leader.get_by_label("Đơn vị", exact=True).select_option(label="Sở Y tế")
    leader.get_by_label("Việc phải làm").fill(ASKED)
    leader.get_by_label("Xong trước hết ngày").fill(day(9))
    whole(leader)
    press(leader, "Ghi và giao việc")
    said(leader, "các đơn vị được giao đã nhận thông báo")
    whole(leader)
    head = people.at(HEAD, "360")
    head.goto("/lam-viec/chi-dao/")
    head.get_by_role("link", name=ASKED).click()
    head.get_by_label("Kết quả", exact=True).fill(DONE)
    whole(head)
    press(head, "Báo cáo đã xong")
    said(head, "chờ bên giao việc xác nhận")
    expect(head.get_by_role("button", name="Xác nhận đã xong")).to_have_count(0)
    coordinator = people.at(COORDINATOR, "1280")
    coordinator.goto(head.url)
    expect(coordinator.locator("main")).to_contain_text(DONE)
    whole(coordinator)
    press(coordinator, "Xác nhận đã xong")
    said(coordinator, "Đã xác nhận việc này xong")
    whole(coordinator)


def test_a_reorganisation_is_entered_looked_at_recorded_and_undone(people: People) -> None:
    """Nothing is written before the last step; undone, the unit goes on under its old name."""
    page = people.at(ADMINISTRATOR, "360")
    page.goto("/lam-viec/co-quan/sap-xep/ghi/")
    whole(page)
    page.get_by_role("link", name="Đổi tên").click()
    page.get_by_label("Đơn vị cũ").select_option(label=OLD_NAME)
    page.get_by_label("Có hiệu lực từ ngày").fill(day(0))
    page.get_by_label("Văn bản quyết định").fill("Quyết định số 12/QĐ-UBND (minh họa)")
    press(page, "Tiếp tục")
    page.get_by_label("Tên đầy đủ của đơn vị mới").fill(NEW_NAME)
    page.get_by_label(re.compile("^Mã")).fill("truong-cd-cong-nghe")
    page.get_by_label("Tên gọi tắt").fill("Trường CĐ Công nghệ")
    whole(page)
    press(page, "Tiếp tục")
    expect(page.locator("main")).to_contain_text("Những gì bị động đến")
    whole(page)
    tree = people.at(COORDINATOR, "1280")
    expect_unit(tree, OLD_NAME, NEW_NAME)
    press(page, "Ghi việc sắp xếp")
    said(page, "Đã ghi việc sắp xếp")
    whole(page)
    expect_unit(tree, NEW_NAME, OLD_NAME)
    page.get_by_text("Hủy việc sắp xếp này").click()
    page.get_by_label("Lý do hủy").fill("Ghi nhầm văn bản (minh họa).")
    press(page, "Hủy việc sắp xếp")
    expect(page.locator("main")).to_contain_text("Ghi nhầm văn bản")
    whole(page)
    expect_unit(tree, OLD_NAME, NEW_NAME)


def expect_unit(page: Page, stands: str, gone: str) -> None:
    """The tree of units of today names the one and not the other."""
    page.goto("/lam-viec/co-quan/theo-ngay/")
    standing = page.locator("main details li > a")
    expect(standing.filter(has_text=stands)).to_have_count(1)
    expect(standing.filter(has_text=gone)).to_have_count(0)
