"""A plan whose goals are told in sentences: several amounts in one, ratios, amounts of money, figures that only describe;
with the numbers of roads, forms, posts and past years among them."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para

DOCUMENT = Document(
    name="ke-hoach-muc-tieu",
    formats=("docx", "pdf"),
    parts=(
        Para("ỦY BAN NHÂN DÂN"),
        Para("TỈNH GIA LAI"),
        Para("Số: 1502/KH-UBND"),
        Para("Gia Lai, ngày 03 tháng 11 năm 2025"),
        Para("KẾ HOẠCH", "title"),
        Para("Phát triển nông nghiệp thông minh giai đoạn 2026 - 2030 (minh họa)", "title"),
        Para("Căn cứ Quyết định số 150/QĐ-TTg ngày 28/01/2022 của Thủ tướng Chính phủ phê duyệt Chiến lược phát triển nông nghiệp giai đoạn 2021 - 2030, UBND tỉnh ban hành Kế hoạch:"),
        Para("I. THỰC TRẠNG"),
        Para("- Năm 2024, toàn tỉnh có 1.350 ha cà phê ghép cải tạo và 12 hợp tác xã ứng dụng công nghệ."),
        Para("II. MỤC TIÊU"),
        Para("- Đến năm 2028, diện tích tưới tiết kiệm đạt 5.000 ha; đến năm 2030 đạt 9.000 ha."),
        Para("- Giá trị sản xuất trên một ha tăng từ 8 đến 10% mỗi năm."),
        Para("- Tối thiểu 60% hộ trồng cà phê có nhật ký điện tử, trong đó hộ dân tộc thiểu số không dưới 45%."),
        Para("- Thu hút trên 2.000 tỷ đồng vốn đầu tư vào chế biến sâu."),
        Para("- Tỷ lệ thất thoát sau thu hoạch còn dưới 8,5%."),
        Para("III. NHIỆM VỤ"),
        Para("1. Sở Nông nghiệp và Môi trường lập bản đồ thổ nhưỡng tỷ lệ 1/25.000, trình phê duyệt trong tháng 6/2026."),
        Para("2. Sở Công Thương mở gian hàng tại km 12 Quốc lộ 19, theo Mẫu số 03 của Thông tư số 09/2022/TT-BNNPTNT."),
        Para("3. Sở Khoa học và Công nghệ đưa mạng 5G, sóng IoT đến 4 vùng chuyên canh trước ngày 31/12/2027."),
        Para("IV. TỔ CHỨC THỰC HIỆN"),
        Para("1. Các sở, ngành phân công cán bộ theo dõi, gửi danh sách về Sở Nông nghiệp và Môi trường."),
        Para("2. Kế hoạch này thay thế Kế hoạch số 874/KH-UBND ngày 12/5/2021 của UBND tỉnh./."),
        Para("Nơi nhận:"),
        Para("- Bộ Nông nghiệp và Môi trường;"),
        Para("- Lưu: VT, NL."),
        Para("KT. CHỦ TỊCH"),
        Para("PHÓ CHỦ TỊCH"),
        Para("Dương Mah Tiệp"),
    ),
    facts={
        "kind": "Kế hoạch", "symbol": "1502/KH-UBND", "number": "1502", "issuer": "ỦY BAN NHÂN DÂN TỈNH GIA LAI",
        "place": "Gia Lai", "issued_on": "2025-11-03",
        "title": "Phát triển nông nghiệp thông minh giai đoạn 2026 - 2030 (minh họa)",
        "signer": {"capacity": "KT. CHỦ TỊCH; PHÓ CHỦ TỊCH", "name": "Dương Mah Tiệp"},
        "recipients": ["Bộ Nông nghiệp và Môi trường", "Lưu: VT, NL"],
    },
    targets=(
        "Đến năm 2028, diện tích tưới tiết kiệm đạt 5.000 ha | = 5000 ha | firm | 2028-12-31",
        "đến năm 2030 đạt 9.000 ha | = 9000 ha | firm | 2030-12-31",
        "Giá trị sản xuất trên một ha tăng từ 8 đến 10% mỗi năm | growth 8 10 % | firm |",
        "Tối thiểu 60% hộ trồng cà phê có nhật ký điện tử | >= 60 % | firm |",
        "hộ dân tộc thiểu số không dưới 45% | >= 45 % | firm |",
        "Thu hút trên 2.000 tỷ đồng vốn đầu tư vào chế biến sâu | > 2000 tỷ đồng | firm |",
        "Tỷ lệ thất thoát sau thu hoạch còn dưới 8,5% | < 8.5 % | firm |",
    ),
    deadlines=(
        "Đến năm 2028 >> period_end 2028-12-31",
        "đến năm 2030 >> period_end 2030-12-31",
        "trong tháng 6/2026 >> period_end 2026-06-30",
        "trước ngày 31/12/2027 >> moment 2027-12-30 before",
    ),
    references=("150/QĐ-TTg", "09/2022/TT-BNNPTNT", "874/KH-UBND"),
)  # fmt: skip
