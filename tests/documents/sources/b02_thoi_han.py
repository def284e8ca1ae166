"""Every way to write a deadline, one in each row; sixty rows and more over several pages, as Word."""

from tests.documents.making.model import Document, Para, Table

DUES = (
    "2026 >> period_end 2026-12-31",
    "12/2026 >> period_end 2026-12-31",
    "6/2026 >> period_end 2026-06-30",
    "02/2028 >> period_end 2028-02-29",
    "Tháng 5/2026 >> period_end 2026-05-31",
    "Tháng 11 năm 2026 >> period_end 2026-11-30",
    "Quý II/2026 >> period_end 2026-06-30",
    "Quý IV năm 2026 >> period_end 2026-12-31",
    "Quý 3/2026 >> period_end 2026-09-30",
    "quý I-2027 >> period_end 2027-03-31",
    "2026-2027 >> range 2026-01-01..2027-12-31",
    "2026 – 2030 >> range 2026-01-01..2030-12-31",
    "Giai đoạn 2026 - 2030 >> range 2026-01-01..2030-12-31",
    "Năm 2026 đến năm 2028 >> range 2026-01-01..2028-12-31",
    "2026 và những năm tiếp theo >> open 2026-12-31",
    "Năm 2026 và các năm tiếp theo >> open 2026-12-31",
    "Thường xuyên >> recurring",
    "Thường xuyên, liên tục >> recurring",
    "Hằng năm >> recurring FREQ=YEARLY",
    "Hàng năm >> recurring FREQ=YEARLY",
    "Hàng quý >> recurring FREQ=MONTHLY;INTERVAL=3",
    "Hàng tháng >> recurring FREQ=MONTHLY",
    "Hằng tuần >> recurring FREQ=WEEKLY",
    "Hằng tuần, hạn Thứ Sáu >> recurring FREQ=WEEKLY;BYDAY=FR",
    "Định kỳ 6 tháng >> recurring FREQ=MONTHLY;INTERVAL=6",
    "06 tháng/lần >> recurring FREQ=MONTHLY;INTERVAL=6",
    "Ngày 20 hằng tháng >> recurring FREQ=MONTHLY;BYMONTHDAY=20",
    "Trước ngày 15/12 hằng năm >> recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14 before",
    "Hằng năm đến 2030 >> recurring FREQ=YEARLY 2030-12-31",
    "Hết năm 2026 >> period_end 2026-12-31",
    "Đến năm 2030 >> period_end 2030-12-31",
    "Đến hết tháng 9/2026 >> period_end 2026-09-30",
    "Cuối năm 2026 >> period_end 2026-12-31",
    "Trong năm 2026 >> period_end 2026-12-31",
    "Trước ngày 30/6/2026 >> moment 2026-06-29 before",
    "Trước 01/01/2027 >> moment 2026-12-31 before",
    "Trước ngày 01 tháng 3 năm 2028 >> moment 2028-02-29 before",
    "Chậm nhất ngày 25/11/2026 >> moment 2026-11-25",
    "Trong tháng 02 năm 2026 >> period_end 2026-02-28",
    "15/08/2026 >> moment 2026-08-15",
    "15.8.2026 >> moment 2026-08-15",
    "15-8-2026 >> moment 2026-08-15",
    "Ngày 02 tháng 9 năm 2026 >> moment 2026-09-02",
    "20h00 ngày 15/3/2026 >> moment 2026-03-15",
    "Tháng 3-5/2026 >> range 2026-03-01..2026-05-31",
    "Tháng 3, 4/2026 >> range 2026-03-01..2026-04-30",
    "Quý III, IV/2026 >> range 2026-07-01..2026-12-31",
    "Quý I - Quý II/2026 >> range 2026-01-01..2026-06-30",
    "Từ tháng 3/2026 đến tháng 9/2026 >> range 2026-03-01..2026-09-30",
    "01/4/2026 - 30/6/2026 >> range 2026-04-01..2026-06-30",
    "6 tháng đầu năm 2026 >> period_end 2026-06-30",
    "6 tháng cuối năm 2026 >> period_end 2026-12-31",
    "Sau 30 ngày kể từ ngày ban hành >> open",
    "Trong 02 tuần sau khi được giao vốn >> open",
    "Theo chỉ đạo của UBND tỉnh >> open",
    "Khi có hướng dẫn của Trung ương >> open",
    "… >> missing",
    " >> missing",
    "Hoàn thành trong⏎Quý IV/2026 >> period_end 2026-12-31",
    "QUÝ II/2026 >> period_end 2026-06-30",
    "Quý  II / 2026 >> period_end 2026-06-30",
    "Đã hoàn thành tháng 01/2026 >> period_end 2026-01-31",
)
WORK = ("Rà soát", "Lập danh mục", "Khảo sát", "Thẩm định", "Nghiệm thu", "Công bố", "Bàn giao", "Đánh giá")
THING = (
    "hồ sơ đất đai",
    "trạm quan trắc",
    "kho dữ liệu dân cư",
    "thiết bị trường học",
    "cầu dân sinh",
    "chợ nông thôn",
)


def _row(number: int, due: str) -> str:
    title = f"{WORK[number % 8]} {THING[number % 6]} đợt {number}"
    return f"{number} | {title} | [Sở Tài chính:so-tai-chinh] | {due} | Báo cáo số {number}"


DOCUMENT = Document(
    name="thoi-han-du-kieu",
    formats=("docx",),
    parts=(
        Para("PHỤ LỤC 03", "title"),
        Para("TIẾN ĐỘ CÔNG VIỆC (minh họa)", "title"),
        Table(
            "number title lead due product",
            ("Số TT | Công việc | Cơ quan, đơn vị chủ trì | Thời gian thực hiện | Kết quả yêu cầu",),
            [_row(number, due) for number, due in enumerate(DUES, 1)],
            widths=(1, 6, 3, 4, 3),
        ),
    ),
    annexes=("Phụ lục 3 = present",),
)
