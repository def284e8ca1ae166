"""Sixty long rows over many pages, cut by page ends wherever they fall: Word, and PDF from two producers."""

from tests.documents.making.model import Document, Para, Table

BEGIN = (
    "Xây dựng, ban hành và tổ chức thực hiện quy chế phối hợp giữa các cơ quan trong việc",
    "Rà soát, đánh giá hiện trạng và đề xuất phương án nâng cấp hạ tầng phục vụ công tác",
    "Tổ chức tập huấn, hướng dẫn nghiệp vụ cho cán bộ, công chức, viên chức các cấp về",
    "Lựa chọn, thử nghiệm và nhân rộng các mô hình hay, cách làm hiệu quả trong lĩnh vực",
    "Tuyên truyền, phổ biến bằng nhiều hình thức, nhất là tiếng nói của đồng bào dân tộc, về",
    "Kiểm tra, giám sát thường kỳ và đột xuất, kịp thời tháo gỡ vướng mắc của cơ sở trong",
    "Huy động nguồn lực xã hội, khuyến khích doanh nghiệp và cộng đồng cùng tham gia",
)
THEME = (
    "quản lý rừng và chi trả dịch vụ môi trường rừng", "khám, chữa bệnh từ xa tại các trạm y tế vùng cao",
    "bảo tồn nghề dệt thổ cẩm và các lễ hội truyền thống", "phòng, chống thiên tai, lũ quét và sạt lở đất",
    "giải quyết thủ tục hành chính cho người dân ở xa trung tâm", "dạy và học ngoại ngữ, tin học trong nhà trường",
    "tiêu thụ chè, mắc ca và dược liệu qua sàn thương mại điện tử", "cấp nước sạch và vệ sinh môi trường nông thôn",
    "quản lý cư trú, xuất nhập cảnh ở khu vực biên giới",
)  # fmt: skip
END = (
    "bảo đảm công khai, minh bạch, đúng đối tượng và đúng thời gian quy định",
    "gắn với trách nhiệm của người đứng đầu từng cơ quan, đơn vị, địa phương",
    "lấy sự hài lòng của người dân, doanh nghiệp làm thước đo kết quả phục vụ",
    "tránh chồng chéo, trùng lặp với các chương trình, đề án đang thực hiện",
    "ưu tiên các xã biên giới, xã đặc biệt khó khăn còn thiếu điều kiện triển khai",
)
LEADS = (
    "[Sở Nông nghiệp và Môi trường:so-nn-mt]", "[Sở Y tế:so-y-te]", "[Sở Văn hóa, Thể thao và Du lịch:so-vhttdl]",
    "[Bộ Chỉ huy quân sự tỉnh:bchqs-tinh]", "[Văn phòng UBND tỉnh:vp-ubnd-tinh]", "[Sở Giáo dục và Đào tạo:so-gd-dt]",
    "[Sở Công Thương:so-cong-thuong]", "[UBND các xã, phường:ubnd-cac-xa-phuong]", "[Công an tỉnh:cong-an-tinh]",
)  # fmt: skip
DUES = (
    "Quý I/2026 >> period_end 2026-03-31", "2026 - 2028 >> range 2026-01-01..2028-12-31",
    "Hằng năm >> recurring FREQ=YEARLY",
    "Trước ngày 15/10/2026 >> moment 2026-10-14 before", "Thường xuyên >> recurring",
    "Tháng 7/2027 >> period_end 2027-07-31", " >> missing", "2026 và những năm tiếp theo >> open 2026-12-31",
)  # fmt: skip
PRODUCTS = (
    "Quy chế phối hợp được ban hành",
    "Báo cáo đánh giá kèm phương án",
    "",
    "Hội nghị, tài liệu tập huấn",
    "05 mô hình",
)
GROUPS = ("Thể chế và tổ chức", "Hạ tầng và dữ liệu", "Nhân lực", "Kiểm tra và tổng kết")


def _rows() -> list[str]:
    rows: list[str] = []
    for at in range(60):
        if at % 15 == 0:
            rows.append(f"# {('I', 'II', 'III', 'IV')[at // 15]} | {GROUPS[at // 15]}")
        title = f"{BEGIN[at % 7]} {THEME[at % 9]}; {END[at % 5]}"
        helpers = f"{LEADS[(at + 2) % 9]}; {LEADS[(at + 5) % 9]}" if at % 4 else ""
        rows.append(f"{at + 1} | {title} | {LEADS[at % 9]} | {helpers} | {DUES[at % 8]} | {PRODUCTS[at % 5]}")
    return rows


DOCUMENT = Document(
    name="phu-luc-nhieu-trang",
    formats=("docx", "pdf", "pdf-libreoffice"),
    parts=(
        Para("PHỤ LỤC", "title"),
        Para("NHIỆM VỤ GIAI ĐOẠN 2026 - 2030 (minh họa)", "title"),
        Table(
            "number title lead coordinating due product",
            ("TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian thực hiện | Sản phẩm",),
            _rows(),
            widths=(1, 5, 3, 3, 2, 3),
        ),
    ),
    annexes=("Phụ lục = present",),
)
