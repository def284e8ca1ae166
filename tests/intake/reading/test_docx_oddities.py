"""What real Word files do: marks of notes, old fonts, boxes, wrapped cells, page breaks, lists that restart."""

import io
import zipfile

import pytest

from tests.intake.reading.old_fonts import tcvn3, vni
from tests.intake.reading.word import OFFICE, W, cell, font, package, paragraph, raised, run, table
from tests.pace import takes_at_most
from tiendo.intake.reading import Unreadable, read_blocks
from tiendo.intake.reading.docx import read_docx
from tiendo.intake.reading.docx_package import MOST_MARKUP
from tiendo.intake.reading.widths import WIDEST

SPAN = '<w:gridSpan w:val="2"/>'
DOWN, RESTART = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'


def lines(body, **parts):
    return read_blocks(package(body, **parts), "a.docx").lines


def grid(body, **parts):
    (found,) = read_blocks(package(body, **parts), "a.docx").tables()
    return [row.texts for row in found.rows]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (("Sở Y tế", raised("1")), "Sở Y tế"),
        (("Sở Y tế", raised("(2)"), ", Sở Tài chính"), "Sở Y tế, Sở Tài chính"),
        (("Năm 2025", raised("1")), "Năm 2025"),
        (("tháng 10", raised("2")), "tháng 10"),
        (("diện tích 5 m", raised("2"), " đất"), "diện tích 5 m² đất"),
        (("người/km", raised("2")), "người/km²"),
        (("10", raised("3"), " tấn"), "10³ tấn"),
        (("37", raised("o"), "C"), "37°C"),
        (("5 ha", raised("3")), "5 ha"),
        ((raised("1"), " Ghi chú"), "1 Ghi chú"),
        (("thứ 4", raised("th")), "thứ 4th"),
        (("Sở", '<w:r><w:footnoteReference w:id="2"/></w:r>', " A"), "Sở A"),
        (("Sở", '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>', " A"), "Sở A"),
        (("a", run("ẩn", "<w:vanish/>"), "b"), "ab"),
        (("a", run("hiện", '<w:vanish w:val="0"/>'), "b"), "ahiệnb"),
        (("chuyển", "<w:r><w:softHyphen/></w:r>", "đổi"), "chuyểnđổi"),
        (("12", "<w:r><w:noBreakHyphen/></w:r>", "NQ"), "12-NQ"),
        (("tỷ lệ ", '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', " 80%"), "tỷ lệ ≥ 80%"),
        (("tỷ lệ \uf0a3 5%",), "tỷ lệ ≤ 5%"),
        (('<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>',), "liên kết"),
        (('<w:moveFrom w:id="1"><w:r><w:t>cũ</w:t></w:r></w:moveFrom>', "mới"), "mới"),
        (("<w:r><w:instrText>PAGE</w:instrText></w:r>", "3"), "3"),
        (("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>ô chọn</w:t></w:r></w:sdtContent></w:sdt>",), "ô chọn"),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_it_looks(runs, text):
    assert lines(paragraph(*runs)) == (text,)
    assert grid(table((cell(paragraph(*runs)), "x"))) == [(text, "x")]


def test_a_text_box_is_read_once_and_after_its_paragraph():
    def box(text):
        return f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"

    both = f"<mc:AlternateContent><mc:Choice>{box('Số: 5')}</mc:Choice><mc:Fallback>{box('Số: 5')}</mc:Fallback>"
    drawn = f"<w:r>{both}</mc:AlternateContent></w:r>"
    assert lines(paragraph("Trước", drawn) + paragraph("Sau")) == ("Trước", "Số: 5", "Sau")
    assert grid(table((cell(paragraph("a", drawn)), "b"))) == [("a\nSố: 5", "b")]


def test_tables_inside_a_cell_are_lines_of_its_text():
    inner = table(("Quý I", "20%"), ("Quý II", "30%"))
    assert grid(table(("1", cell("Tiến độ", inner, "Hết")))) == [("1", "Tiến độ\nQuý I 20%\nQuý II 30%\nHết")]


