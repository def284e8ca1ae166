"""Text that came from a scan: letters apart (NFD), slips of the machine, tone marks in old places, hard spaces, a broken
paragraph, blank number and date; the annex it speaks of is not there."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para

DOCUMENT = Document(
    name="van-ban-quet",
    formats=("txt-nfd",),
    parts=(
        Para("UBND TỈNH HÀ GIANG\nSỞ KHOA HỌC VÀ CÔNG NGHỆ"),
        Para("Số:     /KH-SKHCN"),
        Para("Hà Giang, ngày 05 tháng 02 năm 2025"),
        Para("KẾ HOẠCH"),
        Para("Thực hiện chuyên đổi số trong hoạt động của Sở (minh hoạ)"),
        Para("Căn cứ Quyết định số 1190/QĐ-UBND ngày 30/12/2024 của Uỷ ban nhân dân tỉnh Hà Giang, Sở ban hành kế hoạch:"),
        Para("I. MỤC TIÊU"),
        Para("- Phần đấu 95% văn bản được ký số trong năm 2025."),
        Para("- Tối thiểu 1.500 hồ sơ giấy được số hoá trước ngày 30/11/2025."),
        Para("- 100% phòng chuyên môn sử dụng\u00a0hệ thống theo dõi nhiệm vụ; không dùng tài khoản chung."),
        Para("II. NHIỆM VỤ"),
        Para("1. Văn phòng Sở lập danh mục hồ sơ theo Thông tư số 16/2023/TT-BNV, hoàn thành trong tháng 4"),
        Para("năm 2025 và báo cáo Giám đốc."),
        Para("2. Phòng Kế hoạch - Tài chính bố trí 450 triệu đồng từ nguồn chi thường xuyên."),
        Para("3. Trung tâm Ứng dụng tiến bộ khoa học bảo trì máy chủ hàng quý."),
        Para("(Chi tiết tại Phụ lục kèm theo)"),
        Para("III. TỔ CHỨC THỰC HIỆN"),
        Para("1. Các phòng gửi báo cáo về Văn phòng Sở chậm nhất ngày 15/11/2025./."),
        Para("Nơi nhận:\n- UBND tỉnh (báo cáo);\n- Lưu: VT, VP."),
        Para("GIÁM ĐỐC"),
        Para("Nguyễn Thuý Hằng"),
    ),
    facts={
        "kind": "Kế hoạch", "symbol": "/KH-SKHCN", "issuer": "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "place": "Hà Giang",
        "issued_on": "2025-02-05", "title": "Thực hiện chuyên đổi số trong hoạt động của Sở (minh hoạ)",
        "signer": {"capacity": "GIÁM ĐỐC", "name": "Nguyễn Thuý Hằng"}, "recipients": ["UBND tỉnh (báo cáo)", "Lưu: VT, VP"],
    },
    targets=(
        "Phần đấu 95% văn bản được ký số trong năm 2025 | = 95 % | hoped | 2025-12-31",
        "Tối thiểu 1.500 hồ sơ giấy được số hoá trước ngày 30/11/2025 | >= 1500 hồ sơ | firm | 2025-11-29",
        "100% phòng chuyên môn sử dụng hệ thống theo dõi nhiệm vụ | = 100 % | firm |",
    ),
    deadlines=(
        "trong năm 2025 >> period_end 2025-12-31",
        "trước ngày 30/11/2025 >> moment 2025-11-29 before",
        "trong tháng 4 năm 2025 >> period_end 2025-04-30",
        "hàng quý >> recurring FREQ=MONTHLY;INTERVAL=3",
        "chậm nhất ngày 15/11/2025 >> moment 2025-11-15",
    ),
    references=("1190/QĐ-UBND", "16/2023/TT-BNV"),
    annexes=("Phụ lục = missing",),
)  # fmt: skip
