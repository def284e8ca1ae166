"""A workbook with one sheet a year: titles above the header, numbers that begin anew, a signature below the table, and
a sheet for printing that repeats nothing."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

HEAD = ("STT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian | Sản phẩm đầu ra | Ghi chú",)
ROLES = "number title lead coordinating due product note"

DOCUMENT = Document(
    name="bieu-theo-nam",
    formats=("xlsx",),
    parts=(
        Para("SỞ CÔNG THƯƠNG TỈNH LAI CHÂU"),
        Para("BIỂU TỔNG HỢP NHIỆM VỤ NĂM 2026 (minh họa)"),
        Table(
            ROLES,
            HEAD,
            (
                "# I | Công nghiệp",
                "n:1 | Hỗ trợ nhà máy chè lắp dây chuyền tự động | [Sở Công Thương:so-cong-thuong] | [Sở Tài chính:so-tai-chinh] | n:2026 >> period_end 2026-12-31 | 02 dây chuyền | ",
                "n:2 | Kiểm toán năng lượng cơ sở trọng điểm | [Sở Công Thương:so-cong-thuong] | [Công ty Điện lực Lai Châu:dien-luc] | d:2026-10-31 >> moment 2026-10-31 | Báo cáo kiểm toán | Thuê ngoài",
                "# II | Thương mại",
                "n:1 | Đưa nông sản lên sàn điện tử | [Sở Công Thương:so-cong-thuong] | [UBND các xã, phường:ubnd-cac-xa-phuong] | Thường xuyên >> recurring | 60 sản phẩm | ",
            ),
            name="Năm 2026",
        ),
        Para("Người lập biểu: Trần Thị Lan"),
        Table(
            ROLES,
            HEAD,
            (
                "n:1 | Sàn giao dịch điện tử cấp tỉnh | [Sở Công Thương:so-cong-thuong] | [Sở KH&CN:so-kh-cn] | Quý II/2027 >> period_end 2027-06-30 | Sàn giao dịch | ",
                "n:2 | Ngày hội tiêu dùng số | [Sở Công Thương:so-cong-thuong] | [Hiệp hội Doanh nghiệp tỉnh:hiep-hoi-dn] | Hằng năm >> recurring FREQ=YEARLY | | ",
            ),
            name="Năm 2027",
        ),
        Para("Người lập biểu: Trần Thị Lan"),
    ),
)
