"""A city's annex as Word: a header of three rows, numbers that Word counts by itself, numbers that begin anew in each
group, group titles merged over the rest of the row, a row that says nothing but its title, a total at the end."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="phu-luc-thanh-pho",
    formats=("docx",),
    parts=(
        Para("PHỤ LỤC SỐ 2", "title"),
        Para("PHÂN CÔNG THỰC HIỆN ĐỀ ÁN ĐÔ THỊ THÔNG MINH THÀNH PHỐ HẢI MINH (minh họa)", "title"),
        Table(
            "number title lead coordinating due product budget",
            (
                "TT | Nội dung nhiệm vụ | Trách nhiệm thực hiện | < | Tiến độ hoàn thành | Kết quả | Kinh phí dự kiến (triệu đồng)",
                "^ | ^ | Cơ quan | < | ^ | ^ | ^",
                "^ | ^ | Chủ trì | Phối hợp | ^ | ^ | ^",
            ),
            (
                "# I | Giao thông thông minh | < | < | < | < | <",
                "a:1 | Lắp đèn tín hiệu thích ứng tại 24 nút giao | [Sở Xây dựng:so-xay-dung] | [Công an tỉnh:cong-an-tinh] | 2026 - 2027 >> range 2026-01-01..2027-12-31 | 24 nút giao | 36.000",
                "a:2 | Vé điện tử liên thông xe buýt | [Sở Xây dựng:so-xay-dung] | [Ngân hàng Nhà nước Khu vực 3:nhnn-kv3] | Quý IV/2026 >> period_end 2026-12-31 | Hệ thống vé | 8.500",
                "# II | Môi trường | < | < | < | < | <",
                "a:3 | Mạng cảm biến chất lượng không khí | [Sở Nông nghiệp và Môi trường:so-nn-mt] | [Sở Khoa học và Công nghệ:so-kh-cn]; [Sở Y tế:so-y-te] | 9/2026 >> period_end 2026-09-30 | 15 trạm | 12.000",
                "a:4 | Tham gia mạng lưới đô thị xanh | | | | | ",
                "# III | An sinh | < | < | < | < | <",
                "a:5 | Thẻ an sinh số | [Sở Nội vụ:so-noi-vu] | [Bảo hiểm xã hội tỉnh:bhxh-tinh], [UBND các phường, xã:ubnd-cac-xa-phuong] | Trước 31/10/2026 >> moment 2026-10-30 before | 100% đối tượng có thẻ | 5.200",
                "! | Tổng cộng | | | | | 61.700",
            ),
            widths=(1, 5, 3, 3, 3, 3, 2),
        ),
        Para("Phụ lục số 3 về khái toán kinh phí ban hành riêng."),
    ),
    annexes=("Phụ lục 2 = present",),
    landscape=True,
)
