"""Tables as offices and their software set them: who before what, months to tick, states, time beside the product."""

import pytest

from tests.intake.extraction.test_tables import tasks
from tests.pace import takes_at_most
from tiendo.intake.extraction.deliverables import take_apart


def test_a_heading_may_stand_in_the_column_of_agencies():
    head = "TT | Cơ quan chủ trì | Nhiệm vụ | Thời hạn"
    (task,) = tasks("I | THỂ CHẾ | | ", "1 | Sở Tư pháp | Rà soát văn bản | 2026", head=head)
    assert (task["group"], task["title"]) == ("THỂ CHẾ", "Rà soát văn bản")


def test_a_row_that_only_fills_other_columns_is_no_task():
    head = "STT | Tiêu chí | Điểm tối đa | Nhiệm vụ khắc phục | Cơ quan chủ trì | Thời hạn"
    rows = "1.1 | Báo cáo | 0,5 | Gửi báo cáo đúng hạn | Sở Nội vụ | 2026", "1.2 | Kiểm tra | 0,5 | | | "
    assert [task["number"] for task in tasks(*rows, head=head)] == ["1.1"]


def test_the_day_a_task_was_done_is_not_its_deadline():
    head = "Mã | Nội dung nhiệm vụ | Đơn vị xử lý chính | Hạn xử lý | Tiến độ (%) | Ngày hoàn thành"
    (task,) = tasks("N-17 | Lập quy chế | Sở Tư pháp | 31/3/2026 | 100 | 28/3/2026", head=head)
    assert (task["due"]["on"], task["lead"][0]["unit"]) == ("2026-03-31", "so-tu-phap")
    (alone,) = tasks("1 | Lập quy chế | Sở Tư pháp | 28/3/2026", head="TT | Nhiệm vụ | Chủ trì | Ngày hoàn thành")
    assert alone["due"]["on"] == "2026-03-28"


def test_a_report_beside_a_state_is_no_product():
    head = "TT | Nhiệm vụ | Cơ quan thực hiện | Hạn | Trạng thái | Kết quả thực hiện"
    (task,) = tasks("1 | Lắp camera | Công an tỉnh | 30/6/2026 | Trong hạn | Đã khảo sát 40 điểm", head=head)
    assert task["product"] is None
    assert {"head": "Kết quả thực hiện", "text": "Đã khảo sát 40 điểm"} in task["other"]


@pytest.mark.parametrize("head", ["Chủ đầu tư", "Chủ đầu tư/Đơn vị thực hiện", "Ai làm", "Cơ quan xử lý"])
def test_who_leads_under_other_words(head):
    (task,) = tasks("1 | Xây chợ | Sở Công Thương | 2027", head=f"TT | Nội dung công việc | {head} | Thời gian")
    assert [agency["unit"] for agency in task["lead"]] == ["so-cong-thuong"]


def test_ticked_months_are_named_and_take_the_year_of_their_heading():
    under = " | ".join(map(str, range(1, 13)))
    blank = " | " * 11

    def read(over):
        marks = " | ".join("x" if month in {5, 6} else "" for month in range(1, 13))
        head = f"TT | Hoạt động | Chủ trì | {over}{blank}"
        return tasks(f" | | | {under}", f"1 | Tập huấn | Sở Nội vụ | {marks}", head=head)[0]["due"]

    assert (read("Thời gian thực hiện (tháng)")["raw"], read("Thời gian (tháng)")["on"]) == ("tháng 5, tháng 6", None)
    assert read("Thời gian thực hiện năm 2026 (tháng)")["on"] == "2026-06-30"


@pytest.mark.parametrize(
    ("cell", "apart"),
    [
        ("Đề án; tháng 8/2026", ("Đề án", "tháng 8/2026")),
        ("Kế hoạch/Quý II năm 2026", ("Kế hoạch", "Quý II năm 2026")),
        ("Báo cáo (trước ngày 30/6/2026)", ("Báo cáo", "trước ngày 30/6/2026")),
        ("Sản phẩm: Đề án\nThời hạn: 30/6/2026", ("Đề án", "30/6/2026")),
        ("Báo cáo, quyết định", None),
        ("Tháng 8/2026", None),
    ],
)
def test_a_product_and_its_time_in_one_cell(cell, apart):
    assert take_apart(cell) == apart


def test_a_cell_without_end_is_parted_in_time():
    with takes_at_most(4):
        take_apart("Đề án; tháng sau" * 20_000)


def test_only_a_column_headed_by_both_is_taken_apart():
    head = "TT | Nhiệm vụ | Chủ trì | {}"
    row = "1 | Lập quỹ | Sở Tài chính | Đề án; tháng 8/2026"
    (both,) = tasks(row, head=head.format("Sản phẩm/Thời hạn"))
    (one,) = tasks(row, head=head.format("Sản phẩm"))
    assert (both["product"], both["due"]["on"]) == ("Đề án", "2026-08-31")
    assert (one["product"], one["due"]["kind"]) == ("Đề án; tháng 8/2026", "missing")


def test_without_a_column_of_agencies_the_heading_that_names_one_leads():
    head = "TT | Nhiệm vụ trọng tâm | Sản phẩm | Thời gian trình"
    rows = (
        "I | Sở Y tế | | ",
        "1 | Bệnh án điện tử | Phần mềm | 6/2026",
        "II | Hạ tầng | | ",
        "1 | Lắp trạm | Trạm | 2026",
    )
    first, second = tasks(*rows, head=head)
    assert ([agency["unit"] for agency in first["lead"]], first["inherits"]) == (["so-y-te"], ["lead"])
    assert (second["lead"], second["inherits"]) == ([], [])


def test_a_total_with_its_count_closes_no_cell():
    head = "STT | Đơn vị chủ trì | Nhiệm vụ | Hạn"
    (task,) = tasks("1 | Sở Y tế | Cấp chứng thư | 2026", " | Tổng: 3 nhiệm vụ | | ", head=head)
    assert [agency["text"] for agency in task["lead"]] == ["Sở Y tế"]


def test_headers_of_software_without_marks():
    head = "id | ten_nhiem_vu | don_vi_chu_tri | don_vi_phoi_hop | ngay_bat_dau | ngay_ket_thuc | trang_thai"
    (task,) = tasks("101 | Kho dữ liệu | Sở Nội vụ | Sở Tài chính | 2026-01-15 | 2026-08-31 | open", head=head)
    assert (task["number"], task["title"], task["lead"][0]["unit"]) == ("101", "Kho dữ liệu", "so-noi-vu")
    assert (task["due"]["from"], task["due"]["on"]) == ("2026-01-15", "2026-08-31")
    assert task["coordinating"][0]["unit"] == "so-tai-chinh"


def test_a_column_of_rooms_and_offices_leads():
    (task,) = tasks("Phòng Nghiệp vụ Y | Lập đề án | 2026", head="Phòng, đơn vị | Nội dung giao | Thời hạn")
    assert [agency["text"] for agency in task["lead"]] == ["Phòng Nghiệp vụ Y"]
