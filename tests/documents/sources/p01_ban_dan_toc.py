"""A board's plan first read after the reader was made: who leads told in a sentence, other forms of numbers,
counts in group titles, goals and deadlines in words not used elsewhere in this set."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="ke-hoach-dan-toc",
    formats=("docx", "pdf-libreoffice", "html"),
    parts=(
        Table(
            rows=(
                "UBND TỈNH HÒA BÌNH⏎BAN DÂN TỘC | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM⏎Độc lập - Tự do - Hạnh phúc",
                "Số: 264/KH-BDT | Hòa Bình, ngày 17 tháng 01 năm 2025",
            ),
            borders=False,
        ),
        Para("KẾ HOẠCH", "title"),
        Para("Ứng dụng công nghệ trong công tác dân tộc giai đoạn 2025 - 2027 (minh họa)", "title"),
        Para("Căn cứ Nghị định số 05/2011/NĐ-CP ngày 14/01/2011 của Chính phủ về công tác dân tộc;"),
        Para("Ban Dân tộc xây dựng Kế hoạch với các nội dung sau:"),
        Para("I. MỤC TIÊU, CHỈ TIÊU", "heading"),
        Para("1. Từ nay đến hết năm 2026, trên 90% già làng, người có uy tín được cấp điện thoại thông minh."),
        Para("2. Tỷ lệ xã có nhà văn hóa kết nối Internet đạt từ 85% trở lên."),
        Para("3. Giảm thời gian giải quyết kiến nghị xuống không quá 03 ngày làm việc."),
        Para("4. Mỗi năm tăng thêm ít nhất 500 hộ biết bán hàng trên mạng."),
        Para("II. NHIỆM VỤ", "heading"),
        Para("1. Phòng Chính sách tham mưu danh sách thụ hưởng, trình Lãnh đạo Ban chậm nhất trong quý I/2025."),
        Para("2. Thanh tra Ban kiểm tra việc cấp phát, kết thúc trước thời điểm 01/7/2026."),
        Para("3. Văn phòng Ban tổng hợp báo cáo năm theo Thông tư số 02/2023/TT-UBDT ngày 21/8/2023, gửi Ủy ban Dân tộc trước ngày 05 tháng 01 hằng năm."),
        Para("III. PHÂN CÔNG", "heading"),
        Para("Chi tiết tại Biểu kèm theo Kế hoạch này./."),
        Table(
            rows=("Nơi nhận:⏎- Ủy ban Dân tộc;⏎- UBND tỉnh;⏎- Lưu: VT, VP. | TRƯỞNG BAN⏎⏎⏎Bùi Thị Niềm",),
            borders=False,
        ),
        Para("PHỤ LỤC", "title"),
        Para("PHÂN CÔNG NHIỆM VỤ (minh họa)", "title"),
        Table(
            "number title lead due product",
            ("Stt | Nội dung công việc | Đơn vị chủ trì, phối hợp | Thời hạn hoàn thành | Sản phẩm đạt được",),
            (
                "= I. NHÓM VIỆC VỀ HẠ TẦNG (02 việc)",
                "1) | Lắp mạng cho nhà văn hóa thôn | [Sở Thông tin và Truyền thông:so-tt-tt] chủ trì, phối hợp với [Viettel Lai Châu:viettel-lai-chau+] | Trong 6 tháng đầu năm 2025 >> period_end 2025-06-30 | 120 điểm",
                "2) | Cấp điện thoại thông minh | [Ban Dân tộc:ban-dan-toc] chủ trì; [Sở Tài chính:so-tai-chinh+], [UBND các huyện, thành phố:ubnd-cac-huyen+] phối hợp | Hoàn thành năm 2026 >> period_end 2026-12-31 | 900 máy",
                "= II. NHÓM VIỆC VỀ CON NGƯỜI (01 việc)",
                "3) | Dạy chữ Mường trên nền tảng số | Chủ trì: [Sở Giáo dục và Đào tạo:so-gd-dt] | Năm học 2025 - 2026 >> open | Khóa học trực tuyến",
            ),
            widths=(1, 5, 6, 3, 3),
        ),
    ),
    facts={
        "kind": "Kế hoạch", "symbol": "264/KH-BDT", "number": "264", "issuer": "BAN DÂN TỘC", "place": "Hòa Bình",
        "issued_on": "2025-01-17",
        "title": "Ứng dụng công nghệ trong công tác dân tộc giai đoạn 2025 - 2027 (minh họa)",
        "signer": {"capacity": "TRƯỞNG BAN", "name": "Bùi Thị Niềm"},
        "recipients": ["Ủy ban Dân tộc", "UBND tỉnh", "Lưu: VT, VP"],
    },
    targets=(
        "Từ nay đến hết năm 2026, trên 90% già làng, người có uy tín được cấp điện thoại thông minh | > 90 % | firm | 2026-12-31",
        "Tỷ lệ xã có nhà văn hóa kết nối Internet đạt từ 85% trở lên | >= 85 % | firm |",
        "Giảm thời gian giải quyết kiến nghị xuống không quá 03 ngày làm việc | <= 3 ngày | firm |",
        "Mỗi năm tăng thêm ít nhất 500 hộ biết bán hàng trên mạng | growth 500 hộ | firm |",
    ),
    deadlines=(
        "đến hết năm 2026 >> period_end 2026-12-31",
        "chậm nhất trong quý I/2025 >> period_end 2025-03-31",
        "trước thời điểm 01/7/2026 >> moment 2026-06-30 before",
        "trước ngày 05 tháng 01 hằng năm >> recurring FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=4 before",
    ),
    references=("05/2011/NĐ-CP", "02/2023/TT-UBDT"),
    annexes=("Phụ lục = present",),
    landscape=True,
)  # fmt: skip
