"""Excel files: what cells show, where they stand, how a sheet is cut, and files made to hurt."""

import io
import re
import tracemalloc
import zipfile
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.pace import takes_at_most
from tiendo.intake.reading import Unreadable, read_blocks
from tiendo.intake.reading.blocks import Paragraph, Table
from tiendo.plans.spreadsheets import grid
from tiendo.plans.spreadsheets.grid import address
from tiendo.plans.spreadsheets.progress import ignore
from tiendo.plans.spreadsheets.xlsx import open_xlsx, position_of

FILES = Path(__file__).parent / "files"
HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"]


def made(fill, **options):
    """The bytes of a workbook that `fill(book, sheet)` writes into its first sheet, "Nhiệm vụ"."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    fill(book, book.add_worksheet("Nhiệm vụ"))
    book.close()
    return stream.getvalue()


def of_rows(*rows):
    """A workbook of plain texts; an empty row is a blank row."""

    def fill(_book, sheet):
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return made(fill)


def patched(data, part, change):
    """The workbook with one part rewritten by `change(text)`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content.decode()) if member == part else content)
    return stream.getvalue()


def read(data, name="a.xlsx"):
    return read_blocks(data, name)


def shapes(source):
    """Blocks in short: a title's words, or the row numbers of a table."""
    return [
        b.text if isinstance(b, Paragraph) else [row.position.row for row in b.rows] for b in source.blocks
    ]  # fmt: skip


def only_table(source):
    (table,) = source.tables()
    return table


def test_titles_are_paragraphs_and_the_rest_is_one_table_with_groups_and_gaps():
    source = read(
        of_rows(
            ["PHỤ LỤC I"], ["DANH MỤC NHIỆM VỤ"], [], HEAD, ["I. Nhóm một"], ["1", "Việc", "Sở Y tế", "2025"], [],
            ["II. Nhóm hai"], ["2", "Việc hai", "", "2026"], [], ["3", "Việc ba", "", ""],
        )
    )  # fmt: skip
    assert shapes(source) == ["PHỤ LỤC I", "DANH MỤC NHIỆM VỤ", [4, 5, 6, 8, 9, 11]]
    assert source.lines[2] == "TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn"


def test_another_header_below_a_title_begins_another_table():
    source = read(
        of_rows(
            HEAD, ["1", "Việc", "Sở Y tế", "2025"], ["PHỤ LỤC II"], ["TT", "Chỉ tiêu", "Đơn vị", "Kết quả"],
            ["1", "Tỷ lệ", "%", "80"],
        )
    )  # fmt: skip
    assert shapes(source) == [[1, 2], "PHỤ LỤC II", [4, 5]]


