"""PDF text: paragraphs in reading order, letters as meant, and nothing that is not text."""

import pytest

from tests.intake.reading.pdf_files import bare, show, table, text, typeset
from tiendo.intake.extraction.agencies import built_in_directory
from tiendo.intake.extraction.reading import interpret
from tiendo.intake.reading import read_blocks
from tiendo.intake.reading.blocks import Paragraph, SourceDocument, Table
from tiendo.intake.reading.legacy import TCVN3
from tiendo.intake.reading.pdf_document import read_document
from tiendo.plans.spreadsheets.progress import ignore

JUSTIFIED = "#set par(justify: true, first-line-indent: (amount: 1cm, all: true), spacing: 1.2em)\n"
LONG = (
    "Tổ chức triển khai đồng bộ các nhiệm vụ từ tỉnh đến cơ sở; mỗi sở, ngành, UBND cấp xã xây dựng kế hoạch của mình "
    "với lộ trình, thời gian và phân công cụ thể, định kỳ hằng năm đánh giá kết quả để kịp thời điều chỉnh, bổ sung."
)
NUMBERED = 'paper: "a4", margin: 2cm, numbering: "1"'
OLD_FONT = (
    "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+{name} /Encoding /WinAnsiEncoding "
    "/FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+{name} /Flags 32 >> >>"
)


def read(data):
    return read_document(data, ignore)


def texts(data):
    return [block.text for block in read(data).blocks if isinstance(block, Paragraph)]


def test_wrapped_lines_are_one_paragraph_with_its_page_and_number():
    found = read(typeset(JUSTIFIED + text(LONG) + "\n\n#pagebreak()\n" + text(f"- {LONG}")))
    first, second = found.blocks
    assert (first.text, second.text) == (LONG, f"- {LONG}")
    assert (first.position.page, first.position.paragraph, first.position.line) == (1, 1, 1)
    assert (second.position.page, second.position.paragraph, second.position.line) == (2, 2, 2)
    assert found.pages == 2
    assert found.lines == (LONG, f"- {LONG}")


def test_a_paragraph_broken_by_the_page_end_is_one():
    paragraphs = [f"{at}. {LONG} Việc thứ {at}." for at in range(1, 31)]
    assert texts(typeset(JUSTIFIED + "\n\n".join(map(text, paragraphs)), NUMBERED)) == paragraphs


def test_short_lines_stay_apart_and_headings_do_not_swallow_the_text():
    lines = ["I. MỤC TIÊU", "1. Mục tiêu chung", LONG, "a) Đến năm 2030", "- Nộp trực tuyến 80%;", "- Số hóa 100%."]
    assert texts(typeset("\n\n".join(map(text, lines)))) == lines


def test_a_title_over_several_lines_is_read_as_one():
    title = "Thực hiện Nghị quyết về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia"
    body = f"#align(center)[*KẾ HOẠCH*]\n\n#align(center)[*{text(title)}*]\n\n{text('Căn cứ ' + LONG)}"
    source = SourceDocument(**vars(read(typeset(body))), name="a.pdf", format="pdf")
    assert interpret(source, built_in_directory())["document"]["title"] == title


def test_what_a_document_rests_on_begins_a_paragraph_right_below_its_title():
    title = "Phê duyệt kế hoạch triển khai khoa học, công nghệ và chuyển đổi số năm 2026"
    body = f"#align(center)[*{text(title)}* \\\n{text('Căn cứ Luật Khoa học và Công nghệ ngày 27 tháng 6 năm 2025;')}]"
    assert texts(typeset(body))[:2] == [title, "Căn cứ Luật Khoa học và Công nghệ ngày 27 tháng 6 năm 2025;"]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("chuyển", "đổi số", "chuyển đổi số"),
        ("giai đoạn 2025-", "2026", "giai đoạn 2025-2026"),
        ("kinh tế -", "xã hội", "kinh tế - xã hội"),
        ("KHCN/", "UBND", "KHCN/UBND"),
        ("ngày 15/7/", "2025", "ngày 15/7/2025"),
        ("giai đoạn 2025 -", "2030", "giai đoạn 2025 - 2030"),
    ],
)
def test_lines_are_joined_without_breaking_or_gluing_words(above, below, whole):
    filler = "x" * 60
    body = f"#set page(width: 460pt)\n{text(f'{filler} {above}')} \\\n{text(below)}"
    assert texts(typeset(body))[0].endswith(whole) or texts(typeset(body)) == [f"{filler} {above}", below]
    cell = f"#table(columns: (70pt, 70pt), [{text(above)} \\ {text(below)}], [b])"
    (found,) = read(typeset(cell)).blocks
    assert " ".join(found.rows[0].cells[0].text.split()) == whole


