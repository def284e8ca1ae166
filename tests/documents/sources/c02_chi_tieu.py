"""Indicators with a baseline and a column for each year, as a workbook."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

ROWS = (
    "# I | Kinh tế số",
    "n:1 | Tỷ trọng kinh tế số trong GRDP | % | n:7.5 | n:9 | n:12 | n:20 >> = 20 | [Thống kê tỉnh:thong-ke-tinh]",
    "n:2 | Số doanh nghiệp công nghệ số | doanh nghiệp | 09 | 12 | 20 | 45 >> = 45 | [Sở Khoa học và Công nghệ:so-kh-cn]",
    "n:3 | Thanh toán không dùng tiền mặt | % | p:0.45 | p:0.6 | p:0.7 | p:0.8 >> = 80 | [Ngân hàng Nhà nước Khu vực 3:nhnn-kv3]",
    "n:4 | Xuất khẩu hàng nông sản qua sàn điện tử | tỷ đồng | 15,5 | 20 | 60 | ≥ 1.250,5 >> >= 1250.5 | [Sở Công Thương:so-cong-thuong]",
    "# II | Chính quyền số",
    "n:5 | Hồ sơ trực tuyến toàn trình | % | 55 | 70 | 80 | ≥ 90 >> >= 90 | [Văn phòng UBND tỉnh:vp-ubnd-tinh]",
    "n:6 | Xếp hạng chuyển đổi số cấp tỉnh | hạng | 48 | 45 | 40 | ≤ 35 >> <= 35 | [Sở KH&CN:so-kh-cn]",
    "n:7 | Mức độ hài lòng của người dân | % | - | 85 | 88 | 90 - 92 >> range 90 92 | [Sở Nội vụ:so-noi-vu]",
    "# III | Xã hội số",
    "n:8 | Người trưởng thành có chữ ký số | % | 3,2 | 10 | 30 | > 50 >> > 50 | [Công an tỉnh:cong-an-tinh]",
    "n:9 | Chi cho nghiên cứu và phát triển | % GRDP | 0,2 | 0,3 | 0,5 | 1,0 >> = 1.0 | [Sở Tài chính:so-tai-chinh]",
    "n:10 | Hồ sơ sức khỏe điện tử | % dân số | 60 | 80 | 90 | Hoàn thành >> words | [Sở Y tế:so-y-te]",
)

DOCUMENT = Document(
    name="chi-tieu-hang-nam",
    formats=("xlsx",),
    parts=(
        Para("PHỤ LỤC I"),
        Para("HỆ THỐNG CHỈ TIÊU GIAI ĐOẠN 2026 - 2030 (minh họa)"),
        Table(
            "number name unit_text baseline y2026 y2028 target lead",
            (
                "TT | Chỉ tiêu | Đơn vị tính | Hiện trạng 2025 | Lộ trình thực hiện | < | < | Cơ quan theo dõi",
                "^ | ^ | ^ | ^ | Năm 2026 | Năm 2028 | Năm 2030 | ^",
            ),
            ROWS,
            horizon="2030",
            widths=(2, 8, 3, 3, 3, 3, 3, 5),
            name="Chỉ tiêu",
        ),
    ),
    annexes=("Phụ lục I = present",),
)
