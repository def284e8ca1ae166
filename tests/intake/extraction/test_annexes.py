"""Annex tables in Word files as many hands type them."""

import io
from copy import deepcopy

import pytest
from docx import Document

from tests.pace import takes_at_most
from tiendo.intake.extraction import read_document

HEAD = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm")


def written(build):
    document = Document()
    document.add_paragraph("PHỤ LỤC II")
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return read_document(stream.getvalue(), "phu-luc.docx")


def filled(document, rows, width=None):
    table = document.add_table(rows=0, cols=width or len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
    return table


def tasks_of(*rows):
    return written(lambda document: filled(document, [HEAD, *rows]))["tasks"]


def test_groups_blank_cells_and_what_is_lacking():
    first, second = tasks_of(
        ("I", "Hạ tầng số", "", "", "", ""),
        ("1", "Lắp trạm", "Sở Tài chính", "", "Quý II/2025", "12 trạm"),
        ("II", "Nhân lực", "", "", "", ""),
        ("1", "Mở lớp", "", "Sở Nội vụ", "", ""),
    )
    assert (first["group"], first["lead"], first["due"]["on"]) == (
        "Hạ tầng số",
        [{"text": "Sở Tài chính", "unit": "so-tai-chinh"}],
        "2025-06-30",
    )
    assert first["lacks"] == ["trach_nhiem", "tham_quyen"]
    assert (second["group"], second["lead"], second["product"]) == ("Nhân lực", [], None)
    assert second["lacks"] == ["nguoi", "thoi_gian", "trach_nhiem", "san_pham", "tham_quyen"]
    assert second["due"]["kind"] == "missing"
    assert second["source"] == {"page": None, "table": 1, "row": 5, "line": 6, "sheet": None}


def test_repeated_header_and_counting_rows_are_no_tasks():
    tasks = tasks_of(
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("1", "Việc một", "Sở Nội vụ", "", "2025", ""),
        HEAD,
        ("2", "Việc hai", "Sở Nội vụ", "", "2026", ""),
    )
    assert [task["title"] for task in tasks] == ["Việc một", "Việc hai"]


def test_orphan_row_continues_the_row_above_cell_by_cell():
    (task,) = tasks_of(
        ("1", "Xây dựng kho dữ liệu", "Sở Khoa học và", "", "Trước ngày", "Kho dữ liệu"),
        ("", "dùng chung của tỉnh", "Công nghệ", "", "30/6/2025", ""),
    )
    assert task["title"] == "Xây dựng kho dữ liệu dùng chung của tỉnh"
    assert task["lead"] == [{"text": "Sở Khoa học và Công nghệ", "unit": "so-kh-cn"}]
    assert (task["due"]["on"], task["due"]["before"]) == ("2025-06-29", True)


def test_cells_merged_downwards_are_inherited():
    def build(document):
        table = filled(
            document,
            [HEAD, ("1", "Việc một", "Sở Nội vụ", "", "2025", "a"), ("2", "Việc hai", "", "", "", "b")],
        )
        table.cell(1, 2).merge(table.cell(2, 2))
        table.cell(1, 4).merge(table.cell(2, 4))

    first, second = written(build)["tasks"]
    assert first["lead"] == second["lead"] == [{"text": "Sở Nội vụ", "unit": "so-noi-vu"}]
    assert first["due"]["on"] == second["due"]["on"] == "2025-12-31"


def test_a_number_merged_downwards_is_one_task():
    def build(document):
        table = filled(document, [HEAD, ("1", "Việc", "Sở Nội vụ", "", "2025", "a"), ("", "", "", "", "", "b")])
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(1, 1).merge(table.cell(2, 1))

    (task,) = written(build)["tasks"]
    assert (task["title"], task["product"]) == ("Việc", "a b")


def test_group_row_across_the_whole_table():
    def build(document):
        table = filled(document, [HEAD, ("II. Kinh tế số", "", "", "", "", ""), ("1", "Việc", "", "", "", "")])
        table.cell(1, 0).merge(table.cell(1, 5))

    assert [task["group"] for task in written(build)["tasks"]] == ["Kinh tế số"]


def test_header_of_two_rows():
    def build(document):
        table = filled(
            document,
            [
                ("TT", "Nội dung", "Đơn vị", "", "Thời hạn"),
                ("", "", "Chủ trì", "Phối hợp", ""),
                ("1", "Việc", "Sở Nội vụ", "Sở Y tế", "12/2025"),
            ],
        )
        table.cell(0, 2).merge(table.cell(0, 3))

    (task,) = written(build)["tasks"]
    assert [a["unit"] for a in task["lead"]] == ["so-noi-vu"]
    assert [a["unit"] for a in task["coordinating"]] == ["so-y-te"]


def test_table_cut_by_a_page_continues_without_a_header():
    def build(document):
        filled(document, [HEAD, ("1", "Việc một", "Sở Nội vụ", "", "2025", "")])
        document.add_paragraph("")
        filled(document, [("", "kéo dài", "", "", "", ""), ("2", "Việc hai", "Sở Y tế", "", "", "")])

    assert [task["title"] for task in written(build)["tasks"]] == ["Việc một kéo dài", "Việc hai"]


def test_short_heads_match_whole_cells_only():
    def build(document):
        filled(document, [("Viettel", "Danh bạ", "Điện thoại"), ("1", "An", "02133"), ("2", "Bình", "02134")])

    reading = written(build)
    assert reading["tasks"] == reading["indicators"] == []


@pytest.mark.parametrize("target_head", ["Kết quả", "Năm 2030"])
def test_indicator_table_reads_unit_and_result_its_own_way(target_head):
    def build(document):
        filled(
            document,
            [
                ("TT", "Chỉ tiêu", "Đơn vị", target_head, "Cơ quan chủ trì theo dõi, đánh giá"),
                ("1", "Dịch vụ công trực tuyến", "%", "≥ 80", "Sở Nội vụ"),
                ("2", "Chỉ số HDI", "", "> 0,7", ""),
            ],
        )

    reading = written(build)
    first, second = reading["indicators"]
    assert reading["tasks"] == []
    assert (first["unit_text"], first["target"]["parts"][0]["value"]) == ("%", "80")
    assert first["lead"] == [{"text": "Sở Nội vụ", "unit": "so-noi-vu"}]
    assert first["horizon"] == ("2030" if target_head == "Năm 2030" else None)
    assert (second["unit_text"], second["target"]["parts"][0]["value"]) == (None, "0.7")


def test_a_file_that_is_only_an_annex_says_so():
    reading = written(lambda document: filled(document, [HEAD, ("1", "Việc", "Sở Nội vụ", "", "2025", "a")]))
    assert reading["annexes"] == [{"label": "Phụ lục II", "present": True, "mentioned_in": []}]
    assert [note["where"] for note in reading["notes"]] == ["document"]


def long_annex(count):
    """A Word file with a long annex, its rows copied as XML: python-docx would take seconds to build them."""
    document = Document()
    document.add_paragraph("PHỤ LỤC II")
    table = filled(
        document, [HEAD, ("1", "Việc", "Sở Nội vụ; Sở Y tế", "UBND các xã, phường", "Quý II/2025", "Báo cáo")]
    )
    row = table.rows[1]._tr
    for _copy in range(count - 1):
        row.addnext(deepcopy(row))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_five_hundred_rows_are_read_at_once():
    data = long_annex(500)
    with takes_at_most(50):
        tasks = read_document(data, "dai.docx")["tasks"]
    assert len(tasks) == 500
