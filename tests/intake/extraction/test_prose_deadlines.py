"""Deadlines in prose: what sets one, and what only looks like one."""

from datetime import date

import pytest

from tests.pace import takes_at_most
from tiendo.intake.extraction.prose_deadlines import find_deadlines

ISSUED = date(2025, 2, 14)

# sentence, [(quote, last good day or rule)]
SET = [
    ("Hoàn thành trước ngày 31 tháng 12 năm 2025.", [("trước ngày 31 tháng 12 năm 2025", "2025-12-30")]),
    ("Chậm nhất đến ngày 15/7/2025, gửi báo cáo.", [("Chậm nhất đến ngày 15/7/2025", "2025-07-15")]),
    ("Muộn nhất là 31/10/2025 phải có kết quả.", [("Muộn nhất là 31/10/2025", "2025-10-31")]),
    ("Hoàn thành Quý II/2025.", [("Hoàn thành Quý II/2025", "2025-06-30")]),
    ("Xong trước Quý III/2026.", [("trước Quý III/2026", "2026-06-30")]),
    ("Các đơn vị gửi kết quả trước 17h00 ngày 30/6/2025.", [("trước 17h00 ngày 30/6/2025", "2025-06-30")]),
    ("Hạn hoàn thành: 30/9/2026.", [("Hạn hoàn thành: 30/9/2026", "2026-09-30")]),
    ("Thời hạn hoàn thành: tháng 9 năm 2025.", [("Thời hạn hoàn thành: tháng 9 năm 2025", "2025-09-30")]),
    ("Thời gian thực hiện: 2025-2027.", [("Thời gian thực hiện: 2025-2027", "2027-12-31")]),
    ("Thời gian thực hiện: từ năm 2025 đến năm 2027.", [("từ năm 2025 đến năm 2027", "2027-12-31")]),
    ("Từ tháng 6/2025 đến tháng 12/2025, mở 10 lớp.", [("Từ tháng 6/2025 đến tháng 12/2025", "2025-12-31")]),
    ("Mở lớp trong tháng 3-4/2026.", [("trong tháng 3-4/2026", "2026-04-30")]),
    ("Ban hành trong Quý I và Quý II năm 2026.", [("trong Quý I và Quý II năm 2026", "2026-06-30")]),
    ("Trong giai đoạn 2026-2030, hỗ trợ 50 hợp tác xã.", [("Trong giai đoạn 2026-2030", "2030-12-31")]),
    (
        "Báo cáo gửi trước ngày 15/6/2025 và 01/12/2025.",
        [("trước ngày 15/6/2025", "2025-06-14"), ("01/12/2025", "2025-11-30")],
    ),
    ("Triển khai Đề án chữ ký số, hoàn thành việc cấp phát đến năm 2027.", [("đến năm 2027", "2027-12-31")]),
    ("Thực hiện Kế hoạch này đến năm 2030.", [("đến năm 2030", "2030-12-31")]),
    ("Mục tiêu đến năm 2030: 90% hồ sơ xử lý qua mạng.", [("đến năm 2030", "2030-12-31")]),
    ("Phấn đấu đến hết năm 2026, xã nào cũng có cáp quang.", [("đến hết năm 2026", "2026-12-31")]),
    ("Đến 30/6/2026 hoàn thành số hóa.", [("Đến 30/6/2026", "2026-06-30")]),
    ("Năm 2026, hoàn thành kho dữ liệu đất đai.", [("Năm 2026", "2026-12-31")]),
    ("Sơ kết vào Quý IV/2027.", [("vào Quý IV/2027", "2027-12-31")]),
    ("Cuối năm 2025 tổng kết mô hình.", [("Cuối năm 2025", "2025-12-31")]),
    ("Kết thúc năm 2026, đánh giá kết quả.", [("Kết thúc năm 2026", "2026-12-31")]),
    ("Theo Kế hoạch số 12/KH-UBND ngày 15/02/2025, gửi trước 30/6/2025.", [("trước 30/6/2025", "2025-06-29")]),
    (
        "Trong vòng 30 ngày kể từ ngày ban hành Kế hoạch này, lập kế hoạch riêng.",
        [("Trong vòng 30 ngày kể từ ngày ban hành Kế hoạch này", "2025-03-16")],
    ),
    (
        "Chậm nhất sau 10 ngày làm việc kể từ ngày ký, niêm yết công khai.",
        [("Chậm nhất sau 10 ngày làm việc kể từ ngày ký", "2025-02-28")],
    ),
    ("Báo cáo hằng quý về Sở Khoa học và Công nghệ.", [("hằng quý", "FREQ=MONTHLY;INTERVAL=3")]),
    ("Trung tâm bảo trì máy chủ hằng quý.", [("hằng quý", "FREQ=MONTHLY;INTERVAL=3")]),
    ("Định kỳ 6 tháng báo cáo tiến độ.", [("Định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6")]),
    ("Cử tình nguyện viên định kỳ hằng tuần đến từng bản.", [("định kỳ hằng tuần", "FREQ=WEEKLY")]),
    (
        "Báo cáo trong vòng 10 ngày kể từ ngày ban hành Công điện này.",
        [("trong vòng 10 ngày kể từ ngày ban hành Công điện này", "2025-02-24")],
    ),
    ("Gửi báo cáo về Sở trước 16h00, ngày 20/3/2025.", [("trước 16h00, ngày 20/3/2025", "2025-03-20")]),
    ("Gửi về Sở trước 16 giờ 30, ngày 20/3/2025.", [("trước 16 giờ 30, ngày 20/3/2025", "2025-03-20")]),
    ("Năm 2026: vận hành; năm 2027: đánh giá.", []),
    ("Năm 2026: Hoàn thành kết nối.", [("Năm 2026", "2026-12-31")]),
    ("Phấn đấu năm 2025 có 50% hộ dùng.", [("Phấn đấu năm 2025", "2025-12-31")]),
    ("Trong quý I hằng năm, công bố kết quả.", [("Trong quý I hằng năm", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31")]),
    (
        "Báo cáo hằng quý trước ngày 20 của tháng cuối quý.",
        [("trước ngày 20 của tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=19")],
    ),
    (
        "Giai đoạn 2025 - 2027: đầu tư; giai đoạn 2028 - 2030: mở rộng.",
        [("Giai đoạn 2025 - 2027", "2027-12-31"), ("giai đoạn 2028 - 2030", "2030-12-31")],
    ),
    ("Hằng tuần, hạn thứ Sáu, gửi số liệu.", [("Hằng tuần, hạn thứ Sáu", "FREQ=WEEKLY;BYDAY=FR")]),
    ("Báo cáo định kỳ hằng tháng trước ngày 20.", [("trước ngày 20", "FREQ=MONTHLY;BYMONTHDAY=19")]),
    (
        "Gửi báo cáo trước ngày 10 tháng 12 hằng năm.",
        [("trước ngày 10 tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=9")],
    ),
    (
        "Tổng hợp trước ngày 20 tháng 6 và ngày 20 tháng 12 hằng năm.",
        [
            ("trước ngày 20 tháng 6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=19"),
            ("ngày 20 tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=19"),
        ],
    ),
]
NOT_SET = [
    "Căn cứ Quyết định số 1131/QĐ-TTg ngày 12/6/2025 của Thủ tướng Chính phủ.",
    "Triển khai Quyết định số 12/QĐ-TTg ngày 26 tháng 01 năm 2026 của Thủ tướng Chính phủ.",
    "Thực hiện Kế hoạch phát triển dữ liệu giai đoạn 2026-2030.",
    "Thực hiện Đề án phát triển du lịch đến năm 2030 trên địa bàn tỉnh.",
    "Chương trình chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030.",
    "Triển khai Chiến lược dữ liệu, đến năm 2030, tầm nhìn đến năm 2045.",
    "Nghị quyết về phát triển kinh tế số đến năm 2030.",
    "Dự án hạ tầng số giai đoạn 2 đến năm 2028.",
    "Kế hoạch sử dụng đất đến năm 2030 đã được phê duyệt.",
    "Rà soát các dự án đầu tư công giai đoạn 2026-2030.",
    "Hộ nghèo theo chuẩn giai đoạn 2026-2030 được hỗ trợ.",
    "Áp dụng mẫu mới từ năm 2026.",
    "Kinh phí năm 2025 là 12 tỷ đồng, giai đoạn 2026-2030 là 60 tỷ đồng.",
    "Ước thực hiện đến 31/12/2025 đạt 95%.",
    "Số liệu tính từ ngày 15/12/2024 đến ngày 14/6/2025.",
    "Tổng kết 10 năm thực hiện Nghị quyết số 29-NQ/TW giai đoạn 2016-2026.",
    "Nhiệm vụ phát sinh trước ngày 01/3/2025 do đơn vị cũ báo cáo.",
    "Hệ thống vận hành từ tháng 3/2025 đến nay.",
    "Kể từ ngày 01/3/2026, đổi tên đơn vị.",
    "Tính đến 31/12/2025, toàn tỉnh có 120 trạm.",
    "Tính đến hết năm 2025, còn 15 bản chưa có điện.",
    "Theo số liệu đến ngày 31/12/2025 của ngành thống kê.",
    "Tăng 5% so với năm 2026.",
    "Cùng kỳ năm 2026 đạt 60%.",
    "Quy định có hiệu lực từ ngày 01/7/2025.",
    "Văn bản có hiệu lực đến ngày 31/12/2026.",
    "Đến năm 2026, tỉnh đã hoàn thành 80% khối lượng.",
    "Đến năm 2024, tỉnh có 80% hồ sơ số.",
    "Kết quả thực hiện trong năm 2025 còn hạn chế.",
    "Báo cáo tình hình năm 2025 của ngành.",
    "Lập dự toán ngân sách năm 2026.",
    "Trong cuộc họp ngày 12/6/2025, Chủ tịch kết luận.",
    "Người sinh trước năm 1995 được ưu tiên.",
    "Đạt đến 3/4 số hộ tham gia.",
    "Từ 3 đến 5 mô hình được nhân rộng.",
    "Duy trì trực 24/7 tại trung tâm.",
    "Tiếp tục Đề án 06 và Nghị quyết 57.",
    "Xây dựng kế hoạch hằng năm của đơn vị.",
    "Bình xét thi đua, khen thưởng hằng năm.",
    "Bố trí kinh phí từ nguồn chi thường xuyên.",
    "Thu nhập hằng tháng của người dân được cải thiện.",
    "Duy trì mạng 5G tại 12 điểm.",
]


@pytest.mark.parametrize(("sentence", "expected"), SET)
def test_sentences_that_set_a_deadline(sentence, expected):
    found = find_deadlines(sentence, ISSUED)
    days = [each.due.on.isoformat() if each.due.on else each.due.rrule for each in found]
    assert [(sentence[each.start : each.end], day) for each, day in zip(found, days, strict=True)] == expected
    assert all(each.due.raw == sentence[each.start : each.end] for each in found)


@pytest.mark.parametrize("sentence", NOT_SET)
def test_sentences_that_only_name_a_date(sentence):
    assert find_deadlines(sentence, ISSUED) == ()


@pytest.mark.parametrize(
    "run", ["trước ngày 5 ", "đến năm 2030, ", "hằng năm, ", "định kỳ ", "kế hoạch, đến ", "trước 30/6/2025 và ", "từ "]
)
def test_long_sentences_cost_no_more_than_their_length(run):
    with takes_at_most(3):
        find_deadlines(run * (5_000 // len(run)), ISSUED)


def test_what_lies_before_the_issue_is_a_fact_where_the_issue_is_known():
    sentence = "Hoàn thành trước ngày 31/12/2020."
    assert find_deadlines(sentence, ISSUED) == ()
    assert [found.due.on for found in find_deadlines(sentence)] == [date(2020, 12, 30)]


def test_days_after_the_issue_stay_open_where_the_issue_is_not_known():
    (found,) = find_deadlines("Gửi chậm nhất 5 ngày kể từ ngày ban hành.")
    assert (found.due.kind, found.due.on) == ("open", None)


def test_a_day_without_a_year_is_a_day_of_every_year_only_when_the_sentence_repeats():
    (yearly,) = find_deadlines("Định kỳ hằng năm báo cáo trước ngày 15 tháng 6.")
    assert (yearly.due.kind, yearly.due.rrule) == ("recurring", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=14")
    (once,) = find_deadlines("Báo cáo trước ngày 15 tháng 6.")
    assert (once.due.kind, once.due.on, once.due.rrule, once.due.before) == ("moment", None, None, True)


def test_a_run_keeps_its_beginning_and_the_hour_is_kept():
    (run,) = find_deadlines("Từ ngày 01/3/2025 đến trước ngày 30/6/2025, lấy ý kiến.")
    assert (run.due.kind, run.due.from_, run.due.on, run.due.before) == (
        "range",
        date(2025, 3, 1),
        date(2025, 6, 29),
        True,
    )
    (timed,) = find_deadlines("Gửi về Sở trước 17 giờ 30 ngày 30/6/2025.")
    assert (timed.due.on, timed.due.time) == (date(2025, 6, 30), "17:30")


@pytest.mark.parametrize(
    "sentence", ["Kiểm tra đường truyền (đã xong 02/4/2026).", "(Số liệu cập nhật đến ngày 15/5/2026)"]
)
def test_what_was_done_and_how_new_figures_are_set_no_deadline(sentence):
    assert find_deadlines(sentence) == ()
    (kept,) = find_deadlines("Cập nhật dữ liệu trước ngày 15/5/2026.")
    assert kept.due.before


def test_a_title_in_capitals_sets_no_deadline():
    assert find_deadlines("DANH MỤC NHIỆM VỤ UBND TỈNH GIAO (từ 01/01/2026 đến 31/3/2026)") == ()
    (kept,) = find_deadlines("UBND tỉnh giao Sở KH&CN từ 01/01/2026 đến 31/3/2026 rà soát.")
    assert kept.due.on == date(2026, 3, 31)
