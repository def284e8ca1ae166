"""Tasks listed by agency: the number and the agency are merged down over all its tasks; Word, web page and Excel."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="giao-viec-theo-co-quan",
    formats=("docx", "html", "xlsx"),
    parts=(
        Para("PHỤ LỤC V", "title"),
        Para("GIAO VIỆC CHO TỪNG CƠ QUAN (minh họa)", "title"),
        Table(
            "number lead title due product",
            ("TT | Cơ quan, đơn vị chủ trì | Nội dung nhiệm vụ | Thời hạn hoàn thành | Kết quả",),
            (
                "1 | [Sở Nội vụ:so-noi-vu] | Rà soát biên chế bộ phận số | 3/2026 >> period_end 2026-03-31 | Báo cáo rà soát",
                "^ | ^ | Bồi dưỡng 200 công chức xã | Quý IV/2026 >> period_end 2026-12-31 | 04 lớp",
                "^ | ^ | Sửa quy chế thi đua | Trước ngày 01/8/2026 >> moment 2026-07-31 before | Quy chế",
                "2 | [Sở Y tế:so-y-te] | Kết nối trạm y tế với bệnh viện | 2026-2027 >> range 2026-01-01..2027-12-31 | ",
                "3 | [Công an tỉnh:cong-an-tinh] | Cấp định danh mức 2 | Thường xuyên >> recurring | 95% dân số",
                "^ | ^ | Làm sạch dữ liệu dân cư | Hằng năm >> recurring FREQ=YEARLY | ",
            ),
            widths=(1, 4, 6, 4, 3),
            name="Giao việc",
        ),
    ),
    annexes=("Phụ lục V = present",),
)
