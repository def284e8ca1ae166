"""A department's long annex over many pages as PDF: a two-row header on each page, rows that go on after a page break,
the stray tail of a deadline in a group row, cells merged down, the same code twice."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

PLACES = ("xã Bản Bo", "xã Bình Lư", "xã Khun Há", "xã Phong Thổ", "xã Dào San", "xã Sìn Hồ", "xã Lê Lợi", "xã Mù Cả")
CODES = ("03424", "03390", "03430", "03549", "03571", "03478", "03487", "03451")
WORKS = (
    "Sửa chữa trạm y tế", "Đưa bệnh án điện tử vào trạm y tế", "Tập huấn khám từ xa cho trạm y tế",
    "Lắp pin mặt trời cho trạm y tế", "Số hóa hồ sơ tiêm chủng tại trạm y tế", "Kiểm định tủ lạnh trữ vắc xin của trạm y tế",
)  # fmt: skip
PRODUCTS = ("Trạm đạt chuẩn", "Phần mềm được cài đặt", "Biên bản nghiệm thu", "Danh sách học viên", "", "Tem kiểm định")
DUES = (
    "Quý I/2026 >> period_end 2026-03-31", "6/2026 >> period_end 2026-06-30", "2026-2027 >> range 2026-01-01..2027-12-31",
    "Trước ngày 20/10/2026 >> moment 2026-10-19 before", "Hằng năm >> recurring FREQ=YEARLY", " >> missing",
)  # fmt: skip


def _group(number: str, title: str, at: int, first: int) -> list[str]:
    """A group of eight rows: the same work in eight communes."""
    rows = [
        f"{first + each} | {WORKS[at]} {place} | [Sở Y tế:so-y-te] | [UBND {place}:{CODES[each]}] | "
        f"{DUES[(at + each) % 6]} | {PRODUCTS[(at + each) % 6]}"
        for each, place in enumerate(PLACES)
    ]
    return [f"# {number} | {title}", *rows]


ROWS = [
    *_group("I", "Cơ sở vật chất", 0, 1),
    "9 | Đầu tư hệ thống xử lý nước thải tại các phòng khám đa khoa khu vực thuộc vùng | [Sở Y tế:so-y-te] | [Sở Tài | Quý III/ | Hệ thống được",
    "+ | khó khăn và các trạm y tế đông dân | | chính:so-tai-chinh] | 2026 >> period_end 2026-09-30 | cấp phép vận hành",
    *_group("II", "Bệnh án điện tử", 1, 10),
    "18 | Kết nối dữ liệu bệnh án với cổng giám định | [Sở Y tế:so-y-te] | [Bảo hiểm xã hội tỉnh:bhxh-tinh] | Tháng | Cổng kết nối",
    "? III | Nhân lực | | | 9/2026 >> period_end 2026-09-30 |",
    *_group("", "", 2, 19)[1:],
    "27 | Cử bác sĩ đi học chuyên khoa | [Sở Y tế:so-y-te] | [Sở Nội vụ:so-noi-vu] | 2026 và những năm tiếp theo >> open 2026-12-31 | 30 bác sĩ",
    "27 | Thu hút bác sĩ về vùng cao | ^ | ^ | Hằng năm >> recurring FREQ=YEARLY | 05 bác sĩ",
    *_group("IV", "Năng lượng", 3, 28),
    *_group("V", "Tiêm chủng", 4, 36),
    *_group("VI", "Thiết bị", 5, 44),
    "52 | Mua sắm thiết bị: (1) máy siêu âm; (2) máy xét nghiệm; (3) máy thở | [Sở Y tế:so-y-te] | [Sở Tài chính:so-tai-chinh] | 31/12/2026 >> moment 2026-12-31 | 03 gói thầu",
    "# VII | Đánh giá",
    *(
        f"{53 + each} | Đánh giá nội bộ lần {each + 1} | [Thanh tra tỉnh:thanh-tra-tinh] | | Tháng {each + 1}/2027 >> "
        f"period_end 2027-{each + 1:02}-{('31', '28', '31', '30', '31', '30')[each]} | Báo cáo lần {each + 1}"
        for each in range(6)
    ),
]

DOCUMENT = Document(
    name="phu-luc-so-y-te",
    formats=("pdf",),
    parts=(
        Para("Phụ lục I", "title"),
        Para("NHIỆM VỤ TRỌNG TÂM NGÀNH Y TẾ (minh họa)", "title"),
        Table(
            "number title lead coordinating due product",
            (
                "STT | Nội dung nhiệm vụ | Phân công | < | Thời gian hoàn thành | Sản phẩm",
                "^ | ^ | Cơ quan chủ trì | Cơ quan phối hợp | ^ | ^",
            ),
            ROWS,
            widths=(1, 5, 3, 3, 3, 3),
        ),
    ),
    annexes=("Phụ lục I = present",),
)
