"""Indicators whose unit stands in the target itself, two years in one cell, no column of numbers; Word and old Excel."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="muc-tieu-nganh",
    formats=("docx", "xls"),
    parts=(
        Para("PHỤ LỤC IV", "title"),
        Para("MỤC TIÊU NGÀNH GIÁO DỤC (minh họa)", "title"),
        Table(
            "name target lead",
            ("Nội dung chỉ tiêu | Mục tiêu đến năm 2030 | Cơ quan, đơn vị thực hiện",),
            (
                "Trường phổ thông có phòng học thông minh | ≥ 30% >> >= 30 | [Sở Giáo dục và Đào tạo:so-gd-dt]",
                "Học bạ số | 50% (2028); 100% (2030) >> = 50 (2028) & = 100 (2030) | [Sở GD&ĐT:so-gd-dt]",
                "Giáo viên dùng được trí tuệ nhân tạo | Trên 95% >> > 95 | [Sở GD&ĐT:so-gd-dt]",
                "Trường chưa có Internet | Dưới 5% >> < 5 | [VNPT Lai Châu:vnpt-lai-chau]",
                "Số học sinh trên một máy tính | Tối đa 08 >> <= 8 | [Sở GD&ĐT:so-gd-dt]",
                "Xếp hạng chuyển đổi số giáo dục | Top 10 >> <= 10 | [Sở GD&ĐT:so-gd-dt]",
                "Bài giảng số dùng chung | 1.200 – 1.500 >> range 1200 1500 | [Trường Cao đẳng Lai Châu:truong-cao-dang]",
                "Học liệu tiếng dân tộc | Tăng 12%/năm >> growth 12 | [Sở Dân tộc và Tôn giáo:so-dt-tg]",
                "Văn hóa đọc số | Lan tỏa rộng khắp >> words | [Sở Văn hóa, Thể thao và Du lịch:so-vhttdl]",
            ),
            horizon="2030",
            widths=(8, 5, 6),
        ),
    ),
    annexes=("Phụ lục IV = present",),
)
