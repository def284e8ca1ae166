"""Deadline expressions as they stand in annex cells."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pace import takes_at_most
from tiendo.intake.extraction.deadlines import parse_due

# raw, last good day, kind; then where they differ from nothing: from, rule, before
ENDS = [
    ("2025", "2025-12-31"),
    ("Năm 2025", "2025-12-31"),
    ("12/2025", "2025-12-31"),
    ("6/2025", "2025-06-30"),
    ("06-2025", "2025-06-30"),
    ("06.2025", "2025-06-30"),
    ("2025-06", "2025-06-30"),
    ("T6/2025", "2025-06-30"),
    ("T.6/2025", "2025-06-30"),
    ("Tháng 5/2025", "2025-05-31"),
    ("THÁNG 5/2025", "2025-05-31"),
    ("tháng 5 năm 2025", "2025-05-31"),
    ("tháng  tư  năm 2025", "2025-04-30"),
    ("tháng năm năm 2025", "2025-05-31"),
    ("tháng 02 năm 2028", "2028-02-29"),
    ("Hoàn thành trong tháng 02 năm 2025", "2025-02-28"),
    ("Quý II/2025", "2025-06-30"),
    ("Quý II", None),
    ("quý II năm 2025", "2025-06-30"),
    ("Quý 4 năm 2025", "2025-12-31"),
    ("Quý tư năm 2025", "2025-12-31"),
    ("Qúy II/2025", "2025-06-30"),
    ("Quí II/2025", "2025-06-30"),
    ("Q.II/2025", "2025-06-30"),
    ("Q2/2025", "2025-06-30"),
    ("Hết năm 2025", "2025-12-31"),
    ("Hết quý II/2025", "2025-06-30"),
    ("Cuối năm 2025", "2025-12-31"),
    ("Cuối tháng 6/2025", "2025-06-30"),
    ("Trước cuối năm 2025", "2025-12-31"),
    ("Đến năm 2030", "2030-12-31"),
    ("Đến năm 2030, tầm nhìn đến năm 2045", "2030-12-31"),
    ("Đến 2030, định hướng 2045", "2030-12-31"),
    ("6 tháng đầu năm 2025", "2025-06-30"),
    ("Sáu tháng cuối năm 2025", "2025-12-31"),
    ("9 tháng đầu năm 2025", "2025-09-30"),
    ("Nửa đầu năm 2025", "2025-06-30"),
    ("2025 (Quý II)", "2025-06-30"),
]
DAYS = [
    ("15/08/2026", "2026-08-15"),
    ("15.8.2026", "2026-08-15"),
    ("15-08-2026", "2026-08-15"),
    ("15 / 8 / 2026", "2026-08-15"),
    ("2026-08-15", "2026-08-15"),
    ("2026-08-15 00:00:00", "2026-08-15"),
    ("ngày 15 tháng 8 năm 2026", "2026-08-15"),
    ("Đến hết 31/12/2025", "2025-12-31"),
    ("Chậm nhất 30/6/2025", "2025-06-30"),
    ("Quý II/2025 (xong ngày 15/6/2025)", "2025-06-15"),
]
BEFORE = [
    ("Trước ngày 30/6/2025", "2025-06-29"),
    ("TRƯỚC  NGÀY 30/6/2025", "2025-06-29"),
    ("Trước\nngày 30/6/2025", "2025-06-29"),
    ("Trước 30/6/2025", "2025-06-29"),
    ("Xong trước ngày 01/3/2028", "2028-02-29"),
    ("Trước tháng 6/2025", "2025-05-31"),
    ("Trước Quý III/2025", "2025-06-30"),
    ("Trước năm 2026", "2025-12-31"),
    ("Theo tiến độ, hoàn thành trước 30/6/2025", "2025-06-29"),
    ("Năm 2025 (hoàn thành trước 30/6)", "2025-06-29"),
    ("Quý II/2025 (trước 15/6/2025)", "2025-06-14"),
]
RANGES = [
    ("Tháng 3-5/2025", "2025-03-01", "2025-05-31"),
    ("tháng 3, 4/2025", "2025-03-01", "2025-04-30"),
    ("từ tháng 3 đến tháng 5/2025", "2025-03-01", "2025-05-31"),
    ("Tháng 11/2025 - tháng 3/2026", "2025-11-01", "2026-03-31"),
    ("3-5/2025", "2025-03-01", "2025-05-31"),
    ("Quý III, IV/2026", "2026-07-01", "2026-12-31"),
    ("6/2025-12/2025", "2025-06-01", "2025-12-31"),
    ("Tháng 11/2025-tháng 3/2026", "2025-11-01", "2026-03-31"),
    ("T.11/2025-T.3/2026", "2025-11-01", "2026-03-31"),
    ("Quý IV/2025-Quý I/2026", "2025-10-01", "2026-03-31"),
    ("Quý III-IV/2026", "2026-07-01", "2026-12-31"),
    ("Quý III và Quý IV/2026", "2026-07-01", "2026-12-31"),
    ("Quý IV/2025 - Quý I/2026", "2025-10-01", "2026-03-31"),
    ("Quý IV/2025 – I/2026", "2025-10-01", "2026-03-31"),
    ("2025-2026", "2025-01-01", "2026-12-31"),
    ("2025 – 2030", "2025-01-01", "2030-12-31"),
    ("2025, 2026, 2027", "2025-01-01", "2027-12-31"),
    ("Giai đoạn 2025-2030", "2025-01-01", "2030-12-31"),
    ("Từ năm 2025 đến năm 2030", "2025-01-01", "2030-12-31"),
    ("Từ 15/6 đến 20/7/2025", "2025-06-15", "2025-07-20"),
    ("15-20/6/2025", "2025-06-15", "2025-06-20"),
    ("Từ ngày 01/3/2025 đến ngày 30/6/2025", "2025-03-01", "2025-06-30"),
    ("Từ tháng 6/2025 đến hết Quý I/2026", "2025-06-01", "2026-03-31"),
    ("Bắt đầu từ năm 2025, hoàn thành năm 2026", "2025-01-01", "2026-12-31"),
    ("Đầu năm 2025 đến cuối năm 2026", "2025-01-01", "2026-12-31"),
]
RHYTHMS = [
    ("Thường xuyên", None, False),
    ("Thường xuyên, liên tục", None, False),
    ("Báo cáo định kỳ", None, False),
    ("Thường xuyên, báo cáo trước 15/12", None, False),
    ("Thường xuyên hằng năm", "FREQ=YEARLY", False),
    ("Hàng năm", "FREQ=YEARLY", False),
    ("Hằng quý", "FREQ=MONTHLY;INTERVAL=3", False),
    ("Hằng tháng", "FREQ=MONTHLY", False),
    ("Hằng tháng, quý, năm", "FREQ=MONTHLY", False),
    ("định kỳ hằng quý, năm", "FREQ=MONTHLY;INTERVAL=3", False),
    ("Định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6", False),
    ("6 tháng/lần", "FREQ=MONTHLY;INTERVAL=6", False),
    ("03 tháng một lần", "FREQ=MONTHLY;INTERVAL=3", False),
    ("2 lần/năm", None, False),
    ("1 lần/năm", "FREQ=YEARLY", False),
    ("Mỗi năm 4 lần", None, False),
    ("Mỗi quý 01 lần", "FREQ=MONTHLY;INTERVAL=3", False),
    ("Định kỳ tháng, quý, năm", "FREQ=MONTHLY", False),
    ("Hằng năm, trước 31/01 năm sau", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=30", True),
    ("01 lần/tuần", "FREQ=WEEKLY", False),
    ("hằng tuần, hạn Thứ Sáu", "FREQ=WEEKLY;BYDAY=FR", False),
    ("trước thứ Hai hằng tuần", "FREQ=WEEKLY;BYDAY=SU", True),
    ("Chủ nhật hằng tuần", "FREQ=WEEKLY;BYDAY=SU", False),
    ("Ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25", False),
    ("Trước ngày 05 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=4", True),
    ("Hằng tháng, trước ngày 20", "FREQ=MONTHLY;BYMONTHDAY=19", True),
    ("Trước ngày 01 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=-1", True),
    ("Ngày cuối cùng hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=-1", False),
    ("Cuối mỗi quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", False),
    ("Trước ngày 25 của tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=24", True),
    ("Trước 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14", True),
    ("Trước ngày 01/3 hằng năm", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28", True),
    ("Trước 15/6 và 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=14", True),
    ("Tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", False),
    ("Quý I hằng năm", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", False),
]
OPEN = [
    ("Khi có yêu cầu", None, None),
    ("Theo tiến độ dự án", None, None),
    ("Theo kế hoạch của Trung ương", None, None),
    ("Theo Kế hoạch giai đoạn 2021-2025", None, None),
    ("Theo Quyết định số 1131/QĐ-TTg ngày 12/6/2025", None, None),
    ("Theo năm học", None, None),
    ("Sau khi có hướng dẫn", None, None),
    ("sau 30 ngày kể từ ngày ban hành", None, None),
    ("90 ngày", None, None),
    ("45", None, None),
    ("500/2025", None, None),
    ("57-NQ/TW", None, None),
    ("số 12/2025/QĐ-UBND", None, None),
    ("Năm 1985", None, None),
    ("Tháng 6", None, None),
    ("Từ năm 2025", None, "2025-01-01"),
    ("Từ Quý II/2025", None, "2025-04-01"),
    ("Từ năm 2025 trở đi", None, "2025-01-01"),
    ("Tháng 6/2025 trở đi", None, "2025-06-01"),
    ("Sau ngày 30/6/2025", None, "2025-07-01"),
    ("2025 và những năm tiếp theo", "2025-12-31", None),
    ("2025-2030 và các năm tiếp theo", "2030-12-31", None),
    ("Quý II/2025 và duy trì thường xuyên", "2025-06-30", None),
]
NOTED = ["31/6/2025", "31/02/2025", "tháng 13/2025", "Quý V/2025", "01/6/2025 - 31/6/2025", "6/25", "15/8/25",
         "Quý II", "Trước 30/6", "Tết 2026", "Hè 2025", "Ngày 10/3/2025 (âm lịch)",
         "Đầu năm 2026", "Giữa năm 2025", "đầu tháng 6/2025", "Năm học 2025-2026"]  # fmt: skip


def contract(kind, on=None, start=None, rrule=None, before=False):
    return {"kind": kind, "on": on, "from": start, "rrule": rrule, "before": before}


def read(raw, issued_on=None):
    found = parse_due(raw, issued_on).as_json()
    return {name: value for name, value in found.items() if name in contract("")}


@pytest.mark.parametrize(("raw", "on"), ENDS)
def test_a_stretch_of_time_means_its_last_day(raw, on):
    assert read(raw) == contract("period_end" if on else "open", on)


@pytest.mark.parametrize(("raw", "on"), DAYS)
def test_a_day_is_a_moment(raw, on):
    assert read(raw) == contract("moment", on)


@pytest.mark.parametrize(("raw", "on"), BEFORE)
def test_before_a_day_is_the_day_before(raw, on):
    assert read(raw) == contract("moment", on, before=True)


@pytest.mark.parametrize(("raw", "start", "on"), RANGES)
def test_a_run_has_a_beginning_and_an_end(raw, start, on):
    assert read(raw) == contract("range", on, start)


@pytest.mark.parametrize(("raw", "rule", "before"), RHYTHMS)
def test_what_comes_again_has_a_rule_where_the_text_gives_one(raw, rule, before):
    assert read(raw) == contract("recurring", rrule=rule, before=before)


@pytest.mark.parametrize(("raw", "on", "start"), OPEN)
def test_what_names_no_last_day_stays_open(raw, on, start):
    assert read(raw) == contract("open", on, start)


@pytest.mark.parametrize("raw", NOTED)
def test_what_cannot_be_a_day_stays_open_and_says_why(raw):
    assert read(raw)["on"] is None
    assert parse_due(raw).kind == "open"
    assert parse_due(raw).note.endswith(".")


@pytest.mark.parametrize("raw", ["", " - ", "…", "...", "\n"])
def test_a_blank_cell_is_missing(raw):
    assert read(raw) == contract("missing")


def test_the_printed_words_are_kept_on_one_line():
    assert parse_due("Trước ngày\n30/6/2025 ").as_json()["raw"] == "Trước ngày 30/6/2025"


@pytest.mark.parametrize(
    ("raw", "on", "start", "rule"),
    [
        ("Hằng năm, từ năm 2025", None, "2025-01-01", "FREQ=YEARLY"),
        ("Hằng năm đến năm 2030", "2030-12-31", None, "FREQ=YEARLY"),
        ("Hằng quý (2025-2030)", "2030-12-31", "2025-01-01", "FREQ=MONTHLY;INTERVAL=3"),
        ("Thường xuyên giai đoạn 2025-2030", "2030-12-31", "2025-01-01", None),
    ],
)
def test_what_comes_again_between_two_dates(raw, on, start, rule):
    assert read(raw) == contract("recurring", on, start, rule)


@pytest.mark.parametrize(
    ("raw", "on", "time", "before"),
    [
        ("20h00 ngày 30/6/2025", "2025-06-30", "20:00", False),
        ("17 giờ ngày 05/6/2025", "2025-06-05", "17:00", False),
        ("17:30, ngày 05/6/2025", "2025-06-05", "17:30", False),
        ("Trước 17h00 ngày 30/6/2025", "2025-06-30", "17:00", True),
        ("Trước 17 giờ 30 phút ngày 30/6/2025", "2025-06-30", "17:30", True),
        ("Trước 0h00 ngày 01/7/2025", "2025-06-30", None, True),
    ],
)
def test_the_hour_of_a_day_is_kept_and_before_it_is_still_that_day(raw, on, time, before):
    due = parse_due(raw).as_json()
    assert (due["kind"], due["on"], due.get("time"), due["before"]) == ("moment", on, time, before)


@pytest.mark.parametrize(
    ("raw", "on"),
    [
        ("Tuần 2 tháng 6/2025", "2025-06-14"),
        ("Tuần thứ 3 tháng 7/2025", "2025-07-21"),
        ("Tuần cuối tháng 2 năm 2025", "2025-02-28"),
        ("Tuần 26/2025", "2025-06-29"),
        ("Tuần thứ 1 năm 2026", "2026-01-04"),
    ],
)
def test_a_week_ends_on_its_last_day_and_says_how_it_was_counted(raw, on):
    assert read(raw) == contract("period_end", on)
    assert parse_due(raw).note


@pytest.mark.parametrize(
    ("raw", "kind", "steps"),
    [
        (
            "Dự thảo: 6/2025; ban hành: 9/2025",
            "period_end",
            [("Dự thảo: 6/2025", "2025-06-30"), ("ban hành: 9/2025", "2025-09-30")],
        ),
        (
            "Dự thảo: 30/6/2025\nBan hành: 9/2025",
            "period_end",
            [("Dự thảo: 30/6/2025", "2025-06-30"), ("Ban hành: 9/2025", "2025-09-30")],
        ),
        (
            "6/2025 (dự thảo), 9/2025 (ban hành)",
            "period_end",
            [("6/2025 (dự thảo)", "2025-06-30"), ("9/2025 (ban hành)", "2025-09-30")],
        ),
        ("Trước 15/6, 15/12/2025", "moment", [("15/06/2025", "2025-06-14"), ("15/12/2025", "2025-12-14")]),
        ("30/6/2025 và 31/12/2025", "moment", [("30/6/2025", "2025-06-30"), ("31/12/2025", "2025-12-31")]),
        ("Quý II, IV/2025", "period_end", [("04-06/2025", "2025-06-30"), ("10-12/2025", "2025-12-31")]),
        (
            "Năm 2025: 50%; năm 2026: 100%",
            "period_end",
            [("Năm 2025: 50%", "2025-12-31"), ("năm 2026: 100%", "2026-12-31")],
        ),
        (
            "Giai đoạn 1: 2025-2026; giai đoạn 2: 2027-2030",
            "range",
            [("Giai đoạn 1: 2025-2026", "2026-12-31"), ("giai đoạn 2: 2027-2030", "2030-12-31")],
        ),
    ],
)
def test_several_deadlines_in_one_cell_are_kept_and_the_last_decides(raw, kind, steps):
    due = parse_due(raw).as_json()
    assert (due["kind"], due["on"]) == (kind, steps[-1][1])
    assert [(step["text"], step["on"]) for step in due["steps"]] == steps


def test_two_days_of_every_year_are_two_rules():
    due = parse_due("Trước ngày 15/6 và 01/12 hằng năm").as_json()
    assert (due["kind"], due["rrule"], due["before"]) == ("recurring", "FREQ=YEARLY", True)
    assert [step["rrule"] for step in due["steps"]] == [
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=14",
        "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30",
    ]


@pytest.mark.parametrize(
    ("raw", "on"),
    [
        ("sau 30 ngày kể từ ngày ban hành", "2025-03-16"),
        ("Trong 10 ngày làm việc kể từ ngày ký", "2025-02-28"),
        ("Trong vòng 02 tháng kể từ ngày ký ban hành", "2025-04-14"),
        ("01 (một) tháng sau khi ban hành", "2025-03-14"),
        ("2 tuần kể từ ngày Kế hoạch này được ban hành", "2025-02-28"),
        ("Trong 30 ngày kể từ ngày nhận được văn bản", None),
        ("30 ngày kể từ ngày ban hành Nghị định", None),
        ("90 ngày", None),
        ("900 năm kể từ ngày ban hành", None),
    ],
)
def test_days_after_the_issue_are_counted_only_from_the_document_itself(raw, on):
    due = parse_due(raw, date(2025, 2, 14)).as_json()
    assert (due["kind"], due["on"], bool(due.get("note"))) == ("moment" if on else "open", on, on is not None)


@pytest.mark.parametrize(
    "run",
    ["2025, ", "1/2025 - ", "hằng năm, ", "trước ", "30/6/2025; ", "quý I, ", "ngày 5 ", "từ 2025 đến ", "6 tháng "],
)
def test_long_cells_cost_no_more_than_their_length(run):
    with takes_at_most(12):
        parse_due(run * (30_000 // len(run)), date(2025, 2, 14))


SPELLINGS = [
    ("{d}/{m}/{y}", "day"), ("{d:02d}/{m:02d}/{y}", "day"), ("ngày {d} tháng {m} năm {y}", "day"),
    ("{d:02d}.{m:02d}.{y}", "day"), ("{d}-{m}-{y}", "day"), ("{y}-{m:02d}-{d:02d}", "day"),
    ("Trước ngày {d}/{m}/{y}", "eve"), ("trước {d} tháng {m} năm {y}", "eve"),
    ("xong trước ngày {d:02d}/{m:02d}/{y}", "eve"),
    ("Tháng {m}/{y}", "month"), ("tháng {m:02d} năm {y}", "month"), ("T{m}/{y}", "month"), ("{m:02d}/{y}", "month"),
    ("Quý {q}/{y}", "quarter"), ("Quý {r} năm {y}", "quarter"), ("Q.{r}/{y}", "quarter"),
    ("hết Quý {r}/{y}", "quarter"),
    ("{y}", "year"), ("Năm {y}", "year"), ("Đến hết năm {y}", "year"),
]  # fmt: skip


def last_day(day, spelling):
    """The last good day, counted a month at a time."""
    if spelling in {"day", "eve"}:
        return day - timedelta(days=spelling == "eve")
    month = {"month": day.month, "quarter": (day.month + 2) // 3 * 3, "year": 12}[spelling]
    return date(day.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@given(st.dates(date(1990, 1, 2), date(2100, 12, 31)), st.sampled_from(SPELLINGS))
def test_a_date_in_any_official_spelling_reads_back(day, spelling):
    form, kind = spelling
    quarter = (day.month + 2) // 3
    raw = form.format(d=day.day, m=day.month, y=day.year, q=quarter, r=("I", "II", "III", "IV")[quarter - 1])
    due = parse_due(raw)
    assert due.on == last_day(day, kind)
    assert due.before == (kind == "eve")


WORDS = (
    "trước sau từ đến hết ngày tháng quý năm Quý II IV 6 15 2025 2026 31 / - , ; ( ) hằng hàng định kỳ tuần thứ Sáu "
    "giờ 17h00 thường xuyên và những tiếp theo 30/6/2025 12/2025 giai đoạn đầu cuối lần kể ban hành làm việc"
)


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join)))
def test_no_text_breaks_the_reading_and_no_deadline_ends_before_it_begins(raw):
    due = parse_due(raw, date(2025, 2, 14))
    assert due.kind in {"moment", "period_end", "range", "recurring", "open", "missing"}
    assert not (due.on and due.from_) or due.on >= due.from_
    assert due.raw == " ".join(due.raw.split())
    assert due == parse_due(raw, date(2025, 2, 14))


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("Trước 10h ngày 05 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("Trước 16 giờ 00 thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
        ("Trước thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=TH"),
    ],
)
def test_before_an_hour_is_the_day_itself(raw, rule):
    assert parse_due(raw).rrule == rule