def test_vertical_merges_keep_their_columns_beside_wide_cells():
    body = table(
        (cell("A", properties=RESTART), cell("B", properties=SPAN + RESTART), "C"),
        (cell("", properties=DOWN), cell("", properties=SPAN + DOWN), "D"),
        ("E", cell("F", properties=SPAN), "G"),
    )
    assert grid(body) == [("A", "B", "B", "C"), ("A", "B", "B", "D"), ("E", "F", "F", "G")]


def test_free_columns_before_and_after_a_row():
    shifted = f'<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>{cell("b")}</w:tr>'
    assert grid(table(("1", "2", "3"), shifted)) == [("1", "2", "3"), ("", "b", "")]


def test_cells_merged_the_old_way_across():
    body = table((cell("a", properties='<w:hMerge w:val="restart"/>'), cell("", properties="<w:hMerge/>"), "b"))
    (found,) = read_blocks(package(body), "a.docx").tables()
    assert [(one.text, one.across) for one in found.rows[0].cells] == [("a", False), ("a", True), ("b", False)]


def test_rows_and_cells_in_content_controls_are_read_and_struck_out_rows_are_not():
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    wrapped = control.format(f"<w:tr>{control.format(cell('x'))}{cell('y')}</w:tr>")
    struck = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell("bỏ")}{cell("bỏ")}</w:tr>'
    assert grid(table(("a", "b"), struck, wrapped)) == [("a", "b"), ("x", "y")]


def test_pages_are_those_word_recorded():
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = paragraph("một") + paragraph(turn, "hai") + paragraph("hai", turn, "ba") + table(("ba", "ba"))
    body += table((cell(paragraph(turn, "bốn")), cell(paragraph(turn, "bốn")))) + paragraph("bốn")
    source = read_blocks(package(body), "a.docx")
    assert [block.position.page for block in source.blocks] == [1, 2, 2, 3, 4, 4]
    assert source.pages == 4
    assert read_blocks(package(paragraph("một")), "a.docx").pages is None


def level(depth, style, pattern, more=""):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/>{more}</w:lvl>'
    )


def listed(text, number, depth=0):
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


LEVELS = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "bullet", "+") + level(3, "bullet", "§")
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_labels_in_cells_and_lists_that_restart():
    inside = cell(listed("Xây dựng", 1, 1), listed("Trình", 1, 1), listed("Ban hành", 1, 2), listed("Gửi", 1, 3))
    body = table((cell(listed("", 1)), inside), (cell(listed("", 1)), "b"))
    expected = [("1.", "a) Xây dựng\nb) Trình\n+ Ban hành\n- Gửi"), ("2.", "b")]
    assert grid(body, numbering=NUMBERING) == expected
    more = listed("một", 1) + listed("hai", 1) + listed("lại một", 2) + listed("lại hai", 2)
    assert lines(more, numbering=NUMBERING) == ("1. một", "2. hai", "1. lại một", "2. lại hai")


def test_styles_bring_their_list_and_their_level():
    numbering = NUMBERING.replace(
        level(1, "lowerLetter", "%2)"), level(1, "decimal", "%1.%2.", '<w:pStyle w:val="M"/>')
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="M"><w:basedOn w:val="L"/></w:style>'
    )
    body = "".join(paragraph("x", properties=f'<w:pStyle w:val="{name}"/>') for name in "LMMLM")
    assert lines(body, numbering=numbering, styles=styles) == ("1. x", "1.1. x", "1.2. x", "2. x", "2.1. x")


def test_runs_in_old_fonts_are_put_right_and_the_printed_form_kept():
    old = font(tcvn3("Sở Tài chính "), ".VnTime"), "và Sở Y tế ", font(vni("nhiều hơn"), "VNI-Times")
    body = paragraph(*old) + paragraph(font("kÕ ho¹ch", ".VnTimeH"))
    source = read_blocks(package(body), "a.docx")
    assert source.lines == ("Sở Tài chính và Sở Y tế nhiều hơn", "KẾ HOẠCH")
    assert source.printed == ("Së Tµi chÝnh và Sở Y tế nhieàu hôn", "kÕ ho¹ch")
    assert source.encoding == "TCVN3 (ABC)"
    assert source.remarks


