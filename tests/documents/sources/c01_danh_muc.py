"""A workbook of the old kind: codes that Excel turned into numbers, codes with prefixes, cells merged down, days as
days, a guidance sheet and a money sheet beside the list."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, PageBreak, Para, Table

ROWS = (
    "= CỘT MỐC QUÝ I",
    "n:1 | Kiện toàn tổ công tác | [Sở Nội vụ:so-noi-vu] | [Các sở, ban, ngành:cac-so-ban-nganh] | d:2026-03-31 >> moment 2026-03-31 | Quyết định",
    "n:2 | Khảo sát hạ tầng mạng | [Sở Khoa học và Công nghệ:so-kh-cn] | [Viễn thông Lai Châu:vnpt-lai-chau] | n:2026 >> period_end 2026-12-31 | Báo cáo khảo sát",
    "n:13 | Chuẩn hóa địa chỉ số | ^ | [Bưu điện tỉnh:buu-dien-tinh] | Quý I/2026 >> period_end 2026-03-31 | ",
    "13.1 | Thu thập tọa độ | ^ | | Quý I/2026 >> period_end 2026-03-31 | Tệp tọa độ",
    "13.10 | Gắn biển số nhà | ^ | [UBND các xã, phường:ubnd-cac-xa-phuong] | Quý IV/2026 >> period_end 2026-12-31 | 20.000 biển số",
    "= CỘT MỐC QUÝ II",
    "1a | Thuê tư vấn thiết kế | [Sở Xây dựng:so-xay-dung] | [Sở Tài chính:so-tai-chinh] | d:2026-05-15 >> moment 2026-05-15 | Hợp đồng",
    "12đ | Thẩm định thiết kế | [Sở Xây dựng:so-xay-dung] | [Sở Tài chính:so-tai-chinh] | d:2026-06-30 >> moment 2026-06-30 | Kết quả thẩm định",
    "KH20_TT_N01.1.2 | Mua sắm thiết bị | [Sở Tài chính:so-tai-chinh] | | Trước ngày 30/6/2026 >> moment 2026-06-29 before | Biên bản nghiệm thu",
    "KH20_TT_N01.1.3 | Lắp đặt thiết bị | [Sở Tài chính:so-tai-chinh] | | 6/2026 >> period_end 2026-06-30 | Biên bản bàn giao",
    "n:2 | Kiểm tra sau lắp đặt | [Thanh tra tỉnh:thanh-tra-tinh] | | 6 tháng cuối năm 2026 >> period_end 2026-12-31 | Kết luận thanh tra",
    "05 | Vận hành chính thức | [Sở Khoa học và Công nghệ:so-kh-cn] | [Công an tỉnh:cong-an-tinh] | | ",
)

DOCUMENT = Document(
    name="danh-muc-cong-trinh",
    formats=("xls", "xlsx"),
    parts=(
        Para("HƯỚNG DẪN"),
        Para("Sheet Danh mục ghi việc; sheet Vốn ghi tiền. Số liệu minh họa."),
        PageBreak(),
        Table(
            "number title lead coordinating due product",
            ("Mã số | Tên nhiệm vụ | Cơ quan thực hiện | Cơ quan phối hợp | Hạn hoàn thành | Kết quả",),
            ROWS,
            widths=(3, 7, 5, 5, 3, 4),
            name="Danh mục",
        ),
        Table(
            head=("TT | Nguồn vốn | Số tiền",),
            rows=("! n:1 | Ngân sách tỉnh | n:12500", "! n:2 | Trung ương hỗ trợ | n:30000", "! | Cộng | n:42500"),
            name="Vốn",
        ),
    ),
)
