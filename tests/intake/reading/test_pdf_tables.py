"""PDF tables: ruled in any way, merged, cut by page ends, or held apart by white space."""

from itertools import pairwise

import pytest

from tests.intake.reading.pdf_files import bare, show, table, text, typeset
from tiendo.intake.reading.blocks import Paragraph, Table
from tiendo.intake.reading.pdf_document import read_document
from tiendo.intake.reading.pdf_lines import is_cut_date
from tiendo.plans.spreadsheets.progress import ignore

HEAD = ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]
COLUMNS = "(1cm, 6cm, 4cm, 3cm)"


def blocks(data):
    return read_document(data, ignore).blocks


def tables(data):
    return [block for block in blocks(data) if isinstance(block, Table)]


def only(data):
    (found,) = tables(data)
    return found


def grid(data):
    return [row.texts for row in only(data).rows]


def lines(xs, ys):
    """A full grid drawn with strokes."""
    level = "".join(f"{xs[0]} {y} m {xs[-1]} {y} l S\n" for y in ys)
    return level + "".join(f"{x} {ys[0]} m {x} {ys[-1]} l S\n" for x in xs)


def cells(xs, ys, words):
    """Words for each place of a grid whose rows run down the page."""
    pairs = [(x + 3, y - 14, word) for y, row in zip(ys, words, strict=False) for x, word in zip(xs, row, strict=False)]
    return "".join(show(x, y, word, 10) for x, y, word in pairs)


XS, YS = [72, 172, 272, 372], [700, 670, 640, 610]
WORDS = [["TT", "Viec", "Han"], ["1", "Lap", "2025"], ["2", "Do", "2026"]]


def by_strokes():
    return lines(XS, YS)


def by_thin_boxes():
    """As Word draws: every side of every cell a filled box of its own."""
    out = ""
    for y in YS:
        out += "".join(f"{a} {y} {b - a - 0.5} 0.5 re f\n{a - 0.5} {y} 0.5 0.5 re f\n" for a, b in pairwise(XS))
    for x in XS:
        out += "".join(f"{x} {b} 0.5 {a - b - 0.5} re f\n" for a, b in pairwise(YS))
    return out


def by_cell_boxes():
    """Each cell a stroked box, two points from its neighbours: double rules."""
    pairs = [(x, y) for x in pairwise(XS) for y in pairwise(YS)]
    return "".join(f"{a + 1} {d + 1} {b - a - 2} {c - d - 2} re S\n" for (a, b), (c, d) in pairs)


def by_one_path():
    return (
        "".join(f"{XS[0]} {y} m {XS[-1]} {y} l\n" for y in YS)
        + "".join(f"{x} {YS[0]} m {x} {YS[-1]} l\n" for x in XS)
        + "S\n"
    )


def with_open_sides():
    """No line at the left, at the right and at the bottom."""
    return "".join(f"72 {y} m 372 {y} l S\n" for y in YS[:-1]) + "".join(f"{x} 700 m {x} 610 l S\n" for x in XS[1:-1])


@pytest.mark.parametrize("draw", [by_strokes, by_thin_boxes, by_cell_boxes, by_one_path, with_open_sides])
def test_rules_make_the_grid_however_they_are_drawn(draw):
    assert grid(bare(draw() + cells(XS, YS, WORDS))) == [tuple(row) for row in WORDS]


def test_rules_inside_a_form_and_on_a_turned_page_make_the_grid_too():
    content = by_strokes() + cells(XS, YS, WORDS)
    turned = f"q 0 1 -1 0 700 100 cm {content} Q"
    assert grid(bare(turned, page="/MediaBox [0 0 595 842] /Rotate 90")) == [tuple(row) for row in WORDS]


def test_merged_cells_stand_in_every_place_they_cover():
    rows = [
        ["table.cell(rowspan: 2)[TT]", "table.cell(colspan: 2)[Phân công]", "table.cell(rowspan: 2)[Hạn]"],
        ["Chủ trì", "Phối hợp"],
        ["1", "table.cell(rowspan: 2)[Sở Nội vụ]", "Sở Tài chính", "2025"],
        ["2", "Sở Y tế", "2026"],
    ]
    found = only(typeset(table(rows, "(1cm, 4cm, 4cm, 2cm)")))
    assert [row.texts for row in found.rows] == [
        ("TT", "Phân công", "Phân công", "Hạn"),
        ("TT", "Chủ trì", "Phối hợp", "Hạn"),
        ("1", "Sở Nội vụ", "Sở Tài chính", "2025"),
        ("2", "Sở Nội vụ", "Sở Y tế", "2026"),
    ]
    assert [cell.inherited for cell in found.rows[1].cells] == [True, False, False, True]
    assert [cell.across for cell in found.rows[0].cells] == [False, False, True, False]
    assert found.rows[3].cells[1].inherited
    assert (found.rows[2].position.row, found.rows[2].cells[2].position.cell) == (3, 3)


