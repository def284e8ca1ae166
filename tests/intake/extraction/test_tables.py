"""Annex tables as examples: what is typed, and the tasks or indicators an expert clerk reads in it."""

import io

import pytest
from docx import Document

from tiendo.intake.extraction import read_document

HEAD = "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm"
MEASURES = "TT | Chỉ tiêu | Đơn vị tính | Năm 2030 | Cơ quan chủ trì"


def read(text):
    return read_document(f"PHỤ LỤC I\n\n{text}\n".encode(), "phu-luc.txt")


def typed(*rows, head=HEAD):
    return read("\n".join(f"| {row} |" for row in (head, *rows)))


def tasks(*rows, head=HEAD):
    return typed(*rows, head=head)["tasks"]


def short(task):
    """Number, title, lead, deadline, product: enough to see a row."""
    lead = "; ".join(agency["text"] for agency in task["lead"])
    return task["number"], task["title"], lead, task["due"]["raw"], task["product"]


def numbers(*rows, head=HEAD):
    return [(task["number"], task["groups"]) for task in tasks(*rows, head=head)]


def word(build):
    document = Document()
    document.add_paragraph("PHỤ LỤC I")
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return read_document(stream.getvalue(), "phu-luc.docx")


def grid(document, rows, *merged):
    """A Word table; `merged` are pairs of corners ((row, column), (row, column))."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for first, last in merged:
        kept = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = kept
    return table


# Headers


@pytest.mark.parametrize(
    "head",
    [
        "STT | Nội dung công việc | Đơn vị thực hiện | Đơn vị phối hợp | Thời hạn | Kết quả",
        "Số TT | Tên nhiệm vụ | Cơ quan, đơn vị chủ trì | Phối hợp | Thời gian (tháng/năm) | Sản phẩm, kết quả",
        "TT | NHIỆM VỤ, GIẢI PHÁP | CHỦ TRÌ | PHỐI HỢP | HẠN | SẢN PHẨM ĐẦU RA",
        "TT(1) | Nhiệm vụ (2) | Cơ quan chủ trì (theo dõi) | Cơ quan phối hợp* | Hạn hoàn thành | Sản phẩm/kết quả",
        "TT | Đầu việc | Đơn vị chủ trì tham mưu | Các đơn vị phối hợp | Lộ trình thực hiện | Kết quả/Sản phẩm đầu ra",
        "TT | Nội dung nhiệm vụ | Cơ quan tham mưu | Cơ quan, địa phương phối hợp | Tiến độ | Dự kiến sản phẩm",
        "TT | Công việc cụ thể | Đơn vị | Đơn vị phối hợp | Thời điểm hoàn thành | Kết quả cần đạt",
    ],
)
def test_headers_in_many_words(head):
    (task,) = tasks("1 | Lắp trạm đo | Sở Y tế | Sở Nội vụ | 12/2026 | Báo cáo", head=head)
    assert short(task) == ("1", "Lắp trạm đo", "Sở Y tế", "12/2026", "Báo cáo")
    assert [agency["text"] for agency in task["coordinating"]] == ["Sở Nội vụ"]


@pytest.mark.parametrize(
    "table",
    [
        ("TT | Họ và tên | Chức vụ | Đơn vị | Nhiệm vụ", "1 | Lò Văn A | Giám đốc | Sở Y tế | Trưởng ban"),
        ("TT | Nội dung | Đơn vị | Số lượng | Đơn giá | Thành tiền", "1 | Máy tính | Bộ | 5 | 10 | 50"),
        ("TT | Nội dung chi | Đơn vị thực hiện | Kinh phí", "1 | Mua máy | Sở Y tế | 500"),
        ("Mục | Nội dung | Trang", "I | Mục tiêu | 3"),
        ("TT | Nơi nhận | Số bản", "1 | Sở Y tế | 2"),
        ("Viettel | Danh bạ | Hạn chế", "1 | An | 02133"),
        ("TT | Tên văn bản | Cơ quan ban hành | Ngày ban hành", "1 | Nghị định 1 | Chính phủ | 1/1/2020"),
    ],
)
def test_other_tables_hold_no_tasks(table):
    head, *rows = table
    reading = typed(*rows, head=head)
    assert reading["tasks"] == reading["indicators"] == []


def test_head_and_authority_and_supervision_are_read_too():
    (task,) = tasks(
        "1 | Lập đề án | Sở Y tế | Ông A, Phó Giám đốc | UBND tỉnh | Thanh tra tỉnh | 2026",
        head="TT | Nhiệm vụ | Cơ quan chủ trì | Lãnh đạo phụ trách | Cấp trình | Cơ quan giám sát | Thời hạn",
    )
    assert (task["head"], task["authority"]) == ("Ông A, Phó Giám đốc", "UBND tỉnh")
    assert task["supervising"][0]["text"] == "Thanh tra tỉnh"
    assert task["lacks"] == ["san_pham"]


def test_columns_nobody_knows_are_kept_with_their_heads():
    head = "TT | Nhiệm vụ | Chủ trì | Kinh phí (triệu đồng) | Hạn"
    (task,) = tasks("1 | Lập đề án | Sở Y tế | 500 | 2026", head=head)
    assert task["other"] == [{"head": "Kinh phí (triệu đồng)", "text": "500"}]


def test_titles_above_the_header_inside_the_table():
    reading = typed(
        "DANH MỤC NHIỆM VỤ | | | | |",
        "(Kèm theo Kế hoạch số 15/KH-UBND ngày 03/02/2026 của UBND tỉnh Lai Châu) | | | | |",
        HEAD,
        "(1) | (2) | (3) | (4) | (5) | (6)",
        "1 | Việc | Sở Y tế | | 2026 | a",
        head=" | | | | | ",
    )
    assert [short(task)[:2] for task in reading["tasks"]] == [("1", "Việc")]
    assert reading["annexes"][0]["issued_with"] == {
        "kind": "Kế hoạch", "symbol": "15/KH-UBND", "issued_on": "2026-02-03", "issuer": "UBND tỉnh Lai Châu",
    }  # fmt: skip


def test_start_and_end_make_one_deadline():
    (task,) = tasks(
        " | | | Bắt đầu | Kết thúc | ",
        "1 | Việc | Sở Y tế | 01/2026 | 06/2026 | a",
        head="TT | Nhiệm vụ | Chủ trì | Thời gian | | Sản phẩm",
    )
    assert (task["due"]["raw"], task["due"]["on"]) == ("01/2026 – 06/2026", "2026-06-30")


def test_marks_under_years_say_when():
    first, second = tasks(
        " | | | 2025 | 2026 | 2027",
        "1 | Việc một | Sở Y tế | x | | ",
        "2 | Việc hai | Sở Y tế | x | x | x",
        head="TT | Nhiệm vụ | Chủ trì | Lộ trình thực hiện | | ",
    )
    assert (first["due"]["raw"], second["due"]["raw"]) == ("2025", "2025 – 2027")


def test_three_rows_of_header_in_word():
    def build(document):
        grid(
            document,
            [
                ("TT", "Nội dung", "Phân công", "", "", "Thời hạn"),
                ("", "", "Cơ quan thực hiện", "", "Lãnh đạo phụ trách", ""),
                ("", "", "Chủ trì", "Phối hợp", "", ""),
                ("1", "Việc", "Sở Y tế", "Sở Nội vụ", "Ông A", "12/2026"),
            ],
            ((0, 0), (2, 0)), ((0, 1), (2, 1)), ((0, 2), (0, 4)), ((1, 2), (1, 3)), ((1, 4), (2, 4)), ((0, 5), (2, 5)),
        )  # fmt: skip

    (task,) = word(build)["tasks"]
    assert short(task) == ("1", "Việc", "Sở Y tế", "12/2026", None)
    assert (task["head"], task["coordinating"][0]["text"]) == ("Ông A", "Sở Nội vụ")


@pytest.mark.parametrize(
    ("cell", "lead", "partners"),
    [
        ("Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ, Sở Tài chính", ["Sở Y tế"], ["Sở Nội vụ", "Sở Tài chính"]),
        ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Sở Y tế (chủ trì); Sở Nội vụ, Công an tỉnh (phối hợp)", ["Sở Y tế"], ["Sở Nội vụ", "Công an tỉnh"]),
        ("Sở Y tế phối hợp với Sở Nội vụ", ["Sở Y tế"], ["Sở Nội vụ"]),
    ],
)
@pytest.mark.parametrize("head", ["Đơn vị chủ trì/phối hợp", "Cơ quan thực hiện"])
def test_one_column_for_lead_and_partners(cell, lead, partners, head):
    (task,) = tasks(f"1 | Việc | {cell} | 2026", head=f"TT | Nhiệm vụ | {head} | Thời hạn")
    assert [agency["text"] for agency in task["lead"]] == lead
    assert [agency["text"] for agency in task["coordinating"]] == partners


def test_one_column_for_both_that_does_not_say_which_is_doubted():
    (task,) = tasks("1 | Việc | Sở Y tế, Sở Nội vụ | 2026", head="TT | Nhiệm vụ | Chủ trì, phối hợp | Thời hạn")
    assert task["doubts"]


# Groups and numbers


def test_nested_groups():
    assert numbers(
        "A | NHIỆM VỤ CHUNG | | | |",
        "I | Thể chế | | | |",
        "1 | Việc một | Sở Y tế | | 2026 | a",
        "II. | Hạ tầng | | | |",
        "2 | Việc hai | Sở Y tế | | 2026 | a",
        "B. | NHIỆM VỤ RIÊNG | | | |",
        "I | Y tế | | | |",
        "3 | Việc ba | Sở Y tế | | 2026 | a",
    ) == [
        ("1", ["NHIỆM VỤ CHUNG", "Thể chế"]),
        ("2", ["NHIỆM VỤ CHUNG", "Hạ tầng"]),
        ("3", ["NHIỆM VỤ RIÊNG", "Y tế"]),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "I. Hoàn thiện thể chế | | | | |",
        " | I. Hoàn thiện thể chế | | | |",
        "I | Hoàn thiện thể chế | | | |",
        "Hoàn thiện thể chế | | | | |",
        " | Hoàn thiện thể chế | | | |",
        "Nhóm 1 | Hoàn thiện thể chế | | | |",
    ],
)
def test_group_rows_in_many_shapes(row):
    assert numbers(row, "1 | Việc | Sở Y tế | | 2026 | a") == [("1", ["Hoàn thiện thể chế"])]


def test_a_letter_that_is_also_a_roman_numeral():
    groups = [groups for _number, groups in numbers(
        "A | Một | | | |", "1 | a | Sở Y tế | | 2026 |", "B | Hai | | | |", "2 | b | Sở Y tế | | 2026 |",
        "C | Ba | | | |", "3 | c | Sở Y tế | | 2026 |", "D | Bốn | | | |", "4 | d | Sở Y tế | | 2026 |",
    )]  # fmt: skip
    assert groups == [["Một"], ["Hai"], ["Ba"], ["Bốn"]]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1.", "1"), ("11.1", "11.1"), ("1a", "1a"), ("12đ", "12đ"), ("KH20_TT_N01.1.2", "KH20_TT_N01.1.2"),
        ("NV-03", "NV-03"), ("13.0", "13"), ("13.10", "13.10"), ("(5)", "5"), ("7*", "7"), ("8 [2]", "8"),
        ("9¹", "9"), ("05", "05"),
    ],
)  # fmt: skip
def test_numbers(printed, number):
    (task,) = tasks(f"{printed} | Việc | Sở Y tế | | 2026 | a")
    assert task["number"] == number


def test_a_number_used_twice_is_said_and_the_ids_differ():
    reading = typed("NV-01 | Một | Sở Y tế | | 2026 | a", "NV-01 | Hai | Sở Y tế | | 2026 | a")
    assert len({task["id"] for task in reading["tasks"]}) == 2
    assert any("NV-01" in note["message"] for note in reading["notes"])


# Parents and children


def test_a_parent_without_anything_of_its_own_is_a_heading():
    first, second = tasks(
        "1 | Chuyển đổi số y tế: | | | |",
        "1.1 | Bệnh án điện tử | Sở Y tế | | 2026 | a",
        "1.2 | Đơn thuốc điện tử | Sở Y tế | | 2026 | b",
    )
    assert (first["number"], first["group"], first["parent"]) == ("1.1", "Chuyển đổi số y tế", "1")
    assert second["groups"] == ["Chuyển đổi số y tế"]


def test_children_take_what_a_heading_gives_and_say_so():
    first, second = tasks(
        "1 | Chuyển đổi số y tế | Sở Y tế | | Quý II/2026 |",
        "a) | Bệnh án điện tử | | | | Hệ thống",
        "b) | Đơn thuốc điện tử | Sở Nội vụ | | | Phần mềm",
    )
    assert short(first) == ("a", "Bệnh án điện tử", "Sở Y tế", "Quý II/2026", "Hệ thống")
    assert (first["inherits"], second["inherits"]) == (["due", "lead"], ["due"])
    assert (second["lead"][0]["text"], second["group"]) == ("Sở Nội vụ", "Chuyển đổi số y tế")


def test_a_parent_with_a_product_is_a_task_beside_its_children():
    parent, child = tasks(
        "1 | Kho dữ liệu | Sở Y tế | | 2026 | Kho dữ liệu",
        "1.1 | Khảo sát | | | 6/2026 | Báo cáo",
    )
    assert (parent["number"], parent["product"]) == ("1", "Kho dữ liệu")
    assert (child["number"], child["lead"], child["parent"], child["group"]) == ("1.1", [], "1", None)


def test_bullets_under_a_task_are_part_of_it():
    first, second = tasks(
        "1 | Tổ chức hội nghị: | Sở Y tế | | 2026 | Hội nghị",
        "- | Chuẩn bị tài liệu; | | | |",
        "- | Mời đại biểu. | | | |",
        "2 | Việc hai | Sở Nội vụ | | 2026 | b",
    )
    assert first["title"] == "Tổ chức hội nghị: - Chuẩn bị tài liệu; - Mời đại biểu."
    assert second["number"] == "2"


def test_letters_without_anything_of_their_own_are_part_of_the_task():
    first, second = tasks(
        "1 | Tổ chức hội nghị | Sở Y tế | | 2026 | Hội nghị",
        "a) | Lần một; | | | |",
        "b) | Lần hai. | | | |",
        "2 | Việc hai | Sở Nội vụ | | 2026 | b",
    )
    assert (first["title"], second["number"]) == ("Tổ chức hội nghị a) Lần một; b) Lần hai.", "2")


@pytest.mark.parametrize("form", ["{}) | {}", " | {}) {}"])
def test_letters_of_one_list_are_tasks_alike(form):
    rows = [
        form.format(letter, title) for letter, title in zip("abc", ("Khảo sát", "Lập kho", "Đánh giá"), strict=True)
    ]
    found = tasks(
        "1 | Số hóa | Sở Y tế | | 2026 | Kho",
        f"{rows[0]} | | | |",
        f"{rows[1]} | Sở Nội vụ | | 6/2026 | Báo cáo",
        f"{rows[2]} | | | |",
        "2 | Việc hai | Sở Y tế | | 2026 | x",
    )
    assert [(task["number"], task["title"], bool(task["doubts"])) for task in found] == [
        ("1", "Số hóa", False),
        ("a", "Khảo sát", True),
        ("b", "Lập kho", False),
        ("c", "Đánh giá", True),
        ("2", "Việc hai", False),
    ]


def test_a_roman_row_with_a_lead_gives_it_to_its_rows():
    first, second, third = tasks(
        "I | Thể chế | Sở Y tế | | |",
        "1 | Lập đề án | | | 2026 | a",
        "2 | Sửa quy chế | Sở Nội vụ | | 2026 | b",
        "II | Hạ tầng | | | |",
        "3 | Lắp trạm | Sở Nội vụ | | 2026 | c",
    )
    assert (first["group"], first["lead"][0]["text"], first["inherits"]) == ("Thể chế", "Sở Y tế", ["lead"])
    assert (second["lead"][0]["text"], second["inherits"], third["group"]) == ("Sở Nội vụ", [], "Hạ tầng")


def test_bullets_with_their_own_lead_are_tasks():
    found = tasks(
        "1 | Đào tạo | | | |",
        " | - Lãnh đạo | Sở Nội vụ | | 2026 | Lớp",
        " | - Cán bộ xã | Sở Y tế | | 2027 | Lớp",
    )
    assert [(task["number"], task["title"], task["group"]) for task in found] == [
        (None, "- Lãnh đạo", "Đào tạo"),
        (None, "- Cán bộ xã", "Đào tạo"),
    ]


def test_a_list_inside_one_cell_is_one_task():
    def build(document):
        grid(
            document,
            [
                ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Sản phẩm"),
                ("1", "Số hóa:\n- Hộ tịch;\n- Đất đai.", "Sở Nội vụ", "2026", "- Kho hộ tịch;\n- Kho đất đai"),
            ],
        )

    (task,) = word(build)["tasks"]
    assert (task["title"], task["product"]) == ("Số hóa: - Hộ tịch; - Đất đai.", "- Kho hộ tịch; - Kho đất đai")


# Rows broken by pages


def test_the_tail_of_a_deadline_in_a_group_row_belongs_to_the_row_above():
    first, second = tasks(
        "1 | Việc một | Sở Khoa học và | | Quý II | a",
        "II | Hạ tầng | Công nghệ | | năm 2026 |",
        "2 | Việc hai | Sở Y tế | | Tháng 12 | b",
        "III | Nhân lực | | | /2026 |",
    )
    assert short(first) == ("1", "Việc một", "Sở Khoa học và Công nghệ", "Quý II năm 2026", "a")
    assert (second["group"], second["due"]["raw"]) == ("Hạ tầng", "Tháng 12 /2026")


def test_a_stray_year_makes_no_task_of_a_group_row():
    first, second, third = tasks(
        "1 | Việc một | Sở Y tế | | Quý II/2026 | a",
        "II | Hạ tầng | | | 2026 |",
        "2 | Việc hai | Sở Y tế | | 12/2026 | b",
        "3 | Việc ba | Sở Nội vụ | | | c",
    )
    assert (first["due"]["raw"], second["groups"], third["groups"]) == ("Quý II/2026", ["Hạ tầng"], ["Hạ tầng"])
    assert (len(first["doubts"]), second["doubts"], third["due"]["kind"]) == (1, [], "missing")


def test_the_time_of_a_group_passes_to_rows_without_any():
    (task,) = tasks("I | Hạ tầng | | | Quý IV/2026 |", "1 | Lắp trạm | Sở Y tế | | | Trạm")
    assert (task["group"], task["due"]["raw"], task["inherits"]) == ("Hạ tầng", "Quý IV/2026", ["due"])
    assert not task["doubts"]


def test_the_time_of_a_group_whose_rows_have_their_own_is_doubted():
    (task,) = tasks("I | Hạ tầng | | | Quý IV/2026 |", "1 | Lắp trạm | Sở Y tế | | 6/2026 | Trạm")
    assert (task["group"], task["due"]["raw"], len(task["doubts"])) == ("Hạ tầng", "6/2026", 1)


def test_an_orphan_after_a_repeated_header():
    first, second = tasks(
        "1 | Xây dựng hệ thống | Sở Y tế | Sở Nội | 2026 | Hệ",
        "TT | Nhiệm vụ | Cơ quan, đơn vị chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm",
        " | thông tin | | vụ | | thống",
        "2 | Việc hai | Sở Y tế | | 2026 | b",
    )
    assert short(first) == ("1", "Xây dựng hệ thống thông tin", "Sở Y tế", "2026", "Hệ thống")
    assert first["coordinating"][0]["text"] == "Sở Nội vụ"
    assert second["number"] == "2"


def test_a_row_without_number_but_with_lead_and_time_is_its_own_task():
    first, second = tasks(
        "1 | Việc một | Sở Y tế | | 2026 | a",
        " | Mở lớp tập huấn | Sở Nội vụ | | 2027 | Lớp",
    )
    assert (first["product"], second["number"], second["title"]) == ("a", None, "Mở lớp tập huấn")
    assert second["doubts"]
    assert not first["doubts"]


def test_totals_and_remarks_are_no_tasks():
    found = typed(
        "1 | Việc một | Sở Y tế | | 2026 | a",
        " | Tổng cộng | | | |",
        "Ghi chú: các đơn vị báo cáo trước ngày 15 | | | | |",
    )
    assert [short(task)[:2] for task in found["tasks"]] == [("1", "Việc một")]


@pytest.mark.parametrize("ditto", ["Như trên", "-nt-", "″", "nt"])
def test_as_above(ditto):
    _first, second = tasks("1 | Việc một | Sở Y tế | | 2026 | a", f"2 | Việc hai | {ditto} | | {ditto} | b")
    assert short(second) == ("2", "Việc hai", "Sở Y tế", "2026", "b")
    assert second["inherits"] == ["due", "lead"]
    assert second["doubts"]


def test_values_of_merged_cells_say_that_they_are_inherited():
    def build(document):
        rows = [
            ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Sản phẩm"),
            ("1", "Việc một", "Sở Y tế", "2026", "a"),
            ("2", "Việc hai", "", "2027", "b"),
        ]
        grid(document, rows, ((1, 2), (2, 2)))

    first, second = word(build)["tasks"]
    assert first["inherits"] == []
    assert (second["lead"][0]["text"], second["inherits"]) == ("Sở Y tế", ["lead"])


def test_several_tasks_under_one_merged_number_and_lead():
    def build(document):
        rows = [
            ("TT", "Cơ quan chủ trì", "Nội dung nhiệm vụ", "Thời hạn", "Kết quả"),
            ("1", "Sở Nội vụ", "Rà soát biên chế bộ phận số", "3/2026", "Báo cáo"),
            ("", "", "Mở lớp cho công chức", "Quý IV/2026", "04 lớp"),
            ("2", "Sở Y tế", "Kết nối trạm y tế", "2027", ""),
        ]
        grid(document, rows, ((1, 0), (2, 0)), ((1, 1), (2, 1)))

    found = word(build)["tasks"]
    assert [short(task) for task in found] == [
        ("1", "Rà soát biên chế bộ phận số", "Sở Nội vụ", "3/2026", "Báo cáo"),
        ("1", "Mở lớp cho công chức", "Sở Nội vụ", "Quý IV/2026", "04 lớp"),
        ("2", "Kết nối trạm y tế", "Sở Y tế", "2027", None),
    ]
    assert found[1]["inherits"] == ["lead", "number"]


def test_agencies_said_once_in_a_file_without_merged_cells():
    found = tasks(
        "1 | Sở Nội vụ | Rà soát biên chế bộ phận số | 3/2026 | Báo cáo",
        " | | Mở lớp cho công chức | Quý IV/2026 | ",
        " | | Tổng kết mô hình điểm | | Báo cáo tổng kết",
        "2 | Sở Y tế | Kết nối trạm y tế | 2027 | ",
        "3 | | Lắp máy ở trạm y tế | 2028 | Máy",
        head="TT | Cơ quan chủ trì | Nội dung nhiệm vụ | Thời hạn | Kết quả",
    )
    assert [(*short(task), task["inherits"], bool(task["doubts"])) for task in found] == [
        ("1", "Rà soát biên chế bộ phận số", "Sở Nội vụ", "3/2026", "Báo cáo", [], False),
        (None, "Mở lớp cho công chức", "Sở Nội vụ", "Quý IV/2026", None, ["lead"], True),
        (None, "Tổng kết mô hình điểm", "Sở Nội vụ", "", "Báo cáo tổng kết", ["lead"], True),
        ("2", "Kết nối trạm y tế", "Sở Y tế", "2027", None, [], False),
        ("3", "Lắp máy ở trạm y tế", "Sở Y tế", "2028", "Máy", ["lead"], True),
    ]


def test_a_blank_agency_right_of_a_numbered_name_stays_blank():
    _first, second = tasks("1 | Việc một | Sở Y tế | | 2026 | a", "2 | Việc hai | | | 2026 | b")
    assert (second["lead"], second["inherits"]) == ([], [])


def test_a_file_that_lost_its_automatic_numbers():
    found = tasks(
        "Khảo sát điểm đặt máy | Sở Y tế | 5/2026 | Danh sách",
        "Lắp đặt máy tính | Sở Nội vụ | Quý III/2026 | 100 máy",
        head="TT | Việc cần làm | Đơn vị thực hiện | Thời hạn | Kết quả",
    )
    assert [short(task) for task in found] == [
        (None, "Khảo sát điểm đặt máy", "Sở Y tế", "5/2026", "Danh sách"),
        (None, "Lắp đặt máy tính", "Sở Nội vụ", "Quý III/2026", "100 máy"),
    ]


def test_footnote_marks_are_taken_off():
    (task,) = tasks("1 | Kết nối dữ liệu [2] với Bộ¹ (*) | Sở Y tế* | | 2026 | 100 km² cáp")
    assert short(task) == ("1", "Kết nối dữ liệu với Bộ", "Sở Y tế", "2026", "100 km² cáp")


# Tables one after another


def test_several_tables_of_tasks_and_of_indicators():
    reading = read(
        "\n".join(
            [
                f"| {HEAD} |", "| 1 | Việc một | Sở Y tế | | 2026 | a |", "", "PHỤ LỤC II", "",
                f"| {MEASURES} |", "| 1 | Hồ sơ số | % | 80 | Sở Nội vụ |", "", "PHỤ LỤC III", "",
                f"| {HEAD} |", "| 1 | Việc hai | Sở Y tế | | 2026 | a |",
            ]
        )
    )  # fmt: skip
    assert [task["id"] for task in reading["tasks"]] == ["PL-I#1", "PL-III#2"]
    assert [(row["id"], row["horizon"]) for row in reading["indicators"]] == [("PL-II#1", "2030")]
    assert [annex["label"] for annex in reading["annexes"]] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]


def test_a_continued_table_that_lost_its_merged_columns():
    def build(document):
        grid(
            document,
            [("TT", "Nhiệm vụ", "", "Chủ trì", "Thời hạn"), ("1", "Việc một", "", "Sở Y tế", "2026")],
            ((0, 1), (0, 2)), ((1, 1), (1, 2)),
        )  # fmt: skip
        document.add_paragraph("")
        grid(document, [("2", "Việc hai", "Sở Nội vụ", "2027"), ("3", "Việc ba", "Sở Y tế", "2028")])

    assert [short(task)[:4] for task in word(build)["tasks"]] == [
        ("1", "Việc một", "Sở Y tế", "2026"),
        ("2", "Việc hai", "Sở Nội vụ", "2027"),
        ("3", "Việc ba", "Sở Y tế", "2028"),
    ]


def test_a_table_without_numbers():
    found = tasks(
        "Lập đề án | Sở Y tế | 2026 | Đề án",
        "phát triển y tế số | | |",
        "Mở lớp | Sở Nội vụ | 2027 | Lớp",
        head="Nhiệm vụ | Chủ trì | Thời hạn | Sản phẩm",
    )
    assert [short(task)[:2] for task in found] == [(None, "Lập đề án phát triển y tế số"), (None, "Mở lớp")]


def test_numbers_printed_in_front_of_the_title():
    found = tasks("1. Lập đề án | Sở Y tế | 2026", "2. Mở lớp | Sở Nội vụ | 2027", head="Nhiệm vụ | Chủ trì | Thời hạn")
    assert [(task["number"], task["title"]) for task in found] == [("1", "Lập đề án"), ("2", "Mở lớp")]


@pytest.mark.parametrize(
    ("form", "head"),
    [
        ("({}) {}", "Nhiệm vụ | Chủ trì | Thời hạn"),
        (" | ({}) {}", "TT | Nhiệm vụ | Chủ trì | Thời hạn"),
        ("({}) {} | ", "TT | Nhiệm vụ | Chủ trì | Thời hạn"),
    ],
)
def test_numbers_in_brackets_in_front_of_the_title(form, head):
    rows = (f"{form.format(1, 'Lập đề án')} | Sở Y tế | 2026", f"{form.format(2, 'Mở lớp')} | Sở Nội vụ | 2027")
    assert [(task["number"], task["title"]) for task in tasks(*rows, head=head)] == [
        ("1", "Lập đề án"),
        ("2", "Mở lớp"),
    ]


def test_a_column_of_groups():
    found = tasks(
        "Thể chế | 1 | Lập đề án | Sở Y tế | 2026",
        " | 2 | Sửa quy chế | Sở Y tế | 2026",
        "Hạ tầng | 3 | Lắp trạm | Sở Y tế | 2026",
        head="Nhóm nhiệm vụ | TT | Nhiệm vụ | Chủ trì | Thời hạn",
    )
    assert [task["group"] for task in found] == ["Thể chế", "Thể chế", "Hạ tầng"]


def test_a_further_table_that_counts_from_one_is_in_no_group():
    found = read(
        "\n".join(
            [
                f"| {HEAD} |", "| I | Thể chế | | | | |", "| 1 | Việc một | Sở Y tế | | 2026 | a |", f"| {HEAD} |",
                "| 2 | Việc hai | Sở Y tế | | 2026 | a |", "", f"| {HEAD} |", "| 1 | Việc ba | Sở Y tế | | 2026 | a |",
            ]
        )
    )["tasks"]  # fmt: skip
    assert [task["group"] for task in found] == ["Thể chế", "Thể chế", None]


# Indicators


def test_a_time_in_the_row_is_its_deadline_and_its_horizon():
    (row,) = typed(
        "1 | Thời gian chờ | phút | < 15 | 6/2027", head="TT | Chỉ số | Đơn vị đo | Giá trị mục tiêu | Thời hạn"
    )["indicators"]
    assert (row["horizon"], row["due"]["on"]) == ("2027", "2027-06-30")


def test_baseline_and_a_path_of_years():
    (row,) = typed(
        "1 | Hồ sơ trực tuyến | % | 45 | 60 | 70 | ≥ 80 | Sở Nội vụ",
        head="TT | Chỉ tiêu | ĐVT | Thực hiện 2024 | Năm 2025 | Năm 2026 | Năm 2030 | Cơ quan theo dõi, đánh giá",
    )["indicators"]
    assert row["baseline"] == {"raw": "45", "year": "2024"}
    assert [(step["year"], step["target"]["raw"]) for step in row["path"]] == [
        ("2025", "60"), ("2026", "70"), ("2030", "≥ 80"),
    ]  # fmt: skip
    assert (row["target"]["raw"], row["horizon"], row["lead"][0]["text"]) == ("≥ 80", "2030", "Sở Nội vụ")


def test_years_under_a_common_heading():
    (row,) = typed(
        " | | | 2025 | 2030 | ",
        "1 | Hồ sơ trực tuyến | % | 60 | 80 | Sở Nội vụ",
        head="TT | Tên chỉ tiêu | Đơn vị | Mục tiêu | | Cơ quan chủ trì",
    )["indicators"]
    assert [step["year"] for step in row["path"]] == ["2025", "2030"]
    assert (row["unit_text"], row["target"]["raw"], row["horizon"]) == ("%", "80", "2030")


def test_horizon_from_group_rows_and_unit_from_the_name():
    first, second = typed(
        "Đến năm 2030 | | |",
        "1 | Tỷ lệ hồ sơ số (%) | 80 | Sở Nội vụ",
        "Đến năm 2045 | | |",
        "2 | Trạm 5G (trạm) | 300 | Sở Y tế",
        head="TT | Chỉ tiêu | Mục tiêu | Cơ quan chủ trì",
    )["indicators"]
    assert (first["horizon"], first["unit_text"]) == ("2030", "%")
    assert (second["horizon"], second["unit_text"], second["name"]) == ("2045", "trạm", "Trạm 5G (trạm)")


def test_a_unit_of_measure_makes_contents_indicators():
    reading = typed(
        "1 | Hồ sơ số | % | 80 | Sở Nội vụ", head="TT | Nội dung | Đơn vị tính | Chỉ tiêu | Cơ quan chủ trì"
    )
    assert reading["tasks"] == []
    assert [(row["name"], row["target"]["raw"]) for row in reading["indicators"]] == [("Hồ sơ số", "80")]
