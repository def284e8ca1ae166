"""A short plan of a board kept in VNI, with a table between bars whose column of numbers is left blank."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="ke-hoach-ban",
    formats=("txt-vni",),
    parts=(
        Para("ỦY BAN NHÂN DÂN\nTỈNH TIỀN GIANG"),
        Para("Số: 73/KH-UBND"),
        Para("Tiền Giang, ngày 02 tháng 4 năm 2008"),
        Para("KẾ HOẠCH"),
        Para("Đưa tin học về nông thôn năm 2008 (minh họa)"),
        Para("Thực hiện Chỉ thị số 58-CT/TW ngày 17/10/2000 của Bộ Chính trị, UBND tỉnh xây dựng kế hoạch:"),
        Para("I. MỤC TIÊU"),
        Para("- Cuối năm 2008, ít nhất 60% xã có điểm truy cập Internet."),
        Para("II. NHIỆM VỤ"),
        Para("1. Bưu điện tỉnh lắp đặt đường truyền trước ngày 30/9/2008."),
        Para("2. Các huyện, thị xã bố trí phòng đọc, định kỳ hằng quý báo cáo."),
        Para("III. PHÂN CÔNG"),
        Table(
            "number title lead due product",
            ("TT | Công việc | Đơn vị thực hiện | Thời hạn | Kết quả",),
            (
                "| Khảo sát điểm đặt máy | [Sở Bưu chính, Viễn thông:?] | 5/2008 >> period_end 2008-05-31 | Danh sách điểm",
                "| Lắp đặt máy tính | [Bưu điện tỉnh:buu-dien-tinh] | Quý III/2008 >> period_end 2008-09-30 | 100 máy",
                "| Hướng dẫn sử dụng | [Tỉnh đoàn:tinh-doan] | Thường xuyên >> recurring | 20 buổi",
            ),
        ),
        Para("CHỦ TỊCH"),
        Para("Trần Thanh Trung"),
    ),
    facts={
        "kind": "Kế hoạch", "symbol": "73/KH-UBND", "number": "73", "issuer": "ỦY BAN NHÂN DÂN TỈNH TIỀN GIANG",
        "place": "Tiền Giang", "issued_on": "2008-04-02", "title": "Đưa tin học về nông thôn năm 2008 (minh họa)",
        "signer": {"capacity": "CHỦ TỊCH", "name": "Trần Thanh Trung"},
    },
    targets=("Cuối năm 2008, ít nhất 60% xã có điểm truy cập Internet | >= 60 % | firm | 2008-12-31",),
    deadlines=(
        "Cuối năm 2008 >> period_end 2008-12-31",
        "trước ngày 30/9/2008 >> moment 2008-09-29 before",
        "định kỳ hằng quý >> recurring FREQ=MONTHLY;INTERVAL=3",
    ),
    references=("58-CT/TW",),
)  # fmt: skip
