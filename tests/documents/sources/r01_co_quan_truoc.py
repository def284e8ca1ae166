"""A government annex that names the agency before the task, with level and form of the paper; groups lie across."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="co-quan-dung-truoc",
    formats=("docx", "html", "pdf-libreoffice"),
    parts=(
        Para("PHỤ LỤC", "title"),
        Para("NHIỆM VỤ GIAO CÁC BỘ, NGÀNH VÀ ĐỊA PHƯƠNG (minh họa)", "title"),
        Table(
            "number lead title coordinating product authority due",
            (
                "TT | Cơ quan chủ trì thực hiện | Nhiệm vụ được giao | Cơ quan phối hợp | Hình thức văn bản, sản phẩm | Cấp trình | Thời gian trình/hoàn thành",
            ),
            (
                "# I | HOÀN THIỆN THỂ CHẾ | < | < | < | < | <",
                "1 | [Bộ Tư pháp:bo-tu-phap] | Rà soát quy định cản trở chia sẻ dữ liệu |  | Báo cáo | Thủ tướng Chính phủ | Tháng 3/2026 >> period_end 2026-03-31",
                "2 | [Bộ Công an:bo-cong-an] | Xây dựng quy định về sàn dữ liệu | [Bộ Tư pháp:bo-tu-phap], [Bộ Tài chính:bo-tai-chinh] | Nghị định | Chính phủ | Quý IV/2026 >> period_end 2026-12-31",
                "# II | PHÁT TRIỂN HẠ TẦNG | < | < | < | < | <",
                "3 | [UBND các tỉnh, thành phố trực thuộc Trung ương:?] | Bố trí quỹ đất cho trạm thu phát sóng |  | Quyết định của UBND cấp tỉnh |  | Hằng năm >> recurring FREQ=YEARLY",
            ),
            widths=(1, 4, 6, 4, 4, 3, 3),
        ),
    ),
    annexes=("Phụ lục = present",),
    landscape=True,
)
