"""An inspector in the field: the link goes in the middle of a finding, nothing is lost, nothing is sent twice."""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, FilePayload, Locator, Page, Route, expect

from tests.browser.test_report_editor import faults, forget
from tests.browser.visitor import DESK, PHONE, Visitor, visiting
from tiendo.config.sample.story import PASSWORD

pytestmark = pytest.mark.browser
INSPECTOR = "thanh-tra"
PATHS = ("/lam-viec/kiem-tra/", "/lam-viec/giam-sat/", "/lam-viec/giam-sat/nhom/", "/lam-viec/giam-sat/chua-co/")
WORDS = "Ba trạm chưa lắp thiết bị"


def photo(name: str) -> FilePayload:
    """A small picture, another for each name."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header, colour = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0), bytes([0, sum(name.encode()) % 256])
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(colour)) + chunk(b"IEND", b"")
    return {"name": name, "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + body}


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Visitor]:
    options: dict[str, Any] = {"viewport": PHONE, "has_touch": True}
    with visiting(chromium, address, INSPECTOR, **options) as visitor:
        yield visitor


def open_field(page: Page) -> None:
    """From the list to the form of the inspection that goes on."""
    page.goto("/lam-viec/kiem-tra/")
    page.get_by_role("link", name="Ghi phát hiện").first.click()
    expect(page.get_by_label("Điều đã thấy")).to_be_visible()


def write(page: Page, words: str, *photos: str) -> None:
    page.get_by_label("Điều đã thấy").fill(words)
    page.get_by_label("thiếu sót").check()
    if photos:
        page.get_by_label("Ảnh, giấy tờ có sẵn").set_input_files([photo(name) for name in photos])
        expect(page.locator("[data-photos] li")).to_have_count(len(photos))
    expect(page.locator("[data-writing]")).to_contain_text("Đã giữ")


def send(page: Page) -> None:
    page.get_by_role("button", name="Gửi phát hiện").click()


def kept(page: Page) -> Locator:
    return page.locator("[data-field-drafts] [data-list] li")


def sent(page: Page, words: str) -> Locator:
    return page.locator("section[aria-labelledby=sent] li").filter(has_text=words)


def offline_words(visitor: Visitor) -> None:
    """Chromium says in its own words that the link is down."""
    visitor.complaints = [line for line in visitor.complaints if "ERR_INTERNET_DISCONNECTED" not in line]


def test_the_link_goes_in_the_middle_and_words_and_photo_go_once_it_is_back(phone: Visitor) -> None:
    page = phone.page
    open_field(page)
    phone.context.set_offline(True)
    write(page, WORDS, "tram-1.png", "tram-2.png")
    send(page)
    expect(kept(page)).to_have_count(1)
    expect(kept(page)).to_contain_text("2 ảnh")
    expect(page.locator("[data-field-drafts] [data-said]")).to_contain_text("giữ trên máy này")
    expect(page.get_by_label("Điều đã thấy")).to_have_value("")
    here = page.url
    page.close()
    phone.context.set_offline(False)
    phone.page = page = phone.context.new_page()
    page.goto(here)
    expect(page.locator("[data-said]")).to_contain_text("Đã gửi xong")
    expect(kept(page)).to_have_count(0)
    page.reload()
    expect(sent(page, WORDS)).to_have_count(1)
    expect(sent(page, WORDS)).to_contain_text("2 tệp")
    offline_words(phone)


def test_an_open_page_sends_by_itself_when_the_link_returns(phone: Visitor) -> None:
    page = phone.page
    open_field(page)
    phone.context.set_offline(True)
    write(page, "Ghi khi mất sóng")
    send(page)
    expect(kept(page)).to_have_count(1)
    phone.context.set_offline(False)
    expect(page.locator("[data-said]")).to_contain_text("Đã gửi xong")
    offline_words(phone)


def test_an_answer_that_got_lost_makes_no_second_finding(phone: Visitor) -> None:
    """The server wrote it down, the phone never heard so, and sends it again."""
    page = phone.page
    open_field(page)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    page.route(re.compile("/phat-hien/$"), lose)
    write(page, "Câu trả lời bị mất", "tram.png")
    send(page)
    expect(kept(page)).to_have_count(1)
    expect(page.locator("[data-field-drafts] [data-said]")).to_contain_text("giữ trên máy này")
    page.unroute(re.compile("/phat-hien/$"))
    page.reload()
    expect(page.locator("[data-said]")).to_contain_text("Đã gửi xong")
    page.reload()
    assert lost == [200]
    expect(sent(page, "Câu trả lời bị mất")).to_have_count(1)
    expect(sent(page, "Câu trả lời bị mất")).to_contain_text("1 tệp")
    phone.complaints = [line for line in phone.complaints if "ERR_CONNECTION_RESET" not in line]


def test_words_being_written_are_there_after_the_page_was_closed(phone: Visitor) -> None:
    page = phone.page
    open_field(page)
    write(page, "Mới ghi được một nửa", "nua.png")
    page.close()
    phone.page = page = phone.context.new_page()
    open_field(page)
    expect(page.get_by_label("Điều đã thấy")).to_have_value("Mới ghi được một nửa")
    expect(page.get_by_label("thiếu sót")).to_be_checked()
    expect(page.locator("[data-photos] li")).to_have_count(1)
    assert kept(page).count() == 0


def test_a_session_that_ended_meanwhile_keeps_the_draft_until_signed_in_again(phone: Visitor) -> None:
    page = phone.page
    open_field(page)
    cookies = phone.context.cookies()
    phone.context.clear_cookies()
    phone.context.add_cookies([each for each in cookies if each["name"] != "sessionid"])
    write(page, "Phiên đã hết khi gửi")
    send(page)
    expect(page.locator("[data-field-drafts] [data-said]")).to_contain_text("Phiên đăng nhập đã hết")
    page.get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_label("Tên đăng nhập").fill(INSPECTOR)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("[data-said]")).to_contain_text("Đã gửi xong")
    page.reload()
    expect(sent(page, "Phiên đã hết khi gửi")).to_have_count(1)


def carried(page: Page) -> None:
    """The page says that it opens without a link."""
    expect(page.get_by_text("Trang này mở được cả khi không có mạng.")).to_be_visible()


def kept_addresses(page: Page) -> list[str]:
    """What this browser keeps, pages first; empty when it keeps nothing."""
    asked = """async () => {
        const found = [];
        for (const room of await caches.keys())
            for (const each of await (await caches.open(room)).keys()) found.push(new URL(each.url).pathname);
        return found;
    }"""
    return sorted(page.evaluate(asked))


def test_a_page_opened_once_opens_again_without_a_link_and_sends_once(phone: Visitor) -> None:
    page = phone.page
    open_field(page)
    carried(page)
    phone.context.set_offline(True)
    page.reload()
    stamp = re.compile(r"Trang lưu lúc \d\d:\d\d .*, đang ngoại tuyến")
    expect(page.locator("[data-kept-page]")).to_contain_text(stamp)
    assert page.evaluate("getComputedStyle(document.querySelector('.field-form textarea')).fontSize") == "18px"
    write(page, "Ghi trên trang mang theo", "xa-song.png")
    page.reload()
    expect(page.get_by_label("Điều đã thấy")).to_have_value("Ghi trên trang mang theo")
    send(page)
    expect(kept(page)).to_have_count(1)
    phone.context.set_offline(False)
    expect(page.locator("[data-field-drafts] [data-said]")).to_contain_text("Đã gửi xong")
    page.get_by_role("link", name="Tải lại trang").click()
    expect(sent(page, "Ghi trên trang mang theo")).to_have_count(1)
    expect(sent(page, "Ghi trên trang mang theo")).to_contain_text("1 tệp")
    expect(page.locator("[data-kept-page]")).to_be_hidden()
    offline_words(phone)


def test_with_a_link_the_page_is_the_servers_and_no_other_page_is_kept(phone: Visitor) -> None:
    page = phone.page
    open_field(page)
    carried(page)
    field = urlsplit(page.url).path
    write(page, "Có mạng thì trang mới")
    send(page)
    expect(page.locator("[data-field-drafts] [data-said]")).to_contain_text("Đã gửi xong")
    page.reload()
    expect(sent(page, "Có mạng thì trang mới")).to_have_count(1)
    for path in ("/lam-viec/", "/lam-viec/kiem-tra/", field.removesuffix("phat-hien/"), "/"):
        page.goto(path)
    addresses = kept_addresses(page)
    assert [each for each in addresses if not each.startswith("/static/")] == [field]
    phone.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/lam-viec/kiem-tra/")
    offline_words(phone)


def test_a_page_is_taken_along_without_being_opened(phone: Visitor) -> None:
    page = phone.page
    page.goto("/lam-viec/kiem-tra/")
    page.get_by_role("button", name="Mang theo khi đi kiểm tra").first.click()
    expect(page.get_by_text("Mở được khi không có mạng (lưu lúc")).to_have_count(1)
    field = str(page.get_by_role("link", name="Ghi phát hiện").first.get_attribute("href"))
    page.reload()
    expect(page.get_by_text("Mở được khi không có mạng (lưu lúc")).to_have_count(1)
    phone.context.set_offline(True)
    page.goto(field)
    expect(page.get_by_label("Điều đã thấy")).to_be_visible()
    expect(page.locator("[data-kept-page]")).to_contain_text("đang ngoại tuyến")
    offline_words(phone)


def test_what_was_kept_goes_when_the_person_signs_out(phone: Visitor) -> None:
    page = phone.page
    open_field(page)
    carried(page)
    field = page.url
    assert kept_addresses(page) != []
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_have_count(0)
    assert kept_addresses(page) == []
    phone.context.set_offline(True)
    with pytest.raises(Error, match="net::ERR_"):
        page.goto(field)
    offline_words(phone)


def test_what_was_kept_goes_when_another_person_signs_in(phone: Visitor) -> None:
    """The session ended without anybody pressing the button."""
    open_field(phone.page)
    carried(phone.page)
    cookies = [each for each in phone.context.cookies() if each["name"] != "sessionid"]
    phone.context.clear_cookies()
    phone.context.add_cookies(cookies)
    phone.sign_in("dau-moi")
    phone.page.wait_for_function("async () => (await caches.keys()).length === 0")
    assert kept_addresses(phone.page) == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1280"])
def test_the_pages_are_sound_on_phone_and_desk(chromium: Browser, address: str, size: dict[str, int]) -> None:
    with visiting(chromium, address, INSPECTOR, viewport=size) as visitor:
        page = visitor.page
        open_field(page)
        assert faults(page) == []
        for path in PATHS:
            page.goto(path)
            assert (path, faults(page)) == (path, [])
        page.goto("/lam-viec/kiem-tra/")
        for link in [each.get_attribute("href") for each in page.locator(".cards h3 a").all()]:
            page.goto(str(link))
            assert (link, faults(page)) == (link, [])


def test_without_scripts_the_form_sends_itself(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, INSPECTOR, scripts=False, viewport=PHONE) as visitor:
        page = visitor.page
        open_field(page)
        page.get_by_label("Điều đã thấy").fill("Gửi không cần chương trình")
        page.get_by_role("radio", name="lưu ý").check()
        page.get_by_label("Ảnh, giấy tờ có sẵn").set_input_files([photo("khong-js.png")])
        send(page)
        expect(sent(page, "Gửi không cần chương trình")).to_contain_text("1 tệp")
        forget(visitor, "422")
