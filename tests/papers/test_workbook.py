"""The workbook read back by calamine, and its raw cells for what must not be a formula."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from tests.papers.samples import HOSTILE, MADE_AT
from tiendo.papers.text import clean
from tiendo.papers.workbook import Kind, Sheet, SheetColumn, Shown, render_workbook

COLUMNS = (SheetColumn("Nhiệm vụ", 40), SheetColumn("Tiến độ", 12, Kind.NUMBER), SheetColumn("Hạn", 14, Kind.DATE))


def read(data: bytes, at: int = 0) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(at).to_python()


def test_values_keep_their_kind() -> None:
    rows = [("Cáp quang", Decimal("62.5"), date(2026, 11, 30)), ("Trạm", None, None), ("Số", "chưa rõ", None)]
    assert read(render_workbook([Sheet("Việc", COLUMNS, rows)], made_at=MADE_AT)) == [
        ["Nhiệm vụ", "Tiến độ", "Hạn"],
        ["Cáp quang", 62.5, date(2026, 11, 30)],
        ["Trạm", "", ""],
        ["Số", "chưa rõ", ""],
    ]


def test_moments_are_shown_in_hanoi() -> None:
    sheet = Sheet("Lúc", (SheetColumn("Lúc", 20, Kind.MOMENT),), [(datetime(2026, 6, 14, 20, tzinfo=UTC),)])
    assert read(render_workbook([sheet], made_at=MADE_AT))[1] == [datetime(2026, 6, 15, 3)]


@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-5", "@cmd", '=HYPERLINK("http://x")', "http://x", "{=1}", "0123", HOSTILE]
)
def test_words_are_never_formulas_links_or_numbers(text: str) -> None:
    data = render_workbook([Sheet("A", (SheetColumn("c"),), [(text,)])], made_at=MADE_AT)
    assert read(data)[1] == [clean(text)]
    with ZipFile(BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert "<f>" not in page
    assert "<hyperlink" not in page
    assert 'quotePrefix="1"' in styles or not text.startswith(("=", "+", "-", "@"))


def test_heading_is_frozen_repeated_and_below_the_note() -> None:
    data = render_workbook([Sheet("A", COLUMNS, [("x", 1, None)], note="Dữ liệu minh họa")], made_at=MADE_AT)
    assert [row[0] for row in read(data)] == ["Dữ liệu minh họa", "Nhiệm vụ", "x"]
    with ZipFile(BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'ySplit="2"' in page
    assert 'state="frozen"' in page
    assert '<autoFilter ref="A2:C3"' in page


def test_sheet_names_are_made_to_fit() -> None:
    names = ["Nhiệm vụ: [quý] 1/2", "x" * 40, "X" * 40, "", "'"]
    data = render_workbook([Sheet(name, COLUMNS, []) for name in names], made_at=MADE_AT)
    found = CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names
    assert found == ["Nhiệm vụ   quý  1 2", "x" * 31, "X" * 27 + " (2)", "Bảng", "Bảng (2)"]


def test_same_rows_same_bytes() -> None:
    sheets = [Sheet("A", COLUMNS, [("x", 1, date(2026, 1, 2))])]
    assert render_workbook(sheets, made_at=MADE_AT) == render_workbook(sheets, made_at=MADE_AT)


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        render_workbook([Sheet("A", COLUMNS, [("x",)])], made_at=MADE_AT)


FILLED_IN = (
    SheetColumn("Mã", locked=True),
    SheetColumn("Cơ quan", choices="ds_co_quan", hint="Chọn trong danh sách."),
    SheetColumn("Số", kind=Kind.NUMBER),
)


def parts_of(data):
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_a_sheet_to_fill_in_has_drop_downs_spare_rows_and_a_lock():
    sheet = Sheet("Việc", FILLED_IN, [("1", "Sở Y tế", 2)], spare=3)
    parts = parts_of(render_workbook([sheet], made_at=MADE_AT, lists={"ds_co_quan": ["Sở Y tế", "Sở Nội vụ"]}))
    page = parts["xl/worksheets/sheet1.xml"]
    assert "<sheetProtection" in page
    assert '<dataValidation type="list" errorStyle="information"' in page
    assert 'sqref="B2:B5"' in page
    assert "<formula1>ds_co_quan</formula1>" in page
    assert "Chọn trong danh sách." in page
    assert 'r="5"' in page
    assert "'_danh_muc'!$A$1:$A$2" in parts["xl/workbook.xml"]


def test_only_locked_columns_keep_their_lock():
    sheet = Sheet("Việc", FILLED_IN, [("1", "Sở Y tế", 2)], spare=1)
    parts = parts_of(render_workbook([sheet], made_at=MADE_AT, lists={"ds_co_quan": ["Sở Y tế"]}))
    styles = dict(re.findall(r'<c r="([ABC]2)" s="(\d+)"', parts["xl/worksheets/sheet1.xml"]))
    formats = re.findall(
        r"<xf [^>]*>(?:<alignment[^>]*>)?(?:<protection[^>]*>)?", parts["xl/styles.xml"].split("cellXfs")[1]
    )
    unlocked = {cell: 'locked="0"' in formats[int(style)] for cell, style in styles.items()}
    assert unlocked == {"A2": False, "B2": True, "C2": True}


def test_a_sheet_that_is_only_read_has_no_lock():
    assert (
        "sheetProtection"
        not in parts_of(render_workbook([Sheet("A", COLUMNS, [])], made_at=MADE_AT))["xl/worksheets/sheet1.xml"]
    )


def test_sheets_for_programs_stay_out_of_sight():
    sheets = [Sheet("A", COLUMNS, []), Sheet("B", COLUMNS, [], shown=Shown.HIDDEN)]
    sheets.append(Sheet("C", COLUMNS, [], shown=Shown.FOR_PROGRAMS))
    book = parts_of(render_workbook(sheets, made_at=MADE_AT))["xl/workbook.xml"]
    assert re.findall(r'name="(\w)" sheetId="\d"(?: state="(\w+)")?', book) == [
        ("A", ""), ("B", "hidden"), ("C", "veryHidden"),
    ]  # fmt: skip


def _locks(data: bytes) -> dict[str, bool]:
    """Address → is the cell locked, from the styles of the first sheet."""
    with ZipFile(BytesIO(data)) as archive:
        styles, page = archive.read("xl/styles.xml").decode(), archive.read("xl/worksheets/sheet1.xml").decode()
    listed = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0].split("<xf ")[1:]
    open_ones = {place for place, xf in enumerate(listed) if 'locked="0"' in xf}
    return {name: int(style) not in open_ones for name, style in re.findall(r'<c r="(\w+)" s="(\d+)"', page)}


def test_a_sheet_to_fill_in_locks_columns_and_rows() -> None:
    columns = (
        SheetColumn("Mã", locked=True, quiet=True),
        SheetColumn("Tỷ lệ", kind=Kind.PLAIN),
        SheetColumn("Tiền", kind=Kind.WHOLE),
    )
    rows = [("a", Decimal("45.5"), Decimal(10)), ("b", Decimal(7), None)]
    data = render_workbook([Sheet("Điền", columns, rows, fills_in=True, locked_rows={1})], made_at=MADE_AT)
    locks = _locks(data)
    assert [locks[name] for name in ("A2", "B2", "C2", "A3", "B3", "C3")] == [True, False, False, True, True, True]
    with ZipFile(BytesIO(data)) as archive:
        assert b"<sheetProtection" in archive.read("xl/worksheets/sheet1.xml")
    assert read(data)[1:] == [["a", 45.5, 10.0], ["b", 7.0, ""]]
