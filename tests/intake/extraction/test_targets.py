"""Targets in prose and in the cells of an indicator table."""

import pytest

from tiendo.intake.extraction.prose_deadlines import find_deadlines
from tiendo.intake.extraction.targets import find_targets, parse_target, plain_number


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
    ],
)
def test_parse_target(raw, parts):
    read = parse_target(raw)
    found = [(p["comparator"], p["value"], p["value_to"]) for p in read["parts"]]
    assert found == [part[:3] for part in parts]
    assert read["raw"] == raw
    assert read["qualitative"] is False
    assert [p["basis"] for p in read["parts"]] == [part[3] if part[0] != "growth" else None for part in parts]


def test_words_alone_are_qualitative_and_blank_is_nothing():
    assert parse_target("Hoàn thành trước hạn")["qualitative"] is True
    assert parse_target("") == {"raw": "", "qualitative": False, "parts": []}


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
    ],
)
def test_measure_is_in_the_words_of_the_text(sentence, measure):
    (target,) = find_targets(sentence, find_deadlines(sentence))
    assert target.measure == measure
