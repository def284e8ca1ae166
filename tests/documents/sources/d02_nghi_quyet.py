"""A resolution of a people's council as PDF from an office program, and as Markdown: prose rich in targets, figures that
are no targets, deadlines beside dates of cited documents, an indicator annex and an annex that is missing."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="nghi-quyet-hdnd",
    formats=("pdf-libreoffice", "md"),
    parts=(
        Table(
            rows=("HỘI ĐỒNG NHÂN DÂN⏎TỈNH SƠN LA⏎Số: 27/NQ-HĐND | Sơn La, ngày 09 tháng 12 năm 2025",), borders=False
        ),
        Para("NGHỊ QUYẾT", "title"),
        Para("Về phát triển kinh tế số tỉnh Sơn La đến năm 2030 (minh họa)", "title"),
        Para("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16/6/2025;"),
        Para("Xét Tờ trình số 215/TTr-UBND ngày 20/11/2025 của UBND tỉnh Sơn La,"),
        Para("I. MỤC TIÊU", "heading"),
        Para("1. Đến năm 2030", "heading"),
        Para("- Kinh tế số chiếm ít nhất 20% GRDP."),
        Para("- Có từ 50 đến 60 doanh nghiệp công nghệ số hoạt động trên địa bàn."),
        Para("- Năng suất lao động tăng bình quân 8 - 10%/năm."),
        Para("- Phấn đấu thuộc nhóm 30 tỉnh dẫn đầu về chuyển đổi số."),
        Para("- Giảm tối thiểu 30% thời gian xử lý hồ sơ."),
        Para("- 100% hợp tác xã có tài khoản giao dịch điện tử."),
        Para("II. NHIỆM VỤ", "heading"),
        Para("1. Hoàn thiện chính sách", "heading"),
        Para("- UBND tỉnh ban hành quy định hỗ trợ lãi suất, hoàn thành trong quý II năm 2026."),
        Para(
            "- Tiếp tục thực hiện Nghị quyết số 52-NQ/TW ngày 27/9/2019 của Bộ Chính trị và Quyết định số 411/QĐ-TTg ngày "
            "31/3/2022 của Thủ tướng Chính phủ về Chiến lược quốc gia phát triển kinh tế số đến năm 2025."
        ),
        Para("2. Phát triển thị trường", "heading"),
        Para("- Phủ sóng 5G đến tất cả trung tâm xã; sẵn sàng thử nghiệm 6G tại khu công nghiệp Mai Sơn."),
        Para("- Hằng năm, tổ chức ít nhất 02 hội chợ nông sản trực tuyến."),
        Para("- Nâng cấp Quốc lộ 6 đoạn qua 4 xã thành tuyến giao thông thông minh trước ngày 01/9/2028."),
        Para("III. TỔ CHỨC THỰC HIỆN", "heading"),
        Para("1. UBND tỉnh báo cáo HĐND tỉnh tại kỳ họp cuối năm."),
        Para("2. Chỉ tiêu chi tiết tại Phụ lục 1; danh mục dự án tại Phụ lục 2 kèm theo."),
        Para("Nghị quyết này được HĐND tỉnh khóa XV, kỳ họp thứ 25 thông qua ngày 08/12/2025./."),
        Para("Nơi nhận:"),
        Para("- Ủy ban Thường vụ Quốc hội;"),
        Para("- UBND tỉnh;"),
        Para("- Lưu: VT."),
        Para("CHỦ TỊCH", "center"),
        Para("Lò Minh Thắng", "center"),
        Para("PHỤ LỤC 1", "title"),
        Para("CHỈ TIÊU GIAI ĐOẠN 2026 - 2030", "title"),
        Table(
            "number name unit_text target lead",
            ("STT | Tên chỉ tiêu | ĐVT | Mục tiêu năm 2030 | Đơn vị theo dõi",),
            (
                "1 | Kinh tế số trong GRDP | % | ≥ 20 >> >= 20 | [Sở Tài chính:so-tai-chinh]",
                "2 | Hộ sản xuất bán hàng trực tuyến | hộ | 12.500 >> = 12500 | [Sở Công Thương:so-cong-thuong]",
                "3 | Điểm dịch vụ bưu chính số | điểm | 03 >> = 3 | [Bưu điện tỉnh:buu-dien-tinh]",
                "4 | Tỷ lệ nhân lực công nghệ số | ‰ | 4,5 - 5 >> range 4.5 5 | [Sở Nội vụ:so-noi-vu]",
                "5 | Hạ tầng trung tâm dữ liệu | | Đạt chuẩn >> words | [Sở Khoa học và Công nghệ:so-kh-cn]",
            ),
            horizon="2030",
            widths=(1, 5, 2, 4, 4),
        ),
    ),
    facts={
        "kind": "Nghị quyết",
        "symbol": "27/NQ-HĐND",
        "number": "27",
        "issuer": "HỘI ĐỒNG NHÂN DÂN TỈNH SƠN LA",
        "place": "Sơn La",
        "issued_on": "2025-12-09",
        "title": "Về phát triển kinh tế số tỉnh Sơn La đến năm 2030 (minh họa)",
        "signer": {"capacity": "CHỦ TỊCH", "name": "Lò Minh Thắng"},
        "recipients": ["Ủy ban Thường vụ Quốc hội", "UBND tỉnh", "Lưu: VT"],
    },
    targets=(
        "Kinh tế số chiếm ít nhất 20% GRDP | >= 20 % | firm | 2030-12-31",
        "Có từ 50 đến 60 doanh nghiệp công nghệ số hoạt động trên địa bàn | range 50 60 doanh nghiệp | firm | 2030-12-31",
        "Năng suất lao động tăng bình quân 8 - 10%/năm | growth 8 10 % | firm | 2030-12-31",
        "Phấn đấu thuộc nhóm 30 tỉnh dẫn đầu về chuyển đổi số | <= 30 tỉnh | hoped | 2030-12-31",
        "Giảm tối thiểu 30% thời gian xử lý hồ sơ | >= 30 % | firm | 2030-12-31",
        "100% hợp tác xã có tài khoản giao dịch điện tử | = 100 % | firm | 2030-12-31",
        "Hằng năm, tổ chức ít nhất 02 hội chợ nông sản trực tuyến | >= 2 hội chợ | firm |",
    ),
    deadlines=(
        "trong quý II năm 2026 >> period_end 2026-06-30",
        "Hằng năm >> recurring FREQ=YEARLY",
        "trước ngày 01/9/2028 >> moment 2028-08-31 before",
    ),
    references=("72/2025/QH15", "215/TTr-UBND", "52-NQ/TW", "411/QĐ-TTg"),
    annexes=("Phụ lục 1 = present", "Phụ lục 2 = missing"),
)