def test_cells_keep_their_paragraphs_and_join_their_wrapped_lines():
    task = "Xây dựng nền tảng dữ liệu dùng chung của tỉnh, gồm:\n- Khảo sát hiện trạng các cơ sở dữ liệu;\n- Kết nối."
    rows = [HEAD, ["1", task, "Sở Khoa học và Công nghệ", "Giai đoạn 2025-2026"], ["2", "Đào tạo", "Sở Nội vụ", "2026"]]
    found = only(typeset(table(rows, "(1cm, 5cm, 2.6cm, 2.4cm)")))
    assert found.rows[1].texts == ("1", task, "Sở Khoa học và Công nghệ", "Giai đoạn 2025-2026")


def test_a_dash_inside_a_phrase_begins_no_item():
    phrase = "Báo cáo tình hình phát triển kinh tế - xã hội quý và năm"
    for width in range(24, 48, 2):
        found = only(typeset(table([["a", "b"], [phrase, "c"]], f"({width}mm, 2cm)")))
        assert found.rows[1].texts[0] == phrase


def long_rows(count):
    task = "Rà soát, số hóa và làm sạch dữ liệu của ngành, địa phương phục vụ giải quyết thủ tục hành chính việc số"
    return [[str(at), f"{task} {at}", "Sở Nội vụ", f"Tháng {at % 12 + 1}/2026"] for at in range(1, count + 1)]


@pytest.mark.parametrize("header", [True, False])
def test_a_table_over_pages_is_one_and_its_repeated_header_stands_once(header):
    rows = long_rows(60)
    data = typeset(table([HEAD, *rows], COLUMNS, header=header), 'paper: "a4", margin: 2cm, numbering: "1"')
    found = only(data)
    assert [row.texts for row in found.rows] == [tuple(row) for row in [HEAD, *rows]]
    assert found.rows[-1].position.page == read_document(data, ignore).pages > 2
    assert [row.position.line for row in found.rows] == list(range(1, 62))


def test_text_between_two_tables_keeps_them_apart():
    two = table([HEAD, *long_rows(2)], COLUMNS) + "\nDanh mục khác\n\n" + table([HEAD, *long_rows(3)], COLUMNS)
    kinds = [type(block) for block in blocks(typeset(two))]
    assert kinds == [Table, Paragraph, Table]


def test_the_columns_of_a_page_that_shows_fewer_are_those_of_the_table():
    """The second page holds a group row only, so it draws no line between the columns."""
    ys = [700, 100]
    first = lines(XS, ys) + cells(XS, [700], [["TT", "Viec", "Han"]])
    second = lines([72, 372], [780, 760]) + show(75, 766, "II. Nhom thu hai", 10)
    found = only(
        bare(first + show(75, 112, "1", 10), second + lines(XS, [760, 700]) + cells(XS, [760], [["2", "Do", "2026"]]))
    )
    assert [len(row.cells) for row in found.rows] == [3, 3, 3]
    assert [cell.across for cell in found.rows[1].cells] == [False, True, True]


def strokes(*ends):
    return "".join(f"{x0} {y0} m {x1} {y1} l S\n" for x0, y0, x1, y1 in ends)


def test_a_merged_cell_cut_by_the_page_end_goes_on():
    """The third cell covers both rows of the first page and both of the second."""
    head = lines(XS, [700, 680]) + cells(XS, [700], [["TT", "Viec", "Chu tri"]])
    first = strokes(*((x, 680, x, 100) for x in XS), (72, 100, 372, 100), (72, 400, 272, 400))
    first += show(75, 666, "1", 10) + show(75, 386, "2", 10) + show(275, 666, "So Noi vu", 10)
    second = strokes(*((x, 780, x, 700) for x in XS), (72, 780, 372, 780), (72, 700, 372, 700), (72, 740, 272, 740))
    found = only(bare(head + first, second + show(75, 766, "3", 10) + show(75, 726, "4", 10)))
    assert [row.texts[2] for row in found.rows] == ["Chu tri", *["So Noi vu"] * 4]
    assert [row.cells[2].inherited for row in found.rows] == [False, False, True, True, True]


def test_a_frame_around_the_page_and_underlined_words_are_no_table():
    frame = "50 50 495 742 re S 60 690 m 140 690 l S\n"
    found = blocks(bare(frame + show(72, 700, "Ke hoach nam 2026") + show(72, 600, "I. Muc tieu.")))
    assert [block.text for block in found] == ["Ke hoach nam 2026", "I. Muc tieu."]


def test_an_underlined_word_in_a_cell_parts_no_rows():
    content = by_strokes() + cells(XS, YS, WORDS) + "180 655 m 230 655 l S\n"
    assert grid(bare(content)) == [tuple(row) for row in WORDS]


def test_a_table_without_lines_is_read_by_its_columns():
    rows = [HEAD, *[[str(at), f"Làm sạch dữ liệu ngành thứ {at}", "Sở Nội vụ", "12/2026"] for at in range(1, 6)]]
    data = typeset("Danh mục nhiệm vụ\n\n" + table(rows, COLUMNS, "stroke: none,") + "\nHết danh mục.")
    assert grid(data) == [tuple(row) for row in rows]


def test_wrapped_rows_of_a_table_without_lines_stay_whole():
    rows = [HEAD, *long_rows(4)]
    assert grid(typeset(table(rows, COLUMNS, "stroke: none,"))) == [tuple(row) for row in rows]


