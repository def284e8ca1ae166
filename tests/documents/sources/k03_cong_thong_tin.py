"""A decision shown on a portal: menus, a table that lays the page out, a footer; and beside the tasks a table of results
and plans by year, of which the plan is the target."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="quyet-dinh-tren-cong",
    formats=("html-portal", "docx"),
    parts=(
        Para("ỦY BAN NHÂN DÂN", "center"),
        Para("TỈNH BẮC KẠN", "center"),
        Para("Số: 845/QĐ-UBND", "center"),
        Para("Bắc Kạn, ngày 16 tháng 5 năm 2025", "right"),
        Para("QUYẾT ĐỊNH", "title"),
        Para("Giao chỉ tiêu chuyển đổi số năm 2026 (minh họa)", "title"),
        Para("Căn cứ Quyết định số 1719/QĐ-TTg ngày 14/10/2021 của Thủ tướng Chính phủ;"),
        Para("Điều 1. Giao chỉ tiêu và nhiệm vụ theo Phụ lục I, Phụ lục II kèm theo Quyết định này."),
        Para("Điều 2. Các cơ quan báo cáo kết quả trước ngày 10 hằng tháng."),
        Para("Điều 3. Quyết định này có hiệu lực kể từ ngày ký./."),
        Para("TM. ỦY BAN NHÂN DÂN", "right"),
        Para("CHỦ TỊCH", "right"),
        Para("Nguyễn Đăng Bình", "right"),
        Para("PHỤ LỤC I", "title"),
        Table(
            "number name unit_text r2024 p2025 e2025 target lead",
            (
                "TT | Chỉ tiêu | Đơn vị tính | Thực hiện năm 2024 | Năm 2025 | < | Kế hoạch năm 2026 | Cơ quan chủ trì",
                "^ | ^ | ^ | ^ | Kế hoạch | Ước thực hiện | ^ | ^",
            ),
            (
                "1 | Hồ sơ trực tuyến | % | 61,2 | 65 | 68 | 75 >> = 75 | [Văn phòng UBND tỉnh:vp-ubnd-tinh]",
                "2 | Doanh nghiệp dùng hóa đơn điện tử | % | 98 | 100 | 100 | 100 >> = 100 | [Thuế tỉnh:thue-tinh]",
                "3 | Giao dịch không tiền mặt | giao dịch/người | 12 | 15 | 16 | ≥ 20 >> >= 20 | [Ngân hàng Nhà nước Khu vực 3:nhnn-kv3]",
            ),
            horizon="2026",
        ),
        Para("PHỤ LỤC II", "title"),
        Table(
            "number title lead due product",
            ("TT | Nhiệm vụ | Đơn vị đầu mối | Mốc hoàn thành | Yêu cầu sản phẩm",),
            (
                "1 | Chuẩn hóa mã hồ sơ | [Văn phòng UBND tỉnh:vp-ubnd-tinh] | 30/9/2025 >> moment 2025-09-30 | Bộ mã",
                "2 | Đấu nối kho dữ liệu quốc gia | [Sở Khoa học và Công nghệ:so-kh-cn] | Quý I/2026 >> period_end 2026-03-31 | Biên bản đấu nối",
            ),
        ),
    ),
    facts={
        "kind": "Quyết định", "symbol": "845/QĐ-UBND", "number": "845", "issuer": "ỦY BAN NHÂN DÂN TỈNH BẮC KẠN",
        "place": "Bắc Kạn", "issued_on": "2025-05-16", "title": "Giao chỉ tiêu chuyển đổi số năm 2026 (minh họa)",
        "signer": {"capacity": "TM. ỦY BAN NHÂN DÂN; CHỦ TỊCH", "name": "Nguyễn Đăng Bình"},
    },
    deadlines=("trước ngày 10 hằng tháng >> recurring FREQ=MONTHLY;BYMONTHDAY=9 before",),
    references=("1719/QĐ-TTg",),
    annexes=("Phụ lục I = present", "Phụ lục II = present"),
)  # fmt: skip