def test_page_numbers_and_running_heads_are_left_out():
    page = 'paper: "a4", margin: 2cm, numbering: "1", number-align: top + center, footer: [Dự thảo lần 2]'
    body = "\n#pagebreak()\n".join(text(f"Việc {at * 7}.") for at in range(1, 5))
    assert texts(typeset(body, page)) == [f"Việc {at * 7}." for at in range(1, 5)]


def test_numbers_and_heads_that_no_program_marked_are_left_out_too():
    pages = [
        show(290, 800, str(at)) + show(72, 30, f"Mau 1 - trang {at}") + show(72, 600, f"Viec {at}a.")
        for at in range(1, 5)
    ]
    assert texts(bare(*pages)) == [f"Viec {at}a." for at in range(1, 5)]


def test_a_year_in_the_text_is_no_page_number():
    assert texts(bare(show(72, 600, "Ke hoach nam"), show(72, 780, "2030"))) == ["Ke hoach nam", "2030"]


def test_headings_of_several_annexes_are_no_running_heads():
    body = "\n#pagebreak()\n".join(f"#align(center)[PHỤ LỤC {at}]\n\nViệc {at}a." for at in range(1, 5))
    assert [line for line in texts(typeset(body)) if "PHỤ LỤC" in line] == [f"PHỤ LỤC {at}" for at in range(1, 5)]


def test_a_letterhead_reads_column_after_column():
    left = ["ỦY BAN NHÂN DÂN", "TỈNH LAI CHÂU", "Số: 12/KH-UBND"]
    right = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lai Châu, ngày 02 tháng 3 năm 2026",
    ]  # fmt: skip
    sides = ", ".join("align(center)[" + " \\ ".join(map(text, side)) + "]" for side in (left, right))
    body = f"#grid(columns: (1fr, 1.4fr), gutter: 1cm, {sides})\n#v(1em)\n#align(center)[KẾ HOẠCH]\n\n{text(LONG)}"
    assert texts(typeset(body, size="12pt")) == [*left, *right, "KẾ HOẠCH", LONG]


def test_a_signature_block_cut_by_the_page_end_reads_its_left_column_to_the_end():
    first = show(72, 90, "Noi nhan:") + show(350, 90, "TM. UY BAN NHAN DAN") + show(72, 70, "- Van phong Chinh phu;")
    first += show(370, 70, "KT. CHU TICH")
    second = show(72, 790, "- Cac so, ban, nganh;") + show(365, 790, "PHO CHU TICH") + show(72, 770, "- Luu: VT.")
    found = read(bare(show(72, 700, "Ke hoach nam 2026") + first, second + show(370, 700, "Lo Van Minh")))
    assert [block.text for block in found.blocks] == [
        "Ke hoach nam 2026", "Noi nhan:", "- Van phong Chinh phu;", "- Cac so, ban, nganh;", "- Luu: VT.",
        "TM. UY BAN NHAN DAN", "KT. CHU TICH", "PHO CHU TICH", "Lo Van Minh",
    ]  # fmt: skip
    assert [block.position.page for block in found.blocks] == [1, 1, 1, 2, 2, 1, 1, 2, 2]


def test_the_last_recipient_alone_on_the_next_page_stays_with_the_others():
    first = show(72, 90, "Noi nhan:") + show(350, 90, "TM. UY BAN NHAN DAN") + show(72, 70, "- Van phong Chinh phu;")
    first += show(370, 70, "Lo Van Minh")
    found = read(bare(show(72, 700, "Ke hoach nam 2026") + first, show(72, 790, "- Luu: VT.")))
    assert [block.text for block in found.blocks] == [
        "Ke hoach nam 2026", "Noi nhan:", "- Van phong Chinh phu;", "- Luu: VT.", "TM. UY BAN NHAN DAN", "Lo Van Minh",
    ]  # fmt: skip


