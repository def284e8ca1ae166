"""Word files: paragraphs as shown, automatic numbers, merged cells, and where everything stands."""

import io

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tiendo.intake.reading import Unreadable, read_blocks
from tiendo.intake.reading.numbering import roman


def read(document):
    stream = io.BytesIO()
    document.save(stream)
    return read_blocks(stream.getvalue(), "a.docx")


def numbered(document, text, level, number):
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    num_pr = properties.get_or_add_numPr()
    num_pr.get_or_add_ilvl().val = level
    num_pr.get_or_add_numId().val = number
    return paragraph


def outline_list(document):
    """A list of three levels: I. / 1. / 1.1."""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for depth, (style, pattern) in enumerate([("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3.")]):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for tag, value in (("w:start", "1"), ("w:numFmt", style), ("w:lvlText", pattern)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
    numbering.insert(0, abstract)
    return numbering.add_num(77).numId


def test_automatic_numbers_are_part_of_what_is_read():
    document = Document()
    number = outline_list(document)
    for text, level in [
        ("MỤC TIÊU", 0),
        ("Chung", 1),
        ("Riêng", 1),
        ("Số", 2),
        ("Dữ liệu", 2),
        ("NHIỆM VỤ", 0),
        ("Một", 1),
    ]:
        numbered(document, text, level, number)
    document.add_paragraph("Việc nhỏ", style="List Bullet")
    texts = [paragraph.text for paragraph in read(document).paragraphs()]
    assert texts == [
        "I. MỤC TIÊU", "1. Chung", "2. Riêng", "2.1. Số", "2.2. Dữ liệu", "II. NHIỆM VỤ", "1. Một", "- Việc nhỏ",
    ]  # fmt: skip


def test_positions_count_paragraphs_tables_rows_and_cells():
    document = Document()
    document.add_paragraph("Trước")
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 1).text = "ô"
    document.add_paragraph("Sau")
    source = read(document)
    last = source.blocks[-1]
    cell = next(source.tables()).rows[1].cells[1]
    assert (last.position.line, last.position.paragraph, last.position.page) == (4, 2, None)
    assert (cell.position.table, cell.position.row, cell.position.cell, cell.position.line) == (1, 2, 2, 3)
    assert source.lines == ("Trước", " | ", " | ô", "Sau")


def test_merged_cells_stand_in_every_place_they_cover():
    document = Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "dọc"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "ngang"
    rows = next(read(document).tables()).rows
    assert [row.texts for row in rows] == [("dọc", "ngang", "ngang"), ("dọc", "", ""), ("", "", "")]
    assert rows[1].cells[0].inherited
    assert rows[0].cells[2].across
    assert not rows[0].cells[1].across


def test_cells_that_claim_more_columns_than_a_page_has_stay_few():
    document = Document()
    table = document.add_table(1, 50)
    for cell in table.rows[0].cells:
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), "200")
        cell._tc.get_or_add_tcPr().append(span)
    document.add_paragraph("Kế hoạch")
    (found,) = read(document).tables()
    assert len(found.rows[0].cells) == 249  # the first takes the page, each of the others stays one


def test_deleted_text_is_left_out_and_inserted_text_is_read():
    document = Document()
    paragraph = document.add_paragraph("Giữ ")
    for tag, text in (("w:del", "bỏ "), ("w:ins", "thêm")):
        change = OxmlElement(tag)
        run = OxmlElement("w:r")
        piece = OxmlElement("w:t")
        piece.text = text
        run.append(piece)
        change.append(run)
        paragraph._p.append(change)
    assert [p.text for p in read(document).paragraphs()] == ["Giữ thêm"]


def test_line_breaks_inside_a_paragraph_are_lines():
    document = Document()
    document.add_paragraph("ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU")
    assert [p.text for p in read(document).paragraphs()] == ["ỦY BAN NHÂN DÂN", "TỈNH LAI CHÂU"]


def test_letterhead_table_reads_column_after_column():
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for place, text in {(0, 0): "A1", (1, 0): "A2", (0, 1): "B1", (1, 1): "B2"}.items():
        table.cell(*place).text = text
    assert [p.text for p in read(document).paragraphs()] == ["A1", "A2", "B1", "B2"]


def test_a_file_without_words_is_refused():
    with pytest.raises(Unreadable, match="OCR"):
        read(Document())


def test_old_letters_in_an_unnamed_font_are_put_right():
    document = Document()
    document.add_paragraph("KÕ ho¹ch ph¸t triÓn khoa häc vµ c«ng nghÖ")
    source = read(document)
    assert source.lines == ("Kế hoạch phát triển khoa học và công nghệ",)
    assert source.printed == ("KÕ ho¹ch ph¸t triÓn khoa häc vµ c«ng nghÖ",)
    assert source.encoding == "TCVN3 (ABC)"


@pytest.mark.parametrize(("value", "letters"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX")])
def test_roman(value, letters):
    assert roman(value) == letters