def test_a_letter_and_its_mark_may_stand_in_two_runs():
    body = paragraph(font("Ke", "VNI-Times"), font("á hoa", "VNI-Times"), font("ïch toaøn tænh", "VNI-Times"))
    assert lines(body) == ("Kế hoạch toàn tỉnh",)


@pytest.mark.parametrize(
    "styles",
    [
        '<w:style w:type="paragraph" w:styleId="V"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>',
        '<w:style w:styleId="B"><w:rPr><w:rFonts w:hAnsi=".vnArial"/></w:rPr></w:style>'
        '<w:style w:styleId="V"><w:basedOn w:val="B"/></w:style>',
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:rPrDefault></w:docDefaults>',
    ],
)
def test_the_old_font_may_come_from_a_style(styles):
    source = read_blocks(package(paragraph("c¸c ®¬n vÞ", properties='<w:pStyle w:val="V"/>'), styles=styles), "a.docx")
    assert source.lines == ("các đơn vị",)


def test_unicode_text_under_the_name_of_an_old_font_stays():
    text = "Cơ quan làm báo cáo có số liệu hàng tháng"
    assert lines(paragraph(font(text, ".VnTime"))) == (text,)
    latin = "báo cáo có, không là tài liệu này và bài toán"
    assert lines(paragraph(*(font(f"{word} ", ".VnTime") for word in latin.split()))) == (latin,)


def test_embedded_foreign_files_are_told():
    chunk = f'<Relationship Id="c" Type="{OFFICE}/aFChunk" Target="chunk.mht"/>'
    where = 'Target="http://a.example/x.dotm" TargetMode="External"'
    outside = f'<Relationship Id="d" Type="{OFFICE}/attachedTemplate" {where}/>'
    source = read_blocks(package(paragraph("a"), related=chunk + outside), "a.docx")
    assert any("phần nhúng" in remark for remark in source.remarks)


def test_the_strict_form_and_other_names_of_the_main_part():
    data = package(paragraph("Kế hoạch"), main="word/document2.xml")
    assert read_blocks(data, "a.docx").lines == ("Kế hoạch",)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            strict = old.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            new.writestr(name, strict)
    assert read_blocks(stream.getvalue(), "a.docx").lines == ("Kế hoạch",)


def test_rows_that_claim_the_widest_span_stop_at_a_bounded_number_of_cells():
    wide = f"<w:tr>{cell('', properties=f'<w:gridSpan w:val={chr(34)}{WIDEST}{chr(34)}/>')}</w:tr>"
    with pytest.raises(Unreadable, match="tách thành nhiều tệp"):
        read_docx(package("<w:tbl>" + wide * 2_100 + "</w:tbl>"), lambda share: None)


def test_more_markup_than_any_document_has_is_refused_before_it_is_parsed():
    data = package("<w:p/>" * (MOST_MARKUP + 1))
    with takes_at_most(5), pytest.raises(Unreadable, match="tách thành nhiều tệp"):
        read_docx(data, lambda share: None)


def test_progress_never_goes_back():
    told = []
    read_docx(package(table(*((str(at), "b") for at in range(300)))), told.append)
    assert told == sorted(told)
    assert 3 < len(told) < 50
    assert told[-1] <= 1


@pytest.mark.parametrize("wrapper", ["<w:tbl><w:tr><w:tc>", "<w:sdt><w:sdtContent>", "<w:ins>", "<w:p><w:r>"])
def test_nesting_without_end_gives_a_sentence(wrapper):
    with pytest.raises(Unreadable, match="hỏng") as refusal:
        read_blocks(package(wrapper * 10_000), "a.docx")
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("share", range(1, 20))
def test_a_package_cut_anywhere_gives_a_sentence(share):
    whole = package(table(("1", "Nhiệm vụ")), numbering=NUMBERING)
    with pytest.raises(Unreadable) as refusal:
        read_blocks(whole[: len(whole) * share // 20], "a.docx")
    assert str(refusal.value).endswith(".")


def test_one_paragraph_of_very_many_runs_takes_time_in_proportion():
    runs = "".join(run("a", '<w:vertAlign w:val="superscript"/>' if at % 2 else "") for at in range(60_000))
    with takes_at_most(70):
        read_docx(package(f"<w:p>{runs}</w:p>"), lambda share: None)
