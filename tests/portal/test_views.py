import gzip
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from tests.factories import NOON, make_task
from tests.publication.release import Story, leaks
from tiendo.publication.actions import propose_release, reject_release

PAGES = [
    "/",
    "/tim/",
    "/tim/?q=phu+song",
    "/ke-hoach/",
    "/nhom/III.1.1/",
    "/co-quan/",
    "/co-quan/so-xay-dung/",
    "/nhiem-vu/",
    "/nhiem-vu/kh-57-1/",
    "/nhiem-vu/kh-57-2/",
    "/du-lieu/",
    "/dot-cong-bo/",
    "/dot-cong-bo/1/",
    "/kiem-chung/",
]
FILES = [
    "nhiem-vu.csv",
    "nhiem-vu.json",
    "co-quan.csv",
    "co-quan.json",
    "ke-hoach.csv",
    "ke-hoach.json",
    "tu-dien.csv",
    "tu-dien.json",
    "dot-cong-bo.json",
]


class _Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        if tag in {"script", "img", "iframe"} and given.get("src"):
            self.loaded.append(given["src"] or "")
        if tag in {"link", "use"} and given.get("href"):
            self.loaded.append((given["href"] or "").partition("#")[0])


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_opens_without_signing_in_or_scripts_or_foreign_hosts(
    story: Story, client: Client, address: str
) -> None:
    story.publish()
    text = _text(client, address)
    assert text.count("<h1") == 1
    assert "<script" not in text
    assert [each for each in _Links(text).loaded if not each.startswith("/static/")] == []


@pytest.mark.parametrize("address", [*PAGES, *(f"/du-lieu/{name}" for name in FILES), "/dot-cong-bo/1/nhiem-vu.csv"])
def test_nothing_that_is_not_public_stands_anywhere(story: Story, client: Client, address: str) -> None:
    story.publish()
    refused = propose_release(plan=story.plan, title="DOTKHONGDUYET", by=story.world.chi, at=NOON + timedelta(days=1))
    reject_release(release=refused, reason="Sai", by=story.world.decision_maker, at=NOON)
    assert leaks(_text(client, address), story.world) == []


@pytest.mark.parametrize("word", ["NHIEMVUKIN", "SANPHAMKIN", "MAKIN-3", "VUONGMACNOIBO", "An Nguyễn Văn An"])
def test_search_finds_nothing_that_is_not_public(story: Story, client: Client, word: str) -> None:
    story.publish()
    assert "Không có nhiệm vụ nào" in _text(client, f"/tim/?q={word}")


@pytest.mark.parametrize("address", ["/nhiem-vu/MAKIN-3/", "/nhom/khong-co/", "/co-quan/khong-co/", "/dot-cong-bo/9/"])
def test_what_is_not_released_does_not_exist(story: Story, client: Client, address: str) -> None:
    story.publish()
    assert client.get(address).status_code == 404


def test_before_the_first_release_the_first_page_is_friendly(story: Story, client: Client) -> None:
    propose_release(plan=story.plan, title="Chờ", by=story.world.chi, at=NOON)
    assert "Chưa có số liệu nào được công bố" in _text(client, "/")
    assert {client.get(address).status_code for address in PAGES[1:]} == {404}
    assert client.get("/robots.txt").status_code == 200


@pytest.mark.parametrize("q", ["phủ sóng 5g", "PHU SONG", "5G phu", "Sở Xây dựng", "so xay dung"])
def test_search_with_and_without_marks(story: Story, client: Client, q: str) -> None:
    story.publish()
    text = _text(client, f"/tim/?q={q}")
    assert "/nhiem-vu/kh-57-1/" in text
    assert "/nhiem-vu/kh-57-2/" not in text


SOME = "Không có nhiệm vụ chứa đủ các từ; dưới đây là nhiệm vụ chứa một số từ."