def test_a_letterhead_and_a_signature_stay_apart_from_the_table():
    source = read(
        of_rows(
            ["UBND TỈNH", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["", "", "", "Độc lập"], ["PHỤ LỤC"], HEAD,
            ["1", "Việc", "Sở Y tế", "2025"], [], ["Nơi nhận:", "", "", "KT. CHỦ TỊCH"],
        )
    )  # fmt: skip
    letterhead, title, table, signature = shapes(source)
    assert (letterhead, title, table, signature) == ([1, 2], "PHỤ LỤC", [4, 5], [7])


def test_a_single_text_in_a_later_column_belongs_to_the_row_above():
    source = read(of_rows(HEAD, ["1", "Việc", "Sở Y tế", "2025"], ["", "đoạn tiếp"], ["Ghi chú: không tính"]))
    assert shapes(source) == [[1, 2, 3], "Ghi chú: không tính"]


def test_positions_are_the_ones_excel_shows():
    source = read(of_rows(["PHỤ LỤC"], [], HEAD, ["1", "Việc", "Sở Y tế", "2025"]))
    title, table = source.blocks
    cell = table.rows[1].cells[2]
    assert (title.position.sheet, title.position.row, title.position.cell, title.position.line) == ("Nhiệm vụ", 1, 1, 1)
    assert (cell.position.sheet, cell.position.row, cell.position.cell) == ("Nhiệm vụ", 4, 3)
    assert (cell.position.table, cell.position.line) == (1, 3)


def test_merged_cells_are_marked_where_they_only_continue():
    def fill(_book, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.merge_range("A2:D2", "I. Nhóm một")
        sheet.write_row(2, 0, ["1", "Việc một", "", "2025"])
        sheet.write_row(3, 0, ["2", "Việc hai", "", "2026"])
        sheet.merge_range("C3:C4", "Sở Y tế")

    group, first, second = only_table(read(made(fill))).rows[1:]
    assert [(c.text, c.across) for c in group.cells] == [("I. Nhóm một", False)] + [("I. Nhóm một", True)] * 3
    assert (first.cells[2].text, first.cells[2].inherited) == ("Sở Y tế", False)
    assert (second.cells[2].text, second.cells[2].inherited) == ("Sở Y tế", True)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (13.0, "General", "13"),
        (13.1, "0.00", "13.10"),
        (13.1, "General", "13.1"),
        (0.1 + 0.2, "General", "0.3"),
        (1 / 3, "General", "0.333333333"),
        (12.345, "General", "12,345"),
        (9, "00", "09"),
        (0.8, "0%", "80%"),
        (0.125, "0.0%", "12,5%"),
        (1234567.5, "#,##0.0", "1.234.567,5"),
        (1500000, '#,##0 "đồng"', "1.500.000 đồng"),
        (1500000, "#,##0\\ [$₫-42A]", "1.500.000 ₫"),
        (1500000, "#,##0,", "1.500"),
        (1250000, '0.00,,"tr"', "1.25tr"),
        (-0.4, "0", "0"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (123456789012, "General", "123456789012"),
        (1e-12, "General", "0"),
        (0.25, "# ?/?", "0.25"),
        (1.5, "[h]:mm", "36:00"),
    ],
)
def test_numbers_read_as_the_cell_shows_them(value, code, shown):
    def fill(book, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["1", "Việc", "Sở Y tế"])
        sheet.write_number(1, 3, value, book.add_format({"num_format": code}))

    assert only_table(read(made(fill))).rows[1].cells[3].text == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (date(2025, 6, 30), "dd/mm/yyyy", "30/06/2025"),
        (date(2025, 6, 30), "mm-dd-yy", "30/06/2025"),
        (date(2025, 6, 30), "[$-42A]d mmmm yyyy", "30/06/2025"),
        (date(2025, 6, 1), "mmm-yy", "06/2025"),
        (date(2025, 6, 1), "m/yyyy", "06/2025"),
        (date(2025, 6, 1), "yyyy", "2025"),
        (date(2025, 6, 30), "d-mmm", "30/06"),
        (date(2025, 6, 1), '"Tháng "m"/"yyyy', "Tháng 6/2025"),
        (date(2025, 6, 30), '"Trước ngày "dd/mm/yyyy', "Trước ngày 30/06/2025"),
        (datetime(2025, 6, 30, 20, 0), "dd/mm/yyyy hh:mm", "30/06/2025 20:00"),
        (datetime(2025, 6, 30), "dd/mm/yyyy hh:mm", "30/06/2025"),
        (clock(7, 30), "hh:mm", "07:30"),
        (datetime(2025, 6, 30, 20, 5), "m/d/yyyy h:mm AM/PM", "30/06/2025 20:05"),
        (date(2025, 6, 30), "[$-1010000]d/m/yyyy;@", "30/06/2025"),
        (date(2025, 6, 30), "dd\\/mm\\/yyyy", "30/06/2025"),
        (date(2025, 6, 30), "[$-F800]dddd\\, mmmm dd\\, yyyy", "30/06/2025"),
        (date(1900, 1, 15), "dd/mm/yyyy", "15/01/1900"),
    ],
)
@pytest.mark.parametrize("from_1904", [False, True])
def test_days_read_in_vietnamese_order_and_no_part_is_added(value, code, shown, from_1904):
    if from_1904 and isinstance(value, date) and value.year < 1904:
        pytest.skip("no such day in this calendar")

    def fill(book, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["1", "Việc", "Sở Y tế"])
        sheet.write_datetime(1, 3, value, book.add_format({"num_format": code}))

    assert only_table(read(made(fill, date_1904=from_1904))).rows[1].cells[3].text == shown


