"""Targets in prose and in the cells of an indicator table."""

from datetime import date

import pytest

from tiendo.intake.extraction import read_document
from tiendo.intake.extraction.amounts import plain_number
from tiendo.intake.extraction.prose_deadlines import find_deadlines
from tiendo.intake.extraction.target_cells import parse_target
from tiendo.intake.extraction.targets import find_targets


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("≥ 80", [(">=", "80", None, None)]),
        ("≤ 3 Đông Nam Á; ≤ 50 Thế giới", [("<=", "3", None, "Đông Nam Á"), ("<=", "50", None, "Thế giới")]),
        ("16 – 18", [("range", "16", "18", None)]),
        ("8 – 10 %", [("range", "8", "10", None)]),
        ("> 0,7", [(">", "0.7", None, None)]),
        ("< 4 giờ/năm", [("<", "4", None, "giờ/năm")]),
        ("Tăng 16-18%/năm", [("growth", "16", "18", "Tăng")]),
        ("10%/năm", [("growth", "10", None, None)]),
        ("09", [("=", "9", None, None)]),
        ("1.234,5", [("=", "1234.5", None, None)]),
        ("70% trở lên", [(">=", "70", None, None)]),
        ("từ 10 trở xuống", [("<=", "10", None, None)]),
        ("Từ 50% đến 60%", [("range", "50", "60", None)]),
        ("> 1 Gb/s", [(">", "1", None, "Gb/s")]),
        ("350Tbps", [("=", "350", None, "Tbps")]),
        ("12 người/vạn dân", [("=", "12", None, "người/vạn dân")]),
        ("60 000 hộ", [("=", "60000", None, "hộ")]),
        ("35/38 xã", [("=", "35", None, "/38 xã")]),
        ("Top 10", [("<=", "10", None, None)]),
        ("Nhóm 20 tỉnh dẫn đầu", [("<=", "20", None, "tỉnh dẫn đầu")]),
        ("100% (cấp tỉnh), 80% (cấp xã)", [("=", "100", None, "cấp tỉnh"), ("=", "80", None, "cấp xã")]),
        ("Cấp tỉnh 100%, cấp xã 80%", [("=", "100", None, "Cấp tỉnh"), ("=", "80", None, "cấp xã")]),
        ("Năm 2025: 50%; năm 2030: 80%", [("=", "50", None, "Năm 2025"), ("=", "80", None, "năm 2030")]),
        ("Tăng từ 30% lên 50%", [("=", "50", None, "Tăng từ 30% lên")]),
        ("Dưới 5 ngày", [("<", "5", None, "ngày")]),
    ],
)
def test_parse_target(raw, parts):
    read = parse_target(raw)
    found = [(p["comparator"], p["value"], p["value_to"]) for p in read["parts"]]
    assert found == [part[:3] for part in parts]
    assert read["raw"] == raw
    assert read["qualitative"] is False
    assert [p["basis"] for p in read["parts"]] == [part[3] if part[0] != "growth" else None for part in parts]


@pytest.mark.parametrize("raw", ["Mức độ 4", "5G", "Hoàn thành trong năm 2025", "Điều 12", "Đề án 06", "x"])
def test_levels_names_and_dates_are_no_thresholds(raw):
    assert parse_target(raw) == {"raw": raw, "qualitative": True, "firm": True, "parts": []}


def test_a_wish_beside_a_firm_threshold():
    read = parse_target("50 – 60 % (phấn đấu 65 %)")
    assert [(part["value"], part["firm"]) for part in read["parts"]] == [("50", True), ("65", False)]


def test_words_alone_are_qualitative_and_blank_is_nothing():
    assert parse_target("Hoàn thành trước hạn")["qualitative"] is True
    assert parse_target("") == {"raw": "", "qualitative": False, "firm": True, "parts": []}


@pytest.mark.parametrize(
    ("printed", "plain"), [("0,7", "0.7"), ("10.000", "10000"), ("09", "9"), ("0", "0"), ("2.5", "2.5")]
)
def test_plain_number(printed, plain):
    assert plain_number(printed) == plain


@pytest.mark.parametrize(
    "sentence",
    [
        "Phủ sóng 5G, 6G tại trung tâm.",
        "Theo Nghị quyết số 57-NQ/TW và Điều 12.",
        "Hoàn thành trước ngày 30/6/2025.",
        "Định kỳ 6 tháng báo cáo.",
        "Xóa điểm lõm sóng tại bản có từ 30 hộ trở xuống.",
        "Cuộc cách mạng công nghiệp lần thứ 4.",
        "Phủ sóng các bản có từ 30 hộ trở lên trước năm 2027.",
    ],
)
def test_numbers_that_are_no_targets(sentence):
    assert find_targets(sentence, find_deadlines(sentence)) == ()


def test_firm_and_aspirational():
    firm, wish = find_targets("Đạt tối thiểu 60% xã có điểm đọc; phấn đấu 90% hộ có internet.", ())
    assert (firm.comparator, firm.value, firm.firm) == (">=", "60", True)
    assert (wish.comparator, wish.value, wish.firm) == ("=", "90", False)


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("Đến hết quý II/2025 hoàn thành 100% số hóa hồ sơ.", "số hóa hồ sơ"),
        ("Phấn đấu đến năm 2030, tỷ lệ xã có điểm đọc đạt 80% trở lên.", "tỷ lệ xã có điểm đọc"),
        ("Giảm ít nhất 30% thời gian giải quyết.", "Giảm ít nhất 30% thời gian giải quyết"),
        ("Ít nhất 5 doanh nghiệp đạt chuẩn.", "doanh nghiệp đạt chuẩn"),
        ("Phấn đấu đến năm 2030 có 05 doanh nghiệp số.", "doanh nghiệp số"),
        ("Thuộc nhóm 20 tỉnh dẫn đầu cả nước.", "tỉnh dẫn đầu cả nước"),
    ],
)
def test_measure_is_in_the_words_of_the_text(sentence, measure):
    (target,) = find_targets(sentence, find_deadlines(sentence))
    assert target.measure == measure


