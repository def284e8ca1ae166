"""Deadline expressions as they stand in annex cells and in prose."""

from datetime import date

import pytest

from tiendo.intake.extraction.deadlines import parse_due
from tiendo.intake.extraction.prose_deadlines import find_deadlines

CELLS = [
    ("2025", "period_end", "2025-12-31", None, None, False),
    ("12/2025", "period_end", "2025-12-31", None, None, False),
    ("6/2025", "period_end", "2025-06-30", None, None, False),
    ("Tháng 5/2025", "period_end", "2025-05-31", None, None, False),
    ("Quý II/2025", "period_end", "2025-06-30", None, None, False),
    ("Quý 4 năm 2025", "period_end", "2025-12-31", None, None, False),
    ("2025-2026", "range", "2026-12-31", "2025-01-01", None, False),
    ("Từ năm 2025 đến năm 2030", "range", "2030-12-31", "2025-01-01", None, False),
    ("tháng 3-5/2025", "range", "2025-05-31", "2025-03-01", None, False),
    ("Quý III, IV/2026", "range", "2026-12-31", "2026-07-01", None, False),
    ("2025 và những năm tiếp theo", "open", "2025-12-31", None, None, False),
    ("Thường xuyên", "recurring", None, None, None, False),
    ("Hằng năm", "recurring", None, None, "FREQ=YEARLY", False),
    ("Hàng năm", "recurring", None, None, "FREQ=YEARLY", False),
    ("Hằng quý", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=3", False),
    ("Hết năm 2025", "period_end", "2025-12-31", None, None, False),
    ("Đến năm 2030", "period_end", "2030-12-31", None, None, False),
    ("Trước ngày 30/6/2025", "moment", "2025-06-29", None, None, True),
    ("Trước tháng 6/2025", "moment", "2025-05-31", None, None, True),
    ("trong tháng 02 năm 2025", "period_end", "2025-02-28", None, None, False),
    ("tháng 02 năm 2028", "period_end", "2028-02-29", None, None, False),
    ("định kỳ 6 tháng", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=6", False),
    ("Trước ngày 15/6 hằng năm", "recurring", None, None, "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=14", True),
    ("Trước ngày 01/3 hằng năm", "recurring", None, None, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28", True),
    ("Trước ngày 20 hằng tháng", "recurring", None, None, "FREQ=MONTHLY;BYMONTHDAY=19", True),
    ("15/08/2026", "moment", "2026-08-15", None, None, False),
    ("ngày 15 tháng 8 năm 2026", "moment", "2026-08-15", None, None, False),
    ("6 tháng đầu năm 2025", "period_end", "2025-06-30", None, None, False),
    ("", "missing", None, None, None, False),
    (" - ", "missing", None, None, None, False),
    ("Theo chỉ đạo của Trung ương", "open", None, None, None, False),
    ("31/02/2025", "open", None, None, None, False),
]


@pytest.mark.parametrize(("raw", "kind", "on", "start", "rrule", "before"), CELLS, ids=[cell[0] for cell in CELLS])
def test_parse_due(raw, kind, on, start, rrule, before):
    read = parse_due(raw).as_json()
    assert read == {"raw": raw.strip(), "kind": kind, "on": on, "from": start, "rrule": rrule, "before": before}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hoàn thành trước ngày 31 tháng 12 năm 2025.", [("trước ngày 31 tháng 12 năm 2025", date(2025, 12, 30))]),
        ("Chậm nhất đến ngày 15/7/2025, gửi báo cáo.", [("Chậm nhất đến ngày 15/7/2025", date(2025, 7, 15))]),
        ("Triển khai Quyết định số 12/QĐ-TTg ngày 26/01/2021 của Thủ tướng Chính phủ.", []),
        ("Thực hiện Đề án phát triển du lịch đến năm 2030 trên địa bàn tỉnh.", []),
        ("Thực hiện Chiến lược dữ liệu, đến năm 2030, tầm nhìn đến năm 2045.", []),
        ("Thực hiện Kế hoạch này đến năm 2030.", [("đến năm 2030", date(2030, 12, 31))]),
        ("Xây dựng kế hoạch hằng năm của đơn vị.", []),
        ("Thời hạn hoàn thành: tháng 9 năm 2025.", [("Thời hạn hoàn thành: tháng 9 năm 2025", date(2025, 9, 30))]),
        ("Báo cáo định kỳ hằng tháng trước ngày 20.", [("trước ngày 20", None)]),
        ("Theo Kế hoạch số 12/KH-UBND ngày 15/02/2025, gửi trước 30/6/2025.", [("trước 30/6/2025", date(2025, 6, 29))]),
        ("Duy trì mạng 5G tại 12 điểm.", []),
    ],
)
def test_find_deadlines(sentence, expected):
    assert [(sentence[f.start : f.end], f.due.on) for f in find_deadlines(sentence)] == expected


def test_a_day_without_a_year_is_a_day_of_every_year_only_when_the_sentence_repeats():
    (yearly,) = find_deadlines("Định kỳ hằng năm báo cáo trước ngày 15 tháng 6.")
    assert (yearly.due.kind, yearly.due.rrule) == ("recurring", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=14")
    (once,) = find_deadlines("Báo cáo trước ngày 15 tháng 6.")
    assert (once.due.kind, once.due.on, once.due.rrule, once.due.before) == ("moment", None, None, True)