@pytest.mark.parametrize("q", ["5g", "5G", "mang 5G", "mạng 5g", "MẠNG 5G", "phu song", "Nâng cao nhận thức phủ sóng"])
@pytest.mark.parametrize("page", ["/tim/", "/nhiem-vu/"])
def test_what_a_resident_types_finds_the_task(story: Story, client: Client, page: str, q: str) -> None:
    story.publish()
    text = _text(client, f"{page}?q={q}")
    assert re.findall(r'class="row-title"><a href="([^"]+)"', text) == ["/nhiem-vu/kh-57-1/"]
    assert (SOME in text) is ("5g" in q.lower() and " " in q)


def test_tasks_with_some_of_the_words_are_counted_and_the_best_comes_first(story: Story, client: Client) -> None:
    make_task(story.plan, by=story.world.chi, title="Nối mạng tới bản", description="Cáp quang")
    make_task(story.plan, by=story.world.chi, title="Tập huấn", description="Dùng mạng an toàn")
    make_task(story.plan, by=story.world.chi, title="Trồng rừng")
    story.publish()
    text = _text(client, "/tim/?q=an toan mang 6g")
    assert SOME in text
    assert re.findall(r'class="row-title"><a href="([^"]+)"', text) == ["/nhiem-vu/kh-57-5/", "/nhiem-vu/kh-57-4/"]
    assert "2 nhiệm vụ" in re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize("q", ["mang 7g", "khong he co"])
def test_a_search_that_finds_nothing_does_not_speak_of_some_words(story: Story, client: Client, q: str) -> None:
    story.publish()
    text = _text(client, f"/tim/?q={q}")
    assert SOME not in text
    assert "Không có nhiệm vụ nào" in text


@pytest.mark.parametrize(
    "cell", ["done_on_time", "done_late", "open_in_time", "open_overdue", "due_soon", "without_report"]
)
def test_each_number_opens_a_list_with_exactly_that_many_rows(story: Story, client: Client, cell: str) -> None:
    for days in (0, 3, 30):
        make_task(story.plan, by=story.world.chi, due_on=NOON.date() + timedelta(days=days))
    counts = story.publish().summary["counts"]
    text = _text(client, f"/nhiem-vu/?cell={cell}")
    assert text.count('class="row-title"') == counts[cell]


def test_the_numbers_of_a_unit_open_lists_of_what_it_leads(story: Story, client: Client) -> None:
    story.publish()
    led = _text(client, "/nhiem-vu/?unit=so-y-te&lead=on")
    charged = _text(client, "/nhiem-vu/?unit=so-y-te")
    assert (led.count('class="row-title"'), charged.count('class="row-title"')) == (1, 2)


@pytest.mark.parametrize("asked", ["cell=khong-co", "unit=khong-co", "group=x", "state=xong"])
def test_a_filter_that_does_not_exist_is_told(story: Story, client: Client, asked: str) -> None:
    story.publish()
    text = _text(client, f"/nhiem-vu/?{asked}")
    assert 'role="alert"' in text
    assert "Không có nhiệm vụ nào" in text


def test_every_task_is_reached_in_three_steps(story: Story, client: Client) -> None:
    for number in range(60):
        make_task(story.plan, by=story.world.chi, lead=story.world.unit_a, title=f"Việc {number}")
    release = story.publish()
    tasks = {f"/nhiem-vu/{code}/" for code in release.tasks.values_list("code", flat=True)}
    seen, level = {"/"}, ["/"]
    for _step in range(3):
        found = {link.partition("#")[0] for address in level for link in _Links(_text(client, address)).links}
        level = sorted(
            {link for link in found if link.startswith("/") and not link.startswith(("/api", "/lam-viec"))} - seen
        )
        seen |= set(level)
        level = [link for link in level if not link.endswith((".csv", ".json")) and link not in tasks]
    assert tasks <= seen


def test_the_first_page_stays_under_100_kb_with_its_styles(story: Story, client: Client) -> None:
    for number in range(60):
        make_task(story.plan, by=story.world.chi, lead=story.world.unit_a, title=f"Việc {number}")
    story.publish()
    text = _text(client, "/")
    files = set(_Links(text).loaded)
    found = [Path(str(finders.find(each.removeprefix("/static/")))) for each in files]
    sizes = [len(gzip.compress(file.read_bytes())) for file in found]
    assert len(files) >= 3
    assert len(gzip.compress(text.encode())) + sum(sizes) < 100_000


