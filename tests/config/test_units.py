"""The built-in list of units, and a list that comes in a workbook."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.factories import NOON
from tiendo.config.units import BadWorkbook, built_in_units, units_of_workbook
from tiendo.orgs.actions import load_units
from tiendo.orgs.models import GroupMembership, Unit, UnitGroup
from tiendo.orgs.queries import reporting_units, unit_holding
from tiendo.orgs.words import fold

HEAD = ("Mã", "Tên", "Tên gọi tắt", "Loại", "Trực thuộc", "Báo cáo")


def workbook(folder: Path, *rows: Iterable[object]) -> Path:
    path = folder / "don-vi.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, list(row))
    return path


def test_built_in_list_has_the_units_of_the_province_today() -> None:
    in_force = [unit for unit in built_in_units()["units"] if unit["valid_to"] is None]
    kinds = Counter(unit["kind"] for unit in in_force)

    assert (kinds["committee"], kinds["department"], kinds["commune"]) == (1, 19, 38)


def test_built_in_communes_have_codes_with_their_leading_zero() -> None:
    communes = [unit for unit in built_in_units()["units"] if unit["kind"] == "commune"]

    assert all(len(unit["code"]) == 5 and unit["code"].startswith("03") for unit in communes)
    assert sum(unit["name"].startswith("UBND phường ") for unit in communes) == 2


def test_built_in_names_and_aliases_belong_to_one_unit_each() -> None:
    owner: dict[str, str] = {}
    for unit in built_in_units()["units"]:
        for name in {unit["name"], unit["short_name"], *unit["aliases"]}:
            assert owner.setdefault(name.casefold(), unit["code"]) == unit["code"], name


@pytest.mark.django_db
def test_built_in_list_loads_once_with_groups_and_successions() -> None:
    new = load_units(data=built_in_units(), by="hệ thống", at=NOON)
    again = load_units(data=built_in_units(), by="hệ thống", at=NOON)

    assert (new, again) == (len(built_in_units()["units"]), 0)
    assert reporting_units(on=date(2026, 7, 1)).count() == 57
    assert all(GroupMembership.objects.filter(group=group).exists() for group in UnitGroup.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("so-tt-tt", "so-kh-cn"),
        ("so-kh-dt", "so-tai-chinh"),
        ("so-gtvt", "so-xay-dung"),
        ("so-tn-mt", "so-nn-mt"),
        ("so-nn-ptnt", "so-nn-mt"),
        ("so-ld-tbxh", "so-noi-vu"),
        ("ban-dan-toc", "so-dt-tg"),
    ],
)
def test_merged_departments_answer_through_their_successor(former: str, today: str) -> None:
    load_units(data=built_in_units(), by="hệ thống", at=NOON)
    unit = Unit.objects.get(code=former)

    assert unit_holding(unit, on=date(2025, 2, 28)) == unit
    assert unit_holding(unit, on=date(2025, 3, 1)).code == today


def test_workbook_gives_units_with_their_superior_first(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["Danh mục đơn vị"],
        HEAD,
        ["so-a", "Sở A", "SA", "Sở, ban, ngành", "tinh", "x"],
        [],
        ["tinh", "UBND tỉnh B", None, "committee", None, None],
        [3388.0, "UBND phường C", "P. C", "UBND xã, phường", "tinh", "Có"],
    )

    units = units_of_workbook(path)["units"]

    assert [unit["code"] for unit in units] == ["tinh", "so-a", "3388"]
    assert [unit["kind"] for unit in units] == ["committee", "department", "commune"]
    assert [unit["reports"] for unit in units] == [False, True, True]
    assert units[0]["short_name"] is None


@pytest.mark.django_db
def test_workbook_units_load_as_the_built_in_ones_do(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        HEAD,
        ["so-a", "Sở A", "SA", "department", "tinh", "x"],
        ["tinh", "UBND tỉnh B", "", "committee", "", ""],
    )

    assert load_units(data=units_of_workbook(path), by="hệ thống", at=NOON) == 2
    assert Unit.objects.get(code="so-a").parent == Unit.objects.get(code="tinh")
    assert fold("SA") in Unit.objects.get(code="so-a").folded


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["Tên", "Loại"]], "dòng tiêu đề"),
        ([HEAD, ["a", "", "", "department"]], "Dòng 2: còn trống cột ten"),
        ([HEAD, ["a", "Sở A", "", "sở"]], "Dòng 2: loại “sở” không có"),
        ([HEAD, ["a", "A", "", "party"], ["a", "B", "", "party"]], "Dòng 3: mã a đã có"),
        ([HEAD, ["a", "A", "", "party", "b"]], "Dòng 2: đơn vị cấp trên b không có"),
        ([HEAD], "không có đơn vị nào"),
    ],
)
def test_workbook_that_cannot_be_understood_is_refused_with_its_row(
    tmp_path: Path, rows: list[list[object]], words: str
) -> None:
    with pytest.raises(BadWorkbook, match=words):
        units_of_workbook(workbook(tmp_path, *rows))


def test_file_that_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "don-vi.xlsx"
    path.write_text("không phải Excel", encoding="utf-8")

    with pytest.raises(BadWorkbook, match="Không mở được tệp"):
        units_of_workbook(path)
