"""What the public gets once a published task is kept from it: nothing of it, anywhere."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.http import http_date

from tests.factories import NOON, make_item, make_task
from tests.portal.test_views import FILES, PAGES
from tests.publication.release import Story
from tiendo.calendars.deadlines import Cell
from tiendo.plans.models import Task
from tiendo.publication.actions import withhold_task
from tiendo.publication.models import Release
from tiendo.publication.queries import latest_release

WORDS = ("CANRUT", "canrut", "SANPHAMRUT", "RIENG-9", "LYDORUT")
API = ["/tasks", "/tasks?q=canrut", "/units", "/releases"]
NOW = [
    *(page for page in PAGES if page != "/dot-cong-bo/1/"),
    "/tim/?q=canrut",
    "/tim/?q=RIENG-9",
    *(f"/du-lieu/{name}" for name in FILES),
    *(f"/dot-cong-bo/3/{name}" for name in FILES),
    "/dot-cong-bo/3/",
    *(f"/api/v1{address}" for address in [*API, "/releases/3"]),
]
GONE = [f"/dot-cong-bo/{number}/{name}" for number in (1, 2) for name in ("", *FILES)]
GONE += ["/api/v1/releases/1", "/api/v1/releases/2"]


@pytest.fixture
def taken(story: Story) -> Task:
    """A task that two releases have named, by title, code, product and the row it came from."""
    item = make_item(story.plan.version, "III.1.1#7", "Dòng CANRUT")
    given = {"title": "Việc CANRUT", "product": "SANPHAMRUT", "code": "RIENG-9", "item": item}
    task = make_task(story.plan, by=story.world.chi, lead=story.world.unit_a, **given)
    story.publish("Đợt 1")
    story.publish("Đợt 2", days=1)
    return task


def _withhold(story: Story, task: Task) -> Release:
    withhold_task(task=task, reason="LYDORUT", by=story.world.decision_maker, at=NOON + timedelta(days=5))
    return latest_release()


def test_the_words_are_public_before(story: Story, client: Client, taken: Task) -> None:
    for address in ("/nhiem-vu/", "/ke-hoach/", "/tim/?q=canrut", "/dot-cong-bo/1/nhiem-vu.csv", "/api/v1/tasks"):
        assert "CANRUT" in client.get(address).content.decode()


def test_no_public_address_names_it_after(story: Story, client: Client, taken: Task) -> None:
    for address in [*NOW, *GONE]:
        client.get(address)  # a kept answer of before must not come back
    _withhold(story, taken)
    for address in [*NOW, *GONE]:
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 410 if address in GONE else 200)
        typed = address.partition("q=")[2]  # a search page repeats what the reader typed
        text = answer.content.decode().replace(typed, "") if typed else answer.content.decode()
        assert (address, [word for word in WORDS if word in text]) == (address, [])


@pytest.mark.parametrize("address", ["/nhiem-vu/RIENG-9/", "/api/v1/tasks/RIENG-9"])
def test_its_own_address_is_no_more(story: Story, client: Client, taken: Task, address: str) -> None:
    assert client.get(address).status_code == 200
    _withhold(story, taken)
    assert client.get(address).status_code == 404


def test_what_is_withdrawn_says_so_and_where_to_read_on(story: Story, client: Client, taken: Task) -> None:
    _withhold(story, taken)
    for address in GONE:
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 410)
        assert "được thay bằng đợt số 3" in answer.content.decode()


def test_a_reader_with_the_old_page_is_not_told_that_it_still_holds(story: Story, client: Client, taken: Task) -> None:
    before = client.get("/dot-cong-bo/1/")
    _withhold(story, taken)
    kept = {"If-None-Match": before["ETag"]}, {"If-Modified-Since": before["Last-Modified"]}
    assert [client.get("/dot-cong-bo/1/", headers=headers).status_code for headers in kept] == [410, 410]
    assert before["Last-Modified"] == http_date(Release.objects.get(number=2).decided_at.timestamp())


def test_an_old_release_is_gone_at_once_even_when_the_newest_stays(story: Story, client: Client, taken: Task) -> None:
    Task.objects.filter(pk=taken.pk).update(not_public_reason="mật")
    story.publish("Đợt 3", days=2)
    assert client.get("/dot-cong-bo/1/nhiem-vu.csv").status_code == 200
    assert _withhold(story, taken).number == 3
    assert client.get("/dot-cong-bo/1/nhiem-vu.csv").status_code == 410


def test_the_list_keeps_number_date_and_what_replaced_it(story: Story, client: Client, taken: Task) -> None:
    _withhold(story, taken)
    text = client.get("/dot-cong-bo/").content.decode()
    assert text.count("đã rút, được thay bằng đợt số 3") == 2
    assert "Đợt 2 (đính chính)" in text
    assert "/dot-cong-bo/1/dot-cong-bo.json" not in text


def test_the_first_page_names_the_release_it_corrects(story: Story, client: Client, taken: Task) -> None:
    release = _withhold(story, taken)
    text = client.get("/").content.decode()
    assert all(words in text for words in ("Đợt công bố số 3", release.seal, "đợt số 2, đã rút"))
    assert "2 nhiệm vụ không thuộc diện công khai" in text


@pytest.mark.parametrize("cell", [cell.value for cell in Cell])
def test_the_four_cells_equal_their_lists_after(story: Story, client: Client, taken: Task, cell: str) -> None:
    counts = _withhold(story, taken).summary["counts"]
    cache.clear()
    listed = client.get(f"/nhiem-vu/?cell={cell}").content.decode().count('class="row-title"')
    assert listed == counts[cell] == client.get(f"/api/v1/tasks?cell={cell}").json()["count"]
    assert sum(counts[each.value] for each in Cell) == counts["total"] == 2
