"""A district's plan kept in TCVN3: prose with deadlines beside dates of cited documents, and a table with bars."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="ke-hoach-huyen",
    formats=("txt-tcvn3",),
    parts=(
        Table(
            rows=("ỦY BAN NHÂN DÂN⏎HUYỆN TÂN UYÊN⏎⏎Số: 135/KH-UBND⏎⏎Tân Uyên, ngày 14 tháng 3 năm 2025",),
            borders=False,
        ),
        Para("KẾ HOẠCH", "title"),
        Para("Cải cách hành chính và chuyển đổi số năm 2025 (minh họa)", "title"),
        Para(
            "Căn cứ Quyết định số 412/QĐ-UBND ngày 28/02/2025 của UBND tỉnh Lai Châu về việc giao chỉ tiêu, UBND huyện xây "
            "dựng kế hoạch như sau:"
        ),
        Para("I. MỤC TIÊU"),
        Para("- Hết năm 2025, tối thiểu 65% hồ sơ được nộp trực tuyến."),
        Para("- Phấn đấu 90% cán bộ xã biết dùng chữ ký số."),
        Para("II. NHIỆM VỤ"),
        Para("1. Sắp xếp bộ phận một cửa"),
        Para("a) Phòng Nội vụ rà soát vị trí việc làm, hoàn thành trước ngày 15/5/2025."),
        Para("b) Văn phòng HĐND và UBND huyện công khai thủ tục theo Thông tư số 01/2018/TT-VPCP ngày 23/11/2018."),
        Para("2. Chuyển đổi số"),
        Para("a) Trong quý III năm 2025, mỗi xã thành lập ít nhất 02 tổ công nghệ số cộng đồng."),
        Para("b) Thực hiện Đề án 06 giai đoạn 2022 - 2025, tầm nhìn đến năm 2030."),
        Para("III. TỔ CHỨC THỰC HIỆN"),
        Para("1. Các phòng, ban báo cáo kết quả hằng tháng, trước ngày 20."),
        Para("2. UBND các xã, thị trấn xây dựng kế hoạch, gửi về Phòng Nội vụ trước ngày 31/3/2025./."),
        Para("Nơi nhận:\n- UBND tỉnh;\n- Các phòng, ban huyện;\n- Lưu: VT."),
        Para("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),
        Para("Hoàng Văn Tấn"),
        Para("PHỤ LỤC I"),
        Table(
            "number title lead coordinating due product",
            ("TT | Nội dung công việc | Chủ trì | Phối hợp | Thời gian | Kết quả",),
            (
                "# I | Một cửa",
                "1 | Thay biển chỉ dẫn | [Phòng Nội vụ:?] | | 4/2025 >> period_end 2025-04-30 | 10 biển",
                "2 | Trang bị máy quét | [Phòng Tài chính - Kế hoạch:?] | [Phòng Nội vụ:?] | Quý II/2025 >> period_end 2025-06-30 | 12 máy",
                "# II | Tuyên truyền",
                "3 | Phát tờ rơi song ngữ | [Phòng Văn hóa và Thông tin:?] | [UBND các xã, thị trấn:ubnd-cac-xa-phuong] | Hàng tháng >> recurring FREQ=MONTHLY | 1.000 tờ",
            ),
        ),
    ),
    facts={
        "kind": "Kế hoạch",
        "symbol": "135/KH-UBND",
        "number": "135",
        "place": "Tân Uyên",
        "issued_on": "2025-03-14",
        "issuer": "ỦY BAN NHÂN DÂN HUYỆN TÂN UYÊN",
        "title": "Cải cách hành chính và chuyển đổi số năm 2025 (minh họa)",
        "signer": {"capacity": "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH; PHÓ CHỦ TỊCH", "name": "Hoàng Văn Tấn"},
        "recipients": ["UBND tỉnh", "Các phòng, ban huyện", "Lưu: VT"],
    },
    targets=(
        "Hết năm 2025, tối thiểu 65% hồ sơ được nộp trực tuyến | >= 65 % | firm | 2025-12-31",
        "Phấn đấu 90% cán bộ xã biết dùng chữ ký số | = 90 % | hoped |",
        "mỗi xã thành lập ít nhất 02 tổ công nghệ số cộng đồng | >= 2 tổ | firm | 2025-09-30",
    ),
    deadlines=(
        "Hết năm 2025 >> period_end 2025-12-31",
        "trước ngày 15/5/2025 >> moment 2025-05-14 before",
        "Trong quý III năm 2025 >> period_end 2025-09-30",
        "hằng tháng, trước ngày 20 >> recurring FREQ=MONTHLY;BYMONTHDAY=19 before",
        "trước ngày 31/3/2025 >> moment 2025-03-30 before",
    ),
    references=("412/QĐ-UBND", "01/2018/TT-VPCP"),
    annexes=("Phụ lục I = present",),
)
