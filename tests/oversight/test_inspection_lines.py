"""Lines of a programme as they are copied from a table: read whole, or told by their number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.oversight.inspection_lines import Planned, read_lines

UNITS = {"so y te": 7, "xa muong kim": 8}
LINE = "Sở Y tế\tKiểm tra hồ sơ\tKết quả đã báo cáo\t01/07/2026\t3/7/2026"
READ = Planned(7, "Kiểm tra hồ sơ", "Kết quả đã báo cáo", date(2026, 7, 1), date(2026, 7, 3))


@pytest.mark.parametrize("line", [LINE, LINE.replace("\t", " | "), LINE.replace("01/07/2026", "2026-07-01")])
def test_a_line_of_a_sheet_or_with_bars_is_an_inspection(line: str) -> None:
    assert read_lines(line, UNITS).planned == (READ,)


def test_empty_lines_and_the_heading_are_no_inspections() -> None:
    found = read_lines(f"Đơn vị\tTên\tNội dung\tTừ\tĐến\n\n{LINE}\n \t \n", UNITS)
    assert found.planned == (READ,)
    assert found.faults == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Sở Y tế\tKiểm tra", "Dòng 2: cần đủ năm cột"),
        (LINE.replace("Kết quả đã báo cáo", ""), "Dòng 2: cần đủ năm cột"),
        (LINE.replace("Sở Y tế", "Sở Lạ"), "Dòng 2: không có đơn vị nào đang hoạt động tên “Sở Lạ”"),
        (LINE.replace("3/7/2026", "31/6/2026"), "“31/6/2026” không phải là ngày"),
        (LINE.replace("3/7/2026", "30/6/2026"), "Dòng 2: ngày kết thúc trước ngày bắt đầu"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_line(line: str, told: str) -> None:
    found = read_lines(f"{LINE}\n{line}", UNITS)
    assert found.planned == (READ,)
    assert [told in str(fault) for fault in found.faults] == [True]


@given(st.text())
def test_whatever_is_pasted_every_line_is_read_told_or_empty(text: str) -> None:
    found = read_lines(text, UNITS)
    assert len(found.planned) + len(found.faults) <= len(text.splitlines())
