"""A whole plan of a province as Word: letterhead, prose with targets and deadlines, money and member tables, an annex
with a two-row header, a row that counts the columns, letter children and a header repeated on the second page."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, PageBreak, Para, Table

LETTERHEAD = Table(
    rows=(
        "ỦY BAN NHÂN DÂN⏎TỈNH LAI CHÂU | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM⏎Độc lập - Tự do - Hạnh phúc",
        "Số: 88/KH-UBND | Lai Châu, ngày 06 tháng 01 năm 2026",
    ),
    borders=False,
)
SIGNATURE = Table(
    rows=(
        "Nơi nhận:⏎- Bộ Khoa học và Công nghệ;⏎- Thường trực Tỉnh ủy;⏎- Các sở, ban, ngành tỉnh;⏎- Lưu: VT, KGVX. | "
        "TM. ỦY BAN NHÂN DÂN⏎CHỦ TỊCH⏎⏎Lò Văn Phương",
    ),
    borders=False,
)
HEAD = (
    "STT | Nội dung nhiệm vụ | Đơn vị thực hiện | < | Thời hạn | Sản phẩm đầu ra | Ghi chú",
    "^ | ^ | Chủ trì | Phối hợp | ^ | ^ | ^",
)
COUNT = "! (1) | (2) | (3) | (4) | (5) | (6) | (7)"
AGAIN = (
    "! STT | Nội dung nhiệm vụ | Đơn vị thực hiện | < | Thời hạn | Sản phẩm đầu ra | Ghi chú",
    "! | | Chủ trì | Phối hợp | | |",
)
ROWS = (
    COUNT,
    "# A | NHIỆM VỤ CHUNG",
    "# I | Hoàn thiện thể chế",
    "1 | Xây dựng đề án quản trị dữ liệu | [Sở Khoa học và Công nghệ:so-kh-cn] | [Công an tỉnh:cong-an-tinh], [Sở Nội vụ:so-noi-vu] | Tháng 5/2026 >> period_end 2026-05-31 | Đề án | Trình UBND tỉnh",
    "2 | Quy định mức chi cho nhiệm vụ khoa học | [Sở Tài chính:so-tai-chinh] | [Sở Khoa học và Công nghệ:so-kh-cn] | Quý III/2026 >> period_end 2026-09-30 | Nghị quyết | ",
    "# II | Hạ tầng và dữ liệu",
    "3 | Số hóa hồ sơ lưu trữ | [Sở Nội vụ:so-noi-vu] | [Văn phòng UBND tỉnh:vp-ubnd-tinh] | 2026-2027 >> range 2026-01-01..2027-12-31 | Kho hồ sơ số | ",
    "a) | Hồ sơ lưu trữ lịch sử | [Sở Nội vụ:so-noi-vu] | | 30/11/2026 >> moment 2026-11-30 | 500 mét giá hồ sơ | ",
    "b) | Hồ sơ lưu trữ cơ quan | [Các sở, ban, ngành:cac-so-ban-nganh] | | Năm 2027 >> period_end 2027-12-31 | | Theo lộ trình",
    *AGAIN,
    "4 | Trung tâm giám sát, điều hành thông minh | [Sở Khoa học và Công nghệ:so-kh-cn] | [Công an tỉnh:cong-an-tinh]; [VNPT Lai Châu:vnpt-lai-chau] | 6/2027 >> period_end 2027-06-30 | Trung tâm hoạt động | ",
    "# B | NHIỆM VỤ CỦA TỪNG NGÀNH",
    "5 | Bệnh án điện tử tại bệnh viện tuyến tỉnh | [Sở Y tế:so-y-te] | [Bảo hiểm xã hội tỉnh:bhxh-tinh] | Trước ngày 01/7/2026 >> moment 2026-06-30 before | 100% bệnh viện | ",
    "6 | Truy xuất nguồn gốc chè, sâm | [Sở Nông nghiệp và Môi trường:so-nn-mt] | [Sở Công Thương:so-cong-thuong]; [UBND các xã, phường:ubnd-cac-xa-phuong] | Hằng năm >> recurring FREQ=YEARLY | Báo cáo hằng năm | ",
)

DOCUMENT = Document(
    name="ke-hoach-tinh",
    formats=("docx", "pdf-libreoffice"),
    parts=(
        LETTERHEAD,
        Para("KẾ HOẠCH", "title"),
        Para("Triển khai khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số năm 2026 (minh họa)", "title"),
        Para(
            "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị; Nghị quyết số 71/NQ-CP ngày 01/4/2025 của "
            "Chính phủ, UBND tỉnh ban hành Kế hoạch như sau:"
        ),
        Para("I. MỤC TIÊU", "heading"),
        Para("1. Mục tiêu chung", "heading"),
        Para("- Tạo chuyển biến rõ rệt trong ứng dụng khoa học, lấy người dân và doanh nghiệp làm trung tâm."),
        Para("2. Mục tiêu cụ thể", "heading"),
        Para("- Đến hết năm 2026, ít nhất 70% hồ sơ thủ tục hành chính được xử lý trực tuyến toàn trình."),
        Para("- Phấn đấu 15 sản phẩm chủ lực được truy xuất nguồn gốc."),
        Para("- Chi cho khoa học, công nghệ đạt tối thiểu 3% tổng chi ngân sách hằng năm."),
        Para("- Phủ sóng 5G tại các khu công nghiệp, thử nghiệm 6G khi có điều kiện."),
        Para("II. NHIỆM VỤ VÀ GIẢI PHÁP", "heading"),
        Para("1. Về thể chế", "heading"),
        Para(
            "- Sở Tư pháp chủ trì, phối hợp với Sở Khoa học và Công nghệ rà soát văn bản của tỉnh, hoàn thành trước ngày "
            "30 tháng 6 năm 2026."
        ),
        Para(
            "- Tiếp tục thực hiện Chương trình chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030 ban hành kèm "
            "theo Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ."
        ),
        Para("(Chi tiết nhiệm vụ tại Phụ lục I; kinh phí tại Phụ lục II kèm theo)"),
        Para("III. KINH PHÍ", "heading"),
        Para("Nhu cầu kinh phí năm 2026 như sau:"),
        Table(
            head=("TT | Nguồn vốn | Số tiền (triệu đồng)",),
            rows=("! 1 | Ngân sách tỉnh | 12.500", "! 2 | Nguồn xã hội hóa | 4.000", "! | Tổng cộng | 16.500"),
        ),
        Para("IV. TỔ CHỨC THỰC HIỆN", "heading"),
        Para(
            "1. Sở Khoa học và Công nghệ là cơ quan đầu mối, theo dõi, đôn đốc; báo cáo UBND tỉnh trước ngày 10 tháng 12 "
            "hằng năm."
        ),
        Para(
            "2. Các sở, ban, ngành xây dựng kế hoạch của đơn vị, gửi về Sở Khoa học và Công nghệ trước ngày 31/01/2026."
        ),
        Para("Trên đây là Kế hoạch của UBND tỉnh; yêu cầu các đơn vị nghiêm túc thực hiện./."),
        SIGNATURE,
        PageBreak(),
        Para("PHỤ LỤC I", "title"),
        Para("DANH MỤC NHIỆM VỤ NĂM 2026", "title"),
        Table("number title lead coordinating due product note", HEAD, ROWS, widths=(1, 5, 3, 3, 2, 3, 2)),
        Para("Tổ giúp việc theo dõi Kế hoạch:"),
        Table(
            head=("TT | Họ và tên | Chức vụ | Số điện thoại",),
            rows=(
                "! 1 | Vàng A Sáng | Phó Giám đốc Sở | 0213 000 001",
                "! 2 | Tẩn Thị Hoa | Chuyên viên | 0213 000 002",
            ),
        ),
    ),
    facts={
        "kind": "Kế hoạch",
        "symbol": "88/KH-UBND",
        "number": "88",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU",
        "place": "Lai Châu",
        "issued_on": "2026-01-06",
        "title": "Triển khai khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số năm 2026 (minh họa)",
        "signer": {"capacity": "TM. ỦY BAN NHÂN DÂN; CHỦ TỊCH", "name": "Lò Văn Phương"},
        "recipients": ["Bộ Khoa học và Công nghệ", "Thường trực Tỉnh ủy", "Các sở, ban, ngành tỉnh", "Lưu: VT, KGVX"],
    },
    targets=(
        "Đến hết năm 2026, ít nhất 70% hồ sơ thủ tục hành chính được xử lý trực tuyến toàn trình | >= 70 % | firm | 2026-12-31",
        "Phấn đấu 15 sản phẩm chủ lực được truy xuất nguồn gốc | = 15 sản phẩm | hoped |",
        "Chi cho khoa học, công nghệ đạt tối thiểu 3% tổng chi ngân sách hằng năm | >= 3 % | firm |",
    ),
    deadlines=(
        "Đến hết năm 2026 >> period_end 2026-12-31",
        "trước ngày 30 tháng 6 năm 2026 >> moment 2026-06-29 before",
        "trước ngày 10 tháng 12 hằng năm >> recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=9 before",
        "trước ngày 31/01/2026 >> moment 2026-01-30 before",
    ),
    references=("57-NQ/TW", "71/NQ-CP", "749/QĐ-TTg"),
    annexes=("Phụ lục I = present", "Phụ lục II = missing"),
    landscape=True,
)
