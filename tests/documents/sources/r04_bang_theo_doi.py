"""A steering committee's tracking list: begin and end, states and reports of what was done, which are no products."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="bang-theo-doi-ban-chi-dao",
    formats=("docx", "xlsx", "pdf-browser"),
    parts=(
        Para("PHỤ LỤC 2", "title"),
        Para("TIẾN ĐỘ NHIỆM VỤ CỦA BAN CHỈ ĐẠO (minh họa)", "title"),
        Table(
            "number title lead coordinating due end person state report",
            (
                "STT | Nhiệm vụ | Đơn vị thực hiện | < | Thời gian thực hiện | < | Thành viên Ban Chỉ đạo phụ trách | Trạng thái | Kết quả thực hiện",
                "^ | ^ | Chủ trì | Phối hợp | Bắt đầu | Kết thúc | ^ | ^ | ^",
            ),
            (
                "# A | HẠ TẦNG SỐ |  |  |  |  |  |  | ",
                "1.1 | Phủ sóng 5G trung tâm các xã | [Viettel Lai Châu:viettel-lai-chau] | [VNPT Lai Châu:vnpt-lai-chau] | 01/02/2026 >> range 2026-02-01..2026-11-30 | 30/11/2026 | Đ/c Giàng A Tính | Trong hạn | Đã lắp 12 trạm, dự kiến xong trước 30/9/2026",
                "1.2 | Xóa điểm lõm sóng | [Sở KH&CN:so-kh-cn] | [UBND các xã, phường:ubnd-cac-xa-phuong] | 15/3/2026 >> range 2026-03-15..2026-12-31 | 31/12/2026 | Đ/c Giàng A Tính | Chậm | Hoàn thành khảo sát ngày 20/4/2026",
                "# B | DỮ LIỆU SỐ |  |  |  |  |  |  | ",
                "2.1 | Kho dữ liệu dùng chung | [Sở KH&CN:so-kh-cn] | [Công an tỉnh:cong-an-tinh] | 01/01/2026 >> range 2026-01-01..2026-06-30 | 30/6/2026 | Đ/c Vũ Minh Đức | Hoàn thành | Đã nghiệm thu",
            ),
            widths=(1, 5, 3, 3, 2, 2, 3, 2, 5),
            name="Theo doi",
        ),
    ),
    annexes=("Phụ lục 2 = present",),
    landscape=True,
)
