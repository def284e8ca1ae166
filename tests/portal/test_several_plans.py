"""The public side while more than one plan is public: all tasks are found, each plan keeps its own numbers."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, make_plan, make_task
from tests.portal.test_views import PAGES
from tests.publication.release import Story
from tiendo.calendars.deadlines import Cell
from tiendo.plans.models import Plan
from tiendo.publication.actions import approve_release, propose_release, withhold_task
from tiendo.publication.models import Release
from tiendo.publication.queries import current_releases

MORE = [
    "/ke-hoach/kh-57/",
    "/ke-hoach/kh-99/",
    "/ke-hoach/kh-57/nhom/III.1.1/",
    "/nhiem-vu/kh-99-1/",
    "/dot-cong-bo/2/",
]


def _publish(story: Story, plan: Plan, title: str, days: int) -> Release:
    at = NOON + timedelta(days=days)
    release = propose_release(plan=plan, title=title, by=story.world.chi, at=at)
    return approve_release(release=release, by=story.world.decision_maker, at=at + timedelta(hours=1))


@pytest.fixture
def other(story: Story) -> Plan:
    """A second plan, public since a day after the first, with a group of the same code and the same agency."""
    plan = make_plan(story.world.province, code="kh-99", title="Kế hoạch xây trường học")
    make_task(plan, by=story.world.chi, lead=story.world.unit_b, title="Xây trường bán trú")
    make_task(plan, by=story.world.chi, lead=story.world.unit_a, title="Nối mạng cho trường", due_on=None)
    story.publish("Đợt của kế hoạch 57")
    _publish(story, plan, "Đợt của kế hoạch 99", days=1)
    return plan


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _rows(text: str) -> int:
    return text.count('class="row-title"')


def test_the_current_releases_are_the_newest_of_each_plan(story: Story, other: Plan) -> None:
    assert [release.number for release in current_releases()] == [2, 1]
    third = story.publish("Đợt sau", days=2)
    assert current_releases() == [third, Release.objects.get(number=2)]


@pytest.mark.parametrize("address", [*PAGES, *MORE])
def test_every_address_answers(story: Story, client: Client, other: Plan, address: str) -> None:
    assert _text(client, address).count("<h1") == 1


@pytest.mark.parametrize("code", ["kh-57-1", "kh-57-2", "kh-99-1", "kh-99-2"])
def test_a_task_of_any_plan_has_its_page_and_its_answer(story: Story, client: Client, other: Plan, code: str) -> None:
    release = Release.objects.get(tasks__code=code)
    assert f"/ke-hoach/{release.plan.code}/" in _text(client, f"/nhiem-vu/{code}/")
    assert client.get(f"/api/v1/tasks/{code}").json()["release"]["number"] == release.number


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("", ["kh-99-1", "kh-99-2", "kh-57-1", "kh-57-2"]),
        ("plan=kh-57", ["kh-57-1", "kh-57-2"]),
        ("plan=kh-99", ["kh-99-1", "kh-99-2"]),
        ("unit=so-xay-dung", ["kh-99-2", "kh-57-1"]),
        ("group=III.1.1&plan=kh-99", ["kh-99-1", "kh-99-2"]),
        ("q=truong", ["kh-99-1", "kh-99-2"]),
        ("q=phu song", ["kh-57-1"]),
    ],
)
def test_lists_page_and_answer_agree_over_the_plans(
    story: Story, client: Client, other: Plan, asked: str, codes: list[str]
) -> None:
    page = client.get(f"/api/v1/tasks?{asked}").json()
    assert ([item["code"] for item in page["items"]], page["count"]) == (codes, len(codes))
    text = _text(client, f"/nhiem-vu/?{asked}")
    assert _rows(text) == len(codes)
    assert all(f"/nhiem-vu/{code}/" in text for code in codes)


def test_search_finds_tasks_of_every_plan(story: Story, client: Client, other: Plan) -> None:
    for typed, code in (("xay truong", "kh-99-1"), ("phu song 5g", "kh-57-1")):
        assert f"/nhiem-vu/{code}/" in _text(client, f"/tim/?q={typed}")


def test_the_first_page_is_of_one_plan_and_names_the_others(story: Story, client: Client, other: Plan) -> None:
    text = _text(client, "/")
    assert "<h1>Kế hoạch xây trường học</h1>" in text
    assert "Các kế hoạch đang công bố" in text
    assert "/ke-hoach/kh-57/" in text


def test_with_one_plan_no_page_speaks_of_plans(story: Story, client: Client) -> None:
    story.publish()
    for address in ("/", "/ke-hoach/", "/nhiem-vu/", "/du-lieu/", "/dot-cong-bo/"):
        text = _text(client, address)
        assert "Các kế hoạch đang công bố" not in text
        assert "plan=" not in text
        assert 'name="plan"' not in text


@pytest.mark.parametrize("cell", [cell.value for cell in Cell])
def test_each_number_of_the_first_page_opens_as_many_rows(story: Story, client: Client, other: Plan, cell: str) -> None:
    address = f"/nhiem-vu/?cell={cell}&plan=kh-99"
    assert address.replace("&", "&amp;") in _text(client, "/")
    assert _rows(_text(client, address)) == current_releases()[0].summary["counts"][cell]


@pytest.mark.parametrize(("plan", "words"), [("kh-57", "Phủ sóng 5G"), ("kh-99", "Xây trường bán trú")])
def test_a_plan_and_its_group_hold_their_own_tasks_only(
    story: Story, client: Client, other: Plan, plan: str, words: str
) -> None:
    for address in (f"/ke-hoach/{plan}/", f"/ke-hoach/{plan}/nhom/III.1.1/"):
        text = _text(client, address)
        assert [each for each in ("Phủ sóng 5G", "Xây trường bán trú") if each in text] == [words]


def test_a_plan_that_is_not_public_does_not_exist(story: Story, client: Client, other: Plan) -> None:
    make_plan(story.world.province, code="kh-kin")
    for address in ("/ke-hoach/kh-kin/", "/ke-hoach/kh-kin/nhom/III.1.1/", "/ke-hoach/kh-57/nhom/khong-co/"):
        assert client.get(address).status_code == 404


def test_the_list_of_plans_names_each(story: Story, client: Client, other: Plan) -> None:
    text = _text(client, "/ke-hoach/")
    assert _rows(text) == 2
    assert "Kế hoạch xây trường học" in text


def test_an_agency_has_the_numbers_of_all_plans(story: Story, client: Client, other: Plan) -> None:
    units = {unit["code"]: unit for unit in client.get("/api/v1/units").json()["items"]}
    assert units["so-xay-dung"]["counts"]["total"] == 2
    assert units["so-y-te"]["counts"]["charged"] == 3
    text = _text(client, "/nhiem-vu/?unit=so-xay-dung&lead=on")
    assert _rows(text) == 2
    assert _rows(_text(client, "/co-quan/so-y-te/")) == 3


def test_open_data_hold_every_plan_and_say_which(story: Story, client: Client, other: Plan) -> None:
    answer = client.get("/du-lieu/nhiem-vu.csv")
    assert 'filename="nhiem-vu-dot-2-1.csv"' in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = [(row["ma"], row["dot_cong_bo"], row["ma_ke_hoach"]) for row in rows]
    assert told[0] == ("kh-99-1", "2", "kh-99")
    assert told[-1] == ("kh-57-2", "1", "kh-57")
    file = client.get("/du-lieu/nhiem-vu.json").json()
    assert [record["code"] for record in file["records"]] == [row["ma"] for row in rows]
    assert [(each["release"], each["records"]) for each in file["releases"]] == [(2, 2), (1, 2)]
    only = client.get("/dot-cong-bo/1/nhiem-vu.json").json()
    assert [record["code"] for record in only["records"]] == ["kh-57-1", "kh-57-2"]


def test_each_release_has_its_own_sealed_file(story: Story, client: Client, other: Plan) -> None:
    text = _text(client, "/du-lieu/")
    for number in (1, 2):
        address = f"/dot-cong-bo/{number}/dot-cong-bo.json"
        assert address in text
        assert client.get(address).json()["header"]["number"] == number


def test_a_task_taken_back_leaves_its_plan_and_nothing_of_the_other(story: Story, client: Client, other: Plan) -> None:
    kept = _text(client, "/nhiem-vu/")
    assert "Phủ sóng 5G" in kept
    withhold_task(task=story.done, reason="Mật", by=story.world.decision_maker, at=NOON + timedelta(days=5))
    assert [release.number for release in current_releases()] == [2, 3]
    text = _text(client, "/nhiem-vu/")
    assert "Phủ sóng 5G" not in text
    assert _rows(text) == 3
    assert [client.get(f"/dot-cong-bo/{number}/").status_code for number in (1, 2, 3)] == [410, 200, 200]


def test_a_release_of_the_older_plan_is_seen_at_once(story: Story, client: Client, other: Plan) -> None:
    tag = client.get("/nhiem-vu/")["ETag"]
    make_task(other, by=story.world.chi, title="Việc thêm")
    story.publish("Đợt sau", days=3)
    _publish(story, other, "Đợt sau nữa", days=2)
    answer = client.get("/nhiem-vu/", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Việc thêm" in answer.content.decode()


@pytest.mark.parametrize("address", [*PAGES, *MORE, "/api/v1/tasks", "/api/v1/units", "/du-lieu/co-quan.csv"])
def test_more_plans_need_no_more_queries(story: Story, client: Client, other: Plan, address: str) -> None:
    cache.clear()
    with CaptureQueriesContext(connection) as few:
        _text(client, address)
    for number in range(3):
        plan = make_plan(story.world.province, code=f"kh-t{number}", title=f"Kế hoạch {number}")
        make_task(plan, by=story.world.chi, lead=story.world.unit_a, title="Phủ sóng")
        _publish(story, plan, f"Đợt {number}", days=-1 - number)
    with CaptureQueriesContext(connection) as many:
        _text(client, address)
    assert len(few) == len(many) <= 6