def test_codes_typed_as_text_keep_every_letter():
    codes = ["1.10", "09", "13.0", "'05", "12đ", "KH20_TT_N01.1.2"]
    source = read(of_rows(HEAD, *([code, "Việc", "Sở Y tế", "2025"] for code in codes)))
    assert [row.cells[0].text for row in only_table(source).rows[1:]] == codes


def test_formulas_give_the_saved_value_and_are_never_evaluated():
    def fill(_book, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["1", "Việc", "Sở Y tế"])
        sheet.write_formula("D2", "=1+1", None, 7)
        sheet.write_formula("B3", '="Việc "&"hai"', None, "Việc hai")
        sheet.write_formula("A3", "=A2+1", None, 2)
        sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("D3", "=NOW()", None, "")

    def without_value(xml):
        return xml.replace("<f>NOW()</f><v></v>", "<f>NOW()</f>").replace("<f>NOW()</f><v/>", "<f>NOW()</f>")

    source = read(patched(made(fill), "xl/worksheets/sheet1.xml", without_value))
    first, second = only_table(source).rows[1:]
    assert (first.cells[3].text, second.texts) == ("7", ("2", "Việc hai", "", ""))
    assert any("D3" in remark and "công thức" in remark for remark in source.remarks)
    assert any("C3" in remark and "báo lỗi" in remark for remark in source.remarks)


def test_a_zero_that_waits_for_its_calculation_is_no_value():
    def fill(_book, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["1", "Việc", "Sở Y tế"])
        sheet.write_formula("D2", "=A2*2")

    source = read(made(fill))
    assert only_table(source).rows[1].cells[3].text == ""
    assert any("D2" in remark for remark in source.remarks)


def test_hidden_rows_columns_and_sheets_are_read_and_said():
    def fill(book, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["1", "Việc", "Sở Y tế", "2025"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        other = book.add_worksheet("Phụ")
        other.hide()
        other.write("A1", "Trang phụ")

    source = read(made(fill))
    assert shapes(source) == [[1, 2], "Trang phụ"]
    assert [("hàng" in r, "cột" in r, "Phụ" in r) for r in source.remarks] == [
        (True, False, False), (False, True, False), (False, False, True),
    ]  # fmt: skip


def test_rich_text_line_breaks_and_escaped_letters():
    def fill(book, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["1", "", "Sở Y tế\r\nSở Nội vụ"])
        sheet.write_rich_string("B2", "Việc ", book.add_format({"bold": True}), "rất gấp")
        sheet.write_boolean("D2", True)

    data = patched(made(fill), "xl/sharedStrings.xml", lambda xml: xml.replace("\r\n", "_x000D_\n"))
    assert only_table(read(data)).rows[1].texts == ("1", "Việc rất gấp", "Sở Y tế\nSở Nội vụ", "TRUE")


def test_cells_without_addresses_and_inline_texts_are_read():
    def inline(xml):
        body = "".join(
            "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>"
            for row in (HEAD, ["1", "Việc", "Sở Y tế", "2025"])
        )
        return re.sub(r"<sheetData>.*</sheetData>", f"<sheetData>{body}</sheetData>", xml, flags=re.DOTALL)

    source = read(patched(of_rows(HEAD), "xl/worksheets/sheet1.xml", inline))
    assert only_table(source).rows[1].texts == ("1", "Việc", "Sở Y tế", "2025")


def test_prefixed_names_and_the_strict_form_are_read():
    old, strict = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )

    def prefixed(xml):
        return re.sub(r"<(/?)(?=\w)", r"<\1x:", xml).replace(f'xmlns="{old}"', f'xmlns:x="{strict}"')

    data = of_rows(HEAD, ["1", "Việc", "Sở Y tế", "2025"])
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        data = patched(data, part, prefixed)
    assert only_table(read(data)).rows[1].texts == ("1", "Việc", "Sở Y tế", "2025")


def test_links_to_other_files_are_not_followed_but_said():
    def linked(xml):
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
        return xml.replace(
            "</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="x.xml"/></Relationships>'
        )

    source = read(patched(of_rows(HEAD, ["1", "a", "b", "c"]), "xl/_rels/workbook.xml.rels", linked))
    assert any("tệp khác" in remark for remark in source.remarks)


def test_the_same_file_gives_the_same_reading():
    data = of_rows(HEAD, ["1", "Việc", "Sở Y tế", "2025"])
    assert read(data) == read(data)


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8), max_size=5),
        min_size=1, max_size=8,
    )
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_every_text_is_read_where_an_independent_reader_finds_it(rows):
    data = made(lambda _book, sheet: [sheet.write_string(y, x, t) for y, r in enumerate(rows) for x, t in enumerate(r)])
    oracle = CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    wanted = {(y, x): t for y, r in enumerate(oracle, 1) for x, t in enumerate(r, 1) if str(t).strip(" \u00a0")}
    try:
        source = read(data)
    except Unreadable:
        return
    found = set()
    for block in source.blocks:
        cells = [block] if isinstance(block, Paragraph) else [c for row in block.rows for c in row.cells if c.text]
        found |= {(c.position.row, c.position.cell) for c in cells}
    assert found <= wanted.keys()


