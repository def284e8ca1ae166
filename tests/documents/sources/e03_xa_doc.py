"""A commune's plan as an old Word file: dashes and letters in prose, a table with bare groups and no column of numbers."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="ke-hoach-xa",
    formats=("doc", "pdf"),
    parts=(
        Table(
            rows=(
                "ỦY BAN NHÂN DÂN⏎XÃ BÌNH LƯ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM⏎Độc lập - Tự do - Hạnh phúc",
                "Số:      /KH-UBND | Bình Lư, ngày      tháng 9 năm 2025",
            ),
            borders=False,
            widths=(7, 10),
        ),
        Para("KẾ HOẠCH", "title"),
        Para("Thực hiện phong trào Bình dân học vụ số trên địa bàn xã (minh họa)", "title"),
        Para("Thực hiện Kế hoạch số 2410/KH-UBND ngày 30/6/2025 của UBND tỉnh, UBND xã xây dựng kế hoạch như sau:"),
        Para("I. MỤC TIÊU"),
        Para("- Hết năm 2025, trên 50% người dân trong độ tuổi lao động biết dùng dịch vụ công trực tuyến."),
        Para("- Hướng tới mỗi hộ gia đình có 01 người thành thạo thanh toán điện tử."),
        Para("II. NỘI DUNG"),
        Para("1. Mở lớp"),
        Para("a) Mỗi bản mở lớp buổi tối, khai giảng trước ngày 15/10/2025."),
        Para("b) Học liệu lấy từ nền tảng do Bộ Khoa học và Công nghệ cung cấp."),
        Para("2. Đồng hành"),
        Para("- Đoàn thanh niên xã cử tình nguyện viên, định kỳ hằng tuần đến từng bản."),
        Para("III. PHÂN CÔNG"),
        Para("Nhiệm vụ giao như bảng sau:"),
        Table(
            "title lead coordinating due product",
            ("Công việc | Chủ trì | Phối hợp | Hạn | Sản phẩm",),
            (
                "= Chuẩn bị",
                "Lập danh sách học viên | [Công an xã:?] | [Trưởng các bản:?] | 30/9/2025 >> moment 2025-09-30 | Danh sách",
                "Mượn phòng học | [Trường THCS Bình Lư:?] | | Trước ngày 05/10/2025 >> moment 2025-10-04 before | ",
                "= Thực hiện",
                "Giảng dạy | [Đoàn Thanh niên xã:?] | [Hội Liên hiệp Phụ nữ xã:?] | Tháng 10-12/2025 >> range 2025-10-01..2025-12-31 | 14 lớp",
                "Tổng kết, trao giấy chứng nhận | [Văn phòng HĐND và UBND xã:?] | | Tháng 12 năm 2025 >> period_end 2025-12-31 | Báo cáo",
            ),
            widths=(5, 4, 3, 3, 2),
        ),
        Table(
            rows=(
                "Nơi nhận:⏎- UBND tỉnh;⏎- Các bản;⏎- Lưu: VT. | TM. ỦY BAN NHÂN DÂN⏎KT. CHỦ TỊCH⏎PHÓ CHỦ TỊCH⏎⏎Lù Văn Thành",
            ),
            borders=False,
            widths=(8, 9),
        ),
    ),
    facts={
        "kind": "Kế hoạch",
        "symbol": "/KH-UBND",
        "number": None,
        "issuer": "ỦY BAN NHÂN DÂN XÃ BÌNH LƯ",
        "place": "Bình Lư",
        "issued_on": None,
        "title": "Thực hiện phong trào Bình dân học vụ số trên địa bàn xã (minh họa)",
        "signer": {"capacity": "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH; PHÓ CHỦ TỊCH", "name": "Lù Văn Thành"},
        "recipients": ["UBND tỉnh", "Các bản", "Lưu: VT"],
    },
    targets=(
        "Hết năm 2025, trên 50% người dân trong độ tuổi lao động biết dùng dịch vụ công trực tuyến | > 50 % | firm | 2025-12-31",
        "Hướng tới mỗi hộ gia đình có 01 người thành thạo thanh toán điện tử | = 1 người | hoped |",
    ),
    deadlines=(
        "Hết năm 2025 >> period_end 2025-12-31",
        "trước ngày 15/10/2025 >> moment 2025-10-14 before",
        "định kỳ hằng tuần >> recurring FREQ=WEEKLY",
    ),
    references=("2410/KH-UBND",),
)