def test_level_rules_alone_part_the_rows():
    rows = [HEAD, *[["–", "Làm sạch dữ liệu của ngành y tế và của ngành giáo dục", "Sở", "2026"] for _ in range(3)]]
    assert grid(typeset(table(rows, COLUMNS, "stroke: (x: none, y: 0.5pt),"))) == [tuple(row) for row in rows]


def test_a_code_broken_by_its_narrow_cell_is_whole_again():
    code = "KH20_TT_N01.1.2"
    content = lines([72, 120, 300], [700, 660]) + show(74, 688, "KH20_TT", 10) + show(74, 676, "_N01.1.2", 10)
    assert grid(bare(content + show(130, 688, "Viec", 10)))[0][0] == code


@pytest.mark.parametrize(
    ("above", "below", "cell"),
    [
        ("ngay 15/08/202", "6", "ngay 15/08/2026"),
        ("15/08/202", "6", "15/08/2026"),
        ("Xong IV/20", "26, bao cao", "Xong IV/2026, bao cao"),
        ("Hai ngay 15/0", "8/2026", "Hai ngay 15/08/2026"),
        ("Hoi nghi dot 1", "5/08/2026", "Hoi nghi dot 1 5/08/2026"),
        ("Xong 08/2026", "12 lop", "Xong 08/2026 12 lop"),
        ("Tong so la 20", "26 may", "Tong so la 20 26 may"),
    ],
)
def test_a_date_broken_inside_a_number_is_whole_again(above, below, cell):
    right = 74 + 5.2 * len(above)
    content = lines([72, right, 300], [700, 660]) + show(74, 688, above, 10) + show(74, 676, below, 10)
    assert grid(bare(content + show(right + 3, 688, "Viec", 10)))[0][0].replace("\n", " ") == cell


def test_a_year_broken_after_the_word_for_it():
    assert is_cut_date("Quý IV năm 20", "26")
    assert not is_cut_date("khoảng 20", "26")


def test_a_list_with_hanging_marks_is_no_table():
    body = "\n".join(
        f"- {text('Rà soát, bãi bỏ giấy tờ trùng lặp mà cơ quan nhà nước đã có dữ liệu')} {at}" for at in range(9)
    )
    found = blocks(typeset(f"#set list(indent: 1cm, body-indent: 1.2cm)\n{body}"))
    assert [type(block) for block in found] == [Paragraph] * 9


def test_a_title_between_two_tables_without_lines_belongs_to_neither():
    """The third head of the first table fills its column to the end."""
    first = [["TT", "Công việc", "Cơ quan, đơn vị thực", "Phối hợp"], ["1", "Lập điểm hỗ trợ", "Sở Y tế", "Bưu điện"]]
    title = "\n#align(center)[PHỤ LỤC III \\ CHỈ SỐ]\n\n"
    second = [["TT", "Tên chỉ số", "Đơn vị đo", "Thời hạn"], ["1", "Thời gian chờ", "phút", "2027"]]
    columns = "(1cm, 4cm, 121pt, 3cm), inset: 1pt"
    body = table(first, columns, "stroke: none,") + title + table(second, columns, "stroke: none,")
    one, *between, two = blocks(typeset(body))
    assert [row.texts for row in one.rows] == [tuple(row) for row in first]
    assert [block.text for block in between] == ["PHỤ LỤC III", "CHỈ SỐ"]
    assert [row.texts for row in two.rows] == [tuple(row) for row in second]


@pytest.mark.parametrize("last", ["Đo", "Đo và công bố kết quả của từng cơ quan, đơn vị cấp xã"])
def test_a_table_without_lines_goes_on_over_the_page_with_a_single_row(last):
    rows = [HEAD, *[[str(at), f"Làm sạch dữ liệu ngành thứ {at}", "Sở Nội vụ", "12/2026"] for at in range(1, 6)]]
    first = table(rows, COLUMNS, "stroke: none,")
    rest = table([["6", last, "Sở Y tế", "2027"]], COLUMNS, "stroke: none,")
    found = only(typeset(f"{first}\n#pagebreak()\n{rest}"))
    assert [row.texts for row in found.rows] == [*map(tuple, rows), ("6", last, "Sở Y tế", "2027")]
    assert found.rows[-1].position.page == 2


def test_a_group_row_across_a_table_without_lines_does_not_end_it():
    group = "table.cell(colspan: 4)[I. Về công tác cán bộ và thi đua khen thưởng]"
    title = "Đưa kết quả vào đánh giá, xếp loại tổ chức đảng, đảng viên hằng năm"
    rows = [HEAD, [group], ["1", title, "Ban Tổ chức", "2026"], ["2", "Mở chuyên mục", "Báo", "4/2026"]]
    data = typeset(table(rows, "(1.6cm, 5.2cm, 4cm, 3cm)", "stroke: (x: none, y: 0.5pt),"))
    assert grid(data)[2:] == [("1", title, "Ban Tổ chức", "2026"), ("2", "Mở chuyên mục", "Báo", "4/2026")]
