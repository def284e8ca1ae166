"""Agencies as hurried hands list them: numbered, with slashes and dashes, with remarks in brackets, of other provinces,
parts of bodies nobody lists; as Word and as CSV."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

ROWS = (
    "1 | Điều phối đề án | [Sở Khoa học và Công nghệ (cơ quan thường trực):so-kh-cn] | [Sở GD&ĐT:so-gd-dt], [Sở LĐ-TB&XH:so-ld-tbxh], [Sở VHTT&DL:so-vhttdl] | 2026 >> period_end 2026-12-31",
    "2 | Thẩm định kinh phí | 1. [Sở Tài chính:so-tai-chinh]; 2. [Sở Kế hoạch & Đầu tư:so-kh-dt] | [Sở Nội vụ:so-noi-vu]/[Sở Tư pháp:so-tu-phap] | 2026 >> period_end 2026-12-31",
    "3 | Trao đổi kinh nghiệm liên tỉnh | [UBND tỉnh:ubnd-tinh] | [UBND tỉnh Điện Biên:?], [UBND tỉnh Lào Cai:?] | 2026 >> period_end 2026-12-31",
    "4 | Tuần tra biên giới số | [Bộ Chỉ huy Bộ đội Biên phòng tỉnh:?] | [Công an tỉnh:cong-an-tinh]; [UBND xã Dào San:03571], [UBND xã Mù Cả:03451]. | 2026 >> period_end 2026-12-31",
    "5 | Giám sát của cử tri | [Văn phòng Đoàn ĐBQH và HĐND tỉnh:?] | Đề nghị [Ủy ban MTTQ Việt Nam tỉnh:mttq-tinh] | 2026 >> period_end 2026-12-31",
    "6 | Hỗ trợ hộ gia đình | [Các cơ quan, đơn vị liên quan:cac-co-quan-don-vi] | [Tổ công nghệ số cộng đồng:?] | 2026 >> period_end 2026-12-31",
    "7 | Chiến dịch hè | [Tỉnh đoàn:tinh-doan] - [Hội LHPN tỉnh:hoi-phu-nu] | [Các doanh nghiệp viễn thông:doanh-nghiep-vien-thong] | 2026 >> period_end 2026-12-31",
    "8 | Đánh giá độc lập | [Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh:lien-hiep-hoi] | [Sở Nông nghiệp và Phát triển nông thôn:so-nn-ptnt] và [Sở Công Thương:so-cong-thuong] | 2026 >> period_end 2026-12-31",
    "9 | Đào tạo lãnh đạo | [Trường Chính trị tỉnh:truong-chinh-tri] | [Học viện Chính trị quốc gia Hồ Chí Minh:hoc-vien-ctqg], [Ban Tổ chức Tỉnh ủy:ban-to-chuc] | 2026 >> period_end 2026-12-31",
    "10 | Mua sắm tập trung | [Chủ tịch UBND tỉnh:ubnd-tinh] | [Kho bạc Nhà nước:kho-bac], [Thuế tỉnh:thue-tinh] | 2026 >> period_end 2026-12-31",
)

DOCUMENT = Document(
    name="co-quan-viet-voi",
    formats=("docx", "csv"),
    parts=(
        Para("PHỤ LỤC III", "title"),
        Table(
            "number title lead coordinating due",
            ("TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian",),
            ROWS,
            widths=(1, 5, 5, 6, 2),
        ),
    ),
    annexes=("Phụ lục III = present",),
)
