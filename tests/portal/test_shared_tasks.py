"""What a unit has to do together with others stands on its page, apart from what names the unit itself."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_task, make_unit
from tests.factories.groups import give_to, make_unit_group
from tests.publication.release import Story
from tiendo.orgs.models import Unit, UnitGroup, UnitKind

PAGE = "/co-quan/03637/"


@pytest.fixture
def commune(story: Story) -> Unit:
    """A commune that no paper names, only the group to which it belongs."""
    return make_unit("03637", "UBND xã Mường Kim", kind=UnitKind.COMMUNE)


@pytest.fixture
def communes(story: Story, commune: Unit) -> UnitGroup:
    group = make_unit_group(commune, code="cac-xa", name="UBND các xã, phường")
    give_to(group, story.late, printed="UBND các xã")
    return group


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def listed(page: str) -> list[str]:
    return re.findall(r'class="row-title"><a href="/nhiem-vu/([^"]+)/"', page)


def test_a_commune_finds_what_it_has_to_do(story: Story, communes: UnitGroup, client: Client) -> None:
    story.publish()
    page = text(client, PAGE)
    assert listed(page) == [story.late.code]
    assert "Cùng thực hiện với các đơn vị khác" in page
    assert "cùng thực hiện với UBND các xã<" in page
    assert "Nhiệm vụ được giao" not in page


def test_a_task_that_names_the_unit_stands_once(story: Story, communes: UnitGroup, client: Client) -> None:
    give_to(make_unit_group(story.world.unit_b), story.late)
    story.publish()
    page = text(client, f"/co-quan/{story.world.unit_b.code}/")
    assert listed(page).count(story.late.code) == 1
    assert "Cùng thực hiện với" not in page


def test_what_is_kept_from_the_public_is_not_shared_either(story: Story, communes: UnitGroup, client: Client) -> None:
    give_to(communes, story.hidden)
    story.publish()
    assert listed(text(client, PAGE)) == [story.late.code]


def test_answer_and_files_say_the_same(story: Story, communes: UnitGroup, client: Client) -> None:
    story.publish()
    found = json.loads(text(client, "/api/v1/tasks?member=03637"))
    assert [each["code"] for each in found["items"]] == [story.late.code]
    assert json.loads(text(client, "/api/v1/tasks?unit=03637"))["items"] == []
    [unit] = [each for each in json.loads(text(client, "/api/v1/units"))["items"] if each["code"] == "03637"]
    assert unit["counts"]["shared"] == 1
    tables = {
        name: csv.DictReader(io.StringIO(text(client, f"/du-lieu/{name}.csv"))) for name in ("nhiem-vu", "co-quan")
    }
    tasks = {row["ma_don_vi_cung_thuc_hien"]: row for row in tables["nhiem-vu"]}
    assert set(tasks) == {"", "03637"}
    assert [row["cung_thuc_hien"] for row in tables["co-quan"] if row["ten"] == "UBND xã Mường Kim"] == ["1"]


def test_each_list_has_its_own_pages(
    story: Story, commune: Unit, communes: UnitGroup, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tiendo.portal.views.PER_PAGE", 2)
    for number in range(3):
        own = make_task(story.plan, by=story.world.chi, lead=commune, title=f"Việc riêng {number}")
        give_to(communes, own)
        give_to(communes, make_task(story.plan, by=story.world.chi, title=f"Việc chung {number}"))
    story.publish()
    page = text(client, f"{PAGE}?chung=2")
    titles = re.findall(r'class="row-title"><a[^>]*>([^<]+)', page)
    assert titles == ["Việc riêng 0", "Việc riêng 1", "Việc chung 1", "Việc chung 2"]
    assert 'href="?chung=2&amp;page=2"' in page
    assert 'href="?chung=1"' in page


def test_more_shared_tasks_need_no_more_queries(story: Story, communes: UnitGroup, client: Client) -> None:
    story.publish()
    with CaptureQueriesContext(connection) as few:
        text(client, PAGE)
    for number in range(4):
        give_to(communes, make_task(story.plan, by=story.world.chi, title=f"Việc chung {number}"))
    story.publish(days=1)
    with CaptureQueriesContext(connection) as many:
        text(client, PAGE)
    assert len(few) == len(many) <= 7
