"""A list kept as CSV in code page 1258 and, tabs between, in UTF-16: no column of numbers, columns in another order."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Table

DOCUMENT = Document(
    name="bang-phan-cong",
    formats=("csv-cp1258", "csv-utf16"),
    parts=(
        Table(
            "due title product lead coordinating note",
            (
                "Thời hạn | Nội dung thực hiện | Kết quả, sản phẩm | Cơ quan chủ trì thực hiện | Cơ quan phối hợp thực hiện | Ghi chú",
            ),
            (
                "15/01/2026 >> moment 2026-01-15 | Tiếp nhận máy chủ cũ, kiểm kê | Biên bản | [Sở Xây dựng:so-xay-dung] | [Sở Tài chính:so-tai-chinh] | ",
                "Quý I/2026 >> period_end 2026-03-31 | Chuyển dữ liệu cấp phép xây dựng | Cơ sở dữ liệu | [Sở Xây dựng:so-xay-dung] | [Sở Khoa học và Công nghệ:so-kh-cn], [Sở Văn hóa, Thể thao và Du lịch:so-vhttdl] | ưu tiên",
                "2026 và các năm tiếp theo >> open 2026-12-31 | Cập nhật bản đồ quy hoạch, công bố trên cổng | | [UBND các xã, phường:ubnd-cac-xa-phuong] | | ",
                " >> missing | Đào tạo người dùng | 3 lớp | [Trường Chính trị tỉnh:truong-chinh-tri] | [Sở Nội vụ:so-noi-vu] | chờ kinh phí",
                "Trước ngày 20/12 hằng năm >> recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=19 before | Báo cáo vận hành | Báo cáo | [Sở Xây dựng:so-xay-dung] | | ",
            ),
        ),
    ),
)
