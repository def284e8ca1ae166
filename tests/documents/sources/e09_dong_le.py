"""Rows as many hands type them, as Word and as a web page: groups without number, children with letters and with
inherited cells, lists inside a cell, footnote marks, a table that goes on without its header, two tables that are no annex in between."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="phu-luc-nhieu-tay",
    formats=("docx", "html"),
    parts=(
        Para("PHỤ LỤC II", "title"),
        Para("GIAO NHIỆM VỤ CHO CÁC CƠ QUAN (minh họa)", "title"),
        Para("Thành viên tổ biên tập gồm:"),
        Table(
            head=("TT | Họ tên | Đơn vị | Nhiệm vụ được giao",),
            rows=("! 1 | Lê Văn An | Sở Nội vụ | Tổ trưởng", "! 2 | Đỗ Thị Bé | Sở Tài chính | Thư ký"),
        ),
        Para("1. Nhiệm vụ giao các cơ quan"),
        Table(
            "number title lead coordinating due product",
            (
                "TT | Nhiệm vụ và giải pháp | Cơ quan chịu trách nhiệm | Cơ quan, đơn vị phối hợp | Tiến độ | Sản phẩm dự kiến",
            ),
            (
                "= NHÓM CÔNG TRÌNH TRỌNG ĐIỂM",
                "1 | Xây dựng trung tâm dữ liệu~¹~ | [Sở Khoa học và Công nghệ:so-kh-cn] | [Sở Xây dựng:so-xay-dung] | 2026 - 2028 >> range 2026-01-01..2028-12-31 | Trung tâm dữ liệu",
                "a) | Lập chủ trương đầu tư | ^ | ^ | Quý I/2026 >> period_end 2026-03-31 | Quyết định chủ trương",
                "b) | Thi công, lắp đặt | ^ | [Công ty Điện lực Lai Châu:dien-luc] | Năm 2027 >> period_end 2027-12-31 | Công trình",
                "2 | Tổ chức cuộc thi sáng tạo trẻ, gồm:⏎- Vòng sơ khảo tại xã;⏎- Vòng chung khảo tại tỉnh. | [Tỉnh đoàn:tinh-doan] | [Sở Giáo dục và Đào tạo:so-gd-dt] | Tháng 9/2026 >> period_end 2026-09-30 | 01 cuộc thi~[2]~",
                "+ | Trao giải và công bố trên báo | | [Báo và Phát thanh, truyền hình Lai Châu:bao-ptth] | | ; danh sách giải",
                "= NHÓM VIỆC THƯỜNG NIÊN",
                "3 | Duy trì đường dây hỏi đáp | [VNPT Lai Châu:vnpt-lai-chau] | | Thường xuyên >> recurring | ",
                "3 | Bảo dưỡng trạm phát sóng | [Viettel Lai Châu:viettel-lai-chau] | | 06 tháng/lần >> recurring FREQ=MONTHLY;INTERVAL=6 | Nhật ký bảo dưỡng",
            ),
            widths=(1, 5, 3, 3, 3, 3),
        ),
        Table(
            "number title lead coordinating due product",
            (),
            (
                "4 | Kiểm thử an toàn thông tin | [Công an tỉnh:cong-an-tinh] | [Sở KH&CN:so-kh-cn] | Hằng năm >> recurring FREQ=YEARLY | Báo cáo kiểm thử",
                "5 | Diễn tập ứng cứu sự cố | [Công an tỉnh:cong-an-tinh] | | Trước ngày 30/10/2026 >> moment 2026-10-29 before | Kịch bản diễn tập",
            ),
            continues=True,
            widths=(1, 5, 3, 3, 3, 3),
        ),
        Para("2. Dự toán"),
        Table(
            head=("TT | Nội dung chi | Đơn vị tính | Số lượng | Thành tiền",),
            rows=("! 1 | In tài liệu | bộ | 500 | 25.000.000", "! 2 | Thuê hội trường | buổi | 2 | 10.000.000"),
        ),
    ),
    annexes=("Phụ lục II = present",),
)
