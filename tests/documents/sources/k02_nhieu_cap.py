"""Groups inside groups down to numbers with points, with tasks on each level; columns headed in other words; lines only
between the rows in the PDF."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="phu-luc-nhieu-cap",
    formats=("docx", "pdf-open", "md"),
    parts=(
        Para("PHỤ LỤC 1", "title"),
        Para("NHIỆM VỤ TRỌNG TÂM (minh họa)", "title"),
        Table(
            "number title lead coordinating due product",
            (
                "STT | Nội dung, nhiệm vụ | Đơn vị chủ trì tham mưu | Đơn vị phối hợp tham mưu | Thời gian trình | Sản phẩm/kết quả",
            ),
            (
                "# A | LĨNH VỰC VĂN HÓA",
                "# I | Di sản",
                "# 1 | Số hóa di tích",
                "1.1 | Quét ba chiều đình làng | [Sở Văn hóa, Thể thao và Du lịch:so-vhttdl] | [UBND các xã, phường:ubnd-cac-xa-phuong] | Quý II/2026 >> period_end 2026-06-30 | 05 mô hình",
                "1.2 | Lập hồ sơ ảnh hiện vật | [Sở Văn hóa, Thể thao và Du lịch:so-vhttdl] | | Quý III/2026 >> period_end 2026-09-30 | 1.000 ảnh",
                "# 2 | Trưng bày trực tuyến",
                "2.1 | Bảo tàng ảo | [Sở Văn hóa, Thể thao và Du lịch:so-vhttdl] | [Sở KH&CN:so-kh-cn] | 2027 >> period_end 2027-12-31 | Bảo tàng ảo",
                "# II | Thư viện",
                "3 | Thư viện số dùng chung | [Sở Giáo dục và Đào tạo:so-gd-dt] | [Sở Văn hóa, Thể thao và Du lịch:so-vhttdl] | Năm 2026 >> period_end 2026-12-31 | ",
                "# B | LĨNH VỰC THỂ THAO",
                "4 | Đặt lịch sân bãi trực tuyến | [Sở Văn hóa, Thể thao và Du lịch:so-vhttdl] | [Tỉnh đoàn:tinh-doan] | 30/11/2026 >> moment 2026-11-30 | Ứng dụng đặt lịch",
            ),
            widths=(1, 5, 4, 4, 3, 3),
        ),
    ),
    annexes=("Phụ lục 1 = present",),
    landscape=True,
)
