"""One annex in six formats: it must read to the same tasks in each."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

ROWS = (
    "# I | Hoàn thiện thể chế, chính sách",
    "1 | Ban hành quy chế vận hành kho dữ liệu dùng chung | [Sở Khoa học và Công nghệ:so-kh-cn] | [Sở Tư pháp:so-tu-phap]; [Công an tỉnh:cong-an-tinh] | Quý II/2026 >> period_end 2026-06-30 | Quyết định của UBND tỉnh",
    "2 | Rà soát, bãi bỏ văn bản cản trở đổi mới sáng tạo | [Sở Tư pháp:so-tu-phap] | [Các sở, ban, ngành:cac-so-ban-nganh] | Thường xuyên >> recurring | Báo cáo rà soát",
    "3 | Chính sách hỗ trợ chuyên gia về vùng cao | [Sở Nội vụ:so-noi-vu] | [Sở Tài chính:so-tai-chinh]⏎[Sở Văn hóa, Thể thao và Du lịch:so-vhttdl] | Trước ngày 30/9/2026 >> moment 2026-09-29 before | Nghị quyết của HĐND tỉnh",
    "# II | Phát triển hạ tầng số",
    "4 | Phủ sóng 5G tại trung tâm các xã | [Sở KH&CN:so-kh-cn] | [Viettel Lai Châu:viettel-lai-chau], [VNPT Lai Châu:vnpt-lai-chau], [MobiFone Lai Châu:mobifone-lai-chau] | 2026-2028 >> range 2026-01-01..2028-12-31 | 38 xã, phường có sóng 5G",
    "5 | Nâng cấp đường truyền cơ quan nhà nước | [Sở KHCN:so-kh-cn] | | Hết năm 2027 >> period_end 2027-12-31 | Đường truyền 1 Gb/s",
    "6 | Bản đồ số quy hoạch xây dựng | [Sở Xây dựng:so-xay-dung] | [UBND các xã, phường:ubnd-cac-xa-phuong] | 12/2026 >> period_end 2026-12-31 | ",
    "# III | Nhân lực và tuyên truyền",
    "7 | Đưa kỹ năng số vào trường phổ thông | [Sở Giáo dục và Đào tạo:so-gd-dt] | [Tỉnh đoàn:tinh-doan] | 2026 và những năm tiếp theo >> open 2026-12-31 | Tài liệu, bài giảng số",
    "8 | Chuyên mục khoa học bằng tiếng dân tộc | [Báo và Phát thanh, truyền hình Lai Châu:bao-ptth] | | Hằng tháng >> recurring FREQ=MONTHLY | 12 số mỗi năm",
    "9 | Tập huấn Tổ công nghệ số cộng đồng | [UBND các xã, phường:ubnd-cac-xa-phuong] | [Sở KH&CN:so-kh-cn]; [Hội Liên hiệp Phụ nữ tỉnh:hoi-phu-nu] | Trong tháng 02 năm 2026 >> period_end 2026-02-28 | 100% tổ được tập huấn",
    "10 | Hợp tác với Viện Nghiên cứu Tây Bắc (minh họa) | [Trường Cao đẳng Lai Châu:truong-cao-dang] | [Viện Nghiên cứu Tây Bắc:?] | | Bản ghi nhớ hợp tác",
    "# IV | Tổ chức thực hiện",
    "11 | Báo cáo kết quả thực hiện | [Các sở, ban, ngành:cac-so-ban-nganh]; [UBND các xã, phường:ubnd-cac-xa-phuong] | [Văn phòng UBND tỉnh:vp-ubnd-tinh] | Định kỳ 6 tháng >> recurring FREQ=MONTHLY;INTERVAL=6 | Báo cáo",
    "12 | Sơ kết giữa kỳ và khen thưởng | [Sở Nội vụ:so-noi-vu] | [Sở KH&CN:so-kh-cn] | 15/08/2028 >> moment 2028-08-15 | Hội nghị; tờ trình khen thưởng",
)

DOCUMENT = Document(
    name="phu-luc-chung",
    formats=("docx", "xlsx", "csv", "html", "md", "pdf-libreoffice"),
    parts=(
        Para("PHỤ LỤC II", "title"),
        Para("DANH MỤC NHIỆM VỤ PHÁT TRIỂN KHOA HỌC VÀ CHUYỂN ĐỔI SỐ", "title"),
        Para("(Kèm theo Kế hoạch của UBND tỉnh; số liệu minh họa)", "center"),
        Table(
            "number title lead coordinating due product",
            ("TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm",),
            ROWS,
            widths=(1, 5, 3, 3, 2, 3),
        ),
    ),
    annexes=("Phụ lục II = present",),
    landscape=True,
)