# --- Excel before 2007 ---


def test_an_old_file_reads_like_a_new_one():
    source = read((FILES / "bang-cu.xls").read_bytes(), "bang-cu.xls")
    table = next(source.tables())
    assert isinstance(source.blocks[0], Paragraph)
    assert source.blocks[0].text == "PHỤ LỤC I"
    assert [row.texts for row in table.rows[2:]] == [
        ("13.10", "Việc một\nhai dòng", "Sở Tài chính", "01/05/2025", "80%", "-1.25"),
        ("2", "Việc hai", "Sở Tài chính", "05/2025", "1.234.567,5", "TRUE"),
        ("03", "Việc ba", "", "12", "15", "1000000"),
    ]
    assert table.rows[3].cells[2].inherited
    assert table.rows[1].cells[3].across
    assert [row.position.row for row in table.rows] == [3, 4, 5, 6, 7]
    assert len(source.remarks) == 3


def test_long_texts_of_an_old_file_agree_with_an_independent_reader():
    data = (FILES / "bang-cu.xls").read_bytes()
    oracle = CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_name("Dài").to_python()
    read_texts = [row.texts[1:] for row in list(read(data, "a.xls").tables())[1].rows]
    assert read_texts == [tuple(cell.strip() for cell in row[1:]) for row in oracle]


def test_marks_that_no_text_has_are_dropped_from_the_name_of_a_sheet():
    name, broken = b"\3\0D\xe0i", b"\3\0D\0i"
    data = (FILES / "bang-cu.xls").read_bytes()
    assert data.count(name) == 1
    assert {table.position.sheet for table in read(data.replace(name, broken), "a.xls").tables()} == {"Nhiệm vụ", "Di"}


def test_an_old_file_of_more_records_than_any_plan_has_is_refused(monkeypatch):
    monkeypatch.setattr(grid, "MOST_PLACES", 100)
    with pytest.raises(Unreadable, match="quá lớn"):
        read((FILES / "bang-cu.xls").read_bytes(), "a.xls")


def test_a_far_corner_of_an_old_file_costs_nothing():
    data = (FILES / "o-xa.xls").read_bytes()
    tracemalloc.start()
    source = read(data, "o-xa.xls")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert source.lines == ("gần",)
    assert peak < 20_000_000
    assert "200 cột" in source.remarks[0]


