"""A ministry's decision in articles as Word: a plan with duties by the six clear points, an annex by PDF of its table."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, PageBreak, Para, Table

DOCUMENT = Document(
    name="quyet-dinh-bo",
    formats=("docx", "doc", "pdf-libreoffice"),
    parts=(
        Table(
            rows=(
                "BỘ KHOA HỌC VÀ CÔNG NGHỆ⏎⏎Số: 503/QĐ-BKHCN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM⏎Độc lập - Tự do - Hạnh phúc⏎Hà Nội, ngày 28 tháng 3 năm 2026",
            ),
            borders=False,
            widths=(7, 10),
        ),
        Para("QUYẾT ĐỊNH", "title"),
        Para("Phê duyệt Kế hoạch phát triển trợ lý ảo phục vụ cán bộ, công chức (minh họa)", "title"),
        Para("Căn cứ Nghị định số 55/2025/NĐ-CP ngày 02 tháng 3 năm 2025 của Chính phủ;"),
        Para("Theo đề nghị của Cục trưởng Cục Chuyển đổi số quốc gia."),
        Para("Điều 1. Phê duyệt kèm theo Quyết định này Kế hoạch phát triển trợ lý ảo."),
        Para("Điều 2. Quyết định này có hiệu lực kể từ ngày ký."),
        Para("Điều 3. Các đơn vị báo cáo kết quả trước ngày 15 tháng 6 và trước ngày 01 tháng 12 hằng năm./."),
        Table(
            rows=(
                "Nơi nhận:⏎- Như Điều 3;⏎- Văn phòng Chính phủ;⏎- Lưu: VT, CĐSQG. | KT. BỘ TRƯỞNG⏎THỨ TRƯỞNG⏎⏎Phạm Đức Long",
            ),
            borders=False,
            widths=(8, 9),
        ),
        PageBreak(),
        Para("PHỤ LỤC", "title"),
        Para("DANH MỤC NHIỆM VỤ", "title"),
        Table(
            "number title lead coordinating head authority due product",
            (
                "STT | Tên nhiệm vụ | Đơn vị chủ trì thực hiện | Đơn vị phối hợp thực hiện | Lãnh đạo phụ trách | Cấp phê duyệt | Thời hạn thực hiện | Sản phẩm",
            ),
            (
                "! 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8",
                "1 | Xây dựng kho tri thức dùng chung | [Cục Chuyển đổi số quốc gia:?] | [Văn phòng Bộ:?] | Thứ trưởng | Bộ trưởng | Tháng 6/2026 >> period_end 2026-06-30 | Kho tri thức",
                "2 | Huấn luyện mô hình ngôn ngữ tiếng Việt | [Viện Công nghệ số và Chuyển đổi số quốc gia:?] | [Các doanh nghiệp công nghệ số:?] | Thứ trưởng | Bộ trưởng | 2026-2027 >> range 2026-01-01..2027-12-31 | Mô hình",
                "3 | Ban hành tiêu chí đánh giá | [Cục Chuyển đổi số quốc gia:?] | [Vụ Pháp chế:?] | | Bộ trưởng | Quý IV/2026 >> period_end 2026-12-31 | Thông tư",
            ),
            widths=(1, 4, 3, 3, 2, 2, 2, 2),
        ),
    ),
    facts={
        "kind": "Quyết định",
        "symbol": "503/QĐ-BKHCN",
        "number": "503",
        "issuer": "BỘ KHOA HỌC VÀ CÔNG NGHỆ",
        "place": "Hà Nội",
        "issued_on": "2026-03-28",
        "title": "Phê duyệt Kế hoạch phát triển trợ lý ảo phục vụ cán bộ, công chức (minh họa)",
        "signer": {"capacity": "KT. BỘ TRƯỞNG; THỨ TRƯỞNG", "name": "Phạm Đức Long"},
        "recipients": ["Như Điều 3", "Văn phòng Chính phủ", "Lưu: VT, CĐSQG"],
    },
    deadlines=(
        "trước ngày 15 tháng 6 >> recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=14 before",
        "trước ngày 01 tháng 12 hằng năm >> recurring FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30 before",
    ),
    references=("55/2025/NĐ-CP",),
    annexes=("Phụ lục = present",),
    landscape=True,
)