def test_a_signature_close_beside_the_recipients_is_read_after_them():
    left = [(400, "Nơi nhận:"), (386, "- UBND tỉnh;"), (372, "- Lưu: VT.")]
    right = [(393, "TM. ỦY BAN NHÂN DÂN"), (379, "KT. CHỦ TỊCH"), (365, "Lò Văn Minh")]
    placed = [(40, *each) for each in left] + [(118, *each) for each in right]
    body = "\n".join(f"#place(dx: {x}pt, dy: {700 - y}pt)[{text(words)}]" for x, y, words in placed)
    assert texts(typeset(body, size="11pt")) == [words for _, words in (*left, *right)]


def test_footnotes_stand_apart_from_the_text_and_their_marks_are_raised():
    found = read(typeset(f"Chuyển đổi số#footnote[Theo báo cáo năm 2024.] là việc chính.\n\n{text(LONG)}"))
    assert [block.text for block in found.blocks] == ["Chuyển đổi số¹ là việc chính.", LONG]
    assert any("Theo báo cáo năm 2024." in line for line in found.lines)


def test_a_mark_after_a_raised_reference_stays_with_its_word():
    body = f"Hoàn thành 28 nhiệm vụ#super[\\[4\\]]\\; quá hạn 02 nhiệm vụ#super[2], còn lại đúng hạn.\n\n{text(LONG)}"
    assert texts(typeset(body))[0] == "Hoàn thành 28 nhiệm vụ[4]; quá hạn 02 nhiệm vụ², còn lại đúng hạn."


def test_turned_pages_and_turned_text_are_read_upright():
    line = show(72, 700, "Ke hoach nam 2026 cua tinh")
    turned = "BT /F1 12 Tf 0 1 -1 0 300 72 Tm (Ke hoach nam 2026 cua tinh) Tj ET\n"
    assert texts(bare(line, page="/MediaBox [0 0 595 842] /Rotate 90")) == ["Ke hoach nam 2026 cua tinh"]
    assert texts(bare(turned)) == ["Ke hoach nam 2026 cua tinh"]
    assert texts(bare(turned, page="/MediaBox [0 0 595 842] /Rotate 90")) == ["Ke hoach nam 2026 cua tinh"]


def test_a_slanted_mark_behind_the_text_is_left_out():
    slanted = "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DU THAO) Tj ET\n"
    assert texts(bare(show(72, 700, "Ke hoach nam 2026") + slanted)) == ["Ke hoach nam 2026"]


def test_text_drawn_twice_to_look_bold_is_read_once():
    assert texts(bare(show(72, 700, "KE HOACH") + show(72.3, 700, "KE HOACH"))) == ["KE HOACH"]


def test_words_placed_without_spaces_come_apart_where_there_is_a_hole():
    assert texts(bare(show(72, 700, "Ke") + show(90, 700, "hoach"))) == ["Ke hoach"]


def test_an_old_vietnamese_font_is_put_into_unicode_and_its_printed_form_kept():
    words = "KÕ ho¹ch ph¸t triÓn kinh tÕ - x· héi"
    found = read(bare(show(72, 700, words), font=OLD_FONT.format(name=".VnTime")))
    assert found.lines == ("Kế hoạch phát triển kinh tế - xã hội",)
    assert (found.encoding, found.printed) == (TCVN3, (words,))
    assert len(found.remarks) == 1
    assert texts(bare(show(72, 700, "kÕ ho¹ch"), font=OLD_FONT.format(name=".VnTimeH"))) == ["KẾ HOẠCH"]


def test_reading_tells_how_far_it_is_after_each_page_and_gives_the_same_as_inside():
    data = typeset("Một.\n#pagebreak()\nHai.\n#pagebreak()\n" + table([["a", "b"], ["c", "d"]], "2"))
    shares: list[float] = []
    source = read_blocks(data, "a.pdf", shares.append)
    inside = read(data)
    assert shares == pytest.approx([1 / 3, 2 / 3, 1.0])
    assert (source.blocks, source.lines, source.pages) == (inside.blocks, inside.lines, 3)
    assert isinstance(source.blocks[-1], Table)