def refused_or_lines(data):
    """The lines, or the sentence of the refusal."""
    try:
        return read(data, "a.xls").lines
    except Unreadable as refusal:
        return str(refusal)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_old_file_gives_a_sentence_or_a_reading(data):
    content = bytearray((FILES / "bang-cu.xls").read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(content) // 2, len(content)))
    assert refused_or_lines(bytes(content[:cut]))


# --- files made to hurt ---


def peak_of(act):
    """The most bytes Python holds while the act runs."""
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_a_sheet_that_claims_a_billion_cells_costs_what_its_words_cost():
    def claim(xml):
        return re.sub(r'<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>', xml).replace(
            "</sheetData>", '<row r="1048576"><c r="XFD1048576" t="str"><v>xa</v></c></row></sheetData>'
        )

    data = patched(of_rows(HEAD, ["1", "Việc", "Sở Y tế", "2025"]), "xl/worksheets/sheet1.xml", claim)
    with takes_at_most(5):
        read(data)
    assert peak_of(lambda: read(data)) < 20_000_000


def test_one_text_shown_half_a_million_times_is_refused_soon():
    cells = "<row>" + '<c t="s"><v>0</v></c>' * 500_000 + "</row>"
    data = patched(
        of_rows(["x" * 30]), "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<sheetData>", f"<sheetData>{cells}")
    )
    with pytest.raises(Unreadable, match="quá lớn"):
        open_xlsx(data, ignore)


@pytest.mark.parametrize("body", ["<row/>" * 1_100, "<row>" + "<c/>" * 1_100 + "</row>"], ids=["rows", "cells"])
def test_more_blank_places_than_any_plan_has_are_refused(body, monkeypatch):
    monkeypatch.setattr(grid, "MOST_PLACES", 1_000)
    data = patched(
        of_rows(["x"]), "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<sheetData>", f"<sheetData>{body}")
    )
    with pytest.raises(Unreadable, match="quá lớn"):
        read(data)


def test_merged_ranges_over_the_whole_sheet_are_refused():
    spans = "".join(f'<mergeCell ref="A{n}:GR{n + 100}"/>' for n in range(1, 100))
    rows = [["x"] * 200] * 200
    data = patched(
        of_rows(*rows), "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("</sheetData>", f"</sheetData><mergeCells>{spans}</mergeCells>"),
    )  # fmt: skip
    with pytest.raises(Unreadable, match="ô gộp"):
        read(data)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", "</sheetData>", ""),
        ("xl/workbook.xml", "<sheets>", "<sheets"),
        ("_rels/.rels", "xl/workbook.xml", "xl/khac.xml"),
        ("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheets/sheet9.xml"),
        ("xl/worksheets/sheet1.xml", "<v>0</v>", "<v>không</v>"),
    ],
)
def test_a_broken_workbook_gives_one_sentence(part, old, new):
    data = patched(of_rows(["Việc"]), part, lambda xml: xml.replace(old, new))
    with pytest.raises(Unreadable, match="Excel"):
        read(data)


def test_an_empty_workbook_says_so():
    with pytest.raises(Unreadable, match="không có chữ"):
        read(made(lambda _book, _sheet: None))


def test_deep_nesting_is_refused():
    nest = "<a>" * 5000 + "</a>" * 5000
    data = patched(
        of_rows(["x"]), "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<sheetData>", nest + "<sheetData>")
    )
    with pytest.raises(Unreadable):
        read(data)


def test_addresses_are_the_ones_excel_shows():
    assert [address(12, 6), address(1, 26), address(3, 27), address(9, 703)] == ["F12", "Z1", "AA3", "AAA9"]
    assert [position_of(name) for name in ("F12", "AA3", "x1", "A0x")] == [(12, 6), (3, 27), None, None]


def test_a_long_annex_is_read_quickly():
    rows = [[str(n), f"Nhiệm vụ số {n} về chuyển đổi số", "Sở Y tế", "Quý II/2026"] for n in range(500)]
    data = of_rows(HEAD, *rows)
    with takes_at_most(6):
        assert isinstance(read(data).blocks[0], Table)
