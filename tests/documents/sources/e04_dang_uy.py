"""A plan of a provincial Party committee saved as a web page with the name of a Word file."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="ke-hoach-tinh-uy",
    formats=("doc-html",),
    parts=(
        Table(
            rows=("TỈNH ỦY LAI CHÂU⏎*⏎Số 41-KH/TU | ĐẢNG CỘNG SẢN VIỆT NAM⏎Lai Châu, ngày 20 tháng 11 năm 2025",),
            borders=False,
        ),
        Para("KẾ HOẠCH", "title"),
        Para("Chuyển đổi số trong các cơ quan Đảng năm 2026 (minh họa)", "title"),
        Para(
            "Thực hiện Quyết định số 204-QĐ/TW ngày 29/11/2024 của Ban Bí thư, Ban Thường vụ Tỉnh ủy ban hành Kế hoạch:"
        ),
        Para("I- MỤC ĐÍCH"),
        Para("- Xử lý công việc trên môi trường mạng, bảo đảm bí mật nhà nước."),
        Para("II- NHIỆM VỤ"),
        Para("1- Đến hết quý II/2026, 100% chi bộ dùng sổ tay đảng viên điện tử."),
        Para("2- Văn phòng Tỉnh ủy tham mưu sửa đổi quy chế, xong trước ngày 01/4/2026."),
        Para("III- TỔ CHỨC THỰC HIỆN"),
        Para("1- Ban Tuyên giáo và Dân vận Tỉnh ủy hướng dẫn tuyên truyền."),
        Para("2- Ủy ban Kiểm tra Tỉnh ủy kiểm tra, định kỳ 6 tháng báo cáo Ban Thường vụ."),
        Para("Nơi nhận"),
        Para("- Văn phòng Trung ương Đảng,"),
        Para("- Các đảng ủy trực thuộc,"),
        Para("- Lưu Văn phòng Tỉnh ủy."),
        Para("T/M BAN THƯỜNG VỤ", "right"),
        Para("PHÓ BÍ THƯ", "right"),
        Para("Giàng Páo Chinh", "right"),
        Para("PHỤ LỤC"),
        Table(
            "number title product lead coordinating due",
            ("Số TT | Nhiệm vụ cụ thể | Sản phẩm | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành",),
            (
                "= I. Hạ tầng",
                "1. | Nâng cấp mạng diện rộng của Đảng | Mạng đạt cấp độ 3 | [Văn phòng Tỉnh ủy:vp-tinh-uy] | [Công an tỉnh:cong-an-tinh] | Quý II/2026 >> period_end 2026-06-30",
                "2. | Trang bị phòng họp không giấy | 12 phòng họp | ^ | [Sở Tài chính:so-tai-chinh] | ^",
                "= II. Dữ liệu",
                "3. | Số hóa hồ sơ đảng viên | | [Ban Tổ chức Tỉnh ủy:ban-to-chuc] | | 2026 - 2027 >> range 2026-01-01..2027-12-31",
                "4. | Kho tư liệu tuyên truyền số | Kho tư liệu | [Ban Tuyên giáo và Dân vận Tỉnh ủy:ban-tuyen-giao] | [Báo và Phát thanh, truyền hình Lai Châu:bao-ptth] | Thường xuyên >> recurring",
            ),
        ),
    ),
    facts={
        "kind": "Kế hoạch",
        "symbol": "41-KH/TU",
        "number": "41",
        "issuer": "TỈNH ỦY LAI CHÂU",
        "place": "Lai Châu",
        "issued_on": "2025-11-20",
        "title": "Chuyển đổi số trong các cơ quan Đảng năm 2026 (minh họa)",
        "signer": {"capacity": "T/M BAN THƯỜNG VỤ; PHÓ BÍ THƯ", "name": "Giàng Páo Chinh"},
        "recipients": ["Văn phòng Trung ương Đảng", "Các đảng ủy trực thuộc", "Lưu Văn phòng Tỉnh ủy"],
    },
    targets=("Đến hết quý II/2026, 100% chi bộ dùng sổ tay đảng viên điện tử | = 100 % | firm | 2026-06-30",),
    deadlines=(
        "Đến hết quý II/2026 >> period_end 2026-06-30",
        "trước ngày 01/4/2026 >> moment 2026-03-31 before",
        "định kỳ 6 tháng >> recurring FREQ=MONTHLY;INTERVAL=6",
    ),
    references=("204-QĐ/TW",),
    annexes=("Phụ lục = present",),
)
