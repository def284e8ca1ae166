"""How agencies stand in cells: commas inside names, missing separators, abbreviations, former names, bodies nobody
lists, wrapped lines, slips of case; a national programme as a workbook and as a table of a web page."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

ROWS = (
    "1 | Trình cơ chế thử nghiệm có kiểm soát | [Bộ Khoa học và Công nghệ:bo-kh-cn] | [Bộ Tư pháp:bo-tu-phap], [Bộ Văn hóa, Thể thao và Du lịch:bo-vhttdl], [Bộ Công an:bo-cong-an] | Quý I/2026 >> period_end 2026-03-31 | Nghị định",
    "2 | Chia sẻ dữ liệu dân cư | [Bộ Công an:bo-cong-an] | [Bộ Thông tin và Truyền thông:bo-tt-tt] [Bộ Khoa học và Công nghệ:bo-kh-cn] | 2026 >> period_end 2026-12-31 | Nền tảng",
    "3 | Đánh giá mức độ sẵn sàng | [Bộ KHCN:bo-kh-cn] | [Bộ Tài chính:bo-tai-chinh],[Bộ Nội vụ:bo-noi-vu] | 2026 >> period_end 2026-12-31 | Báo cáo",
    "4 | Đào tạo nhân lực bán dẫn | [Bộ Giáo dục và Đào tạo:bo-gd-dt] | [Bộ Nông nghiệp⏎và Môi trường:bo-nn-mt]; [Bộ Y tế:bo-y-te] | 2026-2030 >> range 2026-01-01..2030-12-31 | Đề án",
    "5 | Theo dõi thực hiện nghị quyết | [VPCP:vp-chinh-phu] | [Các bộ, ngành, địa phương:cac-bo-nganh-dia-phuong] | Thường xuyên >> recurring | ",
    "6 | Sắp xếp cơ quan báo chí số | [sở khoa học và công nghệ:so-kh-cn] | [SỞ TÀI CHÍNH:so-tai-chinh] | 2026 >> period_end 2026-12-31 | Phương án",
    "7 | Vận hành sàn giao dịch công nghệ | [Công ty Cổ phần Sàn Công nghệ Tây Bắc:?] | [Sở Công Thương:so-cong-thuong]; [Hợp tác xã Chè Tam Đường:?] | 2027 >> period_end 2027-12-31 | Sàn giao dịch",
    "8 | Bàn giao hồ sơ dự án giao thông | [Sở Giao thông vận tải:so-gtvt] | [Sở Kế hoạch và Đầu tư:so-kh-dt]; [Sở TN&MT:so-tn-mt]; [Sở TT&TT:so-tt-tt] | 2026 >> period_end 2026-12-31 | Biên bản",
    "9 | Bảo vệ vùng trồng sâm | [CAT:cong-an-tinh] | [Bộ Chỉ huy quân sự tỉnh:bchqs-tinh], [UBND xã Sìn Hồ:03478], [UBND phường Tân Phong:03408] | Hằng năm >> recurring FREQ=YEARLY | ",
    "10 | Tuyên truyền pháp luật số | [Sở Tư pháp:so-tu-phap] | [Ủy ban MTTQ Việt Nam tỉnh:mttq-tinh]; [Hội Nông dân tỉnh:hoi-nong-dan]; [Tỉnh đoàn:tinh-doan] và [Liên đoàn Lao động tỉnh:ldld-tinh] | 2026 >> period_end 2026-12-31 | 20 buổi",
    "11 | Kết nối thanh toán không tiền mặt | [Ngân hàng Nhà nước Khu vực 3:nhnn-kv3] | [Sở Tài chính:so-tai-chinh] và [Sở Y tế:so-y-te] | 2026 >> period_end 2026-12-31 | ",
    "12 | Hỗ trợ khởi nghiệp | [Sở Khoa học và Công nghệ:so-kh-cn]; | - [Sở Nội vụ:so-noi-vu]⏎- [Sở Tài chính:so-tai-chinh]⏎- [Hiệp hội Doanh nghiệp tỉnh:hiep-hoi-dn] | 2026 >> period_end 2026-12-31 | ",
    "13 | Chuyển đổi số trong Đảng | [Văn phòng Tỉnh ủy:vp-tinh-uy] | [Ban Tổ chức Tỉnh ủy:ban-to-chuc], [Ban Tuyên giáo và Dân vận Tỉnh ủy:ban-tuyen-giao], [Ủy ban Kiểm tra Tỉnh ủy:ubkt-tinh-uy] | 2026 >> period_end 2026-12-31 | ",
    "14 | Thống kê kinh tế số | [Thống kê tỉnh:thong-ke-tinh] | | 2026 >> period_end 2026-12-31 | ",
    "15 | Xây dựng phòng thí nghiệm trường nghề | [Trường Cao đẳng Lai Châu:truong-cao-dang] | [Trường Đại học Bách khoa Tây Bắc:?], [Sở Giáo dục và Đào tạo:so-gd-dt] | 2028 >> period_end 2028-12-31 | Phòng thí nghiệm",
    "16 | Lắp đặt trạm quan trắc | [Sở Nông nghiệp và Môi trường:so-nn-mt] | [UBND các xã, phường:ubnd-cac-xa-phuong], [Công ty Điện lực Lai Châu:dien-luc] | 2026 >> period_end 2026-12-31 | ",
)

DOCUMENT = Document(
    name="co-quan-du-kieu",
    formats=("xlsx", "html"),
    parts=(
        Para("PHỤ LỤC", "title"),
        Para("PHÂN CÔNG NHIỆM VỤ (minh họa)", "title"),
        Table(
            "number title lead coordinating due product",
            ("TT | Nhiệm vụ, giải pháp | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn hoàn thành | Sản phẩm, kết quả",),
            ROWS,
            widths=(1, 5, 4, 5, 2, 2),
            name="Phân công",
        ),
    ),
    annexes=("Phụ lục = present",),
)