@pytest.mark.parametrize("address", [page for page in PAGES if page not in {"/du-lieu/", "/nhiem-vu/kh-57-2/"}])
def test_the_number_of_queries_does_not_grow(story: Story, client: Client, address: str) -> None:
    story.publish()
    with CaptureQueriesContext(connection) as few:
        _text(client, address)
    for number in range(3):
        make_task(story.plan, by=story.world.chi, lead=story.world.unit_a, title=f"Phủ sóng {number}")
    story.publish(days=1)
    with CaptureQueriesContext(connection) as many:
        _text(client, address)
    assert len(few) == len(many) <= 6


def test_an_answer_is_made_once_and_not_sent_twice(story: Story, client: Client) -> None:
    release = story.publish()
    first = client.get("/")
    with CaptureQueriesContext(connection) as queries:
        again = client.get("/", headers={"If-None-Match": first["ETag"]})
        since = client.get("/", headers={"If-Modified-Since": http_date(release.decided_at.timestamp())})
        whole = client.get("/")
    assert (again.status_code, again.content, since.status_code) == (304, b"", 304)
    assert whole.content == first.content
    assert len(queries) == 3
    assert "public" in first["Cache-Control"]
    assert first["Last-Modified"] == http_date(release.decided_at.timestamp())


def test_a_new_release_is_seen_at_once(story: Story, client: Client) -> None:
    story.publish()
    tag = client.get("/")["ETag"]
    story.publish("Đợt hai", days=1)
    answer = client.get("/", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Đợt công bố số 2" in answer.content.decode()
    assert "Đợt công bố giữa năm" in _text(client, "/dot-cong-bo/1/")


def test_a_large_reader_gets_the_packed_answer(story: Story, client: Client) -> None:
    story.publish()
    packed = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == client.get("/").content


def test_a_message_to_a_signed_in_person_does_not_enter_a_public_page(story: Story, client: Client) -> None:
    story.publish()
    client.force_login(story.world.chi)
    assert "Vàng Thị Chi" not in _text(client, "/")


def test_the_task_page_tells_three_groups_origin_and_history(story: Story, client: Client) -> None:
    story.publish()
    done, late = _text(client, "/nhiem-vu/kh-57-1/"), _text(client, "/nhiem-vu/kh-57-2/")
    for words in ("Tiến độ", "Nguồn lực", "Kết quả", "Lịch sử nhiệm vụ"):
        assert words in done
        assert words in late
    assert "Nhiệm vụ đã hoàn thành ngày 20/06/2026, đúng hạn (hạn 31/12/2026)." in done
    assert re.search(r"1\.250\.000\.000.đồng", done)
    assert "12/BC-SXD" in done
    assert "lần nộp 1 ngày 01/07/2026, tiếp nhận ngày 01/07/2026" in done
    assert "dòng 1–2" in done
    assert late.count("chưa có dữ liệu") >= 2
    assert late.count("không có số liệu") == 2
    assert "Đã quá hạn 1 ngày (hạn 30/06/2026)." in late


def test_the_first_page_prints_number_seal_and_head(story: Story, client: Client) -> None:
    release = story.publish()
    text = _text(client, "/")
    for words in (f"Đợt công bố số {release.number}", release.seal, release.log_head, "kiem-chung"):
        assert str(words) in text
    assert "1 nhiệm vụ không thuộc diện công khai" in text


@pytest.mark.parametrize("address", ["/", "/nhiem-vu/kh-57-1/", "/du-lieu/"])
def test_invented_data_say_so(story: Story, client: Client, settings: object, address: str) -> None:
    settings.TIENDO_ILLUSTRATIVE = True  # type: ignore[attr-defined]
    story.publish()
    assert "Dữ liệu minh họa" in _text(client, address)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_public_pages_take_nothing(story: Story, client: Client, method: str) -> None:
    story.publish()
    assert getattr(client, method)("/").status_code == 405
