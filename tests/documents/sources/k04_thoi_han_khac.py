"""Deadlines as they are written in haste: shortened, without a year, two in one, open at one end; as a workbook."""

from tests.documents.making.model import Document, Para, Table

DUES = (
    "T6/2026 >> period_end 2026-06-30",
    "Q.IV/2026 >> period_end 2026-12-31",
    "Q2/2026 >> period_end 2026-06-30",
    "2026 (Quý III) >> period_end 2026-09-30",
    "Quý II/2026 - Quý I/2027 >> range 2026-04-01..2027-03-31",
    "Tháng 11/2026 - tháng 02/2027 >> range 2026-11-01..2027-02-28",
    "Nhiệm kỳ 2025-2030 >> range 2025-01-01..2030-12-31",
    "Từ năm 2026 >> open from:2026-01-01",
    "Đến 31/12/2026 >> moment 2026-12-31",
    "Trước tháng 6/2026 >> moment 2026-05-31 before",
    "Trước năm 2028 >> moment 2027-12-31 before",
    "Trong quý II >> open",
    "Tháng 6 >> open",
    "31/11/2026 >> open",
    "Ngày 15/6 và 15/12 hằng năm >> recurring FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15",
    "Ngày 05 hằng tháng >> recurring FREQ=MONTHLY;BYMONTHDAY=5",
    "Trước ngày 20 hàng tháng >> recurring FREQ=MONTHLY;BYMONTHDAY=19 before",
    "Mỗi năm 02 lần >> recurring",
    "Định kỳ hằng quý >> recurring FREQ=MONTHLY;INTERVAL=3",
    "Thứ Hai hằng tuần >> recurring FREQ=WEEKLY;BYDAY=MO",
    "Sau khi Nghị định được ban hành >> open",
    "Năm 2026, 2027 >> range 2026-01-01..2027-12-31",
    "9 tháng đầu năm 2026 >> period_end 2026-09-30",
    "Tháng 8 năm 2026 >> period_end 2026-08-31",
    "Hoàn thành chậm nhất 30/4/2026 >> moment 2026-04-30",
    "8h00' ngày 20/5/2026 >> moment 2026-05-20",
    "Không quá 45 ngày kể từ ngày được giao >> open",
    "d:2026-12-25 >> moment 2026-12-25",
    "n:2029 >> period_end 2029-12-31",
    "- >> missing",
)

DOCUMENT = Document(
    name="thoi-han-viet-voi",
    formats=("xlsx",),
    parts=(
        Para("PHỤ LỤC VI (minh họa)"),
        Table(
            "number title lead due",
            ("TT | Việc cần làm | Cơ quan chủ trì | Thời hạn",),
            [f"n:{at} | Việc thứ {at} của tổ | [Sở Tư pháp:so-tu-phap] | {due}" for at, due in enumerate(DUES, 1)],
            name="Thời hạn",
        ),
    ),
    annexes=("Phụ lục VI = present",),
)
