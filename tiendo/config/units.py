"""Where a new home's units come from: the built-in list, or a workbook with one unit on each row."""

import json
from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path
from typing import Any

import python_calamine

from tiendo.orgs.models import UnitKind
from tiendo.orgs.words import fold

BUILT_IN = Path(__file__).resolve().parents[1] / "orgs" / "data" / "units.json"
COLUMNS = {
    "ma": "code",
    "ten": "name",
    "ten goi tat": "short_name",
    "loai": "kind",
    "truc thuoc": "parent",
    "bao cao": "reports",
}
REQUIRED = ("code", "name", "kind")
YES_WORDS = frozenset({"x", "co", "1", "true", "yes"})


class BadWorkbook(Exception):
    """The workbook cannot be taken; the message names the row as Excel counts it."""


def built_in_units() -> dict[str, Any]:
    """The list that comes with the program."""
    data: dict[str, Any] = json.loads(BUILT_IN.read_text(encoding="utf-8"))
    return data


def units_of_workbook(path: Path) -> dict[str, Any]:
    """The units of the first sheet: Mã, Tên, Tên gọi tắt, Loại, Trực thuộc, Báo cáo, in any order of columns.

    Raises BadWorkbook with one sentence when the file or a row cannot be understood.
    """
    try:
        sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (OSError, python_calamine.CalamineError) as error:
        raise BadWorkbook(_("Không mở được tệp {path}; hãy dùng tệp Excel dạng .xlsx.").format(path=path)) from error
    top, names = _header(rows)
    units = [_unit(row, names, place) for place, row in enumerate(rows[top + 1 :], top + 2) if any(map(_text, row))]
    _check(units)
    return {"units": sorted(units, key=lambda unit: unit["parent"] is not None)}


def _header(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[int, str]]:
    """The first row that names the required columns, and which column is which."""
    for place, row in enumerate(rows):
        names = {at: COLUMNS[key] for at, cell in enumerate(row) if (key := fold(_text(cell))) in COLUMNS}
        if set(REQUIRED) <= set(names.values()):
            return place, names
    raise BadWorkbook(_("Không thấy dòng tiêu đề có các cột Mã, Tên và Loại ở trang tính đầu tiên."))


def _unit(row: Sequence[Any], names: dict[int, str], place: int) -> dict[str, Any]:
    given = {name: _text(row[at]) for at, name in names.items() if at < len(row)}
    if missing := [name for name in REQUIRED if not given.get(name)]:
        titles = ", ".join(key for key, name in COLUMNS.items() if name in missing)
        raise BadWorkbook(_("Dòng {row}: còn trống cột {titles}.").format(row=place, titles=titles))
    return {
        "code": given["code"],
        "name": given["name"],
        "short_name": given.get("short_name") or None,
        "kind": _kind(given["kind"], place),
        "parent": given.get("parent") or None,
        "reports": fold(given.get("reports", "")) in YES_WORDS,
        "row": place,
    }


def _kind(text: str, place: int) -> str:
    known = {fold(name): kind.value for kind in UnitKind for name in (kind.value, str(kind.label))}
    if fold(text) in known:
        return known[fold(text)]
    choices = "; ".join(str(kind.label) for kind in UnitKind)
    raise BadWorkbook(
        _("Dòng {row}: loại “{text}” không có; hãy dùng một trong: {choices}.").format(
            row=place, text=text, choices=choices
        )
    )


def _check(units: list[dict[str, Any]]) -> None:
    codes: set[str] = set()
    for unit in units:
        if unit["code"] in codes:
            raise BadWorkbook(_("Dòng {row}: mã {code} đã có ở dòng trên.").format(**unit))
        codes.add(unit["code"])
    for unit in units:
        if unit["parent"] and unit["parent"] not in codes:
            raise BadWorkbook(_("Dòng {row}: đơn vị cấp trên {parent} không có trong danh sách.").format(**unit))
    if not units:
        raise BadWorkbook(_("Danh sách không có đơn vị nào."))


def _text(cell: Any) -> str:
    """The cell as a person reads it; Excel keeps 101 as 101.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
