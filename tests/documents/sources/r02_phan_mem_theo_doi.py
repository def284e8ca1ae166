"""What tracking software exports: its own words for columns, the day given and the day done beside the limit."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Table

DOCUMENT = Document(
    name="phan-mem-theo-doi",
    formats=("csv", "xlsx", "html"),
    parts=(
        Table(
            "number given on title lead coordinating due state share done",
            (
                "Mã nhiệm vụ | Số văn bản giao | Ngày giao | Nội dung nhiệm vụ | Đơn vị xử lý chính | Đơn vị phối hợp xử lý | Hạn xử lý | Trạng thái | Tiến độ (%) | Ngày hoàn thành",
            ),
            (
                "NV-2026-00017 | 112/UBND-TH | 12/01/2026 | Tham mưu quy chế vận hành trung tâm điều hành | [Sở Khoa học và Công nghệ:so-kh-cn] | [Văn phòng UBND tỉnh:vp-ubnd-tinh]; [Công an tỉnh:cong-an-tinh] | 31/03/2026 >> moment 2026-03-31 | Hoàn thành | 100 | 28/03/2026",
                "NV-2026-00018 | 112/UBND-TH | 12/01/2026 | Báo cáo, đề xuất “kịch bản” ứng phó sự cố mạng | [Công an tỉnh:cong-an-tinh] |  | 15/04/2026 >> moment 2026-04-15 | Đang xử lý | 30 | ",
                "NV-2026-00019 | 09/TB-UBND | 02/02/2026 | Lập danh mục thủ tục cắt giảm | [Sở Tư pháp:so-tu-phap] | [Các sở, ban, ngành:cac-so-ban-nganh] |  | Chưa xử lý | 0 | ",
            ),
            name="Xuat du lieu",
        ),
    ),
)
