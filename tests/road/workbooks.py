"""A workbook as its reader sees it: every cell with the decimals of its format, which values alone do not tell."""

import io
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def shown(data: bytes) -> dict[str, list[dict[str, str]]]:
    """Each sheet by its name, as rows by the names of its columns; the first line of a sheet is a note."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    with ZipFile(io.BytesIO(data)) as archive:
        formats = _formats(archive.read("xl/styles.xml"))
        tables: dict[str, list[dict[str, str]]] = {}
        for number, name in enumerate(book.sheet_names, start=1):
            looks = _looks(archive.read(f"xl/worksheets/sheet{number}.xml"), formats)
            _note, heads, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            tables[name] = [_row(heads, row, y, looks) for y, row in enumerate(rows, start=2)]
    return tables


def _row(heads: list[Any], row: list[Any], y: int, looks: dict[tuple[int, int], str]) -> dict[str, str]:
    told = [_text(value, looks.get((y, x), "")) for x, value in enumerate(row)]
    return dict(zip(map(str, heads), told, strict=True))


def _formats(styles: bytes) -> list[str]:
    """The number format of each style, by its place; empty for the general one."""
    root = ElementTree.fromstring(styles)
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in root.iter(f"{_MAIN}numFmt")}
    own |= {"1": "0", "3": "#,##0", "4": "#,##0.00"}
    cells = root.find(f"{_MAIN}cellXfs")
    assert cells is not None
    return [own.get(each.get("numFmtId"), "") for each in cells]


def _looks(sheet: bytes, formats: list[str]) -> dict[tuple[int, int], str]:
    """The number format of each cell by row and column, from 0."""
    found: dict[tuple[int, int], str] = {}
    for y, row in enumerate(ElementTree.fromstring(sheet).iter(f"{_MAIN}row")):
        for x, cell in enumerate(row):
            found[y, x] = formats[int(cell.get("s", 0))]
    return found


def _text(value: Any, look: str) -> str:
    """A cell as it is read in Vietnamese."""
    if isinstance(value, int | float) and look.startswith("#,##0"):
        places = len(look.partition(".")[2])
        return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
