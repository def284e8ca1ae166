"""An annex in which one column holds both who leads and who helps, the header carries a footnote mark, a title row stands
inside the table, the table is cut in two by its header, numbers are left blank, and days are counted; Word and browser PDF."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="phu-luc-mot-cot",
    formats=("docx", "pdf-browser"),
    parts=(
        Para("PHỤ LỤC I", "title"),
        Para("KẾ HOẠCH HÀNH ĐỘNG CỦA LIÊN NGÀNH (minh họa)", "title"),
        Table(
            "number title lead due product",
            ("STT | Nhiệm vụ cụ thể | Cơ quan thực hiện~(*)~ | Thời gian hoàn thành | Sản phẩm",),
            (
                "1 | Lập bản đồ vùng trồng mắc ca | Chủ trì: [Sở Nông nghiệp và Môi trường:so-nn-mt]⏎Phối hợp: [UBND các xã, phường:ubnd-cac-xa-phuong+] | Quý II/2026 >> period_end 2026-06-30 | Bản đồ số",
                "2 | Gắn thiết bị đo ẩm và cập nhật dữ liệu lên hệ thống | Chủ trì: [Sở Nông nghiệp và Môi trường:so-nn-mt]; Phối hợp: [Sở Khoa học và Công nghệ:so-kh-cn+], [Viettel Lai Châu:viettel-lai-chau+] | 12/2026 >> period_end 2026-12-31 | 200 thiết",
                "! STT | Nhiệm vụ cụ thể | Cơ quan thực hiện(*) | Thời gian hoàn thành | Sản phẩm",
                "+ | dùng chung của tỉnh | | | bị đo",
                "3 | Dán tem truy xuất | Chủ trì: [Sở Công Thương:so-cong-thuong] | Hằng năm >> recurring FREQ=YEARLY | ",
            ),
            widths=(1, 5, 6, 3, 3),
        ),
        Para("(*) Theo chức năng, nhiệm vụ được giao."),
        Para("PHỤ LỤC II", "title"),
        Table(
            "number title lead due product",
            (
                "DANH MỤC VIỆC THEO SỐ NGÀY (minh họa) | < | < | < | <",
                "TT | Công việc | Đơn vị thực hiện | Số ngày dự kiến | Kết quả",
            ),
            (
                "1 | Tiếp nhận hồ sơ, kiểm tra | [Văn phòng UBND tỉnh:vp-ubnd-tinh] | 02 ngày >> open | Phiếu tiếp nhận",
                "2 | Lấy ý kiến các ngành | [Sở Tư pháp:so-tu-phap] | 15 ngày làm việc >> open | Văn bản góp ý",
                "3 | Trình ký, phát hành | [Văn phòng UBND tỉnh:vp-ubnd-tinh] | 03 ngày >> open | Quyết định",
            ),
            widths=(1, 5, 6, 3, 3),
        ),
    ),
    annexes=("Phụ lục I = present", "Phụ lục II = present"),
)
