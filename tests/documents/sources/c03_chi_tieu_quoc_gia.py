"""National indicators in groups by year, with two thresholds, ranges, growth, ranks and words, as a web page and PDF."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

ROWS = (
    "= Đến năm 2030 @2030",
    "1 | Xếp hạng năng lực cạnh tranh số | Thứ hạng | ≤ 3 Đông Nam Á; ≤ 50 thế giới >> <= 3 (Đông Nam Á) & <= 50 (thế giới) | [Bộ Khoa học và Công nghệ:bo-kh-cn]",
    "2 | Doanh nghiệp công nghệ số ngang tầm tiên tiến | Doanh nghiệp | ≥ 05 >> >= 5 | [Bộ Khoa học và Công nghệ:bo-kh-cn]",
    "3 | Nhân lực nghiên cứu và phát triển | người/vạn dân | 12 >> = 12 | [Bộ Khoa học và Công nghệ:bo-kh-cn]",
    "4 | Đơn đăng ký sáng chế | %/năm | Tăng 16 - 18 >> growth 16 18 | [Bộ Khoa học và Công nghệ:bo-kh-cn]",
    "5 | Công bố khoa học quốc tế | % | Tăng bình quân 10%/năm >> growth 10 | [Viện Hàn lâm Khoa học và Công nghệ Việt Nam:vien-han-lam-khcn]",
    "6 | Chỉ số phát triển con người (HDI) | Điểm | > 0,7 >> > 0.7 | [Cục Thống kê:thong-ke-trung-uong]",
    "7 | Sóng 5G phủ dân số | % | 99 >> = 99 | [Bộ Khoa học và Công nghệ:bo-kh-cn]",
    "8 | Tuyến cáp quang biển mới | Tuyến | 09 >> = 9 | [Bộ Khoa học và Công nghệ:bo-kh-cn]",
    "9 | Tổ chức khoa học được xếp hạng quốc tế | Tổ chức | 40 - 50 >> range 40 50 | [Bộ Khoa học và Công nghệ:bo-kh-cn]",
    "10 | Mức độ sẵn sàng trí tuệ nhân tạo | | Thuộc nhóm 3 nước dẫn đầu ASEAN >> <= 3 | [Bộ Khoa học và Công nghệ:bo-kh-cn]",
    "11 | Tỷ lệ thủ tục được cắt giảm | % | Tối thiểu 30 >> >= 30 | [Văn phòng Chính phủ:vp-chinh-phu]",
    "12 | Hạ tầng số | | Hiện đại, dung lượng siêu lớn >> words | [Bộ Khoa học và Công nghệ:bo-kh-cn]",
    "= Đến năm 2045 @2045",
    "13 | Kinh tế số trong GDP | % | ≥ 50 >> >= 50 | [Bộ Tài chính:bo-tai-chinh]",
    "14 | Xếp hạng đổi mới sáng tạo toàn cầu | Thứ hạng | Không quá 30 >> <= 30 | [Bộ Khoa học và Công nghệ:bo-kh-cn]",
    "15 | Trung tâm công nghiệp công nghệ số | Trung tâm | | [Bộ Công Thương:bo-cong-thuong]",
)

DOCUMENT = Document(
    name="chi-tieu-quoc-gia",
    formats=("html", "pdf", "docx"),
    parts=(
        Para("PHỤ LỤC I", "title"),
        Para("CHỈ TIÊU CHỦ YẾU (minh họa)", "title"),
        Table(
            "number name unit_text target lead",
            ("TT | Chỉ tiêu | Đơn vị | Kết quả | Cơ quan chủ trì theo dõi, đánh giá",),
            ROWS,
            widths=(1, 5, 3, 4, 4),
        ),
    ),
    annexes=("Phụ lục I = present",),
)
