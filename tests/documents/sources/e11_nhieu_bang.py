"""Several small tables, each headed in its own words, and numbering of two levels; as Word and as PDF with
lines and without."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, PageBreak, Para, Table

DOCUMENT = Document(
    name="nhieu-bang-tieu-de",
    formats=("docx", "pdf", "pdf-bare"),
    parts=(
        Para("PHỤ LỤC I", "title"),
        Para("VIỆC CỦA BAN CHỈ ĐẠO (minh họa)", "title"),
        Table(
            "number title due product lead",
            ("SỐ TT | NỘI DUNG | THỜI GIAN | KẾT QUẢ | ĐƠN VỊ",),
            (
                "# 1 | Về tổ chức bộ máy",
                "1.1 | Ban hành quy chế làm việc | 02/2026 >> period_end 2026-02-28 | Quy chế | [Sở Nội vụ:so-noi-vu]",
                "1.2 | Phân công thành viên phụ trách | 3/2026 >> period_end 2026-03-31 | Thông báo | [Văn phòng UBND tỉnh:vp-ubnd-tinh]",
                "# 2 | Về hội họp",
                "2.1 | Họp định kỳ | Hàng quý >> recurring FREQ=MONTHLY;INTERVAL=3 | Kết luận cuộc họp | [Văn phòng UBND tỉnh:vp-ubnd-tinh]",
                "2.2 | Hội nghị tổng kết | 12/2026 >> period_end 2026-12-31 | | [Sở Khoa học và Công nghệ:so-kh-cn]",
            ),
            widths=(1, 5, 3, 3, 4),
        ),
        PageBreak(),
        Para("PHỤ LỤC II", "title"),
        Para("VIỆC CỦA CÁC XÃ (minh họa)", "title"),
        Table(
            "number title lead coordinating due product",
            ("Stt | Tên công việc | Cơ quan, đơn vị thực hiện | Phối hợp | Lộ trình | Kết quả đầu ra",),
            (
                "1 | Lập điểm hỗ trợ dịch vụ công | [UBND các xã, phường:ubnd-cac-xa-phuong] | [Bưu điện tỉnh:buu-dien-tinh] | Quý II/2026 >> period_end 2026-06-30 | 38 điểm",
                "2 | Gắn mã QR tại điểm du lịch | [UBND xã Sin Suối Hồ:03394] | [Sở VHTTDL:so-vhttdl] | 30/4/2026 >> moment 2026-04-30 | Mã QR",
            ),
            widths=(1, 5, 4, 3, 3, 3),
        ),
        Para("PHỤ LỤC III", "title"),
        Para("CHỈ SỐ THEO DÕI (minh họa)", "title"),
        Table(
            "number name unit_text target due lead",
            ("TT | Tên chỉ số | Đơn vị đo | Giá trị mục tiêu | Thời hạn | Cơ quan theo dõi",),
            (
                "1 | Tỷ lệ điểm hỗ trợ hoạt động thường xuyên | % | 100 >> = 100 | 2026 | [Sở KH&CN:so-kh-cn]",
                "2 | Lượt người dân được hỗ trợ | lượt/năm | ≥ 10.000 >> >= 10000 | 2026 | [UBND các xã, phường:ubnd-cac-xa-phuong]",
                "3 | Thời gian chờ trung bình | phút | < 15 >> < 15 | 2027 | [Văn phòng UBND tỉnh:vp-ubnd-tinh]",
            ),
            widths=(1, 5, 3, 3, 2, 4),
        ),
    ),
    annexes=("Phụ lục I = present", "Phụ lục II = present", "Phụ lục III = present"),
)
