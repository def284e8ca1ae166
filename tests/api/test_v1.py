from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, make_task
from tests.publication.release import Story, leaks
from tiendo.api.shapes import ReleaseDetail, ReleaseList, TaskDetail, TaskPage, UnitList
from tiendo.publication.actions import propose_release

ADDRESSES = ["/tasks", "/tasks/kh-57-1", "/tasks/kh-57-2", "/units", "/releases", "/releases/1"]


def _get(client: Client, address: str, status: int = 200) -> dict:
    answer = client.get(f"/api/v1{address}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json"), answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def _codes(page: dict) -> list[str]:
    return [item["code"] for item in page["items"]]


def test_health_before_and_after_the_first_release(story: Story, client: Client) -> None:
    assert _get(client, "/health") == {"status": "ok", "release": None}
    story.publish()
    assert _get(client, "/health") == {"status": "ok", "release": 1}


@pytest.mark.parametrize("address", ADDRESSES)
def test_before_the_first_release_there_is_nothing(story: Story, client: Client, address: str) -> None:
    propose_release(plan=story.plan, title="Chờ", by=story.world.chi, at=NOON)
    assert _get(client, address, 404) == {"detail": "Chưa có đợt công bố nào."}


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_that_is_not_public_stands_anywhere(story: Story, client: Client, address: str) -> None:
    story.publish()
    propose_release(plan=story.plan, title="DOTKHONGDUYET", by=story.world.chi, at=NOON + timedelta(days=1))
    answer = client.get(f"/api/v1{address}")
    assert leaks(answer.content.decode(), story.world) == []


@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("/tasks", TaskPage),
        ("/tasks/kh-57-1", TaskDetail),
        ("/units", UnitList),
        ("/releases", ReleaseList),
        ("/releases/1", ReleaseDetail),
    ],
)
def test_an_answer_has_the_shape_that_is_described(story: Story, client: Client, address: str, shape: type) -> None:
    story.publish()
    answer = _get(client, address)
    assert set(answer) == set(shape.model_fields)  # type: ignore[attr-defined]
    shape.model_validate(answer)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["kh-57-1", "kh-57-2"]),
        ("q=phủ sóng", ["kh-57-1"]),
        ("q=CHU KY", ["kh-57-2"]),
        ("q=5g", ["kh-57-1"]),
        ("q=mang 5g", []),
        ("plan=kh-57&q=PHỦ SÓNG 5G", ["kh-57-1"]),
        ("plan=khong-co", []),
        ("q=NHIEMVUKIN", []),
        ("unit=so-y-te", ["kh-57-1", "kh-57-2"]),
        ("lead=so-y-te", ["kh-57-2"]),
        ("lead=so-xay-dung", ["kh-57-1"]),
        ("cell=open_overdue", ["kh-57-2"]),
        ("cell=without_report", ["kh-57-2"]),
        ("state=completed", ["kh-57-1"]),
        ("group=III.1.1", ["kh-57-1", "kh-57-2"]),
        ("group=khong-co", []),
        ("limit=1", ["kh-57-1"]),
        ("limit=1&offset=1", ["kh-57-2"]),
        ("offset=9", []),
    ],
)
def test_tasks_are_narrowed_and_paged(story: Story, client: Client, asked: str, expected: list[str]) -> None:
    story.publish()
    page = _get(client, f"/tasks?{asked}")
    assert _codes(page) == expected
    assert page["count"] == (2 if "limit" in asked or "offset" in asked else len(expected))


def test_a_task_is_the_record_of_the_page(story: Story, client: Client) -> None:
    release = story.publish()
    answer = _get(client, "/tasks/kh-57-1")
    assert answer["task"] == release.tasks.get(code="kh-57-1").data
    assert (answer["release"]["seal"], answer["release"]["number"]) == (release.seal, 1)


@pytest.mark.parametrize("address", ["/tasks/MAKIN-3", "/tasks/khong-co", "/releases/9", "/khong-co", "/docs"])
def test_what_is_not_there_is_told_in_json(story: Story, client: Client, address: str) -> None:
    story.publish()
    assert _get(client, address, 404)["detail"].startswith("Không có")


@pytest.mark.parametrize(
    ("asked", "where", "words"),
    [
        ("/tasks?limit=0", "limit", "từ 1 trở lên"),
        ("/tasks?limit=501", "limit", "từ 500 trở xuống"),
        ("/tasks?limit=nhiều", "limit", "số nguyên"),
        ("/tasks?offset=-1", "offset", "từ 0 trở lên"),
        (f"/tasks?offset={2**63}", "offset", "trở xuống"),
        ("/tasks?cell=xong", "cell", "done_on_time"),
        ("/tasks?state=xong", "state", "completed"),
        (f"/tasks?q={'a' * 201}", "q", "200 ký tự"),
        ("/releases/mot", "number", "số nguyên"),
    ],
)
def test_a_wrong_parameter_is_named_in_vietnamese(
    story: Story, client: Client, asked: str, where: str, words: str
) -> None:
    story.publish()
    answer = _get(client, asked, 422)
    assert [fault["where"] for fault in answer["faults"]] == [where]
    assert words in answer["faults"][0]["message"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_number_of_queries_does_not_grow(story: Story, client: Client, address: str) -> None:
    story.publish()
    with CaptureQueriesContext(connection) as few:
        _get(client, address)
    for _ in range(3):
        make_task(story.plan, by=story.world.chi, lead=story.world.unit_a)
    story.publish(days=1)
    with CaptureQueriesContext(connection) as many:
        _get(client, address)
    assert len(few) == len(many) <= 5


def test_an_unchanged_answer_is_not_sent_again(story: Story, client: Client) -> None:
    story.publish()
    tag = client.get("/api/v1/tasks")["ETag"]
    again = client.get("/api/v1/tasks", headers={"If-None-Match": tag})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")


def test_the_description_names_every_operation_and_its_refusals(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    public = {"/health", "/tasks", "/tasks/{code}", "/units", "/releases", "/releases/{number}"}
    public |= {"/indicators", "/indicators/{code}", "/evaluations"}
    by_key = {"/values", "/values/batches/{number}"}
    assert set(described["paths"]) == {f"/api/v1{address}" for address in public | by_key}
    assert all(list(described["paths"][f"/api/v1{address}"]) == ["get"] for address in public)
    signed = {path for path, acts in described["paths"].items() if all(act.get("security") for act in acts.values())}
    assert signed == {f"/api/v1{address}" for address in by_key}
    assert set(described["paths"]["/api/v1/tasks"]["get"]["responses"]) == {"200", "404", "422"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_published_cannot_be_changed(story: Story, client: Client, method: str) -> None:
    assert getattr(client, method)("/api/v1/tasks").status_code == 405