def test_each_target_of_a_sentence_has_its_own_deadline_and_words():
    sentence = "Đến năm 2027 đạt 60% xã có điểm đọc, 40% thôn có tủ sách; đến năm 2030, phấn đấu đạt 90%."
    found = find_targets(sentence, find_deadlines(sentence))
    told = [(t.value, t.measure, t.due.on.year, t.firm) for t in found]
    assert told == [
        ("60", "xã có điểm đọc", 2027, True),
        ("40", "thôn có tủ sách", 2027, True),
        ("90", "thôn có tủ sách", 2030, False),
    ]


def test_a_range_that_somebody_shall_have():
    (target,) = find_targets("Mỗi lĩnh vực có 2-3 chuyên gia đầu ngành.", ())
    assert (target.comparator, target.value, target.value_to, target.amount) == ("range", "2", "3", "2-3")


def test_where_a_share_starts_from_is_no_target():
    (target,) = find_targets("Giảm từ 30% xuống còn 10% hồ sơ giấy.", ())
    assert (target.comparator, target.value) == ("=", "10")


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("1. Đến năm 2030", 2030),
        ("1. Mục tiêu cụ thể đến năm 2027", 2027),
        ("2. Tầm nhìn đến năm 2045", 2045),
        ("1. Giai đoạn 2026 - 2030", 2030),
        ("1. Nhiệm vụ theo Chương trình đến năm 2030", None),
        ("1. Hạ tầng", None),
    ],
)
def test_a_heading_sets_the_year_of_the_targets_under_it(heading, year):
    text = f"KẾ HOẠCH\nvề chuyển đổi số\n\nI. MỤC TIÊU\n\n{heading}\n\n- Tỷ lệ xã có điểm đọc đạt 80%.\n"
    (target,) = read_document(text.encode(), "a.txt")["targets"]
    assert (target["due"] and target["due"]["on"]) == (f"{year}-12-31" if year else None)


def test_an_opening_line_sets_the_year_too_and_a_target_keeps_its_own():
    lines = "Phấn đấu đến hết năm 2027:\n\n- Đạt 80% xã có điểm đọc.\n\n- Đến năm 2026 đạt 60% thôn có loa."
    reading = read_document(f"KẾ HOẠCH\nvề số\n\nI. MỤC TIÊU\n\n{lines}\n".encode(), "a.txt")
    assert [target["due"]["on"] for target in reading["targets"]] == ["2027-12-31", "2026-12-31"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Đến ngày 31/01/2026 tỷ lệ hồ sơ trực tuyến đạt 61,5%, thấp hơn bình quân.",
        "Năm 2025, tỷ lệ giải ngân đạt 92%.",
        "Tỷ lệ số hóa mới đạt 40% kế hoạch.",
    ],
)
def test_what_had_been_reached_before_the_document_is_no_target(sentence):
    assert find_targets(sentence, (), date(2026, 2, 9)) == ()
    (aim,) = find_targets("Năm 2026, tỷ lệ giải ngân đạt 92%.", (), date(2026, 2, 9))
    assert (aim.comparator, aim.value) == ("=", "92")


def test_a_deadline_that_ends_a_clause_is_not_that_of_the_next():
    sentence = "Kiện toàn các tổ xong trước 30/4/2026; mở ít nhất 6 lớp tại bản."
    (target,) = find_targets(sentence, find_deadlines(sentence))
    assert (target.value, target.due) == ("6", None)
    (opened,) = find_targets(text := "Đến năm 2030 có mạng; đạt tối thiểu 90% hộ dân.", find_deadlines(text))
    assert opened.due.on == date(2030, 12, 31)


def test_a_time_that_is_cut_down_is_an_aim_and_a_time_allowed_is_none() -> None:
    [target] = find_targets("Rút ngắn thời gian giải quyết hồ sơ xuống không quá 03 ngày làm việc.", ())
    assert (target.comparator, target.value) == ("<=", "3")
    assert not find_targets("Sở trả lời trong vòng không quá 03 ngày làm việc.", ())


def test_amounts_with_a_deadline_behind_each_keep_their_own():
    sentence = "Bảo đảm tối thiểu 70% hồ sơ trực tuyến trong tháng 6/2026 và đạt 85% vào cuối năm 2026."
    first, second = find_targets(sentence, find_deadlines(sentence))
    assert (first.due.on, second.due.on) == (date(2026, 6, 30), date(2026, 12, 31))
    assert second.measure == first.measure


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("Đến năm 2025 đã có 80% xã có cáp; năm 2026 đạt 90%, năm 2027 đạt 95%.", [("90", 2026), ("95", 2027)]),
        ("Trung bình mỗi năm tăng 10 - 12%, riêng năm 2026 tăng trên 15%.", [("10", None), ("15", 2026)]),
        ("70% hồ sơ, 85% dịch vụ trực tuyến vào cuối năm 2026.", [("70", 2026), ("85", 2026)]),
    ],
)
def test_a_year_before_an_amount_is_its_own(sentence, read):
    found = find_targets(sentence, find_deadlines(sentence, date(2026, 2, 9)))
    assert [(each.value, each.due and each.due.on.year) for each in found] == read
    assert all(each.measure for each in found)
