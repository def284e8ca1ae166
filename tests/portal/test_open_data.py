import csv
import io
import json

import pytest
from django.test import Client

from tests.factories import NOON, make_indicator, make_task, make_unit
from tests.portal.test_views import FILES
from tests.publication.release import Story
from tiendo.orgs.models import UnitKind
from tiendo.plans.actions.performing import add_performer
from tiendo.plans.storage import read_file
from tiendo.portal.dictionary import ABOUT_RELEASE, FIELDS, TABLES
from tiendo.portal.downloads import dictionary, safe


def _rows(client: Client, address: str) -> list[dict[str, str]]:
    content = client.get(address).content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_a_download_with_date_and_number(story: Story, client: Client, name: str) -> None:
    story.publish()
    answer = client.get(f"/du-lieu/{name}")
    assert answer.status_code == 200
    stem, extension = name.split(".")
    assert answer["Content-Disposition"] == f'attachment; filename="{stem}-dot-1.{extension}"'
    assert answer["Last-Modified"]


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_json_hold_the_same_rows_under_the_names_of_the_dictionary(
    story: Story, client: Client, table: str
) -> None:
    make_indicator("5G", by=story.world.chi, plan=story.plan)
    story.publish()
    rows = _rows(client, f"/du-lieu/{table}.csv")
    records = client.get(f"/du-lieu/{table}.json").json()
    described = [name for file, name, _, _ in dictionary() if file == f"{table}.csv"]
    assert list(rows[0]) == described
    assert len(rows) == len(records["records"]) > 0
    assert records["about"]["licence"] == "CC BY 4.0"
    assert records["about"]["release"] == 1


def test_a_task_row_says_what_the_page_says(story: Story, client: Client) -> None:
    story.publish()
    row = _rows(client, "/du-lieu/nhiem-vu.csv")[0]
    assert (row["ma"], row["trang_thai_chu"], row["ty_le"], row["kinh_phi_da_su_dung"]) == (
        "kh-57-1",
        "Hoàn thành",
        "100",
        "1250000000",
    )
    assert row["co_quan_phoi_hop"] == "Sở Y tế"
    assert row["minh_chung"] == "12/BC-SXD (2026-06-20)"
    assert row["nguon_so_lieu"].startswith(f"Báo cáo {story.period.name} của Sở Xây dựng")


def _paths(record: dict) -> set[str]:
    """Fields of a record: the three groups and the deadline opened one level, as the dictionary describes them."""
    opened = ("deadline", "progress", "resources", "results")
    inner = {f"{name}.{field}" for name in opened for field in record[name]}
    return inner | {name for name in record if name not in opened}


def test_every_field_of_a_record_stands_in_the_dictionary(story: Story, client: Client) -> None:
    story.publish()
    for record in client.get("/du-lieu/nhiem-vu.json").json()["records"]:
        assert _paths(record) == set(FIELDS) - {"performing"}


def test_an_enterprise_that_performs_a_task_is_named_on_the_page_and_in_the_files(story: Story, client: Client) -> None:
    """In its release alone; a record without one keeps the shape it had before there were any."""
    before = story.publish()
    firm = make_unit("cty-so", "Công ty Số Tây Bắc", kind=UnitKind.ENTERPRISE)
    add_performer(task=story.done, unit=firm, source="Hợp đồng 12", by=story.world.chi, at=NOON)
    story.publish("Đợt 2", days=1)
    first, *others = client.get("/du-lieu/nhiem-vu.json").json()["records"]
    assert _paths(first) == set(FIELDS)
    assert first["performing"] == [{"code": "cty-so", "name": "Công ty Số Tây Bắc", "named": None}]
    assert not any("performing" in record for record in others)
    named = [row["doanh_nghiep_thuc_hien"] for row in _rows(client, "/du-lieu/nhiem-vu.csv")]
    assert named == ["Công ty Số Tây Bắc", ""]
    assert "Công ty Số Tây Bắc" in client.get(f"/nhiem-vu/{story.done.code}/").content.decode()
    assert "Công ty Số Tây Bắc" not in read_file(before.file).decode()


def test_the_sealed_file_is_the_stored_one_byte_for_byte(story: Story, client: Client) -> None:
    release = story.publish()
    assert client.get("/du-lieu/dot-cong-bo.json").content == read_file(release.file)


def test_files_of_an_old_release_stay_at_their_address(story: Story, client: Client) -> None:
    story.publish()
    old = client.get("/dot-cong-bo/1/nhiem-vu.csv").content
    make_task(story.plan, by=story.world.chi, title="Việc mới")
    story.publish(days=1)
    assert client.get("/dot-cong-bo/1/nhiem-vu.csv").content == old
    assert len(_rows(client, "/du-lieu/nhiem-vu.csv")) == 3


def test_a_file_that_is_not_offered_does_not_exist(story: Story, client: Client) -> None:
    story.publish()
    assert client.get("/du-lieu/nguoi-dung.csv").status_code == 404


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(story: Story, client: Client, start: str) -> None:
    title = f'{start}HYPERLINK("x")'
    make_task(story.plan, by=story.world.chi, title=title)
    story.publish()
    cell = _rows(client, "/du-lieu/nhiem-vu.csv")[-1]["nhiem_vu"]
    assert cell.startswith("'")


@pytest.mark.parametrize(("cell", "expected"), [(None, ""), (5, 5), ("Sở Y tế", "Sở Y tế"), ("=1", "'=1")])
def test_safe_leaves_other_cells_alone(cell: object, expected: object) -> None:
    assert safe(cell) == expected


@pytest.mark.parametrize(("invented", "note"), [(True, "Dữ liệu minh họa"), (False, "")])
def test_each_download_says_whether_its_data_are_invented(
    story: Story, client: Client, settings: object, invented: bool, note: str
) -> None:
    settings.TIENDO_ILLUSTRATIVE = invented  # type: ignore[attr-defined]
    make_indicator("5G", by=story.world.chi, plan=story.plan)
    story.publish()
    for table in TABLES:
        assert {row["ghi_chu"] for row in _rows(client, f"/du-lieu/{table}.csv")} == {note}
        assert client.get(f"/du-lieu/{table}.json").json()["about"]["ghi_chu"] == note
    sealed = json.loads(client.get("/du-lieu/dot-cong-bo.json").content)
    assert sealed["header"]["note"] == note


def test_names_in_a_table_are_unique() -> None:
    for _, columns in TABLES.values():
        names = [column.name for column in columns] + [name for name, _, _ in ABOUT_RELEASE]
        assert len(names) == len(set(names))
