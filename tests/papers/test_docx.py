"""The Word file read back by an independent library, measured against the decree."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from tests.pace import takes_at_most
from tests.papers.samples import HOSTILE, LETTERS, MADE_AT, hostile_paper, sample_paper
from tiendo.papers.docx import render_docx
from tiendo.papers.text import clean


@pytest.fixture(scope="module")
def sample() -> bytes:
    return render_docx(sample_paper(), made_at=MADE_AT)


@pytest.fixture
def document(sample: bytes):
    return Document(BytesIO(sample))


def test_page_and_margins(document) -> None:
    first = document.sections[0]
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    for measured, wanted in [
        (first.top_margin, Mm(20)),
        (first.bottom_margin, Mm(20)),
        (first.left_margin, Mm(30)),
        (first.right_margin, Mm(15)),
    ]:
        assert abs(measured - wanted) < Mm(0.1)


def test_annexes_are_sections_turned_when_asked_and_counted_from_one(document) -> None:
    assert [section.orientation for section in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    starts = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in document.sections]
    assert starts == ["1", "1", "1"]


def test_page_number_is_in_the_header_but_not_on_the_first_page(document) -> None:
    for section in document.sections:
        assert section.different_first_page_header_footer
        (line,) = section.header.paragraphs
        assert line.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert line.style.font.size == Pt(13)
        assert line._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
        assert "fldSimple" not in section.first_page_header._element.xml


def test_one_typeface_for_every_script(sample: bytes) -> None:
    with ZipFile(BytesIO(sample)) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
        text = archive.read("word/document.xml").decode()
    (fonts,) = styles.iter(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert "rFonts" not in text


@pytest.mark.parametrize(
    ("style", "size"),
    [
        ("Normal", 14),
        ("Parent Agency", 12),
        ("Agency", 12),
        ("Motto", 13),
        ("Paper Number", 13),
        ("Recipients Title", 12),
        ("Recipients", 11),
        ("Cell Left", 12),
    ],
)
def test_sizes(document, style: str, size: int) -> None:
    found = document.styles[style]
    own = found.font.size or (found.base_style.font.size if found.base_style else None)
    if style == "Normal":
        own = Pt(int(document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:sz')}").get(qn("w:val"))) / 2)
    assert own == Pt(size)


def test_body_paragraphs(document) -> None:
    form = document.styles["Body Text"].paragraph_format
    assert form.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert abs(form.first_line_indent - Mm(12.7)) < Mm(0.1)
    assert form.space_after >= Pt(6)
    assert 1 <= form.line_spacing <= 1.5


def test_head_holds_agency_motto_number_and_date(document) -> None:
    head = document.tables[0]
    assert " ".join(head.cell(0, 0).text.split()) == "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU SỞ KHOA HỌC VÀ CÔNG NGHỆ"
    assert head.cell(0, 1).text.strip().split("\n")[:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert head.cell(1, 0).text.split() == ["Số:", "/BC-SKHCN"]
    assert head.cell(1, 1).paragraphs[0].style.font.italic
    rules = [p for cell in head.rows[0].cells for p in cell.paragraphs if p.style.name == "Rule"]
    lengths = [column.width - p.paragraph_format.left_indent * 2 for column, p in zip(head.columns, rules, strict=True)]
    assert Mm(20) < lengths[0] < Mm(35)
    assert Mm(55) < lengths[1] < Mm(65)


def test_signature_and_recipients_stand_side_by_side(document) -> None:
    foot = document.tables[2]
    assert [p.text for p in foot.cell(0, 0).paragraphs] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Sở Tài chính;",
        "- Lãnh đạo Sở;",
        "- Lưu: VT, KHTC.",
    ]
    assert [p.text for p in foot.cell(0, 1).paragraphs] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn Minh Họa"]


def test_long_table_repeats_its_heading_and_states_every_width(document) -> None:
    annex = document.tables[3]
    rows = annex._tbl.findall(qn("w:tr"))
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows[:3]] == [True, False, False]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    grid = [int(column.get(qn("w:w"))) for column in annex._tbl.tblGrid]
    assert [int(width.get(qn("w:w"))) for width in rows[2].iter(qn("w:tcW"))] == grid
    assert sum(grid) == 16838 - 1701 - 851


def test_references_point_at_rows_that_exist(document) -> None:
    body = document.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    aims = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert len(names) == len(set(names)) == 40
    assert {"mark1", "mark4", "mark7"} <= aims <= set(names)


def test_every_page_says_that_sample_data_is_sample_data(document) -> None:
    for section in document.sections:
        assert section.first_page_header.paragraphs[0].text == "DỮ LIỆU MINH HỌA"
        for footer in (section.footer, section.first_page_footer):
            assert [p.text for p in footer.paragraphs] == [
                "Dữ liệu minh họa, không có giá trị pháp lý",
                "Đầu chuỗi nhật ký: 9f2c4e01a7b3d865",
            ]


def test_a_real_paper_says_nothing_of_samples() -> None:
    made = Document(BytesIO(render_docx(sample_paper(illustrative=False), made_at=MADE_AT)))
    assert made.sections[0].first_page_header.paragraphs[0].text == ""
    assert [p.text for p in made.sections[0].footer.paragraphs] == ["Đầu chuỗi nhật ký: 9f2c4e01a7b3d865"]


def test_hostile_text_stays_text() -> None:
    data = render_docx(hostile_paper(), made_at=MADE_AT)
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    document = Document(BytesIO(data))
    assert any(clean(HOSTILE + LETTERS) in p.text for p in document.paragraphs)
    assert document.tables[1].cell(1, 0).text == clean(HOSTILE)
    assert document.core_properties.author == clean(HOSTILE)


def test_same_paper_same_bytes(sample: bytes) -> None:
    assert render_docx(sample_paper(), made_at=MADE_AT) == sample
    assert render_docx(replace(sample_paper(), number="1"), made_at=MADE_AT) != sample
    assert Document(BytesIO(sample)).core_properties.created.isoformat().startswith("2026-06-15T03:30:00")


def test_five_thousand_rows_are_laid_out_at_once() -> None:
    paper = sample_paper(tasks=5000)
    with takes_at_most(12):
        data = render_docx(paper, made_at=MADE_AT)
    with ZipFile(BytesIO(data)) as archive:
        assert archive.read("word/document.xml").count("Đang thi công".encode()) == 5000
